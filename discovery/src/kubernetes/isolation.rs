use std::collections::BTreeSet;

use serde_json::Value;

use super::node::Node;
use super::pod::Pod;
use crate::draft::Properties;

/// Where older objects name the `AppArmor` profile of a container.
const APP_ARMOR_ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

/// What separates a container from its host and from others: its own security
/// context, else that of its pod, else the default of Kubernetes.
pub(super) fn feature(pod: &Pod<'_>, name: &str, node: &Node<'_>, mounts: &[Node<'_>]) -> Value {
    let own = node.get("securityContext");
    let of_pod = pod.spec.get("securityContext");
    let inherited = |key: &str| Some(own.get(key)).filter(Node::exists).unwrap_or_else(|| of_pod.get(key));
    let privileged = own.get("privileged").flag().unwrap_or(false);
    let user = inherited("runAsUser").whole();
    let added = capabilities(&own, "add");
    let escalation = own.get("allowPrivilegeEscalation").flag().unwrap_or(true);
    let host = |key: &str| pod.spec.get(key).flag().unwrap_or(false);

    let mut isolation = Properties::default();
    isolation.put("privileged", privileged);
    isolation.put_or_null("runAsNonRoot", non_root(inherited("runAsNonRoot").flag(), user));
    isolation.put_or_null("runAsUser", user);
    isolation.put("readOnlyRootFilesystem", own.get("readOnlyRootFilesystem").flag().unwrap_or(false));
    // Kubernetes: always true for privileged containers and those with SYS_ADMIN
    let forced = privileged || added.contains("SYS_ADMIN") || added.contains("ALL");
    isolation.put("allowPrivilegeEscalation", escalation || forced);
    isolation.put("capabilitiesAdded", added.into_iter().collect::<Vec<_>>());
    isolation.put("capabilitiesDropped", capabilities(&own, "drop").into_iter().collect::<Vec<_>>());
    let seccomp = inherited("seccompProfile").get("type").filled();
    isolation.put_or_null("seccompProfile", if privileged { Some("Unconfined") } else { seccomp });
    isolation.put_or_null("appArmorProfile", app_armor(pod, name, &inherited("appArmorProfile")));
    isolation.put("hostNetwork", host("hostNetwork"));
    isolation.put("hostPid", host("hostPID"));
    isolation.put("hostIpc", host("hostIPC"));
    isolation.put("hostPaths", host_paths(mounts));
    isolation.put("hostPorts", host_ports(node, host("hostNetwork")));
    isolation.into()
}

/// Whether the container is sure not to run as root; not known where neither
/// setting nor user number is given.
fn non_root(setting: Option<bool>, user: Option<i64>) -> Option<bool> {
    match (setting, user) {
        (Some(true), _) => Some(true),
        (_, Some(user)) => Some(user > 0),
        (setting, None) => setting,
    }
}

fn capabilities(context: &Node<'_>, what: &str) -> BTreeSet<String> {
    let names = context.path(&["capabilities", what]).texts();
    names
        .into_iter()
        .map(|name| name.to_uppercase())
        .map(|name| name.strip_prefix("CAP_").map(str::to_owned).unwrap_or(name))
        .collect()
}

fn app_armor(pod: &Pod<'_>, name: &str, profile: &Node<'_>) -> Option<String> {
    if let Some(kind) = profile.get("type").filled() {
        return Some(kind.to_owned());
    }
    let annotations = pod.metadata.get("annotations");
    let value = annotations.get(&format!("{APP_ARMOR_ANNOTATION}{name}")).filled()?;
    Some(match value {
        "runtime/default" => "RuntimeDefault".to_owned(),
        "unconfined" => "Unconfined".to_owned(),
        other if other.starts_with("localhost/") => "Localhost".to_owned(),
        other => other.to_owned(),
    })
}

fn host_paths(mounts: &[Node<'_>]) -> Vec<String> {
    let paths: BTreeSet<String> = mounts
        .iter()
        .filter_map(|volume| volume.path(&["hostPath", "path"]).text())
        .map(str::to_owned)
        .collect();
    paths.into_iter().collect()
}

/// Ports of the host; with the host's network, every port of the container.
fn host_ports(node: &Node<'_>, host_network: bool) -> Vec<i64> {
    let ports = node.get("ports").items();
    let taken: BTreeSet<i64> = ports
        .iter()
        .filter_map(|port| {
            let named = port.get("hostPort").whole().filter(|number| *number != 0);
            named.or_else(|| if host_network { port.get("containerPort").whole() } else { None })
        })
        .collect();
    taken.into_iter().collect()
}
