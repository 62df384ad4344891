//! Kubernetes objects: as files describe them, before or after they are applied
//! to a cluster, and as running clusters tell them ([`live`]).
//!
//! Manifests are YAML (several documents) and JSON, `List` objects included.
//! Written are workloads with their containers and images, services, ingresses,
//! network policies, service accounts, roles and their bindings, volume claims,
//! storage classes, namespaces, nodes that are machines of a cloud, webhooks and
//! policies of admission by name, and secrets and configurations by the names
//! of their entries only. Disruption budgets, autoscalers, quotas and limit
//! ranges become properties of what they act on. Objects of other kinds are
//! counted.
//!
//! A workload that another workload made is not written: it repeats its maker,
//! and its pods lead on to that. Pods that have ended are not written either.
//!
//! Where the Kubernetes interface gives a default, the default is written.
//! What only a running cluster knows is left out.

mod access;
mod admission;
mod cluster;
mod container;
mod controller;
mod image;
mod ingress;
mod isolation;
mod kind;
pub mod live;
mod machine;
mod manifest;
mod network;
mod node;
mod object;
mod output;
mod pod;
mod quantity;
mod selector;
mod settings;
mod storage;
mod workload;

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Step};
use probity_evidence::{Begin, EvidenceWriter, Ontology, Problem, ServiceState};

use crate::codes;
use crate::input::{Input, read_all};
use cluster::Cluster;
use kind::Kind;
use manifest::{Manifest, Unknown};
use object::Object;
use output::Output;

pub(crate) use manifest::is_manifest_name;

/// The collector's name in evidence.
pub const COLLECTOR: &str = "kubernetes-manifest";

/// The service that problems are put down to.
const SERVICE: &str = "kubernetes";

/// How many names of objects of an unknown kind are written.
const NAMES: usize = 20;

/// The parts of a cluster, and the resource types that each yields. Manifests do
/// not say which machines there are.
const SERVICES: [(&str, &[&str]); 5] = [
    ("access", &["Role", "RoleAssignment", "ServiceAccount"]),
    ("configuration", &["Configuration", "Secret"]),
    ("network", &["GenericNetworkService", "Ingress", "Namespace", "NetworkPolicy"]),
    ("storage", &["PersistentVolumeClaim", "StorageClass"]),
    ("workloads", &["Container", "ContainerImage", "Workload"]),
];

/// What was collected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// How many files (or texts) were read.
    pub files: usize,
    /// How many objects there are of each kind that is understood.
    pub kinds: BTreeMap<String, usize>,
    /// How many objects there are of each other kind, with its version.
    pub unknown: BTreeMap<String, usize>,
    /// How many resources were written.
    pub resources: usize,
}

/// The first record of a set that [`collect`] fills.
pub fn begin(scope: &str, ontology: &Ontology) -> Begin {
    Begin::new(COLLECTOR, env!("CARGO_PKG_VERSION"), scope, ontology.uri())
}

/// Reads manifests and writes their objects as evidence, observed at
/// `collected`. `scope` names the cluster, such as `cluster/demo`; ids are
/// `k8s:<scope>/<namespace>/<Kind>/<name>[/container]`.
///
/// # Errors
/// An input cannot be read, is not well-formed, or holds an object that a
/// cluster would refuse; all of them are reported. Kinds that are not
/// understood and objects that stand twice are warnings.
pub fn collect(
    tree: &dyn FileTree,
    inputs: &[Input],
    scope: &str,
    collected: Timestamp,
    ontology: &Ontology,
    writer: &mut EvidenceWriter,
) -> Step<Summary> {
    let mut findings = Diagnostics::new();
    let mut manifest = Manifest::default();
    let found = read_all(tree, inputs, is_manifest_name, &mut findings);
    for text in &found {
        manifest.add(text, &mut findings);
    }
    let mut summary = Summary { files: found.len(), ..Summary::default() };
    for object in &manifest.objects {
        *summary.kinds.entry(object.kind.name().to_owned()).or_default() += 1;
    }
    let Manifest { objects, unknown, sources } = manifest;
    let cluster = Cluster::new(scope, objects, &mut findings);
    let mut output = Output::default();
    for object in cluster.objects() {
        write(&cluster, object, &mut output);
        for draft in output.take() {
            let new = writer.resource(&draft.into_resource(ontology, collected, scope));
            summary.resources += usize::from(new);
        }
    }
    for (kind, objects) in unknown {
        summary.unknown.insert(kind.clone(), objects.names.len());
        note_unknown(&kind, &objects, writer, &mut findings);
    }
    for (service, types) in SERVICES {
        writer.service(service, ServiceState::Complete, types);
    }
    for source in sources {
        findings.extend(source.take_findings());
    }
    findings.unless_errors(summary)
}

/// Writes what an object describes; nothing where it only repeats another.
fn write(cluster: &Cluster, object: &Object, output: &mut Output) {
    if object.kind.pod_path().is_some() && !controller::is_present(cluster, object) {
        return;
    }
    match object.kind {
        Kind::Namespace => network::namespace(cluster, object, output),
        Kind::StatefulSet => {
            workload::collect(cluster, object, output);
            // in a running cluster the claims themselves are there
            if !cluster.is_running() {
                storage::claim_templates(cluster, object, output);
            }
        }
        Kind::Pod
        | Kind::Deployment
        | Kind::DaemonSet
        | Kind::ReplicaSet
        | Kind::ReplicationController
        | Kind::Job
        | Kind::CronJob => workload::collect(cluster, object, output),
        Kind::Service => network::service(cluster, object, output),
        Kind::Ingress => ingress::collect(cluster, object, output),
        Kind::NetworkPolicy => network::policy(cluster, object, output),
        Kind::ServiceAccount => access::account(cluster, object, output),
        Kind::Role | Kind::ClusterRole => access::role(cluster, object, output),
        Kind::RoleBinding | Kind::ClusterRoleBinding => access::binding(cluster, object, output),
        Kind::Secret => settings::secret(cluster, object, output),
        Kind::ConfigMap => settings::configuration(cluster, object, output),
        Kind::PersistentVolumeClaim => storage::claim(cluster, object, output),
        Kind::StorageClass => storage::class(cluster, object, output),
        Kind::Node => machine::collect(cluster, object, output),
        Kind::ValidatingWebhookConfiguration | Kind::MutatingWebhookConfiguration => {
            admission::webhooks(cluster, object, output);
        }
        Kind::ValidatingAdmissionPolicy => admission::policy(cluster, object, output),
        // these act on other objects, and are read with them
        Kind::PodDisruptionBudget
        | Kind::HorizontalPodAutoscaler
        | Kind::ResourceQuota
        | Kind::LimitRange => {}
    }
}

/// Counts and names objects of a kind that is not understood.
fn note_unknown(kind: &str, unknown: &Unknown, writer: &mut EvidenceWriter, findings: &mut Diagnostics) {
    let count = unknown.names.len();
    let mut names = unknown.names.clone();
    names.sort();
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let objects = if count == 1 { "object" } else { "objects" };
    let message = format!("{count} {objects} of kind {kind} not understood: {}{rest}", names.join(", "));
    findings.push(Diagnostic::warning(&codes::UNKNOWN_KIND, message.as_str()).at(unknown.first.clone()));
    writer.problem(Problem { service: SERVICE.to_owned(), message, ..Problem::default() });
}
