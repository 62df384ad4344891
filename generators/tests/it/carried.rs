//! Results that mappings carry from other assessments, as reports show them.

use probity_diagnostics::MemoryTree;
use probity_generators::view::Report;
use probity_generators::{SummaryOptions, explain, summary};
use serde_json::{Value, json};

use crate::fixture::{self, RESULTS, path};

const NS: &str = "https://w3id.org/probity/oscal/1";
const OTHER: &str = "5b7ad9f1-0d2f-4f0e-8d6f-0c1f0f7a1c01";

fn prop(name: &str, value: &str) -> Value {
    json!({"name": name, "ns": NS, "value": value})
}

/// An observation of a result that another assessment found.
fn observation(number: u32, carries: &Value, about: &str, to: Option<&str>) -> Value {
    let mut props = vec![
        prop("carried-from", "other"),
        prop("carried-from-catalog", "Other <catalog>"),
        prop("mapping", "House & state"),
        prop("relationship", "subset-of"),
        prop("giving-side", "target"),
        prop("control-id", about),
        json!({"name": "given-control", "ns": NS, "value": "o-1", "class": "not-evaluated", "remarks": "O-1 Never *looked* at"}),
        json!({"name": "given-control", "ns": NS, "value": "o-2", "class": "fail", "remarks": "O-2 <script>alert(1)</script>"}),
    ];
    props.push(carries.clone());
    props.extend(to.map(|id| prop("carried-to", id)));
    json!({
        "uuid": format!("6d5f6f2c-7a62-4f0e-9f3e-0c1f0f7a1b{number:02}"), "title": "O-1 and more, in assessment other",
        "description": "D.", "methods": ["EXAMINE"], "collected": "2026-11-01T00:00:00Z", "props": props,
        "links": [{"href": format!("#{OTHER}"), "rel": "carried-from", "resource-fragment": "a"}],
        "remarks": "Somebody read both.",
    })
}

/// The fixture with a result that is carried to a control, one that is carried to a failing one, one that its own result
/// outweighs, and one that is only shown; the other results lie at `href`.
fn tree(href: &str) -> MemoryTree {
    let mut document: Value = serde_json::from_str(&fixture::text(RESULTS)).unwrap();
    let results = &mut document["assessment-results"];
    let carries = |what: &str| prop("carries", what);
    let mut nothing = carries("nothing");
    nothing["remarks"] = json!("the controls only overlap");
    let new = [
        observation(1, &carries("satisfied"), "ops-05.2", Some("ops-05.2")),
        observation(2, &carries("fail"), "cry-02.1", Some("cry-02.1")),
        observation(3, &carries("satisfied"), "ops-21.1", Some("ops-21.1")),
        observation(4, &nothing, "pss-02.1", None),
    ];
    results["results"][0]["observations"].as_array_mut().unwrap().extend(new);
    for (id, own) in [("ops-05.2", "not-evaluated"), ("cry-02.1", "satisfied"), ("ops-21.1", "error")] {
        let findings = results["results"][0]["findings"].as_array_mut().unwrap();
        let of_control = |finding: &&mut Value| finding["props"][0]["value"] == id;
        let props = findings.iter_mut().find(of_control).unwrap()["props"].as_array_mut().unwrap();
        props.push(prop("own-state", own));
    }
    let resource = json!({"uuid": OTHER, "title": "Other", "rlinks": [{"href": href}]});
    results["back-matter"]["resources"].as_array_mut().unwrap().push(resource);
    let mut tree = fixture::tree();
    tree.insert(path(RESULTS), serde_json::to_vec(&document).unwrap());
    tree
}

fn report() -> Report {
    let loaded = fixture::load_from(&tree("../other/assessment-results.json"));
    assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
    loaded.value
}

#[test]
fn explain_tells_what_counts_and_what_is_shown() {
    let report = report();
    let told = ["ops-05.2", "cry-02.1", "ops-21.1", "pss-02.1"]
        .map(|subject| explain(&report, subject).text(SummaryOptions { color: false, width: 90, limit: 5 }));
    insta::assert_snapshot!("carried_explained", told.join("\n----\n"));
}

#[test]
fn totals_count_what_is_carried() {
    let report = report();
    assert_eq!((report.totals.carried_satisfied, report.totals.carried_fail), (1, 1));
    let carried: Vec<&str> = report
        .controls
        .iter()
        .filter(|control| control.is_carried)
        .map(|control| control.id.as_str())
        .collect();
    assert_eq!(carried, ["ops-05.2", "cry-02.1"]);
    let before = fixture::report();
    assert_eq!(report.checks.len(), before.checks.len(), "no check is made of it");
    assert_eq!(report.attestations.len(), before.attestations.len(), "nor an attestation");
    let text = summary(&report, SummaryOptions { color: false, width: 80, limit: 5 });
    assert!(text.contains("carried from other catalogs: 1 satisfied, 1 failed"), "{text}");
    let old = summary(&before, SummaryOptions { color: false, width: 80, limit: 5 });
    assert!(!old.contains("carried"), "{old}");
}

#[test]
fn markdown_lists_what_counts() {
    let text = fixture::markdown(&report());
    let (_, rest) = text.split_once("## Carried").unwrap();
    let (table, _) = rest.split_once("\n## Risks").unwrap();
    insta::assert_snapshot!("carried_markdown", table);
    assert!(!fixture::markdown(&fixture::report()).contains("## Carried"));
}

#[test]
fn html_leads_to_the_other_report_and_nowhere_else() {
    let page = fixture::html(&report());
    assert_eq!(page.matches("href=\"../other/report.html#c-o-2\"").count(), 3, "of controls");
    assert_eq!(
        page.matches("href=\"../other/report.html\"").count(),
        1,
        "of a control that is not evaluated"
    );
    assert!(!page.contains("<script>alert"), "names are texts");
    for href in [
        "https://example.org/x/y.json",
        "javascript:alert(1)/x.json",
        "/etc/x.json",
        "//host/x.json",
        "plain.json",
    ] {
        let loaded = fixture::load_from(&tree(href)).value;
        assert!(!fixture::html(&loaded).contains("report.html"), "{href}");
    }
}
