//! Which of the properties that a check reads were not collected.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use probity_evidence::{Ontology, Resource, TypeName};
use serde_json::{Map, Value};

use crate::compile::cut;
use crate::engine::{Input, View, Words};
use crate::rego::{Read, Root, Step};

/// A resource that others refer to.
#[derive(Debug, Clone)]
pub(crate) struct Related {
    /// As evidence has it.
    pub(crate) resource: Resource,
    /// As Rego sees it.
    pub(crate) input: Input,
}

impl Related {
    pub(crate) fn new(resource: Resource, ontology: &Ontology, words: &mut Words) -> Self {
        let names = ontology.type_names(resource.resource_type.as_str()).unwrap_or_default();
        let input = View::alone(&resource, names).whole(words).clone();
        Self { resource, input }
    }
}

/// A resource that others refer to, kept in little memory: there may be as many as lines.
#[derive(Debug)]
pub(crate) struct Kept {
    name: Box<str>,
    resource_type: TypeName,
    /// Its properties as JSON.
    properties: Box<[u8]>,
    related: Box<[String]>,
    collected: Timestamp,
}

impl Kept {
    /// Keeps the properties of a resource that are `wanted`, all where no names are given.
    pub(crate) fn new(mut resource: Resource, wanted: Option<&BTreeSet<String>>) -> Self {
        resource.properties.retain(|name, _| wanted.is_none_or(|names| names.contains(name)));
        Self {
            name: resource.name.into(),
            resource_type: resource.resource_type,
            properties: serde_json::to_vec(&resource.properties).unwrap_or_default().into(),
            related: resource.related.into(),
            collected: resource.collected,
        }
    }

    /// The resource again.
    pub(crate) fn restored(&self, id: &str) -> Resource {
        Resource {
            id: id.to_owned(),
            name: self.name.to_string(),
            resource_type: self.resource_type.clone(),
            properties: serde_json::from_slice(&self.properties).unwrap_or_default(),
            collected: self.collected,
            scope: String::new(),
            related: self.related.to_vec(),
        }
    }
}

/// Resources that others refer to, by id.
pub(crate) type RelatedResources = BTreeMap<String, Related>;

/// What was not collected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Missing {
    /// The properties, as paths; `related[id]` for a resource that is in no evidence set.
    pub(crate) paths: Vec<String>,
    /// Whether one of them is read negatively.
    pub(crate) negative: bool,
}

impl Missing {
    /// Whether everything was collected.
    pub(crate) fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    fn add(&mut self, path: String, negative: bool) {
        self.negative |= negative;
        if !self.paths.contains(&path) {
            self.paths.push(path);
        }
    }
}

/// Looks up `reads` in a resource.
pub(crate) fn missing(
    ontology: &Ontology,
    resource: &Resource,
    related: &RelatedResources,
    reads: &[Read],
) -> Missing {
    let mut missing = Missing::default();
    for read in reads {
        match &read.root {
            Root::Own => {
                if !is_collected(&resource.properties, &read.path) {
                    missing.add(read.written(), read.negative);
                }
            }
            Root::Related(by) => {
                for id in ids(resource, by.as_deref()) {
                    look_up_related(ontology, related, &id, read, &mut missing);
                }
            }
        }
    }
    drop_prefixes(&mut missing.paths);
    missing
}

fn look_up_related(
    ontology: &Ontology,
    related: &RelatedResources,
    id: &str,
    read: &Read,
    missing: &mut Missing,
) {
    let Some(other) = related.get(id) else {
        missing.add(format!("related[{id}]"), read.negative);
        return;
    };
    let kind = other.resource.resource_type.as_str();
    if let Some(path) =
        cut(ontology, kind, &read.path).filter(|path| !is_collected(&other.resource.properties, path))
    {
        let path = Read { root: Root::Own, path, negative: read.negative };
        missing.add(format!("related[{id}].{}", path.written()), read.negative);
    }
}

/// Ids of the related resources that a rule looks at: those at a reference property, or all.
pub(crate) fn ids(resource: &Resource, by: Option<&[Step]>) -> Vec<String> {
    match by {
        None => resource.related.clone(),
        Some(path) => {
            let mut ids = Vec::new();
            texts_at(&resource.properties, path, &mut ids);
            ids
        }
    }
}

fn texts_at(members: &Map<String, Value>, path: &[Step], out: &mut Vec<String>) {
    let Some((Step::Field(name), rest)) = path.split_first() else { return };
    if let Some(value) = members.get(name) {
        texts_in(value, rest, out);
    }
}

fn texts_in(value: &Value, path: &[Step], out: &mut Vec<String>) {
    match (value, path.split_first()) {
        (Value::String(text), _) => out.push(text.clone()),
        (Value::Array(items), Some((Step::Each, rest))) => {
            items.iter().for_each(|item| texts_in(item, rest, out));
        }
        (Value::Array(items), None) => items.iter().for_each(|item| texts_in(item, &[], out)),
        (Value::Object(members), Some((Step::Field(_), _))) => texts_at(members, path, out),
        _ => {}
    }
}

/// Whether the value at `path` was looked for: it is there, or an object on the way is `null`.
fn is_collected(members: &Map<String, Value>, path: &[Step]) -> bool {
    let Some((Step::Field(name), rest)) = path.split_first() else { return true };
    members.get(name).is_some_and(|value| is_collected_in(value, rest))
}

fn is_collected_in(value: &Value, path: &[Step]) -> bool {
    match (value, path.split_first()) {
        (Value::Array(items), Some((Step::Each, rest))) => {
            items.iter().all(|item| is_collected_in(item, rest))
        }
        (Value::Object(members), Some((Step::Field(_), _))) => is_collected(members, path),
        (Value::Object(members), Some((Step::Each, rest))) => {
            members.values().all(|member| is_collected_in(member, rest))
        }
        _ => true,
    }
}

/// Leaves out paths that a longer one says more exactly.
fn drop_prefixes(paths: &mut Vec<String>) {
    let all = paths.clone();
    let continues = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.starts_with('.') || rest.starts_with('['))
    };
    paths.retain(|path| !all.iter().any(|other| continues(other, path)));
}
