//! Results that mappings carry from one assessment of a project to another.
//!
//! In `tests/carry` two assessments take from each other: h-1 fails and s-1 is equal to it, h-2 is satisfied and contains s-2,
//! s-3 is satisfied and equivalent to h-3.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::ran::{copy_folder, folder, probity, read, repository, write};

const COLLECTION: &str = "mapping-collections/house-state.yaml";

fn project() -> TempDir {
    let place = folder();
    copy_folder(&repository("cli/tests/carry"), place.path());
    place
}

/// The targets that a build made, without checks and findings.
fn made(project: &Path, args: &[&str]) -> Vec<String> {
    let report = probity(project, &[&["build", "--format", "json"], args].concat()).exits(0).json();
    let targets = report["targets"].as_array().unwrap().iter();
    let made = targets.filter(|t| t["made"] == true).map(|t| t["target"].as_str().unwrap().to_owned());
    made.filter(|name| name.matches('/').count() == 1).collect()
}

fn replace(project: &Path, file: &str, from: &str, to: &str) {
    let text = read(project, file);
    assert!(text.contains(from), "{file} lacks `{from}`");
    write(project, file, text.replacen(from, to, 1));
}

/// The state of each control by itself and in the end.
fn states(project: &Path, results: &str) -> BTreeMap<String, (Option<String>, String)> {
    let document: Value = serde_json::from_str(&read(project, results)).unwrap();
    let findings = document.pointer("/assessment-results/results/0/findings").unwrap().as_array().unwrap();
    let prop = |finding: &Value, name: &str| {
        let props = finding["props"].as_array().unwrap();
        props.iter().find(|prop| prop["name"] == name).map(|prop| prop["value"].as_str().unwrap().to_owned())
    };
    let one = |finding: &Value| {
        (prop(finding, "control-id").unwrap(), (prop(finding, "own-state"), prop(finding, "state").unwrap()))
    };
    findings.iter().map(one).collect()
}

fn expected(rows: &[(&str, Option<&str>, &str)]) -> BTreeMap<String, (Option<String>, String)> {
    rows.iter()
        .map(|(id, own, state)| ((*id).to_owned(), (own.map(str::to_owned), (*state).to_owned())))
        .collect()
}

#[test]
fn each_takes_from_the_other_what_it_found_itself() {
    let place = project();
    probity(place.path(), &["build", "--quiet"]).exits(0);
    let house = states(place.path(), "build/house/assessment-results.json");
    // h-1 fails by itself; that s-1 fails by it is no news for h-1
    assert_eq!(
        house,
        expected(&[
            ("h-1", None, "fail"),
            ("h-2", None, "satisfied"),
            ("h-3", Some("not-evaluated"), "satisfied")
        ])
    );
    let state = states(place.path(), "build/state/assessment-results.json");
    assert_eq!(
        state,
        expected(&[
            ("s-1", Some("not-evaluated"), "fail"),
            ("s-2", Some("not-evaluated"), "satisfied"),
            ("s-3", None, "satisfied")
        ])
    );
    let own = states(place.path(), "build/state/own-results.json");
    assert_eq!(own, expected(&[("s-3", None, "satisfied")]));
    let checked = probity(place.path(), &["validate", "build"]).exits(0);
    assert!(checked.out.is_empty(), "{}", checked.out);
}

#[test]
fn nothing_is_made_twice_and_the_bytes_are_the_same() {
    let (place, other) = (project(), project());
    let all = ["catalog", "checks", "own-results"];
    let own = ["house", "state"].into_iter().flat_map(|name| all.map(|part| format!("{name}/{part}")));
    let whole = ["house", "state"]
        .into_iter()
        .flat_map(|name| ["results", "html", "markdown", "poam"].map(|part| format!("{name}/{part}")));
    assert_eq!(made(place.path(), &[]), own.chain(whole).collect::<Vec<_>>());
    assert_eq!(made(place.path(), &[]), Vec::<String>::new());
    made(other.path(), &["-j", "1"]);
    for file in ["own-results.json", "assessment-results.json", "report.html", "report.md"] {
        for name in ["house", "state"] {
            let file = format!("build/{name}/{file}");
            assert_eq!(read(place.path(), &file), read(other.path(), &file), "{file}");
        }
    }
}

#[test]
fn a_change_of_the_mapping_makes_what_receives_again() {
    let place = project();
    made(place.path(), &[]);
    replace(place.path(), COLLECTION, "relationship: equal-to", "relationship: intersects-with");
    let planned = probity(place.path(), &["build", "-n"]).exits(0).out;
    assert!(planned.contains("state/results: `mapping-collections/house-state.yaml` changed"), "{planned}");
    assert_eq!(
        made(place.path(), &[]),
        [
            "house/results",
            "house/html",
            "house/markdown",
            "house/poam",
            "state/results",
            "state/html",
            "state/markdown",
            "state/poam",
        ]
    );
    let state = states(place.path(), "build/state/assessment-results.json");
    assert_eq!(state, expected(&[("s-2", Some("not-evaluated"), "satisfied"), ("s-3", None, "satisfied")]));
    let told = probity(place.path(), &["explain", "s-1", "--in", "state"]).exits(0).out;
    for text in [
        "Not evaluated: no metric",
        "Shown  H-1 Machines log their start",
        "nothing is carried: the controls only overlap",
        "Failed        H-1",
    ] {
        assert!(told.contains(text), "`{text}` is not in\n{told}");
    }
}

