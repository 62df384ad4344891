//! Markings in STIX 2.1: references to marking definitions, whose ids are fixed by the standard (7.2.1.4) and by FIRST.

use probity_diagnostics::{Location, Pointer, TreePath};
use serde_json::{Map, Value};

use super::{Said, Source, Spot};
use crate::tlp::{Label, NoLabel};

/// The marking definitions of TLP 2 and TLP 1.
const DEFINITIONS: [(&str, Label); 9] = [
    ("marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", Label::Clear),
    ("marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Label::Green),
    ("marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", Label::Amber),
    ("marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", Label::AmberStrict),
    ("marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", Label::Red),
    ("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", Label::Clear),
    ("marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", Label::Green),
    ("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", Label::Amber),
    ("marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Label::Red),
];

/// The extension of the definitions of TLP 2.
const EXTENSION: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// Reads a bundle or a single object.
pub(super) fn read(document: &Map<String, Value>, path: &TreePath, at: &Pointer, said: &mut Said) {
    let Some(kind) = document.get("type").and_then(Value::as_str) else { return };
    match document.get("objects").and_then(Value::as_array) {
        Some(objects) if kind == "bundle" => {
            for (index, one) in objects.iter().enumerate() {
                object(one, path, &at.key("objects").index(index), said);
            }
        }
        _ if text(document.get("id")).starts_with(&format!("{kind}--")) => {
            object(&Value::Object(document.clone()), path, at, said);
        }
        _ => {}
    }
}

fn object(object: &Value, path: &TreePath, at: &Pointer, said: &mut Said) {
    let place = Location::value(path, at);
    match object.get("type").and_then(Value::as_str) {
        Some("marking-definition") => return definition(object, &place, said),
        Some("extension-definition") => return,
        _ => {}
    }
    let refs = object.get("object_marking_refs").and_then(Value::as_array).into_iter().flatten();
    let before = said.whole.len();
    for (index, id) in refs.enumerate() {
        let place = Location::value(path, &at.key("object_marking_refs").index(index));
        said.whole.extend(known(text(Some(id))).map(|label| spot(label, place)));
    }
    if said.whole.len() == before {
        said.silent.push(place.clone());
    }
    let granular = object.get("granular_markings").and_then(Value::as_array).into_iter().flatten();
    let granular = granular.filter_map(|one| known(text(one.get("marking_ref"))));
    said.parts.extend(granular.map(|label| spot(label, place.clone())));
}

/// A definition that calls itself a label of the protocol, and whose id is another one's, is a forgery or a mistake.
fn definition(object: &Value, place: &Location, said: &mut Said) {
    let id = text(object.get("id"));
    let extension = object.get("extensions").and_then(|all| all.get(EXTENSION));
    let claimed = object.pointer("/definition/tlp").or_else(|| extension.and_then(|one| one.get("tlp_2_0")));
    let Some(claimed) = claimed.and_then(Value::as_str) else { return };
    if claimed.parse().ok() != known(id) || known(id).is_none() {
        let label = Err(NoLabel {
            written: claimed.escape_default().to_string(),
            help: "a marking definition of the protocol has the id that the standard gives it".to_owned(),
        });
        said.parts.push(Spot { label, source: Source::Embedded(place.clone()), location: place.clone() });
    }
}

fn known(id: &str) -> Option<Label> {
    DEFINITIONS.iter().find(|(known, _)| *known == id).map(|(_, label)| *label)
}

fn spot(label: Label, location: Location) -> Spot {
    Spot { label: Ok(label), source: Source::Embedded(location.clone()), location }
}

fn text(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}
