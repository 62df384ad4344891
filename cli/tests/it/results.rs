//! Results of other tools: by themselves, and in the assessments of a project.
//!
//! In `tests/results` a mapping names a rule for each of six controls: one that fails, one that passes, one that asks people, one
//! without a result, one that is not in the file, and one that is about something else.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::ran::{copy_folder, folder, probity, read, repository, write};

const SCAN: &str = "scans/scan.sarif";
const RESULTS: &str = "build/harbour/assessment-results.json";

fn project() -> TempDir {
    let place = folder();
    copy_folder(&repository("cli/tests/results"), place.path());
    place
}

fn replace(project: &Path, file: &str, from: &str, to: &str) {
    let text = read(project, file);
    assert!(text.contains(from), "{file} lacks `{from}`");
    write(project, file, text.replacen(from, to, 1));
}

fn result(project: &Path, file: &str) -> Value {
    let document: Value = serde_json::from_str(&read(project, file)).unwrap();
    document.pointer("/assessment-results/results/0").unwrap().clone()
}

fn prop<'v>(value: &'v Value, name: &str) -> &'v str {
    let props = value["props"].as_array().unwrap();
    props.iter().find(|prop| prop["name"] == name).map_or("", |prop| prop["value"].as_str().unwrap())
}

/// The state of each control, in one line.
fn states(project: &Path, file: &str) -> String {
    let result = result(project, file);
    let findings = result["findings"].as_array().into_iter().flatten();
    let states: BTreeMap<&str, &str> = findings.map(|f| (prop(f, "control-id"), prop(f, "state"))).collect();
    states.iter().map(|(id, state)| format!("{id} {state}")).collect::<Vec<_>>().join(", ")
}

fn build(project: &Path, code: u8) -> String {
    probity(project, &["build", "--quiet"]).exits(code);
    states(project, RESULTS)
}

const FRESH: &str = "ps-1 fail, ps-2 satisfied, ps-3 unknown, ps-4 unknown, ps-5 unknown, ps-6 no-subject";

#[test]
fn a_fail_counts_and_only_a_pass_satisfies() {
    let place = project();
    assert_eq!(build(place.path(), 1), FRESH);
    probity(place.path(), &["validate", "build"]).exits(0);
}

