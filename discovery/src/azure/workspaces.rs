//! Workspaces of Log Analytics: where logs are gathered and kept.

use serde::Deserialize;

use super::access;
use super::item::Item;
use super::logging::{self, Retentions};
use super::place::Place;
use super::value::DAY;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Service, Sink};

/// The version of the interface.
const VERSION: &str = "2023-09-01";

const WORKSPACES: &[&str] = &["LoggingService"];

const LIST_WORKSPACES: Call =
    Call::listing("list workspaces", "Microsoft.OperationalInsights/workspaces/read", WORKSPACES);
const DIAGNOSTICS: Call = logging::settings(WORKSPACES, &["activityLogging"]);

pub(super) static SERVICE: Service =
    Service { name: "loganalytics", resource_types: WORKSPACES, calls: &[LIST_WORKSPACES, DIAGNOSTICS] };

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Workspace {
    created_date: Option<String>,
    retention_in_days: Option<i64>,
    public_network_access_for_ingestion: Option<String>,
    public_network_access_for_query: Option<String>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("providers/Microsoft.OperationalInsights/workspaces");
    let listed = place.list::<Item<Workspace>>(sink, &LIST_WORKSPACES, None, &path, VERSION).await;
    let days =
        |item: &Item<Workspace>| Some((item.id.clone(), item.properties.as_ref()?.retention_in_days? * DAY));
    let retentions = Retentions::of(listed.items.iter().filter_map(days));
    place
        .each(&listed.items, |item| {
            let retentions = &retentions;
            async move {
                let mut draft = workspace(item);
                if let Some(settings) = logging::settings_of(place, sink, &DIAGNOSTICS, &item.id).await {
                    let logs = retentions.logging(&settings, &["Audit"], true);
                    logging::put(&mut draft, "activityLogging", logs);
                }
                sink.write(draft);
            }
        })
        .await;
}

fn workspace(item: &Item<Workspace>) -> Draft {
    let mut draft = item.draft("LoggingService");
    let Some(workspace) = &item.properties else { return draft };
    let properties = &mut draft.properties;
    properties.put_if_known("creationTime", workspace.created_date.clone());
    properties.put_if_known("retentionPeriod", workspace.retention_in_days.map(|days| days * DAY));
    let sides = [&workspace.public_network_access_for_ingestion, &workspace.public_network_access_for_query];
    let sides: Option<Vec<bool>> = sides.iter().map(|side| access::is_public(side.as_deref())).collect();
    properties.put_if_known("internetAccessible", sides.map(|sides| sides.contains(&true)));
    // all data is encrypted with AES-256, which nobody can turn off
    let mut at_rest = Properties::default();
    at_rest.put("enabled", true);
    at_rest.put("algorithm", "AES-256");
    properties.put("atRestEncryption", at_rest);
    draft
}
