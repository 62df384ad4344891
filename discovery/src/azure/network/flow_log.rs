//! Flow logs: records of connections, which network watchers keep.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::super::item::Item;
use super::super::logging::Retentions;
use super::super::place::Place;
use super::super::{id, value};
use super::VERSION;
use crate::draft::Properties;
use crate::live::{Call, Sink};

pub(super) const LIST_WATCHERS: Call = Call::detail(
    "list network watchers",
    "Microsoft.Network/networkWatchers/read",
    &["VirtualNetwork", "VirtualSubNetwork"],
    &["flowLogging"],
);
pub(super) const LIST_FLOW_LOGS: Call = Call::detail(
    "list flow logs",
    "Microsoft.Network/networkWatchers/flowLogs/read",
    &["VirtualNetwork", "VirtualSubNetwork"],
    &["flowLogging"],
);

#[derive(Debug, Default, Deserialize)]
struct Watcher {}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FlowLog {
    target_resource_id: Option<String>,
    enabled: Option<bool>,
    retention_policy: Option<Retention>,
    flow_analytics_configuration: Option<Analytics>,
}

#[derive(Debug, Default, Deserialize)]
struct Retention {
    days: Option<i64>,
    enabled: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Analytics {
    network_watcher_flow_analytics_configuration: Option<WorkspaceOfAnalytics>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WorkspaceOfAnalytics {
    enabled: Option<bool>,
    workspace_resource_id: Option<String>,
}

/// The flow logs of a subscription, by what they record.
pub(super) struct FlowLogs(BTreeMap<String, FlowLog>);

impl FlowLogs {
    /// Reads them; none where they could not all be read. Watchers and what
    /// they record lie in the same subscription.
    pub(super) async fn read(place: &Place, sink: &Sink<'_, '_>) -> Option<Self> {
        let path = place.path("providers/Microsoft.Network/networkWatchers");
        let watchers = place.list::<Item<Watcher>>(sink, &LIST_WATCHERS, None, &path, VERSION).await;
        let found: RefCell<Option<BTreeMap<String, FlowLog>>> =
            RefCell::new(watchers.is_complete.then(BTreeMap::new));
        place
            .each(&watchers.items, |watcher| {
                let found = &found;
                async move {
                    let path = format!("{}/flowLogs", watcher.id);
                    let about = Some(watcher.name());
                    let listed =
                        place.list::<Item<FlowLog>>(sink, &LIST_FLOW_LOGS, about, &path, VERSION).await;
                    let mut found = found.borrow_mut();
                    match (listed.whole(), found.as_mut()) {
                        (Some(logs), Some(found)) => found.extend(logs.into_iter().filter_map(targeted)),
                        _ => *found = None,
                    }
                }
            })
            .await;
        found.into_inner().map(Self)
    }

    /// The logging of the first of these that a flow log records; null where
    /// none does.
    pub(super) fn logging(&self, targets: &[&str], retentions: &Retentions) -> Value {
        let log = targets.iter().find_map(|target| self.0.get(*target));
        log.map_or(Value::Null, |log| log.spelled(retentions).into())
    }
}

fn targeted(item: Item<FlowLog>) -> Option<(String, FlowLog)> {
    let log = item.properties?;
    Some((id::canonical(log.target_resource_id.as_deref()?), log))
}

impl FlowLog {
    fn spelled(&self, retentions: &Retentions) -> Properties {
        let analytics = self.flow_analytics_configuration.as_ref();
        let analytics = analytics.and_then(|a| a.network_watcher_flow_analytics_configuration.as_ref());
        let sent = analytics.filter(|analytics| analytics.enabled == Some(true));
        let workspace = sent.and_then(|sent| sent.workspace_resource_id.as_deref()).map(id::canonical);
        let stored = self.retention_policy.as_ref().and_then(|policy| match (policy.enabled, policy.days?) {
            // records are kept until somebody deletes them
            (Some(false), _) | (_, 0) => Some(None),
            (Some(true), days) => Some(Some(days * value::DAY)),
            (None, _) => None,
        });
        let analysed = workspace.as_deref().and_then(|workspace| retentions.get(workspace));
        let mut logging = Properties::default();
        logging.put_if_known("enabled", self.enabled);
        match (stored, analysed) {
            (Some(kept), _) => logging.put_or_null("retentionPeriod", kept),
            (None, kept) => logging.put_if_known("retentionPeriod", kept),
        }
        logging.put("loggingServiceIds", workspace.into_iter().collect::<Vec<String>>());
        // connections are recorded whether they were let through or not
        logging.put("trafficType", "all");
        logging
    }
}
