use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::json_index::twice;
use super::{Limits, MOST_TWICE, syntax, too_deep, too_many_values};
use crate::diagnostic::{Diagnostics, Step, Warned};
use crate::tree::TreePath;

/// `serde_json` refuses deeper nesting by itself.
const DEPTH: usize = 128;

/// What is known while a text is read.
struct Reading {
    /// How many keys stood in their object before. Where they stand is looked up in the end.
    twice: Cell<usize>,
    values: Cell<usize>,
    limit: usize,
}

pub(super) fn parse(text: &str, path: &TreePath, limits: Limits) -> Step<Value> {
    let reading = Reading { twice: Cell::new(0), values: Cell::new(0), limit: limits.values };
    let mut reader = serde_json::Deserializer::from_str(text);
    let result = Seed(&reading).deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    let mut findings = Diagnostics::new();
    if reading.twice.get() > 0 {
        findings.extend(twice(text, MOST_TWICE).iter().map(|twice| twice.finding(path)));
    }
    match result {
        Ok(value) if findings.is_empty() => Ok(Warned::clean(value)),
        Ok(_) => Err(findings),
        Err(error) => {
            findings.push(explain(&error, text, path, reading.values.get() > reading.limit, limits));
            Err(findings)
        }
    }
}

/// A finding made of a parser's error.
fn explain(
    error: &serde_json::Error,
    text: &str,
    path: &TreePath,
    too_many: bool,
    limits: Limits,
) -> crate::Diagnostic {
    let start = offset(text, error.line(), error.column());
    let at = start..(start + 1).min(text.len()).max(start);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    if too_many {
        return too_many_values(path, at, limits.values);
    }
    if message.starts_with("recursion limit") {
        return too_deep(path, at, DEPTH);
    }
    if error.is_eof() {
        return syntax(path, at, format!("the text ends too early: {message}"));
    }
    syntax(path, at, format!("not well-formed JSON: {message}"))
}

/// The byte offset of a line and column, both counted from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len().saturating_sub(1));
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

struct Seed<'a>(&'a Reading);

impl Seed<'_> {
    fn count<E: serde::de::Error>(&self) -> Result<(), E> {
        self.0.values.set(self.0.values.get() + 1);
        if self.0.values.get() > self.0.limit { Err(E::custom("too many values")) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.count()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("the number is out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        loop {
            match list.next_element_seed(Seed(self.0))? {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(Seed(self.0))?;
            if !members.contains_key(&key) {
                members.insert(key, value);
            } else if self.0.twice.replace(self.0.twice.get() + 1) >= MOST_TWICE {
                return Err(A::Error::custom("more than a hundred duplicate keys"));
            }
        }
        Ok(Value::Object(members))
    }
}
