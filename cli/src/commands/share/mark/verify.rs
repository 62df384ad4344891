use std::path::PathBuf;

use probity_diagnostics::TreePath;
use probity_sharing::{Refusal, Stop, circle};
use serde_json::{Value, json};

use super::super::opened::Opened;
use super::super::{as_json, tell};
use crate::args::{FormatArg, ProjectArgs};
use crate::commands::refuse;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Say whether colours are those that their originators gave.
///
/// Follows the history of each document to its beginning: every change of
/// colour must be committed by the originator, signed with a key that was
/// allowed before, with the trailers TLP-Document, TLP-From, TLP-To and
/// TLP-Reason. Anything else is refused with exit code 4.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share mark verify sharing/incidents/2026/INC-2026-0001.yaml")]
pub(crate) struct Args {
    /// Documents; left out, all below `sharing/`.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let place = opened.place(ui)?;
    let tree = opened.tree();
    let mut shown: Vec<Value> = Vec::new();
    let mut refused: Vec<Refusal> = Vec::new();
    let mut status = Status::Done;
    for path in paths(args, &opened, surroundings, ui)? {
        match place.candidate(&path) {
            Ok((document, changes)) => {
                let marking = document.marking;
                if args.format.format != Format::Json {
                    ui.result(&format!("{}: {marking}", tree.display(&path)));
                    for one in &changes {
                        let id: String = one.commit.chars().take(10).collect();
                        ui.result(&format!("  {id} {} -> {}: {}", one.from, one.to, one.reason));
                    }
                }
                let changes: Vec<Value> = changes
                    .iter()
                    .map(|one| json!({"commit": one.commit, "from": one.from.as_str(), "to": one.to.as_str(), "reason": one.reason}))
                    .collect();
                shown.push(
                    json!({"document": path.as_str(), "colour": marking.label.as_str(), "changes": changes}),
                );
            }
            Err(Stop::Refused(refusals)) => {
                tell(&refusals, tree, ui);
                refused.extend(refusals);
                status = status.and(Status::Refused);
            }
            Err(Stop::Unreadable(findings)) => status = status.and(refuse(&findings, tree, ui)),
        }
    }
    if args.format.format == Format::Json {
        ui.outcome(json!({"documents": shown, "refused": as_json(&refused)}), false);
    }
    Ok(status)
}

/// The documents that were named, or all below the folder but for sidecars.
fn paths(
    args: &Args,
    opened: &Opened,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Vec<TreePath>, Status> {
    if !args.files.is_empty() {
        return args.files.iter().map(|file| opened.path(file, surroundings, ui)).collect();
    }
    let found = TreePath::parse(circle::FOLDER).ok().map(|folder| opened.tree().walk(&folder));
    match found.transpose() {
        Ok(found) => {
            let is_document =
                |path: &TreePath| !path.as_str().ends_with(".marking.yaml") && !path.is_hidden();
            Ok(found.unwrap_or_default().into_iter().filter(is_document).collect())
        }
        Err(error) => Err(refuse(&probity_diagnostics::Diagnostic::from(error).into(), opened.tree(), ui)),
    }
}
