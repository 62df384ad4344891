//! Every metric's `cases.yaml`, through the engine.

use jiff::Timestamp;
use probity_assessment::compile::{CheckName, Metric};
use probity_assessment::verdict::{Judge, Session};
use probity_diagnostics::document::{self, Format};
use probity_evidence::{Resource, TypeName};
use serde_json::Value;

use super::content::CONTENT;

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

/// The verdict that a metric gives on a case.
fn verdict(session: &mut Session<'_>, metric: &Metric, case: &Value) -> String {
    let mut subject = resource(&case["resource"]);
    let related: Vec<Resource> = case["related"].as_array().into_iter().flatten().map(resource).collect();
    subject.related = related.iter().map(|other| other.id.clone()).collect();
    let verdicts = session.judge(&subject, &related, subject.collected);
    match verdicts.get(&CheckName::new(metric.name.as_str())) {
        Some((outcome, _)) => outcome.to_string(),
        None => "not-applicable".to_owned(),
    }
}

#[test]
fn every_case_gets_its_verdict() {
    let content = &*CONTENT;
    let judge = Judge::new(&content.compiled, &content.ontology).unwrap();
    let mut session = judge.session();
    let mut wrong = Vec::new();
    let mut count = 0;
    for metric in &content.metrics {
        let file = metric.file.sibling("cases.yaml").unwrap();
        let cases = document::read(&content.tree, &file, Format::Yaml).unwrap().value;
        for case in cases.as_array().unwrap() {
            count += 1;
            let found = verdict(&mut session, metric, case);
            if case["verdict"] != found.as_str() {
                wrong.push(format!(
                    "{}: {}: {} instead of {}",
                    metric.name, case["name"], found, case["verdict"]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 100, "only {count} cases");
}
