//! Gathering the grounds on which one control is judged.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{Diagnostic, Diagnostics};

use super::state::{Grounds, Standing};
use super::{ControlResult, ProcedureResult};
use crate::attest::codes::ATTESTATION_CONTRADICTED;
use crate::attest::{Attestations, Statement};
use crate::carry::Carried;
use crate::compile::{Check, CheckName, Compiled, ReviewedControl, Severity};
use crate::verdict::{Counts, Subject, Verdicts};

/// What all controls are judged by, looked up once.
pub(super) struct Ground<'a> {
    compiled: &'a Compiled,
    verdicts: &'a Verdicts,
    attestations: &'a Attestations,
    counts: BTreeMap<&'a CheckName, Counts>,
    types_in_use: BTreeSet<&'a str>,
    unlisted_types: BTreeSet<&'a str>,
    complete: bool,
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        compiled: &'a Compiled,
        verdicts: &'a Verdicts,
        attestations: &'a Attestations,
    ) -> Self {
        let names = compiled.checks.iter().map(|check| &check.name);
        Self {
            compiled,
            verdicts,
            attestations,
            counts: names.map(|name| (name, verdicts.counts(name))).collect(),
            types_in_use: verdicts.subjects().iter().map(Subject::kind).collect(),
            unlisted_types: verdicts
                .sources
                .iter()
                .flat_map(|source| &source.unlisted_types)
                .map(String::as_str)
                .collect(),
            complete: !verdicts.sources.is_empty() && verdicts.sources.iter().all(|source| source.complete),
        }
    }

    pub(super) fn judge(&self, control: &ReviewedControl, found: &mut Diagnostics) -> ControlResult {
        let checks: Vec<(&Check, Counts)> = control
            .checks
            .iter()
            .filter_map(|name| Some((self.compiled.check(name)?, *self.counts.get(name)?)))
            .collect();
        let (procedures, others) = self.procedures(control);
        let names: Vec<&str> = procedures.iter().map(|procedure| procedure.id.as_str()).collect();
        let objection = self.attestations.objection(&control.id, &names, self.verdicts.as_of);
        let absence = self.absence(control, &checks, found);

        let mut standings: Vec<Standing> = procedures.iter().map(|procedure| procedure.standing).collect();
        standings.extend(objection.map(|(standing, _)| standing));
        let grounds = Grounds {
            checks: checks
                .iter()
                .map(|(check, counts)| (check.metric.severity, *counts))
                .collect::<Vec<(Severity, _)>>(),
            unseen: checks
                .iter()
                .filter(|(check, _)| self.unlisted(check).next().is_some())
                .map(|(check, _)| check.metric.severity)
                .collect(),
            procedures: standings,
            absence_attested: absence.is_some(),
        };
        let judgement = grounds.judge();
        let unseen: BTreeSet<&str> = checks.iter().flat_map(|(check, _)| self.unlisted(check)).collect();
        let uuid = |statement: &Statement| statement.observation.uuid.clone();
        ControlResult {
            id: control.id.clone(),
            title: control.title.clone(),
            state: judgement.state,
            severity: judgement.severity,
            exposure: judgement.exposure,
            checks: checks.into_iter().map(|(check, counts)| (check.name.clone(), counts)).collect(),
            unseen: unseen.into_iter().map(str::to_owned).collect(),
            procedures,
            statements: objection
                .into_iter()
                .map(|(_, statement)| statement)
                .chain(absence)
                .chain(others)
                .map(uuid)
                .collect(),
            carried: Carried::default(),
        }
    }

    /// The types that a check applies to and of which resources may be missing from the evidence.
    fn unlisted<'b>(&'b self, check: &'b Check) -> impl Iterator<Item = &'b str> {
        check.types.iter().map(String::as_str).filter(|kind| self.unlisted_types.contains(kind))
    }

    /// Where the control's procedures stand, and statements besides those that decide.
    fn procedures(&self, control: &ReviewedControl) -> (Vec<ProcedureResult>, Vec<&'a Statement>) {
        let mut others = Vec::new();
        let mut results = Vec::new();
        for procedure in &control.procedures {
            let (id, leaves) = (&procedure.id, &control.leaves);
            let found = self.attestations.standing(&control.id, id, leaves, self.verdicts.as_of);
            others.extend(found.others);
            results.push(ProcedureResult {
                id: id.clone(),
                description: procedure.description.clone(),
                standing: found.standing,
                statement: found.statement.map(|statement| statement.observation.uuid.clone()),
            });
        }
        (results, others)
    }

    /// The statement that the resources of all the control's checks are not used, where complete evidence bears it out.
    fn absence(
        &self,
        control: &ReviewedControl,
        checks: &[(&Check, Counts)],
        found: &mut Diagnostics,
    ) -> Option<&'a Statement> {
        let statement = self.attestations.absence(&control.id, self.verdicts.as_of)?;
        let contradiction = if let Some(used) = self.in_use(statement, checks) {
            format!("the evidence holds resources of type `{used}`")
        } else if checks.iter().any(|(_, counts)| counts.total() > 0) {
            return None;
        } else if let Some(left) = left_out(statement, checks) {
            format!("it does not name resource type `{left}`, which the control's metrics look at")
        } else if !self.complete {
            "the evidence is not recorded complete".to_owned()
        } else {
            return Some(statement);
        };
        let message = format!(
            "the statement that resources are not used does not settle `{}`: {contradiction}",
            control.id
        );
        found.push(Diagnostic::warning(&ATTESTATION_CONTRADICTED, message).at(statement.location.clone()));
        None
    }

    /// A type that is in use though the statement says otherwise: it is named, or descends from what is named.
    fn in_use<'b>(&'b self, statement: &'b Statement, checks: &[(&'b Check, Counts)]) -> Option<&'b str> {
        let denied = checks.iter().filter(|(check, _)| {
            check.metric.resource_types.iter().all(|kind| statement.unused_types.contains(kind))
        });
        let descendants = denied.flat_map(|(check, _)| check.types.iter());
        let mut types = statement.unused_types.iter().chain(descendants).map(String::as_str);
        types.find(|kind| self.types_in_use.contains(kind))
    }
}

/// A resource type of the control's metrics that the statement does not name.
fn left_out<'a>(statement: &Statement, checks: &[(&'a Check, Counts)]) -> Option<&'a str> {
    let wanted = checks.iter().flat_map(|(check, _)| &check.metric.resource_types);
    wanted.map(String::as_str).find(|kind| !statement.unused_types.contains(*kind))
}
