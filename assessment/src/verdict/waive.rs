//! Accepted risks that cover a fail.

use std::collections::BTreeSet;

use jiff::Timestamp;
use uuid::Uuid;

use super::record::Outcome;
use crate::compile::Check;

/// A risk with status `deviation-approved`, as far as verdicts depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// UUID of the risk.
    pub risk: Uuid,
    /// The metric, or a single check of it.
    pub metric: String,
    /// Ids of the resources that it covers; none = all.
    pub resources: Option<BTreeSet<String>>,
    /// Last instant at which it holds.
    pub deadline: Timestamp,
}

impl Waiver {
    /// Whether it covers a fail of `check` on resource `id` at `as_of`.
    pub fn covers(&self, check: &Check, id: &str, as_of: Timestamp) -> bool {
        let rule = check.foreign.as_ref().map(|rule| rule.id.as_str());
        let names = [Some(check.metric.name.as_str()), Some(check.name.as_str()), rule];
        let names_check = names.contains(&Some(self.metric.as_str()));
        let names_resource = self.resources.as_ref().is_none_or(|ids| ids.contains(id));
        names_check && names_resource && as_of <= self.deadline
    }
}

/// `outcome` and the waiver that changed it: a fail that a waiver covers is waived.
pub(crate) fn waive(
    outcome: Outcome,
    waivers: &[Waiver],
    check: &Check,
    id: &str,
    as_of: Timestamp,
) -> (Outcome, Option<Uuid>) {
    if outcome != Outcome::Fail {
        return (outcome, None);
    }
    match waivers.iter().find(|waiver| waiver.covers(check, id, as_of)) {
        Some(waiver) => (Outcome::Waived, Some(waiver.risk)),
        None => (Outcome::Fail, None),
    }
}
