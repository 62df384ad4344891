use probity_assessment::compile::Compiled;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath, codes as files};
use probity_evidence::Ontology;

use super::state::Record;
use super::tracked::TrackedTree;
use super::{Build, OutputFolder, Target, TargetReport};
use crate::codes;
use crate::config::{Assessment, LoadedConfig};
use crate::job::{Job, Judging, Made, Outcome};
use crate::library;
use crate::steps::{self, Parts, Resolved};
use crate::workspace::EvidenceTree;

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
    findings: Diagnostics,
}

impl Build<'_> {
    /// Builds the targets of one assessment.
    pub(super) fn assessment(&mut self, index: usize, assessment: &Assessment) {
        let workspace = self.workspace;
        let tree = TrackedTree::new(workspace.tree.as_ref());
        let fallback = EvidenceTree::new(workspace);
        let evidence = TrackedTree::new(&fallback);
        let folder = match TreePath::parse(&format!("build/{}", assessment.name)) {
            Ok(folder) => folder,
            Err(error) => return self.fail(Diagnostic::error(&files::PATH_OUTSIDE, error.to_string())),
        };
        let href = |path: &TreePath| folder.relative(path);
        let found = Found { loaded: self.loaded, dry_run: self.options.dry_run };
        let job = match found.job(index, assessment, &tree, &evidence, folder.clone(), &href) {
            Ok(job) => job,
            Err(findings) => return self.fail(findings),
        };
        let out = OutputFolder::new(workspace.root.clone());
        let steps = Steps {
            job,
            tree: &tree,
            evidence: &evidence,
            out,
            ontology: None,
            resolved: None,
            compiled: None,
            findings: Diagnostics::new(),
        };
        if let Err(findings) = self.targets(steps, assessment) {
            self.fail(findings);
        }
    }

    /// Makes the targets of one assessment that are out of date.
    fn targets(&mut self, mut steps: Steps<'_>, assessment: &Assessment) -> Result<(), Diagnostics> {
        let name = &assessment.name;
        let settings = format!("{:?} {assessment:?}", self.loaded.config.system);
        let target = |part: &str| format!("{name}/{part}");
        let (catalog, checks, results, report) =
            (target("catalog"), target("checks"), target("results"), target("report"));

        let catalog = Target { name: &catalog, settings: &settings, judged: false };
        if self.is_stale(&catalog) && !self.options.dry_run {
            steps.catalog()?;
            self.remember(&catalog, steps.record());
        }
        let checks = Target { name: &checks, settings: &settings, judged: false };
        if self.is_stale(&checks) && !self.options.dry_run {
            steps.checks()?;
            self.remember(&checks, steps.record());
        }
        let results = Target { name: &results, settings: &settings, judged: true };
        if self.is_stale(&results) && !self.options.dry_run {
            let outcome = steps.results(self.options.as_of.instant, self.options.threads)?;
            let mut record = steps.record();
            record.deadline = outcome.deadline;
            record.outcome = Some(outcome);
            self.remember(&results, record);
        }
        let remade = self.built.targets.last().is_some_and(|last| last.why.is_some());
        let outcome = self.state.record(results.name).and_then(|record| record.outcome.clone());
        let report = Target { name: &report, settings: &settings, judged: false };
        if self.options.dry_run && remade {
            let why = Some(format!("`{}` will be made again", results.name));
            self.built.targets.push(TargetReport { name: report.name.to_owned(), why });
        } else if self.is_stale(&report) && !self.options.dry_run {
            let outputs = TrackedTree::new(self.workspace.disk.as_ref());
            let findings = &mut steps.findings;
            if findings.absorb(steps.job.write_reports(&outputs, &steps.out)).is_none() {
                return Err(steps.findings);
            }
            let mut record = steps.record();
            record.inputs = std::collections::BTreeMap::new();
            record.evidence = outputs.inputs();
            self.remember(&report, record);
        }
        let path = steps.job.results()?;
        self.built.findings.extend(steps.findings);
        if let Some(outcome) = outcome {
            self.built.assessments.push(BuiltAssessment { name: name.clone(), results: path, outcome });
        }
        Ok(())
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
        let (Ok(parts), Ok(attestations), Ok(poam), Ok(sources)) = (parts, attestations, poam, sources)
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
            folder,
            href,
        })
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
        Record {
            inputs: self.tree.inputs(),
            evidence: self.evidence.inputs(),
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

    fn results(&mut self, as_of: jiff::Timestamp, threads: Option<usize>) -> Result<Outcome, Diagnostics> {
        self.compile()?;
        let (Some(resolved), Some(compiled), Some(ontology)) =
            (&self.resolved, &self.compiled, &self.ontology)
        else {
            return Ok(Outcome::default());
        };
        let made = Made { resolved, compiled, ontology };
        let assessed = self.job.assess(&made, &Judging { as_of, threads, progress: &|_| {} }, &self.out);
        self.need(assessed)
    }
}
