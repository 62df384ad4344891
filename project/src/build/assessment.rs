use probity_assessment::assemble::Edition;
use probity_assessment::compile::Compiled;
use probity_assessment::verdict::KnownAnswers;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath, codes as files};
use probity_evidence::Ontology;

use super::answers::Answers;
use super::state::Record;
use super::tracked::TrackedTree;
use super::{Build, OutputFolder, Target, TargetReport};
use crate::carry::{self, Giving};
use crate::check::ExtendNew as _;
use crate::codes;
use crate::config::{Assessment, LoadedConfig};
use crate::job::{Job, Judging, Made, Outcome, given_results};
use crate::library::{self, Shelf};
use crate::steps::{self, Parts, Resolved};

/// An assessment that was built or is up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltAssessment {
    /// Its name.
    pub name: String,
    /// Its results, from the project folder.
    pub results: TreePath,
    /// How it came out.
    pub outcome: Outcome,
}

/// The steps of one assessment, each done when a later one needs it.
struct Steps<'a> {
    job: Job<'a>,
    tree: &'a TrackedTree<'a>,
    evidence: &'a TrackedTree<'a>,
    out: OutputFolder,
    ontology: Option<Ontology>,
    resolved: Option<Resolved>,
    compiled: Option<Compiled>,
    /// Where the results of other assessments are read from.
    outputs: &'a TrackedTree<'a>,
    findings: Diagnostics,
}

