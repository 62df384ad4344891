use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use probity_diagnostics::{Diagnostic, Entry, FileError, FileTree, MemoryTree, Stat, TreePath};
use probity_discovery::{Input, SourceKind, detect, detect_bytes};
use probity_project::steps;

use super::assess::{Judged, Lone};
use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, FormatArg, ProjectArgs, RemoteArgs};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Discover and assess in one go, without a project.
///
/// Reads Kubernetes manifests or evidence sets (the kind is detected), judges
/// them by the checks of a profile, and writes evidence, verdicts, OSCAL
/// assessment results and reports into one folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity scan deploy.yaml -p eucs-high")]
pub(crate) struct Args {
    /// Files, folders or patterns; `-` is standard input.
    #[arg(required = true)]
    inputs: Vec<String>,

    /// The profile: a file, or a name (`probity catalog list`).
    #[arg(short, long)]
    profile: String,

    /// The folder for what is written.
    #[arg(short, long, value_name = "FOLDER", default_value = "probity-scan")]
    output: PathBuf,

    /// What the inputs belong to, such as a cluster.
    #[arg(long, default_value = "scan")]
    scope: String,

    /// The severity at which a failing control makes the exit code 1.
    #[arg(long, value_name = "SEVERITY", default_value = "low")]
    fail_on: super::assess::FailOnArg,

    /// Number of threads; as many as there are processors if left out.
    #[arg(short, long, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    pub(super) remote: RemoteArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    scan(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn scan(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let instant = as_of(&args.as_of, None, surroundings, ui)?.instant;
    let workspace = super::workspace_or_folder(&args.project, &args.remote, surroundings, ui)?;
    let progress = ui.progress(2, "scanning");
    progress.step("reading");
    let known = known_profile(args, &workspace, ui);
    let evidence = evidence(args, instant, surroundings, ui)?;
    known?;
    progress.advance(1);
    progress.step("judging");
    let lone = Lone {
        name: "scan",
        profile: &args.profile,
        evidence: &evidence,
        sources: &evidence.sources,
        keep_evidence: true,
        href: &|path| path.as_str().to_owned(),
        output: &surroundings.folder.join(&args.output),
        shown: &args.output,
        fail_on: args.fail_on.into(),
        judged: Judged { instant, threads: args.jobs.map(std::num::NonZeroUsize::get) },
        format: args.format.format,
    };
    drop(progress);
    lone.run(&workspace, ui)
}

/// Whether the profile is there: told together with what is wrong with the
/// inputs.
fn known_profile(args: &Args, workspace: &probity_project::Workspace, ui: &mut Ui) -> Result<(), Status> {
    let tree = workspace.tree.as_ref();
    match steps::Parts::of_profile(tree, &args.profile) {
        Ok(_) => Ok(()),
        Err(errors) => Err(refuse(&errors, tree, ui)),
    }
}

/// The evidence of a scan under the names that it gets beside the results:
/// what was collected lies in memory, given sets stay where they are.
struct Evidence {
    sources: Vec<TreePath>,
    collected: MemoryTree,
    given: BTreeMap<TreePath, TreePath>,
    disk: place::Tree,
}

impl Evidence {
    /// The name of the next set.
    fn next(&mut self, ui: &mut Ui) -> Result<TreePath, Status> {
        let path = path(&format!("evidence/set-{}.jsonl", self.sources.len() + 1), ui)?;
        self.sources.push(path.clone());
        Ok(path)
    }

    /// The tree that holds a set, and its path there.
    fn of<'a>(&'a self, path: &'a TreePath) -> (&'a dyn FileTree, &'a TreePath) {
        match self.given.get(path) {
            Some(given) => (&self.disk, given),
            None => (&self.collected, path),
        }
    }
}

impl FileTree for Evidence {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        match self.given.get(path) {
            Some(given) => self.disk.open(given),
            None => self.collected.open(path),
        }
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        let (tree, path) = self.of(path);
        tree.stat(path)
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        let (tree, path) = self.of(path);
        tree.list(path)
    }

    fn display(&self, path: &TreePath) -> String {
        let (tree, path) = self.of(path);
        tree.display(path)
    }
}

/// The evidence of the inputs: manifests become one set, given sets stay.
fn evidence(
    args: &Args,
    instant: jiff::Timestamp,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Evidence, Status> {
    let bundled = place::bundled();
    let ontology = settle(steps::ontology(&bundled), &bundled, ui)?;
    let (stdin, files): (Vec<&String>, Vec<&String>) = args.inputs.iter().partition(|input| *input == "-");
    let place::Common { tree: disk, paths, .. } =
        place::common(&files, &surroundings.folder).map_err(|f| refuse(&f.into(), &bundled, ui))?;
    let mut manifests = Vec::new();
    let mut evidence =
        Evidence { sources: Vec::new(), collected: MemoryTree::new(), given: BTreeMap::new(), disk };
    for path in paths {
        match settle(detect(&evidence.disk, &path), &evidence.disk, ui)? {
            SourceKind::KubernetesManifest => manifests.push(Input::Path(path)),
            SourceKind::EvidenceSet => {
                let name = evidence.next(ui)?;
                evidence.given.insert(name, path);
            }
        }
    }
    if !stdin.is_empty() {
        let bytes = super::read_stdin(ui)?;
        if detect_bytes(&bytes) == Some(SourceKind::EvidenceSet) {
            let name = evidence.next(ui)?;
            evidence.collected.insert(name, bytes);
        } else {
            manifests.push(Input::Bytes { name: "stdin".to_owned(), bytes });
        }
    }
    if !manifests.is_empty() {
        let disk = &evidence.disk;
        let collected =
            probity_project::build::kubernetes_evidence(disk, &manifests, &args.scope, instant, &ontology);
        let bytes = settle(collected, disk, ui)?;
        let name = path("evidence/kubernetes.jsonl", ui)?;
        evidence.sources.insert(0, name.clone());
        evidence.collected.insert(name, bytes);
    }
    Ok(evidence)
}

fn path(text: &str, ui: &mut Ui) -> Result<TreePath, Status> {
    TreePath::parse(text).map_err(|error| refuse(&Diagnostic::from(error).into(), &place::bundled(), ui))
}
