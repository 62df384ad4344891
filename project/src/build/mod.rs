//! The build: like make, over the documents of a project.
//!
//! A target is a set of files with one step that writes them. Its inputs are
//! what the step really read; a target whose inputs, settings and outputs are
//! as they were is not made again. The state lies in `.probity/` and may be
//! deleted at any time.

mod assessment;
mod depfile;
mod exports;
mod found;
mod further;
mod graph;
mod lock;
mod outputs;
mod parts;
mod period;
mod reports;
mod source;
mod stamps;
mod state;
mod steps;
mod summaries;
mod tracked;
mod turn;
mod verdicts;
mod why;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use probity_assessment::assemble::Edition;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Severity, TreePath, write_atomically};
use probity_generators::SummaryOptions;

use crate::attest::Scrutiny;
use crate::check::{self, ExtendNew as _};
use crate::codes;
use crate::config::{self, LoadedConfig};
use crate::workspace::{Layers, Workspace};
use probity_oscal::constraint::Rules;

pub use assessment::BuiltAssessment;
pub(crate) use found::Found;
pub use graph::{Graph, Node, NodeKind};
pub use lock::BuildLock;
pub use outputs::OutputFolder;
pub use source::{collect, kubernetes_evidence};
use stamps::{StampedTree, Stamps};
pub use state::AsOf;
use state::{Looking, Record, State};
pub(crate) use tracked::TrackedTree;
use turn::{Turn, Unit};
pub use why::{Reason, Why};

/// The tool as the build state names it: another version makes everything
/// again.
const TOOL: &str = concat!("probity ", env!("CARGO_PKG_VERSION"));

/// How to build.
#[derive(Debug, Clone)]
pub struct Options {
    /// The instant of judgement.
    pub as_of: AsOf,
    /// Threads; as many as there are processors if none is given.
    pub threads: Option<usize>,
    /// Only say what would be done and why.
    pub dry_run: bool,
    /// Names of the assessments to build; all of them if empty.
    pub only: Vec<String>,
    /// Whether other targets are begun after one could not be made.
    pub keep_going: bool,
    /// Whether every file is read to see if it changed, whatever the file system says of it.
    pub checksum: bool,
    /// How summaries are laid out.
    pub summary: SummaryOptions,
    /// What is wanted to be known besides.
    pub ask: Ask,
}

/// What is wanted to be known of a dry run, besides what would be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Ask {
    /// Nothing.
    #[default]
    Nothing,
    /// Why a target would be made.
    Why(String),
    /// How targets and files hang together.
    Graph,
}

/// What became of one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetReport {
    /// The target, such as `eucs/catalog`, `eucs/check/backup-frequency` or `eucs/finding/ops-06.1`.
    pub name: String,
    /// Why it was (or would be) made; none where it was up to date.
    pub why: Option<String>,
}

impl TargetReport {
    /// Whether it is a part of another target: a check or a finding.
    pub fn is_part(&self) -> bool {
        self.name.split('/').nth(2).is_some()
    }
}

/// What a build did.
#[derive(Debug, Default)]
pub struct Built {
    /// The targets, in an order that does not depend on which was made first.
    pub targets: Vec<TargetReport>,
    /// The assessments that were built or up to date.
    pub assessments: Vec<BuiltAssessment>,
    /// Everything that was found on the way.
    pub findings: Diagnostics,
    /// Whether something could not be built at all.
    pub failed: bool,
    /// Assessments and sources that were not begun, because something else could not be made.
    pub left: Vec<String>,
    /// For each target with results that was made: about how many resources each check was asked. About all others it was known
    /// from earlier builds what it finds.
    pub asked: BTreeMap<String, BTreeMap<String, u64>>,
    /// Assessments whose results could not be made.
    lost: BTreeSet<String>,
    /// Why the target that was asked for would be made or is up to date.
    pub why: Option<Why>,
    /// How targets and files hang together, where that was asked for.
    pub graph: Option<Graph>,
}

