//! The next instant at which the same input gives other results.

use jiff::Timestamp;

use super::AssembleInput;
use super::observation::later;

/// The first instant after `as-of` from which evidence is too old, or a statement or waiver begins or has ended.
pub(super) fn next(input: &AssembleInput<'_>) -> Option<Timestamp> {
    let as_of = input.verdicts.as_of;
    let statements = input.attestations.statements().flat_map(|s| [s.stated, s.valid_until]);
    let waivers = input.waivers.risks().flat_map(|risk| [risk.approved, risk.deadline]);
    let evidence = input.compiled.checks.iter().filter_map(|check| {
        let ends = input.verdicts.of_check(&check.name);
        let max_age = check.metric.max_age?;
        ends.filter_map(|verdict| later(verdict.subject.collected, max_age)).filter(|end| *end >= as_of).min()
    });
    // What holds up to and including an instant changes after it, so an end at `as-of` itself is still to come.
    statements.chain(waivers).chain(evidence).filter(|at| *at >= as_of).min()
}
