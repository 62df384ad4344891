//! What Probity writes into documents: props in its namespace, and texts in the forms that OSCAL has for them.

use crate::PROBITY_NS;
use crate::model::metadata::Property;

/// A prop of ours. The value is put into the form that OSCAL's `string` has: one line, trimmed, not empty.
pub fn ours(name: &str, value: &str) -> Property {
    Property {
        name: name.to_owned(),
        ns: Some(PROBITY_NS.to_owned()),
        value: one_line(value),
        ..Property::default()
    }
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
