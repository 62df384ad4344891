//! Storage accounts with their containers of objects and file shares.

use serde::Deserialize;
use serde_json::Value;

use super::access::{self, NetworkRules};
use super::item::{Item, PrivateConnection, is_private};
use super::logging::{self, Retentions, Setting};
use super::place::Place;
use super::value::{DAY, tls};
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

/// The version of the interface.
const VERSION: &str = "2023-05-01";

/// Kinds of log on what is done with objects.
const ACCESSES: [&str; 3] = ["StorageRead", "StorageWrite", "StorageDelete"];

const LIST_ACCOUNTS: Call = Call::listing(
    "list storage accounts",
    "Microsoft.Storage/storageAccounts/read",
    &["FileStorage", "FileStorageService", "ObjectStorage", "ObjectStorageService"],
);
const GET_BLOB_SERVICE: Call = Call::detail(
    "get blob service",
    "Microsoft.Storage/storageAccounts/blobServices/read",
    &["ObjectStorage"],
    &["deletionProtection", "versioning"],
);
const LIST_CONTAINERS: Call = Call::listing(
    "list containers",
    "Microsoft.Storage/storageAccounts/blobServices/containers/read",
    &["ObjectStorage"],
);
const LIST_SHARES: Call = Call::listing(
    "list file shares",
    "Microsoft.Storage/storageAccounts/fileServices/shares/read",
    &["FileStorage"],
);
const WORKSPACES: Call =
    logging::workspaces(&["ObjectStorage", "ObjectStorageService"], &["activityLogging.retentionPeriod"]);
const DIAGNOSTICS: Call = logging::settings(&["ObjectStorage", "ObjectStorageService"], &["activityLogging"]);

