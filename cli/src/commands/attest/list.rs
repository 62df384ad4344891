use probity_assessment::rollup::Standing;
use probity_project::attest::{Entry, Scrutiny, list as entries, read};
use serde_json::json;

use super::Place;
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::commands::{refuse, settle};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// List what is stated: about what, by whom, until when, and whether it counts.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,
}

/// Check that every statement counts: that it is understood and not over, its
/// evidence is as it was, passages stand where they should, and it is approved
/// and signed where the project asks for that.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 all of them count, 1 one does not, 2 a file is not understood.")]
pub(super) struct CheckArgs {
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, clap::Args)]
struct Which {
    /// Only those of this assessment.
    #[arg(value_name = "ASSESSMENT")]
    assessment: Option<String>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,

    #[command(flatten)]
    project: ProjectArgs,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    show(&args.which, |_| true, surroundings, ui)?;
    Ok(Status::Done)
}

pub(super) fn check(args: &CheckArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let wanting = show(&args.which, |entry| !entry.counts(), surroundings, ui)?;
    Ok(if wanting { Status::Findings } else { Status::Done })
}

/// Shows the statements that are wanted, and says whether one does not count.
fn show(
    which: &Which,
    wanted: impl Fn(&Entry) -> bool,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<bool, Status> {
    ui.tell_as(which.format.format);
    let place = Place::open(&which.project, surroundings, ui)?;
    let (tree, loaded) = (place.tree(), &place.loaded);
    if let Some(name) = &which.assessment {
        loaded.assessment(name).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    }
    let as_of =
        crate::commands::as_of(&which.as_of, loaded.config.system.as_of.as_deref(), surroundings, ui)?;
    let files = place.attestations(which.assessment.as_deref(), ui)?;
    let scrutiny = Scrutiny::of(loaded, &place.workspace.root, place.workspace.commit.as_deref(), None);
    ui.findings(&scrutiny.findings, tree);
    let files = settle(read(tree, &files, &scrutiny), tree, ui)?;
    let all = entries(&files, as_of.instant);
    let counting = all.iter().filter(|entry| entry.counts()).count();
    let shown: Vec<&Entry> = all.iter().filter(|entry| wanted(entry)).collect();
    if which.format.format == Format::Json {
        let value = json!({"as-of": as_of.instant.to_string(), "statements": shown, "counting": counting, "all": all.len()});
        ui.outcome(value, false);
    } else {
        shown.iter().for_each(|entry| ui.result(&text(entry)));
        ui.note(&format!("{counting} of {} statements count as of {}", all.len(), as_of.instant));
    }
    Ok(counting < all.len())
}

/// A statement in a few lines.
fn text(entry: &Entry) -> String {
    let word = match entry.standing {
        Standing::NotMet => "not met",
        Standing::Met => "met",
        Standing::NotApplicable => "not applicable",
        Standing::Expired => "expired",
        Standing::Unverified | Standing::Unattested => "does not count",
    };
    let about = if entry.items.is_empty() { &entry.controls } else { &entry.items };
    let procedure = entry.procedure.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    let approved = match entry.approved_by.as_slice() {
        [] => String::new(),
        by => format!(", approved by {}", by.join(", ")),
    };
    let day = |instant: &str| instant.chars().take(10).collect::<String>();
    let mut lines = vec![
        format!("{:14}  {}{procedure}", word, about.join(", ")),
        format!(
            "                {} by {} on {}, until {}{approved}",
            entry.outcome.replace('-', " "),
            entry.by.join(", "),
            day(&entry.stated),
            day(&entry.valid_until)
        ),
        format!("                {}", entry.file),
    ];
    lines.extend(entry.doubts.iter().map(|doubt| format!("                ! {doubt}")));
    lines.join("\n")
}
