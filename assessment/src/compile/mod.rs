//! From a resolved catalog, metrics and mappings to checks.

mod check;
mod metric;

use std::collections::BTreeSet;

pub use check::{Check, CheckName, Target, TargetOrigin};
pub use metric::{Metric, MetricName, Operator, Severity};

/// What a compilation gives.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The checks, sorted by name.
    pub checks: Vec<Check>,
    /// Controls with at least one check or procedure, in catalog order.
    pub controls: Vec<ReviewedControl>,
    /// Ids of controls with neither metric nor procedure, in catalog order.
    pub not_evaluated: Vec<String>,
    /// The OPA bundle: relative path and bytes, sorted by path.
    pub bundle: Vec<(String, Vec<u8>)>,
}

impl Compiled {
    /// The check of that name.
    pub fn check(&self, name: &CheckName) -> Option<&Check> {
        let at = self.checks.binary_search_by(|check| check.name.cmp(name)).ok()?;
        self.checks.get(at)
    }
}

/// A control that the assessment reviews.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewedControl {
    /// OSCAL id.
    pub id: String,
    /// Title in the resolved catalog.
    pub title: String,
    /// Id of the part named `statement`; where the control has none, the plan defines an objective.
    pub statement: Option<String>,
    /// Ids of the statement's items that the mappings name, with their checks; empty for most controls.
    pub items: Vec<(String, BTreeSet<CheckName>)>,
    /// Checks by which the control is judged.
    pub checks: BTreeSet<CheckName>,
    /// Manual procedures that the mappings ask for.
    pub procedures: Vec<Procedure>,
    /// The worst severity of its checks.
    pub severity: Option<Severity>,
}

/// A manual procedure: somebody has to look or ask, and attest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Procedure {
    /// Unique within the control: prop `class` of the mapping, else `attestation`.
    pub id: String,
    /// `EXAMINE` or `INTERVIEW`.
    pub method: String,
    /// What to do, in words.
    pub description: String,
}
