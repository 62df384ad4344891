//! What people state: attestations, risks and certificates.

use super::{Cell, Column, Table};
use crate::style::Language;
use crate::view::Report;

const ATTESTATIONS: &[Column] = &[
    Column { label: "Attestation", width: 44 },
    Column { label: "Requirements", width: 30 },
    Column { label: "Procedure", width: 24 },
    Column { label: "Outcome", width: 14 },
    Column { label: "State", width: 13 },
    Column { label: "Attested by", width: 26 },
    Column { label: "Attested on", width: 13 },
    Column { label: "Valid until", width: 13 },
    Column { label: "Method", width: 18 },
    Column { label: "Statement", width: 70 },
];

/// The attestations of `report`.
pub(super) fn attestations(report: &Report, language: Language) -> Table<'_> {
    let rows = report.attestations.iter().map(move |attestation| {
        let (word, state) = attestation.standing("Valid");
        vec![
            Cell::text(&attestation.title),
            labels(report, &attestation.controls),
            Cell::some(attestation.procedure.as_deref()),
            Cell::some(attestation.outcome.as_deref()),
            Cell::State(word, language.say(state).to_owned().into()),
            Cell::lines(&attestation.by),
            Cell::day(attestation.on.as_deref()),
            Cell::day(attestation.valid_until.as_deref()),
            Cell::lines(&attestation.methods),
            Cell::text(&attestation.text),
        ]
    });
    Table { name: "Attestations", columns: ATTESTATIONS, rows: Box::new(rows) }
}

const RISKS: &[Column] = &[
    Column { label: "Risk", width: 48 },
    Column { label: "Status", width: 18 },
    Column { label: "Severity", width: 11 },
    Column { label: "Requirements", width: 30 },
    Column { label: "Check", width: 40 },
    Column { label: "Deadline", width: 13 },
    Column { label: "Accepted by", width: 26 },
    Column { label: "Statement", width: 70 },
];

/// The risks of `report`, open and accepted ones.
pub(super) fn risks(report: &Report, language: Language) -> Table<'_> {
    let rows = report.risks.iter().map(move |risk| {
        let controls = report.controls.iter().filter(|control| control.risks.contains(&risk.uuid));
        let check = risk.check.as_deref().and_then(|check| report.check(check));
        let by: &[String] = if risk.accepted { &risk.by } else { &[] };
        vec![
            Cell::text(&risk.title),
            Cell::lines([language.say(risk.status_name())]),
            Cell::severity(risk.severity, language),
            Cell::lines([controls.map(|control| control.label.as_str()).collect::<Vec<_>>().join(", ")]),
            Cell::some(check.map(|check| check.title.as_str())),
            Cell::day(risk.deadline.as_deref()),
            Cell::lines(by),
            Cell::text(&risk.statement),
        ]
    });
    Table { name: "Risks", columns: RISKS, rows: Box::new(rows) }
}

const CERTIFICATES: &[Column] = &[
    Column { label: "Certificate", width: 44 },
    Column { label: "State", width: 18 },
    Column { label: "Scheme", width: 14 },
    Column { label: "Kind", width: 26 },
    Column { label: "Issuer", width: 26 },
    Column { label: "Number", width: 18 },
    Column { label: "Valid from", width: 13 },
    Column { label: "Valid until", width: 13 },
    Column { label: "Surveillance overdue", width: 20 },
    Column { label: "Newly failing", width: 30 },
    Column { label: "Inherited", width: 30 },
    Column { label: "Not covered", width: 30 },
];

/// The certificates of `report`.
pub(super) fn certificates(report: &Report, language: Language) -> Table<'_> {
    let rows = report.certificates.iter().map(move |one| {
        let (word, state) = one.standing();
        vec![
            Cell::text(&one.title),
            Cell::State(word, language.say(state).to_owned().into()),
            Cell::text(&one.scheme),
            Cell::text(&one.kind),
            Cell::some(one.issuer.as_deref()),
            Cell::some(one.reference.as_deref()),
            Cell::Day(&one.from),
            Cell::Day(&one.until),
            Cell::day(one.overdue.as_deref()),
            labels(report, &one.at_risk),
            labels(report, &one.inherited),
            labels(report, &one.not_covered),
        ]
    });
    Table { name: "Certificates", columns: CERTIFICATES, rows: Box::new(rows) }
}

/// Printed ids of controls.
fn labels<'a>(report: &Report, ids: &[String]) -> Cell<'a> {
    let labels =
        ids.iter().map(|id| report.control(id).map_or(id.as_str(), |control| control.label.as_str()));
    Cell::lines([labels.collect::<Vec<_>>().join(", ")])
}
