//! What the readers of JSON formats share.

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath};
use serde_json::Value;

use crate::incident::codes::{FOREIGN, LEFT_OUT};

/// Incidents are small; what is larger or nested deeper is no incident.
const LIMITS: Limits = Limits { bytes: 16 << 20, depth: 48, values: 400_000, aliased: 0 };

/// A reader of one file, with what it found.
pub(super) struct Reader<'a> {
    pub(super) file: &'a TreePath,
    pub(super) found: Diagnostics,
}

impl Reader<'_> {
    /// Why the document is not understood.
    pub(super) fn no(&self, why: impl Into<String>) -> Diagnostic {
        Diagnostic::error(&FOREIGN, why).at(Location::file(self.file))
    }

    /// Tells that something was left out.
    pub(super) fn left_out(&mut self, what: &str) {
        let message = format!("{what} was left out: the model has no place for it");
        self.found.push(Diagnostic::warning(&LEFT_OUT, message).at(Location::file(self.file)));
    }
}

/// The value of a JSON text.
pub(super) fn parsed(text: &str, file: &TreePath) -> Result<Value, Diagnostics> {
    document::parse(text.as_bytes(), file, Format::Json, LIMITS).map(|parsed| parsed.value)
}

/// A member that is a string.
pub(crate) fn text<'v>(object: &'v Value, key: &str) -> Option<&'v str> {
    object.get(key)?.as_str()
}

/// The strings of a member that is a list.
pub(crate) fn texts<'v>(object: &'v Value, key: &str) -> Vec<&'v str> {
    object
        .get(key)
        .and_then(Value::as_array)
        .map_or_else(Vec::new, |list| list.iter().filter_map(Value::as_str).collect())
}
