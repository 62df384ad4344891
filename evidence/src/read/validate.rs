use std::fmt;
use std::str::FromStr as _;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::findings::LineFindings;
use crate::codes;
use crate::ontology::{Ontology, PropertyType, ResourceType};

/// Compares the properties of a resource with those of its type.
pub(super) fn properties(
    ontology: &Ontology,
    resource_type: &ResourceType,
    properties: &Map<String, Value>,
    findings: &mut LineFindings<'_>,
) {
    let mut validator = Validator { ontology, findings };
    validator.members(resource_type, properties, &Path::Root);
}

/// The instant that an RFC 3339 text names.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let shape_fits = text.len() >= 20 && text.is_ascii() && text.as_bytes().get(10) == Some(&b'T');
    if shape_fits && !text.ends_with(']') { Timestamp::from_str(text).ok() } else { None }
}

/// The way to a value, put into words only for findings.
enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("resource"),
            Self::Key(parent, key) => write!(f, "{parent}.{key}"),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

struct Validator<'a, 'f> {
    ontology: &'a Ontology,
    findings: &'a mut LineFindings<'f>,
}

impl Validator<'_, '_> {
    fn members(&mut self, definition: &ResourceType, members: &Map<String, Value>, at: &Path<'_>) {
        for (key, value) in members {
            if let Some(property) = definition.property(key) {
                self.value(&property.value_type, value, &Path::Key(at, key));
                continue;
            }
            let owner = definition.lineage().first().map_or("the type", |name| name.as_str());
            let message = format!("`{owner}` has no property `{key}` (at `{at}`)");
            self.findings.suggest(&codes::UNKNOWN_PROPERTY, message, definition.nearest_property(key));
        }
    }

    fn value(&mut self, expected: &PropertyType, value: &Value, at: &Path<'_>) {
        match (expected, value) {
            (_, Value::Null) => {}
            (PropertyType::List(element), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(element, item, &Path::Index(at, index));
                }
            }
            (PropertyType::Feature(name), Value::Object(members)) => {
                if let Some(feature) = self.ontology.feature(name.as_str()) {
                    self.members(feature, members, at);
                }
            }
            (PropertyType::Labels, Value::Object(labels)) => {
                for (key, label) in labels.iter().filter(|(_, label)| !label.is_string() && !label.is_null())
                {
                    self.wrong(&PropertyType::String, label, &Path::Key(at, key));
                }
            }
            _ if fits(expected, value) => {}
            _ => self.wrong(expected, value, at),
        }
    }

    fn wrong(&mut self, expected: &PropertyType, value: &Value, at: &Path<'_>) {
        let message = format!("`{at}`: expected {}, found {}", wanted(expected), found(value));
        self.findings.error(&codes::WRONG_VALUE, message);
    }
}

/// Whether a value that is neither null nor a collection is of a type.
fn fits(expected: &PropertyType, value: &Value) -> bool {
    match value {
        Value::Bool(_) => *expected == PropertyType::Boolean,
        Value::Number(number) => {
            let Some(n) = number.as_f64() else { return false };
            match expected {
                PropertyType::Number | PropertyType::Duration => true,
                PropertyType::Integer => n.fract() == 0.0,
                PropertyType::Size => n >= 0.0 && n.fract() == 0.0,
                PropertyType::Percentage => (0.0..=100.0).contains(&n),
                PropertyType::Port => (0.0..=65535.0).contains(&n) && n.fract() == 0.0,
                _ => false,
            }
        }
        Value::String(text) => match expected {
            PropertyType::String => true,
            PropertyType::Reference(_) => !text.is_empty(),
            PropertyType::Version => {
                text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(char::is_whitespace)
            }
            PropertyType::DateTime => instant(text).is_some(),
            PropertyType::Cidr => is_cidr(text),
            _ => false,
        },
        _ => false,
    }
}

fn is_cidr(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else { return false };
    let Ok(bits) = bits.parse::<u8>() else { return false };
    match address.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(_)) => bits <= 32,
        Ok(std::net::IpAddr::V6(_)) => bits <= 128,
        Err(_) => false,
    }
}

/// What a property type asks for, in words.
fn wanted(expected: &PropertyType) -> String {
    match expected {
        PropertyType::Boolean => "true or false".to_owned(),
        PropertyType::Integer => "a whole number".to_owned(),
        PropertyType::Number => "a number".to_owned(),
        PropertyType::String => "a text".to_owned(),
        PropertyType::Duration => "a number of seconds".to_owned(),
        PropertyType::Size => "a number of bytes".to_owned(),
        PropertyType::Percentage => "a number from 0 to 100".to_owned(),
        PropertyType::Version => "a dotted version text".to_owned(),
        PropertyType::DateTime => "a date and time with zone (RFC 3339)".to_owned(),
        PropertyType::Port => "a port number".to_owned(),
        PropertyType::Cidr => "an address range such as 10.0.0.0/8".to_owned(),
        PropertyType::Reference(target) => format!("the id of a {target}"),
        PropertyType::Labels => "a mapping of texts".to_owned(),
        PropertyType::Feature(name) => format!("an object with the properties of {name}"),
        PropertyType::List(element) => format!("a list of {element}"),
    }
}

/// What a value is, in words; long texts are cut.
fn found(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() > 40 => {
            format!("the text \"{}…\"", text.chars().take(40).collect::<String>())
        }
        Value::String(text) => format!("the text \"{text}\""),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
