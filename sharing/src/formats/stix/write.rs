//! From an incident to a bundle of STIX 2.1.

use jiff::Timestamp;
use probity_oscal::uuid5;
use serde_json::{Map, Value, json};

use super::{CONFIDENCE, KILL_CHAIN, TECHNIQUES, TLP_CREATED, TLP_EXTENSION, extension, marking, pattern};
use crate::formats::{CARRIED, pretty, unsaid};
use crate::incident::{Confidence, Contact, Incident, Indicator, Known, Method, Reference, Word};
use crate::{Label, Stop};

/// The document of an incident.
pub(in crate::formats) fn write(
    incident: &Incident,
    label: Label,
    carried: Option<&Value>,
) -> Result<String, Stop> {
    let writer = Writer { incident, label };
    let identities: Vec<Value> =
        incident.contacts.iter().enumerate().map(|(n, one)| writer.identity(n, one)).collect();
    let creator =
        incident.contacts.iter().position(|contact| contact.role.as_str() == "creator").unwrap_or_default();
    let creator =
        identities.get(creator).and_then(|identity| identity.get("id")).cloned().unwrap_or_default();
    let mut objects = identities;
    objects.push(writer.incident(carried));
    objects.extend(incident.methods.iter().enumerate().map(|(number, method)| writer.method(number, method)));
    objects.extend(writer.vulnerabilities());
    for (number, related) in incident.related.iter().enumerate() {
        let actors = related.threat_actors.iter().map(|one| writer.known("threat-actor", number, one));
        objects.extend(actors);
        objects.extend(related.campaigns.iter().map(|one| writer.known("campaign", number, one)));
    }
    for (name, indicator) in &incident.indicators {
        objects.push(writer.indicator(name, indicator)?);
    }
    let refs: Vec<Value> = objects.iter().filter_map(|object| object.get("id").cloned()).collect();
    objects.push(writer.report(&refs));
    if carried.is_some() {
        objects.push(writer.extension());
    }
    for object in &mut objects {
        let of = object.get("type").and_then(Value::as_str) != Some("identity");
        if let Some(object) = object.as_object_mut().filter(|_| of) {
            object.insert("created_by_ref".to_owned(), creator.clone());
        }
    }
    objects.insert(0, tlp(label));
    pretty(&json!({ "type": "bundle", "id": writer.id("bundle", "bundle"), "objects": objects }))
}

struct Writer<'a> {
    incident: &'a Incident,
    label: Label,
}

