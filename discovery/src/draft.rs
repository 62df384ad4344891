use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_diagnostics::secrecy::{REDACTED_CREDENTIAL, is_suspect};
use probity_evidence::{Ontology, Resource, TypeName};
use serde_json::{Map, Value};

/// Properties in the words of the ontology.
#[derive(Debug, Clone, Default)]
pub(crate) struct Properties(Map<String, Value>);

impl Properties {
    /// A property with its value.
    pub(crate) fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// A property that was looked for: null where it is absent.
    pub(crate) fn put_or_null(&mut self, name: &str, value: Option<impl Into<Value>>) {
        self.put(name, value.map_or(Value::Null, Into::into));
    }

    /// A property that is left out where the input does not tell it.
    pub(crate) fn put_if_known(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }
}

impl Properties {
    /// The same as a JSON value.
    pub(crate) fn to_value(&self) -> Value {
        Value::Object(self.0.clone())
    }
}

impl From<Properties> for Value {
    fn from(properties: Properties) -> Self {
        Self::Object(properties.0)
    }
}

/// A resource on its way into the evidence set.
#[derive(Debug)]
pub(crate) struct Draft {
    resource_type: &'static str,
    id: String,
    name: String,
    pub(crate) properties: Properties,
    related: BTreeSet<String>,
}

impl Draft {
    /// A resource without properties.
    pub(crate) fn new(resource_type: &'static str, id: String, name: &str) -> Self {
        let properties = Properties::default();
        Self { resource_type, id, name: name.to_owned(), properties, related: BTreeSet::new() }
    }

    /// The labels or tags that its owner set. A value that is probably a
    /// credential is not written.
    pub(crate) fn put_labels<K: Into<String>, V: AsRef<str>>(
        &mut self,
        labels: impl IntoIterator<Item = (K, V)>,
    ) {
        let entry = |(key, value): (K, V)| {
            let (key, text) = (key.into(), value.as_ref());
            let safe = if is_suspect(&key, text) { REDACTED_CREDENTIAL } else { text };
            (key, safe.into())
        };
        self.properties.put("labels", labels.into_iter().map(entry).collect::<Map<String, Value>>());
    }

    /// The id.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Names another resource that checks may need to look at.
    pub(crate) fn relate(&mut self, id: impl Into<String>) {
        self.related.insert(id.into());
    }

    /// A property of resource ids, which become related.
    pub(crate) fn put_ids(&mut self, name: &str, ids: Vec<String>) {
        self.related.extend(ids.iter().cloned());
        self.properties.put(name, ids);
    }

    /// A property of one resource id, which becomes related; null for none.
    pub(crate) fn put_id(&mut self, name: &str, id: Option<String>) {
        self.related.extend(id.clone());
        self.properties.put_or_null(name, id);
    }

    /// The finished resource, observed at `collected` in `scope`.
    pub(crate) fn into_resource(self, ontology: &Ontology, collected: Timestamp, scope: &str) -> Resource {
        let names = ontology.type_names(self.resource_type).unwrap_or_default();
        Resource {
            id: self.id,
            name: self.name,
            resource_type: names.first().cloned().unwrap_or_else(|| TypeName::from(self.resource_type)),
            properties: self.properties.0,
            collected,
            scope: scope.to_owned(),
            related: self.related.into_iter().collect(),
        }
    }
}
