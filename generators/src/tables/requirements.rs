//! One row per requirement: those that were evaluated and those that were not.

use super::{Cell, Column, Table};
use crate::render::plain;
use crate::style::Language;
use crate::view::{Attestation, Control, NotEvaluated, Report};

const COLUMNS: &[Column] = &[
    Column { label: "Category", width: 24 },
    Column { label: "Requirement", width: 14 },
    Column { label: "Title", width: 48 },
    Column { label: "State", width: 15 },
    Column { label: "Severity", width: 11 },
    Column { label: "Checks", width: 44 },
    Column { label: "Resources judged", width: 12 },
    Column { label: "Not passing", width: 12 },
    Column { label: "Procedures", width: 20 },
    Column { label: "Attested by", width: 22 },
    Column { label: "Attested on", width: 13 },
    Column { label: "Valid until", width: 13 },
    Column { label: "Risks", width: 34 },
    Column { label: "Carried from", width: 34 },
    Column { label: "Finding", width: 60 },
];

/// The requirements of `report` by category.
pub(super) fn requirements(report: &Report, language: Language) -> Table<'_> {
    let rows = report.categories.iter().flat_map(move |category| {
        let name = format!("{} {}", category.label, category.title);
        let other = name.clone();
        let controls = report.controls.iter().filter(|control| control.category == category.id);
        let rest = report.not_evaluated.iter().filter(|control| control.category == category.id);
        controls
            .map(move |control| evaluated(report, control, name.trim().to_owned(), language))
            .chain(rest.map(move |control| not_evaluated(control, other.trim().to_owned(), language)))
    });
    Table { name: "Requirements", columns: COLUMNS, rows: Box::new(rows) }
}

fn evaluated<'a>(
    report: &'a Report,
    control: &'a Control,
    category: String,
    language: Language,
) -> Vec<Cell<'a>> {
    let checks = || control.checks.iter().filter_map(|name| report.check(name));
    let attests = |attestation: &&Attestation| control.attestations.contains(&attestation.uuid);
    let attestations: Vec<&Attestation> = report.attestations.iter().filter(attests).collect();
    let risks = report.risks.iter().filter(|risk| control.risks.contains(&risk.uuid));
    let carried = report.carried.iter().filter(|one| control.carried.contains(&one.uuid));
    let prose = control.findings.iter().flat_map(|finding| plain(&finding.summary));
    vec![
        Cell::Text(category.into()),
        Cell::text(&control.label),
        Cell::text(&control.title),
        Cell::state(control.state, language),
        Cell::severity(control.severity, language),
        Cell::lines(checks().map(|check| check.title.as_str())),
        Cell::Number(checks().map(|check| check.total).sum()),
        Cell::Number(checks().map(|check| check.open).sum()),
        Cell::lines(control.procedures.iter().map(|procedure| procedure.id.as_str())),
        Cell::lines(attestations.iter().flat_map(|attestation| &attestation.by)),
        Cell::day(attestations.iter().filter_map(|attestation| attestation.on.as_deref()).max()),
        Cell::day(attestations.iter().filter_map(|attestation| attestation.valid_until.as_deref()).min()),
        Cell::lines(risks.map(|risk| risk.title.as_str())),
        Cell::lines(carried.map(|one| one.title.as_str())),
        Cell::lines(prose.map(|(is_item, text)| if is_item { format!("- {text}") } else { text })),
    ]
}

fn not_evaluated(control: &NotEvaluated, category: String, language: Language) -> Vec<Cell<'_>> {
    let state = language.say("Not evaluated").to_owned();
    let known = [
        Cell::Text(category.into()),
        Cell::text(&control.label),
        Cell::text(&control.title),
        Cell::State("not-evaluated", state.into()),
    ];
    let empty = (known.len()..COLUMNS.len()).map(|_| Cell::Empty);
    known.into_iter().chain(empty).collect()
}
