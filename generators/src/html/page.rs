//! What the template is given.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chart::{Chart, charts};
use crate::series::{Pictures, Trend};
use crate::view::certificate::{Shown, shown};
use crate::view::{
    Attestation, Carried, Category, Check, Control, ControlState, NotEvaluated, Report, Resource, Risk,
    Severity, Verdict,
};

/// Resources that a control lists below each of its checks; the check lists more.
const BRIEF: usize = 6;
/// Checks in the list of what to mend first.
const FIRST: usize = 8;

/// Everything that the template shows.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    report: &'a Report,
    states: Vec<Word>,
    severities: Vec<Word>,
    verdicts: Vec<Word>,
    charts: Vec<Chart<'a>>,
    /// Categories in which nothing was evaluated.
    untouched: Vec<&'a Category>,
    first: Vec<CheckLine<'a>>,
    groups: Vec<Group<'a>>,
    checks: Vec<CheckBlock<'a>>,
    not_evaluated: Vec<NotEvaluatedGroup<'a>>,
    /// Printed ids by control id.
    labels: BTreeMap<&'a str, &'a str>,
    /// Titles by check.
    titles: BTreeMap<&'a str, &'a str>,
    risks: Risks<'a>,
    certificates: Vec<Shown<'a>>,
    /// The pictures of the trend.
    pictures: Option<Pictures<'a>>,
}

/// The risks of a report.
#[derive(Serialize)]
struct Risks<'a> {
    /// Accepted ones, and those that no check stands for.
    own: Vec<RiskCard<'a>>,
    /// Open ones that say of a check that it fails.
    of_checks: Vec<&'a Risk>,
}

/// A risk that somebody wrote, with those of other checks that the same waiver accepts.
#[derive(Serialize)]
struct RiskCard<'a> {
    risk: &'a Risk,
    also: Vec<&'a Risk>,
}

/// A word with its name and how often it occurs.
#[derive(Serialize)]
struct Word {
    id: &'static str,
    name: &'static str,
    meaning: &'static str,
    count: u64,
}

/// The controls of a category.
#[derive(Serialize)]
struct Group<'a> {
    category: &'a Category,
    controls: Vec<ControlBlock<'a>>,
}

/// A control with what it rests on.
#[derive(Serialize)]
struct ControlBlock<'a> {
    control: &'a Control,
    checks: Vec<CheckLine<'a>>,
    attestations: Vec<&'a Attestation>,
    risks: Vec<&'a Risk>,
    /// What mappings carry to it from other catalogs.
    carried: Vec<&'a Carried>,
    /// What other catalogs say beside it.
    shown: Vec<&'a Carried>,
    /// Verdicts of its checks that are neither pass nor waived.
    open: u64,
}

/// A check in brief, with some of its resources.
#[derive(Serialize)]
struct CheckLine<'a> {
    name: &'a str,
    title: &'a str,
    severity: Option<Severity>,
    worst: Option<Verdict>,
    no_subject: bool,
    property: Option<&'a str>,
    operator: Option<&'a str>,
    expected: &'a [String],
    expected_from: &'a [String],
    total: u64,
    open: u64,
    counts: Vec<Word>,
    controls: &'a [String],
    resources: Vec<Brief<'a>>,
    more: u64,
}

/// A resource in brief; its number finds it among those of the check.
#[derive(Serialize)]
struct Brief<'a> {
    number: usize,
    name: &'a str,
    r#type: &'a str,
    verdict: Option<Verdict>,
    found: Option<&'a str>,
    /// Why the outcome is unknown or error, else what the metric says about the value.
    reason: Option<&'a str>,
}

/// A check in full.
#[derive(Serialize)]
struct CheckBlock<'a> {
    check: &'a Check,
    counts: Vec<Word>,
    resources: Vec<Numbered<'a>>,
    /// Which part of the packed data lists its other resources; none where there are no others.
    data: Option<usize>,
    /// Resources that do not pass and stand neither in the page nor in its data.
    omitted: u64,
    /// Those that do not stand in the page: what is left where the data cannot be shown.
    beyond: u64,
}

