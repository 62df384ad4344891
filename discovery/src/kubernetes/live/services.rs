//! What is asked of a cluster, service by service. The operation of a call is
//! the permission that it needs, with the group of the interface behind the
//! name of the resource, as `kubectl` writes it.

use std::collections::BTreeSet;

use crate::kubernetes::kind::Kind;
use crate::live::{Call, Service};

/// Where the objects of a kind are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct List {
    pub(super) kind: Kind,
    /// The call that lists them.
    pub(super) operation: &'static str,
    /// The group of the interface; empty for the core.
    pub(super) group: &'static str,
    /// The version in which it is asked.
    pub(super) version: &'static str,
    /// The name of the resource.
    pub(super) resource: &'static str,
}

const fn list(kind: Kind, operation: &'static str, group: &'static str, resource: &'static str) -> List {
    List { kind, operation, group, version: "v1", resource }
}

const ADMISSION: &str = "admissionregistration.k8s.io";
const RBAC: &str = "rbac.authorization.k8s.io";
const NETWORKING: &str = "networking.k8s.io";

/// Every list that is asked for. All of them have a version 1; that of
/// autoscalers holds what is read of them.
const LISTS: [List; 29] = [
    list(Kind::Namespace, "list namespaces", "", "namespaces"),
    list(Kind::Pod, "list pods", "", "pods"),
    list(Kind::Deployment, "list deployments.apps", "apps", "deployments"),
    list(Kind::StatefulSet, "list statefulsets.apps", "apps", "statefulsets"),
    list(Kind::DaemonSet, "list daemonsets.apps", "apps", "daemonsets"),
    list(Kind::ReplicaSet, "list replicasets.apps", "apps", "replicasets"),
    list(Kind::ReplicationController, "list replicationcontrollers", "", "replicationcontrollers"),
    list(Kind::Job, "list jobs.batch", "batch", "jobs"),
    list(Kind::CronJob, "list cronjobs.batch", "batch", "cronjobs"),
    list(Kind::Service, "list services", "", "services"),
    list(Kind::Ingress, "list ingresses.networking.k8s.io", NETWORKING, "ingresses"),
    list(Kind::NetworkPolicy, "list networkpolicies.networking.k8s.io", NETWORKING, "networkpolicies"),
    list(Kind::ServiceAccount, "list serviceaccounts", "", "serviceaccounts"),
    list(Kind::Role, "list roles.rbac.authorization.k8s.io", RBAC, "roles"),
    list(Kind::ClusterRole, "list clusterroles.rbac.authorization.k8s.io", RBAC, "clusterroles"),
    list(Kind::RoleBinding, "list rolebindings.rbac.authorization.k8s.io", RBAC, "rolebindings"),
    list(
        Kind::ClusterRoleBinding,
        "list clusterrolebindings.rbac.authorization.k8s.io",
        RBAC,
        "clusterrolebindings",
    ),
    list(Kind::Secret, "list secrets", "", "secrets"),
    list(Kind::ConfigMap, "list configmaps", "", "configmaps"),
    list(Kind::PersistentVolumeClaim, "list persistentvolumeclaims", "", "persistentvolumeclaims"),
    list(Kind::StorageClass, "list storageclasses.storage.k8s.io", "storage.k8s.io", "storageclasses"),
    list(Kind::PodDisruptionBudget, "list poddisruptionbudgets.policy", "policy", "poddisruptionbudgets"),
    list(
        Kind::HorizontalPodAutoscaler,
        "list horizontalpodautoscalers.autoscaling",
        "autoscaling",
        "horizontalpodautoscalers",
    ),
    list(Kind::ResourceQuota, "list resourcequotas", "", "resourcequotas"),
    list(Kind::LimitRange, "list limitranges", "", "limitranges"),
    list(Kind::Node, "list nodes", "", "nodes"),
    list(
        Kind::ValidatingWebhookConfiguration,
        "list validatingwebhookconfigurations.admissionregistration.k8s.io",
        ADMISSION,
        "validatingwebhookconfigurations",
    ),
    list(
        Kind::MutatingWebhookConfiguration,
        "list mutatingwebhookconfigurations.admissionregistration.k8s.io",
        ADMISSION,
        "mutatingwebhookconfigurations",
    ),
    list(
        Kind::ValidatingAdmissionPolicy,
        "list validatingadmissionpolicies.admissionregistration.k8s.io",
        ADMISSION,
        "validatingadmissionpolicies",
    ),
];

