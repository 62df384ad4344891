//! What is made of the results of an assessment, beside them: reports and documents for others, each a target of its own.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{Diagnostics, Step};

use super::steps::Steps;
use super::tracked::TrackedTree;
use super::{Build, Target, Turn, outputs};

/// The targets that every assessment has.
const DOCUMENTS: [&str; 4] = ["catalog", "checks", "own-results", "results"];

/// What a further output is read from; what is looked at becomes the inputs of its target.
pub(super) struct Reading<'b> {
    /// The project.
    pub(super) project: TrackedTree<'b>,
    /// The folder of the project on disk, where the documents of assessments lie.
    pub(super) documents: TrackedTree<'b>,
    /// What was read before by something that is shared with other targets.
    pub(super) shared: Seen,
}

/// What was looked at, with fingerprints.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    project: BTreeMap<String, String>,
    documents: BTreeMap<String, String>,
}

impl<'b> Reading<'b> {
    pub(super) fn new(build: &'b Build<'_>) -> Self {
        Self {
            project: TrackedTree::over(&build.tree, &build.tree),
            documents: TrackedTree::over(&build.disk, &build.disk),
            shared: Seen::default(),
        }
    }

    /// What was looked at so far.
    pub(super) fn seen(&self) -> Seen {
        let mut seen = self.shared.clone();
        seen.project.extend(self.project.inputs());
        seen.documents.extend(self.documents.inputs());
        seen
    }
}

impl<'b> Turn<'b> {
    /// Makes the target `part` of an assessment by `make`, where it is out of date. It depends on `settings`, on what `make` looks
    /// at, and comes after the target of the results.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) fn further<'s>(
        &mut self,
        steps: &mut Steps<'s>,
        part: &str,
        settings: &str,
        make: impl FnOnce(&Steps<'s>, &mut Reading<'b>) -> Step<()>,
    ) -> Result<(), Diagnostics> {
        let build = self.build;
        let name = format!("{}/{part}", steps.job.name);
        let target = Target { name: &name, settings, judged: false };
        if build.options.dry_run {
            let results = format!("{}/results", steps.job.name);
            let remade = || format!("`{results}` will be made again");
            let why = if self.is_made(&results) { Some(remade()) } else { build.stale(&target) };
            self.note(&name, why);
            return Ok(());
        }
        if !self.is_stale(&target) {
            return Ok(());
        }
        let mut reading = Reading::new(build);
        let made = make(steps, &mut reading);
        steps.need(made)?;
        let mut record = steps.record();
        let seen = reading.seen();
        record.inputs = seen.project;
        record.evidence = seen.documents;
        self.remember(&target, record);
        Ok(())
    }

    /// Forgets further outputs of an assessment that are not wanted any more, and removes their files.
    pub(super) fn forget_further(&self, assessment: &str) {
        let own = format!("{assessment}/");
        let seen: BTreeSet<&str> = self.built.targets.iter().map(|target| target.name.as_str()).collect();
        let mut state = self.build.state();
        let is_old = |name: &str| {
            let part = name.strip_prefix(&own);
            part.is_some_and(|part| !DOCUMENTS.contains(&part)) && !seen.contains(name)
        };
        let old: Vec<String> = state.targets().map(|(name, _)| name.clone()).filter(|n| is_old(n)).collect();
        for name in old {
            let Some(record) = state.forget(&name) else { continue };
            for path in record.outputs.keys().filter(|path| !state.is_output(path, &name)) {
                outputs::remove(&self.build.workspace.root, path);
            }
        }
    }
}
