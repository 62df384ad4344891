//! Who made an object: in a running cluster, controllers make workloads of
//! workloads.

use super::cluster::Cluster;
use super::kind::Kind;
use super::node::Node;
use super::object::Object;
use super::pod::WORKLOADS;

/// What made an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Maker {
    /// No workload.
    None,
    /// The workload of this id: the one that people know, where several made
    /// each other.
    Workload(String),
    /// A workload whose own maker is not known.
    Unknown,
}

/// What made an object.
pub(super) fn maker(cluster: &Cluster, object: &Object) -> Maker {
    let Some((kind, name)) = controller(object) else { return Maker::None };
    match cluster.find(kind, &object.namespace, name) {
        Some(found) if is_present(cluster, found) => Maker::Workload(cluster.id_of(found)),
        Some(found) => match maker(cluster, found) {
            Maker::None => Maker::Workload(cluster.id_of(found)),
            known => known,
        },
        // mostly made by others themselves
        None if matches!(kind, Kind::ReplicaSet | Kind::Job) => Maker::Unknown,
        None => Maker::Workload(cluster.id(kind, &object.namespace, name)),
    }
}

/// Whether a workload stands for itself. One that another workload made
/// repeats what its maker says; a pod that has ended, and an earlier version
/// that keeps no pods, are history.
pub(super) fn is_present(cluster: &Cluster, object: &Object) -> bool {
    if object.kind == Kind::Pod {
        let phase = object.root().path(&["status", "phase"]);
        return !matches!(phase.text(), Some("Succeeded" | "Failed"));
    }
    let made = controller(object).and_then(|(kind, name)| cluster.find(kind, &object.namespace, name));
    let replicas = object.root().path(&["spec", "replicas"]);
    let is_history = || reference(object).is_some() && replicas.exists() && replicas.whole() == Some(0);
    made.is_none() && !is_history()
}

/// Kind and name of the workload that keeps an object as it is.
fn controller(object: &Object) -> Option<(Kind, &str)> {
    let owner = reference(object)?;
    let kind = Kind::of(owner.get("apiVersion").text()?, owner.get("kind").text()?)?;
    Some((kind, owner.get("name").filled()?)).filter(|_| WORKLOADS.contains(&kind))
}

/// The reference to the controller of an object.
fn reference(object: &Object) -> Option<Node<'_>> {
    let owners = object.root().path(&["metadata", "ownerReferences"]).items();
    owners.into_iter().find(|owner| owner.get("controller").flag() == Some(true))
}
