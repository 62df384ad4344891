use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_evidence::{EvidenceWriter, Ontology, Resource, TypeName};
use serde_json::{Map, Value};

use super::cluster::Cluster;
use super::object::Object;

/// Properties in the words of the ontology.
#[derive(Debug, Default)]
pub(super) struct Properties(Map<String, Value>);

impl Properties {
    /// A property with its value.
    pub(super) fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// A property that was looked for: null where it is absent.
    pub(super) fn put_or_null(&mut self, name: &str, value: Option<impl Into<Value>>) {
        self.put(name, value.map_or(Value::Null, Into::into));
    }

    /// A property that is left out where the input does not tell it.
    pub(super) fn put_if_known(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }
}

impl From<Properties> for Value {
    fn from(properties: Properties) -> Self {
        Self::Object(properties.0)
    }
}

/// A resource on its way into the evidence set.
#[derive(Debug)]
pub(super) struct Draft {
    resource_type: &'static str,
    id: String,
    name: String,
    pub(super) properties: Properties,
    related: BTreeSet<String>,
}

impl Draft {
    /// A resource without properties.
    pub(super) fn new(resource_type: &'static str, id: String, name: &str) -> Self {
        let properties = Properties::default();
        Self { resource_type, id, name: name.to_owned(), properties, related: BTreeSet::new() }
    }

    /// The resource that an object describes, with what every object has:
    /// labels, time of creation, namespace.
    pub(super) fn of(resource_type: &'static str, cluster: &Cluster, object: &Object) -> Self {
        let mut draft = Self::new(resource_type, cluster.id_of(object), &object.name);
        let metadata = object.root().get("metadata");
        let labels: Map<String, Value> = metadata
            .get("labels")
            .members()
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value.text()?.into())))
            .collect();
        draft.properties.put("labels", labels);
        draft.properties.put_if_known("creationTime", metadata.get("creationTimestamp").filled());
        if let Some(namespace) = cluster.namespace_id(object) {
            draft.properties.put("parentId", namespace.as_str());
            draft.relate(namespace);
        }
        draft
    }

    /// The id.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Names another resource that checks may need to look at.
    pub(super) fn relate(&mut self, id: impl Into<String>) {
        self.related.insert(id.into());
    }

    /// A property of resource ids, which become related.
    pub(super) fn put_ids(&mut self, name: &str, ids: Vec<String>) {
        self.related.extend(ids.iter().cloned());
        self.properties.put(name, ids);
    }

    /// A property of one resource id, which becomes related; null for none.
    pub(super) fn put_id(&mut self, name: &str, id: Option<String>) {
        self.related.extend(id.clone());
        self.properties.put_or_null(name, id);
    }
}

/// Where finished resources go.
pub(super) struct Output<'a> {
    pub(super) ontology: &'a Ontology,
    pub(super) writer: &'a mut EvidenceWriter,
    pub(super) collected: Timestamp,
    pub(super) scope: &'a str,
    pub(super) resources: usize,
}

impl Output<'_> {
    /// Writes a resource.
    pub(super) fn write(&mut self, draft: Draft) {
        let names = self.ontology.type_names(draft.resource_type).unwrap_or_default();
        let resource_type = names.first().cloned().unwrap_or_else(|| TypeName::from(draft.resource_type));
        let new = self.writer.resource(&Resource {
            id: draft.id,
            name: draft.name,
            resource_type,
            properties: draft.properties.0,
            collected: self.collected,
            scope: self.scope.to_owned(),
            related: draft.related.into_iter().collect(),
        });
        self.resources += usize::from(new);
    }
}
