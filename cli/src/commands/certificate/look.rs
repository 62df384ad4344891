use jiff::civil::Date;
use probity_diagnostics::TreePath;
use probity_project::register::{self, Risk};
use probity_register::{Certificate, Standing, altered, overlaps, review};
use serde_json::{Value, json};

use super::{Look, Opened};
use crate::commands::settle;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

pub(super) fn list(look: &Look, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let opened = Opened::new(&look.project, surroundings, ui)?;
    let day = opened.day(look, surroundings, ui)?;
    if look.format.format == Format::Json {
        let all: Vec<Value> = opened.certificates.iter().map(|one| facts(one, day)).collect();
        ui.json(&json!(all));
        return Ok(Status::Done);
    }
    rows(&opened.certificates, day).iter().for_each(|row| ui.result(row));
    if opened.certificates.is_empty() {
        ui.note("the register is empty; `probity certificate add` puts something into it");
    }
    Ok(Status::Done)
}

/// A line for each certificate, in columns.
fn rows(certificates: &[Certificate], day: Date) -> Vec<String> {
    let cells = |one: &Certificate| {
        let Standing { status, next, overdue } = one.standing(day);
        let next = match (overdue, next) {
            (Some(due), _) => format!("overdue since {due}"),
            (None, Some(next)) => format!("next {next}"),
            (None, None) => String::new(),
        };
        [one.name.clone(), status.to_string(), one.scheme.clone(), one.kind.words(), next]
    };
    let table: Vec<[String; 5]> = certificates.iter().map(cells).collect();
    let width =
        |column: usize| table.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..5).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    table.iter().map(line).collect()
}

/// A certificate for programs.
fn facts(one: &Certificate, day: Date) -> Value {
    let standing = one.standing(day);
    let changes = one.changes.iter().map(|change| {
        json!({"status": change.status.as_str(), "on": change.on.to_string(), "reason": change.reason})
    });
    let documents = one.documents.iter().map(|document| {
        json!({
            "title": document.title,
            "file": document.path.as_ref().map(TreePath::as_str),
            "sha-256": document.digest.as_ref().map(ToString::to_string),
            "baseline": document.is_baseline,
        })
    });
    let (covered, left) = one.controls();
    json!({
        "name": one.name,
        "title": one.title,
        "scheme": one.scheme,
        "kind": one.kind.words(),
        "reference": one.reference,
        "issuer": one.issuer.name,
        "status": standing.status.as_str(),
        "in-force": standing.status.is_in_force(),
        "valid-from": one.from.to_string(),
        "valid-until": one.until.to_string(),
        "bridge-until": one.bridge_until.map(|day| day.to_string()),
        "overdue": standing.overdue.map(|day| day.to_string()),
        "next": standing.next.map(|day| day.to_string()),
        "assessment": one.assessment,
        "scope": one.scope,
        "changes": changes.collect::<Vec<_>>(),
        "documents": documents.collect::<Vec<_>>(),
        "inherited": covered,
        "not-covered": left.iter().map(|inherited| &inherited.control).collect::<Vec<_>>(),
        "file": one.file.as_str(),
    })
}

pub(super) fn show(
    name: &str,
    look: &Look,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let opened = Opened::new(&look.project, surroundings, ui)?;
    let day = opened.day(look, surroundings, ui)?;
    let one = opened.named(name, ui)?;
    if look.format.format == Format::Json {
        ui.json(&facts(one, day));
    } else {
        story(one, day).iter().for_each(|line| ui.result(line));
    }
    Ok(Status::Done)
}

fn story(one: &Certificate, day: Date) -> Vec<String> {
    let standing = one.standing(day);
    let mut lines = vec![format!("{}: {}", one.name, one.title), String::new()];
    let mut line = |name: &str, value: &str| lines.push(format!("{name:12} {value}"));
    line("status", &format!("{} on {day}", standing.status));
    line("scheme", &format!("{}, {}", one.scheme, one.kind.words()));
    if let Some(reference) = &one.reference {
        line("reference", reference);
    }
    line("issuer", one.issuer.name.as_deref().unwrap_or(&one.issuer.uuid));
    line("term", &format!("{} to {}", one.from, one.until));
    if let Some(bridge) = one.bridge_until {
        line("bridge", &format!("to {bridge}"));
    }
    if let Some(assessment) = &one.assessment {
        let scope = one.scope.len();
        let of = match scope {
            0 => "all controls".to_owned(),
            1 => "1 control".to_owned(),
            _ => format!("{scope} controls"),
        };
        line("assessment", &format!("{assessment}, {of}"));
    }
    for due in &one.surveillance {
        let word = if standing.overdue == Some(*due) { " (overdue)" } else { "" };
        line("surveillance", &format!("by {due}{word}"));
    }
    for change in &one.changes {
        let reason = change.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        line(&change.on.to_string(), &format!("{}{reason}", change.status));
    }
    for document in &one.documents {
        let digest = document.digest.as_ref().map(|digest| format!("  SHA-256 {digest}")).unwrap_or_default();
        line("document", &format!("{}{digest}", document.title));
    }
    let (covered, left) = one.controls();
    for (word, controls) in [
        ("inherited", covered.into_iter().collect::<Vec<_>>()),
        ("not covered", left.iter().map(|inherited| inherited.control.as_str()).collect()),
    ] {
        if !controls.is_empty() {
            line(word, &controls.join(", "));
        }
    }
    lines
}

pub(super) fn check(look: &Look, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(look.format.format);
    let opened = Opened::new(&look.project, surroundings, ui)?;
    let day = opened.day(look, surroundings, ui)?;
    let mut findings = overlaps(&opened.certificates);
    let mut unbuilt = Vec::new();
    for one in &opened.certificates {
        findings.extend(review(one, day));
        findings.extend(altered(opened.tree(), one));
        if !one.is_kept(day) {
            continue;
        }
        match settle(
            register::built_risk(opened.tree(), opened.workspace.disk.as_ref(), one),
            opened.tree(),
            ui,
        )? {
            Some(Risk::Unbuilt) => {
                unbuilt.extend(one.assessment.clone().map(|name| (one.name.clone(), name)));
            }
            Some(risk) => findings.extend(risk.finding(one)),
            None => {}
        }
    }
    ui.findings(&findings, opened.tree());
    for (certificate, assessment) in &unbuilt {
        ui.note(&format!(
            "note: whether `{certificate}` is at risk is not known: run `probity build {assessment}`"
        ));
    }
    if look.format.format == Format::Json {
        let all: Vec<Value> = opened.certificates.iter().map(|one| facts(one, day)).collect();
        ui.outcome(
            json!({"certificates": all, "unbuilt": unbuilt.iter().map(|(name, _)| name).collect::<Vec<_>>()}),
            false,
        );
    } else {
        rows(&opened.certificates, day).iter().for_each(|row| ui.result(row));
    }
    let status = if findings.is_empty() { Status::Done } else { Status::Findings };
    Ok(status.and(if unbuilt.is_empty() { Status::Done } else { Status::Incomplete }))
}