#[test]
fn a_pass_ages_and_a_fail_does_not() {
    let place = project();
    replace(place.path(), "probity.toml", "2026-11-01T12", "2026-11-06T04");
    assert_eq!(build(place.path(), 1), FRESH);
    replace(place.path(), "probity.toml", "2026-11-06T04", "2026-11-06T06");
    let aged = FRESH.replace("ps-2 satisfied", "ps-2 unknown");
    assert_eq!(build(place.path(), 1), aged);
    // nobody says when the tool ran
    replace(place.path(), SCAN, r#", "endTimeUtc": "2026-10-30T05:00:00Z""#, "");
    replace(place.path(), "probity.toml", "2026-11-06T06", "2026-11-01T06");
    assert_eq!(build(place.path(), 1), aged);
    replace(place.path(), "probity.toml", "max-age", "collected = \"2026-10-30T05:00:00Z\"\nmax-age");
    assert_eq!(build(place.path(), 1), FRESH);
}

#[test]
fn a_rule_without_result_passes_only_where_that_is_said_and_the_tool_was_done() {
    let place = project();
    replace(place.path(), "probity.toml", "max-age", "silent = \"pass\"\nmax-age");
    // the rule that is not in the file at all stays unknown
    assert_eq!(build(place.path(), 1), FRESH.replace("ps-4 unknown", "ps-4 satisfied"));
    replace(place.path(), SCAN, r#""executionSuccessful": true"#, r#""executionSuccessful": false"#);
    assert_eq!(build(place.path(), 1), FRESH);
}

#[test]
fn a_framework_counts_where_it_is_named() {
    let place = project();
    replace(place.path(), "probity.toml", "max-age", "framework = \"Harbour rules\"\nmax-age");
    assert_eq!(build(place.path(), 1), format!("{FRESH}, ps-7 satisfied"));
    replace(place.path(), "probity.toml", "Harbour rules", "Ship rules");
    let ran = probity(place.path(), &["build"]).exits(1);
    assert!(ran.err.contains("PB0631") && ran.err.contains("Harbour rules"), "{}", ran.err);
}

#[test]
fn a_waiver_covers_an_imported_fail() {
    let place = project();
    replace(place.path(), "probity.toml", "mappings = []", "mappings = []\npoam = \"poam.yaml\"");
    assert_eq!(build(place.path(), 1), FRESH.replace("ps-1 fail", "ps-1 waived"));
}

#[test]
fn the_provenance_stands_in_results_reports_and_explanations() {
    let place = project();
    build(place.path(), 1);
    let results: Value = serde_json::from_str(&read(place.path(), RESULTS)).unwrap();
    let model = &results["assessment-results"];
    let result = &model["results"][0];
    let observation = result["observations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| prop(one, "rule-id") == "HL001" && prop(one, "verdict") == "fail")
        .unwrap();
    let tool = &observation["origins"][0]["actors"][0]["actor-uuid"];
    let components = result["local-definitions"]["components"].as_array().unwrap();
    let component = components.iter().find(|one| one["uuid"] == *tool).unwrap();
    assert_eq!(component["title"], "harbour-lint");
    let evidence = observation["relevant-evidence"].as_array().unwrap();
    let resources = model["back-matter"]["resources"].as_array().unwrap();
    let file = resources.iter().find(|one| prop(one, "kind") == "imported-results").unwrap();
    let href = format!("#{}", file["uuid"].as_str().unwrap());
    assert!(evidence.iter().any(|one| one["href"] == href.as_str()), "{evidence:?}");
    let digest = probity_diagnostics::Sha256Digest::of(read(place.path(), SCAN).as_bytes()).to_string();
    assert_eq!(file["rlinks"][0]["hashes"][0]["value"], digest.as_str());
    assert_eq!(file["rlinks"][0]["href"], "../../scans/scan.sarif");
    let risk = &result["risks"][0];
    assert_eq!(risk["characterizations"][0]["facets"][0]["value"], "high");
    assert_eq!(risk["origins"][0]["actors"][0]["actor-uuid"], *tool);
    let told = probity(place.path(), &["explain", "ps-1"]).exits(0).out;
    for words in ["gates/north.yaml", "the north gate is open", "scans/scan.sarif"] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    insta::assert_snapshot!("results-explained", told);
    let report = read(place.path(), "build/harbour/report.md");
    assert!(report.contains("the north gate is open") && report.contains("scans/scan.sarif"), "{report}");
}

#[test]
fn a_build_follows_the_files_and_refuses_broken_ones() {
    let place = project();
    build(place.path(), 1);
    let made = |code: u8| {
        let report = probity(place.path(), &["build", "--format", "json"]).exits(code).json();
        let targets = report["targets"].as_array().unwrap().clone();
        targets.into_iter().filter(|t| t["made"] == true).map(|t| t["target"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(made(1), Vec::<String>::new());
    replace(place.path(), SCAN, "the north gate is open", "the north gate stands open");
    assert!(made(1).iter().any(|target| target.contains("harbour/results")));
    // a further file that the pattern matches
    let more = read(place.path(), SCAN).replace("gates/north.yaml", "gates/south.yaml");
    write(place.path(), "scans/second.sarif", more);
    assert!(!made(1).is_empty());
    assert!(read(place.path(), RESULTS).contains("gates/south.yaml"));
    let before = read(place.path(), RESULTS);
    replace(place.path(), SCAN, r#""kind": "review""#, r#""kind": "maybe""#);
    let ran = probity(place.path(), &["build"]).exits(2);
    assert!(ran.err.contains("PB0911") && ran.err.contains("scans/scan.sarif:34"), "{}", ran.err);
    assert_eq!(read(place.path(), RESULTS), before);
}

#[test]
fn files_by_themselves_become_complete_results() {
    let place = project();
    let ran = probity(place.path(), &["import", SCAN, "-o", "out/results.json"]).exits(0);
    insta::assert_snapshot!("results-imported", ran.err);
    probity(place.path(), &["validate", "out/results.json"]).exits(0);
    let result = result(place.path(), "out/results.json");
    let seen: Vec<String> = result["observations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", prop(one, "rule-id"), prop(one, "verdict"), prop(one, "count")))
        .collect();
    // what the tool says is not applicable has no observation
    assert_eq!(seen, ["HL001 fail 1", "HL002 pass 1", "HL003 unknown 1", "HL004 unknown 1", "HL007 pass 1"]);
    assert_eq!(result["local-definitions"]["inventory-items"].as_array().unwrap().len(), 5);
    assert!(result.get("findings").is_none());
    probity(place.path(), &["report", "out/results.json", "--format", "markdown"]).exits(0);
    let again = read(place.path(), "out/results.json");
    probity(place.path(), &["import", SCAN, "-o", "out/results.json"]).exits(0);
    assert_eq!(again, read(place.path(), "out/results.json"));
}

#[test]
fn a_mapping_brings_findings() {
    let place = project();
    let args = ["import", "sarif", SCAN, "--map", "mappings/scan.yaml", "-o", "results.json", "--quiet"];
    probity(place.path(), &args).exits(1);
    assert_eq!(states(place.path(), "results.json"), FRESH);
    probity(place.path(), &["validate", "results.json"]).exits(0);
    let target = &result(place.path(), "results.json")["findings"][0]["target"];
    assert_eq!(target["target-id"], "ps-1_smt");
}

#[test]
fn results_that_were_imported_are_imported_again() {
    let place = project();
    let args = ["import", SCAN, "--map", "mappings/scan.yaml", "-o", "results.json", "--quiet"];
    probity(place.path(), &args).exits(1);
    let told = probity(place.path(), &["import", "results.json", "--format", "json"]).exits(0).json();
    assert_eq!(told["runs"][0]["results"]["fail"], 2, "{told}");
}

#[test]
fn nothing_is_written_of_what_is_broken() {
    let place = project();
    for file in std::fs::read_dir(repository("importers/tests/broken")).unwrap().map(Result::unwrap) {
        let name = file.file_name().to_string_lossy().into_owned();
        std::fs::copy(file.path(), place.path().join(&name)).unwrap();
        let ran = probity(place.path(), &["import", &name, "-o", "results.json"]).exits(2);
        assert!(ran.err.contains(&name), "{name}\n{}", ran.err);
        assert!(!place.path().join("results.json").exists(), "{name}");
    }
}
