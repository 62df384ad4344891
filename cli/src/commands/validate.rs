use std::io::Read as _;
use std::path::PathBuf;

use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{FileTree, Severity, TreePath, nearest};
use probity_evidence::Ontology;
use probity_oscal::OscalDocument;
use probity_project::check::{self, Checked};
use probity_project::config;

use crate::args::{FormatArg, ProjectArgs};
use crate::place::{self, Named};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Check OSCAL documents, evidence sets and project files.
///
/// Every problem of every file is reported with its place, what was expected
/// and what was found. Without files, the whole project is checked: its
/// settings, every document it names, and whether its checks compile.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// OSCAL documents (JSON, YAML), evidence sets (.jsonl) and project files;
    /// folders are searched for them.
    files: Vec<String>,

    /// The folder that hrefs of documents must stay in.
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,

    #[command(flatten)]
    format: FormatArg,

    #[command(flatten)]
    project: ProjectArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    if args.files.is_empty() {
        return project(args, surroundings, ui);
    }
    let mut tally = Tally::default();
    for file in &args.files {
        match place::named(file, &surroundings.folder, args.root.as_deref()) {
            Ok(named) => tally.add(files(&named), &named.tree, ui, args.format.format),
            Err(finding) => {
                let mut missing = Checked::default();
                missing.file(finding.into());
                tally.add(missing, &place::bundled(), ui, args.format.format);
            }
        }
    }
    tally.close(ui, args.format.format)
}

/// What was found in the files that one argument stands for.
fn files(named: &Named) -> Checked {
    let tree = &named.tree;
    let files = if tree.is_folder(&named.path) {
        let found = tree.walk(&named.path).unwrap_or_default().into_iter();
        found.filter(|file| is_document(file) && !is_other(tree, file)).collect()
    } else {
        vec![named.path.clone()]
    };
    let ontology = Ontology::load(tree, &probity_project::ontology_path());
    let mut checked = Checked::default();
    for file in files {
        checked.file(match &ontology {
            Ok(ontology) => check::file(tree, &file, &ontology.value),
            Err(errors) => errors.clone(),
        });
    }
    checked
}

/// Whether a file of a folder is checked.
fn is_document(file: &TreePath) -> bool {
    matches!(file.extension(), Some("json" | "yaml" | "yml" | "jsonl"))
        || file.file_name() == config::FILE_NAME
}

/// Whether a file that was only found, not named, is well-formed and of
/// another kind: a manifest, the cases of a metric, data of a bundle, verdicts.
fn is_other(tree: &dyn FileTree, file: &TreePath) -> bool {
    if file.extension() == Some("jsonl") {
        return is_verdicts(tree, file);
    }
    let limits = Limits::default();
    let Some(format) = document::Format::of(file) else { return false };
    let Ok(bytes) = tree.read(file, limits.bytes) else { return false };
    let Ok(documents) = document::parse_all(&bytes, file, format, limits) else { return false };
    let models = || OscalDocument::ROOTS.iter().copied();
    let is_oscal = |key: &String| nearest(key, models()).is_some();
    let mut keys = documents.value.iter().filter_map(|d| d.value.as_object()).flat_map(|o| o.keys());
    !documents.value.is_empty() && !keys.any(is_oscal)
}

/// Whether a file of JSON lines begins as verdicts do.
fn is_verdicts(tree: &dyn FileTree, file: &TreePath) -> bool {
    const BEGIN: &[u8] = b"{\"kind\":\"begin\",\"assessment\":";
    let mut start = Vec::new();
    let read = tree.open(file).map(|reader| reader.take(64).read_to_end(&mut start));
    matches!(read, Ok(Ok(_))) && start.starts_with(BEGIN)
}

fn project(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let workspace = match super::workspace(&args.project, surroundings, ui) {
        Ok(workspace) => workspace,
        Err(status) => return status,
    };
    let mut tally = Tally::default();
    tally.add(check::project(&workspace), workspace.tree.as_ref(), ui, args.format.format);
    tally.close(ui, args.format.format)
}

/// What was checked and found so far.
#[derive(Default)]
struct Tally {
    files: usize,
    errors: usize,
    warnings: usize,
    json: Vec<serde_json::Value>,
}

impl Tally {
    fn add(&mut self, found: Checked, tree: &dyn FileTree, ui: &mut Ui, format: Format) {
        self.files += found.files;
        let findings = found.findings;
        self.errors += findings.iter().filter(|d| d.severity == Severity::Error).count();
        self.warnings += findings.iter().filter(|d| d.severity == Severity::Warning).count();
        if format == Format::Json {
            let sources = probity_diagnostics::render::Sources::new(tree);
            self.json.extend(findings.iter().map(|d| probity_diagnostics::render::json(d, &sources)));
        } else {
            ui.findings_as_result(&findings, tree, format);
        }
    }

    fn close(self, ui: &mut Ui, format: Format) -> Status {
        if format == Format::Json {
            ui.json(&serde_json::json!({
                "files": self.files, "errors": self.errors, "warnings": self.warnings, "findings": self.json,
            }));
        }
        let counted = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        ui.note(&format!(
            "{}: {}, {}",
            counted(self.files, "file"),
            counted(self.errors, "error"),
            counted(self.warnings, "warning"),
        ));
        if self.errors > 0 { Status::Findings } else { Status::Done }
    }
}
