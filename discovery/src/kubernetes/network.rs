use serde_json::{Value, json};

use super::cluster::Cluster;
use super::kind::Kind;
use super::node::Node;
use super::object::Object;
use super::output::{self, Output};
use super::pod::{Pod, WORKLOADS};
use super::selector::{self, Labels};

/// Annotations with which clouds are told to keep a load balancer internal,
/// and the values that say so.
const INTERNAL: [(&str, &str); 6] = [
    ("service.beta.kubernetes.io/aws-load-balancer-internal", "true"),
    ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
    ("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
    ("networking.gke.io/load-balancer-type", "internal"),
    ("cloud.google.com/load-balancer-type", "internal"),
    ("service.beta.kubernetes.io/oci-load-balancer-internal", "true"),
];

/// Writes a service.
pub(super) fn service(cluster: &Cluster, object: &Object, output: &mut Output) {
    let spec = object.root().get("spec");
    let headless = spec.get("clusterIP").text() == Some("None");
    let kind = spec.get("type").filled().unwrap_or(if headless { "Headless" } else { "ClusterIP" });
    let mut draft = output::draft("GenericNetworkService", cluster, object);
    draft.properties.put("serviceKind", if headless { "Headless" } else { kind });
    draft.properties.put_if_known("internetAccessible", reachable(object, kind));
    let ports: Vec<i64> = spec.get("ports").items().iter().filter_map(|p| p.get("port").whole()).collect();
    draft.properties.put("ports", ports);
    draft.properties.put_if_known("ips", addresses(object));
    draft.properties.put_if_known("transportEncryption", declared_protocol(&spec));
    let wanted = selector::labels(&spec.get("selector"));
    let has = |labels: &Labels| {
        !wanted.is_empty() && wanted.iter().all(|(key, value)| labels.get(key) == Some(value))
    };
    if WORKLOADS.into_iter().all(|kind| cluster.knows(kind, &object.namespace)) {
        draft.put_ids("computeIds", Pod::selected(cluster, &object.namespace, has).collect());
    }
    output.write(draft);
}

/// Whether a service asks for a public address. A node port is as reachable as
/// the nodes are, which a manifest does not tell.
fn reachable(object: &Object, kind: &str) -> Option<bool> {
    let internal = INTERNAL
        .iter()
        .any(|(key, value)| object.annotation(key).is_some_and(|found| found.eq_ignore_ascii_case(value)));
    match kind {
        "LoadBalancer" => Some(!internal),
        "NodePort" | "ExternalName" => None,
        _ => Some(false),
    }
}

/// The addresses that the object names; they are mostly given at run time.
fn addresses(object: &Object) -> Option<Vec<String>> {
    let spec = object.root().get("spec");
    let own = spec.get("clusterIP").filled().filter(|ip| *ip != "None");
    let given = object.root().path(&["status", "loadBalancer", "ingress"]).items();
    let given = given.iter().filter_map(|entry| entry.get("ip").filled());
    let mut all: Vec<String> = own.into_iter().chain(given).map(str::to_owned).collect();
    all.extend(spec.get("externalIPs").texts());
    all.extend(spec.get("loadBalancerIP").filled().map(str::to_owned));
    all.sort();
    all.dedup();
    (!all.is_empty()).then_some(all)
}

/// Encryption by the protocol that every port declares; not known otherwise.
fn declared_protocol(spec: &Node<'_>) -> Option<Value> {
    let ports = spec.get("ports").items();
    let encrypted: Vec<Option<bool>> = ports
        .iter()
        .map(|port| match port.get("appProtocol").text()?.to_ascii_lowercase().as_str() {
            "https" | "tls" | "kubernetes.io/wss" => Some(true),
            "http" | "kubernetes.io/h2c" | "kubernetes.io/ws" => Some(false),
            _ => None,
        })
        .collect();
    let all: Option<Vec<bool>> = encrypted.into_iter().collect();
    all.filter(|all| !all.is_empty()).map(|all| json!({"enabled": all.iter().all(|enabled| *enabled)}))
}

/// Writes a network policy.
pub(super) fn policy(cluster: &Cluster, object: &Object, output: &mut Output) {
    let spec = object.root().get("spec");
    let pod_selector = spec.get("podSelector");
    let selects_all = pod_selector.get("matchLabels").members().is_empty()
        && pod_selector.get("matchExpressions").items().is_empty();
    let (ingress, egress) = (spec.get("ingress").items(), spec.get("egress").items());
    let mut directions: Vec<String> =
        spec.get("policyTypes").texts().iter().map(|direction| direction.to_lowercase()).collect();
    if directions.is_empty() {
        directions.push("ingress".to_owned());
        directions.extend((!egress.is_empty()).then(|| "egress".to_owned()));
    }
    let opens_all =
        |rules: &[Node<'_>], peers: &str| rules.iter().any(|rule| lets_all_through(rule, &rule.get(peers)));
    let mut draft = output::draft("NetworkPolicy", cluster, object);
    draft.properties.put("selectsAllPods", selects_all);
    draft.properties.put("directions", directions);
    draft.properties.put("ingressRuleCount", ingress.len());
    draft.properties.put("egressRuleCount", egress.len());
    draft.properties.put("allowsAllIngress", opens_all(&ingress, "from"));
    draft.properties.put("allowsAllEgress", opens_all(&egress, "to"));
    let has = |labels: &Labels| selector::selects(&pod_selector, labels);
    Pod::selected(cluster, &object.namespace, has).for_each(|id| draft.relate(id));
    output.write(draft);
}

/// A rule without ports that names no peer, or any address as one.
fn lets_all_through(rule: &Node<'_>, peers: &Node<'_>) -> bool {
    let peers = peers.items();
    let anybody = peers.is_empty()
        || peers.iter().any(|peer| {
            let block = peer.get("ipBlock");
            let cidr = block.get("cidr").text();
            matches!(cidr, Some("0.0.0.0/0" | "::/0")) && block.get("except").items().is_empty()
        });
    anybody && rule.get("ports").items().is_empty()
}

/// Writes a namespace.
pub(super) fn namespace(cluster: &Cluster, object: &Object, output: &mut Output) {
    let mut draft = output::draft("Namespace", cluster, object);
    let labels = object.root().path(&["metadata", "labels"]);
    draft
        .properties
        .put_or_null("podSecurityLevel", labels.get("pod-security.kubernetes.io/enforce").filled());
    let policies = cluster.within(Kind::NetworkPolicy, &object.name).map(|policy| cluster.id_of(policy));
    if cluster.knows(Kind::NetworkPolicy, &object.name) {
        draft.put_ids("networkPolicyIds", policies.collect());
    }
    let mut limited: Vec<String> = cluster
        .within(Kind::ResourceQuota, &object.name)
        .flat_map(|quota| quota.root().path(&["spec", "hard"]).names())
        .map(|name| match name.split_once('.') {
            Some(("requests" | "limits", what)) => what.to_owned(),
            _ => name,
        })
        .collect();
    limited.sort();
    limited.dedup();
    if cluster.knows(Kind::ResourceQuota, &object.name) {
        draft
            .properties
            .put("resourceQuota", json!({"enabled": !limited.is_empty(), "limitedResources": limited}));
    }
    output.write(draft);
}
