//! The steps of one assessment, each done when a later one needs it.

use probity_assessment::assemble::Edition;
use probity_assessment::compile::Compiled;
use probity_assessment::verdict::Shelf;
use probity_diagnostics::Diagnostics;
use probity_evidence::Ontology;

use super::OutputFolder;
use super::state::Record;
use super::tracked::TrackedTree;
use crate::carry;
use crate::job::{AssessedInParts, Job, Judging, Made};
use crate::steps::{self, Resolved};

/// The steps of one assessment, each done when a later one needs it.
pub(super) struct Steps<'a> {
    pub(super) job: Job<'a>,
    pub(super) tree: &'a TrackedTree<'a>,
    pub(super) evidence: &'a TrackedTree<'a>,
    pub(super) out: OutputFolder,
    ontology: Option<Ontology>,
    pub(super) resolved: Option<Resolved>,
    pub(super) compiled: Option<Compiled>,
    /// Where the results of other assessments are read from.
    outputs: &'a TrackedTree<'a>,
    pub(super) findings: Diagnostics,
}

impl<'a> Steps<'a> {
    /// Steps of a job, none of them done.
    pub(super) fn new(
        job: Job<'a>,
        tree: &'a TrackedTree<'a>,
        evidence: &'a TrackedTree<'a>,
        outputs: &'a TrackedTree<'a>,
        out: OutputFolder,
    ) -> Self {
        let (ontology, resolved, compiled) = (None, None, None);
        Self { job, tree, evidence, outputs, out, ontology, resolved, compiled, findings: Diagnostics::new() }
    }

    /// What the steps so far looked at and wrote.
    pub(super) fn record(&self) -> Record {
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
    pub(super) fn need<T>(&mut self, step: probity_diagnostics::Step<T>) -> Result<T, Diagnostics> {
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

    pub(super) fn compile(&mut self) -> Result<(), Diagnostics> {
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

    pub(super) fn catalog(&mut self) -> Result<(), Diagnostics> {
        self.resolve()?;
        let written = self.resolved.as_ref().map(|resolved| self.job.write_catalog(resolved, &self.out));
        written.transpose()?;
        Ok(())
    }

    pub(super) fn checks(&mut self) -> Result<(), Diagnostics> {
        self.compile()?;
        if let (Some(resolved), Some(compiled)) = (&self.resolved, &self.compiled) {
            self.job.write_checks(resolved, compiled, &self.out)?;
        }
        Ok(())
    }

    pub(super) fn results(
        &mut self,
        as_of: jiff::Timestamp,
        threads: usize,
        edition: Edition,
        shelf: &dyn Shelf,
    ) -> Result<AssessedInParts, Diagnostics> {
        self.compile()?;
        let (Some(resolved), Some(compiled), Some(ontology)) =
            (&self.resolved, &self.compiled, &self.ontology)
        else {
            return Ok(AssessedInParts::default());
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
        let judging =
            Judging { as_of, threads: Some(threads), shelf: Some(shelf), progress: &|_| {}, edition };
        let assessed = self.job.assess_in_parts(&made, &judging, &self.out);
        self.need(assessed)
    }
}
