use serde_json::{Value, json};

use super::cluster::Cluster;
use super::container;
use super::kind::Kind;
use super::object::Object;
use super::output::{self, Output};
use super::pod::Pod;

/// Writes a workload with its containers.
pub(super) fn collect(cluster: &Cluster, object: &Object, output: &mut Output) {
    let Some(pod) = Pod::of(object) else { return };
    if !pod.spec.exists() {
        pod.spec.refuse("a pod specification");
        return;
    }
    let mut draft = output::draft("Workload", cluster, object);
    let account = cluster.id(Kind::ServiceAccount, &object.namespace, pod.account());
    let policies = pod.selected_by(cluster, Kind::NetworkPolicy, &["spec", "podSelector"]);
    let policies = policies.map(|policy| cluster.id_of(policy)).collect();
    let budgeted =
        pod.selected_by(cluster, Kind::PodDisruptionBudget, &["spec", "selector"]).next().is_some();
    let replicas = replicas(cluster, object);
    let knows = |kind: Kind| cluster.knows(kind, &object.namespace);
    draft.properties.put("workloadKind", object.kind.name());
    if let Some(replicas) = replicas {
        draft.properties.put_or_null("replicas", replicas);
    }
    draft.put_ids("containerIds", container::collect(cluster, &pod, output));
    draft.put_id("serviceAccountId", Some(account.clone()));
    draft.put_ids("identityIds", vec![account]);
    if knows(Kind::NetworkPolicy) {
        draft.put_ids("networkPolicyIds", policies);
    }
    if budgeted || knows(Kind::PodDisruptionBudget) {
        draft.properties.put("disruptionBudget", budgeted);
    }
    draft.properties.put_if_known("redundancy", replicas.flatten().map(|copies| redundancy(&pod, copies)));
    for claim in claims(&pod) {
        draft.relate(cluster.id(Kind::PersistentVolumeClaim, &object.namespace, claim));
    }
    output.write(draft);
}

/// How many equal instances are asked for: the least number of an autoscaler,
/// else that of the object, else 1; null for kinds without such a number, and
/// not known where autoscalers could not be read.
#[expect(clippy::option_option, reason = "null and not known differ")]
fn replicas(cluster: &Cluster, object: &Object) -> Option<Option<i64>> {
    use Kind::{Deployment, ReplicaSet, ReplicationController, StatefulSet};
    if !matches!(object.kind, Deployment | StatefulSet | ReplicaSet | ReplicationController) {
        return Some(None);
    }
    let mut scalers = cluster.within(Kind::HorizontalPodAutoscaler, &object.namespace);
    let scaler = scalers.find(|scaler| {
        let target = scaler.root().path(&["spec", "scaleTargetRef"]);
        target.get("kind").text() == Some(object.kind.name())
            && target.get("name").text() == Some(&object.name)
    });
    if scaler.is_none() && !cluster.knows(Kind::HorizontalPodAutoscaler, &object.namespace) {
        return None;
    }
    let spec = scaler.unwrap_or(object).root().get("spec");
    let number = spec.get(if scaler.is_some() { "minReplicas" } else { "replicas" }).whole();
    Some(Some(number.unwrap_or(1)))
}

/// What may fail: nothing with one copy, a zone where copies must lie in
/// several, an instance otherwise.
fn redundancy(pod: &Pod<'_>, copies: i64) -> Value {
    let spreads = pod.spec.get("topologySpreadConstraints").items();
    let over_zones = spreads.iter().any(|spread| {
        spread.get("topologyKey").text() == Some("topology.kubernetes.io/zone")
            && spread.get("whenUnsatisfiable").text() != Some("ScheduleAnyway")
    });
    let scope = match copies {
        ..=1 => "none",
        _ if over_zones => "zone",
        _ => "instance",
    };
    json!({"scope": scope, "copies": copies})
}

fn claims<'a>(pod: &Pod<'a>) -> Vec<&'a str> {
    let volumes = pod.spec.get("volumes").items();
    volumes.iter().filter_map(|volume| volume.path(&["persistentVolumeClaim", "claimName"]).text()).collect()
}
