use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use probity_assessment::compile::{LibraryModule, Metric, lint_metrics, load_metrics};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, TreePath, codes};
use probity_evidence::Ontology;
use probity_project::check::CheckedFile;
use probity_project::{config, steps};

use crate::args::{FindingsFormatArg, ProjectArgs, RemoteArgs};
use crate::checked::{Checked, Part};
use crate::commands::{refuse, settle, workspace_or_folder};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Which metrics are checked.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 no errors, 1 errors were found, 2 something could not be checked.")]
pub(super) struct Args {
    /// Names of metrics, or files and folders that hold some; left out, the
    /// metrics of the project are checked, and without any the bundled ones.
    #[arg(value_name = "NAME|PATH")]
    metrics: Vec<String>,

    #[command(flatten)]
    format: FindingsFormatArg,

    #[command(flatten)]
    project: ProjectArgs,
}

/// What metrics are held against.
pub(crate) struct Words {
    ontology: Ontology,
    library: Vec<LibraryModule>,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let bundled = place::bundled();
    let words = Words::load(&bundled, ui)?;
    let (paths, names): (Vec<&String>, Vec<&String>) =
        args.metrics.iter().partition(|given| is_path(given, surroundings));
    let mut checked = Checked::default();
    for path in paths {
        let named = place::named(path, &surroundings.folder, None)
            .map_err(|finding| refuse(&finding.into(), &bundled, ui))?;
        let files = definitions(&named.tree, &named.path);
        if files.is_empty() {
            let message = format!("`{path}` holds no metric");
            let finding = Diagnostic::error(&codes::FILE_NOT_FOUND, message)
                .help("a metric is a folder with `metric.yaml`, `check.rego` and `cases.yaml`");
            return Err(refuse(&finding.into(), &bundled, ui));
        }
        checked.take(lint(Arc::new(named.tree), &files, None, &words));
    }
    if !names.is_empty() || args.metrics.is_empty() {
        let workspace = workspace_or_folder(&args.project, &RemoteArgs::default(), surroundings, ui)?;
        let tree = workspace.tree;
        let shelf = |folder: &str| TreePath::parse(folder).map(|folder| definitions(tree.as_ref(), &folder));
        let own = shelf("metrics").unwrap_or_default();
        let bundled = shelf("content:metrics").unwrap_or_default();
        let wanted: BTreeSet<&str> = names.iter().map(|name| name.as_str()).collect();
        let files = match (wanted.is_empty(), own.is_empty()) {
            (true, false) => own,
            (true, true) => bundled,
            (false, _) => bundled.into_iter().chain(own).collect(),
        };
        let wanted = (!wanted.is_empty()).then_some(&wanted);
        if let Some(finding) = wanted.and_then(|wanted| unknown(tree.as_ref(), &files, wanted)) {
            return Err(refuse(&finding.into(), tree.as_ref(), ui));
        }
        let words = Words::load(tree.as_ref(), ui)?;
        checked.take(lint(tree, &files, wanted, &words));
    }
    Ok(checked.print(args.format.format, ui))
}

impl Words {
    /// Ontology and library, as a project has them or the bundled content.
    pub(crate) fn load(tree: &dyn FileTree, ui: &mut Ui) -> Result<Self, Status> {
        Ok(Self {
            ontology: settle(steps::ontology(tree), tree, ui)?,
            library: steps::rego_library(tree).map_err(|errors| refuse(&errors, tree, ui))?,
        })
    }
}

impl Checked {
    pub(crate) fn take(&mut self, part: Part) {
        self.count += part.files.len();
        self.parts.push(part);
    }
}

/// Whether an argument names a file or folder and not a metric.
fn is_path(given: &str, surroundings: &Surroundings) -> bool {
    given.contains(['/', '\\', ':']) || given.starts_with('.') || surroundings.folder.join(given).exists()
}

/// The `metric.yaml` files of a path: itself, that beside it, or those below.
fn definitions(tree: &dyn FileTree, path: &TreePath) -> Vec<TreePath> {
    let folder = if tree.is_folder(path) { path.clone() } else { path.parent() };
    let files = tree.walk(&folder).unwrap_or_default();
    files.into_iter().filter(|file| file.file_name() == "metric.yaml").collect()
}

/// The finding on a name that no metric has.
fn unknown(tree: &dyn FileTree, files: &[TreePath], wanted: &BTreeSet<&str>) -> Option<Diagnostic> {
    let loaded = files.iter().filter_map(|file| load_metrics(tree, &file.parent()).ok());
    let known: BTreeSet<String> =
        loaded.flat_map(|step| step.value).map(|metric| metric.name.to_string()).collect();
    let folder_is = |name: &str| files.iter().any(|file| file.parent().file_name() == name);
    let name = wanted.iter().find(|name| !known.contains(**name) && !folder_is(name))?;
    Some(config::unknown_name("metric", name, known.iter().map(String::as_str)))
}

/// Checks the metrics of some files, each whatever is wrong with the others;
/// `wanted` names those to tell of.
pub(crate) fn lint(
    tree: Arc<dyn FileTree>,
    files: &[TreePath],
    wanted: Option<&BTreeSet<&str>>,
    words: &Words,
) -> Part {
    let mut metrics: Vec<Metric> = Vec::new();
    let mut findings = Diagnostics::new();
    let mut checked: BTreeMap<TreePath, Diagnostics> = BTreeMap::new();
    for file in files {
        let mut own = Diagnostics::new();
        let loaded = own.absorb(load_metrics(tree.as_ref(), &file.parent())).unwrap_or_default();
        let is_wanted = |name: &str| wanted.is_none_or(|wanted| wanted.contains(name));
        let loaded: Vec<Metric> =
            loaded.into_iter().filter(|metric| is_wanted(metric.name.as_str())).collect();
        if loaded.is_empty() && !is_wanted(file.parent().file_name()) {
            continue;
        }
        checked.entry(file.clone()).or_default();
        findings.extend(own);
        metrics.extend(loaded);
    }
    metrics.dedup_by(|a, b| a.file == b.file);
    for metric in &metrics {
        checked.entry(metric.rego_file.clone()).or_default();
    }
    findings.extend(lint_metrics(tree.as_ref(), &metrics, &words.ontology, &words.library));
    for finding in findings {
        let about = finding.primary.as_ref().map(|label| label.location.file.clone());
        checked.entry(about.unwrap_or_else(TreePath::root)).or_default().push(finding);
    }
    let files = checked.into_iter().map(|(file, findings)| CheckedFile::new(file, findings)).collect();
    Part { tree, files }
}
