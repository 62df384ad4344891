use std::collections::BTreeMap;

use probity_diagnostics::{Diagnostic, Diagnostics};

use super::kind::Kind;
use super::object::Object;
use crate::codes;

/// All objects of the input, by kind, namespace and name.
pub(super) struct Cluster {
    scope: String,
    objects: BTreeMap<(Kind, String, String), Object>,
}

impl Cluster {
    /// The cluster that these objects make when they are applied in their
    /// order.
    pub(super) fn new(scope: &str, objects: Vec<Object>, findings: &mut Diagnostics) -> Self {
        let mut cluster = Self { scope: scope.to_owned(), objects: BTreeMap::new() };
        for object in objects {
            let key = (object.kind, object.namespace.clone(), object.name.clone());
            let here = object.location();
            if let Some(earlier) = cluster.objects.insert(key, object) {
                let message = format!("{} `{}` stands twice", earlier.kind.name(), earlier.name);
                findings.push(
                    Diagnostic::warning(&codes::DUPLICATE_OBJECT, message)
                        .at(here)
                        .label("this one counts")
                        .also(earlier.location(), "it stands here first"),
                );
            }
        }
        cluster
    }

    /// All objects, by kind, namespace and name.
    pub(super) fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.values()
    }

    /// The objects of a kind.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Object> {
        let rest = self.objects.range((kind, String::new(), String::new())..);
        rest.map(|(_, object)| object).take_while(move |object| object.kind == kind)
    }

    /// The objects of a kind in a namespace.
    pub(super) fn within<'a>(&'a self, kind: Kind, namespace: &'a str) -> impl Iterator<Item = &'a Object> {
        let rest = self.objects.range((kind, namespace.to_owned(), String::new())..);
        let objects = rest.map(|(_, object)| object);
        objects.take_while(move |object| object.kind == kind && object.namespace == namespace)
    }

    /// One object.
    pub(super) fn find(&self, kind: Kind, namespace: &str, name: &str) -> Option<&Object> {
        self.objects.get(&(kind, namespace.to_owned(), name.to_owned()))
    }

    /// The id of an object, whether it is among the input or not. An object
    /// outside namespaces has `-` in the place of one.
    pub(super) fn id(&self, kind: Kind, namespace: &str, name: &str) -> String {
        let namespace = if namespace.is_empty() { "-" } else { namespace };
        format!("k8s:{}/{namespace}/{}/{name}", self.scope, kind.name())
    }

    /// The id of an object.
    pub(super) fn id_of(&self, object: &Object) -> String {
        self.id(object.kind, &object.namespace, &object.name)
    }

    /// The id of the namespace of an object.
    pub(super) fn namespace_id(&self, object: &Object) -> Option<String> {
        (!object.namespace.is_empty()).then(|| self.id(Kind::Namespace, "", &object.namespace))
    }

    /// The scope that all ids begin with.
    pub(super) fn scope(&self) -> &str {
        &self.scope
    }
}