/// Builds the assessments of the project in `workspace`, whose `lock` is held unless it is a dry run. `progress` is told each
/// target as it begins.
///
/// # Errors
/// The project file is broken, or an assessment or target is unknown. Findings of single targets stand in [`Built`].
pub fn build(
    workspace: &Workspace,
    loaded: &LoadedConfig,
    options: &Options,
    lock: Option<BuildLock>,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Built, Diagnostics> {
    let wanted = wanted(loaded, &options.only)?;
    let givers = givers(loaded, &wanted);
    let disk = workspace.disk.inner();
    let began = lock.as_ref().and_then(BuildLock::clock);
    let stamps = Stamps::read(disk, began, !options.checksum);
    let on_disk = workspace.commit.is_none();
    let is_new = !workspace.root.join(state::FILE).exists();
    if lock.as_ref().is_some_and(|lock| lock.interrupted || is_new) {
        let collected = loaded.config.sources.iter().filter(|source| source.collects());
        let path = |source: &config::Source| loaded.file.parent().join(&source.evidence_path()).ok();
        let folders = collected.filter_map(path).map(|path| path.parent());
        let own = ["build", ".probity"].into_iter().filter_map(|name| TreePath::parse(name).ok());
        outputs::sweep(disk, &workspace.root, &own.chain(folders).collect::<Vec<_>>());
    }
    let (state, unusable) = read_state(workspace);
    let build = Build {
        workspace,
        loaded,
        options,
        progress,
        stamps: &stamps,
        tree: StampedTree::new(workspace.tree.as_ref(), &stamps, on_disk),
        disk: StampedTree::new(workspace.disk.as_ref(), &stamps, true),
        state: Mutex::new(state),
        scrutiny: Scrutiny::of(loaded, &workspace.root, workspace.commit.as_deref(), None),
    };
    let mut built = build.all(&wanted, &givers);
    built.keep(&wanted);
    built.findings.extend(unusable);
    match &options.ask {
        Ask::Nothing => {}
        Ask::Why(target) => built.why = Some(build.why(target, &built)?),
        Ask::Graph => built.graph = Some(build.graph(&built)),
    }
    if let Some(mut lock) = lock {
        // what was written last is believed as soon as the clock has moved on
        lock.touch();
        stamps.write(lock.clock(), options.only.is_empty() && !built.failed);
        lock.end();
    }
    if built.failed {
        let all = check::project(workspace, &Rules::oscal()).into_iter().flat_map(|file| file.findings);
        let errors = all.filter(|finding| finding.severity == Severity::Error);
        built.findings.extend_new(errors.collect());
    }
    Ok(built)
}

fn read_state(workspace: &Workspace) -> (State, Option<Diagnostic>) {
    let path = TreePath::parse(state::FILE).ok();
    let Some(bytes) = path.and_then(|path| workspace.disk.read(&path, 256 << 20).ok()) else {
        return (State::empty(TOOL), None);
    };
    if let Some(state) = State::parse(&bytes, TOOL) {
        return (state, None);
    }
    let message = "the build state is of another version; building everything";
    (State::empty(TOOL), Some(Diagnostic::note(&codes::STATE_UNUSABLE, message)))
}

/// An assessment with its place in the project file.
type Numbered<'a> = (usize, &'a config::Assessment);

/// The assessments that others take results from.
fn givers<'a>(loaded: &'a LoadedConfig, wanted: &[Numbered<'_>]) -> Vec<Numbered<'a>> {
    let named: BTreeSet<&str> = wanted
        .iter()
        .flat_map(|(_, assessment)| &assessment.carry)
        .map(|carry| carry.from.as_str())
        .collect();
    let all = loaded.config.assessments.iter().enumerate();
    all.filter(|(_, assessment)| named.contains(assessment.name.as_str())).collect()
}

/// The assessments to build, with their places in the project file.
fn wanted<'a>(loaded: &'a LoadedConfig, only: &[String]) -> Result<Vec<Numbered<'a>>, Diagnostics> {
    if loaded.config.assessments.is_empty() {
        let finding = Diagnostic::error(&codes::NOTHING_TO_DO, "the project defines no assessment")
            .at(probity_diagnostics::Location::file(&loaded.file))
            .help("add an [[assessment]] with a name and a profile");
        return Err(finding.into());
    }
    if only.is_empty() {
        return Ok(loaded.config.assessments.iter().enumerate().collect());
    }
    let mut findings = Diagnostics::new();
    let mut found = Vec::new();
    for name in only {
        match loaded.assessment(name) {
            Ok(assessment) => found.push(assessment),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() { Ok(found) } else { Err(findings) }
}

/// A build on its way.
struct Build<'a> {
    workspace: &'a Workspace,
    loaded: &'a LoadedConfig,
    options: &'a Options,
    progress: &'a (dyn Fn(&str) + Sync),
    stamps: &'a Stamps<'a>,
    /// What is read of the project.
    tree: StampedTree<'a>,
    /// The folder of the project.
    disk: StampedTree<'a>,
    state: Mutex<State>,
    /// How statements of people are looked at.
    scrutiny: Scrutiny,
}