impl Build<'_> {
    /// Builds the targets of one assessment: all of them, or those that lead to the results that others take.
    pub(super) fn assessment(&mut self, index: usize, assessment: &Assessment, edition: Edition) {
        let workspace = self.workspace;
        let tree = TrackedTree::new(workspace.tree.as_ref());
        let fallback = workspace.evidence();
        let evidence = TrackedTree::new(&fallback);
        let folder = match TreePath::parse(&format!("build/{}", assessment.name)) {
            Ok(folder) => folder,
            Err(error) => return self.fail(Diagnostic::error(&files::PATH_OUTSIDE, error.to_string())),
        };
        let href = |path: &TreePath| folder.relative(path);
        let found = Found { loaded: self.loaded, dry_run: self.options.dry_run };
        let job = match found.job(index, assessment, &tree, &evidence, folder.clone(), &href) {
            Ok(job) => job,
            Err(findings) => {
                self.lose(assessment, edition);
                return self.fail(findings);
            }
        };
        let out = OutputFolder::new(workspace.root.clone());
        let outputs = TrackedTree::new(workspace.disk.as_ref());
        let steps = Steps {
            job,
            tree: &tree,
            evidence: &evidence,
            outputs: &outputs,
            out,
            ontology: None,
            resolved: None,
            compiled: None,
            findings: Diagnostics::new(),
        };
        if let Err(findings) = self.targets(steps, assessment, edition) {
            self.lose(assessment, edition);
            self.fail(findings);
        }
    }

    /// Makes the targets of one assessment that are out of date.
    fn targets(
        &mut self,
        mut steps: Steps<'_>,
        assessment: &Assessment,
        edition: Edition,
    ) -> Result<(), Diagnostics> {
        let name = &assessment.name;
        let settings = format!("{:?} {assessment:?}", self.loaded.config.system);
        let target = |part: &str| format!("{name}/{part}");
        let (catalog, checks) = (target("catalog"), target("checks"));
        let catalog = Target { name: &catalog, settings: &settings, judged: false };
        if self.is_new(&catalog) && self.is_stale(&catalog) && !self.options.dry_run {
            steps.catalog()?;
            self.remember(&catalog, steps.record());
        }
        let checks = Target { name: &checks, settings: &settings, judged: false };
        if self.is_new(&checks) && self.is_stale(&checks) && !self.options.dry_run {
            steps.checks()?;
            self.remember(&checks, steps.record());
        }
        let results = target(if edition == Edition::Own { "own-results" } else { "results" });
        let results = Target { name: &results, settings: &settings, judged: true };
        let outcome = self.results(&mut steps, &results, edition)?;
        if edition == Edition::Whole {
            self.report(&mut steps, &target("report"), &results)?;
            let path = steps.job.results()?;
            let built = outcome.map(|outcome| BuiltAssessment { name: name.clone(), results: path, outcome });
            self.built.assessments.extend(built);
        }
        // an assessment that gives and receives is compiled twice, and may share mapping collections with others
        if assessment.carry.is_empty() {
            self.built.findings.extend(steps.findings);
        } else {
            self.built.findings.extend_new(steps.findings);
        }
        Ok(())
    }

    /// Judges the evidence, where that is out of date, and says how it came out.
    fn results(
        &mut self,
        steps: &mut Steps<'_>,
        target: &Target<'_>,
        edition: Edition,
    ) -> Result<Option<Outcome>, Diagnostics> {
        let given = steps.job.giving.iter().filter(|_| edition == Edition::Whole);
        let remade = given.map(|giving| &giving.target).find(|given| self.is_made(given));
        let stale = match remade.filter(|_| self.options.dry_run) {
            Some(given) => {
                self.will_be_made(target, given);
                true
            }
            None => self.is_stale(target),
        };
        if stale && !self.options.dry_run {
            let answers = Answers::read(self.workspace, steps.job.name);
            let (as_of, threads) = (self.options.as_of.instant, self.options.threads);
            let outcome = steps.results(as_of, threads, edition, &answers.known)?;
            answers.write();
            let mut record = steps.record();
            record.deadline = outcome.deadline;
            record.outcome = Some(outcome);
            self.remember(target, record);
        }
        Ok(self.state.record(target.name).and_then(|record| record.outcome.clone()))
    }

    /// Writes the reports, where they are out of date.
    fn report(&mut self, steps: &mut Steps<'_>, name: &str, results: &Target<'_>) -> Result<(), Diagnostics> {
        let report = Target { name, settings: results.settings, judged: false };
        if self.options.dry_run && self.is_made(results.name) {
            self.will_be_made(&report, results.name);
        } else if self.is_stale(&report) && !self.options.dry_run {
            let outputs = TrackedTree::new(self.workspace.disk.as_ref());
            let written = steps.job.write_reports(&outputs, &steps.out);
            steps.need(written)?;
            let mut record = steps.record();
            record.inputs = std::collections::BTreeMap::new();
            record.evidence = outputs.inputs();
            self.remember(&report, record);
        }
        Ok(())
    }

    /// Notes that the results that others take could not be made, where these are among the `edition`.
    fn lose(&mut self, assessment: &Assessment, edition: Edition) {
        if assessment.carry.is_empty() || edition == Edition::Own {
            self.lost.insert(assessment.name.clone());
        }
    }

    /// Whether a target was not looked at in this build.
    fn is_new(&self, target: &Target<'_>) -> bool {
        self.built.targets.iter().all(|seen| seen.name != target.name)
    }

    /// Whether a target was or would be made in this build.
    fn is_made(&self, name: &str) -> bool {
        self.built.targets.iter().any(|seen| seen.name == name && seen.why.is_some())
    }

    /// Notes that a target will be made because another one will.
    fn will_be_made(&mut self, target: &Target<'_>, because: &str) {
        let why = Some(format!("`{because}` will be made again"));
        self.built.targets.push(TargetReport { name: target.name.to_owned(), why });
    }
}

/// What the parts of an assessment are found by.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    /// The settings.
    pub(crate) loaded: &'a LoadedConfig,
    /// Whether evidence that is still to be collected may be missing.
    pub(crate) dry_run: bool,
}

