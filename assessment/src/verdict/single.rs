//! Verdicts on single resources: for metric cases, editors and tests.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::Diagnostic;
use probity_evidence::{Ontology, Resource, TypeName};

use super::assess::programs;
use super::judge::{Bench, Case, Verdict};
use super::kinds::{Kind, kinds};
use super::missing::{Related, RelatedResources};
use super::record::{Detail, Outcome};
use super::worker::Worker;
use crate::compile::{CheckName, Compiled};
use crate::engine::{Input, NONE_RELATED, Words};
use crate::specialise::{Programs, Ruling, Truth};

/// How Rego is evaluated; the outcome is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evaluation {
    /// By specialised modules on the bytecode machine, as assessments do.
    Specialised,
    /// By the strict interpreter on the modules of the bundle.
    Interpreted,
}

/// What the rules of one check say of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegoOutcome {
    /// `applicable` does not hold.
    NotApplicable,
    /// `compliant` holds.
    Pass,
    /// `compliant` does not hold.
    Fail,
    /// One of them failed.
    Error,
}

fn outcome(ruling: &Ruling) -> RegoOutcome {
    match (&ruling.applicable, &ruling.compliant) {
        (Truth::Failed(_), _) | (Truth::Holds, Truth::Failed(_)) => RegoOutcome::Error,
        (Truth::HoldsNot, _) => RegoOutcome::NotApplicable,
        (Truth::Holds, Truth::Holds) => RegoOutcome::Pass,
        (Truth::Holds, Truth::HoldsNot) => RegoOutcome::Fail,
    }
}

/// Judges resources one by one, without evidence files.
pub struct Judge<'a> {
    compiled: &'a Compiled,
    ontology: &'a Ontology,
    programs: Programs,
    kinds: BTreeMap<TypeName, Kind>,
}

impl<'a> Judge<'a> {
    /// A judge for the checks of `compiled`.
    ///
    /// # Errors
    /// The bundle does not load.
    pub fn new(compiled: &'a Compiled, ontology: &'a Ontology) -> Result<Self, Diagnostic> {
        let kinds = kinds(ontology, &compiled.checks);
        Ok(Self { compiled, ontology, programs: programs(compiled)?, kinds })
    }

    /// A session: machines and interpreter are kept from one resource to the next.
    pub fn session(&self) -> Session<'_> {
        Session { judge: self, worker: Worker::new(&self.programs) }
    }

    /// The resource as Rego sees it (`input`): what `opa eval --input` takes.
    pub fn rego_input(&self, resource: &Resource, related: &[Resource]) -> serde_json::Value {
        self.input(resource, related).map(|input| input.to_json()).unwrap_or_default()
    }

    /// The resource as Rego sees it; none where the ontology has no such type.
    pub(crate) fn input(&self, resource: &Resource, related: &[Resource]) -> Option<Input> {
        self.with_case(resource, related, |bench, case| bench.input(case, |_| true, &mut Words::default()))
    }

    /// Looks at a resource with those of `related` that it refers to.
    fn with_case<R>(
        &self,
        resource: &Resource,
        related: &[Resource],
        work: impl FnOnce(&Bench<'_>, &Case<'_>) -> R,
    ) -> Option<R> {
        let kind = self.kinds.get(&resource.resource_type)?;
        let refers_to = kind.refers_to(resource);
        let known = related.iter().filter(|other| refers_to.contains(&other.id));
        let related: RelatedResources = known.map(|other| (other.id.clone(), self.related(other))).collect();
        let bench = Bench {
            checks: &self.compiled.checks,
            ontology: self.ontology,
            as_of: resource.collected,
            waivers: &[],
        };
        Some(work(&bench, &Case { kind, resource, refers_to: &refers_to, related: &related }))
    }

    fn related(&self, resource: &Resource) -> Related {
        let names = self.ontology.type_names(resource.resource_type.as_str()).unwrap_or_default();
        let input = Input::resource(resource, names, |_| true, NONE_RELATED, &mut Words::default());
        Related { resource: resource.clone(), input }
    }
}

/// Judges resources one after the other.
pub struct Session<'a> {
    judge: &'a Judge<'a>,
    worker: Worker<'a>,
}

impl Session<'_> {
    /// The verdicts on a resource, among `related` ones; checks that do not apply are left out.
    pub fn judge(
        &mut self,
        resource: &Resource,
        related: &[Resource],
        as_of: Timestamp,
    ) -> BTreeMap<CheckName, (Outcome, Detail)> {
        let worker = &mut self.worker;
        let verdicts = self
            .judge
            .with_case(resource, related, |bench, case| Bench { as_of, ..*bench }.judge(case, worker));
        let named = |(index, outcome, detail): Verdict| {
            let detail = serde_json::from_str(&detail).unwrap_or_default();
            Some((self.judge.compiled.checks.get(index)?.name.clone(), (outcome, detail)))
        };
        verdicts.unwrap_or_default().into_iter().filter_map(named).collect()
    }

    /// What Rego alone says of a resource, before age and missing properties are looked at; for every check of its type.
    pub fn outcomes(
        &mut self,
        resource: &Resource,
        related: &[Resource],
        by: Evaluation,
    ) -> BTreeMap<CheckName, RegoOutcome> {
        let worker = &mut self.worker;
        let checks = &self.judge.compiled.checks;
        let outcomes = self.judge.with_case(resource, related, |bench, case| {
            let input = bench.input(case, |name| case.kind.wants(name), &mut worker.words);
            let rulings = match by {
                Evaluation::Specialised => worker.evaluator.rule(&case.kind.checks, &input),
                Evaluation::Interpreted => worker.evaluator.rule_slowly(&case.kind.checks, &input),
            };
            let named = |(index, ruling): (&usize, &Ruling)| {
                Some((checks.get(*index)?.name.clone(), outcome(ruling)))
            };
            case.kind.checks.iter().zip(&rulings).filter_map(named).collect()
        });
        outcomes.unwrap_or_default()
    }
}
