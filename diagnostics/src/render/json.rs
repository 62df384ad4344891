use serde_json::{Map, Value, json};

use super::Sources;
use crate::diagnostic::{Diagnostic, Label};
use crate::location::{Location, Place};

/// A finding as a JSON object: code, rule, severity, message, place, further
/// places, help. Lines and columns count from 1, columns in characters; the
/// end is the first character behind the place.
pub fn json(diagnostic: &Diagnostic, sources: &Sources<'_>) -> Value {
    let mut out = Map::new();
    out.insert("code".into(), json!(diagnostic.code.id));
    if let Some(rule) = &diagnostic.rule {
        out.insert("rule".into(), json!(rule));
    }
    out.insert("severity".into(), json!(diagnostic.severity.to_string()));
    out.insert("message".into(), json!(diagnostic.message));
    if let Some(primary) = &diagnostic.primary {
        out.insert("location".into(), label(primary, sources));
    }
    if !diagnostic.secondary.is_empty() {
        let related: Vec<Value> = diagnostic.secondary.iter().map(|l| label(l, sources)).collect();
        out.insert("related".into(), Value::Array(related));
    }
    if !diagnostic.helps.is_empty() {
        out.insert("help".into(), json!(diagnostic.helps));
    }
    Value::Object(out)
}

fn label(label: &Label, sources: &Sources<'_>) -> Value {
    let mut out = place(&label.location, sources);
    if !label.text.is_empty() {
        out.insert("label".into(), json!(label.text));
    }
    Value::Object(out)
}

/// A place as a JSON object: file, line, column, end and pointer, as far as they are known.
pub fn place(location: &Location, sources: &Sources<'_>) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("file".into(), json!(sources.display(&location.file)));
    if let Some(region) = sources.region(location) {
        out.insert("line".into(), json!(region.start.line));
        out.insert("column".into(), json!(region.start.column));
        out.insert("end-line".into(), json!(region.end.line));
        out.insert("end-column".into(), json!(region.end.column));
    }
    if let Place::Value(pointer) | Place::Key(pointer) = &location.place {
        out.insert("pointer".into(), json!(pointer.as_str()));
    }
    out
}
