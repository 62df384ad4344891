//! The permissions that reading takes, as a role of one's own.

use serde_json::{Value, json};

use super::{SUBSCRIPTION, services};
use crate::live::permissions;

/// A role with the permissions that reading these services takes; with no
/// service named, all of them. It is what `az role definition create` reads,
/// but for the scopes, where the subscriptions have to be named.
pub fn policy(only: &[String]) -> Value {
    let wanted = services().into_iter().filter(|service| service.is_among(only));
    json!({
        "Name": "Probity discovery",
        "IsCustom": true,
        "Description": "Reads what Probity collects as evidence.",
        "Actions": permissions(wanted.chain([&SUBSCRIPTION])),
        "NotActions": [],
        "DataActions": [],
        "NotDataActions": [],
        "AssignableScopes": ["/subscriptions/<subscription>"],
    })
}