impl<'a> Found<'a> {
    /// What an assessment is made of.
    pub(crate) fn job(
        self,
        index: usize,
        assessment: &'a Assessment,
        tree: &'a dyn FileTree,
        evidence: &'a dyn FileTree,
        folder: TreePath,
        href: &'a dyn Fn(&TreePath) -> String,
    ) -> Result<Job<'a>, Diagnostics> {
        let root = self.loaded.file.parent();
        let at = index.to_string();
        let place = |key: &str| self.loaded.place(&["assessment", &at, key]);
        let mut findings = Diagnostics::new();
        let parts =
            Parts::of_assessment(tree, self.loaded, index, assessment).map_err(|e| findings.extend(e));
        let attestations = library::expand(tree, &root, &assessment.attestations)
            .map_err(|e| findings.extend(e.into_iter().map(|finding| finding.at(place("attestations")))));
        let poam = assessment.poam.as_ref().map(|poam| root.join(poam)).transpose().map_err(|e| {
            findings.push(Diagnostic::error(&files::PATH_OUTSIDE, e.to_string()).at(place("poam")));
        });
        let sources = self.evidence_of(assessment, &root, evidence).map_err(|e| findings.extend(e));
        let giving = self.giving(&at, assessment, &root, tree).map_err(|e| findings.extend(e));
        let (Ok(parts), Ok(attestations), Ok(poam), Ok(sources), Ok(giving)) =
            (parts, attestations, poam, sources, giving)
        else {
            return Err(findings);
        };
        Ok(Job {
            system: &self.loaded.config.system.name,
            name: &assessment.name,
            profile: &assessment.profile,
            tree,
            evidence,
            parts,
            sources,
            attestations,
            poam,
            subjects: assessment.subjects,
            gate: assessment.gate.fail_on,
            giving,
            folder,
            href,
        })
    }

    /// The assessments that one takes results from; `at` is its place in the project file.
    fn giving(
        self,
        at: &str,
        assessment: &Assessment,
        root: &TreePath,
        tree: &dyn FileTree,
    ) -> Result<Vec<Giving>, Diagnostics> {
        let mut findings = Diagnostics::new();
        let mut all = Vec::new();
        for (index, carry) in assessment.carry.iter().enumerate() {
            let index = index.to_string();
            let mut take = |found: Result<TreePath, Diagnostic>, place: Location| {
                found.map_err(|finding| findings.push(finding.at(place))).ok()
            };
            let place = self.loaded.place(&["assessment", at, "carry", &index, "mappings"]);
            let named = carry.mappings.iter();
            let shelves = [Shelf::MappingCollections];
            let collections: Vec<TreePath> = named
                .filter_map(|name| take(library::find(tree, root, name, &shelves), place.clone()))
                .collect();
            let (from, other) = self.loaded.assessment(&carry.from)?;
            let place = self.loaded.place(&["assessment", &from.to_string(), "profile"]);
            let shelves = [Shelf::Profiles, Shelf::Catalogs];
            let profile = take(library::find(tree, root, &other.profile, &shelves), place);
            let (target, results) = given_results(other);
            let results =
                root.join(&results).map_err(|e| Diagnostic::error(&files::PATH_OUTSIDE, e.to_string()))?;
            all.extend(profile.map(|profile| Giving {
                name: carry.from.clone(),
                profile,
                collections,
                confidence: carry.confidence,
                target,
                results,
            }));
        }
        if findings.is_empty() { Ok(all) } else { Err(findings) }
    }

    /// The evidence sets of an assessment.
    fn evidence_of(
        self,
        assessment: &Assessment,
        root: &TreePath,
        evidence: &dyn FileTree,
    ) -> Result<Vec<TreePath>, Diagnostics> {
        let mut findings = Diagnostics::new();
        let mut paths = Vec::new();
        for (at, source) in self.loaded.config.sources.iter().enumerate() {
            let wanted = assessment.sources.as_ref().is_none_or(|names| names.contains(&source.name));
            if !wanted {
                continue;
            }
            let place = self.loaded.place(&["source", &at.to_string(), "evidence"]);
            match root.join(&source.evidence_path()) {
                Err(error) => {
                    findings.push(Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()).at(place));
                }
                Ok(path) => match evidence.stat(&path) {
                    Ok(_) => paths.push(path),
                    Err(_) if source.collects() && self.dry_run => paths.push(path),
                    Err(_) if source.observes() => {
                        let message = format!("nobody has looked at the source `{}` yet", source.name);
                        let place = self.loaded.place(&["source", &at.to_string(), "name"]);
                        findings.push(
                            Diagnostic::error(&codes::NOT_OBSERVED, message)
                                .at(place)
                                .help(format!("run `probity discover --source {}`", source.name)),
                        );
                    }
                    Err(error) => findings.push(Diagnostic::from(error).at(place)),
                },
            }
        }
        if paths.is_empty() && findings.is_empty() {
            let message = format!("the assessment `{}` has no source of evidence", assessment.name);
            findings
                .push(Diagnostic::error(&codes::NO_EVIDENCE, message).at(Location::file(&self.loaded.file)));
        }
        if findings.is_empty() { Ok(paths) } else { Err(findings) }
    }
}

