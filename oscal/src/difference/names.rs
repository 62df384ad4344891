//! What things are called for readers.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::data::{About, Side};
use super::keys::{label, references, text};
use crate::schema::{Definition, Shape};

/// Whether objects of a definition, where they stand in lists, are items: what a reviewer names. `outer` are the kinds of
/// the items that it stands in.
pub(super) fn is_item(definition: &Definition, outer: &[&'static str]) -> bool {
    let below = |kinds: &[&str]| outer.iter().any(|kind| kinds.contains(kind));
    match definition.name {
        "control"
        | "group"
        | "import"
        | "import-component-definition"
        | "alter"
        | "defined-component"
        | "system-component"
        | "capability"
        | "control-implementation"
        | "implemented-requirement"
        | "system-user"
        | "inventory-item"
        | "information-type"
        | "leveraged-authorization"
        | "activity"
        | "task"
        | "local-objective"
        | "result"
        | "observation"
        | "risk"
        | "finding"
        | "poam-item"
        | "attestation"
        | "mapping"
        | "map"
        | "resource"
        | "role"
        | "party"
        | "location" => true,
        "parameter" => !below(&["control", "alter"]),
        "set-parameter" => !below(&["control-implementation", "implemented-requirement"]),
        _ => false,
    }
}

/// Whether an object that stands alone is an item.
pub(super) fn is_single_item(definition: &Definition) -> bool {
    matches!(
        definition.name,
        "metadata" | "merge" | "system-characteristics" | "reviewed-controls" | "mapping-provenance"
    )
}

/// What an item is known by: id, label and title.
pub(super) struct Name {
    pub(super) id: String,
    pub(super) label: Option<String>,
    pub(super) title: Option<String>,
}

/// The name of an item.
pub(super) fn name(definition: &'static Definition, object: &Map<String, Value>) -> Name {
    let title = ["title", "name"].iter().find_map(|key| object.get(*key).and_then(Value::as_str));
    let title = title.map(str::to_owned);
    let known = match definition.name {
        "finding" => object.get("target").and_then(Value::as_object).map(|target| text(target, "target-id")),
        "map" => return Name { id: text(object, "uuid").to_owned(), label: Some(map(object)), title },
        "import" | "import-component-definition" => Some(text(object, "href")),
        "control-implementation" => Some(text(object, "source")),
        name if is_single_item(definition) => Some(name),
        _ => None,
    };
    let by_flag = || references(definition).map(|key| text(object, key)).find(|id| !id.is_empty());
    let known = known.or_else(|| object.get("id").and_then(Value::as_str)).or_else(by_flag);
    let known = known.filter(|id| !id.is_empty()).unwrap_or_else(|| text(object, "uuid"));
    let id = if known.is_empty() { title.clone().unwrap_or_default() } else { known.to_owned() };
    Name { id, label: label(object).map(str::to_owned), title }
}

/// `ac-1, ac-2 → iam-03`.
fn map(object: &Map<String, Value>) -> String {
    let side = |key: &str| {
        let items =
            object.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
        items.map(|item| text(item, "id-ref")).collect::<Vec<_>>().join(", ")
    };
    format!("{} → {}", side("sources"), side("targets"))
}

/// Titles by uuid, of what others refer to.
#[derive(Default)]
pub(super) struct Titles<'v>(HashMap<&'v str, &'v str>);

impl<'v> Titles<'v> {
    /// Notes the titles of a list of objects.
    pub(super) fn note(&mut self, objects: Option<&'v Value>) {
        let objects = objects.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
        for object in objects {
            let title =
                [text(object, "title"), text(object, "name")].into_iter().find(|title| !title.is_empty());
            if let Some(title) = title {
                self.0.insert(text(object, "uuid"), title);
            }
        }
    }

    /// What to call a value: the title behind a uuid, else the value.
    pub(super) fn of<'a>(&self, value: &'a str) -> &'a str
    where
        'v: 'a,
    {
        self.0.get(value.strip_prefix('#').unwrap_or(value)).copied().unwrap_or(value)
    }
}

