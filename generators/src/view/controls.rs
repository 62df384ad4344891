//! Controls: the findings of a result, joined with the resolved catalog and the checks.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use probity_oscal::model::assessment::{Finding as OscalFinding, ReviewedControls};
use probity_oscal::model::assessment_results::Result as OscalResult;

use super::catalog::{CatalogIndex, UNGROUPED};
use super::markup;
use super::plan::Plan;
use super::props::{owned, prop, values};
use super::report::{
    Attestation, Carried, Category, Check, Control, Finding, NotEvaluated, Procedure, StateCounts,
};
use super::words::{ControlState, Severity, Verdict, as_severity};

/// What the controls of a result are made of.
pub(super) struct Parts<'a> {
    pub(super) result: &'a OscalResult,
    pub(super) catalog: &'a CatalogIndex,
    pub(super) checks: &'a [Check],
    pub(super) plan: &'a Plan,
    /// Name of the check by uuid of the observation.
    pub(super) by_observation: &'a BTreeMap<String, String>,
    pub(super) attestations: &'a [Attestation],
    pub(super) carried: &'a [Carried],
}

/// The evaluated controls, in catalog order.
pub(super) fn evaluated(parts: &Parts<'_>) -> Vec<Control> {
    let mut findings: IndexMap<String, Vec<&OscalFinding>> = IndexMap::new();
    for finding in &parts.result.findings {
        findings.entry(control_of(finding, parts.catalog)).or_default().push(finding);
    }
    for id in reviewed(&parts.result.reviewed_controls) {
        findings.entry(id).or_default();
    }
    let mut controls: Vec<Control> =
        findings.iter().map(|(id, findings)| control(id, findings, parts)).collect();
    controls.sort_by_cached_key(|control| (parts.catalog.position(&control.id), control.id.clone()));
    controls
}

/// The control that a finding is about: said by a prop, else looked up in the catalog, else read out of the target id
/// (`ac-6.1_obj.a`).
fn control_of(finding: &OscalFinding, catalog: &CatalogIndex) -> String {
    let target = finding.target.target_id.as_str();
    let looked_up = || catalog.control_of_part(target).map(str::to_owned);
    let read_out = || target.split('_').next().unwrap_or(target).to_owned();
    owned(&finding.props, "control-id").or_else(looked_up).unwrap_or_else(read_out)
}

fn reviewed(controls: &ReviewedControls) -> Vec<String> {
    let excluded: BTreeSet<&str> = controls
        .control_selections
        .iter()
        .flat_map(|selection| &selection.exclude_controls)
        .map(|select| select.control_id.as_str())
        .collect();
    let included = controls.control_selections.iter().flat_map(|selection| &selection.include_controls);
    let ids = included.map(|select| select.control_id.as_str()).filter(|id| !excluded.contains(id));
    ids.map(str::to_owned).collect()
}

fn control(id: &str, findings: &[&OscalFinding], parts: &Parts<'_>) -> Control {
    let entry = parts.catalog.control(id);
    let checks = checks_of(findings, parts);
    let state = findings.iter().map(|f| state_of(f)).min().unwrap_or(ControlState::Unknown);
    let uuids =
        |f: &&OscalFinding| f.related_observations.iter().map(|o| o.observation_uuid.clone()).collect();
    let related: BTreeSet<String> = findings.iter().flat_map(|f| -> Vec<String> { uuids(f) }).collect();
    let attests = |a: &&Attestation| related.contains(&a.uuid) || a.controls.iter().any(|c| c == id);
    let title = || findings.first().map(|f| markup::line(&f.title)).unwrap_or_default();
    let own = findings.iter().find_map(|f| prop(&f.props, "own-state")).map(ControlState::parse);
    let counts = |one: &&Carried| {
        one.to.iter().any(|to| to == id) && (one.state == Some(ControlState::Fail) || own == Some(None))
    };
    let (carries, shows): (Vec<&Carried>, Vec<&Carried>) = about(parts, id).partition(counts);
    let uuids_of = |list: Vec<&Carried>| list.into_iter().map(|one| one.uuid.clone()).collect();
    Control {
        id: id.to_owned(),
        label: entry.map_or_else(|| id.to_uppercase(), |entry| entry.label.clone()),
        title: entry.map_or_else(title, |entry| entry.title.clone()),
        category: entry.map_or_else(|| UNGROUPED.to_owned(), |entry| entry.group.clone()),
        parent: entry.and_then(|entry| entry.parent.clone()),
        statement: entry.map(|entry| entry.statement.clone()).unwrap_or_default(),
        title_only: entry.is_some_and(|entry| entry.title_only),
        state,
        severity: severity_of(findings, &checks, state),
        findings: findings.iter().map(|f| finding(f)).collect(),
        checks: checks.iter().map(|check| check.name.clone()).collect(),
        procedures: procedures(id, findings, parts.plan),
        attestations: parts.attestations.iter().filter(attests).map(|a| a.uuid.clone()).collect(),
        risks: findings.iter().flat_map(|f| f.related_risks.iter().map(|r| r.risk_uuid.clone())).collect(),
        is_carried: own.is_some_and(|own| own != Some(state)),
        carried: uuids_of(carries),
        shown: uuids_of(shows),
    }
}

