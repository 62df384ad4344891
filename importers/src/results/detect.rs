//! The format of a file of results, told by what it holds.

use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath};
use serde_json::Value;

use super::json::{Node, Parsed};
use super::{Format, policy_report};
use crate::codes;

/// The format of a text, and the documents of one in JSON or YAML; what is none of the others is CSV where its columns are
/// described.
///
/// # Errors
/// The text does not parse, or its format cannot be told.
pub(super) fn format(
    text: &str,
    file: &TreePath,
    has_columns: bool,
) -> Result<(Format, Option<Parsed>), Diagnostics> {
    let begins = text.trim_start();
    let found = if begins.starts_with('<') {
        xml(begins).map(|format| (format, None))
    } else if begins.starts_with(['{', '[']) {
        return json(text, file);
    } else if has_columns {
        Some((Format::Csv, None))
    } else {
        let parsed = document::parse_all(text.as_bytes(), file, document::Format::Yaml, Limits::default());
        parsed.ok().and_then(|parsed| Some((value(&parsed.value.first()?.value)?, Some(parsed))))
    };
    found.ok_or_else(|| unknown(file).into())
}

fn unknown(file: &TreePath) -> Diagnostic {
    let words: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
    Diagnostic::error(&codes::UNKNOWN_FORMAT, "the format of the file is not known")
        .at(Location::file(file))
        .help(format!("name it if it is one of these: {}", words.join(", ")))
        .help("CSV needs a file that describes its columns: --columns")
}

/// The format by the name of the first element.
fn xml(text: &str) -> Option<Format> {
    let names = text.split('<').skip(1).filter(|tag| !tag.starts_with(['?', '!', '/']));
    let name =
        names.map(|tag| tag.split([' ', '\t', '\r', '\n', '>', '/']).next().unwrap_or_default()).next()?;
    match name.rsplit(':').next()? {
        "Benchmark" | "TestResult" | "asset-report-collection" => Some(Format::Xccdf),
        "testsuites" | "testsuite" => Some(Format::Junit),
        "assessment-results" => Some(Format::Oscal),
        _ => None,
    }
}

/// The format of JSON. A text that has an object on each line can only be one of events.
fn json(text: &str, file: &TreePath) -> Result<(Format, Option<Parsed>), Diagnostics> {
    match document::parse_all(text.as_bytes(), file, document::Format::Json, Limits::default()) {
        Ok(parsed) => {
            let format = parsed.value.first().and_then(|document| value(&document.value));
            Ok((format.ok_or_else(|| unknown(file))?, Some(parsed)))
        }
        Err(errors) => {
            let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let first = document::parse(first.as_bytes(), file, document::Format::Json, Limits::default());
            match first.ok().and_then(|parsed| value(&parsed.value)) {
                Some(Format::Ocsf) => Ok((Format::Ocsf, None)),
                _ => Err(errors),
            }
        }
    }
}

/// The format by the members of a value.
fn value(value: &Value) -> Option<Format> {
    if value.get("runs").is_some_and(Value::is_array) {
        return Some(Format::Sarif);
    }
    if value.get("assessment-results").is_some() {
        return Some(Format::Oscal);
    }
    let is_trivy = value.get("SchemaVersion").is_some() || value.get("ClusterName").is_some();
    if is_trivy && ["Results", "Resources", "ArtifactName"].iter().any(|key| value.get(*key).is_some()) {
        return Some(Format::Trivy);
    }
    if policy_report::is_one(&Node::root(value)) {
        return Some(Format::PolicyReport);
    }
    let event = value.as_array().map_or(Some(value), |list| list.first());
    event.and_then(|event| event.get("class_uid")).map(|_| Format::Ocsf)
}