impl List {
    /// Where the group is served in this version.
    pub(super) fn base(&self) -> String {
        match self.group {
            "" => format!("/api/{}", self.version),
            group => format!("/apis/{group}/{}", self.version),
        }
    }
}

/// A call that lists resources.
const fn lists(operation: &'static str, resource_types: &'static [&'static str]) -> Call {
    Call::listing(operation, operation, resource_types)
}

/// A call that other resources get properties from.
const fn gives(
    operation: &'static str,
    resource_types: &'static [&'static str],
    properties: &'static [&'static str],
) -> Call {
    Call::detail(operation, operation, resource_types, properties)
}

/// The calls that find a way into a cluster.
pub(super) static CONNECTION: Service = Service {
    name: "connection",
    resource_types: &[],
    calls: &[KUBECONFIG, DISCOVER, DISCOVER_CORE, DISCOVER_GROUP],
};

pub(super) const KUBECONFIG: Call = Call::listing("kubeconfig", "", &[]);
pub(super) const DISCOVER: Call = Call::listing("get /apis", "get /apis", &[]);
const DISCOVER_CORE: Call = Call::listing("get /api/v1", "get /api/*", &[]);
const DISCOVER_GROUP: Call = Call::listing("get /apis/*", "get /apis/*", &[]);

static ACCESS: Service = Service {
    name: "access",
    resource_types: &["Role", "RoleAssignment", "ServiceAccount"],
    calls: &[
        lists("list serviceaccounts", &["ServiceAccount"]),
        lists("list roles.rbac.authorization.k8s.io", &["Role"]),
        lists("list clusterroles.rbac.authorization.k8s.io", &["Role"]),
        lists("list rolebindings.rbac.authorization.k8s.io", &["RoleAssignment"]),
        lists("list clusterrolebindings.rbac.authorization.k8s.io", &["RoleAssignment"]),
    ],
};

pub(super) static CLUSTER: Service = Service {
    name: "cluster",
    resource_types: &["ContainerOrchestration", "VirtualMachine"],
    calls: &[lists("list nodes", &["VirtualMachine"]), VERSION, REVIEW, ANONYMOUS],
};

const PLANE: &[&str] = &["ContainerOrchestration"];
pub(super) const VERSION: Call = gives("get /version", PLANE, &["version"]);
pub(super) const REVIEW: Call =
    gives("create selfsubjectaccessreviews.authorization.k8s.io", PLANE, &["accessControl"]);
/// Needs no permission: that is what it is about.
pub(super) const ANONYMOUS: Call =
    Call::detail("get /version without a sign-in", "", PLANE, &["accessControl"]);

static CONFIGURATION: Service = Service {
    name: "configuration",
    resource_types: &["Configuration", "Secret"],
    calls: &[
        lists("list secrets", &["Secret"]),
        lists("list configmaps", &["Configuration"]),
        lists("list validatingwebhookconfigurations.admissionregistration.k8s.io", &["Configuration"]),
        lists("list mutatingwebhookconfigurations.admissionregistration.k8s.io", &["Configuration"]),
        lists("list validatingadmissionpolicies.admissionregistration.k8s.io", &["Configuration"]),
    ],
};

const LEADS_TO: (&[&str], &[&str]) = (&["GenericNetworkService"], &["computeIds"]);

