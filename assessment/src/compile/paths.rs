//! The paths that a metric reads, looked up in the ontology.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use probity_evidence::{Ontology, PropertyType};

use crate::rego::{Found, Read, Reads, Root, Step};

/// Members of every resource in Rego that are no properties.
const ALWAYS: [&str; 4] = ["id", "name", "type", "related"];

/// What the rules of a metric read.
#[derive(Debug, Clone, Default)]
pub(super) struct MetricReads {
    pub(super) applicable: Found,
    pub(super) compliant: Found,
    pub(super) results: Found,
}

impl MetricReads {
    /// The reads for each of `types`, cut to what the ontology knows.
    /// Where `with_dead` says so, paths of `compliant` that none of the types has stay: they are never collected.
    pub(super) fn per_type(
        &self,
        ontology: &Ontology,
        types: &BTreeSet<String>,
        with_dead: bool,
    ) -> BTreeMap<String, Arc<Reads>> {
        let dead = if with_dead { dead(ontology, types, &self.compliant) } else { Vec::new() };
        let mut shared: Vec<Arc<Reads>> = Vec::new();
        let mut per_type = BTreeMap::new();
        for name in types {
            let mut reads = Reads {
                applicable: cut_all(ontology, name, &self.applicable),
                compliant: cut_all(ontology, name, &self.compliant),
                results: cut_all(ontology, name, &self.results),
            };
            reads.compliant.extend(dead.iter().cloned());
            reads.compliant.sort();
            let reads = match shared.iter().find(|known| ***known == reads) {
                Some(known) => known.clone(),
                None => Arc::new(reads),
            };
            shared.push(reads.clone());
            per_type.insert(name.clone(), reads);
        }
        per_type
    }
}

/// Own paths that lead nowhere for any of the types.
fn dead(ontology: &Ontology, types: &BTreeSet<String>, found: &Found) -> Vec<Read> {
    let is_dead = |read: &Read| {
        let is_path = read.root == Root::Own && matches!(read.path.first(), Some(Step::Field(_)));
        is_path && types.iter().all(|kind| cut(ontology, kind, &read.path).is_none())
    };
    found.iter().map(|(read, _)| read).filter(is_dead).collect()
}

/// The type that the references at `path` point to.
fn reference(ontology: &Ontology, kind: &str, path: &[Step]) -> Option<String> {
    match ontology.property(kind, &dotted(path))?.value_type.element() {
        PropertyType::Reference(target) => Some(target.to_string()),
        _ => None,
    }
}

fn dotted(path: &[Step]) -> String {
    let names: Vec<&str> = path
        .iter()
        .filter_map(|step| match step {
            Step::Field(name) => Some(name.as_str()),
            Step::Each => None,
        })
        .collect();
    names.join(".")
}

fn cut_all(ontology: &Ontology, kind: &str, found: &Found) -> Vec<Read> {
    let mut reads: Vec<Read> = Vec::new();
    for (read, _) in found.iter() {
        match (&read.root, read.path.as_slice()) {
            (Root::Own, [] | [Step::Each, ..]) => reads.extend(everything(ontology, kind)),
            (Root::Own, path) => {
                let cut = cut(ontology, kind, path).filter(|path| !path.is_empty());
                reads.extend(cut.map(|path| Read { path, ..read.clone() }));
            }
            (Root::Related(by), _) => {
                let known = by.as_ref().is_none_or(|by| reference(ontology, kind, by).is_some());
                reads.extend(known.then_some(read));
            }
        }
    }
    reads.sort();
    reads.dedup();
    reads
}

/// Every property of a type: what a rule reads that looks at the resource as a whole.
fn everything(ontology: &Ontology, kind: &str) -> Vec<Read> {
    let properties =
        ontology.resource_type(kind).into_iter().flat_map(probity_evidence::Definition::properties);
    properties
        .map(|property| Read {
            root: Root::Own,
            path: vec![Step::Field(property.name.clone())],
            negative: true,
        })
        .collect()
}

/// The rest of a path that goes through all members of a feature, where one of them is a feature that has it: a choice of another
/// vocabulary, such as `atRestEncryption[].enabled`.
fn through_choice<'s>(
    ontology: &Ontology,
    kind: &PropertyType,
    rest: impl Iterator<Item = &'s Step>,
) -> Option<Vec<Step>> {
    let PropertyType::Feature(choice) = kind else { return None };
    choice.prefix()?;
    let rest: Vec<Step> = rest.cloned().collect();
    let Some(Step::Field(name)) = rest.get(1) else { return None };
    let has_it = |member: &PropertyType| match member {
        PropertyType::Feature(member) => {
            ontology.feature(member.as_str()).is_some_and(|feature| feature.property(name).is_some())
        }
        _ => false,
    };
    let mut members = ontology.feature(choice.as_str())?.properties();
    members.any(|member| has_it(&member.value_type)).then_some(rest)
}

/// The path as far as it leads through properties: names below labels and members that are always there fall away. None
/// where a step leads nowhere.
pub(crate) fn cut(ontology: &Ontology, kind: &str, path: &[Step]) -> Option<Vec<Step>> {
    let mut definition = ontology.resource_type(kind)?;
    let mut kept = Vec::new();
    let mut steps = path.iter().peekable();
    while let Some(step) = steps.next() {
        let Step::Field(name) = step else { return Some(kept) }; // a computed name: the feature as a whole
        if kept.is_empty() && ALWAYS.contains(&name.as_str()) {
            return Some(kept);
        }
        let property = definition.property(name)?;
        kept.push(step.clone());
        while let Some(Step::Each) = steps.peek() {
            if let Some(rest) = through_choice(ontology, &property.value_type, steps.clone()) {
                kept.extend(rest);
                return Some(kept);
            }
            if !matches!(property.value_type, PropertyType::List(_)) {
                return Some(kept); // members of labels or of a feature, by computed name
            }
            kept.push(Step::Each);
            steps.next();
        }
        match property.value_type.element() {
            PropertyType::Feature(feature) => definition = ontology.feature(feature.as_str())?,
            PropertyType::Labels => return Some(kept),
            _ if steps.peek().is_some() => return None,
            _ => {}
        }
    }
    Some(kept)
}
