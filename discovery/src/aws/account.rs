//! The account as a resource: what the services found out about it as a whole.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::session::{Place, account_scope};
use crate::draft::Draft;
use crate::live::{Gathered, Service};

static SERVICE: Service = Service { name: "account", resource_types: &["Account"], calls: &[] };

/// Facts that every region tells on its own. They stand for the account where
/// each region that is looked at told them.
const REGIONAL: [&str; 4] =
    ["activityLogging", "anomalyDetection", "configurationRecording", "defaultDiskEncryption"];

/// What the services of a run tell about accounts.
#[derive(Debug, Default)]
pub(super) struct Facts(RefCell<BTreeMap<String, Account>>);

#[derive(Debug, Default)]
struct Account {
    id: String,
    regions: BTreeSet<String>,
    /// Properties of the account, as each region told them.
    told: BTreeMap<&'static str, BTreeMap<String, Value>>,
}

impl Facts {
    /// Says that a region of an account is looked at.
    pub(super) fn expect(&self, place: &Place) {
        let mut accounts = self.0.borrow_mut();
        let account = accounts.entry(place.account.clone()).or_default();
        account.id = place.account_id();
        account.regions.insert(place.region.clone());
    }

    /// A property of the account, as it is in this region, or everywhere
    /// where it belongs to no region. What cannot be told is not told.
    pub(super) fn tell(&self, place: &Place, property: &'static str, value: impl Into<Value>) {
        let mut accounts = self.0.borrow_mut();
        let account = accounts.entry(place.account.clone()).or_default();
        account.told.entry(property).or_default().insert(place.region.clone(), value.into());
    }

    /// Writes a resource for every account that is looked at.
    pub(super) fn write(&self, gathered: &Gathered<'_>) {
        for (number, account) in self.0.take() {
            let sink = gathered.begin(&SERVICE, &account_scope(&number));
            let mut draft = Draft::new("Account", account.id.clone(), &number);
            draft.put_id("parentId", None);
            for (property, told) in account.told {
                let is_told = !REGIONAL.contains(&property) || told.len() == account.regions.len();
                if let Some(value) = joint(told.into_values()).filter(|_| is_told) {
                    ids(&value).into_iter().for_each(|id| draft.relate(id));
                    draft.properties.put(property, value);
                }
            }
            sink.write(draft);
        }
    }
}

/// What holds in all regions: of a feature, what each of them tells.
fn joint(values: impl IntoIterator<Item = Value>) -> Option<Value> {
    values.into_iter().map(Some).reduce(|one, other| both(one?, other?)).flatten()
}

/// What two regions tell alike: conditions must hold in both, resources that
/// either names are named, and anything else is left out where they differ.
fn both(one: Value, other: Value) -> Option<Value> {
    match (one, other) {
        (Value::Bool(one), Value::Bool(other)) => Some(Value::Bool(one && other)),
        (Value::Object(one), Value::Object(mut other)) => {
            let members = one.into_iter().filter_map(|(name, value)| {
                let value = both(value, other.remove(&name)?)?;
                Some((name, value))
            });
            Some(Value::Object(members.collect::<Map<_, _>>()))
        }
        (Value::Array(mut one), Value::Array(other)) => {
            let new: Vec<Value> = other.into_iter().filter(|item| !one.contains(item)).collect();
            one.extend(new);
            one.sort_by_key(ToString::to_string);
            Some(Value::Array(one))
        }
        (one, other) => (one == other).then_some(one),
    }
}

/// The ids of resources that a value names: they are ARNs.
fn ids(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if text.starts_with("arn:") => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(ids).collect(),
        Value::Object(members) => members.values().flat_map(ids).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::joint;

    #[test]
    fn what_holds_in_all_regions_holds() {
        let regions = [
            json!({"enabled": true, "allRegions": true, "loggingServiceIds": ["arn:b"], "scope": "x"}),
            json!({"enabled": true, "allRegions": false, "loggingServiceIds": ["arn:a"], "scope": "y"}),
        ];
        let expected = json!({"enabled": true, "allRegions": false, "loggingServiceIds": ["arn:a", "arn:b"]});
        assert_eq!(joint(regions), Some(expected));
        let partly = [json!({"enabled": true, "dataAccess": true}), json!({"enabled": true})];
        assert_eq!(joint(partly), Some(json!({"enabled": true})));
        assert_eq!(joint([json!(3), json!(4)]), None);
    }
}
