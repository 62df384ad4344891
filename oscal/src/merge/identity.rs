//! What tells the items of a list apart, so that an item of one version is found in another.

use serde_json::Value;

use crate::schema::{Datatype, Definition, Shape};

/// Members that name an item among its fellows, in the order in which they are tried. An item is named by the first set of
/// which it has the first member.
const NAMES: &[&[&str]] = &[
    &["scheme", "identifier"],
    &["scheme", "id"],
    &["algorithm"],
    &["href", "rel", "resource-fragment"],
    &["href"],
    &["name", "ns", "class", "group", "value"],
    &["name", "ns", "class", "group"],
    &["by-id", "position"],
    &["by-name", "by-class", "by-ns"],
    &["version"],
    &["title"],
    &["number"],
    &["expression"],
    &["name"],
    &["type"],
];

/// The member that an item has to itself in the whole document: `uuid` or `id`.
pub(crate) fn own(definition: &Definition) -> Option<&'static str> {
    ["uuid", "id"].into_iter().find(|name| {
        let property = definition.property(name).map(|(_, property)| property);
        property
            .is_some_and(|property| matches!(property.shape, Shape::Scalar(Datatype::Uuid | Datatype::Token)))
    })
}

/// The name that an item has to itself in the whole document.
pub(crate) fn own_name<'v>(definition: &Definition, item: &'v Value) -> Option<&'v str> {
    item.get(own(definition)?)?.as_str()
}

/// Sets of members by which the items of a list are told apart, best first.
///
/// First comes what an item has to itself, then what it is about (`control-id`, `param-id`, `component-uuid` and the like), then
/// what else names it.
pub(super) fn keys(definition: &Definition) -> Vec<Vec<&'static str>> {
    let mut keys: Vec<Vec<&'static str>> = own(definition).map(|own| vec![own]).into_iter().collect();
    let about = definition.properties.iter().filter(|property| {
        property.range.min > 0 && (property.json.ends_with("-id") || property.json.ends_with("-uuid"))
    });
    let about: Vec<&str> = about.map(|property| property.json).collect();
    if !about.is_empty() {
        keys.push(about);
    }
    let names = NAMES.iter().filter(|names| names.iter().all(|name| holds(definition, name)));
    keys.extend(names.map(|names| names.to_vec()));
    keys
}

/// Whether items of this kind have no other name than what they say, so that an item that changed is known by its place alone.
pub(super) fn is_nameless(definition: &Definition) -> bool {
    let named = own(definition).is_some() || keys(definition).iter().any(|key| key.as_slice() != ["type"]);
    !named
}

fn holds(definition: &Definition, name: &str) -> bool {
    let property = definition.property(name).map(|(_, property)| property);
    property.is_some_and(|property| matches!(property.shape, Shape::Scalar(_)))
}

/// The key of an item: the values of the members, of which the first must be there.
pub(super) fn key<'v>(item: &'v Value, members: &[&str]) -> Option<Vec<Option<&'v Value>>> {
    let values: Vec<Option<&Value>> = members.iter().map(|member| item.get(*member)).collect();
    values.first().copied().flatten()?;
    Some(values)
}
