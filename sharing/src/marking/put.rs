//! Putting a colour into a document, or beside it.

use probity_diagnostics::document::{self, Comments, Format, locate};
use probity_diagnostics::{Diagnostics, Location, Place, TreePath};
use probity_oscal::PROBITY_NS;
use serde_json::{Value, json};

use super::{Said, Sidecar, embedded, json as fields, of, text};
use crate::codes;
use crate::refusal::{Refusal, Stop};
use crate::rules;
use crate::tlp::Label;

/// Where a colour was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// Into the document, whose bytes these are now.
    Into(Vec<u8>),
    /// Beside it: the document has no field that is written here, and stays as it is.
    Beside(Sidecar),
}

/// Gives a document a colour. Labels that it has, also those of its parts, are replaced where they stand; an unmarked OSCAL document
/// gets the prop, unmarked Markdown its front matter, and all others a sidecar.
///
/// # Errors
/// The document cannot be read, is marked in a way that is refused, or says its colour in a field that is written by the tool that made it
/// (IODEF, STIX, CSAF, MISP).
pub fn put(bytes: &[u8], path: &TreePath, label: Label, originator: Option<&str>) -> Result<Put, Stop> {
    of(bytes, path, None)?;
    let said = embedded(bytes, path)?;
    let is_silent = said.whole.is_empty() && said.parts.is_empty();
    let made = if is_silent {
        added(bytes, path, label, originator)?
    } else {
        Some(replaced(&said, bytes, path, label)?)
    };
    match made {
        Some(made) if of(&made, path, None)?.label == label => Ok(Put::Into(made)),
        Some(_) => Err(foreign(path)),
        None => Ok(Put::Beside(Sidecar { label, originator: originator.map(str::to_owned) })),
    }
}

fn foreign(path: &TreePath) -> Stop {
    let message = format!("`{path}` says its colour in a field that belongs to another tool");
    let remedy = "change the colour in the document that it was made from, and make it anew";
    Refusal::new(rules::STAYS, &codes::CANNOT_CARRY, message, remedy).of(path.as_str(), None).into()
}

/// The text with every label replaced by another one.
fn replaced(said: &Said, bytes: &[u8], path: &TreePath, label: Label) -> Result<Vec<u8>, Stop> {
    let text = document::text(bytes, path)?;
    let mut edits = Vec::new();
    for spot in said.whole.iter().chain(&said.parts) {
        edits.push(edit(text, path, &spot.location, label).ok_or_else(|| foreign(path))?);
    }
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    edits.dedup();
    let mut text = text.to_owned();
    for (range, new) in edits {
        text.replace_range(range, &new);
    }
    Ok(text.into_bytes())
}

/// Which bytes are replaced by what, where the label stands in a field of ours.
fn edit(
    text: &str,
    path: &TreePath,
    at: &Location,
    label: Label,
) -> Option<(std::ops::Range<usize>, String)> {
    match &at.place {
        Place::Value(pointer) => {
            let format = Format::of(path).unwrap_or(Format::Yaml);
            let is_ours = matches!(pointer.tokens().last().as_deref(), Some("marking" | "value"));
            let range = locate(text, format, pointer).filter(|_| is_ours)?.value;
            let old = text.get(range.clone())?;
            let quote = old.chars().next().filter(|c| ['"', '\''].contains(c)).map(String::from);
            let quote = quote.unwrap_or_default();
            Some((range, format!("{quote}{label}{quote}")))
        }
        Place::Line(number) => {
            let line = text.split_inclusive('\n').nth(usize::try_from(*number).ok()?.checked_sub(1)?)?;
            let start = text
                .split_inclusive('\n')
                .take(usize::try_from(*number).ok()? - 1)
                .map(str::len)
                .sum::<usize>();
            let old = text::label_in(line)?;
            let at = start + line.find(&old)?;
            Some((at..at + old.len(), label.to_string()))
        }
        _ => None,
    }
}

/// An unmarked document with the field of its format; none where it has no such field.
fn added(
    bytes: &[u8],
    path: &TreePath,
    label: Label,
    originator: Option<&str>,
) -> Result<Option<Vec<u8>>, Diagnostics> {
    if path.extension() == Some("md") {
        return Ok(Some(markdown(document::text(bytes, path)?, label, originator).into_bytes()));
    }
    match probity_oscal::parse(bytes, path) {
        Ok(loaded) => Ok(oscal(loaded.value.value, loaded.value.format, bytes, path, label, originator)),
        Err(_) => Ok(None),
    }
}

/// Front matter has the fields of a sidecar.
fn markdown(text: &str, label: Label, originator: Option<&str>) -> String {
    let matter = Sidecar { label, originator: originator.map(str::to_owned) }.text();
    match text.strip_prefix("---\n") {
        Some(rest) => format!("---\n{matter}{rest}"),
        None => format!("---\n{matter}---\n\n{text}"),
    }
}

fn oscal(
    mut value: Value,
    format: Format,
    bytes: &[u8],
    path: &TreePath,
    label: Label,
    originator: Option<&str>,
) -> Option<Vec<u8>> {
    let comments = match format {
        Format::Yaml => Comments::of(document::text(bytes, path).ok()?),
        _ => Comments::default(),
    };
    let model = value.as_object_mut()?.values_mut().find(|member| member.get("metadata").is_some())?;
    let metadata = model.get_mut("metadata")?.as_object_mut()?;
    let props = metadata.entry("props").or_insert_with(|| json!([])).as_array_mut()?;
    props.push(json!({"name": "marking", "value": label.as_str(), "class": fields::CLASS}));
    if let Some(originator) = originator {
        props.push(json!({"name": fields::ORIGINATOR, "ns": PROBITY_NS, "value": originator}));
    }
    let mut text = Vec::new();
    probity_oscal::write(&value, format, &comments, &mut text).ok()?;
    Some(text)
}
