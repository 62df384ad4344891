//! What the values that nobody set mean.
//!
//! On the wire a number that nobody set is 0, a boolean `false`, a text and a list empty, and an object `null`: protocol buffers
//! cannot say the difference, and their interfaces write all of them out. So such a value is no observation. It is taken for not
//! collected, unless it is known to have been written on purpose:
//!
//! - where a resource shows no sign of a program that writes unset values (no `null`, no empty text, list or object anywhere), what
//!   it holds was put there;
//! - the user may say that the collectors set certain properties always, or all of them.

use std::collections::BTreeSet;

use serde_json::Value;

/// How values are taken that may be unset.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Unset {
    /// For not collected, unless the resource shows that unset values are not written.
    #[default]
    NotCollected,
    /// For what they say where the property has one of these names, else as before.
    KeptFor(BTreeSet<String>),
    /// For what they say.
    Kept,
}

impl Unset {
    /// Whether a value of property `name` is taken for what it says.
    pub(super) fn keeps(&self, name: &str) -> bool {
        match self {
            Self::NotCollected => false,
            Self::KeptFor(names) => names.contains(name),
            Self::Kept => true,
        }
    }
}

/// Whether a value is what an unset field looks like.
pub(super) fn is_unset(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(_) | Value::Bool(true) => false,
    }
}

/// Whether a resource was written by a program that writes unset values.
pub(super) fn shows_unset(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty() || items.iter().any(shows_unset),
        Value::Object(members) => members.is_empty() || members.values().any(shows_unset),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
