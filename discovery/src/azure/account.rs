//! The subscription itself: what watches over all of it.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::authorization::{assignments, definitions};
use super::id;
use super::item::Item;
use super::logging::{self, Retentions, Setting};
use super::place::Place;
use super::value::DAY;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

const ACCOUNT: &[&str] = &["Account"];

/// How long the platform keeps its own record of management calls.
const ACTIVITY_LOG: i64 = 90 * DAY;

const DIAGNOSTICS: Call = logging::settings(ACCOUNT, &["activityLogging"]);
const WORKSPACES: Call = logging::workspaces(ACCOUNT, &["activityLogging.retentionPeriod"]);
const LIST_ALERTS: Call = Call::detail(
    "list activity log alerts",
    "Microsoft.Insights/activityLogAlerts/read",
    ACCOUNT,
    &["activityLogging.alertedEvents", "activityLogging.alertsEnabled"],
);
const LIST_PLANS: Call =
    Call::detail("list security plans", "Microsoft.Security/pricings/read", ACCOUNT, &["anomalyDetection"]);
const LIST_CONTACTS: Call = Call::detail(
    "list security contacts",
    "Microsoft.Security/securityContacts/read",
    ACCOUNT,
    &["securityContactRegistered"],
);
const SUMMARIZE_POLICIES: Call = Call::detail(
    "summarize policy states",
    "Microsoft.PolicyInsights/policyStates/summarize/read",
    ACCOUNT,
    &["configurationAssessed"],
);
const LIST_ASSIGNMENTS: Call = Call::detail(
    "list role assignments",
    "Microsoft.Authorization/roleAssignments/read",
    ACCOUNT,
    &["administratorCount"],
);
const LIST_DEFINITIONS: Call = Call::detail(
    "list role definitions",
    "Microsoft.Authorization/roleDefinitions/read",
    ACCOUNT,
    &["administratorCount"],
);

pub(super) static SERVICE: Service = Service {
    name: "account",
    resource_types: ACCOUNT,
    calls: &[
        DIAGNOSTICS,
        WORKSPACES,
        LIST_ALERTS,
        LIST_PLANS,
        LIST_CONTACTS,
        SUMMARIZE_POLICIES,
        LIST_ASSIGNMENTS,
        LIST_DEFINITIONS,
    ],
};

