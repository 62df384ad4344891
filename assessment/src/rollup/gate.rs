//! The gate of a project, and the numbers of a summary.

use std::collections::BTreeMap;

use super::{ControlResult, Rollup, State};
use crate::compile::Severity;

/// How many controls are in which state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Reviewed controls by state; states without a control are left out.
    pub states: BTreeMap<State, usize>,
    /// Controls that are not satisfied, by severity; controls without a severity (no subject) are left out.
    pub severities: BTreeMap<Severity, usize>,
    /// Controls with neither metric nor procedure.
    pub not_evaluated: usize,
}

impl Rollup {
    /// The numbers.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary { not_evaluated: self.not_evaluated.len(), ..Summary::default() };
        for control in &self.controls {
            *summary.states.entry(control.state).or_default() += 1;
            if let Some(severity) = control.severity {
                *summary.severities.entry(severity).or_default() += 1;
            }
        }
        summary
    }

    /// The controls with something open that is as bad as `threshold` or worse, in catalog order.
    pub fn above(&self, threshold: Severity) -> impl Iterator<Item = &ControlResult> {
        self.controls
            .iter()
            .filter(move |control| control.exposure.is_some_and(|exposure| exposure <= threshold))
    }
}

/// Whether a control is above the gate: something is open in it (a fail, an error, an unknown verdict, a procedure
/// without valid statement) that is as bad as `threshold` or worse. Waived fails leave the gate; controls without
/// subject do not enter it.
pub fn gate(rollup: &Rollup, threshold: Severity) -> bool {
    rollup.above(threshold).next().is_some()
}
