//! Values of closed sets that later releases widened. They are kept and told: readers of the older release may object to them.

use serde_json::{Map, Value};

use super::differences::{DATA_CENTER, NEW_NAMES};
use super::{Release, differences};
use crate::identity::OSCAL_NS;

/// A value that the release does not know: the keys that lead to it from its object, and what is to be said.
pub(super) struct Unknown {
    pub(super) property: usize,
    pub(super) key: &'static str,
    pub(super) message: String,
}

/// The values among the properties of an object of the definition `name` that `release` does not know.
pub(super) fn unknown(name: &str, members: &Map<String, Value>, release: Release) -> Vec<Unknown> {
    let Some(Value::Array(props)) = members.get("props") else { return Vec::new() };
    let own = |prop: &Value| prop.get("ns").is_none_or(|ns| ns == OSCAL_NS);
    let props = props.iter().enumerate().filter(|(_, prop)| own(prop));
    match name {
        "system-component" => {
            let kind = text(members.get("type"));
            props
                .filter_map(|(index, prop)| component(kind, index, text(prop.get("name")), release))
                .collect()
        }
        "location" if release < DATA_CENTER.since => props
            .filter(|(_, prop)| text(prop.get("name")) == "type" && text(prop.get("value")) == "data-center")
            .filter_map(|(index, prop)| data_center(index, text(prop.get("class")), release))
            .collect(),
        _ => Vec::new(),
    }
}

fn text(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}

fn component(kind: &str, property: usize, name: &str, release: Release) -> Option<Unknown> {
    let new = NEW_NAMES
        .iter()
        .find(|new| release < new.since && new.types.contains(&kind) && new.names.contains(&name))?;
    let since = new.since;
    let message = format!(
        "OSCAL {release} has no prop `{name}` for components of type `{kind}`; it came with {since} and is kept"
    );
    Some(Unknown { property, key: "name", message })
}

fn data_center(property: usize, class: &str, release: Release) -> Option<Unknown> {
    let differences::Opened { since, values } = &DATA_CENTER;
    if class.is_empty() || values.contains(&class) {
        return None;
    }
    let known = values.join("` and `");
    let message = format!(
        "OSCAL {release} knows data centers of class `{known}` only; {since} opened the set, and `{class}` is kept"
    );
    Some(Unknown { property, key: "class", message })
}
