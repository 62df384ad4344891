//! From an incident to CSAF.

use serde_json::{Value, json};

use super::{PROFILE, PUBLISHER, SCHEMA_2_1, Version};
use crate::formats::{CARRIED, pretty, unsaid};
use crate::incident::Incident;
use crate::{Label, Refusal, Stop};

/// The document of an incident.
pub(in crate::formats) fn write(
    incident: &Incident,
    label: Label,
    version: Version,
    carried: Option<&Value>,
) -> Result<String, Stop> {
    let colour = colour(label, version)?;
    let title = incident.title.as_ref().unwrap_or(&incident.id);
    let is_over = incident.status.as_ref().is_some_and(|status| status.as_str() == "resolved");
    let generated = incident.times.generated.to_string();
    let mut document = json!({
        "document": {
            "category": PROFILE,
            "csaf_version": version.as_str(),
            "distribution": { "tlp": { "label": colour } },
            "lang": incident.language,
            "notes": notes(incident, carried),
            "publisher": publisher(incident),
            "references": references(incident),
            "title": title,
            "tracking": {
                "current_release_date": generated,
                "id": incident.id,
                "initial_release_date": generated,
                "revision_history": [{ "date": generated, "number": "1", "summary": title }],
                "status": if is_over { "final" } else { "interim" },
                "version": "1",
            },
        },
    });
    let found = vulnerabilities(incident);
    if let Some(object) = document.as_object_mut() {
        if version == Version::V2_1 {
            object.insert("$schema".to_owned(), json!(SCHEMA_2_1));
        }
        if !found.is_empty() {
            object.insert("vulnerabilities".to_owned(), json!(found));
        }
    }
    pretty(&document)
}

/// The colour in the words of the version, where it has one for it.
fn colour(label: Label, version: Version) -> Result<&'static str, Stop> {
    match (label, version) {
        (Label::Clear, Version::V2_0) => Ok("WHITE"),
        (Label::AmberStrict, Version::V2_0) => {
            let refusal = unsaid(format_args!("the colour {label}, which CSAF has since 2.1"), label);
            Err(Refusal { remedy: "export it as csaf-2.1".to_owned(), ..refusal }.into())
        }
        (label, _) => Ok(label.name()),
    }
}

fn notes(incident: &Incident, carried: Option<&Value>) -> Vec<Value> {
    let summary = incident.description.as_deref().or(incident.title.as_deref()).unwrap_or(&incident.id);
    let mut notes = vec![json!({ "category": "summary", "title": "What happened", "text": summary })];
    if let Some(holder) = &incident.copyright {
        notes.push(json!({ "category": "legal_disclaimer", "title": "Copyright", "text": holder }));
    }
    notes.extend(
        carried.map(|patch| json!({ "category": "other", "title": CARRIED, "text": patch.to_string() })),
    );
    notes
}

fn publisher(incident: &Incident) -> Value {
    let creator = incident.contacts.iter().find(|contact| contact.role.as_str() == "creator");
    let name = creator.and_then(|contact| contact.name.as_deref()).unwrap_or(&incident.issuer);
    let ways: Vec<&str> = creator
        .into_iter()
        .flat_map(|one| one.emails.iter().chain(&one.telephones))
        .map(String::as_str)
        .collect();
    let mut publisher = json!({
        "category": "coordinator",
        "name": name,
        "namespace": format!("https://{}", incident.issuer),
    });
    if let Some(object) = publisher.as_object_mut().filter(|_| !ways.is_empty()) {
        object.insert("contact_details".to_owned(), json!(ways.join("; ")));
    }
    publisher
}

/// The pages that the incident names; one at least, as the profile demands.
fn references(incident: &Incident) -> Vec<Value> {
    let page = |url: &str, summary: &str| json!({ "category": "external", "summary": summary, "url": url });
    let mut pages: Vec<Value> =
        incident.related.iter().flat_map(|related| &related.urls).map(|url| page(url, "Related")).collect();
    if pages.is_empty() {
        pages.push(page(&format!("https://{}", incident.issuer), PUBLISHER));
    }
    pages
}

/// The vulnerabilities that methods name, each once.
fn vulnerabilities(incident: &Incident) -> Vec<Value> {
    let mut seen: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for reference in incident.methods.iter().flat_map(|method| &method.references) {
        let Some(cve) = reference.name.as_deref().filter(|name| crate::incident::is_cve(name)) else {
            continue;
        };
        if seen.contains(&cve) {
            continue;
        }
        seen.push(cve);
        let text = reference.description.as_deref().unwrap_or("Used in the incident.");
        let pages: Vec<Value> = reference
            .urls
            .iter()
            .map(|url| json!({ "category": "external", "summary": cve, "url": url }))
            .collect();
        let mut one = json!({ "cve": cve, "notes": [{ "category": "description", "text": text }] });
        if let Some(object) = one.as_object_mut().filter(|_| !pages.is_empty()) {
            object.insert("references".to_owned(), json!(pages));
        }
        found.push(one);
    }
    found
}
