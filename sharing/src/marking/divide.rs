//! Making one document a colour of one whose parts have several.
//!
//! It is done where parts stand for themselves: the objects of a STIX bundle, and the items of a JSON list. The parts of other documents
//! share a head with a colour of its own (the metadata of OSCAL, the distribution of an advisory, the contacts of an incident), and nobody but
//! their originator can say what of it may go with which part.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Location, Pointer, TreePath};
use serde_json::{Map, Value};

use super::{Said, json as fields, of};
use crate::codes;
use crate::refusal::{Refusal, Stop};
use crate::rules;
use crate::tlp::Label;

/// Divides a document by the colours of its parts; a part that says nothing is TLP:AMBER. Each document that comes of it has one colour.
///
/// # Errors
/// It cannot be read, or is of a format whose parts do not stand for themselves; a label is none; an object has parts of other
/// colours; or one refers to another one that is stricter.
pub fn divide(bytes: &[u8], path: &TreePath) -> Result<BTreeMap<Label, Vec<u8>>, Stop> {
    if Format::of(path) != Some(Format::Json) {
        return Err(whole(path, "its format has no parts that stand for themselves").into());
    }
    let value = document::parse(bytes, path, Format::Json, Limits::default())?.value;
    let made = match &value {
        Value::Array(items) => list(items, path)?,
        Value::Object(members) if is_bundle(members) => bundle(members, path)?,
        _ => {
            let why = "it is neither a STIX bundle nor a list: what its parts share has a colour of its own";
            return Err(whole(path, why).into());
        }
    };
    let mut texts = BTreeMap::new();
    for (label, value) in made {
        let text = serde_json::to_string_pretty(&value).unwrap_or_default() + "\n";
        // whatever was overlooked is found by whoever reads it next, and that is us
        if of(text.as_bytes(), path, None)?.label != label {
            return Err(whole(path, "a part of it says its colour where it cannot be divided").into());
        }
        texts.insert(label, text.into_bytes());
    }
    Ok(texts)
}

fn whole(path: &TreePath, why: &str) -> Refusal {
    let message = format!("`{path}` cannot be divided: {why}");
    let remedy = "write a document for each colour, and mark each of them";
    Refusal::new(rules::ONE_COLOUR, &codes::NOT_DIVIDED, message, remedy).of(path.as_str(), None)
}

fn is_bundle(members: &Map<String, Value>) -> bool {
    members.get("type").and_then(Value::as_str) == Some("bundle")
        && members.get("objects").is_some_and(Value::is_array)
}

/// The one colour of a part.
fn colour(part: &Value, path: &TreePath, at: &Pointer) -> Result<Label, Stop> {
    let mut said = Said::default();
    fields::read(part, path, 0, &mut said);
    let label = said.colour(path)?.map_or(Label::UNMARKED, |(label, _)| label);
    let mut inner = said.parts.iter().filter_map(|spot| spot.label.as_ref().ok());
    if inner.any(|inner| *inner != label) {
        let refusal = whole(path, &format!("a part that is {label} has parts of other colours"));
        return Err(refusal.at(Location::value(path, at)).into());
    }
    Ok(label)
}

fn list(items: &[Value], path: &TreePath) -> Result<BTreeMap<Label, Value>, Stop> {
    let mut made: BTreeMap<Label, Vec<Value>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let label = colour(item, path, &Pointer::root().index(index))?;
        made.entry(label).or_default().push(item.clone());
    }
    Ok(made.into_iter().map(|(label, items)| (label, Value::Array(items))).collect())
}

/// A bundle for each colour, with the definitions that its objects refer to.
fn bundle(members: &Map<String, Value>, path: &TreePath) -> Result<BTreeMap<Label, Value>, Stop> {
    let objects = members.get("objects").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let (definitions, objects): (Vec<(usize, &Value)>, Vec<_>) =
        objects.iter().enumerate().partition(|(_, object)| is_definition(object));
    let mut labels: BTreeMap<&str, Label> = BTreeMap::new();
    let mut made: BTreeMap<Label, Vec<&Value>> = BTreeMap::new();
    for (index, object) in &objects {
        let label = colour(object, path, &Pointer::root().key("objects").index(*index))?;
        labels.insert(id(object), label);
        made.entry(label).or_default().push(object);
    }
    for (index, object) in &objects {
        let own = labels.get(id(object)).copied().unwrap_or(Label::UNMARKED);
        let stricter =
            references(object).into_iter().find(|one| labels.get(one).is_some_and(|other| *other > own));
        if let Some(stricter) = stricter {
            let other = labels.get(stricter).copied().unwrap_or(Label::UNMARKED);
            let kind = |id: &str| id.split("--").next().unwrap_or_default().to_owned();
            let (one, two) = (kind(id(object)), kind(stricter));
            let why =
                format!("a `{one}` that is {own} refers to a `{two}` that is {other}, and would tell of it");
            let at = Pointer::root().key("objects").index(*index);
            return Err(whole(path, &why).at(Location::value(path, &at)).into());
        }
    }
    let divided = made.into_iter().map(|(label, objects)| {
        let wanted: BTreeSet<&str> = objects.iter().flat_map(|object| references(object)).collect();
        let known = definitions.iter().map(|(_, one)| *one).filter(|one| wanted.contains(id(one)));
        let mut bundle = members.clone();
        let name = format!(
            "bundle--{}",
            probity_oscal::uuid5(&["bundle", id(&Value::Object(members.clone())), label.as_str()])
        );
        bundle.insert("id".to_owned(), Value::String(name));
        bundle.insert("objects".to_owned(), known.chain(objects.iter().copied()).cloned().collect());
        (label, Value::Object(bundle))
    });
    Ok(divided.collect())
}

fn is_definition(object: &Value) -> bool {
    matches!(object.get("type").and_then(Value::as_str), Some("marking-definition" | "extension-definition"))
}

fn id(object: &Value) -> &str {
    object.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// The ids that an object names, whether as values or as keys.
fn references(object: &Value) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut open = vec![object];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) if text.contains("--") => {
                found.insert(text.as_str());
            }
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                found.extend(members.keys().filter(|key| key.contains("--")).map(String::as_str));
                open.extend(members.values());
            }
            _ => {}
        }
    }
    found.remove(id(object));
    found
}
