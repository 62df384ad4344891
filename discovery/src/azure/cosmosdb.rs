//! Accounts of Cosmos DB.

use serde::Deserialize;
use serde_json::Value;

use super::access;
use super::item::{Item, PrivateConnection, is_private};
use super::lock::{self, Locks};
use super::logging::{self, Retentions};
use super::place::Place;
use super::value::{cidr, tls};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

/// The version of the interface.
const VERSION: &str = "2024-05-15";

/// Kinds of log on what is done with data, by the interfaces that an account
/// may offer.
const REQUESTS: [&str; 5] =
    ["DataPlaneRequests", "MongoRequests", "CassandraRequests", "GremlinRequests", "TableApiRequests"];

const ACCOUNTS: &[&str] = &["DocumentDatabaseService"];

const LIST_ACCOUNTS: Call =
    Call::listing("list Cosmos DB accounts", "Microsoft.DocumentDB/databaseAccounts/read", ACCOUNTS);
const WORKSPACES: Call = logging::workspaces(ACCOUNTS, &["activityLogging.retentionPeriod"]);
const DIAGNOSTICS: Call = logging::settings(ACCOUNTS, &["activityLogging"]);
const LOCKS: Call = lock::list(ACCOUNTS);

pub(super) static SERVICE: Service = Service {
    name: "cosmosdb",
    resource_types: ACCOUNTS,
    calls: &[LIST_ACCOUNTS, WORKSPACES, DIAGNOSTICS, LOCKS],
};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    public_network_access: Option<String>,
    ip_rules: Option<Vec<AddressRule>>,
    is_virtual_network_filter_enabled: Option<bool>,
    minimal_tls_version: Option<String>,
    disable_local_auth: Option<bool>,
    key_vault_key_uri: Option<String>,
    backup_policy: Option<BackupPolicy>,
    locations: Option<Vec<Location>>,
    private_endpoint_connections: Option<Vec<PrivateConnection>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddressRule {
    ip_address_or_range: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BackupPolicy {
    #[serde(rename = "type")]
    kind: Option<String>,
    periodic_mode_properties: Option<Periodic>,
    continuous_mode_properties: Option<Continuous>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Periodic {
    backup_interval_in_minutes: Option<i64>,
    backup_retention_interval_in_hours: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
struct Continuous {
    tier: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    is_zone_redundant: Option<bool>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.DocumentDB/databaseAccounts");
    let listed = place.list::<Item<Account>>(sink, &LIST_ACCOUNTS, None, &path, VERSION).await;
    if listed.items.is_empty() {
        return;
    }
    let retentions = Retentions::read(place, sink, &WORKSPACES).await;
    let locks = Locks::read(place, sink, &LOCKS).await;
    place
        .each(&listed.items, |item| {
            let (retentions, locks) = (&retentions, locks.as_ref());
            async move {
                let mut draft = account(item);
                if let Some(settings) = logging::settings_of(place, sink, &DIAGNOSTICS, &item.id).await {
                    let mut logs = retentions.logging(&settings, &REQUESTS, true);
                    logs.put("dataAccess", REQUESTS.iter().any(|kind| logging::is_sent(&settings, kind)));
                    logging::put(&mut draft, "activityLogging", logs);
                }
                let protection = locks.map(|locks| locks.protection(&item.id));
                draft.properties.put_if_known("deletionProtection", protection);
                sink.write(draft);
            }
        })
        .await;
}

fn account(item: &Item<Account>) -> Draft {
    let mut draft = item.draft("DocumentDatabaseService");
    let properties = &mut draft.properties;
    properties.put("engine", if item.kind.as_deref() == Some("MongoDB") { "mongodb" } else { "cosmosdb" });
    // the service is patched by the platform, and nobody can turn that off
    let mut updates = Properties::default();
    updates.put("enabled", true);
    properties.put("automaticUpdates", updates);
    let Some(account) = &item.properties else { return draft };
    let access = access::is_public(account.public_network_access.as_deref());
    properties.put_if_known("internetAccessible", access);
    properties.put_if_known("l3Firewall", access.map(|is_public| account.filter(is_public)));
    properties.put("privateEndpoint", is_private(account.private_endpoint_connections.as_ref()));
    // keys open it where nobody turned that off
    properties.put("sharedKeyAccess", !account.disable_local_auth.unwrap_or(false));
    properties.put("atRestEncryption", account.at_rest());
    // connections without TLS are not taken
    let mut encryption = Properties::default();
    encryption.put("enabled", true);
    encryption.put("enforced", true);
    encryption.put("protocol", "TLS");
    encryption.put_if_known("protocolVersion", account.minimal_tls_version.as_deref().and_then(tls));
    properties.put("transportEncryption", encryption);
    properties.put_if_known("backups", account.backups());
    properties.put_if_known("redundancy", account.redundancy());
    draft
}

impl Account {
    /// Without a rule everybody is let in.
    fn filter(&self, is_public: bool) -> Properties {
        let ranges = self.ip_rules.iter().flatten().filter_map(|rule| rule.ip_address_or_range.as_deref());
        // stands for everything that runs in the platform, others' things too
        let range = |text: &str| if text == "0.0.0.0" { "AzureCloud".to_owned() } else { cidr(text) };
        let ranges: Vec<String> = ranges.map(range).collect();
        let by_network = self.is_virtual_network_filter_enabled == Some(true);
        match (is_public, ranges.is_empty() && !by_network) {
            (false, _) => access::only(Vec::new()),
            (true, true) => access::open(),
            (true, false) => access::only(ranges),
        }
    }

    /// All data is encrypted with AES-256, by keys of the platform where no
    /// other one is named.
    fn at_rest(&self) -> Properties {
        let is_own = self.key_vault_key_uri.as_deref().is_some_and(|uri| !uri.is_empty());
        let mut encryption = Properties::default();
        encryption.put("enabled", true);
        encryption.put("algorithm", "AES-256");
        encryption.put("keyManagement", if is_own { "customer" } else { "provider" });
        if !is_own {
            encryption.put("keyId", Value::Null);
        }
        encryption
    }

    fn backups(&self) -> Option<Vec<Value>> {
        let policy = self.backup_policy.as_ref()?;
        let mut backup = Properties::default();
        backup.put("enabled", true);
        match policy.kind.as_deref()? {
            "Periodic" => {
                let periodic = policy.periodic_mode_properties.as_ref()?;
                let interval = periodic.backup_interval_in_minutes.map(|minutes| minutes * 60);
                let kept = periodic.backup_retention_interval_in_hours.map(|hours| hours * 3600);
                backup.put_if_known("interval", interval);
                backup.put_if_known("retentionPeriod", kept);
            }
            "Continuous" => {
                let tier = policy.continuous_mode_properties.as_ref().and_then(|mode| mode.tier.as_deref());
                let days = match tier {
                    Some("Continuous7Days") => Some(7),
                    Some("Continuous30Days") => Some(30),
                    _ => None,
                };
                // every change is kept
                backup.put("interval", 0);
                backup.put_if_known("retentionPeriod", days.map(|days| days * super::value::DAY));
            }
            _ => return None,
        }
        Some(vec![backup.into()])
    }

    fn redundancy(&self) -> Option<Properties> {
        let locations = self.locations.as_ref().filter(|locations| !locations.is_empty())?;
        let scope = match locations.as_slice() {
            [_, _, ..] => "region",
            [one] if one.is_zone_redundant? => "zone",
            _ => "instance",
        };
        let mut redundancy = Properties::default();
        redundancy.put("scope", scope);
        Some(redundancy)
    }
}
