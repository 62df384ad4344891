//! Single values against their datatype.

use serde_json::Value;

use crate::schema::{Datatype, JsonType};

/// How a value fails its datatype.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// It is another JSON type.
    Type,
    /// It has the right type and the wrong form.
    Form,
}

/// Checks one value.
pub(super) fn check(datatype: Datatype, value: &Value) -> Result<(), Mismatch> {
    let fits = match (datatype.json(), value) {
        (JsonType::String, Value::String(text)) => datatype.accepts(text),
        (JsonType::Boolean, Value::Bool(_)) | (JsonType::Number, Value::Number(_)) => true,
        (JsonType::Integer, Value::Number(number)) if number.is_u64() || number.is_i64() => {
            datatype.minimum().is_none_or(|minimum| number.as_i64().is_none_or(|number| number >= minimum))
        }
        _ => return Err(Mismatch::Type),
    };
    if fits { Ok(()) } else { Err(Mismatch::Form) }
}

/// A value in a few words: its type, and the value itself where it is short.
pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("the boolean `{flag}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) => quote(text),
        Value::Array(items) if items.is_empty() => "an empty array".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// A text in quotes, cut where it is long.
fn quote(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    Value::String(shown).to_string()
}
