//! Locks: what keeps resources from being deleted.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::id;
use super::item::Item;
use super::place::Place;
use crate::draft::Properties;
use crate::live::{Call, Sink};

/// The list of all locks in a subscription.
pub(super) const fn list(types: &'static [&'static str]) -> Call {
    Call::detail("list locks", "Microsoft.Authorization/locks/read", types, &["deletionProtection"])
}

#[derive(Debug, Default, Deserialize)]
struct Lock {
    level: Option<String>,
}

/// The scopes that are locked against deletion.
pub(super) struct Locks(BTreeSet<String>);

impl Locks {
    /// Reads them; none where they could not all be read.
    pub(super) async fn read(place: &Place, sink: &Sink<'_, '_>, call: &Call) -> Option<Self> {
        let path = place.path("providers/Microsoft.Authorization/locks");
        let listed = place.list::<Item<Lock>>(sink, call, None, &path, "2016-09-01").await;
        // `ReadOnly` keeps from deletion as well
        let guards = |item: &Item<Lock>| {
            let level = item.properties.as_ref().and_then(|lock| lock.level.as_deref());
            matches!(level, Some("CanNotDelete" | "ReadOnly"))
        };
        let scopes = listed.whole()?.into_iter().filter(guards).filter_map(|item| {
            let id = id::canonical(&item.id);
            id.rsplit_once("/providers/microsoft.authorization/locks/").map(|(scope, _)| scope.to_owned())
        });
        Some(Self(scopes.collect()))
    }

    /// Whether a lock on a resource, or on something that holds it, keeps it
    /// from being deleted.
    pub(super) fn guard(&self, resource: &str) -> bool {
        let resource = id::canonical(resource);
        let holds = |scope: &String| {
            resource.strip_prefix(scope.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.0.iter().any(holds)
    }

    /// The protection of a resource.
    pub(super) fn protection(&self, resource: &str) -> Properties {
        let mut protection = Properties::default();
        protection.put("enabled", self.guard(resource));
        protection
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Locks;

    #[test]
    fn a_lock_guards_what_its_scope_holds() {
        let locks = Locks(BTreeSet::from(["/subscriptions/s/resourcegroups/rg".to_owned()]));
        assert!(locks.guard("/subscriptions/s/resourceGroups/RG/providers/Microsoft.A/b/c"));
        assert!(locks.guard("/subscriptions/s/resourceGroups/RG"));
        assert!(!locks.guard("/subscriptions/s/resourceGroups/RG2"));
        assert!(!locks.guard("/subscriptions/s"));
    }
}
