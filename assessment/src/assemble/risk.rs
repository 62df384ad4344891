//! Risks: one open for each failing check, one accepted for each check and waiver that covers a fail.

use std::collections::BTreeMap;

use probity_oscal::OSCAL_NS;
use probity_oscal::model::assessment::{Characterization, Entry, Facet, RelatedObservation, Risk, RiskLog};
use uuid::Uuid;

use super::AssembleInput;
use super::observation::{OfCheck, origin};
use crate::compile::{Check, CheckName};
use crate::props::ours;
use crate::verdict::Outcome;
use crate::waiver::AcceptedRisk;

/// A risk and the check that it is about.
pub(super) struct OfRisk<'a> {
    pub(super) check: &'a CheckName,
    pub(super) risk: Risk,
}

/// All risks: by check, the open one first, then the accepted ones by uuid of the waiver.
pub(super) fn risks<'a>(input: &AssembleInput<'a>, observations: &[OfCheck<'a>]) -> Vec<OfRisk<'a>> {
    let of_one = |entry: &OfCheck<'a>| match entry.key.outcome {
        Outcome::Fail => vec![OfRisk { check: &entry.key.check.name, risk: open(input, entry) }],
        Outcome::Waived => accepted(input, entry),
        _ => Vec::new(),
    };
    observations.iter().flat_map(of_one).collect()
}

fn open(input: &AssembleInput<'_>, entry: &OfCheck<'_>) -> Risk {
    let total = input.verdicts.counts(&entry.key.check.name).total();
    Risk {
        uuid: input.identity.uuid(&["risk", entry.key.check.name.as_str()]),
        title: title(entry.key.check),
        description: entry.key.check.metric.description.clone(),
        statement: format!("Check `{}` fails on {} of {total} resources.", entry.key.check.name, entry.count),
        props: vec![
            ours("check", entry.key.check.name.as_str()),
            ours("severity", entry.key.check.metric.severity.as_str()),
        ],
        status: "open".to_owned(),
        ..common(input, entry)
    }
}

fn title(check: &Check) -> String {
    format!("Not met: {}", check.metric.title)
}

/// What open and accepted risks have alike.
fn common(input: &AssembleInput<'_>, entry: &OfCheck<'_>) -> Risk {
    let facet = Facet {
        name: "severity".to_owned(),
        system: OSCAL_NS.to_owned(),
        value: entry.key.check.metric.severity.as_str().to_owned(),
        ..Facet::default()
    };
    let origin = origin(input, entry.key.check);
    let observation =
        RelatedObservation { observation_uuid: entry.observation.uuid.clone(), ..Default::default() };
    Risk {
        origins: vec![origin.clone()],
        characterizations: vec![Characterization { origin, facets: vec![facet], ..Default::default() }],
        related_observations: vec![observation],
        ..Risk::default()
    }
}

fn accepted<'a>(input: &AssembleInput<'a>, entry: &OfCheck<'a>) -> Vec<OfRisk<'a>> {
    let mut counts: BTreeMap<Uuid, u64> = BTreeMap::new();
    let waived = entry.key.verdicts(input.verdicts);
    for waiver in waived.filter_map(|verdict| verdict.detail().waiver) {
        *counts.entry(waiver).or_default() += 1;
    }
    let known = counts.into_iter().filter_map(|(uuid, count)| Some((input.waivers.risk(uuid)?, count)));
    known
        .map(|(waiver, count)| OfRisk {
            check: &entry.key.check.name,
            risk: accept(input, entry, waiver, count),
        })
        .collect()
}

fn accept(input: &AssembleInput<'_>, entry: &OfCheck<'_>, waiver: &AcceptedRisk, count: u64) -> Risk {
    let uuid = waiver.uuid.to_string();
    let mut origins = waiver.risk.origins.clone();
    for origin in &mut origins {
        origin.related_tasks.clear();
        origin.actors.retain(|actor| actor.r#type == "party");
    }
    origins.retain(|origin| !origin.actors.is_empty());
    origins.push(input.identity.origin());
    Risk {
        uuid: input.identity.uuid(&["risk", entry.key.check.name.as_str(), &uuid]),
        title: waiver.risk.title.clone(),
        description: waiver.risk.description.clone(),
        statement: waiver.risk.statement.clone(),
        props: vec![
            ours("check", entry.key.check.name.as_str()),
            ours("severity", entry.key.check.metric.severity.as_str()),
            ours("waiver", &uuid),
            ours("count", &count.to_string()),
        ],
        status: "deviation-approved".to_owned(),
        origins,
        deadline: Some(waiver.deadline.to_string()),
        risk_log: log(input, entry, waiver),
        ..common(input, entry)
    }
}

/// The entries of the risk log that approve the deviation, each with a uuid of its own for this check.
fn log(input: &AssembleInput<'_>, entry: &OfCheck<'_>, waiver: &AcceptedRisk) -> Option<RiskLog> {
    let entries = waiver.risk.risk_log.iter().flat_map(|log| &log.entries);
    let approving = entries.filter(|logged| logged.status_change.as_deref() == Some("deviation-approved"));
    let copy = |logged: &Entry| Entry {
        uuid: input.identity.uuid(&["risk-log", entry.key.check.name.as_str(), &logged.uuid]),
        title: logged.title.clone(),
        description: logged.description.clone(),
        start: logged.start.clone(),
        end: logged.end.clone(),
        logged_by: logged.logged_by.clone(),
        status_change: logged.status_change.clone(),
        remarks: logged.remarks.clone(),
        ..Entry::default()
    };
    let entries: Vec<Entry> = approving.map(copy).collect();
    (!entries.is_empty()).then_some(RiskLog { entries })
}
