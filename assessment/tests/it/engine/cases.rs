//! The cases of every bundled metric, and what `probity test` says of metrics that are wrong.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_assessment::cases::{MetricTest, Sampler, Standards, test_metric};
use probity_assessment::compile::load_metric;
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::render::Sources;
use probity_diagnostics::{Diagnostic, FileTree, MemoryTree, Place};
use probity_evidence::{LineParser, Resource, TypeName};
use serde_json::{Value, json};

use super::content::{CONTENT, path};
use super::rego::metric;

/// A resource as a case writes it: `type`, perhaps `id`, `name` and `refers-to`, and properties.
pub(crate) fn resource(value: &Value) -> Resource {
    let mut properties = value.as_object().unwrap().clone();
    let mut text = |key: &str| properties.shift_remove(key).map(|value| value.as_str().unwrap().to_owned());
    let id = text("id").unwrap_or_else(|| "resource".to_owned());
    let name = text("name").unwrap_or_else(|| id.clone());
    let resource_type = TypeName::from(text("type").unwrap().as_str());
    Resource {
        id,
        name,
        resource_type,
        properties,
        collected: "2026-11-01T10:00:00Z".parse::<Timestamp>().unwrap(),
        scope: "test".to_owned(),
        related: Vec::new(),
    }
}

fn standards(samples: usize) -> Standards<'static> {
    Standards { ontology: &CONTENT.ontology, library: &CONTENT.library, samples }
}

#[test]
fn bundled_metrics_show_every_verdict_and_error_on_no_sample() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for metric in &CONTENT.metrics {
        let test = test_metric(&CONTENT.tree, metric, standards(100));
        count += test.cases.len();
        assert!(
            test.samples == 100 || !test.findings.is_empty(),
            "{}: {} samples",
            metric.name,
            test.samples
        );
        let said = |finding: &Diagnostic| format!("{}: {}", metric.name, finding.message);
        wrong.extend(test.findings.iter().map(said));
        if !test.coverage.missed.is_empty() || test.coverage.lines() == 0 {
            wrong.push(format!("{}: not evaluated: {}", metric.name, test.coverage.missed_in_words()));
        }
    }
    assert!(wrong.is_empty(), "{} in {count} cases\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 500, "only {count} cases");
}

#[test]
fn samples_are_well_typed_evidence_and_the_same_each_time() {
    let ontology = &CONTENT.ontology;
    let parser = LineParser::new(ontology, path("sample.jsonl"));
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for check in &CONTENT.compiled.checks {
        let (mut one, mut other) = (Sampler::new(ontology, check), Sampler::new(ontology, check));
        for _ in 0..40 {
            let sample = one.next_sample().unwrap();
            assert_eq!(Some(&sample), other.next_sample().as_ref());
            for resource in sample.related.iter().chain([&sample.resource]) {
                let Resource { id, resource_type, properties, collected, .. } = resource;
                let line = json!({ "kind": "resource", "id": id, "type": resource_type, "resource": properties,
                    "collected": collected });
                parser.parse(1, line.to_string().as_bytes()).unwrap_or_else(|e| panic!("{line}: {e:#?}"));
                *outcomes.entry(if properties.is_empty() { "empty" } else { "filled" }).or_default() += 1;
            }
            assert!(check.types.contains(sample.resource.resource_type.as_str()));
        }
    }
    assert!(outcomes["empty"] > 50 && outcomes["filled"] > 1000, "{outcomes:?}");
}

/// The test of a metric that a table names.
fn tested(case: &Value) -> (MemoryTree, MetricTest) {
    let props: Vec<(&str, &str)> = case["props"].as_array().into_iter().flatten().map(pair).collect();
    let mut tree = MemoryTree::of(metric("subject", case["rego"].as_str().unwrap(), &props)).unwrap();
    if let Some(cases) = case["cases"].as_str() {
        tree.insert(path("subject/cases.yaml"), cases.as_bytes().to_vec());
    }
    let metric = load_metric(&tree, &path("subject/metric.yaml")).unwrap().value;
    let test = test_metric(&tree, &metric, standards(200));
    (tree, test)
}

fn pair(list: &Value) -> (&str, &str) {
    (list[0].as_str().unwrap(), list[1].as_str().unwrap())
}

/// What is marked in YAML or Rego.
fn marked(tree: &MemoryTree, finding: &Diagnostic) -> String {
    let place = &finding.primary.as_ref().unwrap().location;
    let text = String::from_utf8(tree.read(&place.file, 1 << 20).unwrap()).unwrap();
    let sources = Sources::new(tree);
    match sources.range(place) {
        Some(range) if place.place != Place::File => text.get(range).unwrap().trim_end().to_owned(),
        _ => String::new(),
    }
}

#[test]
fn what_is_wrong_with_a_metric_is_found_at_its_place() {
    let text = include_bytes!("tested.yaml");
    let table = document::parse(text, &path("tested.yaml"), Format::Yaml, Limits::default()).unwrap().value;
    let mut wrong = Vec::new();
    for case in table.as_array().unwrap() {
        let (tree, test) = tested(case);
        let name = &case["name"];
        let expected: Vec<&Value> = case["found"].as_array().into_iter().flatten().collect();
        let found: Vec<&Diagnostic> = test.findings.iter().filter(|f| f.code.id != "PB0503").collect();
        if expected.len() != found.len() {
            wrong.push(format!("{name}: {} findings: {found:#?}", found.len()));
            continue;
        }
        for (expected, finding) in expected.iter().zip(&found) {
            let holds =
                |index: usize, text: &str| expected[index].as_str().is_none_or(|part| text.contains(part));
            let exact = |index: usize, text: &str| expected[index] == text;
            let label = &finding.primary.as_ref().unwrap().text;
            let fits = exact(0, finding.code.id)
                && exact(1, &finding.severity.to_string())
                && exact(2, &marked(&tree, finding))
                && holds(3, &finding.message)
                && holds(4, label);
            if !fits {
                wrong.push(format!("{name}: not {expected}: `{}` {finding:#?}", marked(&tree, finding)));
            }
            if let Some(help) = case["help"].as_str()
                && !finding.helps.iter().any(|said| said.contains(help))
            {
                wrong.push(format!("{name}: help: {:?}", finding.helps));
            }
        }
        let missed =
            if test.coverage.lines() == 0 { "none known".into() } else { test.coverage.missed_in_words() };
        if case["missed"].as_str().unwrap_or_default() != missed {
            wrong.push(format!("{name}: not evaluated: {missed}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
