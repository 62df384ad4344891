//! What a format has no place for, as a merge patch (RFC 7396).
//!
//! A document is written, read again without help, and compared with the incident: what is missing or different is the patch,
//! which the document carries in a place for extensions. So nothing is lost, and nothing is carried that the format says itself.

use probity_diagnostics::Pointer;
use serde_json::{Map, Value};

/// The patch that makes `whole` of `said`. None where nothing is missing. Neither has nulls.
pub(super) fn difference(said: &Value, whole: &Value) -> Option<Value> {
    let (Value::Object(before), Value::Object(after)) = (said, whole) else {
        return (said != whole).then(|| whole.clone());
    };
    let mut patch = Map::new();
    for (key, value) in after {
        match before.get(key) {
            None => patch.insert(key.clone(), value.clone()),
            Some(old) => difference(old, value).and_then(|change| patch.insert(key.clone(), change)),
        };
    }
    for key in before.keys().filter(|key| !after.contains_key(*key)) {
        patch.insert(key.clone(), Value::Null);
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

/// `said` with a patch applied.
pub(super) fn join(said: Value, patch: &Value) -> Value {
    let Value::Object(changes) = patch else { return patch.clone() };
    let mut whole = match said {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    for (key, change) in changes {
        if change.is_null() {
            whole.shift_remove(key);
        } else {
            let old = whole.get(key).cloned().unwrap_or(Value::Null);
            whole.insert(key.clone(), join(old, change));
        }
    }
    Value::Object(whole)
}

/// The places that a patch sets or removes.
pub(super) fn places(patch: &Value) -> Vec<Pointer> {
    fn look(patch: &Value, at: &Pointer, all: &mut Vec<Pointer>) {
        match patch {
            Value::Object(changes) if !changes.is_empty() => {
                changes.iter().for_each(|(key, change)| look(change, &at.key(key), all));
            }
            _ => all.push(at.clone()),
        }
    }
    let mut all = Vec::new();
    look(patch, &Pointer::root(), &mut all);
    all
}
