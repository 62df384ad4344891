use std::path::PathBuf;

use probity_diagnostics::{FileTree, TreePath};
use probity_sharing::audience::Role;
use probity_sharing::marking::{Put, Sidecar, Source, put, sidecar_path};
use probity_sharing::plan::Candidate;
use probity_sharing::{Label, Refusal, Stop, codes, rules};

use super::super::opened::Opened;
use super::super::stopped;
use crate::args::{FormatArg, ProjectArgs};
use crate::commands::refuse;
use crate::commands::shell::quoted;
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Give a document of ours another colour.
///
/// Writes the label into the document, or into its sidecar, and prints the
/// command that commits it: a change of colour counts in a commit that is
/// signed by the originator and says from what to what and why. Documents of
/// others keep their colour: only their originator changes it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share mark set sharing/incidents/2026/INC-2026-0001.yaml TLP:GREEN \
--reason 'resolved, and scrubbed'"
)]
pub(crate) struct Args {
    /// The document.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The label: TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT or TLP:RED.
    #[arg(value_name = "LABEL")]
    label: Label,

    /// Why the colour changes.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let place = opened.place(ui)?;
    let path = opened.path(&args.file, surroundings, ui)?;
    let tree = opened.tree();
    let reason = args.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        ui.message("error: --reason is empty: say why the colour changes");
        return Err(Status::Invalid);
    }
    let document = place.candidate(&path).map_err(|stop| stopped(&stop, tree, ui))?.0;
    let from = document.marking.label;
    if document.role == Role::Holder {
        let whose = document.marking.originator.as_deref().unwrap_or("somebody else");
        let message = format!("`{path}` comes from {whose}, and we are {}", place.circle.policy.member);
        let remedy = "ask its originator to change the colour";
        let refusal = Refusal::new(rules::ORIGINATOR, &codes::NOT_ORIGINATOR, message, remedy);
        return Err(stopped(&refusal.of(path.as_str(), Some(from)).into(), tree, ui));
    }
    if from == args.label {
        ui.note(&format!("{} is {from} already", tree.display(&path)));
        return Ok(Status::Done);
    }
    let written = texts(&document, args.label, &place.circle.policy.member, tree)
        .map_err(|stop| stopped(&stop, tree, ui))?;
    for (path, bytes) in &written {
        let done = output::write(&opened.workspace.on_disk(path), bytes);
        done.map_err(|finding| refuse(&finding.into(), tree, ui))?;
        ui.note(&format!("wrote {}", tree.display(path)));
    }
    let subject = format!("Mark {path} {}", args.label);
    let files = written.iter().map(|(path, _)| quoted(&tree.display(path)));
    let trailers = [
        format!("TLP-Document: {path}"),
        format!("TLP-From: {from}"),
        format!("TLP-To: {}", args.label),
        format!("TLP-Reason: {reason}"),
    ];
    let trailers = trailers.iter().map(|one| format!("  --trailer {}", quoted(one)));
    ui.result(&format!("git add {}", files.collect::<Vec<_>>().join(" ")));
    ui.result(&format!(
        "git commit -S -m {} \\\n{}",
        quoted(&subject),
        trailers.collect::<Vec<_>>().join(" \\\n")
    ));
    Ok(Status::Done)
}

/// The files that say the new colour: the document, its sidecar, or both where there are both.
fn texts(
    document: &Candidate,
    label: Label,
    us: &str,
    tree: &dyn FileTree,
) -> Result<Vec<(TreePath, Vec<u8>)>, Stop> {
    let beside = sidecar_path(&document.path)?;
    if matches!(document.marking.source, Source::Unmarked) {
        return Ok(vec![match put(&document.bytes, &document.path, label, Some(us))? {
            Put::Into(bytes) => (document.path.clone(), bytes),
            Put::Beside(sidecar) => (beside, sidecar.text().into_bytes()),
        }]);
    }
    let mut texts = Vec::new();
    if let Source::Embedded(_) | Source::Format(_) = document.marking.source
        && let Put::Into(bytes) = put(&document.bytes, &document.path, label, Some(us))?
    {
        texts.push((document.path.clone(), bytes));
    }
    if tree.is_file(&beside) {
        let sidecar = Sidecar { label, originator: document.marking.originator.clone() };
        texts.push((beside, sidecar.text().into_bytes()));
    }
    Ok(texts)
}
