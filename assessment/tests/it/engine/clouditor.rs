//! Imported Rego, as it is: specialised modules, interpreter and OPA have one outcome, that of the place it was written for.

use probity_assessment::compile::{Compiled, compile_metrics, load_metrics};
use probity_assessment::verdict::Judge;
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{MemoryTree, TreePath};
use probity_evidence::Ontology;
use serde_json::{Value, json};

use super::content::{CONTENT, path};
use super::oracle::{Case, differences};

/// Our ontology, with that of imported evidence beside it.
fn ontology() -> Ontology {
    let imported = Ontology::load(&CONTENT.tree, &path("ontology/clouditor.yaml")).unwrap().value;
    CONTENT.ontology.clone().beside(imported)
}

/// A metric in package `cch.metrics.subject`.
fn compiled(group: &Value, ontology: &Ontology) -> Compiled {
    let ours = "https://w3id.org/probity/oscal/1";
    let trestle = "https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd";
    let mut props = vec![
        json!({ "name": "Rule_Id", "ns": trestle, "value": "cch-subject" }),
        json!({ "name": "category", "ns": ours, "value": "test" }),
        json!({ "name": "severity", "ns": ours, "value": "low" }),
        json!({ "name": "resource-type", "ns": ours, "value": group.get("type").unwrap_or(&json!("clouditor:VirtualMachine")) }),
    ];
    if let Some(operator) = group.get("operator") {
        props.push(json!({ "name": "operator", "ns": ours, "value": operator }));
        let target = group["target"].to_string();
        props.push(json!({ "name": "target-value", "ns": ours, "value": target, "class": "json" }));
    }
    let definition = json!({ "component-definition": {
        "uuid": "7f1a2ad0-0000-4000-8000-000000000001",
        "metadata": { "title": "subject", "last-modified": "2026-11-21T00:00:00Z", "version": "1", "oscal-version": "1.2.2" },
        "components": [{
            "uuid": "7f1a2ad0-0000-4000-8000-000000000002",
            "type": "rule", "title": "subject", "description": "subject", "props": props,
        }],
        "back-matter": { "resources": [{
            "uuid": "7f1a2ad0-0000-4000-8000-000000000003",
            "rlinks": [{ "href": "check.rego" }],
        }] },
    } });
    let rego = format!("package cch.metrics.subject\n\nimport rego.v1\n{}", group["rego"].as_str().unwrap());
    let files = [("subject/metric.yaml", definition.to_string()), ("subject/check.rego", rego.clone())];
    let tree = MemoryTree::of(files.map(|(path, text)| (path.to_owned(), text))).unwrap();
    let metrics = load_metrics(&tree, &TreePath::root()).unwrap().value;
    let compiled = compile_metrics(&metrics, ontology, &CONTENT.library);
    compiled.unwrap_or_else(|errors| panic!("{rego}\n{errors:#?}")).value
}

fn groups() -> Vec<Value> {
    let text = include_bytes!("clouditor.yaml");
    let read = document::parse(text, &path("clouditor.yaml"), Format::Yaml, Limits::default());
    read.unwrap().value.as_array().unwrap().clone()
}

fn case(group: &Value, properties: &Value) -> Case {
    let mut value = properties.clone();
    let others = value.as_object_mut().unwrap().remove("others");
    value["type"] = group.get("type").cloned().unwrap_or_else(|| json!("clouditor:VirtualMachine"));
    let related =
        others.iter().flat_map(|list| list.as_array().unwrap()).map(super::cases::resource).collect();
    Case { resource: super::cases::resource(&value), related }
}

#[test]
fn imported_rego_has_one_outcome() {
    let ontology = ontology();
    let mut wrong = Vec::new();
    for group in groups() {
        let compiled = compiled(&group, &ontology);
        let cases: Vec<Case> =
            group["inputs"].as_array().unwrap().iter().map(|input| case(&group, input)).collect();
        let (outcomes, differences) = differences(&compiled, &ontology, &cases);
        wrong.extend(differences.into_iter().map(|difference| format!("{}: {difference}", group["name"])));
        let found: Vec<&str> = outcomes.iter().map(|outcomes| outcomes["cch_subject"].as_str()).collect();
        if json!(found) != group["outcomes"] {
            wrong.push(format!("{}: {found:?} instead of {}", group["name"], group["outcomes"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is not collected is unknown, whatever the Rego makes of it.
#[test]
fn imported_metrics_know_what_was_not_collected() {
    let ontology = ontology();
    let mut wrong = Vec::new();
    for group in groups().iter().filter(|group| group.get("verdicts").is_some()) {
        let compiled = compiled(group, &ontology);
        let judge = Judge::new(&compiled, &ontology).unwrap();
        let verdicts: Vec<String> = group["inputs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|input| {
                let case = case(group, input);
                let verdicts = judge.session().judge(&case.resource, &case.related, case.resource.collected);
                let verdict = verdicts.into_values().next();
                verdict.map_or("not-applicable".to_owned(), |(outcome, _)| outcome.as_str().to_owned())
            })
            .collect();
        if json!(verdicts) != group["verdicts"] {
            wrong.push(format!("{}: {verdicts:?} instead of {}", group["name"], group["verdicts"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
