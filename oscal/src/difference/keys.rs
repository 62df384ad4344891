//! What items of a list are matched by.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::schema::{Datatype, Definition, Range, Shape};

/// What one item is known by among those of its list; empty where there is nothing.
pub(super) type Key<'v> = [&'v str; 4];

/// One way to tell items apart.
pub(super) type Stage = for<'v> fn(&'static Definition, &'v Map<String, Value>) -> Option<Key<'v>>;

/// The ways to tell items of a definition apart, the surest first. What is left over after one is matched by the next.
pub(super) fn stages(definition: &Definition) -> &'static [Stage] {
    match definition.name {
        "property" => &[whole_property, named_property],
        "link" => &[link],
        "part" | "assessment-part" => &[by_id, labelled_part, part_of_prose],
        "mapping-item" => &[mapped],
        "import" | "import-component-definition" | "rlink" => &[by_href],
        "finding" => &[by_target, by_uuid, by_title],
        "map" => &[by_uuid, by_sides],
        "add" => &[added],
        _ => &[by_id, by_uuid, by_reference, by_title, by_description],
    }
}

/// Whether the order of items means something.
pub(super) fn is_ordered(definition: &Definition) -> bool {
    matches!(definition.name, "part" | "assessment-part" | "import" | "step" | "add" | "insert-controls")
}

/// The text of a member; empty where there is none.
pub(super) fn text<'v>(object: &'v Map<String, Value>, key: &str) -> &'v str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn some(key: Key<'_>) -> Option<Key<'_>> {
    key.iter().any(|part| !part.is_empty()).then_some(key)
}

fn by_id<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    some([text(object, "id"), "", "", ""])
}

fn by_uuid<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    some([text(object, "uuid"), "", "", ""])
}

fn by_href<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    some([text(object, "href"), "", "", ""])
}

/// The flags that an item must have and that name something else, such as `control-id`, with its source.
fn by_reference<'v>(definition: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    let mut names = references(definition);
    let mut next = || names.next().map_or("", |name| text(object, name));
    some([next(), next(), next(), next()])
}

/// The members that name what an object is about.
pub(super) fn references(definition: &'static Definition) -> impl Iterator<Item = &'static str> {
    let names = definition.properties.iter().filter(|property| {
        let of_name = matches!(property.shape, Shape::Scalar(Datatype::Uuid | Datatype::Token));
        let key = property.json;
        let named = of_name && (key.ends_with("-id") || key.ends_with("-uuid")) && is_one(property.range);
        named || key == "source"
    });
    names.map(|property| property.json)
}

fn is_one(range: Range) -> bool {
    range.min == 1 && range.max == Some(1)
}

fn by_title<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    let title = ["title", "name", "href"].map(|key| text(object, key));
    let title = title.into_iter().find(|title| !title.is_empty())?;
    Some([title, text(object, "type"), text(object, "source"), ""])
}

/// What has a uuid but no title is known by what it says.
fn by_description<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    object.get("uuid").and_then(|_| some([text(object, "description"), text(object, "type"), "", ""]))
}

/// A map between one and one.
fn by_sides<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    let only = |key: &str| {
        let [item] = object.get(key)?.as_array()?.as_slice() else { return None };
        item.get("id-ref")?.as_str()
    };
    Some([only("sources")?, only("targets")?, "", ""])
}

fn whole_property<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    some([text(object, "name"), text(object, "ns"), text(object, "class"), text(object, "value")])
}

fn named_property<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    some([text(object, "name"), text(object, "ns"), text(object, "class"), text(object, "group")])
}

fn link<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    let href = text(object, "href");
    let target = href.strip_prefix('#').unwrap_or(href);
    some([target, text(object, "rel"), text(object, "resource-fragment"), ""])
}

/// Parts whose ids differ are still the same where they are called the same.
fn labelled_part<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    let label = label(object).or_else(|| object.get("title").and_then(Value::as_str));
    let name = text(object, "name");
    match label {
        Some(label) => Some([name, label, text(object, "class"), ""]),
        None if name == "item" => None,
        None => Some([name, "", text(object, "class"), ""]),
    }
}

fn part_of_prose<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    let prose = text(object, "prose");
    (!prose.is_empty()).then(|| [text(object, "name"), prose, "", ""])
}

fn mapped<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    some([text(object, "type"), text(object, "id-ref"), "", ""])
}

fn added<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    some([text(object, "position"), text(object, "by-id"), "", ""])
}

/// What a finding is about.
fn by_target<'v>(_: &'static Definition, object: &'v Map<String, Value>) -> Option<Key<'v>> {
    let target = object.get("target")?.as_object()?;
    some([text(target, "type"), text(target, "target-id"), "", ""])
}

/// The label of something with props: the one without a class, else the first.
pub(super) fn label(object: &Map<String, Value>) -> Option<&str> {
    let props = object.get("props")?.as_array()?.iter().filter_map(Value::as_object);
    let labels = props.filter(|prop| text(prop, "name") == "label" && !prop.contains_key("ns"));
    let label = labels.min_by_key(|prop| prop.contains_key("class"))?;
    Some(text(label, "value"))
}

/// Uuids before, and what the same things are called after.
#[derive(Default)]
pub(super) struct Aliases<'v>(HashMap<&'v str, &'v str>);

impl<'v> Aliases<'v> {
    /// Notes that two objects are the same.
    pub(super) fn note(&mut self, before: &'v Map<String, Value>, after: &'v Map<String, Value>) {
        let (before, after) = (text(before, "uuid"), text(after, "uuid"));
        if before != after && !before.is_empty() && !after.is_empty() {
            self.0.insert(before, after);
        }
    }

    /// What a value before would be called after: uuids, and references to them.
    pub(super) fn after<'a>(&self, before: &'a str) -> &'a str
    where
        'v: 'a,
    {
        self.0.get(before).copied().unwrap_or(before)
    }

    /// Whether two values mean the same.
    pub(super) fn same(&self, before: &str, after: &str) -> bool {
        if before == after {
            return true;
        }
        let bare = before.strip_prefix('#').zip(after.strip_prefix('#'));
        let (before, after) = bare.unwrap_or((before, after));
        !self.0.is_empty() && self.0.get(before) == Some(&after)
    }
}
