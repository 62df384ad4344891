//! Roll-up: from verdicts and statements to the state of each control.
//!
//! By the control's declared requirements, and nothing passes by default: an unwaived fail, or a statement that the
//! control is not met, makes it [`State::Fail`]; else an error or unknown verdict, a required procedure without
//! statement or with one that has expired or does not count, name the state; else a waived fail; else one pass or one valid statement
//! makes it [`State::Satisfied`]. What applies to nothing is [`State::NoSubject`]. Controls with neither metric nor
//! procedure are listed as not evaluated and have no state.

mod control;
mod gate;
mod state;

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, Warned};

use crate::attest::Attestations;
use crate::attest::codes::ATTESTATION_UNUSED;
use crate::carry::Carried;
use crate::compile::{CheckName, Compiled, Severity, StatementItem};
use crate::verdict::{Counts, Verdicts};

pub use gate::{Summary, gate};
pub use state::{Grounds, Judgement, PROCEDURE_SEVERITY, Standing, State};

/// The outcome for all controls of an assessment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rollup {
    /// The reviewed controls, in catalog order.
    pub controls: Vec<ControlResult>,
    /// Ids of controls with neither metric nor procedure, in catalog order. They never count as satisfied.
    pub not_evaluated: Vec<String>,
}

/// The outcome for one reviewed control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlResult {
    /// OSCAL id.
    pub id: String,
    /// Title in the resolved catalog.
    pub title: String,
    /// The state.
    pub state: State,
    /// The worst severity among what makes the state; none for satisfied and no-subject.
    pub severity: Option<Severity>,
    /// The worst severity among all that is open; see [`Judgement::exposure`].
    pub exposure: Option<Severity>,
    /// Its checks and how their verdicts are spread, sorted by name.
    pub checks: Vec<(CheckName, Counts)>,
    /// Resource types that its checks apply to and of which resources may be missing from the evidence.
    pub unseen: Vec<String>,
    /// Its procedures, as the mapping orders them.
    pub procedures: Vec<ProcedureResult>,
    /// UUIDs of further statements that it rests on: an objection, or that resources are not used.
    pub statements: BTreeSet<String>,
    /// What mappings bring to it from other catalogs.
    pub carried: Carried,
}

/// Where a required procedure stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureResult {
    /// Id of the procedure, unique in the control.
    pub id: String,
    /// What to do, in words.
    pub description: String,
    /// The standing.
    pub standing: Standing,
    /// UUID of the statement that says so.
    pub statement: Option<String>,
}

impl ControlResult {
    /// UUIDs of all statements that it rests on.
    pub fn statement_uuids(&self) -> BTreeSet<&str> {
        let answered = self.procedures.iter().filter_map(|procedure| procedure.statement.as_deref());
        answered.chain(self.statements.iter().map(String::as_str)).collect()
    }
}

/// Rolls verdicts and statements up to the controls, for the instant of the verdicts.
///
/// The findings are warnings: statements without effect, of a later date, or contradicted by the evidence.
pub fn roll_up(compiled: &Compiled, verdicts: &Verdicts, attestations: &Attestations) -> Warned<Rollup> {
    let mut warnings = attestations.later_than(verdicts.as_of);
    warnings.extend(attestations.doubts());
    let ground = control::Ground::new(compiled, verdicts, attestations);
    let controls: Vec<ControlResult> =
        compiled.controls.iter().map(|control| ground.judge(control, &mut warnings)).collect();
    warnings.extend(unused(&controls, attestations, verdicts.as_of));
    warnings.extend(unknown_items(compiled, attestations));
    Warned { value: Rollup { controls, not_evaluated: compiled.not_evaluated.clone() }, warnings }
}

/// A warning for each control id of a statement that changes nothing there.
fn unused(controls: &[ControlResult], attestations: &Attestations, as_of: Timestamp) -> Diagnostics {
    let mut found = Diagnostics::new();
    for statement in attestations.statements().filter(|statement| statement.stated <= as_of) {
        for id in &statement.controls {
            let why = match controls.iter().find(|control| control.id == *id) {
                None => format!("control `{id}` is not reviewed by this assessment"),
                Some(control) if control.asks_for(statement.procedure.as_deref()) => continue,
                Some(control) if control.statements.contains(&statement.observation.uuid) => continue,
                Some(_) if !statement.unused_types.is_empty() => continue,
                Some(_) => match &statement.procedure {
                    Some(procedure) => format!("no mapping asks control `{id}` for procedure `{procedure}`"),
                    None => format!("no mapping asks control `{id}` for a procedure"),
                },
            };
            let note = format!("this statement has no effect: {why}");
            found.push(Diagnostic::note(&ATTESTATION_UNUSED, note).at(statement.location.clone()));
        }
    }
    found
}

/// A warning for each item of a statement that its control does not have.
fn unknown_items(compiled: &Compiled, attestations: &Attestations) -> Diagnostics {
    let mut found = Diagnostics::new();
    for statement in attestations.statements().filter(|statement| !statement.items.is_empty()) {
        let about: Vec<_> =
            compiled.controls.iter().filter(|control| statement.controls.contains(&control.id)).collect();
        let items = about.iter().flat_map(|control| &control.leaves).flat_map(StatementItem::ids);
        let known: BTreeSet<&String> =
            items.chain(about.iter().filter_map(|control| control.statement.as_ref())).collect();
        for item in statement.items.iter().filter(|item| !about.is_empty() && !known.contains(item)) {
            let message = format!("the statement is about `{item}`, which none of its controls has");
            found.push(Diagnostic::warning(&ATTESTATION_UNUSED, message).at(statement.location.clone()));
        }
    }
    found
}

impl ControlResult {
    fn asks_for(&self, procedure: Option<&str>) -> bool {
        match procedure {
            Some(named) => self.procedures.iter().any(|procedure| procedure.id == named),
            None => !self.procedures.is_empty(),
        }
    }
}
