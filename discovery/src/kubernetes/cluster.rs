use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{Diagnostic, Diagnostics};

use super::access::Grants;
use super::kind::Kind;
use super::object::Object;
use crate::codes;

/// Kind, namespace and name of an object.
pub(super) type Key = (Kind, String, String);

/// All objects of the input, by kind, namespace and name.
pub(super) struct Cluster {
    scope: String,
    objects: BTreeMap<Key, Object>,
    running: bool,
    /// Kinds of which objects may be missing: everywhere, or in a namespace.
    unknown: BTreeSet<(Kind, Option<String>)>,
    /// What bindings grant, once that was asked for.
    grants: OnceCell<Grants>,
}

impl Cluster {
    /// The cluster that these objects make when they are applied in their
    /// order.
    pub(super) fn new(scope: &str, objects: Vec<Object>, findings: &mut Diagnostics) -> Self {
        let mut cluster = Self::empty(scope, false);
        for object in objects {
            let key = (object.kind, object.namespace.clone(), object.name.clone());
            let here = object.location();
            if let Some(earlier) = cluster.objects.insert(key, object) {
                let message = format!("{} `{}` stands twice", earlier.kind.name(), earlier.name);
                let finding = Diagnostic::warning(&codes::DUPLICATE_OBJECT, message);
                findings.push(match (here, earlier.location()) {
                    (Some(here), Some(first)) => {
                        finding.at(here).label("this one counts").also(first, "it stands here first")
                    }
                    _ => finding,
                });
            }
        }
        cluster
    }

    /// A cluster that runs, as its interface told it; of the kinds in
    /// `unknown` objects may be missing.
    pub(super) fn running(
        scope: &str,
        objects: Vec<Object>,
        unknown: impl IntoIterator<Item = Kind>,
    ) -> Self {
        let mut cluster = Self::empty(scope, true);
        cluster.unknown.extend(unknown.into_iter().map(|kind| (kind, None)));
        let keyed = |object: Object| ((object.kind, object.namespace.clone(), object.name.clone()), object);
        cluster.objects.extend(objects.into_iter().map(keyed));
        cluster
    }

    fn empty(scope: &str, running: bool) -> Self {
        let (objects, unknown, grants) = Default::default();
        Self { scope: scope.to_owned(), objects, running, unknown, grants }
    }

    /// Whether this is a cluster that runs: its objects are as admission left
    /// them, and everything that controllers make of others is there.
    pub(super) fn is_running(&self) -> bool {
        self.running
    }

    /// Whether all objects of a kind in a namespace are here.
    pub(super) fn knows(&self, kind: Kind, namespace: &str) -> bool {
        !self.unknown.contains(&(kind, None)) && !self.unknown.contains(&(kind, Some(namespace.to_owned())))
    }

    /// Whether all objects of a kind are here.
    pub(super) fn knows_all(&self, kind: Kind) -> bool {
        self.unknown.iter().all(|(missing, _)| *missing != kind)
    }

    /// What bindings grant to accounts.
    pub(super) fn grants(&self) -> &Grants {
        self.grants.get_or_init(|| Grants::of(self))
    }

    /// Takes out the objects that hold a value which the Kubernetes interface
    /// would refuse; yields their kinds, namespaces and names.
    pub(super) fn remove_refused(&mut self) -> Vec<Key> {
        let refused = |(key, object): (&Key, &Object)| object.refused.get().then(|| key.clone());
        let keys: Vec<_> = self.objects.iter().filter_map(refused).collect();
        self.grants.take();
        for key in &keys {
            self.objects.remove(key);
            self.unknown.insert((key.0, Some(key.1.clone())));
        }
        keys
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
}
