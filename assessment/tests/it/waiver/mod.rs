//! Reading accepted risks, and when they are in force.

use jiff::Timestamp;
use probity_assessment::compile::Compiled;
use probity_assessment::verdict::Verdicts;
use probity_assessment::waiver::{self, AcceptedRisks};
use probity_diagnostics::TreePath;
use serde::Deserialize;
use serde_json::Value;

use crate::system::{lines, merged, yaml};

#[derive(Deserialize)]
struct Table {
    base: Value,
    cases: Vec<Case>,
    force: Vec<Force>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    #[serde(default)]
    risk: Value,
    #[serde(default)]
    found: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Force {
    name: String,
    as_of: Timestamp,
    waivers: usize,
    found: Vec<String>,
}

fn table() -> Table {
    yaml(include_str!("cases.yaml"))
}

fn read(document: &Value) -> probity_diagnostics::Step<waiver::WaiverFile> {
    let model = serde_json::from_value(document["plan-of-action-and-milestones"].clone()).unwrap();
    waiver::from_document(&model, &TreePath::parse("poam.yaml").unwrap())
}

#[test]
fn cases() {
    let table = table();
    for case in &table.cases {
        let mut document = table.base.clone();
        if !case.risk.is_null() {
            let risk = &mut document["plan-of-action-and-milestones"]["risks"][0];
            *risk = merged(risk, &case.risk);
        }
        let found = read(&document).map_or_else(|found| lines(&found), |read| lines(&read.warnings));
        assert_eq!(found, case.found, "{}", case.name);
    }
}

#[test]
fn in_force_from_approval_to_deadline() {
    let table = table();
    let file = read(&table.base).unwrap().value;
    let risks = AcceptedRisks::new(vec![file]).unwrap().value;
    let compiled = Compiled::without_code(Vec::new(), Vec::new(), Vec::new());
    for force in &table.force {
        assert_eq!(risks.waivers(force.as_of).len(), force.waivers, "{}", force.name);
        let found = risks.review(&compiled, &Verdicts::new("demo", force.as_of));
        assert_eq!(lines(&found), force.found, "{}", force.name);
    }
}

#[test]
fn one_waiver_for_each_metric() {
    let mut document = table().base;
    let risk = &mut document["plan-of-action-and-milestones"]["risks"][0];
    let mut second = risk["props"][0].clone();
    second["value"] = "m-two".into();
    risk["props"].as_array_mut().unwrap().push(second);
    let risks = AcceptedRisks::new(vec![read(&document).unwrap().value]).unwrap().value;
    let waivers = risks.waivers("2026-11-21T12:00:00Z".parse().unwrap());
    let metrics: Vec<&str> = waivers.iter().map(|waiver| waiver.metric.as_str()).collect();
    assert_eq!(metrics, ["m-one", "m-two"]);
    assert!(waivers.iter().all(|waiver| waiver.resources.as_ref().is_some_and(|ids| ids.contains("r1"))));
}

#[test]
fn a_risk_twice() {
    let file = read(&table().base).unwrap().value;
    let copy = waiver::WaiverFile { path: TreePath::parse("copy.yaml").unwrap(), ..file.clone() };
    let found = AcceptedRisks::new(vec![file, copy]).unwrap_err();
    assert_eq!(
        lines(&found),
        ["error PB0673 /plan-of-action-and-milestones/risks/0: two accepted risks have the uuid \
          `6ab37d0e-4e7c-4b6c-9d0f-3f2f6b7e8a10`"]
    );
}
