//! The lists whose items get files of their own.

use std::collections::VecDeque;

use serde_json::Value;

use crate::schema::{Definition, Group, Property, Root, Shape};

/// Object and list: what people write and review one by one.
const LISTS: &[(&str, &str)] = &[
    ("catalog", "groups"),
    ("catalog", "controls"),
    ("group", "groups"),
    ("group", "controls"),
    ("control", "controls"),
    ("modify", "alters"),
    ("component-definition", "components"),
    ("component-definition", "capabilities"),
    ("defined-component", "control-implementations"),
    ("capability", "control-implementations"),
    ("control-implementation", "implemented-requirements"),
    ("system-implementation", "users"),
    ("system-implementation", "components"),
    ("system-implementation", "inventory-items"),
    ("mapping", "maps"),
    ("mapping-collection", "mappings"),
    ("local-definitions", "activities"),
    ("assessment-plan", "tasks"),
    ("assessment-results", "results"),
    ("result", "observations"),
    ("result", "risks"),
    ("result", "findings"),
    ("plan-of-action-and-milestones", "observations"),
    ("plan-of-action-and-milestones", "risks"),
    ("plan-of-action-and-milestones", "findings"),
    ("plan-of-action-and-milestones", "poam-items"),
];

/// What the items of a list are, where each gets a file.
pub(super) fn items(definition: &Definition, property: &Property) -> Option<&'static Definition> {
    let listed = LISTS.iter().any(|(object, list)| *object == definition.name && *list == property.json);
    match property.shape {
        Shape::Object(inner) if listed && property.group != Group::Single => Some(inner),
        _ => None,
    }
}

/// The items of a list that is split: a list with items that are all objects.
pub(super) fn of(value: &Value) -> Option<&[Value]> {
    let items = value.as_array()?.as_slice();
    (!items.is_empty() && items.iter().all(Value::is_object)).then_some(items)
}

/// What may stand in a piece under a key such as `control`: of several models the one that knows the members of `value`.
pub(super) fn definition(key: &str, value: &Value) -> Option<&'static Definition> {
    let mut known: Vec<&'static Definition> = Vec::new();
    let mut seen: Vec<*const Definition> = Vec::new();
    let mut open: VecDeque<&'static Definition> =
        crate::schema::ROOTS.iter().map(|root: &Root| root.definition).collect();
    // the nearest to a root comes first: what a catalog calls a group before what others do
    while let Some(definition) = open.pop_front() {
        if seen.contains(&std::ptr::from_ref(definition)) {
            continue;
        }
        seen.push(std::ptr::from_ref(definition));
        for property in definition.properties {
            let Shape::Object(inner) = property.shape else { continue };
            if property.xml == key && items(definition, property).is_some() {
                known.push(inner);
            }
            open.push_back(inner);
        }
    }
    let strangers = |definition: &&Definition| {
        value.as_object().into_iter().flatten().filter(|(key, _)| definition.property(key).is_none()).count()
    };
    known.into_iter().min_by_key(strangers)
}
