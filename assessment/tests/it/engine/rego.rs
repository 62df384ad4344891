//! Rego that goes wrong or nearly does, evaluated in three ways.

use probity_assessment::compile::{Compiled, compile_metrics, load_metrics};
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{MemoryTree, TreePath};
use serde_json::{Value, json};

use super::content::{CONTENT, path};
use super::oracle::{Case, differences};

/// The files of a metric for virtual machines.
pub(crate) fn metric(name: &str, rego: &str, props: &[(&str, &str)]) -> [(String, String); 2] {
    let ours = "https://w3id.org/probity/oscal/1";
    let trestle = "https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd";
    let mut list = vec![json!({ "name": "Rule_Id", "ns": trestle, "value": name })];
    let fixed = [("category", "test"), ("resource-type", "VirtualMachine"), ("severity", "low")];
    for (name, value) in fixed.iter().chain(props) {
        list.push(json!({ "name": name, "ns": ours, "value": value }));
    }
    let definition = json!({ "component-definition": {
        "uuid": "7f1a2ad0-0000-4000-8000-000000000001",
        "metadata": { "title": name, "last-modified": "2026-11-21T00:00:00Z", "version": "1", "oscal-version": "1.2.2" },
        "components": [{
            "uuid": "7f1a2ad0-0000-4000-8000-000000000002",
            "type": "rule", "title": name, "description": name, "props": list,
        }],
        "back-matter": { "resources": [{
            "uuid": "7f1a2ad0-0000-4000-8000-000000000003",
            "rlinks": [{ "href": "check.rego" }],
        }] },
    } });
    let rego = format!("package probity.metrics.{}\n\n{rego}\n", name.replace('-', "_"));
    [(format!("{name}/metric.yaml"), definition.to_string()), (format!("{name}/check.rego"), rego)]
}

fn compiled(rego: &str) -> Compiled {
    let tree = MemoryTree::of(metric("subject", rego, &[])).unwrap();
    let metrics = load_metrics(&tree, &TreePath::root()).unwrap().value;
    let compiled = compile_metrics(&metrics, &CONTENT.ontology, &CONTENT.library);
    compiled.unwrap_or_else(|errors| panic!("{rego}\n{errors:#?}")).value
}

#[test]
fn three_ways_have_one_outcome() {
    let text = include_bytes!("rego.yaml");
    let groups = document::parse(text, &path("rego.yaml"), Format::Yaml, Limits::default()).unwrap().value;
    let mut wrong = Vec::new();
    for group in groups.as_array().unwrap() {
        let compiled = compiled(group["rego"].as_str().unwrap());
        let cases: Vec<Case> = group["inputs"].as_array().unwrap().iter().map(case).collect();
        let (outcomes, differences) = differences(&compiled, &CONTENT.ontology, &cases);
        wrong.extend(differences.into_iter().map(|difference| format!("{}: {difference}", group["name"])));
        let found: Vec<&str> = outcomes.iter().map(|outcomes| outcomes["subject"].as_str()).collect();
        if json!(found) != group["outcomes"] {
            wrong.push(format!("{}: {found:?} instead of {}", group["name"], group["outcomes"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn case(properties: &Value) -> Case {
    let mut value = properties.clone();
    value["type"] = json!("VirtualMachine");
    Case { resource: super::cases::resource(&value), related: Vec::new() }
}