#[test]
fn a_change_of_the_evidence_goes_through_to_what_receives() {
    let place = project();
    made(place.path(), &[]);
    write(place.path(), "evidence/cloud.jsonl", read(place.path(), "evidence/cloud.jsonl") + "\n");
    let planned = probity(place.path(), &["build", "-n", "state"]).exits(0).out;
    assert!(planned.contains("state/results: `house/own-results` will be made again"), "{planned}");
    assert_eq!(
        made(place.path(), &["state"]),
        ["house/own-results", "state/results", "state/html", "state/markdown", "state/poam"]
    );
}

#[test]
fn one_alone_brings_along_what_it_takes_from() {
    let place = project();
    let built = probity(place.path(), &["build", "state"]).exits(0);
    assert!(built.out.contains("Carry: state") && !built.out.contains("Carry: house"), "{}", built.out);
    assert!(built.out.contains("carried from other catalogs: 1 satisfied, 1 failed"), "{}", built.out);
    assert!(!place.path().join("build/house/assessment-results.json").exists());
    let report = probity(place.path(), &["build", "state", "--format", "json"]).exits(0).json();
    assert_eq!(report["assessments"].as_array().unwrap().len(), 1);
}

#[test]
fn a_carried_fail_counts_for_the_gate() {
    let place = project();
    replace(
        place.path(),
        "probity.toml",
        "profile = \"catalogs/state.yaml\"\nmappings = [\"mappings/metrics.yaml\"]\ngate = { fail-on = \"never\" }",
        "profile = \"catalogs/state.yaml\"\nmappings = [\"mappings/metrics.yaml\"]",
    );
    let report = probity(place.path(), &["build", "state", "--format", "json"]).exits(1).json();
    assert_eq!(report["assessments"][0]["controls-above-gate"], 1);
}

#[test]
fn nothing_is_made_of_results_that_could_not_be_made() {
    let place = project();
    replace(place.path(), "catalogs/house.yaml", "catalog:", "catalogue:");
    let built = probity(place.path(), &["build", "state"]).exits(2);
    assert!(
        built.err.contains("error[PB0719]: `state` is not made: it takes results from `house`"),
        "{}",
        built.err
    );
    assert!(!place.path().join("build/state/assessment-results.json").exists());
}

#[test]
fn what_a_map_is_worth_is_told_once() {
    let place = project();
    replace(place.path(), COLLECTION, "status: complete", "status: draft");
    let built = probity(place.path(), &["build"]).exits(0);
    assert_eq!(
        built.err.matches("note[PB0621]: 3 maps carry no result: the status is `draft`").count(),
        1,
        "{}",
        built.err
    );
    assert!(built.err.contains("mapping-collections/house-state.yaml:11:13"), "{}", built.err);
    assert!(!built.out.contains("carried from other catalogs"), "{}", built.out);
}

#[test]
fn a_carried_result_leads_to_the_finding_it_comes_from() {
    let place = project();
    probity(place.path(), &["build", "--quiet"]).exits(0);
    let json = |file: &str| -> Value { serde_json::from_str(&read(place.path(), file)).unwrap() };
    let (taken, given) = (json("build/state/assessment-results.json"), json("build/house/own-results.json"));
    let resources = taken.pointer("/assessment-results/back-matter/resources").unwrap().as_array().unwrap();
    let result = |document: &Value| document.pointer("/assessment-results/results/0").unwrap().clone();
    let uuids: Vec<Value> =
        result(&given)["findings"].as_array().unwrap().iter().map(|f| f["uuid"].clone()).collect();
    let map = read(place.path(), COLLECTION);
    let mut led = Vec::new();
    let observations = result(&taken)["observations"].clone();
    for link in
        observations.as_array().unwrap().iter().flat_map(|o| o["links"].as_array().into_iter().flatten())
    {
        let uuid = link["href"].as_str().unwrap().strip_prefix('#').unwrap();
        let resource = resources.iter().find(|resource| resource["uuid"] == uuid).unwrap();
        let fragment = &link["resource-fragment"];
        match link["rel"].as_str().unwrap() {
            "carried-from" => {
                assert_eq!(resource["rlinks"][0]["href"], "../house/own-results.json");
                assert!(uuids.contains(fragment), "{fragment}");
            }
            "map" => {
                assert_eq!(resource["rlinks"][0]["href"], "../../mapping-collections/house-state.yaml");
                assert!(map.contains(fragment.as_str().unwrap()), "{fragment}");
            }
            other => panic!("{other}"),
        }
        led.push(link["rel"].clone());
    }
    assert_eq!(led, ["map", "carried-from", "map", "carried-from"]);
    let html = read(place.path(), "build/state/report.html");
    assert!(html.contains("../house/report.html#c-h-1"), "the report leads to the other one");
    let report = read(place.path(), "build/state/report.md");
    assert!(
        report.contains(
            "| S-1 | Failed | H-1 Machines log their start, in assessment house | House and state: equal-to |"
        ),
        "{report}"
    );
}
