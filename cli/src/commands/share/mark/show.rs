use probity_diagnostics::{Diagnostics, FileTree as _};
use probity_sharing::marking::look_up;
use probity_sharing::{Refusal, Stop};
use serde_json::{Value, json};

use super::super::{as_json, tell};
use crate::args::FormatArg;
use crate::commands::refuse;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Say which colour documents have, and where it stands.
///
/// Documents that contradict their sidecar, have parts of different colours or
/// a label that is none are refused with exit code 4.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share mark show sharing/incidents/2026/INC-2026-0001.yaml")]
pub(crate) struct Args {
    /// Documents.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let mut status = Status::Done;
    let mut shown: Vec<Value> = Vec::new();
    let mut refused: Vec<Refusal> = Vec::new();
    for file in &args.files {
        let named = place::named(file, &surroundings.folder, None);
        let named = named.map_err(|finding| refuse(&Diagnostics::from(finding), &place::bundled(), ui))?;
        let path = named.tree.display(&named.path);
        match look_up(&named.tree, &named.path) {
            Ok(marking) => {
                if args.format.format != Format::Json {
                    ui.result(&format!("{path}: {marking}"));
                }
                shown.push(json!({
                    "document": path,
                    "colour": marking.label.as_str(),
                    "source": marking.source.word(),
                    "originator": marking.originator,
                }));
            }
            Err(Stop::Refused(refusals)) => {
                tell(&refusals, &named.tree, ui);
                refused.extend(refusals);
                status = status.and(Status::Refused);
            }
            Err(Stop::Unreadable(findings)) => status = status.and(refuse(&findings, &named.tree, ui)),
        }
    }
    if args.format.format == Format::Json {
        ui.outcome(json!({ "documents": shown, "refused": as_json(&refused) }), false);
    }
    Ok(status)
}
