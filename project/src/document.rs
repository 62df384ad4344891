//! Documents as they are written into files of the project.

use probity_diagnostics::document::{Comments, Format};
use probity_diagnostics::{Diagnostic, codes as files};
use serde::Serialize;

/// A document in the format of its file. The comments of YAML that stand in `before`, the text of the file so far, are kept;
/// it is empty where there is no file yet.
///
/// # Errors
/// The document has no place in the format.
pub fn text(document: &impl Serialize, format: Format, before: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    let failed = |why: String| Diagnostic::error(&files::WRITE_FAILED, why);
    let comments = match (format, std::str::from_utf8(before)) {
        (Format::Yaml, Ok(before)) => Comments::of(before),
        _ => Comments::default(),
    };
    let value = serde_json::to_value(document).map_err(|error| failed(error.to_string()))?;
    let mut text = Vec::new();
    probity_oscal::write(&value, format, &comments, &mut text).map_err(|error| failed(error.to_string()))?;
    Ok(text)
}