static NETWORK: Service = Service {
    name: "network",
    resource_types: &["GenericNetworkService", "Ingress", "Namespace", "NetworkPolicy"],
    calls: &[
        lists("list namespaces", &["Namespace"]),
        lists("list services", &["GenericNetworkService"]),
        lists("list ingresses.networking.k8s.io", &["Ingress"]),
        lists("list networkpolicies.networking.k8s.io", &["NetworkPolicy"]),
        gives("list resourcequotas", &["Namespace"], &["resourceQuota"]),
        gives("list pods", LEADS_TO.0, LEADS_TO.1),
        gives("list deployments.apps", LEADS_TO.0, LEADS_TO.1),
        gives("list statefulsets.apps", LEADS_TO.0, LEADS_TO.1),
        gives("list daemonsets.apps", LEADS_TO.0, LEADS_TO.1),
        gives("list replicasets.apps", LEADS_TO.0, LEADS_TO.1),
        gives("list replicationcontrollers", LEADS_TO.0, LEADS_TO.1),
        gives("list jobs.batch", LEADS_TO.0, LEADS_TO.1),
        gives("list cronjobs.batch", LEADS_TO.0, LEADS_TO.1),
    ],
};

static STORAGE: Service = Service {
    name: "storage",
    resource_types: &["PersistentVolumeClaim", "StorageClass"],
    calls: &[
        lists("list persistentvolumeclaims", &["PersistentVolumeClaim"]),
        lists("list storageclasses.storage.k8s.io", &["StorageClass"]),
    ],
};

const WORKLOAD: &[&str] = &["Container", "ContainerImage", "Workload"];

static WORKLOADS: Service = Service {
    name: "workloads",
    resource_types: WORKLOAD,
    calls: &[
        lists("list pods", WORKLOAD),
        lists("list deployments.apps", WORKLOAD),
        lists("list statefulsets.apps", WORKLOAD),
        lists("list daemonsets.apps", WORKLOAD),
        lists("list replicasets.apps", WORKLOAD),
        lists("list replicationcontrollers", WORKLOAD),
        lists("list jobs.batch", WORKLOAD),
        lists("list cronjobs.batch", WORKLOAD),
        gives("list networkpolicies.networking.k8s.io", &["Workload"], &["networkPolicyIds"]),
        gives("list poddisruptionbudgets.policy", &["Workload"], &["disruptionBudget"]),
        gives("list horizontalpodautoscalers.autoscaling", &["Workload"], &["redundancy", "replicas"]),
        gives("list limitranges", &["Container"], &["resourceLimits"]),
        gives("list serviceaccounts", &["Container"], &["serviceAccountTokenMounted"]),
    ],
};

/// All services, by name.
pub(super) static SERVICES: [&Service; 6] =
    [&ACCESS, &CLUSTER, &CONFIGURATION, &NETWORK, &STORAGE, &WORKLOADS];

/// The services of these names; all of them for no name.
pub(super) fn wanted(only: &[String]) -> Vec<&'static Service> {
    SERVICES.into_iter().filter(|service| service.is_among(only)).collect()
}

/// The calls of a service that ask for a kind.
pub(super) fn calls(service: &'static Service, kind: Kind) -> impl Iterator<Item = &'static Call> {
    let list = LISTS.iter().find(|list| list.kind == kind);
    service.calls.iter().filter(move |call| list.is_some_and(|list| list.operation == call.operation))
}

/// The kinds that a service asks for.
pub(super) fn kinds(service: &'static Service) -> impl Iterator<Item = Kind> {
    LISTS.iter().map(|list| list.kind).filter(move |kind| calls(service, *kind).next().is_some())
}

/// The kinds that a service writes.
pub(super) fn listed(service: &'static Service) -> impl Iterator<Item = Kind> {
    LISTS.iter().map(|list| list.kind).filter(move |kind| calls(service, *kind).any(Call::is_listing))
}

/// The lists that these services need, each once.
pub(super) fn lists_of(services: &[&'static Service]) -> Vec<&'static List> {
    let asked: BTreeSet<Kind> = services.iter().flat_map(|service| kinds(service)).collect();
    LISTS.iter().filter(|list| asked.contains(&list.kind)).collect()
}
