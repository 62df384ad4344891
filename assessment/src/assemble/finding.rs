//! Findings: one for each reviewed control.

use std::collections::BTreeMap;

use probity_oscal::model::assessment::{AssociatedRisk, Finding, FindingTarget, RelatedObservation, Status};
use probity_oscal::model::metadata::Property;

use super::observation::OfCheck;
use super::risk::OfRisk;
use super::{AssembleInput, carried};
use crate::compile::{CheckName, ReviewedControl};
use crate::plan::target;
use crate::props::{one_line, ours};
use crate::rollup::{ControlResult, Rollup, Standing, State};
use crate::verdict::{Counts, Outcome};

/// The findings, in catalog order.
pub(super) fn findings(
    input: &AssembleInput<'_>,
    (reviewed, rollup): (&[ReviewedControl], &Rollup),
    observations: &[OfCheck<'_>],
    of_checks: &[OfRisk<'_>],
) -> Vec<Finding> {
    let mut observed: BTreeMap<&CheckName, Vec<&str>> = BTreeMap::new();
    for entry in observations {
        observed.entry(&entry.key.check.name).or_default().push(&entry.observation.uuid);
    }
    let mut accepted_or_open: BTreeMap<&CheckName, Vec<&str>> = BTreeMap::new();
    for entry in of_checks {
        accepted_or_open.entry(entry.check).or_default().push(&entry.risk.uuid);
    }
    let controls = reviewed.iter().zip(&rollup.controls);
    controls
        .map(|(control, result)| {
            let target = target(control);
            let names = || result.checks.iter().map(|(name, _)| name);
            let observed = names().filter_map(|name| observed.get(name)).flatten().copied();
            let carried: Vec<String> =
                carried::of(input, result).map(|one| carried::uuid(input, one)).collect();
            let carried = carried.iter().map(String::as_str);
            let related = observed.chain(result.statement_uuids()).chain(carried);
            let at_risk = names().filter_map(|name| accepted_or_open.get(name)).flatten();
            Finding {
                uuid: input.identity.uuid(&["finding", &control.id]),
                title: control.title.clone(),
                description: description(input, result),
                props: props(result),
                origins: vec![input.identity.origin()],
                target: FindingTarget {
                    r#type: target.kind.to_owned(),
                    target_id: target.id,
                    status: status(result),
                    ..FindingTarget::default()
                },
                related_observations: related.map(observation).collect(),
                related_risks: at_risk.map(|uuid| risk(uuid)).collect(),
                ..Finding::default()
            }
        })
        .collect()
}

fn observation(uuid: &str) -> RelatedObservation {
    RelatedObservation { observation_uuid: uuid.to_owned(), ..RelatedObservation::default() }
}

fn risk(uuid: &str) -> AssociatedRisk {
    AssociatedRisk { risk_uuid: uuid.to_owned(), ..AssociatedRisk::default() }
}

fn props(result: &ControlResult) -> Vec<Property> {
    let mut props = vec![ours("control-id", &result.id), ours("state", result.state.as_str())];
    props.extend(result.severity.map(|severity| ours("severity", severity.as_str())));
    props.extend(result.checks.iter().map(|(name, _)| ours("check", name.as_str())));
    props.extend(result.procedures.iter().map(|procedure| ours("procedure", &procedure.id)));
    props.extend(result.unseen.iter().map(|kind| ours("unlisted", kind)));
    if !result.carried.by.is_empty() {
        props.push(ours("own-state", result.carried.own.map_or("not-evaluated", State::as_str)));
    }
    props
}

fn status(result: &ControlResult) -> Status {
    let state = result.state;
    Status {
        state: state.target_state().to_owned(),
        reason: Some(state.reason().to_owned()),
        remarks: (state.reason() == "other").then(|| meaning(result).to_owned()),
    }
}

/// Why a control is neither satisfied nor failing.
fn meaning(result: &ControlResult) -> &'static str {
    let in_doubt = result.procedures.iter().any(|procedure| procedure.standing == Standing::Unverified);
    match result.state {
        State::Unknown if in_doubt => {
            "A statement does not count: its evidence, approval or signature is in doubt."
        }
        State::Fail => "A check fails, or a statement says that the control is not met.",
        State::Error => "A check could not be run on some resource.",
        State::Unknown => {
            "The evidence does not settle a check, for some resource or because resources may be missing."
        }
        State::Unattested => "Nobody has stated the outcome of a required procedure.",
        State::Expired => "The statement on a required procedure is no longer valid.",
        State::Waived => "Every fail is covered by an accepted risk.",
        State::Satisfied => "Nothing is against it.",
        State::NoSubject => "There is nothing that the checks apply to.",
    }
}

/// What the state rests on: one line for each check, each procedure and each map.
fn description(input: &AssembleInput<'_>, result: &ControlResult) -> String {
    let checks = result.checks.iter().map(|(name, counts)| format!("- Check `{name}`: {}", spread(counts)));
    let procedures = result.procedures.iter().map(|procedure| {
        format!("- Procedure `{}`: {}", one_line(&procedure.id), standing(procedure.standing))
    });
    let unseen = result
        .unseen
        .iter()
        .map(|kind| format!("- Resources of type `{}` may be missing from the evidence.", one_line(kind)));
    let carried = carried::of(input, result).map(|one| carried::line(one, result));
    let lines: Vec<String> = checks.chain(unseen).chain(procedures).chain(carried).collect();
    let sentence = match (result.carried.own, result.state) {
        (None, State::Satisfied) if !result.carried.by.is_empty() => carried::SATISFIED,
        (own, State::Fail) if own != Some(State::Fail) && !result.carried.by.is_empty() => carried::FAILS,
        _ => meaning(result),
    };
    if lines.is_empty() { sentence.to_owned() } else { format!("{sentence}\n\n{}", lines.join("\n")) }
}

fn spread(counts: &Counts) -> String {
    let given = Outcome::ALL.into_iter().filter(|outcome| counts.of(*outcome) > 0);
    let parts: Vec<String> = given.map(|outcome| format!("{} {outcome}", counts.of(outcome))).collect();
    if parts.is_empty() { "no resource it applies to".to_owned() } else { parts.join(", ") }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::NotMet => "stated as not met",
        Standing::Unverified => "the statement does not count",
        Standing::Unattested => "no statement",
        Standing::Expired => "the statement has expired",
        Standing::Met => "stated as met",
        Standing::NotApplicable => "stated as not applicable",
    }
}