impl Writer<'_> {
    fn id(&self, kind: &str, key: &str) -> String {
        let Incident { issuer, id, .. } = self.incident;
        format!("{kind}--{}", uuid5(&["stix", issuer, id, kind, key]))
    }

    /// An object with what all have, and the properties given; those that are null are left out.
    fn object(&self, kind: &str, key: &str, properties: Value) -> Value {
        let made = instant(self.incident.times.generated);
        let mut object = Map::new();
        object.insert("type".to_owned(), json!(kind));
        object.insert("spec_version".to_owned(), json!("2.1"));
        object.insert("id".to_owned(), json!(self.id(kind, key)));
        object.insert("created".to_owned(), json!(made));
        object.insert("modified".to_owned(), json!(made));
        object.insert("lang".to_owned(), json!(self.incident.language));
        if let Value::Object(properties) = properties {
            object.extend(properties.into_iter().filter(|(_, value)| !is_nothing(value)));
        }
        object.insert("object_marking_refs".to_owned(), json!([marking(self.label)]));
        Value::Object(object)
    }

    fn incident(&self, carried: Option<&Value>) -> Value {
        let incident = self.incident;
        let numbers = incident.alternative_ids.iter().map(|one| (&one.issuer, &one.id));
        let numbers = std::iter::once((&incident.issuer, &incident.id)).chain(numbers);
        let numbers: Vec<Value> =
            numbers.map(|(issuer, id)| json!({ "source_name": issuer, "external_id": id })).collect();
        let rest = carried
            .map(|patch| json!({ extension(): { "extension_type": "property-extension", CARRIED: patch } }));
        let properties = json!({
            "name": incident.title.as_ref().unwrap_or(&incident.id),
            "description": incident.description,
            "labels": incident.kind.iter().collect::<Vec<_>>(),
            "external_references": numbers,
            "extensions": rest,
        });
        self.object("incident", "incident", properties)
    }

    fn report(&self, refs: &[Value]) -> Value {
        let properties = json!({
            "name": self.incident.title.as_ref().unwrap_or(&self.incident.id),
            "report_types": ["threat-report"],
            "published": instant(self.incident.times.generated),
            "object_refs": refs,
        });
        self.object("report", "report", properties)
    }

    fn identity(&self, number: usize, contact: &Contact) -> Value {
        let ways: Vec<&str> = contact.emails.iter().chain(&contact.telephones).map(String::as_str).collect();
        let class = match contact.r#type.as_str() {
            "person" => "individual",
            "organization" => "organization",
            _ => "unspecified",
        };
        let properties = json!({
            "name": contact.name.as_deref().or(ways.first().copied()),
            "description": contact.description,
            "roles": [contact.role],
            "identity_class": class,
            "contact_information": (!ways.is_empty()).then(|| ways.join("; ")),
        });
        self.object("identity", &number.to_string(), properties)
    }

    fn method(&self, number: usize, method: &Method) -> Value {
        let name =
            if method.attack_types.is_empty() { "method".to_owned() } else { method.attack_types.join(", ") };
        let properties = json!({
            "name": name,
            "description": method.description,
            "external_references": references(&method.references),
        });
        self.object("attack-pattern", &number.to_string(), properties)
    }

    /// The vulnerabilities that methods name, each once.
    fn vulnerabilities(&self) -> Vec<Value> {
        let mut cves: Vec<&str> = self.incident.cves().collect();
        cves.sort_unstable();
        cves.dedup();
        let one = |cve: &str| {
            let properties =
                json!({ "name": cve, "external_references": [{ "source_name": "cve", "external_id": cve }] });
            self.object("vulnerability", cve, properties)
        };
        cves.into_iter().map(one).collect()
    }

    fn known(&self, kind: &str, number: usize, known: &Known) -> Value {
        let pages: Vec<Value> =
            known.urls.iter().map(|url| json!({ "source_name": known.id, "url": url })).collect();
        let properties =
            json!({ "name": known.id, "description": known.description, "external_references": pages });
        self.object(kind, &format!("{number}:{}", known.id), properties)
    }

    fn indicator(&self, name: &str, indicator: &Indicator) -> Result<Value, Stop> {
        let Some((language, text)) = pattern::write(&indicator.observable) else {
            let what = format_args!("the indicator `{name}`, of type {}", indicator.observable.r#type);
            return Err(unsaid(what, self.label).into());
        };
        let phases: Vec<Value> = indicator
            .phases
            .iter()
            .map(|phase| json!({ "kill_chain_name": KILL_CHAIN, "phase_name": phase.id }))
            .collect();
        let properties = json!({
            "name": name,
            "description": indicator.description,
            "indicator_types": ["malicious-activity"],
            "pattern": text,
            "pattern_type": language,
            "valid_from": instant(indicator.from.unwrap_or(self.incident.times.generated)),
            "valid_until": indicator.until.map(instant),
            "confidence": indicator.confidence.as_ref().and_then(confidence),
            "kill_chain_phases": phases,
            "external_references": references(&indicator.references),
        });
        Ok(self.object("indicator", name, properties))
    }

    /// What the extension is that carries the rest.
    fn extension(&self) -> Value {
        let mut object = self.object("extension-definition", "extension", json!({
            "name": "Probity incident",
            "description": "What an incident of STIX 2.1 has no place for: a merge patch of the incident model of Probity.",
            "schema": probity_oscal::PROBITY_NS,
            "version": "1.0.0",
            "extension_types": ["property-extension"],
        }));
        if let Some(object) = object.as_object_mut() {
            object.insert("id".to_owned(), json!(extension()));
            object.shift_remove("lang");
        }
        object
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// An instant as STIX writes it: with thousandths of a second. What is finer is carried.
fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}

fn confidence(word: &Word<Confidence>) -> Option<u64> {
    CONFIDENCE.iter().find(|(known, ..)| *known == word.as_str()).map(|(_, number, _)| *number)
}

fn references(references: &[Reference]) -> Vec<Value> {
    let one = |reference: &Reference| {
        let name = reference.name.as_deref();
        let source = match name {
            Some(name) if name.starts_with("CVE-") => "cve",
            Some(_) => TECHNIQUES,
            None => "reference",
        };
        let mut object = Map::new();
        object.insert("source_name".to_owned(), json!(source));
        let url = reference.urls.first().map(String::as_str);
        let texts = [("description", reference.description.as_deref()), ("url", url), ("external_id", name)];
        object.extend(texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), json!(text?)))));
        Value::Object(object)
    };
    references.iter().map(one).collect()
}

/// The marking of a colour, so that readers need not know it.
fn tlp(label: Label) -> Value {
    json!({
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": marking(label),
        "created": TLP_CREATED,
        "name": label.as_str(),
        "extensions": {
            TLP_EXTENSION: { "extension_type": "property-extension", "tlp_2_0": label.name().to_ascii_lowercase() }
        },
    })
}
