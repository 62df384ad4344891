//! Markings in JSON and YAML.

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostics, Location, Pointer, TreePath};
use probity_oscal::PROBITY_NS;
use serde_json::{Map, Value};

use super::{Said, Spot, iodef, misp, read_embedded, stix, text};
use crate::tlp::Label;

/// The field of documents that have no other one.
const FIELD: &str = "marking";

/// The class of OSCAL's prop `marking` that says the label.
pub(super) const CLASS: &str = "tlp-2.0";

/// The prop of OSCAL, in Probity's namespace, that names the member that the document comes from.
pub(super) const ORIGINATOR: &str = "tlp-originator";

/// Reads all documents of a text.
pub(super) fn read_all(
    bytes: &[u8],
    path: &TreePath,
    format: Format,
    depth: usize,
    said: &mut Said,
) -> Result<(), Diagnostics> {
    let documents = document::parse_all(bytes, path, format, Limits::default())?.value;
    let several = documents.len() > 1;
    for one in &documents {
        let before = said.whole.len();
        read(&one.value, path, depth, said);
        if several && said.whole.len() == before {
            said.silent.push(Location::line(path, one.line));
        }
    }
    Ok(())
}

/// Reads what one document says, whatever its model.
pub(super) fn read(value: &Value, path: &TreePath, depth: usize, said: &mut Said) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let before = said.whole.len();
                let at = Pointer::root().index(index);
                if let Value::Object(members) = item {
                    document(members, &Sweep { path, depth }, &at, said);
                }
                if said.whole.len() == before {
                    said.silent.push(Location::value(path, &at));
                }
            }
        }
        Value::Object(members) => document(members, &Sweep { path, depth }, &Pointer::root(), said),
        _ => {}
    }
}

fn document(members: &Map<String, Value>, sweep: &Sweep<'_>, at: &Pointer, said: &mut Said) {
    if let Some(field) = members.get(FIELD) {
        let text = field.as_str().map_or_else(|| field.to_string(), str::to_owned);
        said.whole.push(Spot::read(&text, Location::value(sweep.path, &at.key(FIELD))));
    }
    if let Some(originator) = members.get("originator").and_then(Value::as_str) {
        said.originator = Some(originator.to_owned());
    }
    csaf(members, sweep.path, at, said);
    stix::read(members, sweep.path, at, said);
    misp::read(members, sweep.path, at, said);
    iodef::read_json(members, sweep.path, at, said);
    for (key, value) in members {
        let within = if value.get("metadata").is_some() { Within::Model } else { Within::Part };
        sweep.value(value, within, &mut at.key(key), said);
    }
}

/// The label of an advisory (CSAF 2.0 and 2.1, `/document/distribution/tlp/label`).
fn csaf(members: &Map<String, Value>, path: &TreePath, at: &Pointer, said: &mut Said) {
    let label = members.get("document").and_then(|document| document.pointer("/distribution/tlp/label"));
    if let Some(label) = label.and_then(Value::as_str) {
        let at = at.key("document").key("distribution").key("tlp").key("label");
        said.whole.push(Spot::read(label, Location::value(path, &at)));
    }
}

/// Where in a document a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// It is an OSCAL model.
    Model,
    /// It is the metadata of one.
    Metadata,
    /// Somewhere else.
    Part,
}

/// The way through everything below a document.
struct Sweep<'a> {
    path: &'a TreePath,
    depth: usize,
}

impl Sweep<'_> {
    fn value(&self, value: &Value, within: Within, at: &mut Pointer, said: &mut Said) {
        match value {
            Value::Object(members) => self.object(members, within, at, said),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    at.push_index(index);
                    self.value(item, Within::Part, at, said);
                    at.pop();
                }
            }
            _ => {}
        }
    }

    fn object(&self, members: &Map<String, Value>, within: Within, at: &mut Pointer, said: &mut Said) {
        for (key, value) in members {
            at.push_key(key);
            match (key.as_str(), value) {
                ("props", Value::Array(props)) => self.props(props, within, at, said),
                ("base64", Value::Object(content)) => self.embedded(content, at, said),
                (FIELD, Value::String(label))
                    if text::looks_like_label(label) || label.parse::<Label>().is_ok() =>
                {
                    said.parts.push(Spot::read(label, Location::value(self.path, at)));
                }
                _ => {
                    let inner = match (within, key.as_str()) {
                        (Within::Model, "metadata") => Within::Metadata,
                        _ => Within::Part,
                    };
                    self.value(value, inner, at, said);
                }
            }
            at.pop();
        }
    }

    fn props(&self, props: &[Value], within: Within, at: &Pointer, said: &mut Said) {
        for (index, prop) in props.iter().enumerate() {
            let get = |name| prop.get(name).and_then(Value::as_str);
            let (Some(name), Some(value)) = (get("name"), get("value")) else { continue };
            if is_marking(name, get("class"), value) {
                let spot = Spot::read(value, Location::value(self.path, &at.index(index).key("value")));
                if within == Within::Metadata { said.whole.push(spot) } else { said.parts.push(spot) }
            } else if within == Within::Metadata && is_originator(name, get("ns")) {
                said.originator = Some(value.to_owned());
            }
        }
    }

    fn embedded(&self, content: &Map<String, Value>, at: &Pointer, said: &mut Said) {
        let get = |name| content.get(name).and_then(Value::as_str);
        if let Some(value) = get("value") {
            let name = get("filename").unwrap_or_default();
            read_embedded(value, name, &Location::value(self.path, at), self.depth, said);
        }
    }
}

/// Whether a prop of OSCAL says a label: it has the class, or says no class and something that begins like a label.
pub(super) fn is_marking(name: &str, class: Option<&str>, value: &str) -> bool {
    let tlp = || class.is_none() && value.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("tlp"));
    name == FIELD && (class == Some(CLASS) || tlp())
}

/// Whether a prop of OSCAL names the member that the document comes from.
pub(super) fn is_originator(name: &str, namespace: Option<&str>) -> bool {
    name == ORIGINATOR && namespace == Some(PROBITY_NS)
}
