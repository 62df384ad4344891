use jiff::Timestamp;
use probity_diagnostics::nearest;
use serde_json::{Map, Value};

use super::findings::LineFindings;
use super::validate::instant;
use crate::codes;

/// The members of a record (or of an object in it) as they are taken out one
/// by one; what is left at the end is unknown.
pub(super) struct Fields<'m, 'f, 'a> {
    members: Map<String, Value>,
    known: Vec<&'static str>,
    within: &'m str,
    findings: &'f mut LineFindings<'a>,
}

impl<'m, 'f, 'a> Fields<'m, 'f, 'a> {
    /// The members of what findings call `within`.
    pub(super) fn new(
        members: Map<String, Value>,
        within: &'m str,
        findings: &'f mut LineFindings<'a>,
    ) -> Self {
        Self { members, known: Vec::new(), within, findings }
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        self.members.swap_remove(key)
    }

    fn missing(&mut self, key: &str) {
        let message = format!("{} has no `{key}`", self.within);
        self.findings.error(&codes::RECORD_FIELD, message);
    }

    fn wrong(&mut self, key: &str, wanted: &str) {
        let message = format!("`{key}` of {} is not {wanted}", self.within);
        self.findings.error(&codes::RECORD_FIELD, message);
    }

    /// A text that must be there; may not be empty.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        match self.take(key) {
            Some(Value::String(text)) if !text.is_empty() => return Some(text),
            Some(_) => self.wrong(key, "a text"),
            None => self.missing(key),
        }
        None
    }

    /// A text that may be left out.
    pub(super) fn optional_text(&mut self, key: &'static str) -> Option<String> {
        match self.take(key) {
            None => None,
            Some(Value::String(text)) => Some(text),
            Some(_) => {
                self.wrong(key, "a text");
                None
            }
        }
    }

    /// A list of texts; empty where it is left out.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let texts = match value {
            Value::Array(items) => items.into_iter().map(into_text).collect(),
            _ => None,
        };
        texts.unwrap_or_else(|| {
            self.wrong(key, "a list of texts");
            Vec::new()
        })
    }

    /// An instant that must be there.
    pub(super) fn instant(&mut self, key: &'static str) -> Option<Timestamp> {
        let text = self.text(key)?;
        self.parse_instant(key, &text)
    }

    /// An instant that may be left out.
    pub(super) fn optional_instant(&mut self, key: &'static str) -> Option<Timestamp> {
        let text = self.optional_text(key)?;
        self.parse_instant(key, &text)
    }

    fn parse_instant(&mut self, key: &str, text: &str) -> Option<Timestamp> {
        let at = instant(text);
        if at.is_none() {
            self.wrong(key, "a date and time with zone, such as 2026-11-01T10:00:00Z");
        }
        at
    }

    /// A whole number from 0 that must be there.
    pub(super) fn count(&mut self, key: &'static str) -> Option<u64> {
        match self.take(key).map(|value| value.as_u64()) {
            Some(Some(count)) => return Some(count),
            Some(None) => self.wrong(key, "a whole number"),
            None => self.missing(key),
        }
        None
    }

    /// An object that must be there.
    pub(super) fn object(&mut self, key: &'static str) -> Option<Map<String, Value>> {
        match self.take(key) {
            Some(Value::Object(members)) => return Some(members),
            Some(_) => self.wrong(key, "an object"),
            None => self.missing(key),
        }
        None
    }

    /// A list of objects that must be there.
    pub(super) fn objects(&mut self, key: &'static str) -> Option<Vec<Map<String, Value>>> {
        let Some(value) = self.take(key) else {
            self.missing(key);
            return None;
        };
        let objects = match value {
            Value::Array(items) => items.into_iter().map(into_object).collect(),
            _ => None,
        };
        if objects.is_none() {
            self.wrong(key, "a list of objects");
        }
        objects
    }

    /// The list of findings, for what the fields say.
    pub(super) fn findings(&mut self) -> &mut LineFindings<'a> {
        self.findings
    }

    /// Reports what is left.
    pub(super) fn finish(self) {
        for key in self.members.keys() {
            let message = format!("{} has an unknown field `{key}`", self.within);
            let meant = nearest(key, self.known.iter().copied());
            self.findings.suggest(&codes::RECORD_FIELD, message, meant);
        }
    }
}

fn into_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn into_object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