#[derive(Debug, Default, Deserialize)]
struct Alert {
    enabled: Option<bool>,
    scopes: Option<Vec<String>>,
    condition: Option<Condition>,
    actions: Option<Actions>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Condition {
    all_of: Option<Vec<Term>>,
}

#[derive(Debug, Default, Deserialize)]
struct Term {
    field: Option<String>,
    equals: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Actions {
    action_groups: Option<Vec<Value>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Plan {
    pricing_tier: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Contact {
    emails: Option<String>,
    email: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Summaries {
    value: Option<Vec<Summary>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    policy_assignments: Option<Vec<PolicyAssignment>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PolicyAssignment {
    policy_set_definition_id: Option<String>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let own = place.subscription.id.as_str();
    let name = place.subscription.display_name.as_deref().unwrap_or(own);
    let mut draft = Draft::new("Account", id::subscription(own), name);
    let tags = place.subscription.tags.iter().flatten();
    draft.put_labels(tags.map(|(name, text)| (name.as_str(), text.as_deref().unwrap_or_default())));
    // new disks are encrypted with AES-256 by keys of the platform, and nobody
    // can turn that off
    let mut disks = Properties::default();
    disks.put("enabled", true);
    disks.put("algorithm", "AES-256");
    disks.put("keyId", Value::Null);
    disks.put("keyManagement", "provider");
    draft.properties.put("defaultDiskEncryption", disks);
    let logs = activity_logging(place, sink).await;
    logging::put(&mut draft, "activityLogging", logs);
    let path = place.path("providers/Microsoft.Security/pricings");
    let plans = place.list::<Item<Plan>>(sink, &LIST_PLANS, None, &path, "2024-01-01").await.whole();
    draft.properties.put_if_known("anomalyDetection", plans.as_deref().and_then(detection));
    let path = place.path("providers/Microsoft.Security/securityContacts");
    let contacts =
        place.list::<Item<Contact>>(sink, &LIST_CONTACTS, None, &path, "2020-01-01-preview").await.whole();
    draft.properties.put_if_known("securityContactRegistered", contacts.as_deref().map(is_reachable));
    let path = place.path("providers/Microsoft.PolicyInsights/policyStates/latest/summarize");
    let summaries: Option<Summaries> = place.post(sink, &SUMMARIZE_POLICIES, name, &path, "2019-10-01").await;
    draft.properties.put_if_known("configurationAssessed", summaries.and_then(|all| is_assessed(&all)));
    draft.properties.put_if_known("administratorCount", administrators(place, sink).await);
    sink.write(draft);
}

/// The record of management calls, which is always kept, and may be sent on.
async fn activity_logging(place: &Place, sink: &Sink<'_, '_>) -> Properties {
    let mut logging = Properties::default();
    logging.put("enabled", true);
    // it holds the calls in all regions that change something, and no others
    logging.put("allRegions", true);
    logging.put("dataAccess", false);
    let own = id::subscription(&place.subscription.id);
    if let Some(settings) = logging::settings_of(place, sink, &DIAGNOSTICS, &own).await {
        let retentions = Retentions::read(place, sink, &WORKSPACES).await;
        put_destinations(&mut logging, &settings, &retentions);
    }
    let path = place.path("providers/Microsoft.Insights/activityLogAlerts");
    let alerts = place.list::<Item<Alert>>(sink, &LIST_ALERTS, None, &path, "2020-10-01").await;
    if let Some(alerts) = alerts.whole() {
        let active = alerts.iter().filter_map(|item| item.properties.as_ref());
        let active: Vec<&Alert> = active.filter(|alert| alert.watches(&own)).collect();
        let events: BTreeSet<&str> = active.iter().filter_map(|alert| alert.event()).collect();
        logging.put("alertsEnabled", !active.is_empty());
        logging.put("alertedEvents", events.into_iter().collect::<Vec<&str>>());
    }
    logging
}

/// Where records are sent, and how long they are kept there: never shorter
/// than the platform's own.
fn put_destinations(logging: &mut Properties, settings: &[Setting], retentions: &Retentions) {
    let sent = Value::from(retentions.logging(settings, &["Administrative"], false));
    let services = sent.get("loggingServiceIds").cloned().unwrap_or_default();
    let is_sent = services.as_array().is_some_and(|services| !services.is_empty());
    logging.put("loggingServiceIds", services);
    match sent.get("retentionPeriod").and_then(Value::as_i64) {
        Some(kept) => logging.put("retentionPeriod", kept.max(ACTIVITY_LOG)),
        None if is_sent => {}
        None => logging.put("retentionPeriod", ACTIVITY_LOG),
    }
}

impl Alert {
    /// Whether it tells somebody of what happens in all of a subscription.
    fn watches(&self, subscription: &str) -> bool {
        let has_action = self.actions.iter().flat_map(|actions| actions.action_groups.iter().flatten());
        let is_over = self.scopes.iter().flatten().any(|scope| id::canonical(scope) == subscription);
        // on where nobody turned it off
        self.enabled.unwrap_or(true) && is_over && has_action.count() > 0
    }

    /// The kind of event that it is about, in the words of the ontology.
    fn event(&self) -> Option<&'static str> {
        let terms = self.condition.as_ref()?.all_of.iter().flatten();
        let mut named = terms.filter(|term| term.field.as_deref() == Some("operationName"));
        let operation = named.next()?.equals.as_deref()?.to_lowercase();
        let (namespace, rest) = operation.split_once('/')?;
        match (namespace, rest) {
            ("microsoft.authorization", _) => Some("permission-change"),
            ("microsoft.insights", _) if rest.starts_with("diagnosticsettings/") => Some("trail-change"),
            ("microsoft.keyvault", _) if rest.ends_with("/delete") => Some("key-deletion"),
            ("microsoft.network", _)
                if rest.starts_with("networksecuritygroups/") || rest.starts_with("azurefirewalls/") =>
            {
                Some("firewall-change")
            }
            ("microsoft.sql", _) if rest.starts_with("servers/firewallrules/") => Some("firewall-change"),
            ("microsoft.network", _) => Some("network-change"),
            _ => None,
        }
    }
}

/// Threat detection over management calls; its plans tell what else is watched.
fn detection(plans: &[Item<Plan>]) -> Option<Properties> {
    let tier = |plan: &Item<Plan>| plan.properties.as_ref().and_then(|plan| plan.pricing_tier.clone());
    let mut detection = Properties::default();
    let arm = plans.iter().find(|plan| plan.name() == "Arm")?;
    detection.put("enabled", tier(arm)? == "Standard");
    let watched: BTreeSet<&str> =
        plans.iter().filter(|plan| tier(plan).as_deref() == Some("Standard")).map(Item::name).collect();
    let watched: Vec<&str> = watched.into_iter().collect();
    detection.put_or_null("scope", (!watched.is_empty()).then(|| watched.join(", ")));
    Some(detection)
}

fn is_reachable(contacts: &[Item<Contact>]) -> bool {
    let address = |contact: &Contact| contact.emails.clone().or_else(|| contact.email.clone());
    let mut addresses = contacts.iter().filter_map(|item| item.properties.as_ref().and_then(address));
    addresses.any(|address| !address.trim().is_empty())
}

/// Whether a set of policies, which is what benchmarks are, is evaluated.
fn is_assessed(summaries: &Summaries) -> Option<bool> {
    let assigned =
        summaries.value.as_ref()?.iter().flat_map(|summary| summary.policy_assignments.iter().flatten());
    let is_set = |assignment: &PolicyAssignment| {
        assignment.policy_set_definition_id.as_deref().is_some_and(|set| !set.is_empty())
    };
    Some(assigned.into_iter().any(is_set))
}

/// How many identities administer all of the subscription; none where one of
/// them is a group, whose members are not told.
async fn administrators(place: &Place, sink: &Sink<'_, '_>) -> Option<usize> {
    let granted = assignments(place, sink, &LIST_ASSIGNMENTS).await.whole()?;
    let roles = definitions(place, sink, &LIST_DEFINITIONS).await?;
    let subscription = &place.subscription.id;
    let mut found = BTreeSet::new();
    for assignment in granted.iter().filter(|assignment| assignment.is_over(subscription)) {
        if assignment.is_privileged(&roles)? {
            found.insert(assignment.single()?.to_owned());
        }
    }
    Some(found.len())
}
