//! The accepted risks of an assessment, and which of them are in force.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Step};
use uuid::Uuid;

use super::{AcceptedRisk, WaiverFile};
use crate::attest::codes::{DUPLICATE_UUID, WAIVER_NOT_IN_FORCE, WAIVER_UNUSED};
use crate::compile::Compiled;
use crate::verdict::{Outcome, Verdicts, Waiver};

/// All accepted risks of an assessment, sorted by file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AcceptedRisks {
    files: Vec<WaiverFile>,
}

impl AcceptedRisks {
    /// Joins files, in whatever order they come.
    ///
    /// # Errors
    /// Two accepted risks have the same uuid.
    pub fn new(mut files: Vec<WaiverFile>) -> Step<Self> {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut seen: BTreeMap<Uuid, &Location> = BTreeMap::new();
        let mut found = Diagnostics::new();
        for risk in files.iter().flat_map(|file| &file.risks) {
            if let Some(first) = seen.insert(risk.uuid, &risk.location) {
                found.push(
                    Diagnostic::error(
                        &DUPLICATE_UUID,
                        format!("two accepted risks have the uuid `{}`", risk.uuid),
                    )
                    .at(risk.location.clone())
                    .also(first.clone(), "the other one"),
                );
            }
        }
        found.unless_errors(Self { files })
    }

    /// The files, sorted by path.
    pub fn files(&self) -> &[WaiverFile] {
        &self.files
    }

    /// All accepted risks, in the order of files.
    pub fn risks(&self) -> impl Iterator<Item = &AcceptedRisk> {
        self.files.iter().flat_map(|file| &file.risks)
    }

    /// The accepted risk with that uuid.
    pub fn risk(&self, uuid: Uuid) -> Option<&AcceptedRisk> {
        self.risks().find(|risk| risk.uuid == uuid)
    }

    /// What the engine needs of the risks that are in force at `as_of`.
    pub fn waivers(&self, as_of: Timestamp) -> Vec<Waiver> {
        let in_force = self.risks().filter(|risk| risk.in_force(as_of));
        in_force
            .flat_map(|risk| {
                risk.waives.iter().map(|metric| Waiver {
                    risk: risk.uuid,
                    metric: metric.clone(),
                    resources: risk.resources.clone(),
                    deadline: risk.deadline,
                })
            })
            .collect()
    }

    /// A warning for each risk that is not in force, a note for each that covers no fail.
    pub fn review(&self, compiled: &Compiled, verdicts: &Verdicts) -> Diagnostics {
        let used = used(compiled, verdicts);
        self.risks().filter_map(|risk| review(risk, &used, verdicts.as_of)).collect()
    }
}

/// UUIDs of the waivers that cover a fail.
fn used(compiled: &Compiled, verdicts: &Verdicts) -> BTreeSet<Uuid> {
    let waived = compiled.checks.iter().flat_map(|check| verdicts.of_check(&check.name));
    let waived = waived.filter(|verdict| verdict.outcome == Outcome::Waived);
    waived.filter_map(|verdict| verdict.detail().waiver).collect()
}

fn review(risk: &AcceptedRisk, used: &BTreeSet<Uuid>, as_of: Timestamp) -> Option<Diagnostic> {
    let what = risk.waives.iter().cloned().collect::<Vec<_>>().join("`, `");
    let diagnostic = if as_of > risk.deadline {
        let message = format!("the waiver of `{what}` ended on {}: its fails count again", risk.deadline);
        Diagnostic::warning(&WAIVER_NOT_IN_FORCE, message)
    } else if as_of < risk.approved {
        let message = format!("the waiver of `{what}` holds from {} on, after as-of {as_of}", risk.approved);
        Diagnostic::warning(&WAIVER_NOT_IN_FORCE, message)
    } else if used.contains(&risk.uuid) {
        return None;
    } else {
        Diagnostic::note(&WAIVER_UNUSED, format!("the waiver of `{what}` covers no fail"))
    };
    Some(diagnostic.at(risk.location.clone()))
}