/// A resource with its number in the check.
#[derive(Serialize)]
struct Numbered<'a> {
    number: usize,
    brief: Brief<'a>,
    resource: &'a Resource,
}

/// Controls of a category that nothing was evaluated for.
#[derive(Serialize)]
struct NotEvaluatedGroup<'a> {
    category: &'a Category,
    controls: Vec<NotEvaluatedLine<'a>>,
}

/// A control that nothing was evaluated for, and what other catalogs say beside it.
#[derive(Serialize)]
struct NotEvaluatedLine<'a> {
    control: &'a NotEvaluated,
    shown: Vec<&'a Carried>,
}

/// The page of `report`.
pub(super) fn page(report: &Report) -> Page<'_> {
    let open = report.checks.iter().filter(|check| check.open > 0);
    Page {
        report,
        states: ControlState::ALL.into_iter().map(|state| state_word(report, state)).collect(),
        severities: Severity::ALL.into_iter().map(|severity| severity_word(report, severity)).collect(),
        verdicts: Verdict::ALL
            .into_iter()
            .map(|verdict| verdict_word(verdict, &report.totals.verdicts))
            .collect(),
        charts: charts(report),
        untouched: report.categories.iter().filter(|category| category.evaluated == 0).collect(),
        first: open.take(FIRST).map(|check| check_line(check, 3, is_open)).collect(),
        groups: report.categories.iter().filter_map(|category| group(report, category)).collect(),
        checks: check_blocks(report),
        not_evaluated: report.categories.iter().filter_map(|c| not_evaluated(report, c)).collect(),
        labels: report.controls.iter().map(|control| (control.id.as_str(), control.label.as_str())).collect(),
        risks: risks(report),
        certificates: shown(&report.certificates),
        pictures: report.trend.as_ref().map(Trend::pictures),
        titles: report.checks.iter().map(|check| (check.name.as_str(), check.title.as_str())).collect(),
    }
}

fn risks(report: &Report) -> Risks<'_> {
    let (told, of_checks): (Vec<&Risk>, Vec<&Risk>) =
        report.risks.iter().partition(|risk| has_story(report, risk));
    let mut own: Vec<RiskCard<'_>> = Vec::new();
    for risk in told {
        let same = |card: &&mut RiskCard<'_>| risk.waiver.is_some() && card.risk.waiver == risk.waiver;
        match own.iter_mut().find(same) {
            Some(card) => card.also.push(risk),
            None => own.push(RiskCard { risk, also: Vec::new() }),
        }
    }
    Risks { own, of_checks }
}

/// Whether a risk says more than that a check fails.
fn has_story(report: &Report, risk: &Risk) -> bool {
    risk.accepted || risk.check.as_deref().is_none_or(|check| report.check(check).is_none())
}

fn state_word(report: &Report, state: ControlState) -> Word {
    let count = report.totals.states.get(&state).copied().unwrap_or_default();
    Word { id: state.word(), name: state.name(), meaning: state.meaning(), count }
}

fn severity_word(report: &Report, severity: Severity) -> Word {
    let count = report.totals.severities.get(&severity).copied().unwrap_or_default();
    Word { id: severity.as_str(), name: severity.name(), meaning: "", count }
}

fn verdict_word(verdict: Verdict, counts: &BTreeMap<Verdict, u64>) -> Word {
    let count = counts.get(&verdict).copied().unwrap_or_default();
    Word { id: verdict.word(), name: verdict.name(), meaning: "", count }
}

fn counts(check: &Check) -> Vec<Word> {
    let words = Verdict::ALL.into_iter().map(|verdict| verdict_word(verdict, &check.counts));
    words.filter(|word| word.count > 0).collect()
}

fn group<'a>(report: &'a Report, category: &'a Category) -> Option<Group<'a>> {
    let controls = report.controls.iter().filter(|control| control.category == category.id);
    let controls: Vec<ControlBlock<'_>> = controls.map(|control| control_block(report, control)).collect();
    (!controls.is_empty()).then_some(Group { category, controls })
}

