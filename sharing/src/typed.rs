//! From generic values to types, with the place of what does not fit.

use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, Pointer, TreePath};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// The typed form of a document.
///
/// # Errors
/// The first thing that does not fit, with its place.
pub(crate) fn typed<T: DeserializeOwned>(
    value: Value,
    code: &'static Code,
    file: &TreePath,
) -> Result<T, Diagnostics> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let location = Location::value(file, &pointer(error.path()));
        Diagnostic::error(code, error.inner().to_string()).at(location).into()
    })
}

fn pointer(path: &Path) -> Pointer {
    path.iter().fold(Pointer::root(), |at, segment| match segment {
        Segment::Seq { index } => at.index(*index),
        Segment::Map { key } => at.key(key),
        Segment::Enum { .. } | Segment::Unknown => at,
    })
}
