//! Scanning manifests that others wrote.

use std::collections::BTreeSet;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{Format, Limits, parse_all};
use serde_json::Value;

use crate::program::{feed, folder, json, lines, probity, program, prop, repository};
use crate::reference::reference;

#[test]
fn standard_input_is_read_by_its_kind() {
    let place = folder();
    let shop = std::fs::read(repository("content/examples/kubernetes/shop.yaml")).unwrap();
    let seen =
        feed(program(place.path(), &["discover", "files", "-", "--as-of", "2026-11-01T09:00:00Z"]), &shop)
            .exits(0);
    assert!(seen.out.starts_with("{\"kind\":\"begin\"") && seen.err.is_empty(), "{}", seen.err);
    let args = ["scan", "-", "-p", "eucs-high", "--as-of", "2026-11-01T10:00:00Z", "-o", "scan"];
    feed(program(place.path(), &args), seen.out.as_bytes()).exits(1);
    assert_eq!(std::fs::read_to_string(place.path().join("scan/evidence/set-1.jsonl")).unwrap(), seen.out);
    let nothing = feed(program(place.path(), &["discover", "files", "-"]), b"just words").exits(2);
    assert!(nothing.out.is_empty() && nothing.err.contains("stdin"), "{}", nothing.err);
}

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
