//! Scanning manifests that others wrote.

use std::collections::BTreeSet;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{Format, Limits, parse_all};
use serde_json::Value;

use crate::program::{folder, json, lines, probity, prop};
use crate::reference::reference;

#[test]
fn a_published_shop_is_scanned_whole() {
    let Some(manifest) = reference("real-inputs/kubernetes/online-boutique.yaml") else { return };
    let place = folder();
    probity(place.path(), &["scan", manifest.to_str().unwrap(), "-p", "eucs-high"]).exits(1);
    let scan = place.path().join("probity-scan");
    let path = TreePath::parse("online-boutique.yaml").unwrap();
    let text = std::fs::read(&manifest).unwrap();
    let objects = parse_all(&text, &path, Format::Yaml, Limits::default()).unwrap().value;
    let objects: Vec<&Value> = objects.iter().map(|object| &object.value).filter(|o| !o.is_null()).collect();
    assert_eq!(objects.len(), 35);

    let evidence = lines(&scan.join("evidence/kubernetes.jsonl"));
    let seen: BTreeSet<&str> = evidence.iter().filter_map(|line| line["id"].as_str()).collect();
    for object in &objects {
        let name = object["metadata"]["name"].as_str().unwrap();
        let id = format!("/{}/{name}", object["kind"].as_str().unwrap());
        assert!(seen.iter().any(|seen| seen.ends_with(&id)), "no evidence for {id}");
    }

    let verdicts = lines(&scan.join("verdicts.jsonl"));
    let judged: BTreeSet<&str> = verdicts.iter().filter_map(|line| line["resource"].as_str()).collect();
    let containers: BTreeSet<&str> = evidence
        .iter()
        .filter(|line| line["type"] == "Container")
        .map(|line| line["id"].as_str().unwrap())
        .collect();
    assert_eq!(containers.len(), 13);
    assert!(containers.is_subset(&judged), "{:?} have no verdict", containers.difference(&judged));

    let results = json(&scan.join("assessment-results.json"));
    let findings = results["assessment-results"]["results"][0]["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| prop(finding, "state") == Some("fail")));
    let checked = probity(&scan, &["validate", ".", "--format", "json"]).exits(0).json();
    assert_eq!(checked["errors"], 0, "{checked}");
}
