//! What differs between two states, as text, Markdown, HTML and JSON.

use probity_diagnostics::{FileTree as _, MemoryTree, TreePath};
use probity_generators::difference::{
    CaseFlip, CasesChange, Comparison, ControlMetrics, Coverage, CoverageChange, DocumentChange, FileChange,
    MetricChange, Paths, Presence, ResultsChange, TextOptions, html, json, markdown, text,
};
use probity_generators::view::outcomes;
use probity_oscal::difference::results::{Flip, compare};
use probity_oscal::difference::{Options, difference, lines};
use serde_json::{Value, json};

use crate::fixture;

/// A name that would be markup, a mention, a link, or steer a terminal.
const HOSTILE: &str = "<img src=x> @all `x` [a](https://evil.example) \u{1b}[31m";

fn catalog(version: &str, controls: &Value) -> Value {
    json!({ "catalog": {
        "uuid": "fe00000b-0000-4000-8000-000000000001",
        "metadata": { "title": "Rules", "version": version },
        "groups": [{ "id": "hb", "title": "Harbour", "controls": controls }],
    }})
}

fn statement(prose: &str) -> Value {
    json!([{ "id": "smt", "name": "statement", "prose": prose }])
}

fn documents() -> Vec<DocumentChange> {
    let before = catalog(
        "1",
        &json!([
            { "id": "hb-1", "title": "Who may enter", "params": [{ "id": "p-1", "label": "days", "values": ["30"] }],
              "parts": statement("Cards are given for a long time, to those who ask for one at the office, and are looked at.") },
            { "id": "hb-2", "title": "Gate", "parts": statement("The gate is shut.") },
            { "id": "hb-3", "title": "Lost cards", "parts": statement("A lost card is closed on the same day.") },
            { "id": "hb-4", "title": HOSTILE, "parts": statement("Quiet.") },
        ]),
    );
    let after = catalog(
        "2",
        &json!([
            { "id": "hb-1", "title": "Who may come in", "params": [{ "id": "p-1", "label": "days", "values": ["60"] }],
              "parts": statement("Cards are given for a short time, to those who ask for one at the office, and are looked at.") },
            { "id": "hb-2", "title": "Gate", "props": [{ "name": "status", "value": "withdrawn" }],
              "links": [{ "href": "#hb-1", "rel": "incorporated-into" }] },
            { "id": "hb-5", "title": "Lost cards", "parts": statement("A lost card is closed on the same day.") },
            { "id": "hb-4", "title": HOSTILE, "parts": statement(&format!("Quiet. {HOSTILE}")) },
        ]),
    );
    let mut newer = before.clone();
    newer["catalog"]["metadata"]["version"] = json!("1.1");
    let change = |before: &Value, after: &Value, path: &str| DocumentChange {
        paths: Paths { before: Some(path.to_owned()), after: Some(path.to_owned()) },
        difference: difference(Some(before), Some(after), Options::default()).unwrap(),
    };
    vec![change(&before, &after, "catalogs/rules.json"), change(&before, &newer, "catalogs/draft.json")]
}

fn metric() -> MetricChange {
    let (before, after) = (
        "package m\n\ndefault compliant := false\n\ncompliant if input.days <= 30\n",
        "package m\n\ndefault compliant := false\n\ncompliant if input.days <= 60\n",
    );
    MetricChange {
        name: "card-days".to_owned(),
        title: "Cards end".to_owned(),
        paths: Paths {
            before: Some("metrics/a/metric.yaml".to_owned()),
            after: Some("metrics/b/metric.yaml".to_owned()),
        },
        presence: Presence::Changed,
        target: Some(("card.days <= 30".to_owned(), "card.days <= 60".to_owned())),
        difference: None,
        rego: lines(before, after, 1),
        cases: CasesChange {
            added: vec!["a card of fifty days".to_owned()],
            judged: 5,
            flips: vec![CaseFlip {
                case: "a card of forty days".to_owned(),
                before: "fail".to_owned(),
                after: "pass".to_owned(),
            }],
            ..CasesChange::default()
        },
    }
}

/// The demo, and the demo where one control is satisfied and one machine is mended.
fn results() -> ResultsChange {
    let tree = fixture::tree();
    let before = outcomes(&tree, &fixture::path(fixture::RESULTS)).unwrap().value;
    let mut after = before.clone();
    let control = after.controls.values_mut().find(|control| control.state == "fail").unwrap();
    "satisfied".clone_into(&mut control.state);
    let mut verdicts = after.checks.values_mut().flat_map(|check| check.resources.values_mut());
    "pass".clone_into(verdicts.find(|verdict| *verdict == "fail").unwrap());
    ResultsChange {
        paths: Paths { before: None, after: Some("build/eucs/assessment-results.json".to_owned()) },
        difference: compare(&after, &before),
    }
}

