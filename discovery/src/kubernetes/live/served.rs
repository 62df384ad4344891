//! What the interface of a cluster serves.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::api::{Api, Reply};
use super::services::List;
use crate::live::{Cause, Fault};

/// The groups of an interface with their versions; none where it did not say.
#[derive(Debug, Default)]
pub(super) struct Served {
    groups: Option<BTreeMap<String, BTreeSet<String>>>,
}

impl Served {
    /// Asks for the groups.
    pub(super) async fn ask(api: &Api) -> Result<Self, Fault> {
        let answer = found(api.get("/apis").await?)?;
        let undecodable = || Fault::new(Cause::Undecodable);
        let groups = answer.get("groups").and_then(Value::as_array).ok_or_else(undecodable)?;
        let mut served = BTreeMap::new();
        for group in groups {
            let name = group.get("name").and_then(Value::as_str).ok_or_else(undecodable)?;
            served.insert(name.to_owned(), names(group, "versions", "version").ok_or_else(undecodable)?);
        }
        Ok(Self { groups: Some(served) })
    }

    /// Whether the group of a list is known not to be served, so that there are
    /// no such objects.
    pub(super) fn lacks_group(&self, list: &List) -> bool {
        let groups = self.groups.as_ref();
        !list.group.is_empty() && groups.is_some_and(|groups| !groups.contains_key(list.group))
    }

    /// Why there is no list where one is looked for: nothing where the
    /// interface says that it does not serve such objects.
    pub(super) async fn why_missing(&self, api: &Api, list: &List) -> Result<(), Fault> {
        let unsupported = || Fault::with_code(Cause::Unsupported, list.version);
        if !list.group.is_empty() {
            let versions = self.groups.as_ref().and_then(|groups| groups.get(list.group));
            if !versions.is_some_and(|versions| versions.contains(list.version)) {
                return Err(unsupported());
            }
        }
        let answer = found(api.get(&list.base()).await?)?;
        let resources = names(&answer, "resources", "name").ok_or(Fault::new(Cause::Undecodable))?;
        if resources.contains(list.resource) { Err(unsupported()) } else { Ok(()) }
    }
}

/// The answer, which is never missing.
fn found(reply: Reply) -> Result<Value, Fault> {
    match reply {
        Reply::Found(value) => Ok(value),
        Reply::Missing | Reply::Expired => Err(Fault::new(Cause::Unsupported)),
    }
}

/// The texts at `key` of the elements of a list.
fn names(value: &Value, list: &str, key: &str) -> Option<BTreeSet<String>> {
    let items = value.get(list)?.as_array()?;
    items.iter().map(|item| item.get(key)?.as_str().map(str::to_owned)).collect()
}
