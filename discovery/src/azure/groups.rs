//! Resource groups.

use serde::Deserialize;
use serde_json::Value;

use super::item::Item;
use super::lock::{self, Locks};
use super::place::Place;
use crate::live::{Call, Service, Sink};

const LIST_GROUPS: Call = Call::listing(
    "list resource groups",
    "Microsoft.Resources/subscriptions/resourceGroups/read",
    &["ResourceGroup"],
);
const LOCKS: Call = lock::list(&["ResourceGroup"]);

pub(super) static SERVICE: Service =
    Service { name: "groups", resource_types: &["ResourceGroup"], calls: &[LIST_GROUPS, LOCKS] };

#[derive(Debug, Default, Deserialize)]
struct Group {}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let path = place.path("resourcegroups");
    let listed = place.list::<Item<Group>>(sink, &LIST_GROUPS, None, &path, "2022-09-01").await;
    if listed.items.is_empty() {
        return;
    }
    let locks = Locks::read(place, sink, &LOCKS).await;
    for item in &listed.items {
        let mut draft = item.draft("ResourceGroup");
        if let Some(locks) = &locks {
            let mut protection = locks.protection(&item.id);
            // a group that was deleted cannot be brought back
            protection.put("recoveryWindow", Value::Null);
            draft.properties.put("deletionProtection", protection);
        }
        sink.write(draft);
    }
}
