//! Key vaults with their keys and secrets, by what the management interface
//! tells of them: it knows no values. It lists no certificates either.

use jiff::{Span, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use super::access::{self, NetworkRules};
use super::item::{Item, PrivateConnection, is_private};
use super::logging::{self, Retentions};
use super::place::Place;
use super::value::DAY;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

/// The version of the interface.
const VERSION: &str = "2023-07-01";

const LIST_VAULTS: Call =
    Call::listing("list vaults", "Microsoft.KeyVault/vaults/read", &["Key", "KeyVault", "Secret"]);
const LIST_KEYS: Call = Call::listing("list keys", "Microsoft.KeyVault/vaults/keys/read", &["Key"]);
const GET_KEY: Call = Call::detail(
    "get key",
    "Microsoft.KeyVault/vaults/keys/read",
    &["Key"],
    &["age", "exportable", "keySize", "rotation"],
);
const LIST_SECRETS: Call =
    Call::listing("list secrets", "Microsoft.KeyVault/vaults/secrets/read", &["Secret"]);
const WORKSPACES: Call = logging::workspaces(&["KeyVault"], &["activityLogging.retentionPeriod"]);
const DIAGNOSTICS: Call = logging::settings(&["KeyVault"], &["activityLogging"]);

pub(super) static SERVICE: Service = Service {
    name: "keyvault",
    resource_types: &["Key", "KeyVault", "Secret"],
    calls: &[LIST_VAULTS, LIST_KEYS, GET_KEY, LIST_SECRETS, WORKSPACES, DIAGNOSTICS],
};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vault {
    sku: Option<super::item::Sku>,
    enable_purge_protection: Option<bool>,
    enable_soft_delete: Option<bool>,
    soft_delete_retention_in_days: Option<i64>,
    public_network_access: Option<String>,
    network_acls: Option<NetworkRules>,
    private_endpoint_connections: Option<Vec<PrivateConnection>>,
}

/// A key or secret.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    attributes: Option<Attributes>,
    kty: Option<String>,
    key_size: Option<i64>,
    curve_name: Option<String>,
    content_type: Option<String>,
    rotation_policy: Option<RotationPolicy>,
}

