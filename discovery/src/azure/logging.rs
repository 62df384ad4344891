//! Diagnostic settings: which logs of a resource are sent where, and how long
//! they are kept there.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::id;
use super::item::Item;
use super::place::Place;
use super::value::DAY;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

/// The list of workspaces, for how long they keep what is sent to them.
pub(super) const fn workspaces(types: &'static [&'static str], properties: &'static [&'static str]) -> Call {
    let permission = "Microsoft.OperationalInsights/workspaces/read";
    Call::detail("list workspaces", permission, types, properties)
}

/// The diagnostic settings of a resource.
pub(super) const fn settings(types: &'static [&'static str], properties: &'static [&'static str]) -> Call {
    Call::detail("list diagnostic settings", "Microsoft.Insights/diagnosticSettings/read", types, properties)
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Workspace {
    retention_in_days: Option<i64>,
}

/// A setting.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Setting {
    logs: Option<Vec<Log>>,
    workspace_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    category: Option<String>,
    category_group: Option<String>,
    enabled: Option<bool>,
}

impl Setting {
    fn sends(&self, kinds: &[&str], is_audit: bool) -> bool {
        self.logs.iter().flatten().any(|log| {
            let of_group = match log.category_group.as_deref() {
                Some("allLogs") => true,
                Some("audit") => is_audit,
                _ => false,
            };
            let named = log.category.as_deref();
            let of_kind = named.is_some_and(|name| kinds.is_empty() || kinds.contains(&name));
            log.enabled == Some(true) && (of_group || of_kind)
        })
    }
}

/// Whether logs of a kind, one of those on access, are sent anywhere.
pub(super) fn is_sent(settings: &[Setting], kind: &str) -> bool {
    settings.iter().any(|setting| setting.sends(&[kind], true))
}

/// How long the workspaces of a subscription keep what is sent to them, in
/// seconds.
#[derive(Default)]
pub(super) struct Retentions(BTreeMap<String, i64>);

impl Retentions {
    /// Reads them. What is sent to a workspace that is not among them is kept
    /// for a time that is not known.
    pub(super) async fn read(place: &Place, sink: &Sink<'_, '_>, call: &Call) -> Self {
        let path = place.path("providers/Microsoft.OperationalInsights/workspaces");
        let listed = place.list::<Item<Workspace>>(sink, call, None, &path, "2023-09-01").await;
        let days = |item: &Item<Workspace>| item.properties.as_ref()?.retention_in_days;
        let kept = listed.items.iter().filter_map(|item| Some((id::canonical(&item.id), days(item)? * DAY)));
        Self(kept.collect())
    }

    /// Those of these workspaces.
    pub(super) fn of(kept: impl IntoIterator<Item = (String, i64)>) -> Self {
        Self(kept.into_iter().map(|(workspace, seconds)| (id::canonical(&workspace), seconds)).collect())
    }

    /// How long a workspace keeps what is sent to it.
    pub(super) fn get(&self, workspace: &str) -> Option<i64> {
        self.0.get(workspace).copied()
    }

    /// The logging that settings amount to, as far as it is about one of these
    /// kinds of log; empty for all kinds. A group of all logs holds each of
    /// them, and `is_audit` tells that they belong to that of audits too.
    pub(super) fn logging(&self, settings: &[Setting], kinds: &[&str], is_audit: bool) -> Properties {
        let sent: Vec<&Setting> = settings.iter().filter(|setting| setting.sends(kinds, is_audit)).collect();
        let services: BTreeSet<String> =
            sent.iter().filter_map(|setting| setting.workspace_id.as_deref().map(id::canonical)).collect();
        let kept: Option<Vec<i64>> = services.iter().map(|service| self.get(service)).collect();
        let mut logging = Properties::default();
        logging.put("enabled", !sent.is_empty());
        // what is sent to a storage account stays as long as that account decides
        logging.put_if_known("retentionPeriod", kept.and_then(|kept| kept.into_iter().max()));
        logging.put("loggingServiceIds", services.into_iter().collect::<Vec<String>>());
        logging
    }
}

/// The settings of a resource; none where they could not all be read.
pub(super) async fn settings_of(
    place: &Place,
    sink: &Sink<'_, '_>,
    call: &Call,
    resource: &str,
) -> Option<Vec<Setting>> {
    let path = format!("{resource}/providers/Microsoft.Insights/diagnosticSettings");
    let about = id::name(resource);
    let listed = place.list::<Item<Setting>>(sink, call, Some(about), &path, "2021-05-01-preview").await;
    Some(listed.whole()?.into_iter().filter_map(|item| item.properties).collect())
}

/// Puts the logging into a resource whose related resources its workspaces
/// become.
pub(super) fn put(draft: &mut Draft, name: &str, logging: Properties) {
    let value = serde_json::Value::from(logging);
    let services = value.get("loggingServiceIds").and_then(serde_json::Value::as_array);
    let ids: Vec<String> =
        services.into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect();
    ids.into_iter().for_each(|id| draft.relate(id));
    draft.properties.put(name, value);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Retentions, Setting};

    fn logging(settings: Value, kinds: &[&str], is_audit: bool) -> Value {
        let settings: Vec<Setting> = serde_json::from_value(settings).unwrap();
        Retentions::of([("/w/One".to_owned(), 7)]).logging(&settings, kinds, is_audit).into()
    }

    #[test]
    fn logs_that_are_sent_to_a_workspace() {
        let sent = json!([{"logs": [{"category": "AuditEvent", "enabled": true}], "workspaceId": "/W/one"}]);
        let on = json!({"enabled": true, "retentionPeriod": 7, "loggingServiceIds": ["/w/one"]});
        assert_eq!(logging(sent.clone(), &["AuditEvent"], true), on);
        assert_eq!(logging(sent.clone(), &[], false), on);
        let off = json!({"enabled": false, "loggingServiceIds": []});
        assert_eq!(logging(sent, &["Other"], true), off);
        assert_eq!(logging(json!([]), &["AuditEvent"], true), off);
    }

    #[test]
    fn groups_hold_kinds() {
        let group = |name: &str| json!([{"logs": [{"categoryGroup": name, "enabled": true}]}]);
        let enabled = |value: Value| value["enabled"] == json!(true);
        assert!(enabled(logging(group("allLogs"), &["AuditEvent"], false)));
        assert!(enabled(logging(group("audit"), &["AuditEvent"], true)));
        assert!(!enabled(logging(group("audit"), &["AuditEvent"], false)));
    }

    #[test]
    fn a_workspace_elsewhere_keeps_logs_for_an_unknown_time() {
        let sent =
            json!([{"logs": [{"categoryGroup": "allLogs", "enabled": true}], "workspaceId": "/w/two"}]);
        let on = json!({"enabled": true, "loggingServiceIds": ["/w/two"]});
        assert_eq!(logging(sent, &[], false), on);
    }
}
