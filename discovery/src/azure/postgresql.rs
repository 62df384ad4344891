//! Flexible servers for `PostgreSQL`.

use serde::Deserialize;
use serde_json::Value;

use super::access;
use super::item::{Item, PrivateConnection, is_private};
use super::lock::{self, Locks};
use super::logging::{self, Retentions};
use super::place::Place;
use super::sql::{FirewallRule, firewall};
use super::value::{DAY, tls, truth};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

/// The version of the interface.
const VERSION: &str = "2022-12-01";

const SERVERS: &[&str] = &["RelationalDatabaseService"];

const LIST_SERVERS: Call =
    Call::listing("list PostgreSQL servers", "Microsoft.DBforPostgreSQL/flexibleServers/read", SERVERS);
const LIST_FIREWALL_RULES: Call = Call::detail(
    "list firewall rules of a PostgreSQL server",
    "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read",
    SERVERS,
    &["l3Firewall"],
);
const LIST_PARAMETERS: Call = Call::detail(
    "list parameters of a PostgreSQL server",
    "Microsoft.DBforPostgreSQL/flexibleServers/configurations/read",
    SERVERS,
    &["transportEncryption"],
);
const WORKSPACES: Call = logging::workspaces(SERVERS, &["activityLogging.retentionPeriod"]);
const DIAGNOSTICS: Call = logging::settings(SERVERS, &["activityLogging"]);
const LOCKS: Call = lock::list(SERVERS);

pub(super) static SERVICE: Service = Service {
    name: "postgresql",
    resource_types: SERVERS,
    calls: &[LIST_SERVERS, LIST_FIREWALL_RULES, LIST_PARAMETERS, WORKSPACES, DIAGNOSTICS, LOCKS],
};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Server {
    version: Option<String>,
    minor_version: Option<String>,
    network: Option<Network>,
    backup: Option<BackupPolicy>,
    high_availability: Option<Availability>,
    data_encryption: Option<DataEncryption>,
    private_endpoint_connections: Option<Vec<PrivateConnection>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Network {
    public_network_access: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BackupPolicy {
    backup_retention_days: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
struct Availability {
    mode: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct DataEncryption {
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Parameter {
    value: Option<String>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.DBforPostgreSQL/flexibleServers");
    let listed = place.list::<Item<Server>>(sink, &LIST_SERVERS, None, &path, VERSION).await;
    if listed.items.is_empty() {
        return;
    }
    let retentions = Retentions::read(place, sink, &WORKSPACES).await;
    let locks = Locks::read(place, sink, &LOCKS).await;
    place
        .each(&listed.items, |item| {
            let (retentions, locks) = (&retentions, locks.as_ref());
            async move {
                let about = Some(item.name());
                let path = format!("{}/firewallRules", item.id);
                let rules = place
                    .list::<Item<FirewallRule>>(sink, &LIST_FIREWALL_RULES, about, &path, VERSION)
                    .await
                    .whole();
                let path = format!("{}/configurations", item.id);
                let parameters = place
                    .list::<Item<Parameter>>(sink, &LIST_PARAMETERS, about, &path, VERSION)
                    .await
                    .whole();
                let mut draft = server(item, rules.as_deref(), parameters.as_deref());
                if let Some(settings) = logging::settings_of(place, sink, &DIAGNOSTICS, &item.id).await {
                    let logs = retentions.logging(&settings, &["PostgreSQLLogs"], true);
                    logging::put(&mut draft, "activityLogging", logs);
                }
                let protection = locks.map(|locks| locks.protection(&item.id));
                draft.properties.put_if_known("deletionProtection", protection);
                sink.write(draft);
            }
        })
        .await;
}

fn server(
    item: &Item<Server>,
    rules: Option<&[Item<FirewallRule>]>,
    parameters: Option<&[Item<Parameter>]>,
) -> Draft {
    let mut draft = item.draft("RelationalDatabaseService");
    let properties = &mut draft.properties;
    properties.put("engine", "postgresql");
    // minor versions are installed by the platform, at the latest in a window
    // that somebody may choose
    let mut updates = Properties::default();
    updates.put("enabled", true);
    properties.put("automaticUpdates", updates);
    properties.put_if_known("transportEncryption", parameters.map(transport));
    let Some(server) = &item.properties else { return draft };
    let minor = server.minor_version.as_deref().filter(|minor| !minor.is_empty());
    let version = server.version.as_deref().map(|major| match minor {
        Some(minor) => format!("{major}.{minor}"),
        None => major.to_owned(),
    });
    properties.put_if_known("engineVersion", version);
    let access = server.network.as_ref().and_then(|network| network.public_network_access.as_deref());
    let access = access.and_then(|access| access::is_public(Some(access)));
    properties.put_if_known("internetAccessible", access);
    properties.put_if_known("l3Firewall", firewall(access, rules));
    let connections = server.private_endpoint_connections.as_ref();
    properties.put_if_known("privateEndpoint", connections.map(|all| is_private(Some(all))));
    properties.put("atRestEncryption", server.at_rest());
    properties.put_if_known("backups", server.backups());
    properties.put_if_known("redundancy", server.redundancy());
    draft
}

/// Encryption on the way, by the parameters of the server.
fn transport(parameters: &[Item<Parameter>]) -> Properties {
    let value = |name: &str| {
        let mut named = parameters.iter().filter(|item| item.name() == name);
        named.next().and_then(|item| item.properties.as_ref()?.value.clone())
    };
    let mut encryption = Properties::default();
    encryption.put("enabled", true);
    encryption.put("protocol", "TLS");
    let required = value("require_secure_transport").map(Value::String);
    encryption.put_if_known("enforced", truth(required.as_ref()));
    encryption.put_if_known("protocolVersion", value("ssl_min_protocol_version").as_deref().and_then(tls));
    encryption
}

impl Server {
    /// All data is encrypted with AES-256, which nobody can turn off.
    fn at_rest(&self) -> Properties {
        let mut encryption = Properties::default();
        encryption.put("enabled", true);
        encryption.put("algorithm", "AES-256");
        match self.data_encryption.as_ref().and_then(|encryption| encryption.kind.as_deref()) {
            Some("SystemManaged" | "SystemAssigned") => {
                encryption.put("keyId", Value::Null);
                encryption.put("keyManagement", "provider");
            }
            Some("AzureKeyVault") => encryption.put("keyManagement", "customer"),
            _ => {}
        }
        encryption
    }

    /// The copies that the platform makes every day.
    fn backups(&self) -> Option<Vec<Value>> {
        let days = self.backup.as_ref()?.backup_retention_days?;
        let mut backup = Properties::default();
        backup.put("enabled", true);
        backup.put("interval", DAY);
        backup.put("retentionPeriod", days * DAY);
        Some(vec![backup.into()])
    }

    fn redundancy(&self) -> Option<Properties> {
        let scope = match self.high_availability.as_ref()?.mode.as_deref()? {
            "ZoneRedundant" => "zone",
            "SameZone" => "instance",
            "Disabled" => "none",
            _ => return None,
        };
        let mut redundancy = Properties::default();
        redundancy.put("scope", scope);
        Some(redundancy)
    }
}
