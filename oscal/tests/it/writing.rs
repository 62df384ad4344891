//! What is written: valid in the published JSON schema, the same after reading, the same bytes each time.
//!
//! Documents are made at random from the tables, so that every property of every model is written somewhere.

use jsonschema::Validator;
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{FileTree, MemoryTree, TreePath};
use probity_oscal::{load, locate_all, to_json, to_xml, to_yaml};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::random;
use crate::reference::{bytes, own, reference};

/// The published schema, with the property put back that it lost (`method` of `combine`).
fn published_schema() -> Option<Validator> {
    let tree = reference()?;
    let path = TreePath::parse("oscal-json-schema-1.2.1/oscal_complete_schema.json").unwrap();
    let mut schema: Value = serde_json::from_slice(&bytes(&tree, &path)).unwrap();
    let branches = schema.pointer_mut("/definitions/oscal-complete-oscal-profile:merge/anyOf").unwrap();
    for branch in branches.as_array_mut().unwrap() {
        branch["properties"]["combine"]["properties"] = json!({ "method": { "type": "string" } });
    }
    Some(jsonschema::validator_for(&schema).unwrap())
}

fn faults(schema: &Validator, text: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(text).unwrap();
    schema.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Reads a text as the file `name`.
fn read(name: &str, text: &str) -> probity_oscal::Loaded {
    let path = TreePath::parse(name).unwrap();
    let tree = MemoryTree::of([(name, text)]).unwrap();
    match load(&tree, &path) {
        Ok(loaded) => loaded.value,
        Err(findings) => {
            let sources = Sources::locating(&tree, locate_all);
            let findings: Vec<String> = findings.iter().map(|finding| short(finding, &sources)).collect();
            panic!("{}\n{text}", findings.join("\n"));
        }
    }
}

#[test]
fn own_documents_fit_the_published_schema() {
    let Some(schema) = published_schema() else { return };
    let tree = own();
    for path in tree.walk(&TreePath::parse("documents").unwrap()).unwrap() {
        let document = load(&tree, &path).unwrap().value.document;
        assert_eq!(faults(&schema, &to_json(&document).unwrap()), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn random_documents_fit_the_published_schema() {
    let Some(schema) = published_schema() else { return };
    for seed in 0..400 {
        let text = random::document(seed).to_string();
        let written = to_json(&read("x.json", &text).document).unwrap();
        assert_eq!(faults(&schema, &written), Vec::<String>::new(), "seed {seed}\n{written}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_documents_are_the_same_after_reading_and_writing(seed in any::<u64>()) {
        let value = random::document(seed);
        let loaded = read("x.json", &value.to_string());
        let json = to_json(&loaded.document).unwrap();
        let yaml = to_yaml(&loaded.document).unwrap();
        prop_assert_eq!(&read("x.json", &json).value, &value);
        prop_assert_eq!(&read("x.yaml", &yaml).value, &value);
        let xml = to_xml(&loaded.document).unwrap();
        prop_assert_eq!(&read("x.xml", &xml).value, &value, "{}", xml);
        prop_assert_eq!(to_xml(&read("x.xml", &xml).document).unwrap(), xml);
        prop_assert_eq!(to_yaml(&read("x.yaml", &yaml).document).unwrap(), yaml);
    }

    #[test]
    fn every_string_survives_yaml(text in "\\PC*|[ \\t\\n:#'\"\\\\|>-]{0,6}\\PC{0,8}[\\n ]{0,2}") {
        let yaml = to_yaml(&json!({ "text": text, "list": [text] })).unwrap();
        let path = TreePath::parse("x.yaml").unwrap();
        let read = document::parse(yaml.as_bytes(), &path, Format::Yaml, Limits::default());
        prop_assert_eq!(read.unwrap().value, json!({ "text": text, "list": [text] }));
    }
}

#[test]
fn strings_that_older_readers_take_for_something_else_are_quoted() {
    for text in [
        "yes",
        "No",
        "on",
        "off",
        "y",
        "~",
        "null",
        "true",
        "2026-11-21",
        "1.10",
        "017",
        "0o17",
        "1e3",
        "1_000",
        "12:30:45",
        "=",
    ] {
        let yaml = to_yaml(&json!({ "value": text })).unwrap();
        assert!(yaml.contains('"') || yaml.contains('\''), "{yaml}");
    }
}

#[test]
fn properties_are_written_in_model_order() {
    let loaded = read(
        "x.json",
        r#"{"catalog":{"metadata":{"oscal-version":"1.2.2","version":"1","last-modified":"2026-11-21T10:00:00Z","title":"t"},"uuid":"6f1d1c52-5f0a-4d0e-9a3b-0d6a4b6f1a01"}}"#,
    );
    insta::assert_snapshot!("model_order", to_json(&loaded.document).unwrap());
}