/// Times are seconds since 1970.
#[derive(Debug, Default, Deserialize)]
struct Attributes {
    enabled: Option<bool>,
    created: Option<i64>,
    exp: Option<i64>,
    nbf: Option<i64>,
    exportable: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RotationPolicy {
    lifetime_actions: Option<Vec<LifetimeAction>>,
}

#[derive(Debug, Default, Deserialize)]
struct LifetimeAction {
    action: Option<Action>,
    trigger: Option<Trigger>,
}

#[derive(Debug, Default, Deserialize)]
struct Action {
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Trigger {
    time_after_create: Option<String>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.KeyVault/vaults");
    let listed = place.list::<Item<Vault>>(sink, &LIST_VAULTS, None, &path, VERSION).await;
    if listed.items.is_empty() {
        return;
    }
    let retentions = Retentions::read(place, sink, &WORKSPACES).await;
    place.each(&listed.items, |item| one(place, sink, item, &retentions)).await;
}

async fn one(place: &Place, sink: &Sink<'_, '_>, item: &Item<Vault>, retentions: &Retentions) {
    let mut draft = vault(item);
    let about = Some(item.name());
    if let Some(settings) = logging::settings_of(place, sink, &DIAGNOSTICS, &item.id).await {
        let mut logs = retentions.logging(&settings, &["AuditEvent"], true);
        // these records are about each use of what the vault holds
        logs.put("dataAccess", logging::is_sent(&settings, "AuditEvent"));
        logging::put(&mut draft, "activityLogging", logs);
    }
    let keys = place.list::<Item<Kept>>(sink, &LIST_KEYS, about, &format!("{}/keys", item.id), VERSION).await;
    for key in &keys.items {
        let whole = place.get::<Item<Kept>>(sink, &GET_KEY, key.name(), &key.id, VERSION).await;
        sink.write(key_draft(item, key, whole.and_then(|whole| whole.properties).as_ref(), sink));
    }
    let path = format!("{}/secrets", item.id);
    let secrets = place.list::<Item<Kept>>(sink, &LIST_SECRETS, about, &path, VERSION).await;
    for secret in &secrets.items {
        sink.write(secret_draft(item, secret, sink));
    }
    // certificates are kept as a key and a secret of the same name
    if keys.is_complete && secrets.is_complete {
        let kept = keys.items.iter().chain(&secrets.items);
        draft.put_ids("credentialIds", kept.map(|kept| super::id::canonical(&kept.id)).collect());
    }
    sink.write(draft);
}

fn vault(item: &Item<Vault>) -> Draft {
    let mut draft = item.draft("KeyVault");
    let Some(vault) = &item.properties else { return draft };
    let properties = &mut draft.properties;
    let access = vault.public_network_access.as_deref();
    properties.put_if_known("internetAccessible", access::is_public(access));
    properties.put_if_known("l3Firewall", access::filter(access, vault.network_acls.as_ref()));
    properties.put("privateEndpoint", is_private(vault.private_endpoint_connections.as_ref()));
    let grade = vault.sku.as_ref().and_then(|sku| sku.name.as_deref());
    properties.put_if_known("hardwareProtected", grade.map(|grade| grade.eq_ignore_ascii_case("premium")));
    properties.put("deletionProtection", vault.protection());
    draft
}

impl Vault {
    fn protection(&self) -> Properties {
        let mut protection = Properties::default();
        // absent unless somebody turned it on, for good
        protection.put("enabled", self.enable_purge_protection.unwrap_or(false));
        // on, for 90 days, where nobody set it otherwise
        if self.enable_soft_delete.unwrap_or(true) {
            protection.put("recoveryWindow", self.soft_delete_retention_in_days.unwrap_or(90) * DAY);
        } else {
            protection.put("recoveryWindow", Value::Null);
        }
        protection
    }
}

/// What keys and secrets have in common.
fn kept(
    resource_type: &'static str,
    vault: &Item<Vault>,
    item: &Item<Kept>,
    attributes: Option<&Attributes>,
    sink: &Sink<'_, '_>,
) -> Draft {
    let mut draft = item.part(resource_type, &vault.id, vault.location.as_deref());
    draft.put_id("keyVaultId", Some(super::id::canonical(&vault.id)));
    let tags = item.tags.iter().flatten();
    draft.put_labels(tags.map(|(name, text)| (name.as_str(), text.as_deref().unwrap_or_default())));
    let Some(attributes) = attributes else { return draft };
    let properties = &mut draft.properties;
    properties.put_if_known("enabled", attributes.enabled);
    let at = |seconds: i64| Timestamp::from_second(seconds).ok();
    properties.put_if_known("creationTime", attributes.created.and_then(at).map(|then| then.to_string()));
    properties.put_if_known("notBefore", attributes.nbf.and_then(at).map(|then| then.to_string()));
    let end = attributes.exp.and_then(at);
    properties.put_or_null("expirationDate", end.map(|end| end.to_string()));
    properties.put_or_null("remainingValidity", end.map(|end| -sink.age(end)));
    draft
}

fn key_draft(vault: &Item<Vault>, item: &Item<Kept>, whole: Option<&Kept>, sink: &Sink<'_, '_>) -> Draft {
    let listed = item.properties.as_ref();
    let attributes = whole.or(listed).and_then(|kept| kept.attributes.as_ref());
    let mut draft = kept("Key", vault, item, attributes, sink);
    let properties = &mut draft.properties;
    if let Some(kind) = whole.or(listed).and_then(|key| key.kty.as_deref()) {
        let (family, is_hard) = kind.strip_suffix("-HSM").map_or((kind, false), |family| (family, true));
        let algorithm = if family.eq_ignore_ascii_case("oct") { "AES" } else { family };
        properties.put("algorithm", algorithm);
        properties.put("hardwareProtected", is_hard);
    }
    let Some(key) = whole else { return draft };
    let created = key.attributes.as_ref().and_then(|attributes| attributes.created);
    let created = created.and_then(|seconds| Timestamp::from_second(seconds).ok());
    properties.put_if_known("age", created.map(|then| sink.age(then)));
    properties.put_if_known("keySize", key.key_size.or_else(|| curve(key.curve_name.as_deref()?)));
    let exportable = key.attributes.as_ref().map(|attributes| attributes.exportable.unwrap_or(false));
    properties.put_if_known("exportable", exportable);
    properties.put("rotation", key.rotation());
    draft
}

/// The bits of a key on a curve.
fn curve(name: &str) -> Option<i64> {
    match name {
        "P-256" | "P-256K" => Some(256),
        "P-384" => Some(384),
        "P-521" => Some(521),
        _ => None,
    }
}

impl Kept {
    /// How the key is replaced: an answer without a policy tells that it is
    /// not. Where a trigger counts to the end of the key, the interval is not
    /// told.
    fn rotation(&self) -> Properties {
        let actions = self.rotation_policy.iter().flat_map(|policy| policy.lifetime_actions.iter().flatten());
        let mut rotating = actions.filter(|action| {
            let kind = action.action.as_ref().and_then(|action| action.kind.as_deref());
            kind.is_some_and(|kind| kind.eq_ignore_ascii_case("rotate"))
        });
        let mut rotation = Properties::default();
        let Some(action) = rotating.next() else {
            rotation.put("enabled", false);
            rotation.put("interval", Value::Null);
            return rotation;
        };
        rotation.put("enabled", true);
        let after = action.trigger.as_ref().and_then(|trigger| trigger.time_after_create.as_deref());
        rotation.put_if_known("interval", after.and_then(seconds));
        rotation
    }
}

/// A duration of days, weeks, months or years as ISO 8601 writes it, in
/// seconds. A month has 30 days, a year 365.
fn seconds(text: &str) -> Option<i64> {
    let span: Span = text.parse().ok()?;
    let weeks = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
    Some((i64::from(span.get_years()) * 365 + i64::from(span.get_months()) * 30 + weeks) * DAY)
}

fn secret_draft(vault: &Item<Vault>, item: &Item<Kept>, sink: &Sink<'_, '_>) -> Draft {
    let secret = item.properties.as_ref();
    let mut draft = kept("Secret", vault, item, secret.and_then(|kept| kept.attributes.as_ref()), sink);
    let Some(secret) = secret else { return draft };
    let created = secret.attributes.as_ref().and_then(|attributes| attributes.created);
    let created = created.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let properties = &mut draft.properties;
    properties.put_if_known("age", created.map(|then| sink.age(then)));
    properties.put_if_known("secretKind", secret.content_type.clone());
    // vaults replace keys and certificates by themselves, but no secrets
    let mut rotation = Properties::default();
    rotation.put("enabled", false);
    rotation.put("interval", Value::Null);
    properties.put("rotation", rotation);
    draft
}
