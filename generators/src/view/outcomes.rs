//! What assessment results come to, for those who compare two of them: all verdicts, without their details.

use std::borrow::Cow;
use std::collections::BTreeMap;

use probity_diagnostics::{Diagnostics, FileTree, Step, TreePath};
use probity_oscal::difference::results::{CheckOutcomes, ControlOutcome, Outcomes, ResourceName};
use probity_oscal::model::assessment::{Finding, Observation, SubjectReference};
use probity_oscal::model::assessment_results::{AssessmentResults, Result as OscalResult};

use super::carried::is_carried;
use super::document;
use super::links::{self, Link};
use super::props::{owned, prop, values};
use super::statements::is_attestation;
use super::verdicts::{self, Head};
use super::words::ControlState;

/// Reads what the assessment results in `path` come to: the states of controls from the findings; verdicts on resources from
/// the verdict file that they link to, where it is there and unchanged, else from the subjects of observations.
///
/// # Errors
/// The file cannot be read, is no assessment-results document or holds no result.
pub fn outcomes(tree: &dyn FileTree, path: &TreePath) -> Step<Outcomes> {
    let mut found = Diagnostics::new();
    let mut results = document::results(tree, path)?;
    let mut result = document::pick(std::mem::take(&mut results.results), path, &mut found)?;
    let mut outcomes = Outcomes::default();
    let verdicts = verdict_file(tree, path, &results);
    let is_read = verdicts.is_some_and(|file| read_verdicts(tree, &file, &mut outcomes));
    if !is_read {
        document::add_subjects(tree, path, &mut result)?;
    }
    let names = checks(&result, is_read, &mut outcomes);
    for finding in &result.findings {
        control(finding, &names, &mut outcomes);
    }
    found.unless_errors(outcomes)
}

/// The verdict file, where the results link to one that may be relied on.
fn verdict_file(tree: &dyn FileTree, path: &TreePath, results: &AssessmentResults) -> Option<TreePath> {
    let only = links::of_kinds(results.back_matter.as_ref()?, &["verdicts"]);
    let links = links::follow(tree, path, Some(&only), &mut Diagnostics::new());
    links.iter().find_map(Link::usable).cloned()
}

/// Takes in a verdict file; false where it cannot be read to its end.
fn read_verdicts(tree: &dyn FileTree, path: &TreePath, outcomes: &mut Outcomes) -> bool {
    let is_read = verdicts::each_line(tree, path, |bytes| {
        if let Ok(line) = serde_json::from_slice::<Head<'_>>(bytes) {
            take(line, outcomes);
        }
    });
    if !is_read {
        *outcomes = Outcomes::default();
        return false;
    }
    outcomes.is_complete = true;
    true
}

fn take(line: Head<'_>, outcomes: &mut Outcomes) {
    let (Some(check), Some(verdict), Some(resource)) = (line.check, line.verdict, line.resource) else {
        return;
    };
    if !outcomes.checks.contains_key(&*check) {
        outcomes.checks.insert(check.to_string(), CheckOutcomes::default());
    }
    if let Some(of_check) = outcomes.checks.get_mut(&*check) {
        of_check.resources.insert(resource.to_string(), verdict.into_owned());
    }
    if !outcomes.resources.contains_key(&*resource) {
        let text = |text: Option<Cow<'_, str>>| text.unwrap_or_default().into_owned();
        let name = ResourceName { name: text(line.name), kind: text(line.resource_type) };
        outcomes.resources.insert(resource.into_owned(), name);
    }
}

/// Takes in the observations, and gives the name of the check by uuid of the observation.
fn checks(result: &OscalResult, is_read: bool, outcomes: &mut Outcomes) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut is_complete = true;
    let by_finding = worst_by_observation(&result.findings);
    let kinds = kinds(result);
    for observation in result.observations.iter().filter(|o| !is_attestation(o) && !is_carried(o)) {
        let name = owned(&observation.props, "check")
            .or_else(|| observation.title.clone())
            .unwrap_or_else(|| observation.uuid.clone());
        names.insert(observation.uuid.clone(), name.clone());
        let of_check = outcomes.checks.entry(name).or_default();
        of_check.title = observation.title.clone().unwrap_or_default();
        if is_read {
            continue;
        }
        is_complete &= lists_all(observation);
        let verdict = prop(&observation.props, "verdict")
            .or_else(|| by_finding.get(observation.uuid.as_str()).copied());
        for subject in &observation.subjects {
            let id = owned(&subject.props, "resource-id").unwrap_or_else(|| subject.subject_uuid.clone());
            of_check.resources.insert(id.clone(), verdict.unwrap_or("unknown").to_owned());
            outcomes.resources.entry(id).or_insert_with(|| resource_name(subject, &kinds));
        }
    }
    outcomes.is_complete |= is_complete && !is_read;
    names
}

/// Whether an observation names all resources that it counts.
fn lists_all(observation: &Observation) -> bool {
    let count = prop(&observation.props, "count").and_then(|count| count.parse::<usize>().ok());
    count.is_none_or(|count| count == observation.subjects.len())
}

/// The worst state of the findings that rest on each observation, for results whose observations have no verdict.
fn worst_by_observation(findings: &[Finding]) -> BTreeMap<&str, &'static str> {
    let mut worst: BTreeMap<&str, ControlState> = BTreeMap::new();
    for finding in findings {
        let state = state(finding);
        for related in &finding.related_observations {
            let entry = worst.entry(&related.observation_uuid).or_insert(state);
            *entry = state.min(*entry);
        }
    }
    worst.into_iter().map(|(uuid, state)| (uuid, state.word())).collect()
}

/// Types of resources by the uuids of inventory items.
fn kinds(result: &OscalResult) -> BTreeMap<&str, &str> {
    let items = result.local_definitions.iter().flat_map(|local| &local.inventory_items);
    items.filter_map(|item| Some((item.uuid.as_str(), prop(&item.props, "resource-type")?))).collect()
}

fn resource_name(subject: &SubjectReference, kinds: &BTreeMap<&str, &str>) -> ResourceName {
    let kind = kinds.get(subject.subject_uuid.as_str()).copied().unwrap_or(&subject.r#type);
    ResourceName { name: subject.title.clone().unwrap_or_default(), kind: kind.to_owned() }
}

fn state(finding: &Finding) -> ControlState {
    let status = &finding.target.status;
    let ours = prop(&finding.props, "state").and_then(ControlState::parse);
    ours.unwrap_or_else(|| ControlState::of_status(&status.state, status.reason.as_deref()))
}

fn control(finding: &Finding, names: &BTreeMap<String, String>, outcomes: &mut Outcomes) {
    let id = owned(&finding.props, "control-id").unwrap_or_else(|| finding.target.target_id.clone());
    let mut checks: Vec<String> = values(&finding.props, "check").into_iter().map(str::to_owned).collect();
    if checks.is_empty() {
        let related = finding.related_observations.iter();
        checks = related.filter_map(|related| names.get(&related.observation_uuid).cloned()).collect();
        checks.dedup();
    }
    let state = state(finding);
    let entry = outcomes.controls.entry(id).or_insert_with(|| ControlOutcome {
        title: finding.title.clone(),
        state: state.word().to_owned(),
        checks: Vec::new(),
    });
    // a control with several findings is as bad as the worst of them
    if ControlState::parse(&entry.state).is_some_and(|known| state < known) {
        state.word().clone_into(&mut entry.state);
    }
    entry.checks.extend(checks);
}
