//! From an incident to an event of MISP.

use probity_oscal::uuid5;
use serde_json::{Map, Value, json};

use super::{
    CATEGORY_TAG, HASH_CATEGORY, HASHES, INDICATOR_TAG, KIND_TAG, NUMBER, PATTERNS, RULE_CATEGORY, TYPES, tag,
};
use crate::formats::{CARRIED, pretty, unsaid};
use crate::incident::{Incident, Indicator, OWN, Observable, Word};
use crate::{Label, Stop};

/// The document of an incident.
pub(in crate::formats) fn write(
    incident: &Incident,
    label: Label,
    carried: Option<&Value>,
) -> Result<String, Stop> {
    pretty(&json!({ "Event": event(incident, label, carried)? }))
}

/// The event of an incident.
fn event(incident: &Incident, label: Label, carried: Option<&Value>) -> Result<Value, Stop> {
    let Incident { issuer, id, .. } = incident;
    let generated = incident.times.generated;
    let mut attributes =
        vec![attribute(incident, "number", "Internal reference", "text", &format!("{issuer} {id}"), NUMBER)];
    for (name, indicator) in &incident.indicators {
        attributes.push(indicator_attribute(incident, name, indicator, label)?);
    }
    attributes.extend(incident.description.iter().map(|text| {
        attribute(incident, "description", "Internal reference", "comment", text, "description")
    }));
    let mut cves: Vec<&str> = incident.cves().collect();
    cves.sort_unstable();
    cves.dedup();
    attributes.extend(
        cves.into_iter().map(|cve| attribute(incident, cve, "External analysis", "vulnerability", cve, "")),
    );
    let urls = incident.related.iter().flat_map(|related| &related.urls);
    attributes.extend(urls.map(|url| attribute(incident, url, "External analysis", "link", url, "")));
    attributes.extend(
        carried.map(|patch| attribute(incident, CARRIED, "Other", "other", &patch.to_string(), CARRIED)),
    );
    let status = incident.status.as_ref().map(Word::as_str);
    let organisation = json!({ "name": issuer, "uuid": uuid5(&["organization", issuer]) });
    let title = incident.title.as_ref().unwrap_or(id);
    Ok(json!({
        "uuid": uuid5(&["misp", issuer, id]),
        "info": title,
        "date": generated.to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
        "timestamp": generated.as_second().to_string(),
        "analysis": match status { Some("resolved") => "2", Some("new") | None => "0", _ => "1" },
        "threat_level_id": "4",
        "published": false,
        "distribution": "0",
        "Orgc": organisation,
        "Tag": tags(incident, label).into_iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        "Attribute": attributes,
    }))
}

/// The colour and the words of the lexicon.
fn tags(incident: &Incident, label: Label) -> Vec<String> {
    let mut tags = vec![label.as_str().to_ascii_lowercase()];
    tags.extend(incident.kind.iter().map(|kind| tag(KIND_TAG, kind.as_str())));
    let mut categories: Vec<&String> = incident.assessments.iter().flat_map(|one| &one.categories).collect();
    categories.sort_unstable();
    categories.dedup();
    tags.extend(categories.into_iter().map(|word| tag(CATEGORY_TAG, word)));
    tags
}

fn attribute(
    incident: &Incident,
    key: &str,
    category: &str,
    kind: &str,
    value: &str,
    comment: &str,
) -> Value {
    json!({
        "uuid": uuid5(&["misp", &incident.issuer, &incident.id, key]),
        "category": category,
        "type": kind,
        "value": value,
        "comment": comment,
        "to_ids": false,
        "timestamp": incident.times.generated.as_second().to_string(),
    })
}

fn indicator_attribute(
    incident: &Incident,
    name: &str,
    indicator: &Indicator,
    label: Label,
) -> Result<Value, Stop> {
    let Some((kind, category)) = kind_of(&indicator.observable) else {
        let what = indicator.observable.language.as_ref().map_or("?", |language| language.as_str());
        return Err(unsaid(format_args!("the indicator `{name}`, a rule of {what}"), label).into());
    };
    let comment = indicator.description.as_deref().unwrap_or_default();
    let key = format!("indicator:{name}");
    let mut one = attribute(incident, &key, category, kind, &indicator.observable.value, comment);
    if let Value::Object(object) = &mut one {
        object.insert("to_ids".to_owned(), json!(true));
        object.insert("Tag".to_owned(), json!([{ "name": tag(INDICATOR_TAG, name) }]));
        let seen = [("first_seen", indicator.from), ("last_seen", indicator.until)];
        let seen: Map<String, Value> =
            seen.into_iter().filter_map(|(key, at)| Some((key.to_owned(), json!(at?)))).collect();
        object.extend(seen);
    }
    Ok(one)
}

/// The type and the category of MISP for an observable.
fn kind_of(observable: &Observable) -> Option<(&'static str, &'static str)> {
    if let Some(algorithm) = &observable.algorithm {
        return HASHES
            .iter()
            .find(|(word, _)| *word == algorithm.as_str())
            .map(|(_, kind)| (*kind, HASH_CATEGORY));
    }
    if let Some(language) = &observable.language {
        let (_, kind) = PATTERNS.iter().find(|(word, _)| *word == language.as_str())?;
        let category =
            if matches!(*kind, "yara" | "stix2-pattern" | "sigma") { HASH_CATEGORY } else { RULE_CATEGORY };
        return Some((kind, category));
    }
    let word = if observable.r#type.own().is_some() { OWN } else { observable.r#type.as_str() };
    TYPES.iter().find(|(known, ..)| *known == word).map(|(_, kind, category)| (*kind, *category))
}
