//! Duties to notify authorities.

use std::path::PathBuf;

use jiff::Timestamp;
use probity_sharing::clocks::{Clock, Regime, State, clocks, regimes, review, unknown_regime};
use probity_sharing::incident::Incident;
use probity_sharing::{Label, draft};
use serde_json::{Value, json};

use super::incident::{named, open};
use crate::args::{AsOfArg, FormatArg};
use crate::commands::{as_of, refuse};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Say by when authorities are to be notified of an incident, and draft it.
///
/// Without `--regime` it shows how the duties stand that the incident names
/// (`nis2`, `cra-vulnerability`, `cra-incident`, `gdpr`); what is overdue is a
/// finding. With it, the next notification is drafted: what is known, and what
/// a person has to answer. Nothing is sent. Record what was sent under
/// `notifications` of the incident. Whether a duty applies is for people to
/// say.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share notify sharing/incidents/2026/INC-2026-0003.yaml --regime nis2 -o early-warning.md\n\
Exit codes: 0 nothing is overdue, or drafted; 1 something is overdue or unknown; 2 could not run."
)]
pub(super) struct Args {
    /// The incident.
    #[arg(value_name = "FILE")]
    file: String,

    /// The duty to draft a notification for.
    #[arg(long, value_name = "REGIME")]
    regime: Option<String>,

    /// The step to draft; left out, the first that was not made.
    #[arg(long, value_name = "STEP", requires = "regime")]
    step: Option<String>,

    /// The file to write the draft to; left out, standard output.
    #[arg(short, long, value_name = "FILE", requires = "regime")]
    output: Option<PathBuf>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let at = as_of(&args.as_of, None, surroundings, ui)?.instant;
    let named = named(&args.file, surroundings, ui)?;
    let (incident, label) = open(&named, ui)?;
    let all = regimes(&named.tree).map_err(|errors| refuse(&errors, &named.tree, ui))?;
    let Some(name) = &args.regime else {
        let found = review(&incident, &all, at, &named.path);
        ui.findings(&found, &named.tree);
        show(&incident, &all, at, args.format.format, ui);
        let status = if found.is_empty() { Status::Done } else { Status::Findings };
        return Ok(status);
    };
    let Some(regime) = all.iter().find(|regime| regime.id == *name) else {
        return Err(refuse(&unknown_regime(name, &all).into(), &named.tree, ui));
    };
    write(args, (&incident, label), &clocks(&incident, regime, at), surroundings, ui)
}

/// Drafts the step that was named, else the first that was not made.
fn write(
    args: &Args,
    (incident, label): (&Incident, Label),
    clocks: &[Clock<'_>],
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let is_wanted = |clock: &&Clock<'_>| match &args.step {
        Some(step) => clock.step.id == *step,
        None => !matches!(clock.state, State::Made(_)),
    };
    let Some(clock) = clocks.iter().find(is_wanted) else {
        let steps: Vec<&str> = clocks.iter().map(|clock| clock.step.id.as_str()).collect();
        ui.message(&format!("error: no such step, or all were made; the steps are {}", steps.join(", ")));
        return Err(Status::Invalid);
    };
    let text = draft(incident, clock, label);
    if args.format.format == Format::Json {
        ui.outcome(json!({ "clock": as_json(clock), "draft": text }), args.output.is_none());
    }
    Ok(ui.write(text.as_bytes(), &surroundings.folder, args.output.as_deref()))
}

fn show(incident: &Incident, all: &[Regime], at: Timestamp, format: Format, ui: &mut Ui) {
    let named = all.iter().filter(|regime| incident.regimes.contains(&regime.id));
    let clocks: Vec<Clock<'_>> = named.flat_map(|regime| clocks(incident, regime, at)).collect();
    if format == Format::Json {
        ui.outcome(
            json!({ "as-of": at.to_string(), "clocks": clocks.iter().map(as_json).collect::<Vec<_>>() }),
            false,
        );
        return;
    }
    if clocks.is_empty() {
        ui.note("the incident names no duty under `regimes`");
    }
    for clock in &clocks {
        ui.result(&format!("{} {}: {}", clock.regime.id, clock.step.id, state(clock)));
    }
}

fn state(clock: &Clock<'_>) -> String {
    match clock.state {
        State::Made(at) if clock.is_late() => format!("made late, at {at}"),
        State::Made(at) => format!("made at {at}"),
        State::Due(at) => format!("due at {at}"),
        State::Overdue(at) => format!("overdue since {at}"),
        State::NotYet => "does not count yet".to_owned(),
        State::Unknown => "nobody knows by when".to_owned(),
    }
}

fn as_json(clock: &Clock<'_>) -> Value {
    let word = match clock.state {
        State::Made(_) if clock.is_late() => "late",
        State::Made(_) => "made",
        State::Due(_) => "due",
        State::Overdue(_) => "overdue",
        State::NotYet => "not-yet",
        State::Unknown => "unknown",
    };
    json!({
        "regime": clock.regime.id, "step": clock.step.id, "clause": clock.step.clause,
        "due": clock.due.map(|due| due.to_string()), "state": word,
    })
}
