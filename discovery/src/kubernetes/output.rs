use super::cluster::Cluster;
use super::controller::{self, Maker};
use super::object::Object;
use crate::draft::Draft;

/// The resource that an object describes, with what every object has: labels,
/// time of creation, and what holds it: the workload that made it, else its
/// namespace.
pub(super) fn draft(resource_type: &'static str, cluster: &Cluster, object: &Object) -> Draft {
    let mut draft = Draft::new(resource_type, cluster.id_of(object), &object.name);
    let metadata = object.root().get("metadata");
    let labels = metadata.get("labels").members();
    draft.put_labels(labels.into_iter().filter_map(|(key, value)| Some((key, value.text()?))));
    draft.properties.put_if_known("creationTime", metadata.get("creationTimestamp").filled());
    if let Some(namespace) = cluster.namespace_id(object) {
        match controller::maker(cluster, object) {
            Maker::None => draft.properties.put("parentId", namespace.as_str()),
            Maker::Workload(id) => draft.put_id("parentId", Some(id)),
            Maker::Unknown => {}
        }
        draft.relate(namespace);
    }
    draft
}

/// Where finished resources go.
#[derive(Default)]
pub(super) struct Output(Vec<Draft>);

impl Output {
    /// Writes a resource.
    pub(super) fn write(&mut self, draft: Draft) {
        self.0.push(draft);
    }

    /// What was written since this was last asked.
    pub(super) fn take(&mut self) -> Vec<Draft> {
        std::mem::take(&mut self.0)
    }
}
