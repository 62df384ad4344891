//! A record as a document: its items with what they rest on, and everything else that people put there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use probity_diagnostics::Diagnostic;
use probity_oscal::OSCAL_VERSION;
use probity_oscal::model::PlanOfActionAndMilestones;
use probity_oscal::model::assessment::{Finding, Observation, Origin, Risk};
use probity_oscal::model::implementation::InventoryItem;
use probity_oscal::model::metadata::{Metadata, Party, Role};
use probity_oscal::model::poam::LocalDefinitions;
use probity_oscal::own::{Scope, markup_line, ours, values};

use super::Input;
use super::item::{Item, kept as kept_props, logged_by};
use crate::codes;

/// Refuses where a record was brought up to date with results of a later instant. That a risk was shared says nothing of results.
pub(super) fn not_later(record: &PlanOfActionAndMilestones, as_of: Timestamp) -> Result<(), Diagnostic> {
    let entries = record.risks.iter().filter_map(|risk| risk.risk_log.as_ref()).flat_map(|log| &log.entries);
    let of_results = entries.filter(|entry| values(&entry.props, "shared-as").next().is_none());
    let newest = of_results.filter_map(|entry| entry.start.parse::<Timestamp>().ok()).max();
    match newest.filter(|newest| *newest > as_of) {
        None => Ok(()),
        Some(newest) => {
            let message =
                format!("the record of the plan has entries of {newest}, the results are as of {as_of}");
            let help = "judge as of a later instant, or take the record of that time from git";
            Err(Diagnostic::error(&codes::POAM_LATER, message).help(help))
        }
    }
}

/// The items of a record that have a key, in its order, and the record without them.
pub(super) fn take_apart(
    record: Option<&PlanOfActionAndMilestones>,
) -> (Vec<Item>, Option<PlanOfActionAndMilestones>) {
    let Some(record) = record else { return (Vec::new(), None) };
    let mut rest = record.clone();
    let mut items = Vec::new();
    let mut seen = BTreeSet::new();
    let mut others = Vec::new();
    for item in std::mem::take(&mut rest.poam_items) {
        let key = values(&item.props, "poam-item").next().map(|(_, key)| key.to_owned());
        let first = item.related_risks.first().map(|related| related.risk_uuid.clone());
        let at = first.and_then(|uuid| rest.risks.iter().position(|risk| risk.uuid == uuid));
        match (key, at) {
            (Some(key), Some(at)) if !seen.contains(&key) => {
                let risk = rest.risks.remove(at);
                let observed = item.related_observations.first().map(|one| one.observation_uuid.clone());
                let found = item.related_findings.first().map(|one| one.finding_uuid.clone());
                let observation = take(&mut rest.observations, |one| Some(&one.uuid) == observed.as_ref());
                let finding = take(&mut rest.findings, |one| Some(&one.uuid) == found.as_ref());
                seen.insert(key.clone());
                items.push(Item { key, listed: item, risk, observation, finding });
            }
            _ => others.push(item),
        }
    }
    rest.poam_items = others;
    (items, Some(rest))
}

