use std::path::{Path, PathBuf};

use probity_diagnostics::document::Format;
use probity_diagnostics::{Diagnostic, FileTree as _, Location, TreePath};
use probity_oscal::codes::{NOT_WHOLE, OUTPUT_TAKEN};
use probity_oscal::schema::Root;
use probity_oscal::split::{self, Assembled};
use serde_json::Value;

use crate::args::DocumentFormat;
use crate::output;
use crate::place::{self, Named};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Put a split folder together: the document as one file.
///
/// It is the document that `probity split` took apart, with what was changed,
/// added and removed since. Commands need no such file, they read the folder;
/// it is for other tools.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  probity assemble catalogs/house -o house.json")]
pub(crate) struct Args {
    /// A split folder.
    #[arg(value_name = "FOLDER")]
    folder: String,

    /// The file to write; standard output if left out or `-`. A file that is
    /// there is replaced only if it is a version of the same document.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The format to write; left out, by the extension of FILE, else YAML.
    #[arg(long, value_name = "FORMAT")]
    to: Option<DocumentFormat>,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let named = match place::named(&args.folder, &surroundings.folder, None) {
        Ok(named) => named,
        Err(finding) => return super::refuse(&finding.into(), &place::bundled(), ui),
    };
    if !split::is_split(&named.tree, &named.path) {
        let message = format!("`{}` is no split folder: it has no `{}`", args.folder, split::INDEX);
        return super::refuse(&Diagnostic::error(&NOT_WHOLE, message).into(), &named.tree, ui);
    }
    let assembled = match split::assemble(&named.tree, &named.path) {
        Ok(assembled) => assembled,
        Err(findings) => return super::refuse(&findings, &named.tree, ui),
    };
    match put(args, &named, &assembled, surroundings, ui) {
        Ok(status) => status,
        Err(finding) => super::refuse(&finding.into(), &named.tree, ui),
    }
}

fn put(
    args: &Args,
    named: &Named,
    assembled: &Assembled,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Diagnostic> {
    let file = args.output.as_ref().filter(|file| file.as_os_str() != "-");
    let by_name = file.and_then(|file| TreePath::parse(&file.file_name()?.to_string_lossy()).ok());
    let by_name = by_name.and_then(|name| Format::of(&name));
    let format = args.to.map(Format::from).or(by_name).unwrap_or(Format::Yaml);
    let comments = split::comments(&named.tree, assembled);
    let mut text = Vec::new();
    probity_oscal::write(&assembled.value, format, &comments, &mut text).map_err(|error| {
        let finding = Diagnostic::error(&probity_diagnostics::codes::WRITE_FAILED, error.to_string());
        finding.at(Location::file(&named.path))
    })?;
    let Some(file) = file else { return Ok(ui.write(&text, &surroundings.folder, None)) };
    let target = surroundings.folder.join(file);
    if target.exists() && !is_version(&target, &assembled.value, surroundings) {
        let message = format!("`{}` is there already and is no version of this document", file.display());
        return Err(Diagnostic::error(&OUTPUT_TAKEN, message).help("name another file with `-o FILE`"));
    }
    output::write(&target, &text)?;
    ui.note(&format!("wrote {}", file.display()));
    Ok(Status::Done)
}

/// Whether a file holds a document of the model and the uuid, or the title, of this one.
fn is_version(file: &Path, value: &Value, surroundings: &Surroundings) -> bool {
    let Ok(named) = place::named(&file.to_string_lossy(), &surroundings.folder, None) else { return false };
    let limit = probity_diagnostics::document::Limits::default().bytes;
    let Ok(bytes) = named.tree.read(&named.path, limit) else { return false };
    let Ok(read) = probity_oscal::read(&bytes, &named.path) else { return false };
    let (_, there) = read.value;
    let of = |value: &Value, pointer: &str| -> Option<(String, Value)> {
        let (key, model) = value.as_object()?.iter().find(|(key, _)| Root::of(key).is_some())?;
        Some((key.clone(), model.pointer(pointer)?.clone()))
    };
    ["/uuid", "/metadata/title"].iter().any(|pointer| {
        let here = of(value, pointer);
        here.is_some() && here == of(&there, pointer)
    })
}
