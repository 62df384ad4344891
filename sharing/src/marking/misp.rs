//! Markings in events of MISP: tags of the taxonomy `tlp`.

use probity_diagnostics::{Location, Pointer, TreePath};
use serde_json::{Map, Value};

use super::{Said, Spot};

/// Reads an event, or the events of an answer.
pub(super) fn read(document: &Map<String, Value>, path: &TreePath, at: &Pointer, said: &mut Said) {
    if let Some(one) = document.get("Event") {
        event(one, path, &at.key("Event"), said);
    }
    let events = document.get("response").and_then(Value::as_array).into_iter().flatten();
    for (index, one) in events.enumerate() {
        let at = at.key("response").index(index).key("Event");
        let before = said.whole.len();
        event(one.get("Event").unwrap_or(&Value::Null), path, &at, said);
        if said.whole.len() == before {
            said.silent.push(Location::value(path, &at));
        }
    }
}

fn event(event: &Value, path: &TreePath, at: &Pointer, said: &mut Said) {
    let Value::Object(members) = event else { return };
    said.whole.extend(members.get("Tag").into_iter().flat_map(|tags| labels(tags, path, &at.key("Tag"))));
    for (key, value) in members.iter().filter(|(key, _)| *key != "Tag") {
        parts(value, path, &mut at.key(key), said);
    }
}

/// Tags below an event are those of attributes and objects.
fn parts(value: &Value, path: &TreePath, at: &mut Pointer, said: &mut Said) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                at.push_key(key);
                if key == "Tag" {
                    said.parts.extend(labels(value, path, at));
                } else {
                    parts(value, path, at, said);
                }
                at.pop();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push_index(index);
                parts(item, path, at, said);
                at.pop();
            }
        }
        _ => {}
    }
}

fn labels(tags: &Value, path: &TreePath, at: &Pointer) -> Vec<Spot> {
    let names = tags.as_array().into_iter().flatten().enumerate();
    let names = names.filter_map(|(index, tag)| Some((index, tag.get("name")?.as_str()?)));
    names
        .filter(|(_, name)| name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("tlp:")))
        .map(|(index, name)| Spot::read(name, Location::value(path, &at.index(index).key("name"))))
        .collect()
}
