use std::path::PathBuf;

use probity_sharing::plan::{Candidate, objections};
use probity_sharing::{Audience, Stop, approval_path};
use serde_json::json;

use super::opened::{Opened, wish};
use super::stopped;
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::commands::refuse;
use crate::commands::shell::quoted;
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Approve that everybody sees a document that somebody else made.
///
/// The document is TLP:CLEAR and was scrubbed: read it, and the report of its
/// scrubbing, before you approve it. Writes the approval beside it, with the
/// digests of both, and prints the command that commits it. It counts where the
/// commit is signed with your key, and you have made none of the commits that
/// the document comes from; it ends where the document is changed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share approve sharing/public/INC-2026-0001.yaml --by ann@alpha.example\n\
Exit codes: 0 written, 4 the document may not be published, or not by you."
)]
pub(crate) struct Args {
    /// The document.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Who approves: an e-mail address of the register, of a person who belongs to us.
    #[arg(long, value_name = "EMAIL")]
    by: String,

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
    let path = opened.path(&args.file, surroundings, ui)?;
    let tree = opened.tree();
    let document = place.candidate(&path).map_err(|stop| stopped(&stop, tree, ui))?.0;
    let refused = objections(&place.circle, &[approved(&document)], &wish(Audience::Public, None, at));
    if !refused.is_empty() {
        return Err(stopped(&Stop::Refused(refused), tree, ui));
    }
    let approval = place.approve(&document, &args.by).map_err(|stop| stopped(&stop, tree, ui))?;
    let file = approval_path(&path).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    output::write(&opened.workspace.on_disk(&file), approval.text().as_bytes())
        .map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let shown = tree.display(&file);
    if args.format.format == Format::Json {
        ui.outcome(json!({"file": shown, "document": approval.document, "by": approval.by}), false);
        return Ok(Status::Done);
    }
    ui.note(&format!("wrote {shown}"));
    ui.result(&format!("git add {}", quoted(&shown)));
    ui.result(&format!(
        "git commit -S -m {} --trailer {}",
        quoted(&format!("Approve {path} for everybody")),
        quoted(&format!("Scrub-Approved-By: {}", args.by))
    ));
    Ok(Status::Done)
}

/// The document as it will be when this is done.
fn approved(document: &Candidate) -> Candidate {
    let mut document = document.clone();
    document.proofs.approved = Ok(());
    document
}
