//! From an event of MISP to an incident.

use std::collections::BTreeMap;
use std::net::IpAddr;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostics, Step, TreePath};
use serde_json::Value;

use super::{CATEGORY_TAG, HASHES, INDICATOR_TAG, KIND_TAG, NUMBER, PATTERNS, TYPES, tagged};
use crate::formats::json::{Reader, parsed, text};
use crate::formats::{CARRIED, Read, as_indicator_name, carried};
use crate::incident::{
    Assessment, EventTimes, Impact, Incident, IncidentId, Indicator, Method, Observable, Reference, Related,
    Times, Word,
};

/// What the attributes of an event come to.
#[derive(Default)]
struct Attributes {
    number: Option<IncidentId>,
    description: Option<String>,
    cves: Vec<Reference>,
    urls: Vec<String>,
    indicators: BTreeMap<String, Indicator>,
    carried: Option<Value>,
}

/// Reads a document.
pub(in crate::formats) fn read(document: &str, file: &TreePath) -> Step<Vec<Read>> {
    let value = parsed(document, file)?;
    let mut reader = Reader { file, found: Diagnostics::new() };
    let Some(event) = value.get("Event") else { return Err(reader.no("it is no event of MISP").into()) };
    let attributes = reader.attributes(event)?;
    for list in ["Object", "Galaxy", "EventReport"] {
        if event.get(list).and_then(Value::as_array).is_some_and(|list| !list.is_empty()) {
            reader.left_out(&format!("`{list}`"));
        }
    }
    let carried = attributes.carried.clone();
    let said = reader.event_incident(event, attributes)?;
    reader.found.unless_errors(vec![Read { said, carried }])
}

/// A number that MISP writes as a string or as a number.
fn number(object: &Value, key: &str) -> Option<i64> {
    let value = object.get(key)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn tags(object: &Value) -> impl Iterator<Item = &str> {
    object.get("Tag").and_then(Value::as_array).into_iter().flatten().filter_map(|tag| text(tag, "name"))
}

impl Reader<'_> {
    fn event_incident(&mut self, event: &Value, attributes: Attributes) -> Result<Incident, Diagnostics> {
        let generated = number(event, "timestamp").and_then(|seconds| Timestamp::from_second(seconds).ok());
        let (Some(generated), Some(uuid)) = (generated, text(event, "uuid")) else {
            return Err(self.no("the event has no uuid or no timestamp").into());
        };
        let organisation = event.get("Orgc").and_then(|organisation| text(organisation, "name"));
        let own = attributes.number.unwrap_or_else(|| IncidentId {
            issuer: organisation.unwrap_or("unknown.invalid").to_owned(),
            id: uuid.to_owned(),
        });
        let status = match number(event, "analysis") {
            Some(2) => "resolved",
            Some(1) => "in-progress",
            _ => "new",
        };
        let categories: Vec<String> =
            tags(event).filter_map(|tag| tagged(tag, CATEGORY_TAG)).map(str::to_owned).collect();
        let (references, urls) = (attributes.cves, attributes.urls);
        let method = Method { references, ..Method::default() };
        let related = Related { urls, ..Related::default() };
        Ok(Incident {
            kind: tags(event).find_map(|tag| tagged(tag, KIND_TAG)?.parse().ok()),
            title: text(event, "info").map(str::to_owned),
            status: Word::foreign(status),
            description: attributes.description,
            assessments: assessment(categories).into_iter().collect(),
            methods: if method.references.is_empty() { Vec::new() } else { vec![method] },
            related: if related.urls.is_empty() { Vec::new() } else { vec![related] },
            indicators: attributes.indicators,
            ..Incident::of_other(
                own,
                Times { generated, of: EventTimes::default(), aware: None, corrected: None },
            )
        })
    }

    fn attributes(&mut self, event: &Value) -> Result<Attributes, Diagnostics> {
        let mut all = Attributes::default();
        for attribute in event.get("Attribute").and_then(Value::as_array).into_iter().flatten() {
            let (kind, value) =
                (text(attribute, "type").unwrap_or_default(), text(attribute, "value").unwrap_or_default());
            let comment = text(attribute, "comment").unwrap_or_default();
            match kind {
                "other" if comment == CARRIED => all.carried = Some(carried(value, self.file)?),
                "text" if comment == NUMBER => {
                    let parts = value.split_once(' ');
                    all.number =
                        parts.map(|(issuer, id)| IncidentId { issuer: issuer.to_owned(), id: id.to_owned() });
                }
                "comment" if comment == "description" => all.description = Some(value.to_owned()),
                "vulnerability" => {
                    all.cves.push(Reference { name: Some(value.to_owned()), ..Reference::default() });
                }
                "link" => all.urls.push(value.to_owned()),
                _ => match observable(kind, value) {
                    Some(observable) => indicator(attribute, observable, &mut all.indicators),
                    None => self.left_out(&format!("the attribute of type `{}`", kind.escape_default())),
                },
            }
        }
        Ok(all)
    }
}

