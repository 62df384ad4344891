use std::collections::BTreeMap;
use std::path::Path;

use probity_assessment::cases::{MetricTest, Standards, test_metric};
use probity_assessment::compile::{LibraryModule, Metric, load_metric};
use probity_diagnostics::{Diagnostic, FileTree, Sha256Digest, Step, TreePath, codes};
use probity_evidence::Ontology;
use probity_project::{Workspace, config, steps};
use rayon::prelude::*;

use super::{refuse, settle};
use crate::args::{FindingsFormatArg, ProjectArgs, RemoteArgs};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::tested::{Tested, TestedMetric};
use crate::ui::Ui;

/// Run the cases of metrics, and tell which lines of their Rego they reach.
///
/// Each case in `cases.yaml` beside a metric is judged as an assessment judges,
/// and has to get the verdict it expects. Then resources made from the
/// ontology are judged, the same in every run: a metric must not error on any.
/// Without names, the metrics in the project's `metrics/` are tested; where it
/// has none, the bundled ones.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "Exit codes: 0 every case holds, 1 something is wrong, 2 could not run.\n\n\
In CI: probity test --format junit > metrics.xml")]
pub(crate) struct Args {
    /// Metrics by name, or files and folders with metrics.
    #[arg(value_name = "NAME|PATH")]
    metrics: Vec<String>,

    /// Test the bundled metrics, too.
    #[arg(long, conflicts_with = "metrics")]
    all: bool,

    /// How many resources to make from the ontology for each metric.
    #[arg(long, value_name = "N", default_value_t = 100)]
    samples: usize,

    /// Test again what changes, until Ctrl-C.
    #[arg(long, conflicts_with = "rev")]
    watch: bool,

    #[command(flatten)]
    format: FindingsFormatArg,

