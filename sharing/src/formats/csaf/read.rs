//! From CSAF to an incident. Advisories are read as well: what they say of products is left to `from-csaf`.

use probity_diagnostics::{Diagnostics, Step, TreePath, Warned};
use serde_json::Value;

use super::PUBLISHER;
use crate::formats::json::{Reader, parsed, text};
use crate::formats::{CARRIED, Read, carried};
use crate::incident::{Contact, EventTimes, Incident, IncidentId, Method, Reference, Related, Times, Word};

/// Reads a document.
pub(in crate::formats) fn read(document: &str, file: &TreePath) -> Step<Vec<Read>> {
    let value = parsed(document, file)?;
    let mut reader = Reader { file, found: Diagnostics::new() };
    let said = reader.document_incident(&value)?;
    let note =
        notes(&value).find(|note| text(note, "title") == Some(CARRIED)).and_then(|note| text(note, "text"));
    let carried = note.map(|note| carried(note, file)).transpose()?;
    Ok(Warned { value: vec![Read { said, carried }], warnings: reader.found })
}

fn notes(value: &Value) -> impl Iterator<Item = &Value> {
    value.pointer("/document/notes").and_then(Value::as_array).into_iter().flatten()
}

fn at<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer)?.as_str()
}

impl Reader<'_> {
    fn document_incident(&mut self, value: &Value) -> Result<Incident, Diagnostics> {
        if !matches!(at(value, "/document/csaf_version"), Some("2.0" | "2.1")) {
            return Err(self.no("it is no document of CSAF 2.0 or 2.1").into());
        }
        let id = at(value, "/document/tracking/id");
        let date = at(value, "/document/tracking/current_release_date").and_then(|date| date.parse().ok());
        let (Some(id), Some(generated)) = (id, date) else {
            return Err(self.no("it has no number or no date").into());
        };
        let namespace = at(value, "/document/publisher/namespace").unwrap_or_default();
        let issuer = host(namespace).unwrap_or(namespace).to_owned();
        let is_over = at(value, "/document/tracking/status") == Some("final");
        let times = Times { generated, of: EventTimes::default(), aware: None, corrected: None };
        for note in notes(value) {
            let is_read = matches!(text(note, "category"), Some("summary" | "legal_disclaimer"));
            if !is_read && text(note, "title") != Some(CARRIED) {
                self.left_out(&format!(
                    "the note `{}`",
                    text(note, "title").unwrap_or("without title").escape_default()
                ));
            }
        }
        let said = |category: &str| {
            let note = notes(value).find(|note| text(note, "category") == Some(category));
            note.and_then(|note| text(note, "text")).map(str::to_owned)
        };
        let summary = said("summary");
        let copyright = said("legal_disclaimer");
        Ok(Incident {
            title: at(value, "/document/title").map(str::to_owned),
            language: at(value, "/document/lang").unwrap_or("en").to_owned(),
            status: Word::foreign(if is_over { "resolved" } else { "in-progress" }),
            related: related(value),
            description: summary,
            methods: methods(value),
            contacts: publisher(value).into_iter().collect(),
            copyright,
            ..Incident::of_other(IncidentId { issuer, id: id.to_owned() }, times)
        })
    }
}

/// The host of a location.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', ':', '?']).next().filter(|host| !host.is_empty())
}

fn publisher(value: &Value) -> Option<Contact> {
    let ways = at(value, "/document/publisher/contact_details").unwrap_or_default();
    let ways = ways.split("; ").filter(|way| !way.is_empty()).map(str::to_owned);
    let (emails, telephones) = ways.partition(|way| way.contains('@'));
    Some(Contact {
        role: Word::foreign("creator")?,
        r#type: Word::foreign("organization")?,
        name: at(value, "/document/publisher/name").map(str::to_owned),
        description: None,
        postal_address: None,
        emails,
        telephones,
    })
}

fn related(value: &Value) -> Vec<Related> {
    let pages = value.pointer("/document/references").and_then(Value::as_array).into_iter().flatten();
    let pages = pages.filter(|page| text(page, "summary") != Some(PUBLISHER));
    let urls: Vec<String> = pages.filter_map(|page| text(page, "url")).map(str::to_owned).collect();
    if urls.is_empty() { Vec::new() } else { vec![Related { urls, ..Related::default() }] }
}

/// The vulnerabilities as one method that refers to them.
fn methods(value: &Value) -> Vec<Method> {
    let all = value.get("vulnerabilities").and_then(Value::as_array).into_iter().flatten();
    let references: Vec<Reference> = all.filter_map(vulnerability).collect();
    if references.is_empty() { Vec::new() } else { vec![Method { references, ..Method::default() }] }
}

fn vulnerability(one: &Value) -> Option<Reference> {
    let pages = one.get("references").and_then(Value::as_array).into_iter().flatten();
    let notes = one.get("notes").and_then(Value::as_array).into_iter().flatten();
    Some(Reference {
        name: Some(text(one, "cve")?.to_owned()),
        urls: pages.filter_map(|page| text(page, "url")).map(str::to_owned).collect(),
        description: notes.filter_map(|note| text(note, "text")).map(str::to_owned).next(),
    })
}
