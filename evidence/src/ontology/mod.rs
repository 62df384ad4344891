//! The vocabulary of evidence: resource types with their ancestors, and
//! security features with typed properties.

mod parse;
mod property_type;

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{FileTree, Step, TreePath, nearest};
use serde::Serialize;

pub use property_type::{NotationError, PropertyType};

/// The name of a resource type or feature: `VirtualMachine`, or with the prefix of the vocabulary that it is a word of,
/// `clouditor:VirtualMachine`. Clones share the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TypeName(Arc<str>);

impl TypeName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The prefix of the vocabulary that it is a word of; none for our own.
    pub fn prefix(&self) -> Option<&str> {
        self.0.split_once(':').map(|(prefix, _)| prefix)
    }

    /// The name without prefix, as Rego sees it.
    pub fn bare(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(_, name)| name)
    }
}

impl From<&str> for TypeName {
    fn from(name: &str) -> Self {
        Self(Arc::from(name))
    }
}

impl Borrow<str> for TypeName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for TypeName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for TypeName {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for TypeName {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl fmt::Display for TypeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A property of a resource type or feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub value_type: PropertyType,
    /// What it says, in one sentence.
    pub description: String,
    /// The type or feature that declares it.
    pub declared_by: TypeName,
}

/// The form that resource types and features share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its own name first, then its ancestors from parent to root.
    lineage: Vec<TypeName>,
    is_abstract: bool,
    description: String,
    properties: BTreeMap<String, Arc<Property>>,
}

/// A type of resource.
pub type ResourceType = Definition;

/// A security feature.
pub type Feature = Definition;

impl Definition {
    /// Its own name and those of its ancestors, from parent to root.
    pub fn lineage(&self) -> &[TypeName] {
        &self.lineage
    }

    /// Whether it only gathers what its descendants share.
    pub fn is_abstract(&self) -> bool {
        self.is_abstract
    }

    /// What it is, in one sentence.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The property of this name, inherited ones included.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.get(name).map(|p| &**p)
    }

    /// All properties sorted by name, inherited ones included.
    pub fn properties(&self) -> impl Iterator<Item = &Property> {
        self.properties.values().map(|p| &**p)
    }

    /// The property name nearest to `given`, if one is near.
    pub fn nearest_property(&self, given: &str) -> Option<&str> {
        nearest(given, self.properties.keys().map(String::as_str))
    }

    fn is_a(&self, ancestor: &str) -> bool {
        self.lineage.iter().any(|name| name == ancestor)
    }
}

/// The whole vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ontology {
    uri: String,
    version: String,
    types: BTreeMap<TypeName, ResourceType>,
    features: BTreeMap<TypeName, Feature>,
    label: Property,
    /// URIs of the vocabularies that stand beside it.
    beside: Vec<String>,
}

impl Ontology {
    /// Reads the ontology in file `path` (YAML, or JSON by its extension).
    ///
    /// # Errors
    /// The file cannot be read, is not an ontology, or a type in it has an
    /// unknown parent, is its own ancestor, or has a property of unknown type.
    pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Self> {
        let format = Format::of(path).unwrap_or(Format::Yaml);
        let document = document::read(tree, path, format)?;
        parse::parse(&document.value, path)
    }

    /// Puts another vocabulary beside this one; the prefix of its names keeps them apart.
    #[must_use]
    pub fn beside(mut self, other: Self) -> Self {
        self.beside.push(other.uri);
        self.beside.extend(other.beside);
        self.types.extend(other.types);
        self.features.extend(other.features);
        self
    }

    /// The URI that evidence names it by.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Whether evidence that names `uri` is written in words of it.
    pub fn is_named(&self, uri: &str) -> bool {
        self.uri == uri || self.beside.iter().any(|other| other == uri)
    }

    /// Its version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The resource type of this name.
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        self.types.get(name)
    }

    /// All resource types, sorted by name.
    pub fn resource_types(&self) -> impl Iterator<Item = (&TypeName, &ResourceType)> {
        self.types.iter()
    }

    /// The feature of this name.
    pub fn feature(&self, name: &str) -> Option<&Feature> {
        self.features.get(name)
    }

    /// All features, sorted by name.
    pub fn features(&self) -> impl Iterator<Item = (&TypeName, &Feature)> {
        self.features.iter()
    }

    /// The value of `type` in the input of a check: the type's own name, then
    /// its ancestors from parent to root.
    pub fn type_names(&self, name: &str) -> Option<&[TypeName]> {
        self.types.get(name).map(Definition::lineage)
    }

    /// Whether `name` is the resource type `ancestor` or one of its
    /// descendants.
    pub fn is_a(&self, name: &str, ancestor: &str) -> bool {
        self.types.get(name).is_some_and(|t| t.is_a(ancestor))
    }

    /// The resource type `name` and all its descendants, abstract ones
    /// included, sorted by name.
    pub fn descendants<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a TypeName> {
        self.types.iter().filter(move |(_, t)| t.is_a(name)).map(|(name, _)| name)
    }

    /// The property that `path` (such as `automaticUpdates.enabled`) leads to
    /// from a resource type. A step into a list goes to its elements, with or
    /// without `[]` or an index in brackets; a step into labels leads to the
    /// text of one label. References are not followed.
    pub fn property(&self, resource_type: &str, path: &str) -> Option<&Property> {
        let mut steps = path.split('.').map(without_index);
        let mut property = self.types.get(resource_type)?.property(steps.next()?)?;
        for step in steps {
            property = match property.value_type.element() {
                PropertyType::Feature(name) => self.features.get(name)?.property(step)?,
                PropertyType::Labels => &self.label,
                _ => return None,
            };
        }
        Some(property)
    }

    /// The resource type nearest to a name that is none, if one is near.
    pub fn nearest_type(&self, given: &str) -> Option<&str> {
        nearest(given, self.types.keys().map(TypeName::as_str))
    }

    /// The path nearest to one that leads nowhere, if one is near: its first
    /// wrong step is replaced, and the path must exist then.
    pub fn nearest_property(&self, resource_type: &str, path: &str) -> Option<String> {
        let mut definition = self.types.get(resource_type)?;
        let mut mended: Vec<&str> = Vec::new();
        for step in path.split('.') {
            let name = without_index(step);
            let name = match definition.property(name) {
                Some(_) => name,
                None => definition.nearest_property(name)?,
            };
            mended.push(name);
            match definition.property(name)?.value_type.element() {
                PropertyType::Feature(feature) => definition = self.features.get(feature)?,
                _ => break,
            }
        }
        Some(mended.join("."))
    }
}

/// A step of a path without the brackets of an index.
fn without_index(step: &str) -> &str {
    match step.split_once('[') {
        Some((name, _)) => name,
        None => step,
    }
}
