//! Results as of one instant, as far as a series needs them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::view::{
    Attestation, Category, ControlState, NotEvaluated, Report, Severity, StateCounts, Verdict, VerdictCounts,
};

/// Results as of one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The instant of judgement.
    pub as_of: Timestamp,
    /// The assessment-results file.
    pub file: String,
    /// SHA-256 of that file, in hexadecimal.
    pub digest: String,
    /// The groups of the catalog with the states of their controls.
    pub categories: Vec<Category>,
    /// Evaluated controls by state.
    pub states: StateCounts,
    /// Controls that need attention, by severity.
    pub severities: BTreeMap<Severity, u64>,
    /// The controls that were evaluated, in the order of the catalog.
    pub controls: Vec<ControlAt>,
    /// Those that were not.
    pub not_evaluated: Vec<NotEvaluated>,
    /// The checks by name.
    pub checks: BTreeMap<String, CheckAt>,
    /// What people attested.
    pub attestations: Vec<Attestation>,
    /// Whether verdicts on resources that pass are known too.
    pub is_complete: bool,
}

/// A control at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlAt {
    /// Its id.
    pub id: String,
    /// The printed id.
    pub label: String,
    /// The title.
    pub title: String,
    /// Id of the category.
    pub category: String,
    /// The outcome.
    pub state: ControlState,
    /// Severity of what is open.
    pub severity: Option<Severity>,
    /// Names of the checks behind it.
    pub checks: Vec<String>,
    /// Ids of the procedures that it asks people for.
    pub procedures: Vec<String>,
    /// UUIDs of the observations that attest it.
    pub attestations: Vec<String>,
    /// Whether it has its state from another catalog.
    pub is_carried: bool,
}

/// A check at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckAt {
    /// What holds where it passes.
    pub title: String,
    /// How bad a fail is.
    pub severity: Option<Severity>,
    /// Verdicts by outcome.
    pub counts: VerdictCounts,
    /// For how many seconds evidence is recent enough.
    pub max_age: Option<i64>,
    /// The resources that it looked at, by id.
    pub resources: BTreeMap<Arc<str>, Looked>,
}

/// What a check found of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// The resource's name.
    pub name: Arc<str>,
    /// Its type.
    pub kind: Arc<str>,
    /// The outcome.
    pub verdict: Verdict,
    /// The evidence file.
    pub source: Option<Arc<str>>,
    /// The line in it, from 1.
    pub line: Option<u32>,
    /// SHA-256 of the line's canonical form, in hexadecimal.
    pub digest: String,
    /// When the evidence was collected.
    pub collected: Option<Timestamp>,
}

impl Point {
    /// What `report` shows, without its resources.
    pub(super) fn of(report: Report, as_of: Timestamp) -> Self {
        let checks = report.checks.into_iter().map(|check| {
            let at = CheckAt {
                max_age: age(check.collected.as_deref(), check.expires.as_deref()),
                title: check.title,
                severity: check.severity,
                counts: check.counts,
                resources: BTreeMap::new(),
            };
            (check.name, at)
        });
        let controls = report.controls.into_iter().map(|control| ControlAt {
            id: control.id,
            label: control.label,
            title: control.title,
            category: control.category,
            state: control.state,
            severity: control.severity,
            checks: control.checks,
            procedures: control.procedures.into_iter().map(|procedure| procedure.id).collect(),
            attestations: control.attestations,
            is_carried: control.is_carried,
        });
        Self {
            as_of,
            file: report.file,
            digest: report.digest,
            categories: report.categories,
            states: report.totals.states,
            severities: report.totals.severities,
            controls: controls.collect(),
            not_evaluated: report.not_evaluated,
            checks: checks.collect(),
            attestations: report.attestations,
            is_complete: false,
        }
    }

    /// The evaluated control with this id.
    pub fn control(&self, id: &str) -> Option<&ControlAt> {
        self.controls.iter().find(|control| control.id == id)
    }
}

/// For how many seconds evidence is recent enough: from its collection to where it expires.
fn age(collected: Option<&str>, expires: Option<&str>) -> Option<i64> {
    let (collected, expires): (Timestamp, Timestamp) = (collected?.parse().ok()?, expires?.parse().ok()?);
    Some(expires.duration_since(collected).as_secs()).filter(|age| *age > 0)
}
