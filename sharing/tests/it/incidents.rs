//! Ten incidents as members would tell of them: they hold together, and are the same after every format and back.

use std::path::{Path, PathBuf};

use probity_diagnostics::{BundledTree, Diagnostic, DiskTree, Place, TreePath};
use probity_sharing::formats::{Format, Version, feed};
use probity_sharing::incident::{self, Incident};
use probity_sharing::lexicon::Lexicon;
use probity_sharing::{Label, Stop};
use rstest::rstest;
use serde_json::json;

use crate::foreign::cases;

pub(crate) fn lexicon() -> Lexicon {
    Lexicon::load(&BundledTree::new(probity_content::FILES)).unwrap().value
}

pub(crate) fn path(name: &str) -> TreePath {
    TreePath::parse(name).unwrap()
}

/// A sample, which must hold together without a word.
pub(crate) fn sample(file: &Path) -> Incident {
    let tree = DiskTree::new(file.parent().unwrap(), "").unwrap();
    let name = file.file_name().unwrap().to_str().unwrap();
    let read = incident::load(&tree, &path(name), &lexicon()).unwrap();
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
    read.value
}

/// What a format makes of a sample.
pub(crate) fn written(incident: &Incident, format: Format) -> String {
    format.write(incident, incident.marking.unwrap()).unwrap()
}

/// The incident without one of its fields, for every field that it can do without.
fn without_one(incident: &Incident, lexicon: &Lexicon) -> Vec<Incident> {
    let whole = serde_json::to_value(incident).unwrap();
    let less = whole.as_object().unwrap().keys().filter(|key| *key != "marking").map(|key| {
        let mut less = whole.clone();
        less.as_object_mut().unwrap().shift_remove(key);
        less
    });
    less.filter_map(|value| incident::from_value(value, &path("i.yaml"), lexicon).ok())
        .map(|read| read.value)
        .collect()
}

#[rstest]
fn a_sample_that_says_less_is_the_same_after_every_format_and_back(
    #[files("tests/samples/incidents/*.yaml")] file: PathBuf,
) {
    let (incident, lexicon) = (sample(&file), lexicon());
    let all = without_one(&incident, &lexicon);
    assert!(all.len() >= 5, "{}", all.len());
    for less in &all {
        for format in Format::ALL {
            let Ok(text) = format.write(less, less.marking.unwrap()) else { continue };
            let read = format.read(&text, &path("incident"), less.marking.unwrap(), &lexicon).unwrap();
            assert_eq!(read.value.as_slice(), std::slice::from_ref(less), "{format:?}\n{text}");
        }
    }
}

/// The rule and the message of a refusal.
fn refusal(stop: Stop) -> (&'static str, String) {
    let Stop::Refused(refusals) = stop else { panic!("{stop:?}") };
    (refusals[0].rule.id, refusals[0].message.clone())
}

#[rstest]
fn a_sample_is_the_same_as_yaml_again(#[files("tests/samples/incidents/*.yaml")] file: PathBuf) {
    let incident = sample(&file);
    let yaml = incident::to_yaml(&incident).unwrap();
    let again = incident::parse(yaml.as_bytes(), &path("incident.yaml"), &lexicon()).unwrap().value;
    assert_eq!(again, incident);
}

#[rstest]
fn a_sample_is_the_same_after_a_format_and_back(
    #[files("tests/samples/incidents/*.yaml")] file: PathBuf,
    #[values(
        Format::Iodef,
        Format::Stix,
        Format::Csaf(Version::V2_0),
        Format::Csaf(Version::V2_1),
        Format::Misp
    )]
    format: Format,
) {
    let incident = sample(&file);
    if format == Format::Csaf(Version::V2_0) && incident.marking == Some(Label::AmberStrict) {
        let (rule, message) = refusal(format.write(&incident, Label::AmberStrict).unwrap_err());
        assert_eq!(rule, "TLP-006");
        assert!(message.contains("the colour TLP:AMBER+STRICT"), "{message}");
        return;
    }
    let text = written(&incident, format);
    let read = format.read(&text, &path("incident"), incident.marking.unwrap(), &lexicon()).unwrap();
    assert!(read.warnings.is_empty(), "{:?}\n{text}", read.warnings);
    assert_eq!(read.value.as_slice(), std::slice::from_ref(&incident), "{text}");
    assert_eq!(written(&read.value[0], format), text, "the same incident gives the same bytes");
    let marking = probity_sharing::marking::of(text.as_bytes(), &path(format.ending()), None).unwrap();
    assert_eq!(Some(marking.label), incident.marking, "the colour stays");
}

