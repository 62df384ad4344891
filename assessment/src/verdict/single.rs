//! Verdicts on single resources: for metric cases, editors and tests.

use std::collections::{BTreeMap, BTreeSet};

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
use crate::engine::{Input, Words};
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

    /// A resource with those of `related` that it refers to, ready to be evaluated; none where the ontology has no such
    /// type.
    pub fn prepare<'r>(&self, resource: &'r Resource, related: &[Resource]) -> Option<Prepared<'r>> {
        let kind = self.kinds.get(&resource.resource_type)?.clone();
        let refers_to = kind.refers_to(resource);
        let known = related.iter().filter(|other| refers_to.contains(&other.id));
        let mut words = Words::default();
        let related =
            known.map(|other| (other.id.clone(), Related::new(other.clone(), self.ontology, &mut words)));
        let related = related.collect();
        Some(Prepared { kind, resource, refers_to, related })
    }

    /// The resource as Rego sees it (`input`): what `opa eval --input` takes.
    pub fn rego_input(&self, resource: &Resource, related: &[Resource]) -> serde_json::Value {
        self.input(resource, related).map(|input| input.to_json()).unwrap_or_default()
    }

    /// The resource as Rego sees it; none where the ontology has no such type.
    pub(crate) fn input(&self, resource: &Resource, related: &[Resource]) -> Option<Input> {
        let prepared = self.prepare(resource, related)?;
        let bench = self.bench(resource.collected);
        Some(bench.view(&prepared.case()).whole(&mut Words::default()).clone())
    }

    fn bench(&self, as_of: Timestamp) -> Bench<'_> {
        Bench { checks: &self.compiled.checks, ontology: self.ontology, as_of, waivers: &[] }
    }
}

/// A resource with what it refers to and the checks of its type.
pub struct Prepared<'r> {
    kind: Kind,
    resource: &'r Resource,
    refers_to: BTreeSet<String>,
    related: RelatedResources,
}

impl Prepared<'_> {
    fn case(&self) -> Case<'_> {
        Case { kind: &self.kind, resource: self.resource, refers_to: &self.refers_to, related: &self.related }
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
        let prepared = self.judge.prepare(resource, related);
        let bench = self.judge.bench(as_of);
        let verdicts = prepared.map(|prepared| bench.judge(&prepared.case(), &mut self.worker));
        let named = |(index, outcome, detail): Verdict| {
            let detail = serde_json::from_str(&detail).unwrap_or_default();
            Some((self.judge.compiled.checks.get(index)?.name.clone(), (outcome, detail)))
        };
        verdicts.unwrap_or_default().into_iter().filter_map(named).collect()
    }

    /// What Rego alone says of a resource, before age and missing properties are looked at; in the order of the checks of
    /// its type.
    pub fn rulings(
        &mut self,
        prepared: &Prepared<'_>,
        by: Evaluation,
    ) -> impl Iterator<Item = RegoOutcome> + use<> {
        let bench = self.judge.bench(prepared.resource.collected);
        let case = prepared.case();
        let view = bench.view(&case).with_only(case.kind.wanted());
        let rulings = match by {
            Evaluation::Specialised => self.worker.evaluator.rule(&case.kind.checks, &view),
            Evaluation::Interpreted => self.worker.evaluator.rule_slowly(&case.kind.checks, &view),
        };
        rulings.into_iter().map(|ruling| outcome(&ruling))
    }

    /// The same by the names of the checks.
    pub fn outcomes(
        &mut self,
        resource: &Resource,
        related: &[Resource],
        by: Evaluation,
    ) -> BTreeMap<CheckName, RegoOutcome> {
        let Some(prepared) = self.judge.prepare(resource, related) else { return BTreeMap::new() };
        let rulings = self.rulings(&prepared, by);
        let names = prepared.kind.checks.iter().filter_map(|index| self.judge.compiled.checks.get(*index));
        names.map(|check| check.name.clone()).zip(rulings).collect()
    }

    /// Checks of a type that the machine leaves to the interpreter, always or for some resources.
    pub fn left_to_the_interpreter(&self, resource_type: &TypeName) -> Vec<CheckName> {
        let Some(kind) = self.judge.kinds.get(resource_type) else { return Vec::new() };
        let left = self.judge.programs.left_to_the_interpreter(&kind.checks);
        let names = left.iter().filter_map(|index| self.judge.compiled.checks.get(*index));
        names.map(|check| check.name.clone()).collect()
    }
}
