//! From a bundle of STIX 2.1 to an incident.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostics, Step, TreePath};
use serde_json::Value;

use super::{CONFIDENCE, extension, pattern};
use crate::formats::json::{Reader, parsed, text, texts};
use crate::formats::{CARRIED, Read, as_indicator_name};
use crate::incident::{
    Contact, EventTimes, Incident, IncidentId, Indicator, Kind, Known, Method, Reference, Related, Times,
    Word,
};

/// Objects that say nothing about the incident by themselves, and those that are read.
const READ: [&str; 10] = [
    "marking-definition",
    "extension-definition",
    "report",
    "incident",
    "identity",
    "indicator",
    "attack-pattern",
    "vulnerability",
    "threat-actor",
    "campaign",
];

/// Reads a document.
pub(in crate::formats) fn read(document: &str, file: &TreePath) -> Step<Vec<Read>> {
    let bundle = parsed(document, file)?;
    let mut reader = Reader { file, found: Diagnostics::new() };
    if text(&bundle, "type") != Some("bundle") {
        return Err(reader.no("it is no bundle of STIX 2.1").into());
    }
    let objects = bundle.get("objects").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let of =
        |kind: &str| objects.iter().filter(|object| text(object, "type") == Some(kind)).collect::<Vec<_>>();
    for object in objects {
        let kind = text(object, "type").unwrap_or_default();
        if text(object, "spec_version").is_none_or(|version| version != "2.1") && READ.contains(&kind) {
            return Err(reader.no("its objects are not of STIX 2.1").into());
        }
        if !READ.contains(&kind) {
            reader.left_out(&format!("the object `{}`", text(object, "id").unwrap_or(kind).escape_default()));
        }
    }
    let incidents = of("incident");
    let reports = of("report");
    let (main, others) = match (incidents.as_slice(), reports.as_slice()) {
        ([one], _) | ([], [one]) => (*one, 0),
        ([], []) => return Err(reader.no("it has neither an incident nor a report").into()),
        ([one, others @ ..], _) | ([], [one, others @ ..]) => (*one, others.len()),
    };
    if others > 0 {
        return Err(reader.no("it has several incidents: take them in one by one").into());
    }
    let said = reader.bundle_incident(main, &of)?;
    let carried = main.get("extensions").and_then(|all| all.get(extension())?.get(CARRIED)).cloned();
    reader.found.unless_errors(vec![Read { said, carried }])
}

impl Reader<'_> {
    fn bundle_incident<'v>(
        &mut self,
        main: &Value,
        of: &dyn Fn(&str) -> Vec<&'v Value>,
    ) -> Result<Incident, Diagnostics> {
        let Some(generated) = instant(main, "modified").or_else(|| instant(main, "created")) else {
            return Err(self.no("the incident has no time").into());
        };
        let contacts: Vec<Contact> = of("identity").into_iter().filter_map(contact).collect();
        let mut numbers = numbers(main);
        let own = if numbers.is_empty() { None } else { Some(numbers.remove(0)) };
        let own = own.unwrap_or_else(|| IncidentId {
            issuer: "unknown.invalid".to_owned(),
            id: text(main, "id").unwrap_or_default().to_owned(),
        });
        let related = Related {
            threat_actors: of("threat-actor").into_iter().filter_map(known).collect(),
            campaigns: of("campaign").into_iter().filter_map(known).collect(),
            ..Related::default()
        };
        let labels = texts(main, "labels");
        let is_empty = related == Related::default();
        Ok(Incident {
            kind: labels.iter().find_map(|label| label.parse::<Word<Kind>>().ok()),
            title: text(main, "name").map(str::to_owned),
            language: text(main, "lang").unwrap_or("en").to_owned(),
            alternative_ids: numbers,
            related: if is_empty { Vec::new() } else { vec![related] },
            description: text(main, "description").map(str::to_owned),
            methods: methods(&of("attack-pattern"), &of("vulnerability")),
            contacts,
            indicators: self.indicators(&of("indicator")),
            ..Incident::of_other(
                own,
                Times { generated, of: EventTimes::default(), aware: None, corrected: None },
            )
        })
    }

    fn indicators(&mut self, objects: &[&Value]) -> BTreeMap<String, Indicator> {
        let mut indicators = BTreeMap::new();
        for object in objects {
            let language = text(object, "pattern_type").unwrap_or_default();
            let Some(observable) = pattern::read(language, text(object, "pattern").unwrap_or_default())
            else {
                self.left_out(&format!("an indicator in the language `{}`", language.escape_default()));
                continue;
            };
            let number = object.get("confidence").and_then(Value::as_u64);
            let confidence =
                CONFIDENCE.iter().find(|(_, _, range)| number.is_some_and(|n| range.contains(&n)));
            let indicator = Indicator {
                description: text(object, "description").map(str::to_owned),
                from: instant(object, "valid_from"),
                until: instant(object, "valid_until"),
                confidence: confidence.and_then(|(word, ..)| word.parse().ok()),
                observable,
                roles: Vec::new(),
                phases: list(object, "kill_chain_phases").iter().filter_map(phase).collect(),
                references: references(object),
            };
            let name = text(object, "name").or_else(|| text(object, "id")).unwrap_or_default();
            indicators.insert(as_indicator_name(name, &indicators), indicator);
        }
        indicators
    }
}

