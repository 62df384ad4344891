//! What a directive changes about a parameter.

use serde::Serialize;
use serde_json::Value;

use super::Change;

/// The changes that one directive makes; nothing is noted where nobody asked for a trace.
pub(in crate::resolve) struct Changes(Option<Vec<Change>>);

impl Changes {
    pub(super) fn new(wanted: bool) -> Self {
        Self(wanted.then(Vec::new))
    }

    pub(super) fn done(self) -> Option<Vec<Change>> {
        self.0
    }

    /// A member that there can be one of, before and after; nothing where it is not there at either time.
    pub(in crate::resolve) fn one<T: Serialize>(&mut self, field: &str, old: Option<&T>, new: Option<&T>) {
        if old.is_some() || new.is_some() {
            self.note(field, || (value(&old), value(&new)));
        }
    }

    /// A list: what went and what came.
    pub(in crate::resolve) fn list<T: Serialize>(&mut self, field: &str, old: &[T], new: &[T]) {
        if !old.is_empty() || !new.is_empty() {
            let some = |list: &[T]| if list.is_empty() { Value::Null } else { value(list) };
            self.note(field, || (some(old), some(new)));
        }
    }

    fn note(&mut self, field: &str, values: impl FnOnce() -> (Value, Value)) {
        if let Some(changes) = &mut self.0 {
            let (old, new) = values();
            changes.push(Change { field: field.to_owned(), old, new });
        }
    }
}

fn value<T: Serialize + ?Sized>(object: &T) -> Value {
    serde_json::to_value(object).unwrap_or_default()
}
