//! The report as GitHub-flavoured Markdown, short enough for a pull request.

use std::collections::BTreeMap;

use probity_diagnostics::Diagnostics;
use serde::Serialize;

use crate::render::{Surface, render_in};
use crate::style::Style;
use crate::view::certificate::{Shown, shown};
use crate::view::{
    Attestation, Carried, Category, Check, Control, ControlState, Report, Resource, Risk, Severity, Verdict,
};

/// Open controls in the table.
const CONTROLS: usize = 100;
/// Checks with a section of their own.
const CHECKS: usize = 25;
/// Resources listed per check.
const RESOURCES: usize = 10;

#[derive(Serialize)]
struct Page<'a> {
    report: &'a Report,
    states: Vec<Word>,
    severities: Vec<Word>,
    categories: Vec<CategoryRow<'a>>,
    open: Vec<ControlRow<'a>>,
    more_open: usize,
    checks: Vec<CheckBlock<'a>>,
    more_checks: usize,
    labels: BTreeMap<&'a str, &'a str>,
    /// Accepted risks, and those that no check stands for.
    risks: Vec<&'a Risk>,
    attestations: Vec<&'a Attestation>,
    certificates: Vec<Shown<'a>>,
    carried: Vec<CarriedRow<'a>>,
}

/// A result that a mapping carries to a control.
#[derive(Serialize)]
struct CarriedRow<'a> {
    control: &'a Control,
    state: &'static str,
    carried: &'a Carried,
}

#[derive(Serialize)]
struct Word {
    name: &'static str,
    meaning: &'static str,
    count: u64,
}

#[derive(Serialize)]
struct CategoryRow<'a> {
    category: &'a Category,
    satisfied: u64,
    failed: u64,
    unsettled: u64,
    waived: u64,
    rest: u64,
}

#[derive(Serialize)]
struct ControlRow<'a> {
    control: &'a Control,
    state: &'static str,
    checks: Vec<&'a str>,
}

#[derive(Serialize)]
struct CheckBlock<'a> {
    check: &'a Check,
    rows: Vec<Row<'a>>,
    more: u64,
}

#[derive(Serialize)]
struct Row<'a> {
    resource: &'a Resource,
    verdict: &'static str,
}

/// `report` as Markdown. Nothing that evidence holds becomes markup, a link or a mention.
///
/// # Errors
/// A template is wrong: PB0809 where it is a project's, else PB0806.
pub fn markdown(report: &Report, style: &Style<'_>) -> Result<String, Diagnostics> {
    let text = render_in(style, Surface::Markdown, "report.md", &page(report), [])?;
    Ok(match style.marking {
        Some(marking) => marking.on_markdown(&text),
        None => text,
    })
}

fn page(report: &Report) -> Page<'_> {
    let mut open: Vec<&Control> = report.controls.iter().filter(|control| control.state.is_open()).collect();
    open.sort_by_key(|control| (control.state, control.severity.map_or(u8::MAX, |severity| severity as u8)));
    let failing: Vec<&Check> = report.checks.iter().filter(|check| is_shown(check)).collect();
    Page {
        report,
        states: ControlState::ALL.into_iter().map(|state| state_word(report, state)).collect(),
        severities: Severity::ALL.into_iter().map(|severity| severity_word(report, severity)).collect(),
        categories: report.categories.iter().map(category_row).collect(),
        more_open: open.len().saturating_sub(CONTROLS),
        open: open.into_iter().take(CONTROLS).map(|control| control_row(report, control)).collect(),
        more_checks: failing.len().saturating_sub(CHECKS),
        checks: failing.into_iter().take(CHECKS).map(check_block).collect(),
        labels: report.controls.iter().map(|control| (control.id.as_str(), control.label.as_str())).collect(),
        risks: report.risks.iter().filter(|risk| risk.accepted || risk.check.is_none()).collect(),
        attestations: report.attestations.iter().collect(),
        certificates: shown(&report.certificates),
        carried: report.controls.iter().flat_map(|control| carried_rows(report, control)).collect(),
    }
}

fn carried_rows<'a>(report: &'a Report, control: &'a Control) -> impl Iterator<Item = CarriedRow<'a>> {
    let carried = report.carried.iter().filter(|one| control.carried.contains(&one.uuid));
    carried.map(move |carried| CarriedRow {
        control,
        state: carried.state.map_or("–", ControlState::name),
        carried,
    })
}

/// Checks with something open, and observations of other tools, which have no verdicts.
fn is_shown(check: &Check) -> bool {
    check.open > 0 || (check.worst.is_none() && !check.no_subject)
}

fn state_word(report: &Report, state: ControlState) -> Word {
    let count = report.totals.states.get(&state).copied().unwrap_or_default();
    Word { name: state.name(), meaning: state.meaning(), count }
}

fn severity_word(report: &Report, severity: Severity) -> Word {
    let count = report.totals.severities.get(&severity).copied().unwrap_or_default();
    Word { name: severity.name(), meaning: "", count }
}

fn category_row(category: &Category) -> CategoryRow<'_> {
    let [failed, unsettled, waived, satisfied, rest] = category.counts();
    CategoryRow { category, satisfied, failed, unsettled, waived, rest }
}

fn control_row<'a>(report: &'a Report, control: &'a Control) -> ControlRow<'a> {
    let checks = control.checks.iter().filter_map(|name| report.check(name)).filter(|check| is_shown(check));
    ControlRow {
        control,
        state: control.state.name(),
        checks: checks.map(|check| check.title.as_str()).collect(),
    }
}

fn check_block(check: &Check) -> CheckBlock<'_> {
    let open = check.resources.iter().filter(|r| !matches!(r.verdict, Some(Verdict::Pass | Verdict::Waived)));
    let row = |resource| Row { resource, verdict: verdict_name(resource) };
    let rows: Vec<Row<'_>> = open.take(RESOURCES).map(row).collect();
    let listed = u64::try_from(rows.len()).unwrap_or_default();
    CheckBlock { check, more: check.open.saturating_sub(listed), rows }
}

fn verdict_name(resource: &Resource) -> &'static str {
    resource.verdict.map_or("Observed", Verdict::name)
}
