//! Container registries.

use serde::Deserialize;
use serde_json::Value;

use super::access;
use super::item::{Item, PrivateConnection, is_private};
use super::logging::{self, Retentions};
use super::place::Place;
use super::value::DAY;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

/// The version of the interface.
const VERSION: &str = "2023-07-01";

/// Kinds of log on what is done with images.
const EVENTS: [&str; 2] = ["ContainerRegistryRepositoryEvents", "ContainerRegistryLoginEvents"];

const REGISTRIES: &[&str] = &["ContainerRegistry"];

const LIST_REGISTRIES: Call =
    Call::listing("list registries", "Microsoft.ContainerRegistry/registries/read", REGISTRIES);
const GET_PLAN: Call = Call::detail(
    "get the security plan for containers",
    "Microsoft.Security/pricings/read",
    REGISTRIES,
    &["vulnerabilityScanning"],
);
const WORKSPACES: Call = logging::workspaces(REGISTRIES, &["activityLogging.retentionPeriod"]);
const DIAGNOSTICS: Call = logging::settings(REGISTRIES, &["activityLogging"]);

pub(super) static SERVICE: Service = Service {
    name: "registry",
    resource_types: REGISTRIES,
    calls: &[LIST_REGISTRIES, GET_PLAN, WORKSPACES, DIAGNOSTICS],
};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Registry {
    anonymous_pull_enabled: Option<bool>,
    public_network_access: Option<String>,
    creation_date: Option<String>,
    encryption: Option<Encryption>,
    zone_redundancy: Option<String>,
    private_endpoint_connections: Option<Vec<PrivateConnection>>,
}

#[derive(Debug, Default, Deserialize)]
struct Encryption {
    status: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Plan {
    pricing_tier: Option<String>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.ContainerRegistry/registries");
    let listed = place.list::<Item<Registry>>(sink, &LIST_REGISTRIES, None, &path, VERSION).await;
    if listed.items.is_empty() {
        return;
    }
    let retentions = Retentions::read(place, sink, &WORKSPACES).await;
    let path = place.path("providers/Microsoft.Security/pricings/Containers");
    let plan: Option<Item<Plan>> = place.get(sink, &GET_PLAN, "Containers", &path, "2024-01-01").await;
    let scanning = plan.and_then(|plan| scanning(&plan.properties?));
    place
        .each(&listed.items, |item| {
            let (retentions, scanning) = (&retentions, scanning.clone());
            async move {
                let mut draft = registry(item);
                draft.properties.put_if_known("vulnerabilityScanning", scanning);
                if let Some(settings) = logging::settings_of(place, sink, &DIAGNOSTICS, &item.id).await {
                    let logs = retentions.logging(&settings, &EVENTS, true);
                    logging::put(&mut draft, "activityLogging", logs);
                }
                sink.write(draft);
            }
        })
        .await;
}

/// The search for weaknesses by the platform, which scans what is pushed, and
/// all again every day; null where the subscription has no such plan.
fn scanning(plan: &Plan) -> Option<Value> {
    if plan.pricing_tier.as_deref()? != "Standard" {
        return Some(Value::Null);
    }
    let mut scanning = Properties::default();
    scanning.put("enabled", true);
    scanning.put("onChange", true);
    scanning.put("interval", DAY);
    Some(scanning.into())
}

fn registry(item: &Item<Registry>) -> Draft {
    let mut draft = item.draft("ContainerRegistry");
    let Some(registry) = &item.properties else { return draft };
    let properties = &mut draft.properties;
    properties.put_if_known("creationTime", registry.creation_date.clone());
    // nobody is let in without a sign-in unless somebody turned that on
    properties.put("publicAccess", registry.anonymous_pull_enabled.unwrap_or(false));
    let access = access::is_public(registry.public_network_access.as_deref());
    properties.put_if_known("internetAccessible", access);
    properties.put("privateEndpoint", is_private(registry.private_endpoint_connections.as_ref()));
    let is_own = registry.encryption.as_ref().and_then(|encryption| encryption.status.as_deref());
    // images are encrypted with AES-256, by keys of the platform at least
    let mut encryption = Properties::default();
    encryption.put("enabled", true);
    encryption.put("algorithm", "AES-256");
    if is_own.is_some_and(|status| status.eq_ignore_ascii_case("enabled")) {
        encryption.put("keyManagement", "customer");
    } else {
        encryption.put("keyId", Value::Null);
        encryption.put("keyManagement", "provider");
    }
    properties.put("atRestEncryption", encryption);
    if let Some(zones) = &registry.zone_redundancy {
        let mut redundancy = Properties::default();
        redundancy.put("scope", if zones == "Enabled" { "zone" } else { "instance" });
        properties.put("redundancy", redundancy);
    }
    draft
}