fn list<'v>(object: &'v Value, key: &str) -> &'v [Value] {
    object.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice)
}

fn instant(object: &Value, key: &str) -> Option<Timestamp> {
    text(object, key)?.parse().ok()
}

/// The numbers of the incident, the issuer's own first.
fn numbers(object: &Value) -> Vec<IncidentId> {
    let one = |reference: &Value| {
        Some(IncidentId {
            issuer: text(reference, "source_name")?.to_owned(),
            id: text(reference, "external_id")?.to_owned(),
        })
    };
    list(object, "external_references").iter().filter_map(one).collect()
}

fn contact(object: &Value) -> Option<Contact> {
    let role = texts(object, "roles").into_iter().next().and_then(Word::foreign);
    let class = match text(object, "identity_class") {
        Some("individual") => "person",
        Some("organization") => "organization",
        _ => "x-unspecified",
    };
    let ways =
        text(object, "contact_information").unwrap_or_default().split("; ").filter(|way| !way.is_empty());
    let (emails, telephones) = ways.map(str::to_owned).partition(|way| way.contains('@'));
    Some(Contact {
        role: role.or_else(|| Word::foreign("creator"))?,
        r#type: Word::foreign(class)?,
        name: text(object, "name").map(str::to_owned),
        description: text(object, "description").map(str::to_owned),
        postal_address: None,
        emails,
        telephones,
    })
}

fn known(object: &Value) -> Option<Known> {
    let pages = list(object, "external_references").iter().filter_map(|page| text(page, "url"));
    Some(Known {
        id: text(object, "name")?.to_owned(),
        urls: pages.map(str::to_owned).collect(),
        description: text(object, "description").map(str::to_owned),
    })
}

fn phase(object: &Value) -> Option<Known> {
    Some(Known { id: text(object, "phase_name")?.to_owned(), ..Known::default() })
}

fn references(object: &Value) -> Vec<Reference> {
    let one = |reference: &Value| Reference {
        name: text(reference, "external_id").map(str::to_owned),
        urls: text(reference, "url").map(str::to_owned).into_iter().collect(),
        description: text(reference, "description").map(str::to_owned),
    };
    list(object, "external_references").iter().map(one).collect()
}

/// Attack patterns are methods; vulnerabilities that none of them names are a method of their own.
fn methods(patterns: &[&Value], vulnerabilities: &[&Value]) -> Vec<Method> {
    let mut methods: Vec<Method> = patterns
        .iter()
        .map(|object| Method {
            attack_types: text(object, "name")
                .filter(|name| *name != "method")
                .map(attack_types)
                .unwrap_or_default(),
            references: references(object),
            description: text(object, "description").map(str::to_owned),
        })
        .collect();
    let is_named = |cve: &str| {
        methods.iter().flat_map(|method| &method.references).any(|one| one.name.as_deref() == Some(cve))
    };
    let left = vulnerabilities.iter().filter_map(|object| text(object, "name")).filter(|cve| !is_named(cve));
    let left: Vec<Reference> =
        left.map(|cve| Reference { name: Some(cve.to_owned()), ..Reference::default() }).collect();
    if !left.is_empty() {
        methods.push(Method { references: left, ..Method::default() });
    }
    methods
}

/// The attack types that the name of an attack pattern lists.
fn attack_types(name: &str) -> Vec<String> {
    name.split(", ").map(str::to_owned).collect()
}
