use std::path::{Path, PathBuf};

use probity_diagnostics::document::{Comments, Format};
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer, TreePath};
use probity_oscal::codes::{NO_PLACE, OUTPUT_TAKEN};
use probity_oscal::release::{Loss, RELEASES, to_release};
use probity_oscal::{Release, validate};
use rayon::prelude::*;

use crate::args::DocumentFormat;
use crate::documents::{self, Document, Source};
use crate::output::{self, Written};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Convert OSCAL documents between JSON, YAML and XML, and between releases.
///
/// Nothing is lost on the way but layout, comments where the format has no
/// place for them, and `$schema` in XML. Properties are written in the order
/// of the model. One document is written to `-o FILE` or to standard output;
/// several, or whole folders, into the folder `-o FOLDER`, under their own
/// names with another extension.
///
/// A document that is not valid is converted as far as it is understood, and
/// what is wrong with it is told (exit code 1).
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// OSCAL documents, folders of them, or `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,

    /// Where to write: a file, or a folder (several documents, a folder that
    /// is there, or a path that ends in `/`); standard output if left out or
    /// `-`.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// The format to write; left out, by the extension of OUT.
    #[arg(long, value_name = "FORMAT")]
    to: Option<DocumentFormat>,

    /// Write for this release of OSCAL (1.1.2, 1.1.3, 1.2.0, 1.2.1, 1.2.2),
    /// and say what it cannot express.
    #[arg(long, value_name = "RELEASE", value_parser = release)]
    oscal_version: Option<Release>,

    /// Leave out what the release does not have, and tell each; otherwise
    /// nothing is written.
    #[arg(long, requires = "oscal_version")]
    lossy: bool,

    /// Replace files of the folder OUT that are newer than their source.
    #[arg(long)]
    force: bool,
}

