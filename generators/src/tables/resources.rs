//! Checks, and the resources that do not pass them.

use super::{Cell, Column, Table};
use crate::style::Language;
use crate::view::{Check, Report, Resource, Verdict};

const CHECKS: &[Column] = &[
    Column { label: "Check", width: 48 },
    Column { label: "Metric", width: 28 },
    Column { label: "Severity", width: 11 },
    Column { label: "Verdict", width: 13 },
    Column { label: "Property", width: 34 },
    Column { label: "Expected", width: 24 },
    Column { label: "Resources judged", width: 12 },
    Column { label: "Failed", width: 11 },
    Column { label: "Error", width: 11 },
    Column { label: "Unknown", width: 11 },
    Column { label: "Waived", width: 11 },
    Column { label: "Passed", width: 11 },
    Column { label: "Requirements", width: 40 },
    Column { label: "Oldest evidence", width: 18 },
    Column { label: "Recent enough until", width: 18 },
    Column { label: "Rule", width: 40 },
];

/// The checks of `report`, worst first.
pub(super) fn checks(report: &Report, language: Language) -> Table<'_> {
    let rows = report.checks.iter().map(move |check| {
        let rule = check.rego.as_ref().map(|rego| place(&rego.file, rego.line));
        let count = |verdict| Cell::Number(check.counts.get(&verdict).copied().unwrap_or_default());
        let verdict = if check.no_subject {
            Cell::State("no-subject", language.say("No subject").to_owned().into())
        } else {
            Cell::verdict(check.worst, language)
        };
        vec![
            Cell::text(&check.title),
            Cell::some(check.metric.as_deref()),
            Cell::severity(check.severity, language),
            verdict,
            Cell::some(check.property.as_deref()),
            expected(check),
            Cell::Number(check.total),
            count(Verdict::Fail),
            count(Verdict::Error),
            count(Verdict::Unknown),
            count(Verdict::Waived),
            count(Verdict::Pass),
            labels(report, check),
            Cell::instant(check.collected.as_deref()),
            Cell::instant(check.expires.as_deref()),
            Cell::lines(rule),
        ]
    });
    Table { name: "Checks", columns: CHECKS, rows: Box::new(rows) }
}

const RESOURCES: &[Column] = &[
    Column { label: "Requirements", width: 22 },
    Column { label: "Check", width: 40 },
    Column { label: "Severity", width: 11 },
    Column { label: "Resource", width: 34 },
    Column { label: "Id", width: 44 },
    Column { label: "Type", width: 20 },
    Column { label: "Verdict", width: 12 },
    Column { label: "Property", width: 34 },
    Column { label: "Expected", width: 20 },
    Column { label: "Found", width: 24 },
    Column { label: "Reason", width: 48 },
    Column { label: "Evidence", width: 34 },
    Column { label: "Line", width: 9 },
    Column { label: "Collected", width: 18 },
    Column { label: "SHA-256 of the evidence", width: 30 },
];

/// The resources that do not pass a check, as far as the report lists them.
pub(super) fn resources(report: &Report, language: Language) -> Table<'_> {
    let rows = report
        .checks
        .iter()
        .flat_map(move |check| check.listed().map(move |resource| row(report, check, resource, language)));
    Table { name: "Resources", columns: RESOURCES, rows: Box::new(rows) }
}

fn row<'a>(
    report: &'a Report,
    check: &'a Check,
    resource: &'a Resource,
    language: Language,
) -> Vec<Cell<'a>> {
    let measured = resource.measured();
    let evidence = resource.evidence.as_ref();
    let line = evidence.and_then(|evidence| evidence.line);
    vec![
        labels(report, check),
        Cell::text(&check.title),
        Cell::severity(check.severity, language),
        Cell::text(&resource.name),
        Cell::text(&resource.id),
        Cell::text(&resource.r#type),
        Cell::verdict(resource.verdict, language),
        Cell::some(measured.map(|measured| measured.property.as_str())),
        Cell::some(measured.and_then(|measured| measured.expected.as_deref())),
        Cell::some(measured.map(|measured| measured.found.as_str())),
        Cell::some(resource.why()),
        Cell::some(evidence.map(|evidence| evidence.source.as_str())),
        line.map_or(Cell::Empty, |line| Cell::Number(line.into())),
        Cell::instant(evidence.and_then(|evidence| evidence.collected.as_deref())),
        Cell::some(evidence.map(|evidence| evidence.digest.as_str())),
    ]
}

/// Printed ids of the requirements that rest on a check.
fn labels<'a>(report: &'a Report, check: &'a Check) -> Cell<'a> {
    let label = |id: &'a String| report.control(id).map_or(id.as_str(), |control| control.label.as_str());
    let labels: Vec<&str> = check.controls.iter().map(label).collect();
    Cell::lines([labels.join(", ")])
}

fn expected(check: &Check) -> Cell<'_> {
    if check.expected.is_empty() {
        return Cell::Empty;
    }
    let operator = check.operator.as_deref().unwrap_or("==");
    Cell::lines([format!("{operator} {}", check.expected.join(", "))])
}

fn place(file: &str, line: Option<u32>) -> String {
    line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"))
}
