use std::collections::BTreeSet;

use probity_diagnostics::secrecy;
use serde_json::Value;

use super::cluster::Cluster;
use super::image::ImageName;
use super::isolation;
use super::kind::Kind;
use super::node::Node;
use super::output::Output;
use super::pod::Pod;
use super::quantity;
use crate::draft::{Draft, Properties};

/// Where admission mounts the token of a service account.
const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// What a container is for in its pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ContainerRole {
    Main,
    Init,
    Sidecar,
    Ephemeral,
}

impl ContainerRole {
    fn as_str(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Init => "init",
            Self::Sidecar => "sidecar",
            Self::Ephemeral => "ephemeral",
        }
    }

    /// Whether it keeps running, so that asking after its health makes sense.
    fn stays(self) -> bool {
        matches!(self, Self::Main | Self::Sidecar)
    }
}

/// Writes the containers of a pod and their images; yields the ids of the
/// containers.
pub(super) fn collect(cluster: &Cluster, pod: &Pod<'_>, output: &mut Output) -> Vec<String> {
    let mut ids = Vec::new();
    for (role, node) in containers(pod) {
        let Some(name) = node.get("name").filled() else {
            node.refuse("a container with a name");
            continue;
        };
        let draft = container(cluster, pod, role, name, &node, output);
        ids.push(draft.id().to_owned());
        output.write(draft);
    }
    ids
}

fn containers<'a>(pod: &Pod<'a>) -> Vec<(ContainerRole, Node<'a>)> {
    let of =
        |key: &str, role: ContainerRole| pod.spec.get(key).items().into_iter().map(move |node| (role, node));
    let init = of("initContainers", ContainerRole::Init).map(|(role, node)| {
        let stays = node.get("restartPolicy").text() == Some("Always");
        (if stays { ContainerRole::Sidecar } else { role }, node)
    });
    let main = of("containers", ContainerRole::Main);
    init.chain(main).chain(of("ephemeralContainers", ContainerRole::Ephemeral)).collect()
}

fn container(
    cluster: &Cluster,
    pod: &Pod<'_>,
    role: ContainerRole,
    name: &str,
    node: &Node<'_>,
    output: &mut Output,
) -> Draft {
    let owner = cluster.id_of(pod.owner);
    let mut draft = Draft::new("Container", format!("{owner}/{name}"), &format!("{}/{name}", pod.owner.name));
    draft.put_labels(pod.labels);
    draft.put_id("parentId", Some(owner));
    draft.relate(cluster.id(Kind::Namespace, "", &pod.owner.namespace));
    draft.put_ids("identityIds", vec![cluster.id(Kind::ServiceAccount, &pod.owner.namespace, pod.account())]);
    draft.properties.put("containerRole", role.as_str());
    image(pod, name, node, &mut draft, output);
    let mounts = mounted(pod, node);
    draft.properties.put("isolation", isolation::feature(pod, name, node, &mounts));
    draft.properties.put("resourceLimits", limits(cluster, pod, node));
    let health = role.stays().then(|| health(node));
    draft.properties.put_or_null("healthChecks", health);
    draft.properties.put_if_known("serviceAccountTokenMounted", token(cluster, pod, node, &mounts));
    secrets(cluster, pod, node, &mounts, &mut draft);
    draft
}

fn image(pod: &Pod<'_>, name: &str, node: &Node<'_>, draft: &mut Draft, output: &mut Output) {
    let Some(reference) = node.get("image").filled() else { return };
    let image = ImageName::parse(reference);
    let mut feature = image.feature(reference);
    let policy = node.get("imagePullPolicy").filled().unwrap_or(image.default_pull_policy());
    if let Value::Object(members) = &mut feature {
        members.insert("pullPolicy".to_owned(), policy.into());
    }
    draft.properties.put("image", feature);
    let running = running_image(pod, name);
    let full = image.running_as(running).full();
    let id = format!("image:{full}");
    draft.put_id("imageId", Some(id.clone()));
    let mut resource = Draft::new("ContainerImage", id, &full);
    resource.properties.put("image", ImageName::parse(&full).feature(&full));
    output.write(resource);
}

/// The image that a container was started from, as the node tells it.
fn running_image<'a>(pod: &Pod<'a>, name: &str) -> Option<&'a str> {
    let status = pod.owner.root().get("status");
    let lists = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"];
    let mut all = lists.iter().flat_map(|list| status.get(list).items());
    all.find(|one| one.get("name").text() == Some(name)).and_then(|one| one.get("imageID").filled())
}

/// The volumes of the pod that a container mounts.
fn mounted<'a>(pod: &Pod<'a>, node: &Node<'_>) -> Vec<Node<'a>> {
    let mounts = node.get("volumeMounts").items();
    let devices = node.get("volumeDevices").items();
    let names: BTreeSet<&str> = mounts.iter().chain(&devices).filter_map(|m| m.get("name").text()).collect();
    let volumes = pod.spec.get("volumes").items();
    volumes
        .into_iter()
        .filter(|volume| volume.get("name").text().is_some_and(|n| names.contains(n)))
        .collect()
}

