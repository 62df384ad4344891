use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::cluster::Cluster;
use super::kind::Kind;
use super::node::Node;
use super::object::Object;
use super::output::{self, Output};
use crate::draft::Properties;

/// Annotations with which controllers are told to send plain requests on to
/// HTTPS, or to refuse them, and the values that say so.
const ENFORCING: [(&str, &str); 7] = [
    ("nginx.ingress.kubernetes.io/force-ssl-redirect", "true"),
    ("nginx.ingress.kubernetes.io/ssl-redirect", "true"),
    ("kubernetes.io/ingress.allow-http", "false"),
    ("alb.ingress.kubernetes.io/ssl-redirect", "443"),
    ("appgw.ingress.kubernetes.io/ssl-redirect", "true"),
    ("haproxy.org/ssl-redirect", "true"),
    ("traefik.ingress.kubernetes.io/router.entrypoints", "websecure"),
];

/// Annotations with which they are told not to.
const NOT_ENFORCING: [(&str, &str); 4] = [
    ("nginx.ingress.kubernetes.io/ssl-redirect", "false"),
    ("kubernetes.io/ingress.allow-http", "true"),
    ("appgw.ingress.kubernetes.io/ssl-redirect", "false"),
    ("haproxy.org/ssl-redirect", "false"),
];

/// Annotations that name certificates for all hosts.
const CERTIFICATES: [&str; 4] = [
    "alb.ingress.kubernetes.io/certificate-arn",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
];

/// One path of an ingress.
struct Route<'a> {
    host: Option<&'a str>,
    path: Option<&'a str>,
    service: Option<&'a str>,
}

/// Writes an ingress.
pub(super) fn collect(cluster: &Cluster, object: &Object, output: &mut Output) {
    let spec = object.root().get("spec");
    let routes = routes(&spec);
    let tls = spec.get("tls").items();
    let hosts: BTreeSet<&str> = routes.iter().filter_map(|route| route.host).collect();
    let services: BTreeSet<&str> = routes.iter().filter_map(|route| route.service).collect();
    let secrets: BTreeSet<&str> = tls.iter().filter_map(|entry| entry.get("secretName").filled()).collect();
    let ids = |kind: Kind, names: BTreeSet<&str>| -> Vec<String> {
        names.into_iter().map(|name| cluster.id(kind, &object.namespace, name)).collect()
    };
    let endpoints: Vec<Value> = routes.iter().map(|route| endpoint(object, route, &tls)).collect();
    let encrypted = !routes.is_empty() && routes.iter().all(|route| covers(object, &tls, route.host));
    let mut draft = output::draft("Ingress", cluster, object);
    draft.properties.put_if_known("internetAccessible", scheme(object));
    draft.properties.put("hosts", hosts.into_iter().collect::<Vec<_>>());
    draft.put_ids("networkServiceIds", ids(Kind::Service, services));
    draft.put_ids("secretIds", ids(Kind::Secret, secrets));
    draft.properties.put("httpEndpoints", endpoints);
    draft.properties.put("transportEncryption", encryption(object, encrypted));
    output.write(draft);
}

fn routes<'a>(spec: &Node<'a>) -> Vec<Route<'a>> {
    let mut routes = Vec::new();
    for rule in spec.get("rules").items() {
        let host = rule.get("host").filled();
        for path in rule.path(&["http", "paths"]).items() {
            let service = backend_service(&path.get("backend"));
            routes.push(Route { host, path: path.get("path").text(), service });
        }
        if !rule.get("http").exists() {
            routes.push(Route { host, path: None, service: None });
        }
    }
    for key in ["defaultBackend", "backend"] {
        let backend = spec.get(key);
        if backend.exists() {
            routes.push(Route { host: None, path: None, service: backend_service(&backend) });
        }
    }
    routes
}

/// The service of a backend, in its present and its older form.
fn backend_service<'a>(backend: &Node<'a>) -> Option<&'a str> {
    backend.path(&["service", "name"]).filled().or_else(|| backend.get("serviceName").filled())
}

/// Whether a TLS entry or a certificate of the controller is for a host. An
/// entry without hosts is for all of them.
fn covers(object: &Object, tls: &[Node<'_>], host: Option<&str>) -> bool {
    let for_all = CERTIFICATES.iter().any(|key| object.annotation(key).is_some_and(|name| !name.is_empty()));
    for_all
        || tls.iter().any(|entry| {
            let named = entry.get("hosts").texts();
            named.is_empty() || host.is_some_and(|host| named.iter().any(|name| matches_host(name, host)))
        })
}

fn matches_host(name: &str, host: &str) -> bool {
    match name.strip_prefix("*.") {
        Some(domain) => name == host || host.split_once('.').is_some_and(|(_, rest)| rest == domain),
        None => name == host,
    }
}

fn says(object: &Object, list: &[(&str, &str)]) -> bool {
    let found = |key: &str| object.annotation(key).map(str::to_ascii_lowercase);
    list.iter().any(|(key, value)| found(key).is_some_and(|f| f.split(',').any(|part| part.trim() == *value)))
}

/// Encryption that is offered, and whether it is enforced: not known where the
/// object leaves it to its controller.
fn encryption(object: &Object, enabled: bool) -> Value {
    let mut feature = Properties::default();
    feature.put("enabled", enabled);
    let enforced = match enabled {
        false => Some(false),
        true if says(object, &ENFORCING) => Some(true),
        true if says(object, &NOT_ENFORCING) => Some(false),
        true => None,
    };
    feature.put_if_known("enforced", enforced);
    feature.put_or_null("protocol", enabled.then_some("TLS"));
    feature.into()
}

fn endpoint(object: &Object, route: &Route<'_>, tls: &[Node<'_>]) -> Value {
    let encrypted = covers(object, tls, route.host);
    let scheme = if encrypted { "https" } else { "http" };
    let path = route.path.unwrap_or("/");
    let mut endpoint = Properties::default();
    endpoint.put_or_null("url", route.host.map(|host| format!("{scheme}://{host}{path}")));
    endpoint.put("path", path);
    endpoint.put("transportEncryption", encryption(object, encrypted));
    endpoint.put_if_known("authentication", authentication(object));
    endpoint.into()
}

/// Sign-in that the controller asks for; what the service behind it asks for
/// is not known.
fn authentication(object: &Object) -> Option<Value> {
    let named = |key: &str| object.annotation(&format!("nginx.ingress.kubernetes.io/{key}")).is_some();
    let ways: Vec<&str> =
        [("auth-type", "password"), ("auth-tls-secret", "certificate"), ("auth-url", "single-sign-on")]
            .into_iter()
            .filter(|(key, _)| named(key))
            .map(|(_, way)| way)
            .collect();
    (!ways.is_empty()).then(|| json!(ways))
}

/// Whether the ingress asks for a public address, where its controller is told.
fn scheme(object: &Object) -> Option<bool> {
    match object.annotation("alb.ingress.kubernetes.io/scheme") {
        Some("internet-facing") => return Some(true),
        Some("internal") => return Some(false),
        _ => {}
    }
    match object.annotation("appgw.ingress.kubernetes.io/use-private-ip") {
        Some("true") => Some(false),
        Some("false") => Some(true),
        _ => None,
    }
}
