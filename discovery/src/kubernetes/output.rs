use jiff::Timestamp;
use probity_evidence::{EvidenceWriter, Ontology};

use super::cluster::Cluster;
use super::object::Object;
use crate::draft::Draft;

/// The resource that an object describes, with what every object has: labels,
/// time of creation, namespace.
pub(super) fn draft(resource_type: &'static str, cluster: &Cluster, object: &Object) -> Draft {
    let mut draft = Draft::new(resource_type, cluster.id_of(object), &object.name);
    let metadata = object.root().get("metadata");
    let labels = metadata.get("labels").members();
    draft.put_labels(labels.into_iter().filter_map(|(key, value)| Some((key, value.text()?))));
    draft.properties.put_if_known("creationTime", metadata.get("creationTimestamp").filled());
    if let Some(namespace) = cluster.namespace_id(object) {
        draft.properties.put("parentId", namespace.as_str());
        draft.relate(namespace);
    }
    draft
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
        let new = self.writer.resource(&draft.into_resource(self.ontology, self.collected, self.scope));
        self.resources += usize::from(new);
    }
}
