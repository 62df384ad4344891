/// The kinds of object that the collector knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Namespace,
    Pod,
    Deployment,
    StatefulSet,
    DaemonSet,
    ReplicaSet,
    ReplicationController,
    Job,
    CronJob,
    Service,
    Ingress,
    NetworkPolicy,
    ServiceAccount,
    Role,
    ClusterRole,
    RoleBinding,
    ClusterRoleBinding,
    Secret,
    ConfigMap,
    PersistentVolumeClaim,
    StorageClass,
    PodDisruptionBudget,
    HorizontalPodAutoscaler,
    ResourceQuota,
    LimitRange,
    Node,
    ValidatingWebhookConfiguration,
    MutatingWebhookConfiguration,
    ValidatingAdmissionPolicy,
}

const ADMISSION: &str = "admissionregistration.k8s.io";

/// Kind, its name, the groups of the interface that it belongs to, and whether
/// its objects live in namespaces.
const KINDS: [(Kind, &str, &[&str], bool); 29] = [
    (Kind::Namespace, "Namespace", &[""], false),
    (Kind::Pod, "Pod", &[""], true),
    (Kind::Deployment, "Deployment", &["apps", "extensions"], true),
    (Kind::StatefulSet, "StatefulSet", &["apps"], true),
    (Kind::DaemonSet, "DaemonSet", &["apps", "extensions"], true),
    (Kind::ReplicaSet, "ReplicaSet", &["apps", "extensions"], true),
    (Kind::ReplicationController, "ReplicationController", &[""], true),
    (Kind::Job, "Job", &["batch"], true),
    (Kind::CronJob, "CronJob", &["batch"], true),
    (Kind::Service, "Service", &[""], true),
    (Kind::Ingress, "Ingress", &["networking.k8s.io", "extensions"], true),
    (Kind::NetworkPolicy, "NetworkPolicy", &["networking.k8s.io", "extensions"], true),
    (Kind::ServiceAccount, "ServiceAccount", &[""], true),
    (Kind::Role, "Role", &["rbac.authorization.k8s.io"], true),
    (Kind::ClusterRole, "ClusterRole", &["rbac.authorization.k8s.io"], false),
    (Kind::RoleBinding, "RoleBinding", &["rbac.authorization.k8s.io"], true),
    (Kind::ClusterRoleBinding, "ClusterRoleBinding", &["rbac.authorization.k8s.io"], false),
    (Kind::Secret, "Secret", &[""], true),
    (Kind::ConfigMap, "ConfigMap", &[""], true),
    (Kind::PersistentVolumeClaim, "PersistentVolumeClaim", &[""], true),
    (Kind::StorageClass, "StorageClass", &["storage.k8s.io"], false),
    (Kind::PodDisruptionBudget, "PodDisruptionBudget", &["policy"], true),
    (Kind::HorizontalPodAutoscaler, "HorizontalPodAutoscaler", &["autoscaling"], true),
    (Kind::ResourceQuota, "ResourceQuota", &[""], true),
    (Kind::LimitRange, "LimitRange", &[""], true),
    (Kind::Node, "Node", &[""], false),
    (Kind::ValidatingWebhookConfiguration, "ValidatingWebhookConfiguration", &[ADMISSION], false),
    (Kind::MutatingWebhookConfiguration, "MutatingWebhookConfiguration", &[ADMISSION], false),
    (Kind::ValidatingAdmissionPolicy, "ValidatingAdmissionPolicy", &[ADMISSION], false),
];

impl Kind {
    /// All kinds.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        KINDS.into_iter().map(|(kind, ..)| kind)
    }

    /// The kind of an object; none where its group has no such kind, as with
    /// a `Service` of an extension.
    pub(super) fn of(api_version: &str, name: &str) -> Option<Self> {
        let group = api_version.split_once('/').map_or("", |(group, _)| group);
        KINDS.iter().find(|(_, known, groups, _)| *known == name && groups.contains(&group)).map(|k| k.0)
    }

    /// Its name in manifests.
    pub(super) fn name(self) -> &'static str {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or("", |k| k.1)
    }

    /// Whether its objects live in namespaces.
    pub(super) fn namespaced(self) -> bool {
        KINDS.iter().any(|(kind, _, _, namespaced)| *kind == self && *namespaced)
    }

    /// Where the pod stands in a workload of this kind; none for other kinds.
    pub(super) fn pod_path(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Pod => Some(&[]),
            Self::CronJob => Some(&["spec", "jobTemplate", "spec", "template"]),
            Self::Deployment
            | Self::StatefulSet
            | Self::DaemonSet
            | Self::ReplicaSet
            | Self::ReplicationController
            | Self::Job => Some(&["spec", "template"]),
            _ => None,
        }
    }
}
