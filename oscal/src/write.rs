//! Writing OSCAL documents: properties in model order, the same bytes for the same document.

use std::fmt;
use std::io;

use serde::Serialize;

/// A document that could not be written as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError(String);

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the document cannot be written: {}", self.0)
    }
}

impl std::error::Error for WriteError {}

/// JSON, indented by two spaces, with a line feed at the end.
///
/// Takes an [`OscalDocument`](crate::OscalDocument) for a whole document, or any part of one.
///
/// # Errors
/// A value that JSON cannot express; the OSCAL types have none.
pub fn to_json<T: Serialize>(value: &T) -> Result<String, WriteError> {
    let mut text = serde_json::to_string_pretty(value).map_err(|error| WriteError(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

/// The text of [`to_json`], written as it is made.
///
/// # Errors
/// The writer's own.
pub fn write_json<T: Serialize>(value: &T, writer: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *writer, value)?;
    writer.write_all(b"\n")
}

/// YAML whose strings stay strings in every reader: what YAML 1.1 takes for a boolean, a date or a number is quoted.
///
/// # Errors
/// A value that YAML cannot express; the OSCAL types have none.
pub fn to_yaml<T: Serialize>(value: &T) -> Result<String, WriteError> {
    serde_saphyr::to_string(value).map_err(|error| WriteError(error.to_string()))
}
