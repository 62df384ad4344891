//! Statements against controls.

use std::collections::BTreeMap;

use probity_assessment::compile::Severity::{Critical, High, Low, Moderate};
use probity_assessment::rollup::{State, gate, roll_up};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::system::{System, lines, merged, yaml};

#[derive(Deserialize)]
struct Table {
    base: Value,
    defaults: Value,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    #[serde(default = "no_change")]
    change: Value,
    #[serde(default)]
    statements: Vec<Value>,
    states: BTreeMap<String, State>,
    #[serde(default)]
    found: Vec<String>,
}

fn no_change() -> Value {
    json!({})
}

#[derive(Deserialize)]
struct Statement {
    controls: Vec<String>,
    procedure: Option<String>,
    stated: String,
    until: String,
    outcome: String,
    #[serde(default)]
    unused: Vec<String>,
}

const PARTY: &str = "3c1b9f1e-2a53-4f0e-9c4c-5d1f3a0d7b11";

/// An attestation file with these statements.
fn attestation(statements: &[Statement]) -> Value {
    let ns = probity_oscal::PROBITY_NS;
    let prop = |name: &str, value: &String| json!({"name": name, "ns": ns, "value": value});
    let controls: Vec<&String> = statements.iter().flat_map(|s| &s.controls).collect();
    let observations = statements.iter().zip(1..).map(|(s, n): (_, u32)| {
        let mut props: Vec<Value> = s.controls.iter().map(|id| prop("control-id", id)).collect();
        props.push(prop("outcome", &s.outcome));
        props.extend(s.procedure.iter().map(|id| prop("procedure", id)));
        props.extend(s.unused.iter().map(|kind| prop("unused-resource-type", kind)));
        json!({
            "uuid": format!("5b0c2f0e-7a53-4f0e-9c4c-{n:012}"), "description": "Seen.", "methods": ["EXAMINE"],
            "props": props, "collected": s.stated, "expires": s.until,
        })
    });
    json!({"assessment-results": {
        "uuid": "8d7c2f0e-7a53-4f0e-9c4c-5d1f3a0d7b12",
        "metadata": {"title": "T", "last-modified": "2026-11-01T00:00:00Z", "version": "1", "oscal-version": "1.2.2",
            "parties": [{"uuid": PARTY, "type": "person", "name": "Ada Example"}]},
        "import-ap": {"href": "plan.json"},
        "results": [{
            "uuid": "9d7c2f0e-7a53-4f0e-9c4c-5d1f3a0d7b13", "title": "T", "description": "D",
            "start": "2026-11-01T00:00:00Z",
            "reviewed-controls": {"control-selections": [
                {"include-controls": controls.iter().map(|id| json!({"control-id": id})).collect::<Vec<_>>()}]},
            "attestations": [{"responsible-parties": [{"role-id": "attester", "party-uuids": [PARTY]}],
                "parts": [{"name": "statement", "ns": ns, "prose": "I looked."}]}],
            "observations": observations.collect::<Vec<_>>(),
        }],
    }})
}

/// An attestation file whose only statement, on one control, has expired.
pub(crate) fn expired(control: &str) -> Value {
    let statement = json!({"controls": [control], "stated": "2025-11-01T00:00:00Z", "until": "2026-05-01T00:00:00Z",
        "outcome": "met"});
    attestation(&[serde_json::from_value(statement).unwrap()])
}

#[test]
fn cases() {
    let table: Table = yaml(include_str!("controls.yaml"));
    for case in table.cases {
        let mut value = merged(&table.base, &case.change);
        let statements: Vec<Statement> = case
            .statements
            .iter()
            .map(|statement| serde_json::from_value(merged(&table.defaults, statement)).unwrap())
            .collect();
        if !statements.is_empty() {
            value["attestations"] = json!([attestation(&statements)]);
        }
        let system = System::from_value(value);
        let rolled = roll_up(&system.compiled, &system.verdicts(), &system.attestations);
        let states: BTreeMap<String, State> =
            rolled.value.controls.iter().map(|control| (control.id.clone(), control.state)).collect();
        assert_eq!(states, case.states, "{}", case.name);
        assert_eq!(lines(&rolled.warnings), case.found, "{}", case.name);
        assert_eq!(rolled.value.not_evaluated, ["c9"], "{}", case.name);
    }
}

#[test]
fn the_gate_looks_at_what_is_open() {
    let table: Table = yaml(include_str!("controls.yaml"));
    let system = System::from_value(table.base);
    let rolled = roll_up(&system.compiled, &system.verdicts(), &system.attestations).value;
    let open: Vec<bool> = [Critical, High, Moderate, Low].into_iter().map(|at| gate(&rolled, at)).collect();
    assert_eq!(open, [false, false, true, true], "an unattested procedure is of severity moderate");
    let summary = rolled.summary();
    assert_eq!(summary.states, BTreeMap::from([(State::Unattested, 1), (State::NoSubject, 1)]));
    assert_eq!(summary.severities, BTreeMap::from([(Moderate, 1)]));
    assert_eq!(summary.not_evaluated, 1);
}