    #[command(flatten)]
    project: ProjectArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    test(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn test(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let workspace = super::workspace_or_folder(&args.project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.tree.clone();
    let ontology = settle(steps::ontology(tree.as_ref()), tree.as_ref(), ui)?;
    let library = steps::rego_library(tree.as_ref());
    let library = library.map_err(|errors| refuse(&errors, tree.as_ref(), ui))?;
    let bench = Bench { tree: tree.as_ref(), ontology: &ontology, library: &library, samples: args.samples };
    let asked = Asked::of(args, &workspace, surroundings);
    let asked = asked.map_err(|finding| refuse(&finding.into(), tree.as_ref(), ui))?;
    let seen = asked.digests(tree.as_ref());
    let candidates = asked.candidates(tree.as_ref()).map_err(|e| refuse(&e.into(), tree.as_ref(), ui))?;
    if asked.fell_back(&candidates) {
        ui.note("there are no metrics here: these are the bundled ones");
    }
    let tested = Tested { tree: tree.clone(), metrics: bench.run(candidates) };
    let status = tested.print(args.format.format, None, ui);
    if args.watch {
        let print = |tested: &Tested, again: &[TreePath], ui: &mut Ui| {
            tested.print(args.format.format, Some(again), ui)
        };
        return Ok(watch(&asked, &bench, (seen, tested, status), surroundings, ui, print));
    }
    Ok(status)
}

/// Tests again what changes, until there is nothing more to wait for.
fn watch(
    asked: &Asked,
    bench: &Bench<'_>,
    (mut seen, mut tested, mut status): (Digests, Tested, Status),
    surroundings: &Surroundings,
    ui: &mut Ui,
    print: impl Fn(&Tested, &[TreePath], &mut Ui) -> Status,
) -> Status {
    ui.note("waiting for changes; Ctrl-C ends");
    ui.flush();
    while surroundings.pause.wait() {
        let now = asked.digests(bench.tree);
        if now == seen {
            continue;
        }
        let mut candidates = asked.candidates(bench.tree).unwrap_or_default();
        tested.metrics.retain(|old| candidates.iter().any(|new| new.file == old.file));
        let is_known = |file: &TreePath| tested.metrics.iter().any(|old| old.file == *file);
        candidates.retain(|one| !is_known(&one.file) || changed(&one.file.parent(), &seen, &now));
        let again = bench.run(candidates);
        let files: Vec<TreePath> = again.iter().map(|metric| metric.file.clone()).collect();
        tested.metrics.retain(|old| !files.contains(&old.file));
        tested.metrics.extend(again);
        tested.metrics.sort_by(|a, b| (&a.name, &a.file).cmp(&(&b.name, &b.file)));
        status = print(&tested, &files, ui);
        ui.flush();
        seen = now;
    }
    status
}

/// Digests of files by their paths.
type Digests = BTreeMap<TreePath, Sha256Digest>;

/// Whether a file below `folder` is another one, is new or is gone.
fn changed(folder: &TreePath, before: &Digests, now: &Digests) -> bool {
    let prefix = format!("{folder}/");
    let below = |digests: &Digests| -> Digests {
        let inside = digests.iter().filter(|(path, _)| path.as_str().starts_with(&prefix));
        inside.map(|(path, digest)| (path.clone(), *digest)).collect()
    };
    below(before) != below(now)
}

/// A metric that is to be tested, as far as it can be read.
struct Candidate {
    file: TreePath,
    metric: Step<Metric>,
}

impl Candidate {
    fn load(tree: &dyn FileTree, file: TreePath) -> Self {
        Self { metric: load_metric(tree, &file), file }
    }

    /// The name of the metric; that of its folder where it cannot be read.
    fn name(&self) -> String {
        match &self.metric {
            Ok(metric) => metric.value.name.to_string(),
            Err(_) => self.file.parent().file_name().to_owned(),
        }
    }
}

/// What metrics are tested with.
struct Bench<'a> {
    tree: &'a dyn FileTree,
    ontology: &'a Ontology,
    library: &'a [LibraryModule],
    samples: usize,
}

impl Bench<'_> {
    /// Tests metrics, on all threads; the results are sorted by name.
    fn run(&self, candidates: Vec<Candidate>) -> Vec<TestedMetric> {
        let mut tested: Vec<TestedMetric> =
            candidates.into_par_iter().map(|candidate| self.one(candidate)).collect();
        tested.sort_by(|a, b| (&a.name, &a.file).cmp(&(&b.name, &b.file)));
        tested
    }

    fn one(&self, candidate: Candidate) -> TestedMetric {
        let name = candidate.name();
        let standards = Standards { ontology: self.ontology, library: self.library, samples: self.samples };
        let test = match candidate.metric {
            Ok(metric) => {
                let mut test = test_metric(self.tree, &metric.value, standards);
                test.findings = metric.warnings.into_iter().chain(test.findings).collect();
                test
            }
            Err(errors) => MetricTest { findings: errors, ..MetricTest::default() },
        };
        TestedMetric { name, file: candidate.file, test }
    }
}

/// Which metrics were asked for.
enum Asked {
    /// Those of these folders; with those of the second list where there are none.
    Folders(Vec<TreePath>, Vec<TreePath>),
    /// Those of these names, and those below these paths.
    Named(Vec<String>, Vec<TreePath>),
}

impl Asked {
    fn of(args: &Args, workspace: &Workspace, surroundings: &Surroundings) -> Result<Self, Diagnostic> {
        let (own, bundled) = shelves();
        if args.metrics.is_empty() {
            return Ok(if args.all {
                Self::Folders(vec![own, bundled], Vec::new())
            } else {
                Self::Folders(vec![own], vec![bundled])
            });
        }
        let (mut names, mut paths) = (Vec::new(), Vec::new());
        for metric in &args.metrics {
            let on_disk = surroundings.folder.join(metric);
            let is_path = metric.contains('/') || metric.contains('.') || on_disk.is_dir();
            if !is_path {
                names.push(metric.clone());
                continue;
            }
            let path = if metric.starts_with("content:") {
                TreePath::parse(metric)?
            } else {
                place::of_project(&workspace.root, Path::new(metric), &surroundings.folder)
                    .map_err(|finding| finding.help("name a project folder with `-C`"))?
            };
            let is_folder = workspace.tree.is_folder(&path);
            if !is_folder && !workspace.tree.is_file(&path) {
                let message = format!("`{metric}` does not exist");
                return Err(Diagnostic::error(&codes::FILE_NOT_FOUND, message));
            }
            paths.push(if is_folder { path } else { path.parent() });
        }
        Ok(Self::Named(names, paths))
    }

