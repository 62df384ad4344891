//! What results say of the keys of items: which fail, which risks are accepted, and of the others, whether they are seen to be
//! met.

use std::collections::{BTreeMap, BTreeSet};

use probity_oscal::model::assessment::{Finding, LoggedBy, Observation, Risk};
use probity_oscal::model::assessment_results::Result as OscalResult;

use crate::view::props::{prop, values};
use crate::view::{ControlState, Severity, as_severity};

/// A risk of the results, or a control that fails without one.
#[derive(Debug)]
pub(super) struct Case<'a> {
    /// Whether every fail is covered by an accepted risk.
    pub(super) accepted: bool,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) statement: String,
    pub(super) severity: Option<Severity>,
    pub(super) check: Option<&'a str>,
    /// Ids of the controls, in the order of the catalog.
    pub(super) controls: Vec<&'a str>,
    pub(super) observation: Option<&'a Observation>,
    /// The first of the findings.
    pub(super) finding: Option<&'a Finding>,
    /// UUIDs of the accepted risks in what people wrote.
    pub(super) waivers: BTreeSet<&'a str>,
    /// Who accepted them last.
    pub(super) approvers: Vec<LoggedBy>,
}

/// How something stands.
pub(super) enum Standing<'c, 'a> {
    /// It fails, or its fails are accepted.
    Fails(&'c Case<'a>),
    /// Nobody can say; why.
    Unsettled(String),
    /// It is seen to be met.
    Met,
}

/// What a result says, by the keys of items.
pub(super) struct Survey<'a> {
    result: &'a OscalResult,
    cases: BTreeMap<String, Case<'a>>,
}

impl<'a> Survey<'a> {
    pub(super) fn of(result: &'a OscalResult) -> Self {
        let mut risks: BTreeMap<String, Vec<&Risk>> = BTreeMap::new();
        for risk in result.risks.iter().filter(|risk| risk.status != "closed") {
            let key = match prop(&risk.props, "check") {
                Some(check) => format!("check:{check}"),
                None => format!("risk:{}", risk.uuid),
            };
            risks.entry(key).or_default().push(risk);
        }
        let mut cases: BTreeMap<String, Case<'a>> = BTreeMap::new();
        for (key, risks) in risks {
            cases.extend(of_risks(result, &risks).map(|case| (key, case)));
        }
        for finding in result.findings.iter().filter(|finding| fails_by_itself(result, finding)) {
            cases.insert(format!("control:{}", control(finding)), of_finding(result, finding));
        }
        Self { result, cases }
    }

    /// What fails or is accepted, by key.
    pub(super) fn cases<'c>(&'c self) -> BTreeMap<&'c str, &'c Case<'a>> {
        self.cases.iter().map(|(key, case)| (key.as_str(), case)).collect()
    }

    /// How the thing with that key stands.
    pub(super) fn standing<'c>(&'c self, key: &str) -> Standing<'c, 'a> {
        if let Some(case) = self.cases.get(key) {
            return Standing::Fails(case);
        }
        match key.split_once(':') {
            Some(("check", name)) => self.of_check(name),
            Some(("control", id)) => self.of_control(id),
            Some(("risk", uuid)) => self.of_risk(uuid),
            _ => Standing::Unsettled("nothing is known of it".to_owned()),
        }
    }

    fn of_check(&self, name: &str) -> Standing<'_, 'a> {
        let is_named = |props| prop(props, "check") == Some(name);
        let judged: Vec<&str> = self
            .result
            .observations
            .iter()
            .filter(|observation| is_named(&observation.props))
            .filter_map(|observation| prop(&observation.props, "verdict"))
            .collect();
        let unlisted = self
            .result
            .findings
            .iter()
            .filter(|finding| values(&finding.props, "check").contains(&name))
            .find_map(|finding| prop(&finding.props, "unlisted"));
        if judged.iter().any(|verdict| matches!(*verdict, "unknown" | "error")) {
            Standing::Unsettled("the evidence does not settle the check".to_owned())
        } else if let Some(kind) = unlisted {
            Standing::Unsettled(format!("resources of type `{kind}` may be missing from the evidence"))
        } else if judged.contains(&"pass") {
            Standing::Met
        } else {
            Standing::Unsettled("no resource was judged by the check".to_owned())
        }
    }

    fn of_control(&self, id: &str) -> Standing<'_, 'a> {
        let found = self.result.findings.iter().filter(|finding| control(finding) == id);
        let worst = found.map(state).min();
        match worst {
            None => Standing::Unsettled("the control is not reviewed any more".to_owned()),
            // a fail that does not stand by itself has an item of its check
            Some(ControlState::Satisfied | ControlState::Waived | ControlState::Fail) => Standing::Met,
            Some(state) => {
                Standing::Unsettled(format!("the control is not settled: {}", state.name().to_lowercase()))
            }
        }
    }

    fn of_risk(&self, uuid: &str) -> Standing<'_, 'a> {
        if self.result.risks.iter().any(|risk| risk.uuid == uuid) {
            return Standing::Met; // it is there and closed, else it would be a case
        }
        Standing::Unsettled("the results do not name the risk any more".to_owned())
    }
}

