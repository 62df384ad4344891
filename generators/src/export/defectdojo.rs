//! The generic findings of `DefectDojo` (`Generic Findings Import`, JSON): one for each resource that does not pass a check, and one
//! for each control that rests on people.
//!
//! Its importer refuses keys that it does not know and findings without title, severity or description; a reimport matches findings
//! by `unique_id_from_tool` and closes those that are not there any more. So what is unknown is written as well, under review: its
//! finding is not closed because nobody could look.

use jiff::Timestamp;
use probity_diagnostics::Diagnostics;
use serde_json::{Value, json};

use super::rows::{Row, by_people, fingerprint, rows};
use super::{Export, set};
use crate::view::{Control, ControlState, Report, Severity, Verdict};

/// Characters of a title.
const TITLE: usize = 511;
/// Characters of the name of a component.
const COMPONENT: usize = 500;

pub(super) fn write(report: &Report, _: &mut Diagnostics) -> Export {
    let found = rows(report).filter(|row| row.verdict != Verdict::Pass).map(|row| of_row(&row, report));
    let stated = by_people(report).map(|control| of_control(control, report));
    let findings: Vec<Value> = found.chain(stated).collect();
    let document = json!({
        "name": report.title,
        "type": "Probity",
        "version": env!("CARGO_PKG_VERSION"),
        "findings": findings,
    });
    Export::json("defectdojo.json", &document)
}

/// A text of at most so many characters.
pub(super) fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit.saturating_sub(1)).chain(['\u{2026}']).collect()
}

fn severity(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Critical) => "Critical",
        Some(Severity::High) => "High",
        Some(Severity::Moderate) => "Medium",
        Some(Severity::Low) => "Low",
        None => "Info",
    }
}

/// The day of an instant.
fn day(text: Option<&str>) -> Option<String> {
    let instant: Timestamp = text?.parse().ok()?;
    Some(instant.to_string().chars().take(10).collect())
}

/// Tags hold no commas and no blanks.
fn tag(text: &str) -> String {
    text.replace([',', ' '], "-").to_lowercase()
}

fn of_row(row: &Row<'_>, report: &Report) -> Value {
    let (check, resource) = (row.check, row.resource);
    let controls: Vec<String> = report.labels(check).cloned().collect();
    let mut lines = vec![check.description.clone()];
    lines.extend(row.found().into_iter().map(|line| format!("- {line}")));
    lines.push(format!("Resource `{}` of type {}.", resource.id, resource.r#type));
    lines.push(format!("Controls: {}.", controls.join(", ")));
    lines.extend(row.waiver(report).map(|risk| format!("Accepted: {risk}.")));
    let fails = row.verdict == Verdict::Fail;
    let settled = matches!(row.verdict, Verdict::Fail | Verdict::Waived);
    let mut finding = json!({
        "title": cut(&format!("{}: {}", check.title, resource.name), TITLE),
        "severity": severity(check.severity),
        "description": lines.join("\n"),
        "active": row.verdict != Verdict::Waived,
        "verified": fails,
        "risk_accepted": row.verdict == Verdict::Waived,
        "under_review": !settled,
        "unique_id_from_tool": row.fingerprint(),
        "vuln_id_from_tool": check.name,
        "component_name": cut(&resource.id, COMPONENT),
        "static_finding": false,
        "dynamic_finding": true,
        "references": controls.join("\n"),
        "tags": controls.iter().map(|label| tag(label)).collect::<Vec<_>>(),
    });
    if let Some(scope) = &resource.scope {
        set(&mut finding, "service", json!(cut(scope, 200)));
    }
    if let Some(evidence) = &resource.evidence {
        set(&mut finding, "file_path", json!(evidence.source));
        set(&mut finding, "line", json!(evidence.line));
    }
    let seen = resource.evidence.as_ref().and_then(|evidence| evidence.collected.as_deref());
    if let Some(day) = day(seen).or_else(|| day(report.as_of.as_deref())) {
        set(&mut finding, "date", json!(day));
    }
    if !check.expected.is_empty() {
        let property = check.property.as_deref().unwrap_or("the property");
        set(&mut finding, "mitigation", json!(format!("Bring {property} to {}.", check.expected.join(", "))));
    }
    finding
}

fn of_control(control: &Control, report: &Report) -> Value {
    let told: Vec<&str> = control.findings.iter().map(|finding| finding.description.as_str()).collect();
    let fails = control.state == ControlState::Fail;
    let mut finding = json!({
        "title": cut(&format!("{} {}", control.label, control.title), TITLE),
        "severity": severity(control.severity),
        "description": format!("{}\n\n{}", control.state.meaning(), told.join("\n\n")),
        "active": true,
        "verified": fails,
        "under_review": !fails,
        "unique_id_from_tool": fingerprint(&control.id, ""),
        "vuln_id_from_tool": control.id,
        "static_finding": false,
        "dynamic_finding": false,
        "tags": [tag(&control.label)],
    });
    if let Some(day) = day(report.as_of.as_deref()) {
        set(&mut finding, "date", json!(day));
    }
    finding
}
