//! JSON and YAML. Comments of YAML are left out: what is written beside a document is not for its readers.

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostics, Pointer, TreePath};
use probity_oscal::{to_json, to_yaml};
use serde_json::{Map, Value};

use super::super::structure::{Level, Role};
use super::super::worker::{Change, Worker};
use super::malformed;

pub(super) fn scrub(
    bytes: &[u8],
    path: &TreePath,
    format: Format,
    worker: &mut Worker<'_>,
) -> Result<Vec<u8>, Diagnostics> {
    let documents = document::parse_all(bytes, path, format, Limits::default())?.value;
    let mut texts = Vec::with_capacity(documents.len());
    for one in documents {
        let mut walk = Walk { worker: &mut *worker, levels: Vec::new() };
        let value = walk.value(one.value, &Pointer::root(), Role::Prose).unwrap_or_default();
        let text = if format == Format::Json { to_json(&value) } else { to_yaml(&value) };
        texts.push(text.map_err(|error| malformed(path, &error.to_string()))?);
    }
    Ok(texts.join("---\n").into_bytes())
}

struct Walk<'w, 'a> {
    worker: &'w mut Worker<'a>,
    levels: Vec<Level>,
}

impl Walk<'_, '_> {
    /// What becomes of a value; nothing where it is left out.
    fn value(&mut self, value: Value, at: &Pointer, outside: Role) -> Option<Value> {
        match value {
            Value::Object(members) => Some(self.object(members, at, outside)),
            Value::Array(items) => {
                let role = self.worker.table.role(&self.levels, outside);
                let items = items.into_iter().enumerate();
                Some(
                    items
                        .filter_map(|(index, item)| self.inside("*", item, &at.index(index), role))
                        .collect(),
                )
            }
            Value::String(ref text) => self.scalar(text, at, outside, || value.clone()),
            Value::Number(ref number) => self.scalar(&number.to_string(), at, outside, || value.clone()),
            Value::Bool(_) | Value::Null => Some(value),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        at: &Pointer,
        outside: Role,
        same: impl FnOnce() -> Value,
    ) -> Option<Value> {
        match self.worker.text(at.as_str(), &self.levels, outside, text) {
            Change::Same => Some(same()),
            Change::Text(text) => Some(Value::String(text)),
            Change::Gone => None,
        }
    }

    fn object(&mut self, members: Map<String, Value>, at: &Pointer, outside: Role) -> Value {
        if let Some(level) = self.levels.last_mut() {
            level.facts = facts(&members);
        }
        let role = self.worker.table.listed(&self.levels, outside);
        let mut new = Map::new();
        for (key, value) in members {
            let shown = self.worker.prose(at.as_str(), Role::Prose, &key).unwrap_or_else(|| key.clone());
            let shown = free(&new, shown);
            let value = self.inside(&key, value, &at.key(&shown), role);
            new.extend(value.map(|value| (shown, value)));
        }
        Value::Object(new)
    }

    fn inside(&mut self, name: &str, value: Value, at: &Pointer, role: Role) -> Option<Value> {
        self.levels.push(Level { name: name.to_owned(), facts: Vec::new() });
        let value = self.value(value, at, role);
        self.levels.pop();
        value
    }
}

/// A key that is not taken: what differs in capitals alone has one pseudonym.
fn free(members: &Map<String, Value>, key: String) -> String {
    let mut others = (2..).map(|number| format!("{key} ({number})"));
    if members.contains_key(&key) {
        others.find(|other| !members.contains_key(other)).unwrap_or(key)
    } else {
        key
    }
}

/// What an object says of itself in words.
fn facts(members: &Map<String, Value>) -> Vec<(String, String)> {
    let word = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(is) => Some(is.to_string()),
        _ => None,
    };
    members.iter().filter_map(|(name, value)| Some((name.clone(), word(value)?))).collect()
}
