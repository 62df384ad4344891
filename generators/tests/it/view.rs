use probity_diagnostics::MemoryTree;
use probity_generators::view::{LoadOptions, Report, Verdict};
use rstest::rstest;
use serde_json::{Value, json};

use crate::fixture;

#[test]
fn joins_controls_with_catalog_checks_and_statements() {
    let report = fixture::report();
    insta::assert_json_snapshot!(
        "view_controls",
        json!({
            "totals": report.totals, "categories": report.categories, "controls": report.controls,
            "not-evaluated": report.not_evaluated,
        })
    );
}

#[test]
fn joins_checks_with_verdicts_evidence_and_rego() {
    let report = fixture::report();
    let checks: Vec<Value> = report.checks.iter().map(|check| serde_json::to_value(check).unwrap()).collect();
    insta::assert_json_snapshot!("view_checks", checks);
}

#[test]
fn knows_statements_and_sources() {
    let report = fixture::report();
    insta::assert_json_snapshot!(
        "view_statements",
        json!({"attestations": report.attestations, "risks": report.risks, "sources": report.sources})
    );
}

#[test]
fn marks_what_the_check_is_about() {
    let report = fixture::report();
    let check = report.check("backup-retention").unwrap();
    let evidence = check.resources[0].evidence.as_ref().unwrap();
    let marked: Vec<&str> = evidence.excerpt.iter().filter(|l| l.marked).map(|l| l.text.trim()).collect();
    assert_eq!(marked, ["\"retention\": 864000,"]);
    let rego = check.rego.as_ref().unwrap();
    assert_eq!(rego.line, Some(7));
    assert_eq!(rego.lines.iter().filter(|l| l.marked).count(), 4);
}

#[rstest]
#[case::element("backups[0].retention", &["\"retention\": 864000,"])]
#[case::any_element("backups[].enabled", &["\"enabled\": true"])]
#[case::other_element("backups[1].enabled", &[])]
#[case::whole_list("backups", &["\"backups\": [", "{", "\"retention\": 864000,", "\"enabled\": true", "}", "],"])]
#[case::nowhere("rotation.interval", &[])]
fn marks_what_a_path_names(#[case] property: &str, #[case] expected: &[&str]) {
    let line: Value =
        serde_json::from_str(fixture::text("evidence/cloud.jsonl").lines().nth(5).unwrap()).unwrap();
    let tree = with_verdicts(std::iter::once(json!({
        "kind": "verdict", "check": "patch-level-current", "resource": line["id"], "verdict": "fail",
        "results": [{"property": property, "success": false}],
        "evidence": {"source": "evidence/cloud.jsonl", "line": 6, "digest": line["digest"]},
    })));
    let report = fixture::load_from(&tree).value;
    let evidence = report.check("patch-level-current").unwrap().resources[0].evidence.clone().unwrap();
    let marked: Vec<&str> = evidence.excerpt.iter().filter(|l| l.marked).map(|l| l.text.trim()).collect();
    assert_eq!(marked, expected);
}

/// A verdict file of many lines: everything is counted, a part is kept.
#[test]
fn counts_what_it_does_not_keep() {
    let tree = with_verdicts((0..5000).map(|n| {
        let verdict = if n % 5 == 0 { "pass" } else { "fail" };
        json!({"kind": "verdict", "check": "patch-level-current", "resource": format!("vm/{n:05}"), "verdict": verdict})
    }));
    let focus = Some("vm/00005".to_owned());
    let options =
        LoadOptions { details: 50, all_details: usize::MAX, listed: 0, focus, ..LoadOptions::default() };
    let report = Report::load_with(&tree, &fixture::path(fixture::RESULTS), &options).unwrap().value;
    let check = report.check("patch-level-current").unwrap();
    assert_eq!(check.counts[&Verdict::Fail], 4000);
    assert_eq!(check.counts[&Verdict::Pass], 1000);
    assert_eq!(check.resources.len(), 51, "50 that fail and the one in focus");
    assert_eq!(check.omitted, 3950);
    assert_eq!(check.resources.last().unwrap().id, "vm/00005");
}

#[test]
fn reports_lines_that_are_no_verdicts() {
    let lines = (0..8).map(|_| json!({"kind": "verdict", "check": "patch-level-current"}));
    let warned = fixture::load_from(&with_verdicts(lines));
    let codes = fixture::codes(&warned.warnings);
    assert_eq!(codes, ["PB0804"; 6], "five one by one, the rest as a number");
}

/// The fixture with other verdicts and no digest for them.
pub(crate) fn with_verdicts(lines: impl Iterator<Item = Value>) -> MemoryTree {
    let mut tree = fixture::tree();
    let text: Vec<String> = lines.map(|line| line.to_string()).collect();
    tree.insert(fixture::path("results/verdicts.jsonl"), text.join("\n"));
    let mut document: Value = serde_json::from_str(&fixture::text(fixture::RESULTS)).unwrap();
    let resources = &mut document["assessment-results"]["back-matter"]["resources"];
    for resource in resources.as_array_mut().unwrap() {
        if resource["rlinks"][0]["href"] == "verdicts.jsonl" {
            resource["rlinks"][0].as_object_mut().unwrap().remove("hashes");
        }
    }
    tree.insert(fixture::path(fixture::RESULTS), document.to_string());
    tree
}
