//! Compliance Findings (class 2003) of the Open Cybersecurity Schema Framework, version 1.5: an event for each resource that a
//! check was applied to and that is listed, and one for each control that rests on people.

use jiff::Timestamp;
use probity_diagnostics::Diagnostics;
use serde_json::{Value, json};

use super::rows::{Row, by_people, fingerprint, rows};
use super::{Export, set};
use crate::view::{Control, ControlState, Report, Severity, Verdict};

/// The version of the schema that events follow.
const VERSION: &str = "1.5.0";

pub(super) fn write(report: &Report, _: &mut Diagnostics) -> Export {
    let found = rows(report).map(|row| of_row(&row, report));
    let stated = by_people(report).map(|control| of_control(control, report));
    let events: Vec<Value> = found.chain(stated).collect();
    Export::json("compliance-findings.json", &Value::Array(events))
}

/// What an event says besides what is the same in all.
struct Event {
    uid: String,
    title: String,
    desc: String,
    severity: Option<Severity>,
    /// New, suppressed or resolved.
    status: (u8, &'static str),
    /// Of the control: pass, warning or fail.
    outcome: (u8, &'static str),
    code: &'static str,
    detail: String,
    control: String,
    requirements: Vec<String>,
    seen: i64,
    resources: Vec<Value>,
}

fn event(said: Event, report: &Report) -> Value {
    let (severity_id, severity) = severity(said.severity);
    let mut event = json!({
        "activity_id": 1,
        "activity_name": "Create",
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": 2003,
        "class_name": "Compliance Finding",
        "type_uid": 200_301,
        "type_name": "Compliance Finding: Create",
        "time": said.seen,
        "severity_id": severity_id,
        "severity": severity,
        "status_id": said.status.0,
        "status": said.status.1,
        "message": said.title,
        "metadata": {
            "version": VERSION,
            "product": { "name": "Probity", "vendor_name": "Probity", "version": env!("CARGO_PKG_VERSION") },
        },
        "finding_info": {
            "uid": said.uid,
            "title": said.title,
            "desc": said.desc,
            "created_time": said.seen,
        },
        "compliance": {
            "control": said.control,
            "requirements": said.requirements,
            "standards": report.catalog.iter().collect::<Vec<_>>(),
            "status_id": said.outcome.0,
            "status": said.outcome.1,
            "status_code": said.code,
            "status_detail": said.detail,
        },
    });
    if !said.resources.is_empty() {
        set(&mut event, "resources", Value::Array(said.resources));
    }
    event
}

fn severity(severity: Option<Severity>) -> (u8, &'static str) {
    match severity {
        Some(Severity::Critical) => (5, "Critical"),
        Some(Severity::High) => (4, "High"),
        Some(Severity::Moderate) => (3, "Medium"),
        Some(Severity::Low) => (2, "Low"),
        None => (0, "Unknown"),
    }
}

/// Milliseconds since 1970; the as-of instant where `text` is none.
fn instant(text: Option<&str>, report: &Report) -> i64 {
    let parse = |text: &str| text.parse::<Timestamp>().ok();
    let as_of = || report.as_of.as_deref().or(report.end.as_deref()).and_then(parse);
    text.and_then(parse).or_else(as_of).map_or(0, Timestamp::as_millisecond)
}

fn of_row(row: &Row<'_>, report: &Report) -> Value {
    let (resource, check) = (row.resource, row.check);
    let (status, outcome) = match row.verdict {
        Verdict::Fail => ((1, "New"), (3, "Fail")),
        Verdict::Waived => ((3, "Suppressed"), (3, "Fail")),
        Verdict::Unknown | Verdict::Error => ((1, "New"), (2, "Warning")),
        Verdict::Pass => ((4, "Resolved"), (1, "Pass")),
    };
    let mut detail = row.found();
    detail.extend(row.waiver(report).map(|risk| format!("accepted: {risk}")));
    let evidence = resource.evidence.as_ref();
    let mut of = json!({ "uid": resource.id, "name": resource.name, "type": resource.r#type });
    if let Some(scope) = &resource.scope {
        set(&mut of, "group", json!({ "name": scope }));
    }
    let said = Event {
        uid: row.fingerprint(),
        title: format!("{}: {}", check.title, resource.name),
        desc: check.description.clone(),
        severity: check.severity,
        status,
        outcome,
        code: row.verdict.word(),
        detail: detail.join("\n"),
        control: check.name.clone(),
        requirements: report.labels(check).cloned().collect(),
        seen: instant(evidence.and_then(|evidence| evidence.collected.as_deref()), report),
        resources: vec![of],
    };
    event(said, report)
}

fn of_control(control: &Control, report: &Report) -> Value {
    let name = format!("{} {}", control.label, control.title);
    let fails = control.state == ControlState::Fail;
    let said = Event {
        uid: fingerprint(&control.id, ""),
        title: name.clone(),
        desc: control
            .findings
            .iter()
            .map(|finding| finding.description.as_str())
            .collect::<Vec<_>>()
            .join("\n"),
        severity: control.severity,
        status: (1, "New"),
        outcome: if fails { (3, "Fail") } else { (2, "Warning") },
        code: control.state.word(),
        detail: control.state.meaning().to_owned(),
        control: name,
        requirements: vec![control.label.clone()],
        seen: instant(None, report),
        resources: Vec::new(),
    };
    event(said, report)
}
