//! SQL servers with their databases.

use serde::Deserialize;
use serde_json::Value;

use super::access;
use super::item::{Item, PrivateConnection, is_private};
use super::lock::{self, Locks};
use super::place::Place;
use super::value::{DAY, cidrs, tls};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

/// The version of the interface.
const VERSION: &str = "2021-11-01";

/// Groups of actions that record what is done with data.
const DATA_ACTIONS: [&str; 3] =
    ["BATCH_COMPLETED_GROUP", "SCHEMA_OBJECT_ACCESS_GROUP", "DATABASE_OBJECT_ACCESS_GROUP"];

const SERVERS: &[&str] = &["RelationalDatabaseService"];

const LIST_SERVERS: Call = Call::listing(
    "list SQL servers",
    "Microsoft.Sql/servers/read",
    &["DatabaseStorage", "RelationalDatabaseService"],
);
const LIST_FIREWALL_RULES: Call = Call::detail(
    "list firewall rules of an SQL server",
    "Microsoft.Sql/servers/firewallRules/read",
    SERVERS,
    &["l3Firewall"],
);
const GET_AUDITING: Call = Call::detail(
    "get auditing of an SQL server",
    "Microsoft.Sql/servers/auditingSettings/read",
    SERVERS,
    &["activityLogging"],
);
const GET_THREAT_PROTECTION: Call = Call::detail(
    "get threat protection of an SQL server",
    "Microsoft.Sql/servers/advancedThreatProtectionSettings/read",
    SERVERS,
    &["anomalyDetection"],
);
const GET_PROTECTOR: Call = Call::detail(
    "get encryption protector of an SQL server",
    "Microsoft.Sql/servers/encryptionProtector/read",
    &["DatabaseStorage", "RelationalDatabaseService"],
    &["atRestEncryption.keyManagement"],
);
const LIST_DATABASES: Call =
    Call::listing("list SQL databases", "Microsoft.Sql/servers/databases/read", &["DatabaseStorage"]);
const GET_ENCRYPTION: Call = Call::detail(
    "get transparent data encryption",
    "Microsoft.Sql/servers/databases/transparentDataEncryption/read",
    &["DatabaseStorage"],
    &["atRestEncryption"],
);
const GET_RETENTION: Call = Call::detail(
    "get backup retention",
    "Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies/read",
    &["DatabaseStorage"],
    &["backups"],
);
const LOCKS: Call = lock::list(SERVERS);

pub(super) static SERVICE: Service = Service {
    name: "sql",
    resource_types: &["DatabaseStorage", "RelationalDatabaseService"],
    calls: &[
        LIST_SERVERS,
        LIST_FIREWALL_RULES,
        GET_AUDITING,
        GET_THREAT_PROTECTION,
        GET_PROTECTOR,
        LIST_DATABASES,
        GET_ENCRYPTION,
        GET_RETENTION,
        LOCKS,
    ],
};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Server {
    version: Option<String>,
    minimal_tls_version: Option<String>,
    public_network_access: Option<String>,
    private_endpoint_connections: Option<Vec<PrivateConnection>>,
}

