//! Metrics: a folder's three files say the same, in words that the ontology has.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::Sha256Digest;
use probity_evidence::Ontology;
use probity_oscal::uuid5;
use serde_json::Value;

use crate::read::{metric_folders, ontology, oscal, props, text, yaml};

const FILES: [&str; 3] = ["cases.yaml", "check.rego", "metric.yaml"];

#[test]
fn a_folder_has_three_files() {
    let folders = metric_folders();
    let expected: BTreeSet<String> =
        folders.values().flat_map(|folder| FILES.map(|file| format!("{folder}/{file}"))).collect();
    let found = probity_content::FILES.iter().map(|(path, _)| (*path).to_owned());
    assert_eq!(found.filter(|path| path.starts_with("metrics/")).collect::<BTreeSet<_>>(), expected);
}

#[test]
fn definition_agrees_with_folder_and_rego() {
    for (name, folder) in metric_folders() {
        let definition = &oscal(&format!("{folder}/metric.yaml"))["component-definition"];
        assert_eq!(definition["uuid"], uuid5(&["metric-definition", name]), "{name}");
        let component = &definition["components"][0];
        assert_eq!(component["uuid"], uuid5(&["metric", name]), "{name}");
        assert_eq!(component["type"], "rule", "{name}");
        assert_eq!(props(component, "Rule_Id"), [name]);
        let category = folder.split('/').nth(1).unwrap();
        assert_eq!(props(component, "category"), [category], "{name}");

        let rego = text(&format!("{folder}/check.rego"));
        let package = format!("package probity.metrics.{}", name.replace('-', "_"));
        assert!(rego.lines().any(|line| line == package), "{name}: {package}");
        let digest = Sha256Digest::of(rego.as_bytes()).to_string();
        let hash = &definition["back-matter"]["resources"][0]["rlinks"][0]["hashes"][0]["value"];
        assert_eq!(hash, &Value::String(digest), "{name}: the hash of check.rego is out of date");
    }
}

#[test]
fn every_resource_type_has_the_property() {
    let ontology = ontology();
    let mut seen = BTreeMap::new();
    for (name, folder) in metric_folders() {
        let definition = oscal(&format!("{folder}/metric.yaml"));
        let component = &definition["component-definition"]["components"][0];
        let [property] = props(component, "property")[..] else { panic!("{name}: one property") };
        for resource_type in props(component, "resource-type") {
            assert!(
                ontology.property(resource_type, property).is_some(),
                "{name}: {resource_type}.{property}"
            );
            for concrete in ontology.descendants(resource_type) {
                let measured = (property.to_owned(), concrete.to_string());
                let other = seen.insert(measured, name);
                assert!(
                    other.is_none_or(|other| other == name),
                    "{name}: {} measures {concrete}.{property}",
                    other.unwrap_or_default()
                );
            }
        }
    }
    let properties: BTreeSet<&str> = seen.keys().map(|(property, _)| property.as_str()).collect();
    assert!(metric_folders().len() >= 150, "{} metrics", metric_folders().len());
    assert!(properties.len() >= 110, "{} properties", properties.len());
}

#[test]
fn cases_show_every_outcome() {
    let ontology = ontology();
    for (name, folder) in metric_folders() {
        let cases = yaml(&format!("{folder}/cases.yaml"));
        let cases = cases.as_array().unwrap();
        let names: BTreeSet<&str> = cases.iter().filter_map(|case| case["name"].as_str()).collect();
        assert_eq!(names.len(), cases.len(), "{name}: two cases of one name");
        for verdict in ["pass", "fail", "not-applicable", "unknown"] {
            assert!(cases.iter().any(|case| case["verdict"] == verdict), "{name}: no case gives {verdict}");
        }
        for case in cases {
            let related = case["related"].as_array().into_iter().flatten();
            for resource in related.chain([&case["resource"]]) {
                words_are_known(&ontology, resource, &format!("{name}, {}", case["name"]));
            }
        }
    }
}

/// A case is written in words of the ontology; a misspelt one would make it `unknown` for the wrong reason.
fn words_are_known(ontology: &Ontology, resource: &Value, place: &str) {
    let resource_type = resource["type"].as_str().unwrap();
    assert!(
        ontology.resource_type(resource_type).is_some_and(|found| !found.is_abstract()),
        "{place}: {resource_type}"
    );
    let mut paths = Vec::new();
    for (name, value) in resource.as_object().unwrap().iter().filter(|(name, _)| !is_envelope(name)) {
        collect_paths(name, value, &mut paths);
    }
    for path in paths {
        assert!(ontology.property(resource_type, &path).is_some(), "{place}: {resource_type} has no {path}");
    }
}

fn is_envelope(name: &str) -> bool {
    matches!(name, "type" | "id" | "name")
}

fn collect_paths(path: &str, value: &Value, paths: &mut Vec<String>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                collect_paths(&format!("{path}.{name}"), value, paths);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for item in items {
                collect_paths(&format!("{path}[]"), item, paths);
            }
        }
        _ => paths.push(path.to_owned()),
    }
}