/// An assessment with categories, where there are any; what it did is unknown.
fn assessment(categories: Vec<String>) -> Option<Assessment> {
    let impact = Impact::System {
        r#type: Word::foreign("unknown")?,
        severity: None,
        completion: None,
        description: None,
    };
    (!categories.is_empty()).then(|| Assessment {
        categories,
        impacts: vec![impact],
        ..Assessment::default()
    })
}

fn indicator(attribute: &Value, observable: Observable, all: &mut BTreeMap<String, Indicator>) {
    let named = tags(attribute).find_map(|tag| tagged(tag, INDICATOR_TAG));
    let name = named.or_else(|| text(attribute, "uuid")).unwrap_or("indicator");
    let instant = |key| text(attribute, key).and_then(|at| at.parse().ok());
    let indicator = Indicator {
        description: text(attribute, "comment").filter(|text| !text.is_empty()).map(str::to_owned),
        from: instant("first_seen"),
        until: instant("last_seen"),
        confidence: None,
        observable,
        roles: Vec::new(),
        phases: Vec::new(),
        references: Vec::new(),
    };
    all.insert(as_indicator_name(name, all), indicator);
}

/// The observable of an attribute.
fn observable(kind: &str, value: &str) -> Option<Observable> {
    if let Some((algorithm, _)) = HASHES.iter().find(|(_, known)| *known == kind) {
        let observable = Observable::plain(Word::foreign("file-hash")?, value.to_ascii_lowercase());
        return Some(Observable { algorithm: Some(algorithm.parse().ok()?), ..observable });
    }
    if let Some((language, _)) = PATTERNS.iter().find(|(_, known)| *known == kind) {
        let language = Some(language.parse().ok()?);
        return Some(Observable { language, ..Observable::plain(Word::foreign("pattern")?, value) });
    }
    let word = match kind {
        "ip-src" | "ip-dst" => address(value)?,
        "hostname" => "domain-name",
        "email" | "email-dst" => "e-mail",
        "other" => "x-other",
        _ => TYPES.iter().find(|(_, known, _)| *known == kind)?.0,
    };
    let value = if word == "asn" { value.trim_start_matches("AS") } else { value };
    Some(Observable::plain(Word::foreign(word)?, value))
}

/// What kind of address or network it is.
fn address(value: &str) -> Option<&'static str> {
    let (address, length) =
        value.split_once('/').map_or((value, None), |(address, length)| (address, Some(length)));
    Some(match (address.parse().ok()?, length) {
        (IpAddr::V4(_), None) => "ipv4-addr",
        (IpAddr::V4(_), Some(_)) => "ipv4-net",
        (IpAddr::V6(_), None) => "ipv6-addr",
        (IpAddr::V6(_), Some(_)) => "ipv6-net",
    })
}
