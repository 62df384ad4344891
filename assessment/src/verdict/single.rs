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
use crate::compile::{CheckName, Compiled};
use crate::engine::Input;
use crate::specialise::{Evaluator, Programs};

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

    /// The verdicts on a resource, among `related` ones; checks that do not apply are left out.
    pub fn judge(
        &self,
        resource: &Resource,
        related: &[Resource],
        as_of: Timestamp,
    ) -> BTreeMap<CheckName, (Outcome, Detail)> {
        let Some(kind) = self.kinds.get(&resource.resource_type) else { return BTreeMap::new() };
        let related: RelatedResources =
            related.iter().map(|other| (other.id.clone(), self.related(other))).collect();
        let refers_to = kind.refers_to(resource);
        let case = Case { resource, refers_to: &refers_to, related: &related };
        let bench = Bench { checks: &self.compiled.checks, ontology: self.ontology, as_of, waivers: &[] };
        let verdicts = bench.judge(&kind.checks, &case, &mut Evaluator::new(&self.programs));
        let named = |(index, outcome, detail): Verdict| {
            Some((self.compiled.checks.get(index)?.name.clone(), (outcome, detail)))
        };
        verdicts.into_iter().filter_map(named).collect()
    }

    fn related(&self, resource: &Resource) -> Related {
        let names = self.ontology.type_names(resource.resource_type.as_str()).unwrap_or_default();
        let input = Input::resource(resource, names, None::<std::iter::Empty<(&str, &Input)>>);
        Related { resource: resource.clone(), input }
    }
}