fn comparison() -> Comparison {
    Comparison {
        has_moves: true,
        before: "main".to_owned(),
        after: "the files on disk".to_owned(),
        results: vec![results()],
        documents: documents(),
        metrics: vec![metric()],
        coverage: vec![CoverageChange {
            assessment: "eucs".to_owned(),
            before: Some(Coverage { controls: 395, automated: 150, not_evaluated: 200 }),
            after: Some(Coverage { controls: 395, automated: 149, not_evaluated: 201 }),
            problems: Vec::new(),
            controls: vec![ControlMetrics {
                control: "am-01.1".to_owned(),
                title: "Inventory".to_owned(),
                gained: Vec::new(),
                lost: vec!["assets-listed".to_owned()],
                is_automated: false,
            }],
        }],
        files: vec![FileChange {
            paths: Paths { before: Some("probity.toml".to_owned()), after: Some("probity.toml".to_owned()) },
            presence: Presence::Changed,
            problem: None,
            lines: lines("[system]\nname = \"A\"\n", "[system]\nname = \"B\"\n", 3),
        }],
    }
}

#[test]
fn text_names_what_differs() {
    insta::assert_snapshot!("difference_text", text(&comparison(), TextOptions::default()));
}

#[test]
fn brief_text_names_items_alone() {
    insta::assert_snapshot!(
        "difference_brief",
        text(&comparison(), TextOptions { brief: true, color: false })
    );
}

#[test]
fn colours_paint_what_is_gone_and_new() {
    let painted = text(&comparison(), TextOptions { color: true, brief: false });
    assert!(painted.contains("\u{1b}[31m- hb-2\u{1b}[0m"), "{painted}");
    assert!(painted.contains("\u{1b}[32m{+short+}\u{1b}[0m"), "{painted}");
    assert!(!painted.contains("\u{1b}[31m\n"), "what documents hold steers no terminal");
    let plain: String =
        painted.split("\u{1b}[").map(|piece| piece.split_once('m').map_or(piece, |(_, rest)| rest)).collect();
    assert!(plain.contains("- hb-2  Gate"));
}

#[test]
fn markdown_has_no_markup_of_others() {
    insta::assert_snapshot!("difference_markdown", markdown(&comparison()));
}

#[test]
fn html_has_no_markup_of_others() {
    let page = html(&comparison()).unwrap();
    assert!(!page.contains("<img") && !page.contains("<script"));
    let body = page.split_once("<main>").unwrap().1;
    insta::assert_snapshot!("difference_html", body);
}

#[test]
fn json_has_all_of_it() {
    let value = json(&comparison());
    let members: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(members, ["before", "after", "results", "documents", "metrics", "coverage", "files"]);
    assert_eq!(value["documents"][0]["path-after"], "catalogs/rules.json");
    assert_eq!(value["documents"][0]["difference"]["totals"]["control"]["withdrawn"], 1);
    assert_eq!(value["metrics"][0]["cases"]["flips"][0]["after"], "pass");
    assert_eq!(value["coverage"][0]["controls"][0]["lost"][0], "assets-listed");
    assert_eq!(value["results"][0]["difference"]["control-totals"]["newly-failing"], 1);
}

#[test]
fn nothing_is_said_where_nothing_differs() {
    let none = Comparison { before: "a".to_owned(), after: "b".to_owned(), ..Comparison::default() };
    assert!(!none.differs());
    assert_eq!(text(&none, TextOptions::default()), "nothing differs between a and b\n");
    assert!(markdown(&none).contains("Nothing differs."));
    assert!(html(&none).unwrap().contains("Nothing differs."));
}

/// Verdicts come from the verdict file, else from the subjects of observations, which may not name what passes.
#[test]
fn outcomes_are_read_with_and_without_verdict_file() {
    let read = |tree: &MemoryTree| outcomes(tree, &fixture::path(fixture::RESULTS)).unwrap().value;
    let tree = fixture::tree();
    let whole = read(&tree);
    assert!(!whole.controls.is_empty() && !whole.checks.is_empty());
    let verdict_file = tree.walk(&TreePath::root()).unwrap();
    let verdict_file = verdict_file.iter().find(|path| path.as_str().ends_with("verdicts.jsonl"));
    let bare = read(&fixture::without(&verdict_file.map(TreePath::as_str).into_iter().collect::<Vec<_>>()));
    assert_eq!(whole.controls, bare.controls);
    let flips = compare(&bare, &whole);
    assert!(!flips.control_totals.contains_key(&Flip::NewlyFailing));
}
