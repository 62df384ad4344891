use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::services::{CONNECTION, wanted};
use crate::live::permissions;

/// The cluster role that reading these services takes; all of them where none
/// is named.
pub fn policy(only: &[String]) -> Value {
    let mut resources: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    let mut urls: BTreeSet<&str> = BTreeSet::new();
    for permission in permissions(wanted(only).into_iter().chain([&CONNECTION])) {
        let Some((verb, what)) = permission.split_once(' ') else { continue };
        if what.starts_with('/') {
            urls.insert(what);
        } else {
            let (resource, group) = what.split_once('.').unwrap_or((what, ""));
            resources.entry((group, verb)).or_default().insert(resource);
        }
    }
    let mut rules: Vec<Value> = resources
        .into_iter()
        .map(|((group, verb), names)| json!({"apiGroups": [group], "resources": names, "verbs": [verb]}))
        .collect();
    rules.push(json!({"nonResourceURLs": urls, "verbs": ["get"]}));
    json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "probity-discover"},
        "rules": rules,
    })
}
