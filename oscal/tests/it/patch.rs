//! Changes of a document as data.

use probity_diagnostics::Pointer;
use serde::Deserialize;
use serde_json::Value;

/// One step of a change; places are JSON pointers, and `-` at the end stands for a new last item.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Step {
    /// Gives the value at a place that is there another one.
    Set { set: String, to: Value },
    /// Puts a value to a place that is not there yet; items of an array move up.
    Add { add: String, to: Value },
    /// Takes a value away.
    Remove { remove: String },
    /// Puts what stands at one place also to another.
    Copy { copy: String, into: String },
}

/// Applies the steps in order.
pub(crate) fn apply(document: &mut Value, steps: &[Step]) {
    for step in steps {
        match step {
            Step::Set { set, to } => {
                let place = document.pointer_mut(set);
                *place.unwrap_or_else(|| panic!("nothing stands at {set}")) = to.clone();
            }
            Step::Add { add, to } => put(document, add, to.clone()),
            Step::Remove { remove } => take(document, remove),
            Step::Copy { copy, into } => {
                let copied = document.pointer(copy).unwrap_or_else(|| panic!("nothing stands at {copy}"));
                put(document, into, copied.clone());
            }
        }
    }
}

/// The container of a place and the last token of its pointer.
fn parent<'v>(document: &'v mut Value, place: &str) -> (&'v mut Value, String) {
    let (above, _) = place.rsplit_once('/').unwrap_or_else(|| panic!("{place} names no place"));
    let last = Pointer::from_text(place).tokens().last().unwrap();
    (document.pointer_mut(above).unwrap_or_else(|| panic!("nothing stands at {above}")), last)
}

fn put(document: &mut Value, place: &str, value: Value) {
    match parent(document, place) {
        (Value::Object(members), key) => {
            let before = members.insert(key, value);
            assert!(before.is_none(), "something stands at {place} already");
        }
        (Value::Array(items), last) if last == "-" => items.push(value),
        (Value::Array(items), index) => items.insert(index.parse().unwrap(), value),
        (other, _) => panic!("{place}: {other} holds nothing"),
    }
}

fn take(document: &mut Value, place: &str) {
    match parent(document, place) {
        (Value::Object(members), key) => {
            members.shift_remove(&key).unwrap_or_else(|| panic!("nothing stands at {place}"));
        }
        (Value::Array(items), index) => {
            items.remove(index.parse().unwrap());
        }
        (other, _) => panic!("{place}: {other} holds nothing"),
    }
}
