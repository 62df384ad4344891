//! Documents as others write them: hostile ones, and ones that say less or more than an incident has a place for.

use probity_diagnostics::document::{Format as Text, Limits, parse};
use probity_sharing::Label;
use probity_sharing::formats::Format;
use serde_json::Value;

use crate::incidents::{lexicon, path};

pub(crate) fn cases(text: &str) -> Vec<Value> {
    let parsed = parse(text.as_bytes(), &path("cases.yaml"), Text::Yaml, Limits::default()).unwrap().value;
    parsed.as_array().unwrap().clone()
}

fn format(case: &Value) -> Format {
    Format::ALL.into_iter().find(|format| format.name() == case["format"]).unwrap()
}

#[test]
fn hostile_and_broken_documents_are_refused() {
    for case in cases(include_str!("../cases/refused-documents.yaml")) {
        let repeated = case["repeat"].as_str().map(|piece| piece.repeat(50_000));
        let text = repeated.as_deref().or(case["text"].as_str()).unwrap();
        let refused = format(&case).read(text, &path("x"), Label::Amber, &lexicon()).unwrap_err();
        let messages: Vec<&str> = refused.iter().map(|finding| finding.message.as_str()).collect();
        let says = case["says"].as_str().unwrap();
        assert!(messages.iter().any(|message| message.contains(says)), "{}: {messages:?}", case["name"]);
    }
}

#[test]
fn a_document_that_is_too_large_is_refused() {
    let text = format!("<IODEF-Document>{}</IODEF-Document>", " ".repeat(17 << 20));
    assert!(Format::Iodef.read(&text, &path("x"), Label::Amber, &lexicon()).is_err());
}

#[test]
fn what_others_write_is_taken_in_and_what_has_no_place_is_told() {
    for case in cases(include_str!("../cases/foreign-documents.yaml")) {
        let text = case["text"].as_str().unwrap();
        assert_eq!(Format::of(text), Some(format(&case)), "{}", case["name"]);
        let read = format(&case).read(text, &path("x"), Label::Green, &lexicon()).unwrap();
        let [incident] = read.value.as_slice() else { panic!("{}", case["name"]) };
        assert_eq!(incident.marking, Some(Label::Green));
        let value = serde_json::to_value(incident).unwrap();
        for (key, expected) in case["incident"].as_object().unwrap() {
            assert_eq!(&value[key], expected, "{}: {key}", case["name"]);
        }
        let told: Vec<&str> = read
            .warnings
            .iter()
            .filter(|finding| finding.code.id == "PB1046")
            .map(|finding| finding.message.as_str())
            .collect();
        let expected = case["left-out"].as_array().unwrap();
        assert_eq!(told.len(), expected.len(), "{}: {told:?}", case["name"]);
        for (told, expected) in told.iter().zip(expected) {
            assert!(told.contains(expected.as_str().unwrap()), "{}: {told}", case["name"]);
        }
    }
}
