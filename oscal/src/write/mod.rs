//! Writing OSCAL documents: properties in model order, the same bytes for the same document.
//!
//! A document is a typed [`OscalDocument`](crate::OscalDocument), whose fields stand in model order, or a generic value, which
//! [`Canonical`] puts in that order while it is written.

mod canonical;
mod scalar;
mod yaml;

use std::fmt;
use std::io;

use probity_diagnostics::document::{Comments, Format};
use probity_diagnostics::{Diagnostic, codes};
use serde::Serialize;
use serde_json::Value;

use crate::schema::Definition;

pub use canonical::Canonical;

/// A document that could not be written as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError(String);

impl WriteError {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the document cannot be written: {}", self.0)
    }
}

impl std::error::Error for WriteError {}

impl From<WriteError> for Diagnostic {
    fn from(error: WriteError) -> Self {
        Diagnostic::error(&codes::WRITE_FAILED, error.to_string())
    }
}

/// JSON, indented by two spaces, with a line feed at the end.
///
/// Takes an [`OscalDocument`](crate::OscalDocument) or [`Canonical`] for a whole document, or any part of one.
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

/// YAML whose strings stay strings in every reader: what YAML 1.1 or 1.2 takes for a boolean, a date, a number or nothing is
/// quoted, prose is written in blocks.
///
/// # Errors
/// A value that JSON cannot express; the OSCAL types have none.
pub fn to_yaml<T: Serialize>(value: &T) -> Result<String, WriteError> {
    let value = serde_json::to_value(value).map_err(|error| WriteError(error.to_string()))?;
    let mut text = Vec::new();
    yaml::write(&value, canonical::Kind::Other, &Comments::default(), &mut text)
        .map_err(|error| WriteError(error.to_string()))?;
    String::from_utf8(text).map_err(|error| WriteError(error.to_string()))
}

/// The YAML of a document in model order, as [`to_yaml`] writes it, written as it is made. `comments` stand again beside what
/// they stood beside in the text that the document was read from.
///
/// # Errors
/// The writer's own.
pub fn write_yaml(document: &Value, comments: &Comments, writer: &mut dyn io::Write) -> io::Result<()> {
    yaml::write(document, canonical::Kind::Root, comments, writer)
}

/// The YAML of a file of a split folder, whose object is one of `definition`.
pub(crate) fn write_piece(
    value: &Value,
    definition: &'static Definition,
    comments: &Comments,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    yaml::write(value, canonical::Kind::Piece(definition), comments, writer)
}

/// XML in model order, indented by two spaces, with a line feed at the end.
///
/// # Errors
/// A value that is no whole document, or text with a character that XML does not have.
pub fn to_xml<T: Serialize>(value: &T) -> Result<String, WriteError> {
    let mut text = Vec::new();
    write_xml(value, &mut text).map_err(|error| match error.downcast::<WriteError>() {
        Ok(error) => error,
        Err(error) => WriteError(error.to_string()),
    })?;
    String::from_utf8(text).map_err(|error| WriteError(error.to_string()))
}

/// The text of [`to_xml`], written as it is made. Of a value that is generic already, [`xml::write()`](crate::xml::write)
/// makes no copy.
///
/// # Errors
/// The writer's own, and those of [`to_xml`] as [`io::ErrorKind::InvalidData`].
pub fn write_xml<T: Serialize>(value: &T, writer: &mut dyn io::Write) -> io::Result<()> {
    crate::xml::write(&serde_json::to_value(value)?, writer)
}

/// Writes a document, an object with the key of its model, in model order, in the given format. Comments have a place in YAML
/// only.
///
/// # Errors
/// The writer's own, and those of [`to_xml`] for XML.
pub fn write(
    document: &Value,
    format: Format,
    comments: &Comments,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Json => write_json(&Canonical::of(document), writer),
        Format::Yaml => write_yaml(document, comments, writer),
        Format::Xml => crate::xml::write(document, writer),
    }
}