fn take<T>(list: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> Option<T> {
    let at = list.iter().position(is_it)?;
    Some(list.remove(at))
}

/// The record with its items; none where there is none and never was.
pub(super) fn put_together(
    input: &Input<'_>,
    items: Vec<Item>,
    rest: Option<PlanOfActionAndMilestones>,
) -> Option<PlanOfActionAndMilestones> {
    if items.is_empty() && rest.as_ref().is_none_or(|rest| rest.poam_items.is_empty()) {
        return None;
    }
    let mut plan = rest.unwrap_or_else(|| new(input));
    let (mut observations, mut risks, mut findings, mut listed) = (vec![], vec![], vec![], vec![]);
    for item in items {
        observations.extend(item.observation);
        risks.push(item.risk);
        findings.extend(item.finding);
        listed.push(item.listed);
    }
    plan.observations = observations.into_iter().chain(plan.observations).collect();
    plan.risks = risks.into_iter().chain(plan.risks).collect();
    plan.findings = findings.into_iter().chain(plan.findings).collect();
    plan.poam_items = listed.into_iter().chain(plan.poam_items).collect();
    define(input, &mut plan);
    name_people(input, &mut plan);
    if input.record != Some(&plan) {
        let as_of = input.results.as_of.to_string();
        plan.metadata.last_modified.clone_from(&as_of);
        plan.metadata.version = as_of;
    }
    Some(plan)
}

/// A record without items.
fn new(input: &Input<'_>) -> PlanOfActionAndMilestones {
    let scope = Scope { system: input.system, assessment: input.assessment };
    let title = format!("Plan of action and milestones of {}: {}", input.system, input.assessment);
    PlanOfActionAndMilestones {
        uuid: scope.uuid(&["poam"]),
        metadata: Metadata {
            title: markup_line(&title),
            oscal_version: OSCAL_VERSION.to_owned(),
            props: vec![ours("assessment", input.assessment)],
            ..Metadata::default()
        },
        ..PlanOfActionAndMilestones::default()
    }
}

/// Defines the resources and programs that observations and origins name; those that nothing names any more go.
fn define(input: &Input<'_>, plan: &mut PlanOfActionAndMilestones) {
    let subjects: BTreeSet<&str> = plan
        .observations
        .iter()
        .flat_map(|observation| &observation.subjects)
        .filter(|subject| subject.r#type == "inventory-item")
        .map(|subject| subject.subject_uuid.as_str())
        .collect();
    let tools = actors(plan, "tool");
    let kept = plan.local_definitions.clone().unwrap_or_default();
    let found = input.results.result.local_definitions.iter().flat_map(|local| &local.inventory_items);
    let mut items: BTreeMap<&str, &InventoryItem> = BTreeMap::new();
    for item in kept.inventory_items.iter().chain(found) {
        items.insert(&item.uuid, item); // what was found now is the newer
    }
    let mut components = kept.components.clone();
    for tool in &input.results.tools {
        if components.iter().all(|component| component.uuid != tool.uuid) {
            components.push(tool.clone());
        }
    }
    components.retain(|component| component.r#type != "software" || tools.contains(&component.uuid));
    let local = LocalDefinitions {
        components,
        inventory_items: items
            .into_values()
            .filter(|item| subjects.contains(item.uuid.as_str()))
            .map(|item| InventoryItem {
                props: kept_props(&item.props, &["resource-id", "resource-type", "scope"]),
                ..item.clone()
            })
            .collect(),
        ..kept
    };
    plan.local_definitions = (local != LocalDefinitions::default()).then_some(local);
}

/// The actors of one type that origins name.
fn actors(plan: &PlanOfActionAndMilestones, kind: &str) -> BTreeSet<String> {
    let of = |origins: &[Origin]| origins.iter().flat_map(|origin| origin.actors.clone()).collect::<Vec<_>>();
    let risks = plan.risks.iter().flat_map(|risk: &Risk| {
        let characterized = risk.characterizations.iter().flat_map(|one| one.origin.actors.clone());
        of(&risk.origins).into_iter().chain(characterized).collect::<Vec<_>>()
    });
    let observations = plan.observations.iter().flat_map(|one: &Observation| of(&one.origins));
    let findings = plan.findings.iter().flat_map(|one: &Finding| of(&one.origins));
    let items = plan.poam_items.iter().flat_map(|item| &item.origins);
    let items = items.flat_map(|origin| origin.actors.clone());
    let all = risks.chain(observations).chain(findings).chain(items);
    all.filter(|actor| actor.r#type == kind).map(|actor| actor.actor_uuid).collect()
}

/// Names the people that origins and logs name, as the record, else the results, know them.
fn name_people(input: &Input<'_>, plan: &mut PlanOfActionAndMilestones) {
    let mut wanted = actors(plan, "party");
    wanted.extend(plan.risks.iter().flat_map(logged_by).map(|by| by.party_uuid.clone()));
    let known = &input.results.metadata;
    let has = |plan: &PlanOfActionAndMilestones, party: &Party| {
        plan.metadata.parties.iter().any(|one| one.uuid == party.uuid)
    };
    let members: Vec<String> = known
        .parties
        .iter()
        .filter(|party| wanted.contains(&party.uuid))
        .flat_map(|party| party.member_of_organizations.clone())
        .collect();
    wanted.extend(members);
    for party in known.parties.iter().filter(|party| wanted.contains(&party.uuid)) {
        if !has(plan, party) {
            plan.metadata.parties.push(party.clone());
        }
    }
    let roles: BTreeSet<String> = plan
        .risks
        .iter()
        .flat_map(logged_by)
        .filter_map(|by| by.role_id.clone())
        .chain(roles(plan))
        .collect();
    for role in known.roles.iter().filter(|role: &&Role| roles.contains(&role.id)) {
        if plan.metadata.roles.iter().all(|one| one.id != role.id) {
            plan.metadata.roles.push(role.clone());
        }
    }
}

/// The roles in which origins of observations name actors.
fn roles(plan: &PlanOfActionAndMilestones) -> Vec<String> {
    let origins = plan.observations.iter().flat_map(|one| &one.origins);
    let of_risks = plan.risks.iter().flat_map(|risk| &risk.origins);
    let of_items = plan.poam_items.iter().flat_map(|item| &item.origins).flat_map(|origin| &origin.actors);
    let actors = origins.chain(of_risks).flat_map(|origin| &origin.actors).chain(of_items);
    actors.filter_map(|actor| actor.role_id.clone()).collect()
}