impl Built {
    /// Keeps the assessments that were asked for, in their order, and not those that only gave results to them.
    fn keep(&mut self, wanted: &[Numbered<'_>]) {
        let at = |built: &BuiltAssessment| wanted.iter().position(|(_, a)| a.name == built.name);
        self.assessments.retain(|built| at(built).is_some());
        self.assessments.sort_by_key(at);
    }

    /// Takes what was done beside or after this.
    fn join(&mut self, other: Self) {
        self.targets.extend(other.targets);
        self.assessments.extend(other.assessments);
        self.findings.extend_new(other.findings);
        self.failed |= other.failed;
        self.left.extend(other.left);
        self.lost.extend(other.lost);
        self.asked.extend(other.asked);
    }

    /// Whether a target was or would be made in this build.
    fn is_made(&self, name: &str) -> bool {
        self.targets.iter().any(|seen| seen.name == name && seen.why.is_some())
    }
}

/// A target before it is looked at.
struct Target<'a> {
    /// Its name.
    name: &'a str,
    /// Its settings, in a canonical form.
    settings: &'a str,
    /// Whether it depends on the instant of judgement.
    judged: bool,
}

impl Build<'_> {
    /// Builds sources, then what nothing is carried to, then what takes results of that.
    fn all(&self, wanted: &[Numbered<'_>], givers: &[Numbered<'_>]) -> Built {
        let mut built = Built::default();
        let both: Vec<Numbered<'_>> = wanted.iter().chain(givers).copied().collect();
        let sources = self.sources_of(&both).into_iter().map(Unit::Source).collect();
        self.beside(sources, &mut built);
        let (mut own, mut receiving) = (Vec::new(), Vec::new());
        for (index, assessment) in self.loaded.config.assessments.iter().enumerate() {
            let among = |list: &[Numbered<'_>]| list.iter().any(|(other, _)| *other == index);
            match (assessment.carry.is_empty(), among(wanted), among(givers)) {
                (true, true, _) | (true, _, true) => own.push(Unit::Assessment(index, Edition::Whole)),
                (false, _, true) => own.push(Unit::Assessment(index, Edition::Own)),
                _ => {}
            }
        }
        self.beside(own, &mut built);
        let receives = wanted.iter().filter(|(_, assessment)| !assessment.carry.is_empty());
        receiving.extend(receives.map(|(index, _)| Unit::Receiving(*index)));
        self.beside(receiving, &mut built);
        built
    }

    /// Evidence as it is read by this build.
    fn evidence(&self) -> Layers<'_> {
        Layers::new([&self.tree as &dyn FileTree, &self.disk])
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a target was made of, if it was made.
    fn record(&self, name: &str) -> Option<Record> {
        self.state().record(name).cloned()
    }

    /// Remembers what a target was made of, once its outputs of an earlier build that it does not write any more are gone.
    fn remember(&self, target: &Target<'_>, mut record: Record) -> Option<Diagnostic> {
        target.settings.clone_into(&mut record.settings);
        if target.judged {
            record.as_of = Some(self.options.as_of.instant);
        }
        let mut state = self.state();
        let written = |path: &str| record.outputs.contains_key(path) || state.is_output(path, target.name);
        let before = state.record(target.name).map(|before| before.outputs.clone()).unwrap_or_default();
        for path in before.keys().filter(|path| !written(path)) {
            outputs::remove(&self.workspace.root, path);
        }
        for (path, digest) in &record.outputs {
            if let (Ok(path), Ok(digest)) = (TreePath::parse(path), digest.parse()) {
                self.stamps.wrote(&path, digest);
            }
        }
        state.remember(target.name, record);
        let file = self.workspace.root.join(state::FILE);
        let text = state.to_text();
        let error = write_atomically(&file, |w| w.write_all(text.as_bytes())).err()?;
        let message = format!("`{}` cannot be written: {error}", file.display());
        let finding = Diagnostic::warning(&probity_diagnostics::codes::WRITE_FAILED, message);
        Some(finding.help("the next build will make everything again"))
    }

    /// Why a target has to be made; nothing where it is up to date.
    fn stale(&self, target: &Target<'_>) -> Option<String> {
        let Some(record) = self.record(target.name) else { return Some("it was not built yet".to_owned()) };
        let evidence = self.evidence();
        let looking = Looking { tree: &self.tree, evidence: &evidence, disk: &self.disk };
        record.stale(target.settings, looking, self.options.as_of)
    }
}

/// One finding or several.
trait IntoFindings {
    fn into_findings(self) -> Diagnostics;
}

impl IntoFindings for Diagnostic {
    fn into_findings(self) -> Diagnostics {
        self.into()
    }
}

impl IntoFindings for Diagnostics {
    fn into_findings(self) -> Diagnostics {
        self
    }
}
