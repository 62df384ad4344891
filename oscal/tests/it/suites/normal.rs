//! Catalogs without what no two resolvers share, and without what a clause of the specification settles.

use serde_json::{Map, Value};

/// A catalog without its uuid, its time, the tool and the folder of its profile, and with white space collapsed: the
/// specification leaves these to the tool ("Metadata Resolution", "Comments in result documents"). Releases of the suites
/// that wrote a placeholder for `oscal-version`, and older names of `source-profile`, are evened out as well.
pub(super) fn form(mut document: Value) -> Value {
    collapse(&mut document);
    let Some(catalog) = document.get_mut("catalog").and_then(Value::as_object_mut) else { return document };
    catalog.remove("uuid");
    if let Some(metadata) = catalog.get_mut("metadata").and_then(Value::as_object_mut) {
        for own in ["last-modified", "oscal-version"] {
            metadata.remove(own);
        }
        without(metadata, "props", |prop| {
            ["resolution-tool", "source-profile-uuid"].contains(&text(prop, "name"))
        });
        without(metadata, "links", |link| {
            ["resolution-source", "source-profile"].contains(&text(link, "rel"))
        });
    }
    document
}

/// Takes away the metadata, of a document that is expected in place of another.
pub(super) fn forget_metadata(document: &mut Value) {
    if let Some(catalog) = document.get_mut("catalog").and_then(Value::as_object_mut) {
        catalog.remove("metadata");
    }
}

/// Takes away what a requirement settles, on the side that contradicts it.
pub(super) fn bring_in_line(clause: &str, ours: &mut Value, expected: &mut Value) {
    match clause {
        "req-merge-flat" => {
            if let Some(controls) = expected.pointer_mut("/catalog/controls").and_then(Value::as_array_mut) {
                *controls = flat(std::mem::take(controls));
            }
        }
        "req-prune-keep" => {
            if let Some(back) = ours.pointer_mut("/catalog/back-matter").and_then(Value::as_object_mut) {
                without(back, "resources", is_kept);
            }
            let empty =
                ours.pointer("/catalog/back-matter").is_some_and(|back| back == &Value::Object(Map::new()));
            if let (true, Some(catalog)) =
                (empty, ours.pointer_mut("/catalog").and_then(Value::as_object_mut))
            {
                catalog.remove("back-matter");
            }
        }
        "id-structure-as-is-list-1" => {
            let groups = ours.pointer_mut("/catalog/groups").and_then(Value::as_array_mut);
            for group in groups.into_iter().flatten().filter_map(Value::as_object_mut) {
                group.remove("params");
            }
        }
        _ => {}
    }
}

fn is_kept(resource: &Value) -> bool {
    let props = resource.get("props").and_then(Value::as_array);
    props.into_iter().flatten().any(|prop| text(prop, "name") == "keep" && text(prop, "value") == "always")
}

/// Controls with those below them behind each.
fn flat(controls: Vec<Value>) -> Vec<Value> {
    let mut out = Vec::new();
    for mut control in controls {
        let children = control.as_object_mut().and_then(|control| control.remove("controls"));
        out.push(control);
        if let Some(Value::Array(children)) = children {
            out.extend(flat(children));
        }
    }
    out
}

fn without(members: &mut Map<String, Value>, key: &str, is_out: impl Fn(&Value) -> bool) {
    let Some(Value::Array(items)) = members.get_mut(key) else { return };
    items.retain(|item| !is_out(item));
    if items.is_empty() {
        members.remove(key);
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn collapse(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Array(items) => items.iter_mut().for_each(collapse),
        Value::Object(members) => members.values_mut().for_each(collapse),
        _ => {}
    }
}
