use std::fmt;

use super::TypeName;

/// What the values of a property are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PropertyType {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// Text.
    String,
    /// A number of seconds; `P90D` in target values.
    Duration,
    /// A number of bytes; `10GiB` in target values.
    Size,
    /// A number from 0 to 100.
    Percentage,
    /// A dotted version text, such as `1.29.3`.
    Version,
    /// An instant as RFC 3339 text.
    DateTime,
    /// A port number from 0 to 65535.
    Port,
    /// An address range in CIDR notation.
    Cidr,
    /// The id of a resource of this type or a descendant.
    Reference(TypeName),
    /// A map of texts to texts.
    Labels,
    /// A security feature with properties of its own.
    Feature(TypeName),
    /// A list.
    List(Box<PropertyType>),
}

/// A text that is no property type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotationError(pub String);

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no property type", self.0)
    }
}

impl std::error::Error for NotationError {}

/// The notations without parameters.
const SIMPLE: [(&str, PropertyType); 12] = [
    ("boolean", PropertyType::Boolean),
    ("integer", PropertyType::Integer),
    ("number", PropertyType::Number),
    ("string", PropertyType::String),
    ("duration", PropertyType::Duration),
    ("size", PropertyType::Size),
    ("percentage", PropertyType::Percentage),
    ("version", PropertyType::Version),
    ("date-time", PropertyType::DateTime),
    ("port", PropertyType::Port),
    ("cidr", PropertyType::Cidr),
    ("labels", PropertyType::Labels),
];

impl PropertyType {
    /// Parses the notation of the ontology, such as `reference(Key)[]`. Names
    /// in upper camel case are taken for features; whether they exist is not
    /// looked at.
    ///
    /// # Errors
    /// The text is no such notation.
    pub fn parse(text: &str) -> Result<Self, NotationError> {
        if let Some(element) = text.strip_suffix("[]") {
            return Ok(Self::List(Box::new(Self::parse(element)?)));
        }
        if let Some((_, simple)) = SIMPLE.iter().find(|(notation, _)| *notation == text) {
            return Ok(simple.clone());
        }
        if let Some(target) = text.strip_prefix("reference(").and_then(|rest| rest.strip_suffix(')')) {
            return Ok(Self::Reference(TypeName::from(target)));
        }
        if text.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Ok(Self::Feature(TypeName::from(text)));
        }
        Err(NotationError(text.to_owned()))
    }

    /// The type of the elements for lists, of the value itself for others.
    pub fn element(&self) -> &Self {
        match self {
            Self::List(element) => element.element(),
            other => other,
        }
    }

    /// The notations without parameters, for suggestions.
    pub(super) fn simple_notations() -> impl Iterator<Item = &'static str> {
        SIMPLE.iter().map(|(notation, _)| *notation)
    }
}

impl fmt::Display for PropertyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reference(target) => write!(f, "reference({target})"),
            Self::Feature(name) => f.write_str(name.as_str()),
            Self::List(element) => write!(f, "{element}[]"),
            simple => {
                let known = SIMPLE.iter().find(|(_, t)| t == simple);
                f.write_str(known.map_or("unknown", |(notation, _)| notation))
            }
        }
    }
}
