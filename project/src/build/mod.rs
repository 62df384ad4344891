//! The build: like make, over the documents of a project.
//!
//! A target is a set of files with one step that writes them. Its inputs are
//! what the step really read; a target whose inputs, settings and outputs are
//! as they were is not made again. The state lies in `.probity/` and may be
//! deleted at any time.

mod answers;
mod assessment;
mod outputs;
mod source;
mod state;
mod tracked;

use std::collections::BTreeSet;
use std::io::Write as _;

use probity_assessment::assemble::Edition;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree as _, Severity, TreePath, write_atomically};

use crate::check::{self, ExtendNew as _};
use crate::codes;
use crate::config::{self, LoadedConfig};
use crate::workspace::Workspace;
use probity_oscal::constraint::Rules;

pub use assessment::BuiltAssessment;
pub(crate) use assessment::Found;
pub use outputs::OutputFolder;
pub use source::{collect, kubernetes_evidence};
pub use state::AsOf;
use state::{Record, State};
pub(crate) use tracked::TrackedTree;

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
}

/// What became of one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetReport {
    /// The target, such as `eucs/catalog`.
    pub name: String,
    /// Why it was (or would be) made; none where it was up to date.
    pub why: Option<String>,
}

/// What a build did.
#[derive(Debug, Default)]
pub struct Built {
    /// The targets, in the order in which they were looked at.
    pub targets: Vec<TargetReport>,
    /// The assessments that were built or up to date.
    pub assessments: Vec<BuiltAssessment>,
    /// Everything that was found on the way.
    pub findings: Diagnostics,
    /// Whether something could not be built at all.
    pub failed: bool,
}

/// Builds the assessments of the project in `workspace`. `progress` is told
/// each target as it begins.
///
/// # Errors
/// The project file is broken or an assessment is unknown. Findings of single
/// targets stand in [`Built`]; the others are built nevertheless.
pub fn build(
    workspace: &Workspace,
    loaded: &LoadedConfig,
    options: &Options,
    progress: &dyn Fn(&str),
) -> Result<Built, Diagnostics> {
    let wanted = wanted(loaded, &options.only)?;
    let givers = givers(loaded, &wanted);
    let mut build = Build {
        workspace,
        loaded,
        options,
        progress,
        state: State::empty(TOOL),
        built: Built::default(),
        lost: BTreeSet::new(),
    };
    build.read_state();
    let both: Vec<Numbered<'_>> = wanted.iter().chain(&givers).copied().collect();
    for index in build.sources_of(&both) {
        build.source(index);
    }
    // results that nothing is carried to come first; what is carried is taken from these alone
    let receives = |(_, assessment): &&Numbered<'_>| !assessment.carry.is_empty();
    for (index, assessment) in loaded.config.assessments.iter().enumerate() {
        let among = |list: &[Numbered<'_>]| list.iter().any(|(other, _)| *other == index);
        match (assessment.carry.is_empty(), among(&wanted), among(&givers)) {
            (true, true, _) | (true, _, true) => build.assessment(index, assessment, Edition::Whole),
            (false, _, true) => build.assessment(index, assessment, Edition::Own),
            _ => {}
        }
    }
    for (index, assessment) in wanted.iter().filter(receives) {
        build.receiving(*index, assessment);
    }
    build.built.keep(&wanted);
    if build.built.failed {
        let all = check::project(workspace, &Rules::oscal()).into_iter().flat_map(|file| file.findings);
        let errors = all.filter(|finding| finding.severity == Severity::Error);
        build.built.findings.extend_new(errors.collect());
    }
    Ok(build.built)
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
    progress: &'a dyn Fn(&str),
    state: State,
    built: Built,
    /// Assessments whose results could not be made.
    lost: BTreeSet<String>,
}

impl Built {
    /// Keeps the assessments that were asked for, in their order, and not those that only gave results to them.
    fn keep(&mut self, wanted: &[Numbered<'_>]) {
        let at = |built: &BuiltAssessment| wanted.iter().position(|(_, a)| a.name == built.name);
        self.assessments.retain(|built| at(built).is_some());
        self.assessments.sort_by_key(at);
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
    /// Builds an assessment that results are carried to, where these could be made.
    fn receiving(&mut self, index: usize, assessment: &config::Assessment) {
        let lost = assessment.carry.iter().enumerate().find(|(_, carry)| self.lost.contains(&carry.from));
        let Some((at, carry)) = lost else { return self.assessment(index, assessment, Edition::Whole) };
        let keys = ["assessment", &index.to_string(), "carry", &at.to_string(), "from"];
        let message = format!(
            "`{}` is not made: it takes results from `{}`, which could not be made",
            assessment.name, carry.from
        );
        self.fail(Diagnostic::error(&codes::NOT_GIVEN, message).at(self.loaded.place(&keys)));
    }

    fn read_state(&mut self) {
        let Ok(path) = TreePath::parse(state::FILE) else { return };
        let Ok(bytes) = self.workspace.disk.read(&path, 256 << 20) else { return };
        match State::parse(&bytes, TOOL) {
            Some(state) => self.state = state,
            None => self.built.findings.push(Diagnostic::note(
                &codes::STATE_UNUSABLE,
                "the build state is of another version; building everything",
            )),
        }
    }

    fn write_state(&mut self) {
        let file = self.workspace.root.join(state::FILE);
        let text = self.state.to_text();
        if let Err(error) = write_atomically(&file, |w| w.write_all(text.as_bytes())) {
            let message = format!("`{}` cannot be written: {error}", file.display());
            let finding = Diagnostic::warning(&probity_diagnostics::codes::WRITE_FAILED, message);
            self.built.findings.push(finding.help("the next build will make everything again"));
        }
    }

    /// Whether a target has to be made, and why; notes the answer.
    fn is_stale(&mut self, target: &Target<'_>) -> bool {
        let why = match self.state.record(target.name) {
            None => Some("it was not built yet".to_owned()),
            Some(record) => {
                record.stale(target.settings, self.workspace, &self.workspace.evidence(), self.options.as_of)
            }
        };
        let stale = why.is_some();
        if stale && !self.options.dry_run {
            (self.progress)(target.name);
        }
        self.built.targets.push(TargetReport { name: target.name.to_owned(), why });
        stale
    }

    /// Remembers what a target was made of.
    fn remember(&mut self, target: &Target<'_>, mut record: Record) {
        target.settings.clone_into(&mut record.settings);
        if target.judged {
            record.as_of = Some(self.options.as_of.instant);
        }
        self.state.remember(target.name, record);
        self.write_state();
    }

    fn fail(&mut self, findings: impl IntoFindings) {
        self.built.failed = true;
        self.built.findings.extend_new(findings.into_findings());
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