/// A range of addresses that is let in.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FirewallRule {
    start_ip_address: Option<String>,
    end_ip_address: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Auditing {
    state: Option<String>,
    retention_days: Option<i64>,
    storage_endpoint: Option<String>,
    is_azure_monitor_target_enabled: Option<bool>,
    audit_actions_and_groups: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
struct Stated {
    state: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Protector {
    server_key_type: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Database {
    creation_date: Option<String>,
    max_size_bytes: Option<i64>,
    zone_redundant: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShortTerm {
    retention_days: Option<i64>,
    diff_backup_interval_in_hours: Option<i64>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.Sql/servers");
    let listed = place.list::<Item<Server>>(sink, &LIST_SERVERS, None, &path, VERSION).await;
    if listed.items.is_empty() {
        return;
    }
    let locks = Locks::read(place, sink, &LOCKS).await;
    place.each(&listed.items, |item| one(place, sink, item, locks.as_ref())).await;
}

async fn one(place: &Place, sink: &Sink<'_, '_>, item: &Item<Server>, locks: Option<&Locks>) {
    let about = item.name();
    let path = |rest: &str| format!("{}/{rest}", item.id);
    let rules = place
        .list::<Item<FirewallRule>>(sink, &LIST_FIREWALL_RULES, Some(about), &path("firewallRules"), VERSION)
        .await;
    let auditing: Option<Item<Auditing>> =
        place.get(sink, &GET_AUDITING, about, &path("auditingSettings/default"), VERSION).await;
    let threats: Option<Item<Stated>> = place
        .get(sink, &GET_THREAT_PROTECTION, about, &path("advancedThreatProtectionSettings/Default"), VERSION)
        .await;
    let protector: Option<Item<Protector>> =
        place.get(sink, &GET_PROTECTOR, about, &path("encryptionProtector/current"), VERSION).await;
    let key_management = protector.and_then(|item| management(item.properties?.server_key_type.as_deref()?));
    let mut draft = server(item, rules.whole().as_deref());
    let properties = &mut draft.properties;
    properties.put_if_known("activityLogging", auditing.and_then(|item| item.properties?.logging()));
    properties.put_if_known("anomalyDetection", threats.and_then(|item| detection(&item.properties?)));
    properties.put_if_known("deletionProtection", locks.map(|locks| locks.protection(&item.id)));
    databases(place, sink, item, key_management, &mut draft).await;
    sink.write(draft);
}

/// Writes the databases of a server, and names them in it.
async fn databases(
    place: &Place,
    sink: &Sink<'_, '_>,
    server: &Item<Server>,
    key_management: Option<&'static str>,
    draft: &mut Draft,
) {
    let path = format!("{}/databases", server.id);
    let listed =
        place.list::<Item<Database>>(sink, &LIST_DATABASES, Some(server.name()), &path, VERSION).await;
    // the platform's own one, which holds nothing of the customer
    let own: Vec<&Item<Database>> = listed.items.iter().filter(|item| item.name() != "master").collect();
    if listed.is_complete {
        draft.put_ids("storageIds", own.iter().map(|item| super::id::canonical(&item.id)).collect());
    }
    for item in own {
        let about = item.name();
        let path = |rest: &str| format!("{}/{rest}", item.id);
        let encryption: Option<Item<Stated>> = place
            .get(sink, &GET_ENCRYPTION, about, &path("transparentDataEncryption/current"), VERSION)
            .await;
        let retention: Option<Item<ShortTerm>> = place
            .get(sink, &GET_RETENTION, about, &path("backupShortTermRetentionPolicies/default"), VERSION)
            .await;
        let mut draft = database(item, server);
        let properties = &mut draft.properties;
        let at_rest = encryption.and_then(|item| at_rest(&item.properties?, key_management));
        properties.put_if_known("atRestEncryption", at_rest);
        properties.put_if_known("backups", retention.and_then(|item| item.properties?.backups()));
        sink.write(draft);
    }
}

fn server(item: &Item<Server>, rules: Option<&[Item<FirewallRule>]>) -> Draft {
    let mut draft = item.draft("RelationalDatabaseService");
    let properties = &mut draft.properties;
    properties.put("engine", "sqlserver");
    // servers are patched by the platform, and nobody can turn that off
    properties.put("automaticUpdates", on());
    let Some(server) = &item.properties else { return draft };
    properties.put_if_known("engineVersion", server.version.clone());
    let access = access::is_public(server.public_network_access.as_deref());
    properties.put_if_known("internetAccessible", access);
    properties.put_if_known("l3Firewall", firewall(access, rules));
    properties.put("privateEndpoint", is_private(server.private_endpoint_connections.as_ref()));
    // connections are encrypted whatever the client asks for
    let mut encryption = on();
    encryption.put("enforced", true);
    encryption.put("protocol", "TLS");
    let lowest = server.minimal_tls_version.as_deref().and_then(tls);
    encryption.put_if_known("protocolVersion", lowest);
    properties.put("transportEncryption", encryption);
    draft
}

/// The filter of a database server, which lets in only whom a rule names.
pub(super) fn firewall(is_public: Option<bool>, rules: Option<&[Item<FirewallRule>]>) -> Option<Properties> {
    if !is_public? {
        return Some(access::only(Vec::new()));
    }
    let networks: Option<Vec<Vec<String>>> = rules?
        .iter()
        .map(|item| {
            let rule = item.properties.as_ref()?;
            let (first, last) = (rule.start_ip_address.as_deref()?, rule.end_ip_address.as_deref()?);
            // stands for everything that runs in the platform, others' things too
            if (first, last) == ("0.0.0.0", "0.0.0.0") {
                return Some(vec!["AzureCloud".to_owned()]);
            }
            cidrs(first, last)
        })
        .collect();
    Some(access::only(networks?.concat()))
}

fn on() -> Properties {
    let mut properties = Properties::default();
    properties.put("enabled", true);
    properties
}

/// Who rules over the key of a server.
fn management(kind: &str) -> Option<&'static str> {
    match kind {
        "ServiceManaged" => Some("provider"),
        "AzureKeyVault" => Some("customer"),
        _ => None,
    }
}

fn detection(stated: &Stated) -> Option<Properties> {
    let mut detection = Properties::default();
    detection.put("enabled", stated.state.as_deref()? == "Enabled");
    Some(detection)
}

fn at_rest(stated: &Stated, key_management: Option<&'static str>) -> Option<Properties> {
    let is_encrypted = stated.state.as_deref()? == "Enabled";
    let mut encryption = Properties::default();
    encryption.put("enabled", is_encrypted);
    if is_encrypted {
        encryption.put("algorithm", "AES-256");
        encryption.put_if_known("keyManagement", key_management);
        if key_management == Some("provider") {
            encryption.put("keyId", Value::Null);
        }
    }
    Some(encryption)
}

impl Auditing {
    fn logging(&self) -> Option<Properties> {
        let is_enabled = self.state.as_deref()? == "Enabled";
        let mut logging = Properties::default();
        logging.put("enabled", is_enabled);
        if !is_enabled {
            return Some(logging);
        }
        // days are about a storage account, and 0 stands for ever; the settings
        // of a workspace stand there
        let is_stored = self.storage_endpoint.as_deref().is_some_and(|to| !to.is_empty());
        if is_stored && self.is_azure_monitor_target_enabled != Some(true) {
            match self.retention_days {
                Some(0) => logging.put("retentionPeriod", Value::Null),
                days => logging.put_if_known("retentionPeriod", days.map(|days| days * DAY)),
            }
        }
        let groups = self.audit_actions_and_groups.as_ref();
        let is_data = |group: &String| DATA_ACTIONS.contains(&group.as_str()) || group.contains(" on ");
        logging.put_if_known("dataAccess", groups.map(|groups| groups.iter().any(is_data)));
        Some(logging)
    }
}

fn database(item: &Item<Database>, server: &Item<Server>) -> Draft {
    let mut draft = item.part("DatabaseStorage", &server.id, item.location.as_deref());
    let tags = item.tags.iter().flatten();
    draft.put_labels(tags.map(|(name, text)| (name.as_str(), text.as_deref().unwrap_or_default())));
    let Some(database) = &item.properties else { return draft };
    let properties = &mut draft.properties;
    properties.put_if_known("creationTime", database.creation_date.clone());
    properties.put_if_known("capacity", database.max_size_bytes);
    if let Some(is_redundant) = database.zone_redundant {
        let mut redundancy = Properties::default();
        redundancy.put("scope", if is_redundant { "zone" } else { "instance" });
        properties.put("redundancy", redundancy);
    }
    draft
}

impl ShortTerm {
    /// The backups that the platform makes of each database.
    fn backups(&self) -> Option<Vec<Value>> {
        let mut backup = on();
        backup.put("retentionPeriod", self.retention_days? * DAY);
        backup.put_if_known("interval", self.diff_backup_interval_in_hours.map(|hours| hours * 3600));
        Some(vec![backup.into()])
    }
}
