//! The targets of one assessment.

use probity_assessment::assemble::Edition;
use probity_diagnostics::{Diagnostic, Diagnostics, TreePath};
use probity_generators::Format;

use super::found::Found;
use super::steps::Steps;
use super::tracked::TrackedTree;
use super::verdicts::KeptVerdicts;
use super::{Numbered, OutputFolder, Target, Turn, depfile, outputs};
use crate::check::ExtendNew as _;
use crate::config::{Assessment, LoadedConfig, Reports};
use crate::job::{self, AssessedInParts, BUNDLE, Outcome};

/// An assessment that was built or is up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltAssessment {
    /// Its name.
    pub name: String,
    /// Its results, from the project folder.
    pub results: TreePath,
    /// How it came out.
    pub outcome: Outcome,
    /// The files of its reports, beside its results.
    pub reports: Vec<&'static str>,
    /// The summary of its results; none in a dry run.
    pub summary: Option<String>,
}

/// What all documents of an assessment depend on, in a canonical form.
fn settings(loaded: &LoadedConfig, assessment: &Assessment) -> String {
    let of_documents = Assessment {
        reports: Reports::default(),
        exports: Vec::new(),
        archive: None,
        period: None,
        ..assessment.clone()
    };
    format!("{:?} {of_documents:?}", loaded.config.system)
}

impl Turn<'_> {
    /// Builds the targets of one assessment: all of them, or those that lead to the results that others take.
    pub(super) fn assessment(&mut self, index: usize, assessment: &Assessment, edition: Edition) {
        let build = self.build;
        let tree = TrackedTree::over(&build.tree, &build.tree);
        let fallback = build.evidence();
        let evidence = match build.workspace.commit {
            // a file of a revision has no stamp
            Some(_) => TrackedTree::new(&fallback),
            None => TrackedTree::over(&fallback, &build.disk),
        };
        let outputs = TrackedTree::over(&build.disk, &build.disk);
        let folder = match job::folder(&assessment.name) {
            Ok(folder) => folder,
            Err(error) => return self.fail(Diagnostic::from(error)),
        };
        let href = |path: &TreePath| folder.relative(path);
        let (dry_run, scrutiny) = (build.options.dry_run, &build.scrutiny);
        let found = Found { loaded: build.loaded, dry_run, scrutiny };
        let job = found.job(index, assessment, &tree, &evidence, folder.clone(), &href);
        let out = OutputFolder::new(build.workspace.root.clone());
        let made = job.and_then(|job| {
            let steps = Steps::new(job, &tree, &evidence, &outputs, out);
            self.targets(steps, (index, assessment), edition)
        });
        if let Err(findings) = made {
            // the results that others take could not be made, where these are among the edition
            if assessment.carry.is_empty() || edition == Edition::Own {
                self.built.lost.insert(assessment.name.clone());
            }
            self.fail(findings);
        }
    }

    /// Makes the targets of one assessment that are out of date.
    fn targets(
        &mut self,
        mut steps: Steps<'_>,
        (index, assessment): Numbered<'_>,
        edition: Edition,
    ) -> Result<(), Diagnostics> {
        let name = &assessment.name;
        let settings = settings(self.build.loaded, assessment);
        let target = |part: &str| format!("{name}/{part}");
        let (catalog, checks) = (target("catalog"), target("checks"));
        let dry_run = self.build.options.dry_run;
        let catalog = Target { name: &catalog, settings: &settings, judged: false };
        if self.is_new(&catalog) && self.is_stale(&catalog) && !dry_run {
            steps.catalog()?;
            self.remember(&catalog, steps.record());
        }
        let checks = Target { name: &checks, settings: &settings, judged: false };
        if self.is_new(&checks) {
            if self.is_stale(&checks) && !dry_run {
                steps.checks()?;
                let mut record = steps.record();
                let bundle = steps.job.folder.join(BUNDLE);
                let bundle = bundle.map_err(Diagnostic::from)?;
                let (disk, root) = (&self.build.disk, &self.build.workspace.root);
                outputs::prune(disk, root, &bundle, &record.outputs);
                self.made_checks(name, &steps, &mut record);
                self.remember(&checks, record);
            } else {
                self.kept_parts(name, checks.name, "check");
            }
        }
        let results = target(if edition == Edition::Own { "own-results" } else { "results" });
        // whether statements count may change with the history alone
        let judged_by = format!("{settings} {}", self.build.scrutiny.fingerprint());
        let settings = if self.build.scrutiny.fingerprint().is_empty() { &settings } else { &judged_by };
        let results = Target { name: &results, settings, judged: true };
        let outcome = self.results(&mut steps, &results, edition)?;
        if edition == Edition::Whole {
            let reports = self.build.loaded.reports(assessment);
            let summary = self.reports(&mut steps, &reports, &results)?;
            self.plan(&mut steps, index, assessment)?;
            self.exports(&mut steps, assessment)?;
            self.period(&mut steps)?;
            if !dry_run {
                self.forget_further(name);
                depfile::write(self.build, assessment);
            }
            let results = steps.job.results()?;
            let built = outcome.map(|outcome| BuiltAssessment {
                name: name.clone(),
                results,
                outcome,
                reports: reports.formats().into_iter().map(Format::file).collect(),
                summary,
            });
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
        let build = self.build;
        let why = match self.remade_before(steps, edition).filter(|_| build.options.dry_run) {
            Some(before) => Some(format!("`{before}` will be made again")),
            None => build.stale(target),
        };
        if self.note(target.name, why) && !build.options.dry_run {
            let kept = KeptVerdicts::new(build.workspace, steps.job.name);
            let AssessedInParts { outcome, parts, asked } =
                steps.results(build.options.as_of.instant, self.threads, edition, &kept)?;
            self.built.asked.insert(target.name.to_owned(), asked);
            let mut record = steps.record();
            record.deadline = outcome.deadline;
            record.parts = parts;
            if edition == Edition::Whole {
                self.made_findings(steps.job.name, steps, target.name, &mut record);
            }
            record.outcome = Some(outcome);
            self.remember(target, record);
        } else if edition == Edition::Whole {
            self.kept_parts(steps.job.name, target.name, "finding");
        }
        Ok(build.record(target.name).and_then(|record| record.outcome))
    }

    /// The target that results take from and that is made again, if there is one.
    fn remade_before(&self, steps: &Steps<'_>, edition: Edition) -> Option<String> {
        let given = steps.job.giving.iter().filter(|_| edition == Edition::Whole);
        let given = given.map(|giving| giving.target.clone()).find(|given| self.is_made(given));
        let root = self.build.loaded.file.parent();
        let reads = |source: &&crate::config::Source| {
            root.join(&source.evidence_path()).is_ok_and(|path| steps.job.sources.contains(&path))
        };
        let sources = self.build.loaded.config.sources.iter().filter(|source| source.collects());
        let mut sources = sources.filter(reads).map(|source| format!("source/{}", source.name));
        given.or_else(|| sources.find(|source| self.is_made(source)))
    }
}
