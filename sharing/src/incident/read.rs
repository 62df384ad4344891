//! Reading and writing incidents as YAML or JSON.

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Step, TreePath, Warned};
use probity_oscal::WriteError;
use serde_json::Value;

use super::codes::MALFORMED;
use super::{Incident, check};
use crate::lexicon::Lexicon;
use crate::typed::typed;

/// Reads an incident and looks whether it holds together.
///
/// # Errors
/// The file cannot be read or is malformed, or the incident contradicts itself.
pub fn load(tree: &dyn FileTree, file: &TreePath, lexicon: &Lexicon) -> Step<Incident> {
    let bytes = tree.read(file, Limits::default().bytes).map_err(Diagnostic::from)?;
    parse(&bytes, file, lexicon)
}

/// Reads an incident from the bytes of `file`.
///
/// # Errors
/// As [`load`].
pub fn parse(bytes: &[u8], file: &TreePath, lexicon: &Lexicon) -> Step<Incident> {
    let format = Format::of(file).unwrap_or(Format::Yaml);
    let parsed = document::parse(bytes, file, format, Limits::default())?;
    let Warned { value, warnings } = from_value(parsed.value, file, lexicon)?;
    let mut found = parsed.warnings;
    found.extend(warnings);
    Ok(Warned { value, warnings: found })
}

/// The incident that a generic value says.
///
/// # Errors
/// It does not have the form of one, or contradicts itself.
pub fn from_value(value: Value, file: &TreePath, lexicon: &Lexicon) -> Step<Incident> {
    let incident: Incident = typed(value, &MALFORMED, file)?;
    check(&incident, file, lexicon).unless_errors(incident)
}

/// The generic value of an incident.
///
/// # Errors
/// A number that JSON does not have.
pub(crate) fn to_value(incident: &Incident) -> Result<Value, Diagnostics> {
    serde_json::to_value(incident).map_err(|error| Diagnostic::error(&MALFORMED, error.to_string()).into())
}

/// The YAML of an incident.
///
/// # Errors
/// A number that YAML does not have.
pub fn to_yaml(incident: &Incident) -> Result<String, WriteError> {
    probity_oscal::to_yaml(incident)
}
