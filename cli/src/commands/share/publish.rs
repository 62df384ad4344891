use std::path::PathBuf;

use probity_diagnostics::MemoryTree;
use probity_project::sharing::Publication;
use serde_json::json;

use super::opened::Opened;
use super::stopped;
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::commands::refuse;
use crate::output;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Publish documents: a folder of pages and feeds that everybody may read.
///
/// Takes documents that are TLP:CLEAR, were scrubbed without residue and have
/// been approved by a second person. The folder needs nothing else and has no
/// history: pages, the documents, incidents as IODEF, STIX and CSAF, an Atom
/// feed, the files of a CSAF provider, a feed of MISP, and announcements. It is
/// new, or one that was published before: then documents are added to it, and a
/// newer version takes the place of an older one. `publication` in
/// `sharing/policy.yaml` says where it will lie.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share publish sharing/public/INC-2026-0001.yaml -o site\n\
Exit codes: 0 written, 2 the folder was not written by this command, 4 a rule refuses it.")]
pub(crate) struct Args {
    /// Documents.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// The folder.
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,

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
    let folder = surroundings.folder.join(&args.output);
    let told = |finding, ui: &mut Ui| refuse(&finding, &place::bundled(), ui);
    let made = if folder.symlink_metadata().is_ok() {
        let held = place::tree(&folder, &surroundings.folder).map_err(|finding| told(finding.into(), ui))?;
        place.publish(&documents, &held, at).map_err(|stop| stopped(&stop, &held, ui))?
    } else {
        let nothing = MemoryTree::default();
        place.publish(&documents, &nothing, at).map_err(|stop| stopped(&stop, &nothing, ui))?
    };
    let Publication { files, stale, documents } = made;
    for (name, bytes) in &files {
        output::write(&folder.join(name), bytes).map_err(|finding| told(finding.into(), ui))?;
    }
    for path in &stale {
        output::remove(&folder.join(path.as_str()), &folder).map_err(|finding| told(finding.into(), ui))?;
    }
    if args.format.format == Format::Json {
        let folder = args.output.display().to_string();
        let names: Vec<&String> = files.keys().collect();
        ui.outcome(json!({"folder": folder, "files": names, "documents": documents}), false);
        return Ok(Status::Done);
    }
    for one in &documents {
        ui.result(&format!("{}  {}  {}", one.updated, one.name, one.title));
    }
    ui.note(&format!("wrote {} files to {}", files.len(), args.output.display()));
    Ok(Status::Done)
}