fn control_block<'a>(report: &'a Report, control: &'a Control) -> ControlBlock<'a> {
    let checks = control.checks.iter().filter_map(|name| report.check(name));
    let checks: Vec<CheckLine<'_>> = checks.map(|check| check_line(check, BRIEF, does_not_pass)).collect();
    let attests = |attestation: &&Attestation| control.attestations.contains(&attestation.uuid);
    ControlBlock {
        control,
        open: checks.iter().map(|check| check.open).sum(),
        checks,
        attestations: report.attestations.iter().filter(attests).collect(),
        carried: carried(report, &control.carried),
        shown: carried(report, &control.shown),
        risks: report
            .risks
            .iter()
            .filter(|r| has_story(report, r) && control.risks.contains(&r.uuid))
            .collect(),
    }
}

fn carried<'a>(report: &'a Report, uuids: &[String]) -> Vec<&'a Carried> {
    report.carried.iter().filter(|one| uuids.contains(&one.uuid)).collect()
}

fn does_not_pass(resource: &Resource) -> bool {
    resource.verdict != Some(Verdict::Pass)
}

fn is_open(resource: &Resource) -> bool {
    does_not_pass(resource) && resource.verdict != Some(Verdict::Waived)
}

/// A check with the first `limit` of its resources that are `wanted`.
fn check_line(check: &Check, limit: usize, wanted: fn(&Resource) -> bool) -> CheckLine<'_> {
    let all: Vec<(usize, &Resource)> =
        check.resources.iter().enumerate().filter(|(_, resource)| wanted(resource)).collect();
    let shown: Vec<Brief<'_>> = all.iter().take(limit).map(|(n, r)| brief(*n, r)).collect();
    let rest = check.rest.iter().filter(|resource| wanted(resource)).count();
    let listed = u64::try_from(all.len() + rest).unwrap_or_default() + check.omitted;
    CheckLine {
        name: &check.name,
        title: &check.title,
        severity: check.severity,
        worst: check.worst,
        no_subject: check.no_subject,
        property: check.property.as_deref(),
        operator: check.operator.as_deref(),
        expected: &check.expected,
        expected_from: &check.expected_from,
        total: check.total,
        open: check.open,
        counts: counts(check),
        controls: &check.controls,
        more: listed - u64::try_from(shown.len()).unwrap_or_default(),
        resources: shown,
    }
}

fn brief(number: usize, resource: &Resource) -> Brief<'_> {
    let measured = resource.measured();
    Brief {
        number,
        name: &resource.name,
        r#type: &resource.r#type,
        verdict: resource.verdict,
        found: measured.map(|result| result.found.as_str()),
        reason: resource.why(),
    }
}

fn check_block(check: &Check, data: Option<usize>) -> CheckBlock<'_> {
    let numbered = |(number, resource)| Numbered { number, brief: brief(number, resource), resource };
    CheckBlock {
        check,
        counts: counts(check),
        resources: check.resources.iter().enumerate().map(numbered).collect(),
        data,
        omitted: check.omitted,
        beyond: check.omitted + u64::try_from(check.rest.len()).unwrap_or_default(),
    }
}

/// The blocks of all checks; those with resources beyond the page are numbered.
fn check_blocks(report: &Report) -> Vec<CheckBlock<'_>> {
    let mut number = 0..;
    let data = |check: &Check| if check.rest.is_empty() { None } else { number.next() };
    let numbers: Vec<Option<usize>> = report.checks.iter().map(data).collect();
    report.checks.iter().zip(numbers).map(|(check, data)| check_block(check, data)).collect()
}

fn not_evaluated<'a>(report: &'a Report, category: &'a Category) -> Option<NotEvaluatedGroup<'a>> {
    let line =
        |control: &'a NotEvaluated| NotEvaluatedLine { control, shown: carried(report, &control.shown) };
    let of_category = report.not_evaluated.iter().filter(|control| control.category == category.id);
    let controls: Vec<NotEvaluatedLine<'_>> = of_category.map(line).collect();
    (!controls.is_empty()).then_some(NotEvaluatedGroup { category, controls })
}
