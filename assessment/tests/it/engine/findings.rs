//! What the compiler finds wrong: the code, what is underlined, and how it is mended.

use std::collections::BTreeSet;

use probity_assessment::compile::{Input, compile, load_mappings, load_metrics};
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, MemoryTree, Place, TreePath};
use probity_oscal::model::Catalog;
use serde_json::Value;

use super::content::{CONTENT, path};
use super::rego::metric;

/// The text that a finding underlines; empty for a whole file.
fn underlined(tree: &dyn FileTree, finding: &Diagnostic) -> String {
    let Some(label) = &finding.primary else { return String::new() };
    let text = String::from_utf8(tree.read(&label.location.file, 1 << 20).unwrap()).unwrap();
    match &label.location.place {
        Place::File => String::new(),
        Place::Line(line) => format!("line {line}"),
        Place::Span(span) => text.get(span.start..span.end).unwrap().to_owned(),
        Place::Value(pointer) | Place::Key(pointer) => {
            text.get(document::locate(&text, Format::Json, pointer).unwrap().value).unwrap().to_owned()
        }
    }
}

/// A catalog with controls `a-1`, which has a parameter, and `a-2`.
fn catalog() -> Catalog {
    let text = r#"{"uuid": "7f1a2ad0-0000-4000-8000-00000000000a", "metadata": {"title": "t", "last-modified": "2026-01-01T00:00:00Z",
        "version": "1", "oscal-version": "1.2.2"}, "controls": [
        {"id": "a-1", "title": "One", "params": [{"id": "a-1_days", "values": ["P7D"]}],
         "parts": [{"id": "a-1_smt", "name": "statement", "prose": "Do."}]},
        {"id": "a-2", "title": "Two"}]}"#;
    serde_json::from_str(text).unwrap()
}

/// A mapping of `a-1` with the given members.
fn mapping(requirement: &str) -> String {
    format!(
        r#"{{"component-definition": {{"uuid": "7f1a2ad0-0000-4000-8000-00000000000b",
        "metadata": {{"title": "t", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.2.2"}},
        "components": [{{"uuid": "7f1a2ad0-0000-4000-8000-00000000000c", "type": "policy", "title": "t", "description": "d",
        "control-implementations": [{{"uuid": "7f1a2ad0-0000-4000-8000-00000000000d", "source": "catalog.yaml",
        "description": "d", "implemented-requirements": [{{"uuid": "7f1a2ad0-0000-4000-8000-00000000000e",
        "description": "d", {requirement}}}]}}]}}]}}}}"#
    )
}

fn findings(tree: &MemoryTree) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let metrics = findings.absorb(load_metrics(tree, &TreePath::root())).unwrap_or_default();
    let mappings = findings.absorb(load_mappings(tree, &path("mapping.json"))).unwrap_or_default();
    let catalog = catalog();
    let compiled = compile(&Input {
        catalog: &catalog,
        known_controls: BTreeSet::from(["a-1".to_owned(), "a-2".to_owned()]),
        mappings: &mappings,
        metrics: &metrics,
        ontology: &CONTENT.ontology,
        library: &CONTENT.library,
        plan: None,
        imports: &[],
    });
    findings.absorb(compiled);
    findings
}

#[test]
fn every_mistake_has_a_place_and_a_way_to_mend_it() {
    let text = include_bytes!("findings.yaml");
    let cases = document::parse(text, &path("findings.yaml"), Format::Yaml, Limits::default()).unwrap().value;
    let mut wrong = Vec::new();
    for case in cases.as_array().unwrap() {
        let text = |key: &str, default: &str| case[key].as_str().unwrap_or(default).to_owned();
        let props: Vec<(String, String)> = case["props"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|prop| (prop[0].as_str().unwrap().to_owned(), prop[1].as_str().unwrap().to_owned()))
            .collect();
        let props: Vec<(&str, &str)> = props.iter().map(|(name, value)| (&**name, &**value)).collect();
        let mut tree = MemoryTree::of(metric("subject", &text("rego", "compliant := true"), &props)).unwrap();
        let requirement = text("mapping", r#""control-id": "a-1""#);
        tree.insert(path("mapping.json"), mapping(&requirement));
        let found = findings(&tree);
        let named = |finding: &&Diagnostic| finding.code.id == case["code"];
        let Some(finding) = found.iter().find(named) else {
            wrong.push(format!("{}: no {}, but {found:#?}", case["name"], case["code"]));
            continue;
        };
        let said = [
            ("underlined", underlined(&tree, finding)),
            ("message", finding.message.clone()),
            ("help", finding.helps.join("\n")),
        ];
        for (key, said) in
            said.iter().filter(|(key, said)| case[*key] != Value::Null && case[*key] != said.as_str())
        {
            wrong.push(format!("{}: {key}: {said}", case["name"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