#[test]
fn what_a_format_can_neither_say_nor_carry_is_refused_by_name() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/incidents/05-log4shell.yaml");
    let mut incident = sample(&file);
    incident.title = Some("bell \u{7}".to_owned());
    let (rule, message) = refusal(Format::Iodef.write(&incident, Label::Clear).unwrap_err());
    assert!(rule == "TLP-006" && message.contains("U+0007 of `/title`"), "{message}");
    for indicator in incident.indicators.values_mut() {
        indicator.observable.language =
            indicator.observable.language.take().map(|_| "suricata".parse().unwrap());
    }
    let (_, message) = refusal(Format::Misp.write(&incident, Label::Clear).unwrap_err());
    assert!(message.contains("`lookup-rule`, a rule of suricata"), "{message}");
}

#[test]
fn a_feed_is_a_folder_of_events_of_one_colour() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/incidents");
    let take = |name: &str| {
        let incident = sample(&folder.join(name));
        let label = incident.marking.unwrap();
        (incident, label)
    };
    let (flood, worm, spray) =
        (take("01-syn-flood.yaml"), take("09-windows-worm.yaml"), take("02-password-spraying.yaml"));
    let files = feed(&[flood.clone(), worm]).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&files["manifest.json"]).unwrap();
    let listed: Vec<String> =
        manifest.as_object().unwrap().keys().map(|uuid| format!("{uuid}.json")).collect();
    assert_eq!(files.len(), 4);
    assert!(listed.iter().all(|name| files.contains_key(name)), "{listed:?}");
    assert!(manifest.as_object().unwrap().values().all(|event| event["Tag"][0]["name"] == "tlp:green"));
    assert_eq!(refusal(feed(&[flood.clone(), spray]).unwrap_err()).0, "TLP-003");
    assert!(refusal(feed(&[flood.clone(), flood]).unwrap_err()).1.contains("two incidents"));
}

#[test]
fn what_does_not_hold_together_is_told_with_its_place() {
    for case in cases(include_str!("../cases/checks.yaml")) {
        let mut value = json!({
            "id": "INC-1", "issuer": "cert.alpha.example", "kind": "attack", "purpose": "other",
            "times": { "generated": "2026-01-01T00:00:00Z" },
            "contacts": [{ "role": "creator", "type": "organization", "name": "A" }],
        });
        value.as_object_mut().unwrap().extend(case["change"].as_object().unwrap().clone());
        let found = match incident::from_value(value, &path("i.yaml"), &lexicon()) {
            Ok(read) => read.warnings,
            Err(errors) => errors,
        };
        let told: Vec<String> = found.iter().map(line).collect();
        let expected = case["told"].as_array().unwrap();
        assert_eq!(told.len(), expected.len(), "{case}: {told:?}");
        for (told, expected) in told.iter().zip(expected) {
            assert!(told.starts_with(expected.as_str().unwrap()), "{case}: {told}");
        }
    }
}

/// A finding in one line: how bad it is, where, and what.
fn line(finding: &Diagnostic) -> String {
    let place = match &finding.primary.as_ref().unwrap().location.place {
        Place::Value(pointer) => pointer.as_str().to_owned(),
        other => format!("{other:?}"),
    };
    format!("{} {place} {}", finding.severity, finding.message)
}
