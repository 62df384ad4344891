//! The plan of action and milestones of an assessment, and what the project wants exported: each a target of its own.

use probity_diagnostics::{Diagnostics, Warned};
use probity_generators::export::{self, Source, Target};
use probity_oscal::OscalDocument;
use probity_oscal::release::Loss;

use super::Turn;
use super::reports::marked;
use super::steps::Steps;
use crate::config::Assessment;
use crate::job::POAM;
use crate::poam::Keeping;
use crate::sharing::pages::beside_unless_said;
use crate::workspace::Layers;

/// The folder of exports, beside the results.
const FOLDER: &str = "exports";

impl Turn<'_> {
    /// Writes the plan after these results, where it is out of date. The record is only read.
    pub(super) fn plan(
        &mut self,
        steps: &mut Steps<'_>,
        index: usize,
        assessment: &Assessment,
    ) -> Result<(), Diagnostics> {
        let loaded = self.build.loaded;
        let settings = marked(&steps.job);
        self.further(steps, "poam", &settings, |steps, reading| {
            let keeping = Keeping::of(&reading.project, loaded, index, assessment)?;
            let Warned { value: planned, mut warnings } =
                keeping.take(&reading.project, &reading.documents)?;
            if let Some((path, plan)) = warnings.absorb(keeping.whole(&reading.project, &planned)).flatten() {
                steps.out.document(&path, &OscalDocument::from(plan))?;
            }
            warnings.unless_errors(())
        })
    }

    /// Writes the exports that are out of date.
    pub(super) fn exports(
        &mut self,
        steps: &mut Steps<'_>,
        assessment: &Assessment,
    ) -> Result<(), Diagnostics> {
        for target in assessment.exports() {
            let settings = marked(&steps.job);
            self.further(steps, &target.to_string(), &settings, |steps, reading| {
                let tree = Layers::new([&reading.project as _, &reading.documents as _]);
                let (results, plan) = (steps.job.results()?, steps.job.file(POAM)?);
                let poam = Some(&plan).filter(|plan| probity_diagnostics::FileTree::is_file(&tree, plan));
                let source = Source { tree: &tree, results: &results, poam, loss: Loss::Told };
                let Warned { value: export, warnings } = export::export(source, target)?;
                let folder = folder(target);
                for (path, bytes) in &export.files {
                    let file = steps.job.file(&format!("{folder}/{path}"))?;
                    steps.out.bytes(&file, bytes)?;
                    beside_unless_said(&file, bytes, steps.job.marking, &steps.out)?;
                }
                warnings.unless_errors(())
            })?;
        }
        Ok(())
    }
}

/// Where an export goes: single files beside each other, several ones into a folder of their own.
fn folder(target: Target) -> String {
    if target.is_folder() { format!("{FOLDER}/{target}") } else { FOLDER.to_owned() }
}
