use probity_diagnostics::{Diagnostic, FileTree, TreePath, codes as files};
use probity_oscal::model::AssessmentResults;
use probity_oscal::{ResolveOptions, resolve};
use probity_project::sharing::{APPLICATIONS, Place};
use probity_sharing::circle::{Member, Verdict, judge};
use probity_sharing::{Audience, Refusal, codes, rules};
use serde_json::json;

use super::super::opened::{Opened, wish};
use super::{as_json, tell};
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::commands::{refuse, settle};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Say whether an applicant may become a member.
///
/// Holds the findings of its application,
/// `sharing/applications/NAME/assessment-results.yaml`, against the criteria of
/// its category. On an organisation of another category members vote, by two
/// thirds. Exit code 4 where it may not.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share member assess epsilon")]
pub(crate) struct Args {
    /// The short name of the applicant in the register.
    #[arg(value_name = "NAME")]
    name: String,

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
    let Some(member) = place.circle.register.member(&args.name) else {
        ui.message(&format!("error: nobody in the register is called `{}`", args.name));
        return Err(Status::Invalid);
    };
    let tree = opened.tree();
    let (refused, notes) = match member.category.profile() {
        Some(profile) => {
            let verdict = verdict(tree, member, profile, at, ui)?;
            criteria(member, &verdict)
        }
        None => votes(&place, member, wish(Audience::Members, None, at).day)
            .map_err(|finding| refuse(&finding.into(), tree, ui))?,
    };
    notes.iter().for_each(|note| ui.note(note));
    tell(&refused, tree, ui);
    if args.format.format == Format::Json {
        let (name, category) = (&member.name, member.category.word());
        ui.outcome(
            json!({"member": name, "category": category, "notes": notes, "refused": as_json(&refused)}),
            false,
        );
    } else if refused.is_empty() {
        ui.result(&format!("{} may become a member: {}", member.name, member.category.word()));
    }
    Ok(if refused.is_empty() { Status::Done } else { Status::Refused })
}

fn verdict(
    tree: &dyn FileTree,
    member: &Member,
    profile: &str,
    at: jiff::Timestamp,
    ui: &mut Ui,
) -> Result<Verdict, Status> {
    let outside =
        |error: probity_diagnostics::PathError| Diagnostic::error(&files::PATH_OUTSIDE, error.to_string());
    let path = |text: &str| TreePath::parse(text).map_err(outside);
    let profile = path(profile).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let file = path(&format!("{APPLICATIONS}/{}/assessment-results.yaml", member.name));
    let file = file.map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let criteria = settle(resolve(tree, &profile, &ResolveOptions::at(at)), tree, ui)?;
    let application = settle(probity_oscal::load_as::<AssessmentResults>(tree, &file), tree, ui)?;
    Ok(judge(&criteria, &application))
}

/// What is missing, and what is only expected.
fn criteria(member: &Member, verdict: &Verdict) -> (Vec<Refusal>, Vec<String>) {
    let refuse = |(id, title): &(String, String)| {
        let message = format!("`{}` does not meet {id}, {title}", member.name);
        let remedy = "record a finding that it is satisfied, on evidence";
        let file = format!("{APPLICATIONS}/{}/assessment-results.yaml", member.name);
        Refusal::new(rules::CRITERIA, &codes::NOT_MET, message, remedy).of(file, None)
    };
    let notes =
        verdict.unexpected.iter().map(|(id, title)| format!("warning: expected, and not met: {id}, {title}"));
    (verdict.missing.iter().map(refuse).collect(), notes.collect())
}

fn votes(
    place: &Place<'_>,
    member: &Member,
    day: jiff::civil::Date,
) -> Result<(Vec<Refusal>, Vec<String>), Diagnostic> {
    let votes = place.votes(&member.name, day)?;
    let void =
        votes.void.iter().map(|(path, why)| format!("warning: `{path}` does not count: {why}")).collect();
    if votes.is_carried() {
        return Ok((Vec::new(), void));
    }
    let (yes, active) = (votes.yes.len(), votes.active);
    let message =
        format!("{yes} of {active} active members are for `{}`, and it takes two thirds", member.name);
    let remedy = "ask members to vote: a file each, committed and signed";
    let refusal = Refusal::new(rules::VOTE, &codes::NOT_CARRIED, message, remedy);
    Ok((vec![refusal.of(format!("{APPLICATIONS}/{}/votes", member.name), None)], void))
}
