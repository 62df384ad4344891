//! Which machines send the logs of their operating system where.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::super::id;
use super::super::item::Item;
use super::super::logging::Retentions;
use super::super::place::Place;
use crate::draft::Properties;
use crate::live::{Call, Sink};

/// The version of the interface to rules.
const VERSION: &str = "2022-06-01";

/// The rules that say which logs are collected.
pub(super) const LIST_RULES: Call = Call::detail(
    "list data collection rules",
    "Microsoft.Insights/dataCollectionRules/read",
    &["VirtualMachine"],
    &["osLogging"],
);

/// The machines that a rule is for.
pub(super) const LIST_ASSOCIATIONS: Call = Call::detail(
    "list associations of a data collection rule",
    "Microsoft.Insights/dataCollectionRuleAssociations/read",
    &["VirtualMachine"],
    &["osLogging"],
);

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    data_sources: Option<Sources>,
    destinations: Option<Destinations>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sources {
    syslog: Option<Vec<Value>>,
    windows_event_logs: Option<Vec<Value>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Destinations {
    log_analytics: Option<Vec<Destination>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Destination {
    workspace_resource_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Association {}

/// The workspaces that machines send their logs to. A machine that is not among
/// them may send its logs by other means.
pub(super) struct OsLogs {
    machines: BTreeMap<String, BTreeSet<String>>,
    retentions: Retentions,
}

pub(super) async fn read(place: &Place, sink: &Sink<'_, '_>, workspaces: &Call) -> OsLogs {
    let path = place.path("providers/Microsoft.Insights/dataCollectionRules");
    let rules = place.list::<Item<Rule>>(sink, &LIST_RULES, None, &path, VERSION).await;
    let collecting: Vec<(String, BTreeSet<String>)> = rules.items.iter().filter_map(collecting).collect();
    let machines: RefCell<BTreeMap<String, BTreeSet<String>>> = RefCell::default();
    place
        .each(&collecting, |(rule, workspaces)| {
            let machines = &machines;
            async move {
                let path = format!("{rule}/associations");
                let about = Some(id::name(rule));
                let listed =
                    place.list::<Item<Association>>(sink, &LIST_ASSOCIATIONS, about, &path, VERSION).await;
                for association in listed.items {
                    let machine = id::above(&association.id, 2);
                    machines.borrow_mut().entry(machine).or_default().extend(workspaces.iter().cloned());
                }
            }
        })
        .await;
    let retentions = if collecting.is_empty() {
        Retentions::default()
    } else {
        Retentions::read(place, sink, workspaces).await
    };
    OsLogs { machines: machines.into_inner(), retentions }
}

/// A rule that collects logs of operating systems, and where it sends them.
fn collecting(item: &Item<Rule>) -> Option<(String, BTreeSet<String>)> {
    let rule = item.properties.as_ref()?;
    let sources = rule.data_sources.as_ref()?;
    let has = |list: &Option<Vec<Value>>| list.as_ref().is_some_and(|list| !list.is_empty());
    if !has(&sources.syslog) && !has(&sources.windows_event_logs) {
        return None;
    }
    let sent = rule.destinations.iter().flat_map(|to| to.log_analytics.iter().flatten());
    let workspaces = sent.filter_map(|to| to.workspace_resource_id.as_deref().map(id::canonical)).collect();
    Some((id::canonical(&item.id), workspaces))
}

impl OsLogs {
    /// The logging of a machine, if a rule is for it.
    pub(super) fn of(&self, machine: &str) -> Option<Properties> {
        let workspaces = self.machines.get(machine)?;
        let kept: Option<Vec<i64>> =
            workspaces.iter().map(|workspace| self.retentions.get(workspace)).collect();
        let mut logging = Properties::default();
        logging.put("enabled", true);
        logging.put_if_known("retentionPeriod", kept.and_then(|kept| kept.into_iter().max()));
        logging.put("loggingServiceIds", workspaces.iter().cloned().collect::<Vec<String>>());
        Some(logging)
    }
}
