use std::path::PathBuf;

use probity_sharing::plan::{Candidate, objections, recipients};
use probity_sharing::{Audience, Circle, Refusal};
use serde_json::{Value, json};

use super::as_json;
use super::opened::{Opened, wish};
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Say who may receive documents, and why others may not.
///
/// Goes through all audiences: persons, members, all members, working groups
/// and everybody; or looks at those that --to names. Nothing is written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share plan sharing/incidents/2026/INC-2026-0001.yaml --reason 'same attacker'\n\n\
Exit codes: 0 somebody may receive them, 4 nobody may."
)]
pub(crate) struct Args {
    /// Documents.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// An audience: person:NAME, member:NAME, members, group:NAME or public; may
    /// be repeated.
    #[arg(long, value_name = "AUDIENCE")]
    to: Vec<Audience>,

    /// Why the recipients need to know.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let place = opened.place(ui)?;
    let at = opened.instant(&args.as_of, surroundings, ui)?;
    let documents = opened.candidates(&place, &args.files, surroundings, ui)?;
    let audiences = if args.to.is_empty() { all(&place.circle) } else { args.to.clone() };
    let mut rows: Vec<Value> = Vec::new();
    let mut is_shared = false;
    for audience in audiences {
        let wish = wish(audience, args.reason.as_deref(), at);
        let refused = objections(&place.circle, &documents, &wish);
        let reached = recipients(&place.circle, &wish).unwrap_or_default();
        is_shared |= refused.is_empty();
        if args.format.format != Format::Json {
            lines(&wish.audience, &refused, &reached.left_out).iter().for_each(|line| ui.result(line));
        }
        rows.push(json!({
            "audience": wish.audience.to_string(),
            "allowed": refused.is_empty(),
            "recipients": if refused.is_empty() { reached.names } else { Vec::new() },
            "refused": as_json(&refused),
            "left-out": as_json(&reached.left_out),
        }));
    }
    if args.format.format == Format::Json {
        ui.outcome(
            json!({"documents": documents.iter().map(shown).collect::<Vec<_>>(), "audiences": rows}),
            false,
        );
    }
    Ok(if is_shared { Status::Done } else { Status::Refused })
}

fn shown(document: &Candidate) -> Value {
    json!({"document": document.path.as_str(), "colour": document.marking.label.as_str()})
}

/// Every audience that the community has.
fn all(circle: &Circle) -> Vec<Audience> {
    let others = |name: &&String| **name != circle.policy.member;
    let persons = circle.register.persons.iter().filter_map(|person| person.emails.first());
    let members = circle.register.members.iter().map(|member| &member.name).filter(others);
    let groups = circle.groups.iter().map(|group| Audience::Group(group.name.clone()));
    persons
        .map(|email| Audience::Person(email.clone()))
        .chain(members.map(|name| Audience::Member(name.clone())))
        .chain([Audience::Members])
        .chain(groups)
        .chain([Audience::Public])
        .collect()
}

fn lines(audience: &Audience, refused: &[Refusal], left_out: &[Refusal]) -> Vec<String> {
    let says = if refused.is_empty() { "yes" } else { "no" };
    let mut lines = vec![format!("{says:4}{audience}")];
    let why = |one: &Refusal| format!("      {}: {}; {}", one.rule, one.message, one.remedy);
    lines.extend(refused.iter().map(why));
    if refused.is_empty() {
        lines.extend(
            left_out.iter().map(|one| format!("    but not{}", why(one).trim_start_matches("     "))),
        );
    }
    lines
}