/// A release that documents can be written for.
fn release(text: &str) -> Result<Release, String> {
    let known = || RELEASES.iter().map(Release::to_string).collect::<Vec<_>>().join(", ");
    let wanted = text.parse().ok().filter(|wanted| RELEASES.contains(wanted));
    wanted.ok_or_else(|| format!("the known releases are {}", known()))
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    convert(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn convert(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let sources = super::sources(&args.files, surroundings, ui)?;
    let targets = targets(args, &sources, surroundings)
        .map_err(|finding| super::refuse(&finding.into(), &place::bundled(), ui))?;
    let pairs = sources.par_iter().zip(&targets);
    let outcomes: Vec<Outcome> = pairs.map(|(source, target)| Outcome::of(args, source, target)).collect();
    let mut status = Status::Done;
    let (mut new, mut same, mut refused) = (0, 0, 0);
    for (source, outcome) in sources.iter().zip(outcomes) {
        ui.findings(&outcome.findings, source.tree.as_ref());
        status = status.and(outcome.status);
        match outcome.done {
            Done::Text(text) => status = status.and(ui.write(&text, &surroundings.folder, None)),
            Done::Written(Written::New) => new += 1,
            Done::Written(Written::Same) => same += 1,
            Done::Refused => refused += 1,
            Done::PassedOver => {}
        }
    }
    if targets.iter().any(|target| target.file.is_some()) {
        let parts = [(new, "written"), (same, "unchanged"), (refused, "refused")];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
        ui.note(&if told.is_empty() { "no OSCAL document was found".to_owned() } else { told.join(", ") });
    }
    Ok(status)
}

/// Where one document is written, and how.
struct Target {
    format: Format,
    /// The file; none is standard output.
    file: Option<PathBuf>,
    /// Whether the file itself was named.
    named: bool,
}

impl Target {
    /// Whether it lies in a workspace of compliance-trestle.
    fn is_in_workspace(&self) -> bool {
        self.file.as_deref().is_some_and(|file| place::workspace(file).is_some())
    }
}

/// Where every document is written.
fn targets(args: &Args, sources: &[Source], surroundings: &Surroundings) -> Result<Vec<Target>, Diagnostic> {
    let to = args.to.map(Format::from);
    let several = sources.len() != 1 || sources.iter().any(|source| source.found);
    let Some(out) = args.output.as_ref().filter(|out| out.as_os_str() != "-") else {
        if several {
            let refused = Diagnostic::error(&OUTPUT_TAKEN, "several documents do not fit standard output");
            return Err(refused.help("name a folder with `-o FOLDER`; `-o .` is the working folder"));
        }
        let format = to.ok_or_else(|| unsaid("name it with `--to json`, `--to yaml` or `--to xml`"))?;
        return Ok(vec![Target { format, file: None, named: false }]);
    };
    let full = surroundings.folder.join(out);
    if !several && !full.is_dir() && !out.to_string_lossy().ends_with('/') {
        let by_name = out.file_name().and_then(|name| TreePath::parse(&name.to_string_lossy()).ok());
        let format = to
            .or_else(|| by_name.and_then(|name| Format::of(&name)))
            .ok_or_else(|| unsaid("name it with `--to`, or by the extension .json, .yaml or .xml of OUT"))?;
        return Ok(vec![Target { format, file: Some(full), named: true }]);
    }
    let format = to.ok_or_else(|| unsaid("name the format of the documents in the folder with `--to`"))?;
    let outputs: Vec<(PathBuf, String)> =
        sources.iter().map(|source| (full.join(renamed(&source.below, format)), source.shown())).collect();
    match output::collision(&outputs) {
        Some(finding) => Err(finding),
        None => Ok(outputs
            .into_iter()
            .map(|(file, _)| Target { format, file: Some(file), named: false })
            .collect()),
    }
}

fn unsaid(help: &str) -> Diagnostic {
    Diagnostic::error(&OUTPUT_TAKEN, "the format to write is not said").help(help)
}

/// The name of a document in another format.
fn renamed(below: &str, format: Format) -> String {
    let path = Path::new(below);
    let extension = match format {
        Format::Json => "json",
        Format::Yaml => "yaml",
        Format::Xml => "xml",
    };
    let known = path.extension().is_some_and(|e| matches!(e.to_str(), Some("json" | "yaml" | "yml" | "xml")));
    if known {
        path.with_extension(extension).to_string_lossy().into_owned()
    } else {
        format!("{below}.{extension}")
    }
}

/// What became of one document.
struct Outcome {
    findings: Diagnostics,
    status: Status,
    done: Done,
}

enum Done {
    Text(Vec<u8>),
    Written(Written),
    Refused,
    PassedOver,
}

impl Outcome {
    fn of(args: &Args, source: &Source, target: &Target) -> Self {
        match documents::read(source) {
            Ok(Some(document)) => Self::of_document(args, source, target, document),
            Ok(None) => Self { findings: Diagnostics::new(), status: Status::Done, done: Done::PassedOver },
            Err(findings) => Self { findings, status: Status::Invalid, done: Done::Refused },
        }
    }

    fn of_document(args: &Args, source: &Source, target: &Target, mut document: Document) -> Self {
        let mut findings = std::mem::take(&mut document.warnings);
        findings.extend(validate(&document.value, &source.path));
        let mut status = if findings.has_errors() { Status::Findings } else { Status::Done };
        findings.extend(unkept(source, &document, target));
        if target.is_in_workspace() {
            document.value.as_object_mut().and_then(|members| members.shift_remove("$schema"));
        }
        if let Some(release) = args.oscal_version {
            let loss = if args.lossy { Loss::Told } else { Loss::Refused };
            let differences = to_release(&mut document.value, &source.path, release, target.format, loss);
            let refused = differences.has_errors();
            findings.extend(differences);
            if refused {
                return Self { findings, status: Status::Findings, done: Done::Refused };
            }
        }
        let done = text(&document, target.format, source).and_then(|text| put(args, source, target, text));
        let done = done.unwrap_or_else(|finding| {
            findings.push(finding);
            status = Status::Invalid;
            Done::Refused
        });
        Self { findings, status, done }
    }
}

/// What the target has no place for.
fn unkept(source: &Source, document: &Document, target: &Target) -> Vec<Diagnostic> {
    let note = |message: &str| Diagnostic::note(&NO_PLACE, message).at(Location::file(&source.path));
    let mut notes = Vec::new();
    let why = match target.format {
        Format::Xml => Some("has no form in XML"),
        _ if target.is_in_workspace() => Some("is not read by compliance-trestle"),
        _ => None,
    };
    if let Some(why) = why.filter(|_| document.value.get("$schema").is_some()) {
        let at = Location::key(&source.path, &Pointer::root().key("$schema"));
        notes.push(Diagnostic::note(&NO_PLACE, format!("`$schema` {why} and is left out")).at(at));
    }
    if document.comments.has_words() && target.format != Format::Yaml {
        notes.push(note("comments are kept in YAML only"));
    }
    if document.has_xml_comments {
        notes.push(note("comments and processing instructions of XML are not kept"));
    }
    notes
}

/// The document in the target format.
fn text(document: &Document, format: Format, source: &Source) -> Result<Vec<u8>, Diagnostic> {
    let mut text = Vec::with_capacity(document.text.len());
    let none = Comments::default();
    let comments = if format == Format::Yaml { &document.comments } else { &none };
    match probity_oscal::write(&document.value, format, comments, &mut text) {
        Ok(()) => Ok(text),
        Err(error) => {
            let finding = Diagnostic::error(&probity_diagnostics::codes::WRITE_FAILED, error.to_string());
            Err(finding.at(Location::file(&source.path)))
        }
    }
}

/// Brings a text to its target.
fn put(args: &Args, source: &Source, target: &Target, text: Vec<u8>) -> Result<Done, Diagnostic> {
    let Some(file) = &target.file else { return Ok(Done::Text(text)) };
    if let Some(disk) = source.disk.as_ref().filter(|_| !target.named && !args.force) {
        output::keep_newer(file, disk, &text)?;
    }
    output::write(file, &text).map(Done::Written)
}
