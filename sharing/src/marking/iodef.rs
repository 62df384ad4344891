//! Markings in IODEF: `restriction` (RFC 7970, 3.3.1), in XML and in JSON (RFC 8727).

use probity_diagnostics::{Location, Pointer, TreePath};
use probity_oscal::xml::Element;
use serde_json::{Map, Value};

use super::{Said, Source, Spot};
use crate::tlp::{Label, NoLabel};

/// What an incident is that says nothing: the default of the standard is `private`.
const SILENT: &str = "IODEF default \"private\"";

/// The name of the `AdditionalData` that has the label in full.
const NAME: &str = "tlp";

/// The colour that `restriction` and `ext-restriction` stand for.
fn label(restriction: &str, extended: Option<&str>) -> Result<Label, NoLabel> {
    match restriction {
        "public" => Ok(Label::Clear),
        "partner" => Ok(Label::Green),
        "default" | "need-to-know" => Ok(Label::Amber),
        "private" => Ok(Label::Red),
        "white" | "green" | "amber" | "red" => restriction.parse(),
        "ext-value" => extended.unwrap_or_default().parse(),
        other => Err(NoLabel {
            written: other.escape_default().to_string(),
            help: "a restriction is one of RFC 7970, or ext-value with a label as ext-restriction".to_owned(),
        }),
    }
}

fn spot(label: Result<Label, NoLabel>, location: Location) -> Spot {
    Spot { label, source: Source::Embedded(location.clone()), location }
}

fn silent(location: Location) -> Spot {
    Spot { label: Ok(Label::Red), source: Source::Format(SILENT), location }
}

/// Reads all incidents of a document, and what stands beside them.
pub(super) fn read_xml(element: &Element, path: &TreePath, said: &mut Said) {
    if element.name == "Incident" {
        let place = place(element, path);
        said.whole.push(restriction(element, path).unwrap_or_else(|| silent(place)));
        for child in &element.children {
            let is_own = child.name == "AdditionalData";
            parts(child, path, is_own, said);
        }
        return;
    }
    said.whole.extend(named(element, path));
    element.children.iter().for_each(|child| read_xml(child, path, said));
}

/// Reads an element inside an incident.
fn parts(element: &Element, path: &TreePath, of_incident: bool, said: &mut Said) {
    let labelled = named(element, path);
    if of_incident {
        said.whole.extend(labelled);
    } else {
        said.parts.extend(labelled);
    }
    said.parts.extend(restriction(element, path));
    element.children.iter().for_each(|child| parts(child, path, false, said));
}

fn restriction(element: &Element, path: &TreePath) -> Option<Spot> {
    let said = element.attribute("restriction")?;
    Some(spot(label(said, element.attribute("ext-restriction")), place(element, path)))
}

/// The label of an `AdditionalData` that is named for it.
fn named(element: &Element, path: &TreePath) -> Option<Spot> {
    let is_named = element.attribute("name").is_some_and(|name| name.eq_ignore_ascii_case(NAME));
    (element.name == "AdditionalData" && is_named)
        .then(|| Spot::read(element.text().trim(), place(element, path)))
}

fn place(element: &Element, path: &TreePath) -> Location {
    Location::span(path, element.at..element.at + 1)
}

/// Reads the incidents of a document in JSON.
pub(super) fn read_json(document: &Map<String, Value>, path: &TreePath, at: &Pointer, said: &mut Said) {
    let incidents = document.get("Incident").and_then(Value::as_array).into_iter().flatten();
    for (index, incident) in incidents.enumerate() {
        let mut at = at.key("Incident").index(index);
        let Value::Object(members) = incident else { continue };
        let own = of_json(members, path, &at);
        said.whole.push(own.unwrap_or_else(|| silent(Location::value(path, &at))));
        for (key, value) in members {
            at.push_key(key);
            parts_of_json(value, path, &mut at, said);
            at.pop();
        }
    }
}

fn parts_of_json(value: &Value, path: &TreePath, at: &mut Pointer, said: &mut Said) {
    match value {
        Value::Object(members) => {
            said.parts.extend(of_json(members, path, at));
            for (key, value) in members {
                at.push_key(key);
                parts_of_json(value, path, at, said);
                at.pop();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push_index(index);
                parts_of_json(item, path, at, said);
                at.pop();
            }
        }
        _ => {}
    }
}

fn of_json(members: &Map<String, Value>, path: &TreePath, at: &Pointer) -> Option<Spot> {
    let said = members.get("restriction")?.as_str()?;
    let extended = members.get("ext-restriction").and_then(Value::as_str);
    Some(spot(label(said, extended), Location::value(path, &at.key("restriction"))))
}
