//! What an assessment found by its own checks and statements, read from its results.

use std::collections::BTreeMap;
use std::io::Read;

use jiff::Timestamp;
use probity_oscal::model::assessment::Finding;
use probity_oscal::model::metadata::Property;
use serde::Deserialize;

use super::Item;
use crate::compile::Severity;
use crate::props::values;
use crate::rollup::{ControlResult, PROCEDURE_SEVERITY, Rollup, State};

/// The results of an assessment by control, but for those that were carried to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The instant that they were judged for, as the results write it.
    pub as_of: String,
    /// By control id. What is not in it was not evaluated.
    pub controls: BTreeMap<String, GivenResult>,
}

/// What was found for one control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenResult {
    /// The state by its own checks and statements.
    pub state: State,
    /// How bad it is, where it is not satisfied.
    pub severity: Option<Severity>,
    /// UUID of the finding.
    pub finding: String,
}

/// What the giving side of a map amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// All of it is satisfied.
    Satisfied,
    /// Some of it fails; how bad that is.
    Fails(Severity),
    /// Neither; why, in words.
    Open(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Document {
    assessment_results: Model,
}

#[derive(Deserialize)]
struct Model {
    results: Vec<Results>,
}

#[derive(Deserialize)]
struct Results {
    start: String,
    end: Option<String>,
    #[serde(default)]
    findings: Vec<Finding>,
}

impl Given {
    /// Reads assessment results that Probity wrote, findings only: subjects and observations are passed over.
    ///
    /// # Errors
    /// They cannot be read, or are no assessment results.
    pub fn read(reader: impl Read) -> Result<Self, serde_json::Error> {
        let document: Document = serde_json::from_reader(reader)?;
        let mut given = Self::default();
        for result in document.assessment_results.results {
            given.as_of = result.end.unwrap_or(result.start);
            given.controls.extend(result.findings.iter().filter_map(own));
        }
        Ok(given)
    }

    /// What an assessment that nothing is carried to found, as its results for the instant `as_of` would say it; there
    /// are no findings to refer to.
    pub fn of(rollup: &Rollup, as_of: Timestamp) -> Self {
        let own = |control: &ControlResult| {
            let severity = control.severity.filter(|_| !control.state.is_satisfied());
            (control.id.clone(), GivenResult { state: control.state, severity, finding: String::new() })
        };
        Self { as_of: as_of.to_string(), controls: rollup.controls.iter().map(own).collect() }
    }

    /// What the control and, where it is a heading, its requirements come to, one by one.
    pub(super) fn members<'a>(&'a self, item: &'a Item) -> Vec<(&'a str, Option<&'a GivenResult>)> {
        let own = self.controls.get(&item.control);
        let itself = (own.is_some() || item.requirements.is_empty()).then_some((item.control.as_str(), own));
        let below = item.requirements.iter().map(|id| (id.as_str(), self.controls.get(id)));
        itself.into_iter().chain(below).collect()
    }

    /// What all items together amount to.
    pub(super) fn outcome(&self, items: &[Item]) -> Outcome {
        let mut open: Vec<String> = Vec::new();
        let mut worst: Option<Severity> = None;
        for item in items {
            for (id, result) in self.members(item) {
                match result {
                    Some(found) if found.state == State::Fail && item.whole => {
                        let severity = found.severity.unwrap_or(PROCEDURE_SEVERITY);
                        worst = Some(worst.map_or(severity, |worst| worst.min(severity)));
                    }
                    Some(found) if found.state == State::Fail => {
                        open.push(format!("`{id}` fails, and the map names only an item of its statement"));
                    }
                    Some(found) if found.state.is_satisfied() => {}
                    Some(found) => open.push(format!("`{id}` is {}", words(found.state))),
                    None => open.push(format!("`{id}` is not evaluated")),
                }
            }
        }
        match (worst, open.as_slice()) {
            (Some(severity), _) => Outcome::Fails(severity),
            (None, []) => Outcome::Satisfied,
            (None, [only]) => Outcome::Open(only.clone()),
            (None, [first, rest @ ..]) => Outcome::Open(format!("{first}, and {} more are open", rest.len())),
        }
    }
}

/// The state that a finding of ours has without what was carried to it; none where nothing else was there.
fn own(finding: &Finding) -> Option<(String, GivenResult)> {
    let first = |name| values(&finding.props, name).next().map(|(_, value)| value);
    let state = State::parse(first("own-state").or(first("state"))?)?;
    let severity = severity(&finding.props).filter(|_| !state.is_satisfied());
    let result = GivenResult { state, severity, finding: finding.uuid.clone() };
    Some((first("control-id")?.to_owned(), result))
}

fn severity(props: &[Property]) -> Option<Severity> {
    values(props, "severity").next().and_then(|(_, value)| Severity::parse(value))
}

fn words(state: State) -> &'static str {
    match state {
        State::Fail => "failing",
        State::Error => "in error",
        State::Unknown => "unknown",
        State::Unattested => "not attested",
        State::Expired => "attested by a statement that has expired",
        State::Waived => "failing with an accepted risk",
        State::Satisfied => "satisfied",
        State::NoSubject => "without subject",
    }
}
