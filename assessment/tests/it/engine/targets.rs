//! Which target value wins, and checks of one metric with several.

use std::collections::BTreeSet;

use probity_assessment::compile::{Compiled, Input, compile, load_mappings, load_metrics};
use probity_diagnostics::{MemoryTree, TreePath};
use probity_oscal::model::{Catalog, SystemSecurityPlan};
use serde_json::{Value, json};

use super::cases::resource;
use super::content::{CONTENT, path};
use super::oracle::{Case, hold_equal};
use super::rego::metric;

const REGO: &str = "import data.probity.checks.update_interval as check
import data.probity.operators
compliant if operators.compare(input.automaticUpdates.interval, check.operator, check.target_value)";

const DAY: u64 = 86_400;

/// Controls `a-1` to `a-4` by one metric: its own value, one of the mapping, one of the profile, one of the plan.
fn compiled() -> Compiled {
    let props = [("property", "automaticUpdates.interval"), ("operator", "<="), ("target-value", "P30D")];
    let mut tree = MemoryTree::of(metric("update-interval", REGO, &props)).unwrap();
    tree.insert(path("mapping.json"), mapping().to_string());
    let metrics = load_metrics(&tree, &TreePath::root()).unwrap().value;
    let mappings = load_mappings(&tree, &path("mapping.json")).unwrap().value;
    let params = json!([{ "id": "days", "values": ["P7D"] }]);
    let controls: Vec<Value> =
        (1..=5).map(|n| json!({ "id": format!("a-{n}"), "title": "t", "params": params })).collect();
    let metadata = json!({ "title": "t", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.2.2" });
    let catalog: Catalog =
        serde_json::from_value(json!({ "uuid": "u", "metadata": metadata, "controls": controls })).unwrap();
    let mut plan = SystemSecurityPlan::default();
    plan.control_implementation.implemented_requirements = serde_json::from_value(json!([
        { "uuid": "u", "control-id": "a-4", "set-parameters": [{ "param-id": "days", "values": ["P1D"] }] },
    ]))
    .unwrap();
    compile(&Input {
        catalog: &catalog,
        known_controls: BTreeSet::new(),
        mappings: &mappings,
        metrics: &metrics,
        ontology: &CONTENT.ontology,
        library: &CONTENT.library,
        plan: Some((&plan, &path("ssp.yaml"))),
        imports: &[],
    })
    .unwrap()
    .value
}

fn mapping() -> Value {
    let trestle = "https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd";
    let ours = "https://w3id.org/probity/oscal/1";
    let rule = json!({ "name": "Rule_Id", "ns": trestle, "value": "update-interval" });
    let set = json!([{ "param-id": "update-interval_target", "values": ["P14D"] }]);
    let binding = json!({ "name": "parameter-binding", "ns": ours, "value": "days", "class": "update-interval_target" });
    let requirement = |control: &str, props: Value, set: Value| json!({ "uuid": "u", "control-id": control, "description": "d", "props": props, "set-parameters": set });
    let requirements = json!([
        requirement("a-1", json!([rule]), json!([])),
        requirement("a-2", json!([rule]), set.clone()),
        requirement("a-3", json!([rule, binding]), set.clone()),
        requirement("a-4", json!([rule, binding]), set),
        requirement("a-5", json!([rule, binding]), json!([])),
    ]);
    let metadata = json!({ "title": "t", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.2.2" });
    json!({ "component-definition": { "uuid": "u", "metadata": metadata, "components": [{
        "uuid": "u", "type": "policy", "title": "t", "description": "d",
        "control-implementations": [{
            "uuid": "u", "source": "catalog.yaml", "description": "d", "implemented-requirements": requirements,
        }],
    }] } })
}

#[test]
fn later_targets_win_and_different_ones_are_checks_of_their_own() {
    let compiled = compiled();
    let found: Vec<(&str, u64, Vec<String>, Vec<&str>)> = compiled
        .checks
        .iter()
        .map(|check| {
            let target = check.target.as_ref().unwrap();
            let controls = check.controls.iter().map(String::as_str).collect();
            let sources = target.sources.iter().map(|source| {
                let parameter = source.parameter.as_deref().unwrap_or("-");
                format!("{} {} {parameter}", source.origin.as_str(), source.file)
            });
            (check.name.as_str(), target.value.as_u64().unwrap() / DAY, sources.collect(), controls)
        })
        .collect();
    let by = |text: &str| vec![text.to_owned()];
    let metric = compiled.checks.first().unwrap().metric.file.to_string();
    let wanted = [
        ("update-interval", 30, by(&format!("metric {metric} -")), vec!["a-1"]),
        ("update-interval--2", 14, by("mapping mapping.json update-interval_target"), vec!["a-2"]),
        ("update-interval--3", 7, by("profile mapping.json days"), vec!["a-3", "a-5"]),
        ("update-interval--4", 1, by("system-security-plan ssp.yaml days"), vec!["a-4"]),
    ];
    assert_eq!(found, wanted);
    let of_control = |id: &str| compiled.controls.iter().find(|control| control.id == id).unwrap();
    assert_eq!(of_control("a-5").checks.iter().next().unwrap().as_str(), "update-interval--3");
}

#[test]
fn numbered_checks_have_packages_of_their_own() {
    let compiled = compiled();
    let machine = |days: u64| Case {
        resource: resource(
            &json!({ "type": "VirtualMachine", "automaticUpdates": { "interval": days * DAY } }),
        ),
        related: Vec::new(),
    };
    let outcomes = hold_equal(&compiled, &CONTENT.ontology, &[machine(20), machine(10), machine(1)]);
    let passing: Vec<usize> = outcomes
        .iter()
        .map(|outcomes| outcomes.values().filter(|outcome| *outcome == "pass").count())
        .collect();
    assert_eq!(passing, [1, 2, 4]);
    let paths: Vec<&str> = compiled.bundle.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            ".manifest",
            "assess.rego",
            "data.json",
            "lib/operators.rego",
            "metrics/update_interval.rego",
            "metrics/update_interval__2.rego",
            "metrics/update_interval__3.rego",
            "metrics/update_interval__4.rego",
        ]
    );
}
