//! Attestations and risks: what people said about controls and fails.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_oscal::model::assessment::{Observation, Origin, Risk as OscalRisk};
use probity_oscal::model::assessment_results::{Attestation as Words, Result as OscalResult};
use probity_oscal::model::metadata::Metadata;

use super::carried::is_carried;
use super::markup;
use super::props::{owned, prop, values};
use super::report::{Attestation, Risk};
use super::words::as_severity;

/// Names of the people and organisations of a document, by uuid.
pub(super) struct People<'a>(BTreeMap<&'a str, String>);

impl<'a> People<'a> {
    pub(super) fn of(metadata: &'a Metadata) -> Self {
        let named = metadata.parties.iter().filter_map(|party| {
            let name = party.name.clone().or_else(|| party.short_name.clone())?;
            Some((party.uuid.as_str(), name))
        });
        Self(named.collect())
    }

    fn name(&self, uuid: &str) -> Option<String> {
        self.0.get(uuid).cloned()
    }

    fn of_origins(&self, origins: &[Origin]) -> Vec<String> {
        let actors = origins.iter().flat_map(|origin| &origin.actors);
        actors
            .filter(|actor| actor.r#type == "party")
            .filter_map(|actor| self.name(&actor.actor_uuid))
            .collect()
    }
}

/// Whether an observation is a statement of people about controls, not the outcome of a check.
pub(super) fn is_attestation(observation: &Observation) -> bool {
    prop(&observation.props, "check").is_none()
        && prop(&observation.props, "control-id").is_some()
        && !is_carried(observation)
}

/// The attestations of a result: observations about controls, and the words that people stand for.
pub(super) fn attestations(
    result: &OscalResult,
    people: &People<'_>,
    as_of: Option<&str>,
) -> Vec<Attestation> {
    let observed = result.observations.iter().filter(|o| is_attestation(o));
    let mut all: Vec<Attestation> = observed.map(|o| attestation(o, people, as_of)).collect();
    let authors = result.attestations.iter().flat_map(|words| authors(words, people)).collect::<Vec<_>>();
    for attestation in all.iter_mut().filter(|attestation| attestation.by.is_empty()) {
        attestation.by.clone_from(&authors);
    }
    if all.is_empty() {
        all.extend(result.attestations.iter().zip(1..).map(|(words, n)| words_alone(words, n, people)));
    }
    all
}

fn attestation(observation: &Observation, people: &People<'_>, as_of: Option<&str>) -> Attestation {
    let props = &observation.props;
    let valid_until = owned(props, "valid-until").or_else(|| observation.expires.clone());
    let expired =
        matches!((valid_until.as_deref(), as_of), (Some(until), Some(now)) if is_before(until, now));
    Attestation {
        uuid: observation.uuid.clone(),
        title: observation.title.as_deref().map_or_else(|| "Attestation".to_owned(), markup::line),
        text: observation.description.clone(),
        outcome: owned(props, "outcome"),
        procedure: owned(props, "procedure"),
        controls: values(props, "control-id").into_iter().map(str::to_owned).collect(),
        methods: observation.methods.clone(),
        by: people.of_origins(&observation.origins),
        on: Some(observation.collected.clone()),
        valid_until,
        expired,
        approved_by: values(props, "approved-by").into_iter().filter_map(|uuid| people.name(uuid)).collect(),
        doubts: values(props, "doubt").into_iter().map(str::to_owned).collect(),
    }
}

/// Whether instant `a` lies before instant `b`; never where one of them is none.
fn is_before(a: &str, b: &str) -> bool {
    matches!((a.parse::<Timestamp>(), b.parse::<Timestamp>()), (Ok(a), Ok(b)) if a < b)
}

fn authors(words: &Words, people: &People<'_>) -> Vec<String> {
    let uuids = words.responsible_parties.iter().flat_map(|party| &party.party_uuids);
    uuids.filter_map(|uuid| people.name(uuid)).collect()
}

/// An attestation that no observation goes with, as other tools write it.
fn words_alone(words: &Words, number: u32, people: &People<'_>) -> Attestation {
    let titles: Vec<&str> = words.parts.iter().filter_map(|part| part.title.as_deref()).collect();
    let prose: Vec<&str> = words.parts.iter().filter_map(|part| part.prose.as_deref()).collect();
    Attestation {
        uuid: format!("attestation-{number}"),
        title: if titles.is_empty() { format!("Attestation {number}") } else { titles.join("; ") },
        text: prose.join("\n\n"),
        outcome: None,
        procedure: None,
        controls: Vec::new(),
        methods: Vec::new(),
        by: authors(words, people),
        on: None,
        valid_until: None,
        expired: false,
        approved_by: Vec::new(),
        doubts: Vec::new(),
    }
}

/// A risk as a report shows it.
pub(super) fn risk(risk: &OscalRisk, people: &People<'_>) -> Risk {
    let facets = risk.characterizations.iter().flat_map(|c| &c.facets);
    let facet =
        facets.filter(|f| f.name == "severity" || f.name == "risk").find_map(|f| as_severity(&f.value));
    let severity = prop(&risk.props, "severity").and_then(as_severity).or(facet);
    Risk {
        uuid: risk.uuid.clone(),
        title: markup::line(&risk.title),
        description: risk.description.clone(),
        statement: risk.statement.clone(),
        status: risk.status.clone(),
        accepted: risk.status == "deviation-approved",
        check: owned(&risk.props, "check"),
        waiver: owned(&risk.props, "waiver"),
        severity,
        deadline: risk.deadline.clone(),
        by: approvers(risk, people),
    }
}

/// Who logged the acceptance; else who the risk comes from.
fn approvers(risk: &OscalRisk, people: &People<'_>) -> Vec<String> {
    let entries = risk.risk_log.iter().flat_map(|log| &log.entries);
    let accepting = entries.filter(|entry| entry.status_change.as_deref() == Some("deviation-approved"));
    let uuids = accepting.flat_map(|entry| &entry.logged_by).map(|by| by.party_uuid.as_str());
    let logged: Vec<String> = uuids.filter_map(|uuid| people.name(uuid)).collect();
    if logged.is_empty() { people.of_origins(&risk.origins) } else { logged }
}
