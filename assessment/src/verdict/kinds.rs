//! What there is to know of each resource type before evidence is read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use probity_evidence::{Definition, Ontology, PropertyType, Resource, TypeName};

use super::missing::ids;
use crate::compile::Check;
use crate::rego::{Root, Step};

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
    /// Whether one of them asks what time it is.
    pub(crate) asks_time: bool,
    wanted: Option<BTreeSet<String>>,
    /// Paths of properties that refer to other resources.
    references: Vec<Vec<Step>>,
}

/// What checks read of the resources that others refer to: names of properties; none for all.
pub(crate) fn wanted_of_related(checks: &[Check]) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for read in checks.iter().flat_map(|check| check.reads.values()).flat_map(|reads| reads.all()) {
        match (&read.root, read.path.first()) {
            (Root::Own, _) => {}
            (Root::Related(_), Some(Step::Field(name))) => names.extend([name.clone()]),
            (Root::Related(_), _) => return None,
        }
    }
    Some(names)
}

impl Kind {
    /// The type with these of its checks only.
    pub(crate) fn only(&self, checks: &[usize]) -> Self {
        Self { checks: checks.to_vec(), ..self.clone() }
    }

    /// Names of the properties that its checks read; none for all.
    pub(crate) fn wanted(&self) -> Option<&BTreeSet<String>> {
        self.wanted.as_ref()
    }

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
    let asks_time = applicable.iter().filter_map(|index| checks.get(*index)).any(|check| check.asks_time);
    let wanted = wanted(name, applicable.iter().filter_map(|index| checks.get(*index)));
    let mut references = Vec::new();
    if let Some(definition) = ontology.resource_type(name) {
        find_references(ontology, definition, &mut Vec::new(), &mut references);
    }
    Kind { name: Arc::from(name), checks: applicable, needs_related, asks_time, wanted, references }
}

/// The properties that checks read of a type; none where one is read by a computed name.
fn wanted<'a>(kind: &str, checks: impl Iterator<Item = &'a Check>) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for check in checks {
        for read in check.reads.get(kind)?.all() {
            let path = match &read.root {
                Root::Own => &read.path,
                Root::Related(Some(by)) => by,
                Root::Related(None) => continue,
            };
            let Some(Step::Field(name)) = path.first() else { return None };
            names.insert(name.clone());
        }
    }
    Some(names)
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
