use probity_diagnostics::{Diagnostic, TreePath, codes as files};
use probity_project::sharing::kept;
use probity_sharing::circle::Policy;
use serde_json::json;

use super::opened::Opened;
use crate::args::{FormatArg, ProjectArgs};
use crate::commands::{refuse, settle};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Who we are, and who reads the repository.
const POLICY: &str = "sharing/policy.yaml";

/// Say whether the repository holds only what all who read it may see.
///
/// `store: {circle: …}` of `sharing/policy.yaml` says who reads it: persons,
/// own (the default: the own organisation), members, group:NAME or public. Looks
/// at all files that git tracks and at all that was ever committed on a branch, a
/// tag or another reference, for documents of a colour that is not for all of
/// them, for what was received, for what others are scrubbed with, and for secret
/// keys of age. Exits with 1 where there is something.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share lint")]
pub(crate) struct Args {
    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let tree = opened.tree();
    let path = TreePath::parse(POLICY).map_err(|error| {
        refuse(&Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()).into(), tree, ui)
    })?;
    let policy = settle(Policy::load(tree, &path), tree, ui)?;
    let kept = kept(&opened.workspace.root, &policy).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    ui.findings(&kept.found, tree);
    if args.format.format == Format::Json {
        let store = policy.store.to_string();
        ui.outcome(json!({"store": store, "files": kept.files, "versions": kept.versions}), false);
    } else if kept.found.is_empty() {
        let (files, versions) = (kept.files, kept.versions);
        ui.result(&format!("a repository for {}: files {files}, versions {versions}", policy.store));
    }
    Ok(if kept.found.is_empty() { Status::Done } else { Status::Findings })
}