/// What an object inside of an item is called.
pub(super) fn label_of(
    definition: &'static Definition,
    object: &Map<String, Value>,
    titles: &Titles<'_>,
) -> String {
    let kind = kind(definition);
    let known = match definition.name {
        "part" | "assessment-part" => return part(object),
        "property" if object.contains_key("class") => {
            return format!("property {} ({})", text(object, "name"), text(object, "class"));
        }
        "property" => text(object, "name"),
        "link" => text(object, "rel"),
        "parameter-constraint" | "parameter-guideline" | "test" => "",
        _ => {
            let flags = ["id"].into_iter().chain(references(definition)).map(|key| text(object, key));
            let mut names =
                flags.chain(["title", "name", "href", "by-id", "by-name"].map(|key| text(object, key)));
            names.find(|name| !name.is_empty()).unwrap_or_default()
        }
    };
    if known.is_empty() { kind.to_owned() } else { format!("{kind} {}", titles.of(known)) }
}

/// A kind of object in the words of readers.
pub(super) fn kind(definition: &Definition) -> &'static str {
    match definition.name {
        "set-parameter" => "parameter",
        "parameter-constraint" => "constraint",
        "parameter-guideline" => "guideline",
        "parameter-selection" => "choices",
        "by-component" => "component",
        other => other,
    }
}

fn part(object: &Map<String, Value>) -> String {
    let name = text(object, "name");
    let label = label(object).or_else(|| object.get("title").and_then(Value::as_str));
    match (name, label) {
        ("item", Some(label)) => label.to_owned(),
        (name, Some(label)) => format!("{name} {label}"),
        ("item", None) => object.get("id").and_then(Value::as_str).unwrap_or(name).to_owned(),
        (name, None) => name.to_owned(),
    }
}

/// What a difference inside of an object is about, by the object.
pub(super) fn about(definition: &'static Definition, object: &Map<String, Value>) -> Option<About> {
    match definition.name {
        "part" | "assessment-part" => Some(match text(object, "name") {
            "statement" | "item" => About::Statement,
            "guidance" => About::Guidance,
            _ => About::Part,
        }),
        "parameter" | "set-parameter" => Some(About::Parameter),
        "property" if text(object, "name") == "status" => Some(About::Status),
        "property" => Some(About::Property),
        "link" => Some(About::Link),
        "select-control-by-id" | "matching" | "include-all" => Some(About::Selection),
        _ => None,
    }
}

/// The text of an object that stands on one side only.
pub(super) fn summary(
    definition: &'static Definition,
    object: &Map<String, Value>,
    titles: &Titles<'_>,
) -> String {
    match definition.name {
        "property" => text(object, "value").to_owned(),
        "link" => titles.of(text(object, "href")).to_owned(),
        "part" | "assessment-part" => {
            let mut lines = Vec::new();
            part_text(object, 0, &mut lines);
            lines.join("\n")
        }
        "parameter" | "set-parameter" => parameter(object),
        _ => plain(definition, object),
    }
}

/// The label and prose of a part and of those in it, a line each.
fn part_text(part: &Map<String, Value>, depth: usize, lines: &mut Vec<String>) {
    let words = [label(part).unwrap_or_default(), text(part, "title"), text(part, "prose")];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    if !words.is_empty() {
        lines.push(format!("{}{}", "  ".repeat(depth.min(16)), words.join(" ")));
    }
    for below in
        part.get("parts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
    {
        part_text(below, depth + 1, lines);
    }
}

fn parameter(object: &Map<String, Value>) -> String {
    let texts = |value: Option<&Value>| -> String {
        let texts = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        texts.collect::<Vec<_>>().join("; ")
    };
    let choices = texts(object.get("select").and_then(|select| select.get("choice")));
    let parts = [text(object, "label").to_owned(), choices, texts(object.get("values"))];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// The first prose of an object, else its scalars.
fn plain(definition: &'static Definition, object: &Map<String, Value>) -> String {
    let prose = ["title", "description", "prose", "text", "statement", "remarks"];
    if let Some(prose) = prose.iter().map(|key| text(object, key)).find(|text| !text.is_empty()) {
        return prose.to_owned();
    }
    let scalars = definition.properties.iter().filter(|property| {
        matches!(property.shape, Shape::Scalar(_))
            && property.json != "uuid"
            && object.contains_key(property.json)
    });
    let shown = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(scalar).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    let pairs = scalars
        .filter_map(|property| Some(format!("{} {}", property.json, shown(object.get(property.json)?))));
    pairs.collect::<Vec<_>>().join(", ")
}

/// A scalar as text.
pub(super) fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What tells a document.
pub(super) fn side(model: &Value) -> Side {
    let metadata = |key: &str| model.get("metadata")?.get(key)?.as_str().map(str::to_owned);
    Side {
        title: metadata("title"),
        version: metadata("version"),
        oscal_version: metadata("oscal-version"),
        uuid: model.get("uuid").and_then(Value::as_str).map(str::to_owned),
    }
}