/// Whether the container gets a token of its account. Admission has mounted it
/// where the pod runs already.
fn token(cluster: &Cluster, pod: &Pod<'_>, node: &Node<'_>, mounts: &[Node<'_>]) -> Option<bool> {
    if mounts.iter().any(holds_token) {
        return Some(true);
    }
    if pod.is_admitted(cluster) {
        let mounts = node.get("volumeMounts").items();
        return Some(mounts.iter().any(|mount| mount.get("mountPath").text() == Some(TOKEN_PATH)));
    }
    pod.token_automount(cluster)
}

/// Whether a volume holds a token of the service account.
fn holds_token(volume: &Node<'_>) -> bool {
    volume.path(&["projected", "sources"]).items().iter().any(|s| s.get("serviceAccountToken").exists())
}

fn health(node: &Node<'_>) -> Value {
    let mut checks = Properties::default();
    checks.put("liveness", node.get("livenessProbe").exists());
    checks.put("readiness", node.get("readinessProbe").exists());
    checks.put("startup", node.get("startupProbe").exists());
    checks.into()
}

/// What the container asks for, else what a limit range of its namespace
/// gives it when it is admitted. What is not requested is requested up to its
/// limit.
fn limits(cluster: &Cluster, pod: &Pod<'_>, node: &Node<'_>) -> Value {
    let admitted = pod.is_admitted(cluster);
    let known = admitted || cluster.knows(Kind::LimitRange, &pod.owner.namespace);
    let ranges: Vec<Node<'_>> = cluster
        .within(Kind::LimitRange, &pod.owner.namespace)
        .filter(|_| !admitted)
        .flat_map(|range| range.root().path(&["spec", "limits"]).items())
        .filter(|limit| limit.get("type").text() == Some("Container"))
        .collect();
    let of_range =
        |group: &str, what: &str| ranges.iter().map(|range| range.path(&[group, what])).find(Node::exists);
    let limit = |what: &str| {
        let own = node.path(&["resources", "limits", what]);
        if own.exists() { Some(own) } else { of_range("default", what) }
    };
    let request = |what: &str| {
        let own = node.path(&["resources", "requests", what]);
        let limit_of_own = node.path(&["resources", "limits", what]);
        [own, limit_of_own]
            .into_iter()
            .find(Node::exists)
            .or_else(|| of_range("defaultRequest", what))
            .or_else(|| of_range("default", what))
    };
    let mut feature = Properties::default();
    for (name, found, is_number) in [
        ("cpuRequest", request("cpu"), true),
        ("cpuLimit", limit("cpu"), true),
        ("memoryRequest", request("memory"), false),
        ("memoryLimit", limit("memory"), false),
        ("ephemeralStorageLimit", limit("ephemeral-storage"), false),
    ] {
        match found {
            Some(node) if is_number => feature.put_or_null(name, quantity::number(&node)),
            Some(node) => feature.put_or_null(name, quantity::bytes(&node)),
            None if known => feature.put(name, Value::Null),
            None => {}
        }
    }
    feature.into()
}

/// Secrets by name, and whether environment variables hold any; never a text.
fn secrets(cluster: &Cluster, pod: &Pod<'_>, node: &Node<'_>, mounts: &[Node<'_>], draft: &mut Draft) {
    let environment = node.get("env").items();
    let wholly = node.get("envFrom").items();
    let taken_over: BTreeSet<&str> = environment
        .iter()
        .filter_map(|variable| variable.path(&["valueFrom", "secretKeyRef", "name"]).text())
        .chain(wholly.iter().filter_map(|from| from.path(&["secretRef", "name"]).text()))
        .collect();
    let suspects: BTreeSet<String> = environment
        .iter()
        .filter_map(|variable| Some((variable.get("name").text()?, variable.get("value").text()?)))
        .filter(|(name, text)| secrecy::is_suspect(name, text))
        .map(|(name, _)| name.to_owned())
        .collect();
    let in_volumes = mounts.iter().flat_map(volume_secrets);
    let all: BTreeSet<&str> = in_volumes.chain(taken_over.iter().copied()).collect();
    let ids = all.into_iter().map(|name| cluster.id(Kind::Secret, &pod.owner.namespace, name)).collect();
    draft.put_ids("secretIds", ids);
    draft.properties.put("secretsInEnvironment", !taken_over.is_empty() || !suspects.is_empty());
    draft.properties.put("suspectedSecrets", suspects.into_iter().collect::<Vec<_>>());
}

fn volume_secrets<'a>(volume: &Node<'a>) -> Vec<&'a str> {
    let whole = volume.path(&["secret", "secretName"]).text();
    let sources = volume.path(&["projected", "sources"]).items();
    let projected = sources.iter().filter_map(|source| source.path(&["secret", "name"]).text());
    whole.into_iter().chain(projected).collect()
}
