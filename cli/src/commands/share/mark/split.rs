use std::path::{Path, PathBuf};

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, FileTree, TreePath, codes as files};
use probity_sharing::marking::{Sidecar, divide, sidecar_path};
use probity_sharing::{Label, Stop};
use serde_json::{Value, json};

use super::super::opened::Opened;
use super::super::stopped;
use crate::args::{FormatArg, ProjectArgs};
use crate::commands::refuse;
use crate::commands::shell::quoted;
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Make a document for each colour of one whose parts differ.
///
/// A STIX bundle is divided object by object, a JSON list item by item; a part
/// that says nothing is TLP:AMBER. The parts of other documents share a head that
/// has a colour of its own: they are refused with exit code 4, as is a part that
/// refers to a stricter one. The document itself stays as it is. What is wider
/// than TLP:AMBER is committed by its originator, and the commands for it are
/// printed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share mark split feed.json -o sharing/feeds")]
pub(crate) struct Args {
    /// The document.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The folder that the documents are written to, as NAME.TLP-COLOUR.json.
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let tree = opened.tree();
    let path = opened.path(&args.file, surroundings, ui)?;
    let bytes = probity_oscal::split::read(tree, &path).map_err(|findings| refuse(&findings, tree, ui))?;
    let made = divide(&bytes, &path).map_err(|stop| stopped(&stop, tree, ui))?;
    let stem = path.file_name().trim_end_matches(".json").to_owned();
    let named = |label: &Label| args.output.join(format!("{stem}.{}.json", label.in_file_name()));
    if let Some(taken) = made.keys().map(named).find(|file| surroundings.folder.join(file).exists()) {
        let message = format!("`{}` exists already", taken.display());
        return Err(refuse(&Diagnostic::error(&files::WRITE_FAILED, message).into(), tree, ui));
    }
    let originator = originator(tree, &path).map_err(|stop| stopped(&stop, tree, ui))?;
    let mut told: Vec<Value> = Vec::new();
    for (label, bytes) in &made {
        let file = named(label);
        output::write(&surroundings.folder.join(&file), bytes)
            .map_err(|finding| refuse(&finding.into(), tree, ui))?;
        if let Some(originator) = &originator {
            let sidecar = Sidecar { label: *label, originator: Some(originator.clone()) };
            let beside = format!("{}.marking.yaml", surroundings.folder.join(&file).display());
            output::write(Path::new(&beside), sidecar.text().as_bytes())
                .map_err(|finding| refuse(&finding.into(), tree, ui))?;
        }
        let shown = file.display().to_string();
        if args.format.format != Format::Json {
            ui.note(&format!("wrote {shown}"));
            if *label < Label::UNMARKED {
                ui.result(&commit(&shown, *label, &args.file.display().to_string()));
            }
        }
        told.push(json!({"document": shown, "colour": label.as_str()}));
    }
    if args.format.format == Format::Json {
        ui.outcome(json!({ "documents": told }), false);
    }
    Ok(Status::Done)
}

/// The member that a sidecar names, which stays with each part.
fn originator(tree: &dyn FileTree, path: &TreePath) -> Result<Option<String>, Stop> {
    let beside = sidecar_path(path)?;
    if !tree.is_file(&beside) {
        return Ok(None);
    }
    let text = tree.read(&beside, Limits::default().bytes).map_err(Diagnostic::from)?;
    Ok(Sidecar::read(&text, &beside)?.originator)
}

/// The commands that commit a wide document: for git it may be a copy of the one that it was in, which has no one colour and counts as
/// TLP:RED.
fn commit(file: &str, label: Label, of: &str) -> String {
    let trailers = [
        format!("TLP-Document: {file}"),
        format!("TLP-From: {}", Label::Red),
        format!("TLP-To: {label}"),
        format!("TLP-Reason: the parts of {of} that are {label}"),
    ];
    let trailers = trailers.iter().map(|one| format!("  --trailer {}", quoted(one)));
    let subject = quoted(&format!("Mark {file} {label}"));
    let trailers = trailers.collect::<Vec<_>>().join(" \\\n");
    format!("git add {}\ngit commit -S -m {subject} \\\n{trailers}", quoted(file))
}
