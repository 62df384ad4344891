//! Commands that write what `member assess` and `member check` read.

use jiff::Timestamp;
use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, TreePath, codes as files};
use probity_project::sharing::APPLICATIONS;
use probity_sharing::Audience;
use probity_sharing::circle::{Applicant, Becomes, Category, Standing, with_applicant, with_change};
use serde_json::json;

use super::super::opened::{Opened, wish};
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::commands::refuse;
use crate::commands::shell::quoted;
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// The register.
const REGISTER: &str = "sharing/members.yaml";

/// Enter an organisation that applies for membership into the register.
///
/// Writes the party with its category and the day, and prints the command that
/// commits it. What it has to show stands in
/// `sharing/applications/NAME/assessment-results.yaml`; on an organisation of
/// category `other` members vote.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share member apply epsilon --title 'Epsilon Cloud' --category cloud-provider \
--email cert@epsilon.example"
)]
pub(super) struct ApplyArgs {
    /// Its short name: lower-case letters, digits and hyphens.
    #[arg(value_name = "NAME")]
    name: String,

    /// Its name in full.
    #[arg(long, value_name = "TEXT")]
    title: String,

    /// cloud-provider, telecom-provider, response-team or other.
    #[arg(long, value_name = "CATEGORY", value_parser = category)]
    category: Category,

    /// Where mail for it goes.
    #[arg(long, value_name = "EMAIL")]
    email: String,

    #[command(flatten)]
    common: Common,
}

/// Write the vote of a member on an application.
///
/// It counts in a commit that is signed with a key of that member.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share member vote epsilon yes")]
pub(super) struct VoteArgs {
    /// The short name of the applicant.
    #[arg(value_name = "NAME")]
    name: String,

    /// yes or no.
    #[arg(value_name = "VOTE", value_parser = ["yes", "no"])]
    vote: String,

    /// The member that votes; left out, the one that we are by the policy.
    #[arg(long, value_name = "NAME")]
    member: Option<String>,

    #[command(flatten)]
    common: Common,
}

/// Suspend a member: from today on it receives nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share member suspend gamma --reason 'agreement not renewed'")]
pub(super) struct SuspendArgs {
    /// The short name of the member.
    #[arg(value_name = "NAME")]
    name: String,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
struct Common {
    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

fn category(text: &str) -> Result<Category, String> {
    let found = Category::ALL.into_iter().find(|category| category.word() == text);
    found.ok_or_else(|| "a category is cloud-provider, telecom-provider, response-team or other".to_owned())
}

pub(super) fn apply(args: &ApplyArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let (opened, at) = opened(&args.common, surroundings, ui)?;
    let (name, title) = (args.name.clone(), args.title.trim().to_owned());
    let applicant = Applicant { name, title, category: args.category, email: args.email.clone() };
    let edit = |text: &[u8], path: &TreePath| with_applicant(text, path, &applicant, at);
    let (path, text) = register(&opened, ui, edit)?;
    written(&opened, &path, &text, &format!("Enter the application of {}", args.name), &args.common, ui)?;
    let next = match args.category.profile() {
        Some(profile) => format!(
            "next: its findings on {profile}, in {APPLICATIONS}/{}/assessment-results.yaml",
            args.name
        ),
        None => format!("next: members vote, probity share member vote {} yes", args.name),
    };
    ui.note(&next);
    Ok(Status::Done)
}

pub(super) fn vote(args: &VoteArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let (opened, at) = opened(&args.common, surroundings, ui)?;
    let circle = opened.place(ui)?.circle;
    let day = wish(Audience::Members, None, at).day;
    let member = args.member.as_ref().unwrap_or(&circle.policy.member);
    let standing = |name: &str| circle.register.member(name).and_then(|one| one.standing(day));
    let mut wrong = |what: String| {
        ui.message(&format!("error: {what}"));
        Err(Status::Invalid)
    };
    if standing(member) != Some(Standing::Active) {
        return wrong(format!("`{member}` is no active member, and has no vote"));
    }
    if standing(&args.name) != Some(Standing::Applied) {
        return wrong(format!("`{}` does not apply for membership", args.name));
    }
    if circle.register.member(&args.name).is_some_and(|one| one.category != Category::Other) {
        return wrong(format!(
            "`{}` is held against criteria; members vote on category `other` only",
            args.name
        ));
    }
    let path = format!("{APPLICATIONS}/{}/votes/{member}.yaml", args.name);
    let path = path_of(&path, &opened, ui)?;
    let text = format!("vote: {}\n", quoted_yaml(&args.vote));
    let subject = format!("Vote on {} as {member}", args.name);
    written(&opened, &path, text.as_bytes(), &subject, &args.common, ui)?;
    Ok(Status::Done)
}

pub(super) fn suspend(
    args: &SuspendArgs,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let (opened, at) = opened(&args.common, surroundings, ui)?;
    let reason = args.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        ui.message("error: --reason is empty: say why the member is suspended");
        return Err(Status::Invalid);
    }
    let on = wish(Audience::Members, None, at).day;
    let change = Becomes { to: Standing::Suspended, on, reason: Some(reason) };
    let edit = |text: &[u8], path: &TreePath| with_change(text, path, &args.name, &change, at);
    let (path, text) = register(&opened, ui, edit)?;
    written(&opened, &path, &text, &format!("Suspend {}", args.name), &args.common, ui)?;
    Ok(Status::Done)
}

fn opened(common: &Common, surroundings: &Surroundings, ui: &mut Ui) -> Result<(Opened, Timestamp), Status> {
    ui.tell_as(common.format.format);
    let opened = Opened::new(&common.project, surroundings, ui)?;
    let at = opened.instant(&common.as_of, surroundings, ui)?;
    Ok((opened, at))
}

fn path_of(text: &str, opened: &Opened, ui: &mut Ui) -> Result<TreePath, Status> {
    TreePath::parse(text).map_err(|error| {
        refuse(&Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()).into(), opened.tree(), ui)
    })
}

/// The register after a change.
fn register(
    opened: &Opened,
    ui: &mut Ui,
    edit: impl Fn(&[u8], &TreePath) -> Result<Vec<u8>, Diagnostics>,
) -> Result<(TreePath, Vec<u8>), Status> {
    let path = path_of(REGISTER, opened, ui)?;
    let tree = opened.tree();
    let read = tree.read(&path, Limits::default().bytes).map_err(|error| Diagnostic::from(error).into());
    let text = read.and_then(|text| edit(&text, &path)).map_err(|findings| refuse(&findings, tree, ui))?;
    Ok((path, text))
}

/// Writes a file, and prints the command that commits it.
fn written(
    opened: &Opened,
    path: &TreePath,
    text: &[u8],
    subject: &str,
    common: &Common,
    ui: &mut Ui,
) -> Result<(), Status> {
    let done = output::write(&opened.workspace.on_disk(path), text);
    done.map_err(|finding| refuse(&finding.into(), opened.tree(), ui))?;
    let shown = opened.tree().display(path);
    if common.format.format == Format::Json {
        ui.outcome(json!({"written": path.as_str()}), false);
    } else {
        ui.note(&format!("wrote {shown}"));
        ui.result(&format!("git add {}\ngit commit -S -m {}", quoted(&shown), quoted(subject)));
    }
    Ok(())
}

/// A word that YAML does not take for a truth value.
fn quoted_yaml(word: &str) -> String {
    serde_json::Value::from(word).to_string()
}
