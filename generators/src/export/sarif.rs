//! SARIF 2.1.0 (OASIS): a rule for each check, a result for each resource that does not pass it, and one for each control that
//! rests on people.
//!
//! What is unknown is a result of kind `open`, never a pass; accepted risks are suppressions. GitHub takes 25,000 results of a run
//! and 20 rules tags each.

use probity_diagnostics::{Diagnostics, Location, TreePath, render};
use serde_json::{Value, json};

use super::rows::{Row, by_people, fingerprint, rows};
use super::{Export, lost, set};
use crate::view::{Check, Control, Report, Severity, Verdict};

/// Results of a run that GitHub takes.
const LIMIT: usize = 25_000;

pub(super) fn write(report: &Report, found: &mut Diagnostics) -> Export {
    let mut rules: Vec<Value> = report.checks.iter().map(|check| rule(check, report)).collect();
    let people: Vec<&Control> = by_people(report).collect();
    rules.extend(people.iter().map(|control| rule_of_control(control)));
    let results = rows(report).filter(|row| row.verdict != Verdict::Pass).map(|row| result(&row, report));
    let results: Vec<Value> =
        results.chain(people.iter().map(|control| result_of_control(control))).collect();
    if results.len() > LIMIT {
        let message =
            format!("{} results are more than the {LIMIT} that GitHub takes of a run", results.len());
        let at = TreePath::parse(&report.file).map(|path| Location::file(&path));
        let at = at.unwrap_or_else(|_| Location::file(&TreePath::root()));
        found.push(lost(message, at, "export assessments of fewer sources, or read it with another tool"));
    }
    let log = render::sarif_log(&rules, report.problems.is_empty(), &results);
    Export::json("results.sarif", &log)
}

fn rule(check: &Check, report: &Report) -> Value {
    let mut tags = vec!["compliance".to_owned()];
    tags.extend(report.labels(check).take(19).cloned());
    json!({
        "id": check.name,
        "shortDescription": { "text": check.title },
        "fullDescription": { "text": check.description },
        "defaultConfiguration": { "level": level(check.severity) },
        "properties": { "tags": tags, "security-severity": score(check.severity) },
    })
}

fn rule_of_control(control: &Control) -> Value {
    json!({
        "id": rule_id(control),
        "shortDescription": { "text": format!("{} {}", control.label, control.title) },
        "fullDescription": { "text": "What people state of the control, or that there is nothing to judge it by." },
        "defaultConfiguration": { "level": level(control.severity) },
        "properties": { "tags": ["compliance", control.label], "security-severity": score(control.severity) },
    })
}

fn rule_id(control: &Control) -> String {
    format!("control/{}", control.id)
}

/// The level of a fail.
fn level(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Critical | Severity::High) => "error",
        Some(Severity::Moderate) | None => "warning",
        Some(Severity::Low) => "note",
    }
}

/// A number of the bands by which code scanning sorts.
fn score(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Critical) => "9.5",
        Some(Severity::High) => "8.0",
        Some(Severity::Moderate) | None => "5.5",
        Some(Severity::Low) => "2.0",
    }
}

fn result(row: &Row<'_>, report: &Report) -> Value {
    let resource = row.resource;
    let mut lines = vec![format!("{}: {}", row.check.title, resource.name)];
    lines.extend(row.found());
    let fails = matches!(row.verdict, Verdict::Fail | Verdict::Waived);
    let mut out = json!({
        "ruleId": row.check.name,
        "kind": if fails { "fail" } else { "open" },
        "level": if fails { level(row.check.severity) } else { "none" },
        "message": { "text": lines.join("\n") },
        "locations": [location(row)],
        "partialFingerprints": { "probityResource/v1": row.fingerprint() },
        "properties": { "verdict": row.verdict.word() },
    });
    if row.verdict == Verdict::Waived {
        let reason = row.waiver(report).unwrap_or_else(|| "an accepted risk".to_owned());
        set(
            &mut out,
            "suppressions",
            json!([{ "kind": "external", "status": "accepted", "justification": reason }]),
        );
    }
    out
}

fn location(row: &Row<'_>) -> Value {
    let resource = row.resource;
    let logical = json!([{
        "name": resource.name,
        "fullyQualifiedName": resource.id,
        "kind": "resource",
        "properties": { "type": resource.r#type },
    }]);
    let Some(evidence) = &resource.evidence else { return json!({ "logicalLocations": logical }) };
    let mut physical = json!({ "artifactLocation": render::sarif_file(&evidence.source) });
    if let Some(line) = evidence.line {
        set(&mut physical, "region", json!({ "startLine": line }));
    }
    json!({ "physicalLocation": physical, "logicalLocations": logical })
}

fn result_of_control(control: &Control) -> Value {
    let fails = control.state == crate::view::ControlState::Fail;
    let name = format!("{} {}", control.label, control.title);
    json!({
        "ruleId": rule_id(control),
        "kind": if fails { "fail" } else { "open" },
        "level": if fails { level(control.severity) } else { "none" },
        "message": { "text": format!("{name}: {}", control.state.meaning()) },
        "locations": [{ "logicalLocations": [{ "name": name, "fullyQualifiedName": control.id, "kind": "control" }] }],
        "partialFingerprints": { "probityResource/v1": fingerprint(&rule_id(control), "") },
        "properties": { "state": control.state.word() },
    })
}
