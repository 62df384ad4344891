//! What Probity writes into documents: props in its namespace, and texts in the forms that OSCAL has for them.

use crate::model::metadata::Property;
use crate::{PROBITY_NS, uuid5};

/// A system and one of its assessments: what uuids are derived within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope<'a> {
    /// Name of the system.
    pub system: &'a str,
    /// Name of the assessment in `probity.toml`.
    pub assessment: &'a str,
}

impl Scope<'_> {
    /// The uuid of what `key` names within them: the same in every edition of their documents.
    pub fn uuid(&self, key: &[&str]) -> String {
        let parts: Vec<&str> = [self.system, self.assessment].iter().chain(key).copied().collect();
        uuid5(&parts)
    }
}

/// A prop of ours. The value is put into the form that OSCAL's `string` has: one line, trimmed, not empty.
pub fn ours(name: &str, value: &str) -> Property {
    Property {
        name: name.to_owned(),
        ns: Some(PROBITY_NS.to_owned()),
        value: one_line(value),
        ..Property::default()
    }
}

/// The class of OSCAL's prop `marking` that says a label of the Traffic Light Protocol.
const TLP: &str = "tlp-2.0";

/// OSCAL's own prop `marking`, which says how a document is to be handled: a label of the Traffic Light Protocol.
pub fn marking(label: &str) -> Property {
    Property {
        name: "marking".to_owned(),
        class: Some(TLP.to_owned()),
        value: label.to_owned(),
        ..Property::default()
    }
}

/// Whether a prop is one of [`marking`].
pub fn is_marking(prop: &Property) -> bool {
    prop.name == "marking" && prop.class.as_deref() == Some(TLP)
}

/// The values of the props of ours with that name, with their index.
pub fn values<'a>(props: &'a [Property], name: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    props
        .iter()
        .enumerate()
        .filter(move |(_, prop)| prop.name == name && prop.ns.as_deref() == Some(PROBITY_NS))
        .map(|(index, prop)| (index, prop.value.as_str()))
}

/// `text` on one line, without white space around it; `-` where nothing is left.
pub fn one_line(text: &str) -> String {
    if !text.is_empty() && text.trim() == text && !text.contains(['\n', '\r']) {
        return text.to_owned();
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "-".to_owned() } else { line }
}

/// `text` as one line of OSCAL's markup, its characters meant as they are.
pub fn markup_line(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '~' | '^') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
