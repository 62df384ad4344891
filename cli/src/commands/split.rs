use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use probity_diagnostics::document::Format;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath};
use probity_oscal::codes::{NOT_SPLIT, OUTPUT_TAKEN};
use probity_oscal::split;
use serde_json::json;

use crate::args::FormatArg;
use crate::documents::{self, Source};
use crate::output::{self, Written};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{self, Ui};

/// Take an OSCAL document apart: one control, component or requirement per
/// file.
///
/// The folder is the document from then on: all commands read it as if it
/// were one file, by its path or by its name on a shelf, and findings stand
/// in the small files. A new control is a new file, so two branches that add
/// one each do not meet. `probity assemble` gives the document back, value by
/// value; comments of YAML come along both ways.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  probity split catalogs/house.yaml\n  probity split catalog.json -o catalogs/house\n\n\
docs/split.md has the form of the folder."
)]
pub(crate) struct Args {
    /// An OSCAL document (JSON, YAML, XML).
    #[arg(value_name = "FILE")]
    file: String,

    /// The folder to write; left out, one beside FILE of its name without
    /// the ending. What is there is replaced only if it is a split folder.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    take_apart(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn take_apart(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let sources = super::sources(std::slice::from_ref(&args.file), surroundings, ui)?;
    let refuse = |finding: Diagnostic, ui: &mut Ui| super::refuse(&finding.into(), &place::bundled(), ui);
    let [source] = sources.as_slice() else {
        let message = format!("`{}` is a folder of documents: name one of them", args.file);
        return Err(refuse(Diagnostic::error(&NOT_SPLIT, message), ui));
    };
    let files = files(source).map_err(|findings| super::refuse(&findings, source.tree.as_ref(), ui))?;
    let folder = target(args, source, surroundings).map_err(|finding| refuse(finding, ui))?;
    let old =
        old(&folder, surroundings).map_err(|findings| super::refuse(&findings, &place::bundled(), ui))?;
    let done = put(&folder, &files, &old).map_err(|finding| refuse(finding, ui))?;
    if args.format.format == ui::Format::Json {
        let (files, written, removed) = (files.len(), done.written, done.removed);
        ui.outcome(
            json!({ "folder": folder, "files": files, "written": written, "removed": removed }),
            false,
        );
    } else {
        let shown = place::relative(&surroundings.folder, &folder);
        ui.note(&format!(
            "`{shown}`: {} files, {} written, {} removed",
            files.len(),
            done.written,
            done.removed
        ));
    }
    if let Some(disk) = source.disk.as_ref().filter(|disk| disk.with_extension("") == folder) {
        let shown = place::relative(&surroundings.folder, disk);
        ui.note(&format!("`{shown}` still stands beside the folder: remove one of the two"));
    }
    Ok(Status::Done)
}

/// The files that a document is taken apart into.
fn files(source: &Source) -> Result<BTreeMap<String, Vec<u8>>, Diagnostics> {
    let at = |finding: Diagnostic| finding.at(Location::file(&source.path));
    if split::is_split(source.tree.as_ref(), &source.path) {
        return Err(at(Diagnostic::error(&NOT_SPLIT, "the folder is a split document already")).into());
    }
    let Some(document) = documents::read(source)? else {
        return Err(at(Diagnostic::error(&NOT_SPLIT, "the file holds no OSCAL document")).into());
    };
    if document.comments.has_aliases {
        let message = "anchors and aliases of YAML cannot lead from file to file";
        let help = "`probity convert` into another file writes them out";
        return Err(at(Diagnostic::error(&NOT_SPLIT, message)).help(help).into());
    }
    if document.has_xml_comments {
        let message = "comments and processing instructions of XML would be lost";
        let help = "say in `remarks` what they say, or convert the document first";
        return Err(at(Diagnostic::error(&NOT_SPLIT, message)).help(help).into());
    }
    split::split(&document.value, &document.comments).map_err(|finding| at(finding).into())
}

/// The folder to write.
fn target(args: &Args, source: &Source, surroundings: &Surroundings) -> Result<PathBuf, Diagnostic> {
    let taken = |message: String| Diagnostic::error(&OUTPUT_TAKEN, message);
    let folder = match (&args.output, &source.disk) {
        (Some(output), _) => surroundings.folder.join(output),
        (None, Some(disk)) => disk.with_extension(""),
        (None, None) => return Err(taken("name the folder to write with `-o FOLDER`".to_owned())),
    };
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_file_name = TreePath::parse(&name).is_ok_and(|name| Format::of(&name).is_some());
    if is_file_name {
        return Err(taken(format!(
            "`{name}` is the name of a file: that of a split folder has no such ending"
        )));
    }
    if folder.is_file() {
        return Err(taken(format!("`{}` is a file", folder.display())));
    }
    Ok(folder)
}

/// The pieces of the split folder that is there already.
fn old(folder: &Path, surroundings: &Surroundings) -> Result<BTreeSet<PathBuf>, Diagnostics> {
    if !folder.exists() || folder.read_dir().is_ok_and(|mut entries| entries.next().is_none()) {
        return Ok(BTreeSet::new());
    }
    let shown = place::relative(&surroundings.folder, folder);
    if !folder.join(split::INDEX).is_file() {
        let message = format!("`{shown}` is there already and is no split folder");
        return Err(Diagnostic::error(&OUTPUT_TAKEN, message)
            .help("name another folder with `-o FOLDER`")
            .into());
    }
    let named = place::named(&folder.to_string_lossy(), &surroundings.folder, None)?;
    let assembled = split::assemble(&named.tree, &named.path).map_err(|_| {
        let message = format!("`{shown}` is a split folder that is not whole, and is not replaced");
        Diagnostic::error(&OUTPUT_TAKEN, message)
            .help(format!("`probity validate {shown}` says what is wrong with it"))
    })?;
    Ok(assembled.pieces.iter().map(|piece| named.root.join(piece.file.as_str())).collect())
}

struct Done {
    written: usize,
    removed: usize,
}

/// Writes the files, the index last, and removes the pieces that are no more.
fn put(
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    old: &BTreeSet<PathBuf>,
) -> Result<Done, Diagnostic> {
    let mut done = Done { written: 0, removed: 0 };
    let mut kept = BTreeSet::new();
    let (index, pieces): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| path.as_str() == split::INDEX);
    for (path, text) in pieces.into_iter().chain(index) {
        let file = folder.join(path);
        if output::write(&file, text)? == Written::New {
            done.written += 1;
        }
        kept.extend(file.canonicalize());
    }
    for file in old.difference(&kept) {
        output::remove(file, folder)?;
        done.removed += 1;
    }
    Ok(done)
}