/// The checks behind the findings, worst first: those of their observations, and those that they name.
fn checks_of<'a>(findings: &[&OscalFinding], parts: &Parts<'a>) -> Vec<&'a Check> {
    let observations = findings.iter().flat_map(|f| &f.related_observations);
    let observed = observations.filter_map(|related| parts.by_observation.get(&related.observation_uuid));
    let stated = findings.iter().flat_map(|f| values(&f.props, "check"));
    let names: BTreeSet<&str> = observed.map(String::as_str).chain(stated).collect();
    parts.checks.iter().filter(|check| names.contains(check.name.as_str())).collect()
}

fn procedures(control: &str, findings: &[&OscalFinding], plan: &Plan) -> Vec<Procedure> {
    let ids = findings.iter().flat_map(|f| values(&f.props, "procedure"));
    let procedure = |id: &str| Procedure {
        id: id.to_owned(),
        description: plan.procedures.get(&(control.to_owned(), id.to_owned())).cloned(),
    };
    ids.map(procedure).collect()
}

fn state_of(finding: &OscalFinding) -> ControlState {
    let status = &finding.target.status;
    let stated = prop(&finding.props, "state").and_then(ControlState::parse);
    stated.unwrap_or_else(|| ControlState::of_status(&status.state, status.reason.as_deref()))
}

/// Stated by a finding, else the worst severity of a check that does not pass.
fn severity_of(findings: &[&OscalFinding], checks: &[&Check], state: ControlState) -> Option<Severity> {
    let stated = findings.iter().filter_map(|f| prop(&f.props, "severity").and_then(as_severity)).min();
    let passes = |check: &Check| check.worst.is_none_or(|worst| worst == Verdict::Pass);
    let of_checks = || checks.iter().filter(|check| !passes(check)).filter_map(|check| check.severity).min();
    if state == ControlState::Satisfied { None } else { stated.or_else(of_checks) }
}

fn finding(finding: &OscalFinding) -> Finding {
    let status = &finding.target.status;
    let reason = status.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    Finding {
        uuid: finding.uuid.clone(),
        title: markup::line(&finding.title),
        summary: without_checks(&finding.description),
        description: finding.description.clone(),
        target: finding.target.target_id.clone(),
        state: state_of(finding),
        status: format!("{}{reason}", status.state),
    }
}

/// The lines that do not begin like those that the roll-up writes for each check and each map.
fn without_checks(description: &str) -> String {
    let told = ["- Check `", "- Carried from `", "- Shown from `"];
    let lines = description.lines().filter(|line| !told.iter().any(|start| line.starts_with(start)));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The controls of the catalog that are not among `evaluated`.
pub(super) fn not_evaluated(parts: &Parts<'_>, evaluated: &[Control]) -> Vec<NotEvaluated> {
    let catalog = parts.catalog;
    let known: BTreeSet<&str> = evaluated.iter().map(|control| control.id.as_str()).collect();
    let left = catalog.controls.iter().filter(|entry| entry.counts && !known.contains(entry.id.as_str()));
    left.map(|entry| NotEvaluated {
        id: entry.id.clone(),
        label: entry.label.clone(),
        title: entry.title.clone(),
        category: entry.group.clone(),
        shown: about(parts, &entry.id).map(|one| one.uuid.clone()).collect(),
    })
    .collect()
}

/// What other catalogs say of a control.
fn about<'a>(parts: &Parts<'a>, id: &'a str) -> impl Iterator<Item = &'a Carried> {
    parts.carried.iter().filter(move |one| one.controls.iter().any(|control| control == id))
}

/// The groups of the catalog with their counts; groups without controls are left out.
pub(super) fn categories(
    catalog: &CatalogIndex,
    evaluated: &[Control],
    not_evaluated: &[NotEvaluated],
) -> Vec<Category> {
    let mut categories: IndexMap<&str, Category> = catalog
        .groups
        .iter()
        .map(|group| (group.id.as_str(), empty(&group.id, &group.label, &group.title)))
        .collect();
    categories.insert(
        UNGROUPED,
        empty(
            UNGROUPED,
            "",
            if catalog.groups.is_empty() { "All controls" } else { "Controls outside any group" },
        ),
    );
    for control in evaluated {
        if let Some(category) = categories.get_mut(control.category.as_str()) {
            category.total += 1;
            category.evaluated += 1;
            *category.states.entry(control.state).or_default() += 1;
        }
    }
    for control in not_evaluated {
        if let Some(category) = categories.get_mut(control.category.as_str()) {
            category.total += 1;
        }
    }
    categories.into_values().filter(|category| category.total > 0).collect()
}

fn empty(id: &str, label: &str, title: &str) -> Category {
    Category {
        id: id.to_owned(),
        label: label.to_owned(),
        title: title.to_owned(),
        total: 0,
        evaluated: 0,
        states: count_states(&[]),
    }
}

/// Controls by state, every state in it.
pub(super) fn count_states(controls: &[Control]) -> StateCounts {
    let mut counts: StateCounts = ControlState::ALL.into_iter().map(|state| (state, 0)).collect();
    for control in controls {
        *counts.entry(control.state).or_default() += 1;
    }
    counts
}
