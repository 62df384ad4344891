//! What somebody changed in a document that carries more than its format says: taken in where it stands once, refused where it stands twice.

use std::path::Path;

use probity_diagnostics::Warned;
use probity_sharing::Label;
use probity_sharing::formats::{Format, Version};
use probity_sharing::incident::Incident;
use rstest::rstest;
use serde_json::{Value, json};

use crate::incidents::{lexicon, path, sample, written};

fn spraying() -> Incident {
    sample(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/incidents/02-password-spraying.yaml"))
}

/// What a document is refused for, or its one incident.
fn read(format: Format, text: &str) -> Result<Incident, Vec<String>> {
    match format.read(text, &path("received"), Label::Amber, &lexicon()) {
        Ok(Warned { mut value, .. }) => Ok(value.remove(0)),
        Err(found) => Err(found.iter().map(|one| format!("{} {}", one.code.id, one.message)).collect()),
    }
}

/// The document of a sample with one text in it changed, which stands there once.
fn edited(format: Format, old: &str, new: &str) -> String {
    let text = written(&spraying(), format);
    assert_eq!(text.matches(old).count(), 1, "{old}\n{text}");
    text.replace(old, new)
}

#[rstest]
#[case(
    Format::Iodef,
    "<IncidentCategory>unauthorized-access<",
    "<IncidentCategory>denial-of-service<",
    "/assessments"
)]
#[case(
    Format::Stix,
    "\"phase_name\": \"initial-access\"",
    "\"phase_name\": \"execution\"",
    "/indicators/spray-source-v4/phases"
)]
#[case(
    Format::Csaf(Version::V2_0),
    "\"name\": \"CERT of Alpha Cloud\"",
    "\"name\": \"CERT of Omega\"",
    "/contacts"
)]
#[case(
    Format::Csaf(Version::V2_1),
    "\"name\": \"CERT of Alpha Cloud\"",
    "\"name\": \"CERT of Omega\"",
    "/contacts"
)]
#[case(
    Format::Misp,
    "probity:category=\\\"unauthorized-access",
    "probity:category=\\\"denial-of-service",
    "/assessments"
)]
fn a_field_that_is_carried_too_is_not_changed_in_silence(
    #[case] format: Format,
    #[case] old: &str,
    #[case] new: &str,
    #[case] place: &str,
) {
    let told = read(format, &edited(format, old, new)).unwrap_err();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with(&format!("PB1053 the document says `{place}` otherwise")), "{told:?}");
}

#[rstest]
fn a_field_that_is_said_only_is_taken_as_it_was_changed(
    #[values(
        Format::Iodef,
        Format::Stix,
        Format::Csaf(Version::V2_0),
        Format::Csaf(Version::V2_1),
        Format::Misp
    )]
    format: Format,
) {
    let changed = read(format, &edited(format, "No attempt succeeded.", "One attempt succeeded.")).unwrap();
    let mut expected = spraying();
    expected.description = expected.description.map(|text| text.replace("No attempt", "One attempt"));
    assert_eq!(changed, expected);
}

/// The bundle of the sample, changed by a function of its objects.
fn bundle(change: impl Fn(&mut Vec<Value>)) -> String {
    let mut bundle: Value = serde_json::from_str(&written(&spraying(), Format::Stix)).unwrap();
    change(bundle["objects"].as_array_mut().unwrap());
    bundle.to_string()
}

#[test]
fn what_is_carried_does_not_say_something_else_than_people_see() {
    let text = bundle(|objects| {
        let incident = objects.iter_mut().find(|one| one["type"] == "incident").unwrap();
        let extensions = incident["extensions"].as_object_mut().unwrap();
        let (_, carried) = extensions.iter_mut().next().unwrap();
        let hidden = json!({ "spray-source-v6": { "observable": { "value": "2001:db8:ffff::1" } } });
        let patch = carried["probity-incident"].as_object_mut().unwrap();
        patch["indicators"].as_object_mut().unwrap().extend(hidden.as_object().unwrap().clone());
        patch.insert("title".to_owned(), json!("Nothing to see"));
    });
    let told = read(Format::Stix, &text).unwrap_err();
    let places: Vec<&str> = told.iter().filter_map(|line| line.split('`').nth(1)).collect();
    assert_eq!(places, ["/indicators/spray-source-v6/observable/value", "/title"]);
    assert!(
        told.iter().all(|line| !line.contains("Nothing to see") && !line.contains("2001:db8")),
        "{told:?}"
    );
}

#[test]
fn what_is_carried_of_something_that_is_gone_is_refused() {
    let text = bundle(|objects| objects.retain(|one| one["name"] != "spray-source-v4"));
    let told = read(Format::Stix, &text).unwrap_err();
    assert!(told.iter().any(|line| line.starts_with("PB1053") && line.contains("does not fit")), "{told:?}");
}

#[test]
fn without_what_it_carries_only_what_a_document_says_is_taken_in() {
    let text = bundle(|objects| {
        for object in objects {
            object.as_object_mut().unwrap().shift_remove("extensions");
        }
    });
    let incident = read(Format::Stix, &text).unwrap();
    assert_eq!((incident.title, incident.history.len()), (spraying().title, 0));
}
