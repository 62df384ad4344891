//! What there is to know of each resource type before evidence is read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use probity_evidence::{Definition, Ontology, PropertyType, Resource, TypeName};

use super::missing::ids;
use crate::compile::Check;
use crate::rego::Step;

/// Steps after which features in features are not followed any more.
const MAX_DEPTH: usize = 6;

/// A resource type of the assessment.
#[derive(Debug, Clone)]
pub(crate) struct Kind {
    /// Its name, shared by all subjects.
    pub(crate) name: Arc<str>,
    /// Checks that apply to it, by index.
    pub(crate) checks: Vec<usize>,
    /// Whether one of them looks at related resources.
    pub(crate) needs_related: bool,
    /// Paths of properties that refer to other resources.
    references: Vec<Vec<Step>>,
}

impl Kind {
    /// Ids that a resource of this type refers to: `related` and its reference properties.
    pub(crate) fn refers_to(&self, resource: &Resource) -> BTreeSet<String> {
        let by_property = self.references.iter().flat_map(|path| ids(resource, Some(path)));
        resource.related.iter().cloned().chain(by_property).collect()
    }
}

/// The concrete types of the ontology.
pub(crate) fn kinds(ontology: &Ontology, checks: &[Check]) -> BTreeMap<TypeName, Kind> {
    let concrete = ontology.resource_types().filter(|(_, definition)| !definition.is_abstract());
    concrete.map(|(name, _)| (name.clone(), kind(ontology, name.as_str(), checks))).collect()
}

fn kind(ontology: &Ontology, name: &str, checks: &[Check]) -> Kind {
    let applicable: Vec<usize> = checks
        .iter()
        .enumerate()
        .filter(|(_, check)| check.types.contains(name))
        .map(|(index, _)| index)
        .collect();
    let needs_related =
        applicable.iter().filter_map(|index| checks.get(*index)).any(|check| check.reads_related(name));
    let mut references = Vec::new();
    if let Some(definition) = ontology.resource_type(name) {
        find_references(ontology, definition, &mut Vec::new(), &mut references);
    }
    Kind { name: Arc::from(name), checks: applicable, needs_related, references }
}

fn find_references(ontology: &Ontology, owner: &Definition, path: &mut Vec<Step>, out: &mut Vec<Vec<Step>>) {
    for property in owner.properties() {
        let before = path.len();
        path.push(Step::Field(property.name.clone()));
        if matches!(property.value_type, PropertyType::List(_)) {
            path.push(Step::Each);
        }
        match property.value_type.element() {
            PropertyType::Reference(_) => out.push(path.clone()),
            PropertyType::Feature(feature) if before < MAX_DEPTH => {
                let inner = ontology.feature(feature.as_str());
                inner.into_iter().for_each(|inner| find_references(ontology, inner, path, out));
            }
            _ => {}
        }
        path.truncate(before);
    }
}