/// The case that the risks of one key make, open ones before accepted ones.
fn of_risks<'a>(result: &'a OscalResult, risks: &[&'a Risk]) -> Option<Case<'a>> {
    let is_accepted = |risk: &&&Risk| risk.status == "deviation-approved";
    let first = risks.iter().find(|risk| !is_accepted(risk)).or(risks.first())?;
    let uuids: BTreeSet<&str> = risks.iter().map(|risk| risk.uuid.as_str()).collect();
    let related = |finding: &&Finding| {
        finding.related_risks.iter().any(|related| uuids.contains(related.risk_uuid.as_str()))
    };
    let findings: Vec<&Finding> = result.findings.iter().filter(related).collect();
    let mut controls = Vec::new();
    for id in findings.iter().map(|finding| control(finding)) {
        if !controls.contains(&id) {
            controls.push(id);
        }
    }
    let accepted: Vec<&&Risk> = risks.iter().filter(is_accepted).collect();
    let observed =
        first.related_observations.first().and_then(|one| observation(result, &one.observation_uuid));
    let (title, description) = named(first, observed);
    Some(Case {
        accepted: accepted.len() == risks.len(),
        title,
        description,
        statement: first.statement.clone(),
        severity: severity(first),
        check: prop(&first.props, "check"),
        controls,
        observation: observed,
        finding: findings.first().copied(),
        waivers: accepted.iter().filter_map(|risk| prop(&risk.props, "waiver")).collect(),
        approvers: accepted.iter().flat_map(|risk| approvers(risk)).collect(),
    })
}

/// Title and description of a risk. One that is accepted has those of the waiver, which may be about several checks; an item is
/// called after its check.
fn named(risk: &Risk, observed: Option<&Observation>) -> (String, String) {
    let check =
        observed.filter(|one| prop(&risk.props, "waiver").is_some() && prop(&one.props, "check").is_some());
    match check.and_then(|one| Some((one.title.as_ref()?, &one.description))) {
        Some((title, description)) => (format!("Not met: {title}"), description.clone()),
        None => (risk.title.clone(), risk.description.clone()),
    }
}

/// Who approved the deviation last.
fn approvers(risk: &Risk) -> Vec<LoggedBy> {
    let entries = risk.risk_log.iter().flat_map(|log| &log.entries);
    let approvals = entries.filter(|entry| entry.status_change.as_deref() == Some("deviation-approved"));
    approvals.max_by_key(|entry| entry.start.clone()).map(|entry| entry.logged_by.clone()).unwrap_or_default()
}

fn severity(risk: &Risk) -> Option<Severity> {
    let facets = risk.characterizations.iter().flat_map(|characterization| &characterization.facets);
    let mut facets = facets.filter(|facet| matches!(facet.name.as_str(), "severity" | "risk"));
    prop(&risk.props, "severity")
        .and_then(as_severity)
        .or_else(|| facets.find_map(|facet| as_severity(&facet.value)))
}

/// Whether a finding is a fail that no risk stands for: people say so, or another catalog.
fn fails_by_itself(result: &OscalResult, finding: &Finding) -> bool {
    if state(finding) != ControlState::Fail {
        return false;
    }
    let said =
        finding.related_observations.iter().filter_map(|one| observation(result, &one.observation_uuid));
    let mut said = said.filter(|one| says_no(one));
    finding.related_risks.is_empty() || said.next().is_some()
}

/// Whether an observation says that a control is not met: an attestation, or what is carried from another catalog.
fn says_no(observation: &Observation) -> bool {
    prop(&observation.props, "outcome") == Some("not-met")
        || prop(&observation.props, "carries") == Some("fail")
}

fn of_finding<'a>(result: &'a OscalResult, finding: &'a Finding) -> Case<'a> {
    let related: Vec<&Observation> = finding
        .related_observations
        .iter()
        .filter_map(|one| observation(result, &one.observation_uuid))
        .collect();
    let observed = related.iter().find(|one| says_no(one)).or(related.first()).copied();
    Case {
        accepted: false,
        title: format!("Not met: {}", finding.title),
        description: finding.description.clone(),
        statement: "The control is not met.".to_owned(),
        severity: prop(&finding.props, "severity").and_then(as_severity),
        check: None,
        controls: vec![control(finding)],
        observation: observed,
        finding: Some(finding),
        waivers: BTreeSet::new(),
        approvers: Vec::new(),
    }
}

fn observation<'a>(result: &'a OscalResult, uuid: &str) -> Option<&'a Observation> {
    result.observations.iter().find(|observation| observation.uuid == uuid)
}

/// The control that a finding is about, or its target where it does not say.
fn control(finding: &Finding) -> &str {
    prop(&finding.props, "control-id").unwrap_or(&finding.target.target_id)
}

fn state(finding: &Finding) -> ControlState {
    let status = &finding.target.status;
    prop(&finding.props, "state")
        .and_then(ControlState::parse)
        .unwrap_or_else(|| ControlState::of_status(&status.state, status.reason.as_deref()))
}
