//! What is kept of an answer. Commands, texts of states and notes of other
//! programs may hold anything and say nothing that evidence has words for, so
//! they go before anybody looks at them.

use serde_json::{Map, Value, json};

/// Annotations that evidence is read from, by how they begin.
const ANNOTATIONS: [&str; 25] = [
    "alb.ingress.kubernetes.io/certificate-arn",
    "alb.ingress.kubernetes.io/scheme",
    "alb.ingress.kubernetes.io/ssl-redirect",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "appgw.ingress.kubernetes.io/ssl-redirect",
    "appgw.ingress.kubernetes.io/use-private-ip",
    "cloud.google.com/load-balancer-type",
    "container.apparmor.security.beta.kubernetes.io/",
    "haproxy.org/ssl-redirect",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "kubernetes.io/ingress.allow-http",
    "networking.gke.io/load-balancer-type",
    "networking.gke.io/managed-certificates",
    "nginx.ingress.kubernetes.io/auth-tls-secret",
    "nginx.ingress.kubernetes.io/auth-type",
    "nginx.ingress.kubernetes.io/auth-url",
    "nginx.ingress.kubernetes.io/force-ssl-redirect",
    "nginx.ingress.kubernetes.io/ssl-redirect",
    "service.beta.kubernetes.io/aws-load-balancer-internal",
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "service.beta.kubernetes.io/azure-load-balancer-internal",
    "service.beta.kubernetes.io/oci-load-balancer-internal",
    "storageclass.kubernetes.io/is-default-class",
    "traefik.ingress.kubernetes.io/router.entrypoints",
    "volume.beta.kubernetes.io/storage-class",
];

/// Members of objects that are not kept, wherever they stand.
const DROPPED: [&str; 8] = [
    "managedFields",
    "command",
    "args",
    "lifecycle",
    "message",
    "caBundle",
    "kubectl.kubernetes.io/last-applied-configuration",
    "selfLink",
];

/// Probes: it counts that there are any.
const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];

/// What is kept of the state of an object.
const STATUS: [&str; 10] = [
    "addresses",
    "allowed",
    "conditions",
    "containerStatuses",
    "denied",
    "ephemeralContainerStatuses",
    "initContainerStatuses",
    "loadBalancer",
    "phase",
    "reason",
];

/// What is kept of the state of a container.
const CONTAINER_STATUS: [&str; 2] = ["name", "imageID"];

/// What is kept of a volume.
const VOLUME: [&str; 5] = ["hostPath", "name", "persistentVolumeClaim", "projected", "secret"];

/// An answer without what is not kept. What people gave names of their own to
/// stays whole: data of configurations is looked at later.
pub(super) fn tidied(mut value: Value) -> Value {
    tidy(&mut value);
    value
}

fn tidy(value: &mut Value) {
    match value {
        Value::Object(members) => object(members),
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

fn object(members: &mut Map<String, Value>) {
    members.retain(|name, _| !DROPPED.contains(&name.as_str()));
    for (name, value) in members.iter_mut() {
        match (name.as_str(), &mut *value) {
            ("data" | "binaryData" | "labels" | "matchLabels" | "parameters" | "selector", _) => {}
            ("annotations", Value::Object(annotations)) => {
                annotations.retain(|name, _| ANNOTATIONS.iter().any(|beginning| name.starts_with(beginning)));
            }
            ("status", Value::Object(status)) => {
                keep(status, &STATUS);
                tidy(value);
            }
            (
                "containerStatuses" | "initContainerStatuses" | "ephemeralContainerStatuses",
                Value::Array(all),
            ) => {
                each(all, &CONTAINER_STATUS);
            }
            ("volumes", Value::Array(all)) => each(all, &VOLUME),
            (probe, Value::Object(_)) if PROBES.contains(&probe) => *value = json!({}),
            (_, other) => tidy(other),
        }
    }
}

fn each(items: &mut [Value], kept: &[&str]) {
    items.iter_mut().filter_map(Value::as_object_mut).for_each(|item| keep(item, kept));
}

fn keep(members: &mut Map<String, Value>, kept: &[&str]) {
    members.retain(|name, _| kept.contains(&name.as_str()));
}