pub(super) static SERVICE: Service = Service {
    name: "storage",
    resource_types: &["FileStorage", "FileStorageService", "ObjectStorage", "ObjectStorageService"],
    calls: &[LIST_ACCOUNTS, GET_BLOB_SERVICE, LIST_CONTAINERS, LIST_SHARES, WORKSPACES, DIAGNOSTICS],
};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    creation_time: Option<String>,
    supports_https_traffic_only: Option<bool>,
    minimum_tls_version: Option<String>,
    allow_blob_public_access: Option<bool>,
    allow_shared_key_access: Option<bool>,
    public_network_access: Option<String>,
    network_acls: Option<NetworkRules>,
    encryption: Option<Encryption>,
    private_endpoint_connections: Option<Vec<PrivateConnection>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Encryption {
    key_source: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BlobService {
    is_versioning_enabled: Option<bool>,
    container_delete_retention_policy: Option<Retention>,
}

#[derive(Debug, Default, Deserialize)]
struct Retention {
    enabled: Option<bool>,
    days: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Container {
    public_access: Option<String>,
    has_immutability_policy: Option<bool>,
    has_legal_hold: Option<bool>,
    immutability_policy: Option<ImmutabilityPolicy>,
    immutable_storage_with_versioning: Option<ImmutableVersions>,
}

#[derive(Debug, Default, Deserialize)]
struct ImmutabilityPolicy {
    properties: Option<ImmutabilityPeriod>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ImmutabilityPeriod {
    immutability_period_since_creation_in_days: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
struct ImmutableVersions {
    enabled: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Share {
    enabled_protocols: Option<String>,
    share_quota: Option<i64>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.Storage/storageAccounts");
    let listed = place.list::<Item<Account>>(sink, &LIST_ACCOUNTS, None, &path, VERSION).await;
    if listed.items.is_empty() {
        return;
    }
    let retentions = Retentions::read(place, sink, &WORKSPACES).await;
    place.each(&listed.items, |item| one(place, sink, item, &retentions)).await;
}

async fn one(place: &Place, sink: &Sink<'_, '_>, item: &Item<Account>, retentions: &Retentions) {
    let Some(account) = &item.properties else {
        sink.write(item.draft(service_type(item)));
        return;
    };
    let mut parts = Some(Vec::new());
    let mut logs = None;
    if has_objects(item) {
        let blobs = format!("{}/blobServices/default", item.id);
        let about = item.name();
        let service = place.get::<Item<BlobService>>(sink, &GET_BLOB_SERVICE, about, &blobs, VERSION).await;
        logs = logging::settings_of(place, sink, &DIAGNOSTICS, &blobs)
            .await
            .map(|settings| accesses(&settings, retentions));
        let path = format!("{blobs}/containers");
        let containers =
            place.list::<Item<Container>>(sink, &LIST_CONTAINERS, Some(about), &path, VERSION).await;
        let blob_service = service.and_then(|service| service.properties);
        for part in &containers.items {
            let mut draft = container(item, account, part, blob_service.as_ref());
            if let Some(logs) = &logs {
                logging::put(&mut draft, "activityLogging", logs.clone());
            }
            add(&mut parts, &draft);
            sink.write(draft);
        }
        parts = parts.filter(|_| containers.is_complete);
    }
    if has_files(item) {
        let path = format!("{}/fileServices/default/shares", item.id);
        let shares = place.list::<Item<Share>>(sink, &LIST_SHARES, Some(item.name()), &path, VERSION).await;
        for part in &shares.items {
            let draft = share(item, account, part);
            add(&mut parts, &draft);
            sink.write(draft);
        }
        parts = parts.filter(|_| shares.is_complete);
    }
    let mut draft = service(item, account);
    if let Some(logs) = logs {
        logging::put(&mut draft, "activityLogging", logs);
    }
    if let Some(mut parts) = parts {
        parts.sort();
        draft.put_ids("storageIds", parts);
    }
    sink.write(draft);
}

fn add(parts: &mut Option<Vec<String>>, draft: &Draft) {
    if let Some(parts) = parts {
        parts.push(draft.id().to_owned());
    }
}

/// The logging of reads and writes of objects: it counts as such where both
/// are recorded.
fn accesses(settings: &[Setting], retentions: &Retentions) -> Properties {
    let mut logging = retentions.logging(settings, &ACCESSES, true);
    let is_recorded = |kind: &str| logging::is_sent(settings, kind);
    logging.put("dataAccess", ACCESSES.iter().all(|kind| is_recorded(kind)));
    logging
}

fn has_objects(item: &Item<Account>) -> bool {
    item.kind.as_deref() != Some("FileStorage")
}

/// Kinds of account that hold nothing but objects have no shares.
fn has_files(item: &Item<Account>) -> bool {
    !matches!(item.kind.as_deref(), Some("BlobStorage" | "BlockBlobStorage"))
}

fn service_type(item: &Item<Account>) -> &'static str {
    if has_objects(item) { "ObjectStorageService" } else { "FileStorageService" }
}

fn service(item: &Item<Account>, account: &Account) -> Draft {
    let mut draft = item.draft(service_type(item));
    let properties = &mut draft.properties;
    properties.put_if_known("creationTime", account.creation_time.clone());
    let access = account.public_network_access.as_deref();
    properties.put_if_known("internetAccessible", access::is_public(access));
    properties.put_if_known("l3Firewall", access::filter(access, account.network_acls.as_ref()));
    properties.put("privateEndpoint", is_private(account.private_endpoint_connections.as_ref()));
    // on where nobody turned it off
    properties.put("sharedKeyAccess", account.allow_shared_key_access.unwrap_or(true));
    put_common(&mut draft, item, account);
    draft
}

/// What a part has from its account.
fn put_common(draft: &mut Draft, item: &Item<Account>, account: &Account) {
    let properties = &mut draft.properties;
    properties.put("transportEncryption", transport(account));
    properties.put("atRestEncryption", at_rest(account));
    let sku = item.sku.as_ref().and_then(|sku| sku.name.as_deref());
    properties.put_if_known("redundancy", sku.and_then(redundancy));
}

fn transport(account: &Account) -> Properties {
    let mut encryption = Properties::default();
    encryption.put("enabled", true);
    encryption.put_if_known("enforced", account.supports_https_traffic_only);
    encryption.put("protocol", "TLS");
    // an account without a lowest version takes every one, from 1.0
    let lowest = account.minimum_tls_version.as_deref().unwrap_or("TLS1_0");
    encryption.put_if_known("protocolVersion", tls(lowest));
    encryption
}

/// All data is encrypted with AES-256, which nobody can turn off.
fn at_rest(account: &Account) -> Properties {
    let mut encryption = Properties::default();
    encryption.put("enabled", true);
    encryption.put("algorithm", "AES-256");
    match account.encryption.as_ref().and_then(|encryption| encryption.key_source.as_deref()) {
        Some("Microsoft.Storage") => {
            encryption.put("keyId", Value::Null);
            encryption.put("keyManagement", "provider");
        }
        Some("Microsoft.Keyvault") => encryption.put("keyManagement", "customer"),
        _ => {}
    }
    encryption
}

/// The copies that a kind of account keeps.
fn redundancy(sku: &str) -> Option<Properties> {
    let (_, kind) = sku.split_once('_')?;
    let (scope, copies) = match kind {
        "LRS" => ("instance", 3),
        "ZRS" => ("zone", 3),
        "GRS" | "RAGRS" | "GZRS" | "RAGZRS" => ("region", 6),
        _ => return None,
    };
    let mut redundancy = Properties::default();
    redundancy.put("scope", scope);
    redundancy.put("copies", copies);
    Some(redundancy)
}

fn container(
    item: &Item<Account>,
    account: &Account,
    part: &Item<Container>,
    service: Option<&BlobService>,
) -> Draft {
    let mut draft = part.part("ObjectStorage", &item.id, item.location.as_deref());
    put_common(&mut draft, item, account);
    let properties = &mut draft.properties;
    let access = access::is_public(account.public_network_access.as_deref());
    properties.put_if_known("internetAccessible", access);
    // not allowed where the account does not say so
    let is_allowed = account.allow_blob_public_access.unwrap_or(false);
    let mut block = Properties::default();
    for name in ["enabled", "blockNewGrants", "ignoreGrants"] {
        block.put(name, !is_allowed);
    }
    properties.put("publicAccessBlock", block);
    if let Some(service) = service {
        // versions are not kept unless somebody turned that on
        let mut versioning = Properties::default();
        versioning.put("enabled", service.is_versioning_enabled.unwrap_or(false));
        properties.put("versioning", versioning);
        properties.put("deletionProtection", recovery(service.container_delete_retention_policy.as_ref()));
    }
    let Some(container) = &part.properties else { return draft };
    let granted = container.public_access.as_deref().map(|granted| granted != "None");
    let is_public = match (is_allowed, granted, access) {
        (false, ..) | (_, _, Some(false)) => Some(false),
        (true, granted, Some(true)) => granted,
        (true, _, None) => None,
    };
    properties.put_if_known("publicAccess", is_public);
    properties.put_if_known("immutability", container.immutability());
    draft
}

/// How long deleted containers can be brought back.
fn recovery(policy: Option<&Retention>) -> Properties {
    let days = policy.filter(|policy| policy.enabled == Some(true)).map(|policy| policy.days);
    let mut protection = Properties::default();
    protection.put("enabled", days.is_some());
    match days {
        Some(days) => protection.put_if_known("recoveryWindow", days.map(|days| days * DAY)),
        None => protection.put("recoveryWindow", Value::Null),
    }
    protection
}

impl Container {
    /// Protection against change: null where there is neither a policy nor a
    /// hold.
    fn immutability(&self) -> Option<Value> {
        let of_versions = self.immutable_storage_with_versioning.as_ref().and_then(|i| i.enabled);
        let is_held = self.has_immutability_policy? || self.has_legal_hold? || of_versions == Some(true);
        if !is_held {
            return Some(Value::Null);
        }
        let period = self.immutability_policy.as_ref().and_then(|policy| policy.properties.as_ref());
        let days = period.and_then(|period| period.immutability_period_since_creation_in_days);
        let mut immutability = Properties::default();
        immutability.put("enabled", true);
        immutability.put_if_known("retentionPeriod", days.map(|days| days * DAY));
        Some(immutability.into())
    }
}

/// Bytes of a gibibyte.
const GIBIBYTE: i64 = 1 << 30;

fn share(item: &Item<Account>, account: &Account, part: &Item<Share>) -> Draft {
    let mut draft = part.part("FileStorage", &item.id, item.location.as_deref());
    put_common(&mut draft, item, account);
    let properties = &mut draft.properties;
    properties
        .put_if_known("internetAccessible", access::is_public(account.public_network_access.as_deref()));
    // shares are opened with a key or a role, never by anybody
    properties.put("publicAccess", false);
    let Some(share) = &part.properties else { return draft };
    properties.put_if_known("capacity", share.share_quota.map(|quota| quota * GIBIBYTE));
    if share.enabled_protocols.as_deref() == Some("NFS") {
        // which knows no encryption of its own
        let mut encryption = Properties::default();
        encryption.put("enabled", false);
        encryption.put("enforced", false);
        properties.put("transportEncryption", encryption);
    }
    draft
}
