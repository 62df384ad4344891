use super::cluster::Cluster;
use super::controller;
use super::kind::Kind;
use super::node::Node;
use super::object::Object;
use super::selector::{self, Labels};

/// The account that pods act as unless they name another.
const DEFAULT_ACCOUNT: &str = "default";

/// The pod of a workload: a pod itself, or the template of its controller.
pub(super) struct Pod<'a> {
    pub(super) owner: &'a Object,
    pub(super) metadata: Node<'a>,
    pub(super) spec: Node<'a>,
    pub(super) labels: &'a Labels,
}

/// The kinds that hold a pod.
pub(super) const WORKLOADS: [Kind; 8] = [
    Kind::Pod,
    Kind::Deployment,
    Kind::StatefulSet,
    Kind::DaemonSet,
    Kind::ReplicaSet,
    Kind::ReplicationController,
    Kind::Job,
    Kind::CronJob,
];

impl<'a> Pod<'a> {
    /// The pod of an object; none where its kind has no pod.
    pub(super) fn of(owner: &'a Object) -> Option<Self> {
        let template = owner.root().path(owner.kind.pod_path()?);
        let metadata = template.get("metadata");
        let labels = owner.labels.get_or_init(|| selector::labels(&metadata.get("labels")));
        Some(Self { owner, metadata, spec: template.get("spec"), labels })
    }

    /// The ids of the workloads of a namespace whose pods have labels that are
    /// asked for. Those that are not written are left out.
    pub(super) fn selected<'c>(
        cluster: &'c Cluster,
        namespace: &'c str,
        has: impl Fn(&Labels) -> bool + 'c,
    ) -> impl Iterator<Item = String> + 'c {
        let workloads = WORKLOADS.into_iter().flat_map(move |kind| cluster.within(kind, namespace));
        let selected = workloads.filter_map(Pod::of).filter(move |pod| has(pod.labels));
        selected.filter(|pod| controller::is_present(cluster, pod.owner)).map(|pod| cluster.id_of(pod.owner))
    }

    /// Whether a running cluster has admitted the pod: what admission adds by
    /// default stands in it already.
    pub(super) fn is_admitted(&self, cluster: &Cluster) -> bool {
        cluster.is_running() && self.owner.kind == Kind::Pod
    }

    /// The name of its service account.
    pub(super) fn account(&self) -> &'a str {
        let named = self.spec.get("serviceAccountName").filled();
        named.or_else(|| self.spec.get("serviceAccount").filled()).unwrap_or(DEFAULT_ACCOUNT)
    }

    /// Whether it gets the token of its account, unless a volume asks for one:
    /// as it says itself, else as the account says, else yes. Not known for an
    /// account outside the input.
    pub(super) fn token_automount(&self, cluster: &Cluster) -> Option<bool> {
        let key = "automountServiceAccountToken";
        if let Some(own) = self.spec.get(key).flag() {
            return Some(own);
        }
        match cluster.find(Kind::ServiceAccount, &self.owner.namespace, self.account()) {
            Some(account) => Some(account.root().get(key).flag().unwrap_or(true)),
            // made with every namespace, without a setting
            None if self.account() == DEFAULT_ACCOUNT && !cluster.is_running() => Some(true),
            None => None,
        }
    }

    /// The objects of a kind in its namespace whose selector at `path` matches
    /// its labels.
    pub(super) fn selected_by<'c>(
        &'c self,
        cluster: &'c Cluster,
        kind: Kind,
        path: &'c [&'c str],
    ) -> impl Iterator<Item = &'c Object> {
        let candidates = cluster.within(kind, &self.owner.namespace);
        candidates.filter(move |object| selector::selects(&object.root().path(path), self.labels))
    }
}