impl Steps<'_> {
    /// What the steps so far looked at and wrote.
    fn record(&self) -> Record {
        let outputs = self.out.take_written();
        let mut evidence = self.evidence.inputs();
        evidence.extend(self.outputs.inputs());
        Record {
            inputs: self.tree.inputs(),
            evidence,
            outputs: outputs
                .into_iter()
                .map(|(path, digest)| (path.as_str().to_owned(), digest.to_string()))
                .collect(),
            ..Record::default()
        }
    }

    /// Takes what a step found; its errors end the assessment, with all that
    /// was found before.
    fn need<T>(&mut self, step: probity_diagnostics::Step<T>) -> Result<T, Diagnostics> {
        match self.findings.absorb(step) {
            Some(value) => Ok(value),
            None => Err(std::mem::take(&mut self.findings)),
        }
    }

    fn resolve(&mut self) -> Result<(), Diagnostics> {
        if self.resolved.is_none() {
            let resolved = self.job.resolve();
            self.resolved = Some(self.need(resolved)?);
        }
        Ok(())
    }

    fn compile(&mut self) -> Result<(), Diagnostics> {
        self.resolve()?;
        if self.ontology.is_none() {
            let ontology = steps::ontology(self.tree);
            self.ontology = Some(self.need(ontology)?);
        }
        if let (None, Some(resolved), Some(ontology)) = (&self.compiled, &self.resolved, &self.ontology) {
            let compiled = self.job.compile(resolved, ontology);
            self.compiled = Some(self.need(compiled)?);
        }
        Ok(())
    }

    fn catalog(&mut self) -> Result<(), Diagnostics> {
        self.resolve()?;
        let written = self.resolved.as_ref().map(|resolved| self.job.write_catalog(resolved, &self.out));
        written.transpose()?;
        Ok(())
    }

    fn checks(&mut self) -> Result<(), Diagnostics> {
        self.compile()?;
        if let (Some(resolved), Some(compiled)) = (&self.resolved, &self.compiled) {
            self.job.write_checks(resolved, compiled, &self.out)?;
        }
        Ok(())
    }

    fn results(
        &mut self,
        as_of: jiff::Timestamp,
        threads: Option<usize>,
        edition: Edition,
        known: &KnownAnswers,
    ) -> Result<Outcome, Diagnostics> {
        self.compile()?;
        let (Some(resolved), Some(compiled), Some(ontology)) =
            (&self.resolved, &self.compiled, &self.ontology)
        else {
            return Ok(Outcome::default());
        };
        let (mut maps, mut given) = (Vec::new(), Vec::new());
        if edition == Edition::Whole && !self.job.giving.is_empty() {
            let Some(found) = self.findings.absorb(carry::maps(&self.job, resolved)) else {
                return Err(std::mem::take(&mut self.findings));
            };
            maps = found;
            given = carry::given(&self.job, self.outputs)?;
        }
        let taken = carry::take(&self.job, self.outputs, resolved, &given, &maps)?;
        let made = Made { resolved, compiled, ontology, taken: &taken };
        let judging = Judging { as_of, threads, known: Some(known), progress: &|_| {}, edition };
        let assessed = self.job.assess(&made, &judging, &self.out);
        self.need(assessed)
    }
}
