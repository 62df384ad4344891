//! Linked files that are gone, changed or broken, and results that are none.

use probity_generators::view::{Report, SourceState, Verdict};
use rstest::rstest;

use crate::fixture;

#[test]
fn without_linked_files_the_document_itself_is_shown() {
    let warned =
        fixture::load_from(&fixture::without(&["evidence/", "results/bundle/", "results/verdicts.jsonl"]));
    assert_eq!(fixture::codes(&warned.warnings), ["PB0802"; 9]);
    let (whole, bare) = (fixture::report(), warned.value);
    assert_eq!(bare.totals, whole.totals);
    assert_eq!(bare.problems.len(), 9);
    let check = bare.check("automatic-updates-enabled").unwrap();
    let resource = &check.resources[0];
    assert_eq!(resource.results[0].found, "false");
    assert_eq!(resource.evidence.as_ref().unwrap().line, Some(2));
    assert_eq!(
        resource.evidence.as_ref().unwrap().note.as_deref(),
        Some("The evidence line is not at hand.")
    );
    assert_eq!(resource.scope.as_deref(), Some("aws/111122223333"));
}

#[test]
fn without_the_catalog_controls_keep_their_ids() {
    let warned = fixture::load_from(&fixture::without(&["results/catalog.json"]));
    let report = warned.value;
    assert_eq!(report.controls.len(), 11);
    assert!(report.not_evaluated.is_empty());
    assert_eq!(report.control("ops-05.1").unwrap().label, "OPS-05.1");
    assert_eq!(report.categories.len(), 1);
}

#[test]
fn a_changed_verdict_file_is_not_believed() {
    let mut tree = fixture::tree();
    let changed = fixture::text("results/verdicts.jsonl").replace("\"fail\"", "\"pass\"");
    tree.insert(fixture::path("results/verdicts.jsonl"), changed);
    let warned = fixture::load_from(&tree);
    assert_eq!(fixture::codes(&warned.warnings), ["PB0803"]);
    assert_eq!(warned.value.totals.verdicts[&Verdict::Fail], 4);
    let source = warned.value.sources.iter().find(|source| source.kind == "verdicts").unwrap();
    assert_eq!(source.state, SourceState::Changed);
    assert!(warned.value.problems[0].message.contains("changed after the assessment"));
}

#[test]
fn a_changed_evidence_line_is_not_shown_as_what_was_judged() {
    let mut tree = fixture::tree();
    let changed = fixture::text("evidence/cloud.jsonl").replacen("\"enabled\":false", "\"enabled\":true", 1);
    tree.insert(fixture::path("evidence/cloud.jsonl"), changed);
    let warned = fixture::load_from(&tree);
    assert_eq!(fixture::codes(&warned.warnings), ["PB0803", "PB0805"]);
    let check = warned.value.check("automatic-updates-enabled").unwrap();
    let shown: Vec<bool> =
        check.resources.iter().map(|r| !r.evidence.as_ref().unwrap().excerpt.is_empty()).collect();
    assert_eq!(shown, [false, true], "the other line kept its digest");
}

#[test]
fn a_changed_rule_is_not_shown() {
    let mut tree = fixture::tree();
    tree.insert(
        fixture::path("results/bundle/metrics/patch_level_current.rego"),
        "package x\n\ncompliant := true\n",
    );
    let warned = fixture::load_from(&tree);
    assert!(warned.value.check("patch-level-current").unwrap().rego.is_none());
    assert_eq!(fixture::codes(&warned.warnings), ["PB0803"]);
}

#[rstest]
#[case::no_json("{", "PB0006")]
#[case::another_document(r#"{"catalog": {}}"#, "PB0807")]
#[case::no_shape(r#"{"assessment-results": {"uuid": 7}}"#, "PB01")]
#[case::no_result(
    r#"{"assessment-results": {"uuid": "11111111-1111-4111-8111-111111111111", "metadata": {"title": "t",
    "last-modified": "2026-11-21T00:00:00Z", "version": "1", "oscal-version": "1.2.2"}, "import-ap": {"href": "a"},
    "results": []}}"#,
    "PB0801"
)]
fn refuses_what_is_no_result(#[case] text: &str, #[case] code: &str) {
    let mut tree = fixture::tree();
    tree.insert(fixture::path(fixture::RESULTS), text);
    let errors = Report::load(&tree, &fixture::path(fixture::RESULTS)).unwrap_err();
    assert!(errors.iter().all(|error| error.code.id.starts_with(code)), "{errors:?}");
}

#[test]
fn a_link_out_of_the_tree_is_not_followed() {
    let mut tree = fixture::tree();
    let text = fixture::text(fixture::RESULTS).replace("../evidence/cloud.jsonl", "../../../etc/passwd");
    tree.insert(fixture::path(fixture::RESULTS), text);
    let warned = fixture::load_from(&tree);
    assert!(fixture::codes(&warned.warnings).contains(&"PB0802"), "{:?}", warned.warnings);
}
