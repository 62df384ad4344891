//! Clusters of Azure Kubernetes Service, from outside.

use serde::Deserialize;
use serde_json::Value;

use super::access::ANYWHERE;
use super::item::Item;
use super::logging::{self, Retentions};
use super::place::Place;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

/// The version of the interface.
const VERSION: &str = "2024-02-01";

/// Kinds of log of the components of a control plane.
const COMPONENTS: [&str; 7] = [
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "cluster-autoscaler",
    "cloud-controller-manager",
    "guard",
    "csi-azuredisk-controller",
];

/// Kinds of log on calls to the control plane; the second leaves reading out.
const AUDITS: [&str; 2] = ["kube-audit", "kube-audit-admin"];

const CLUSTERS: &[&str] = &["ContainerOrchestration"];

const LIST_CLUSTERS: Call =
    Call::listing("list clusters", "Microsoft.ContainerService/managedClusters/read", CLUSTERS);
const WORKSPACES: Call =
    logging::workspaces(CLUSTERS, &["activityLogging.retentionPeriod", "resourceLogging.retentionPeriod"]);
const DIAGNOSTICS: Call = logging::settings(CLUSTERS, &["activityLogging", "resourceLogging"]);

pub(super) static SERVICE: Service =
    Service { name: "aks", resource_types: CLUSTERS, calls: &[LIST_CLUSTERS, WORKSPACES, DIAGNOSTICS] };

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cluster {
    current_kubernetes_version: Option<String>,
    fqdn: Option<String>,
    #[serde(rename = "privateFQDN")]
    private_fqdn: Option<String>,
    #[serde(rename = "enableRBAC")]
    enable_rbac: Option<bool>,
    disable_local_accounts: Option<bool>,
    api_server_access_profile: Option<ApiServerAccess>,
    auto_upgrade_profile: Option<AutoUpgrade>,
    security_profile: Option<Security>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApiServerAccess {
    #[serde(rename = "authorizedIPRanges")]
    authorized_ip_ranges: Option<Vec<String>>,
    enable_private_cluster: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AutoUpgrade {
    upgrade_channel: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Security {
    azure_key_vault_kms: Option<Kms>,
    defender: Option<Defender>,
}

#[derive(Debug, Default, Deserialize)]
struct Kms {
    enabled: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Defender {
    security_monitoring: Option<Monitoring>,
    log_analytics_workspace_resource_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Monitoring {
    enabled: Option<bool>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.ContainerService/managedClusters");
    let listed = place.list::<Item<Cluster>>(sink, &LIST_CLUSTERS, None, &path, VERSION).await;
    if listed.items.is_empty() {
        return;
    }
    let retentions = Retentions::read(place, sink, &WORKSPACES).await;
    place
        .each(&listed.items, |item| {
            let retentions = &retentions;
            async move {
                let mut draft = cluster(item);
                if let Some(settings) = logging::settings_of(place, sink, &DIAGNOSTICS, &item.id).await {
                    let audit = retentions.logging(&settings, &AUDITS, true);
                    logging::put(&mut draft, "activityLogging", audit);
                    let logs = retentions.logging(&settings, &COMPONENTS, false);
                    logging::put(&mut draft, "resourceLogging", logs);
                }
                sink.write(draft);
            }
        })
        .await;
}

fn cluster(item: &Item<Cluster>) -> Draft {
    let mut draft = item.draft("ContainerOrchestration");
    let Some(cluster) = &item.properties else { return draft };
    let properties = &mut draft.properties;
    properties.put_if_known("version", cluster.current_kubernetes_version.clone());
    let host = cluster.fqdn.as_ref().or(cluster.private_fqdn.as_ref());
    properties.put_if_known("managementUrl", host.map(|host| format!("https://{host}")));
    let access = cluster.api_server_access_profile.as_ref();
    // public, for everybody, unless the cluster says otherwise
    let is_private = access.and_then(|access| access.enable_private_cluster).unwrap_or(false);
    properties.put("internetAccessible", !is_private);
    let ranges = access.and_then(|access| access.authorized_ip_ranges.clone()).unwrap_or_default();
    let everybody = || ANYWHERE.map(str::to_owned).to_vec();
    let is_open = ranges.is_empty() && !is_private;
    properties.put("allowedNetworks", if is_open { everybody() } else { ranges });
    properties.put("accessControl", cluster.access_control());
    properties.put("atRestEncryption", cluster.at_rest());
    // off where no channel is set
    let channel =
        cluster.auto_upgrade_profile.as_ref().and_then(|profile| profile.upgrade_channel.as_deref());
    let mut updates = Properties::default();
    updates.put("enabled", channel.is_some_and(|channel| channel != "none"));
    properties.put("automaticUpdates", updates);
    let detection = cluster.anomaly_detection();
    let workspace = detection.get("loggingServiceIds").and_then(|ids| ids.get(0));
    if let Some(id) = workspace.and_then(Value::as_str) {
        draft.relate(id);
    }
    draft.properties.put("anomalyDetection", detection);
    draft
}

impl Cluster {
    fn access_control(&self) -> Properties {
        let mut control = Properties::default();
        control.put_if_known("model", self.enable_rbac.map(|rbac| if rbac { "RBAC" } else { "none" }));
        // there are such accounts where nobody turned them off
        control.put("localAccounts", !self.disable_local_accounts.unwrap_or(false));
        control
    }

    /// The platform encrypts what the cluster stores; with a key of its own
    /// the cluster encrypts secrets itself.
    fn at_rest(&self) -> Properties {
        let kms = self.security_profile.as_ref().and_then(|security| security.azure_key_vault_kms.as_ref());
        let is_own = kms.and_then(|kms| kms.enabled).unwrap_or(false);
        let mut encryption = Properties::default();
        encryption.put("enabled", true);
        encryption.put("keyManagement", if is_own { "customer" } else { "provider" });
        if !is_own {
            encryption.put("keyId", Value::Null);
        }
        encryption
    }

    /// Off where the cluster says nothing of it.
    fn anomaly_detection(&self) -> Value {
        let defender = self.security_profile.as_ref().and_then(|security| security.defender.as_ref());
        let monitoring = defender.and_then(|defender| defender.security_monitoring.as_ref());
        let is_enabled = monitoring.and_then(|monitoring| monitoring.enabled).unwrap_or(false);
        let workspace = defender.and_then(|defender| defender.log_analytics_workspace_resource_id.as_deref());
        let workspaces: Vec<String> =
            workspace.filter(|_| is_enabled).map(super::id::canonical).into_iter().collect();
        let mut detection = Properties::default();
        detection.put("enabled", is_enabled);
        detection.put("loggingServiceIds", workspaces);
        detection.into()
    }
}