    /// Whether the folders that were asked for hold no metric, and others stand in.
    fn fell_back(&self, candidates: &[Candidate]) -> bool {
        let Self::Folders(folders, instead) = self else { return false };
        let below = |path: &TreePath| candidates.iter().any(|one| is_below(&one.file, path));
        !instead.is_empty() && !folders.iter().any(below)
    }

    /// The metrics, each once.
    ///
    /// # Errors
    /// A folder cannot be listed, or nothing is there by a name.
    fn candidates(&self, tree: &dyn FileTree) -> Result<Vec<Candidate>, Diagnostic> {
        match self {
            Self::Folders(folders, instead) => {
                let found = candidates(tree, folders)?;
                if found.is_empty() { candidates(tree, instead) } else { Ok(found) }
            }
            Self::Named(names, paths) => {
                let mut found = Vec::new();
                for path in paths {
                    let below = candidates(tree, std::slice::from_ref(path))?;
                    if below.is_empty() {
                        let message = format!("`{}` holds no metric", tree.display(path));
                        let help = "a metric is a folder with metric.yaml, check.rego and cases.yaml";
                        return Err(Diagnostic::error(&codes::FILE_NOT_FOUND, message).help(help));
                    }
                    found.extend(below);
                }
                found.extend(by_name(tree, names)?);
                found.sort_by(|a, b| a.file.cmp(&b.file));
                found.dedup_by(|a, b| a.file == b.file);
                Ok(found)
            }
        }
    }

    /// The files that may change the outcome.
    fn digests(&self, tree: &dyn FileTree) -> Digests {
        let (own, _) = shelves();
        let folders = match self {
            Self::Folders(..) => vec![own],
            Self::Named(names, paths) if names.is_empty() => paths.clone(),
            Self::Named(_, paths) => paths.iter().cloned().chain([own]).collect(),
        };
        let files = folders.iter().filter(|path| path.bundled().is_none()).filter_map(|f| tree.walk(f).ok());
        files.flatten().filter_map(|file| Some((file.clone(), tree.digest(&file).ok()?))).collect()
    }
}

/// The folder with the project's metrics, and that with the bundled ones.
fn shelves() -> (TreePath, TreePath) {
    let folder = |text| TreePath::parse(text).unwrap_or_else(|_| TreePath::root());
    (folder("metrics"), folder("content:metrics"))
}

fn is_below(file: &TreePath, folder: &TreePath) -> bool {
    file.as_str().strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

/// The metrics below folders; one that is not there holds none.
fn candidates(tree: &dyn FileTree, folders: &[TreePath]) -> Result<Vec<Candidate>, Diagnostic> {
    let mut files = Vec::new();
    for folder in folders.iter().filter(|folder| tree.is_folder(folder)) {
        files.extend(tree.walk(folder)?.into_iter().filter(|file| file.file_name() == "metric.yaml"));
    }
    Ok(files.into_par_iter().map(|file| Candidate::load(tree, file)).collect())
}

/// The metrics of these names, of the project before bundled ones.
fn by_name(tree: &dyn FileTree, names: &[String]) -> Result<Vec<Candidate>, Diagnostic> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let (own, bundled) = shelves();
    let mut known: BTreeMap<String, Candidate> = BTreeMap::new();
    for candidate in candidates(tree, &[own, bundled])? {
        known.entry(candidate.name()).or_insert(candidate);
    }
    let mut found = Vec::new();
    for name in names {
        if let Some(candidate) = known.remove(name) {
            found.push(candidate);
        } else if !found.iter().any(|found: &Candidate| found.name() == *name) {
            return Err(config::unknown_name("metric", name, known.keys().map(String::as_str)));
        }
    }
    Ok(found)
}
