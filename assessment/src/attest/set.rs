//! The statements of all attestation files of an assessment, and which of them stand at an instant.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Step};

use super::codes::{ATTESTATION_LATER, DUPLICATE_UUID};
use super::{AttestationFile, Stated, Statement};
use crate::rollup::Standing;

/// All attestations of an assessment, sorted by file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attestations {
    files: Vec<AttestationFile>,
}

/// Where a procedure stands, and the statement that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
    /// The standing.
    pub standing: Standing,
    /// The statement; none where there is none.
    pub statement: Option<&'a Statement>,
}

impl Attestations {
    /// Joins files, in whatever order they come.
    ///
    /// # Errors
    /// Two statements have the same uuid.
    pub fn new(mut files: Vec<AttestationFile>) -> Step<Self> {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut seen: BTreeMap<&str, &Location> = BTreeMap::new();
        let mut found = Diagnostics::new();
        for statement in files.iter().flat_map(|file| &file.statements) {
            let uuid = statement.observation.uuid.as_str();
            if let Some(first) = seen.insert(uuid, &statement.location) {
                found.push(
                    Diagnostic::error(&DUPLICATE_UUID, format!("two statements have the uuid `{uuid}`"))
                        .at(statement.location.clone())
                        .also(first.clone(), "the other one"),
                );
            }
        }
        found.unless_errors(Self { files })
    }

    /// The files, sorted by path.
    pub fn files(&self) -> &[AttestationFile] {
        &self.files
    }

    /// All statements, in the order of files.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.files.iter().flat_map(|file| &file.statements)
    }

    /// Where the procedure of a control stands at `as_of`.
    pub fn standing(&self, control: &str, procedure: &str, as_of: Timestamp) -> Found<'_> {
        let newest = self
            .newest(as_of, |statement| statement.controls.contains(control) && statement.answers(procedure));
        match newest {
            None => Found { standing: Standing::Unattested, statement: None },
            Some(statement) => Found { standing: statement.standing(as_of), statement: Some(statement) },
        }
    }

    /// The statement that a control is not met, though no mapping asks for it: the newest one about the control that
    /// answers none of its `procedures`, where that is valid and says `not-met`.
    pub fn objection(&self, control: &str, procedures: &[&str], as_of: Timestamp) -> Option<&Statement> {
        let newest = self.newest(as_of, |statement| {
            statement.controls.contains(control)
                && !procedures.iter().any(|procedure| statement.answers(procedure))
        })?;
        (newest.standing(as_of) == Standing::NotMet).then_some(newest)
    }

    /// The valid statement that resources are not used, as far as a control looks at them.
    pub fn absence(&self, control: &str, as_of: Timestamp) -> Option<&Statement> {
        let newest = self.newest(as_of, |statement| {
            statement.controls.contains(control) && !statement.unused_types.is_empty()
        })?;
        (newest.standing(as_of) == Standing::NotApplicable).then_some(newest)
    }

    /// A warning for each statement that is made after `as_of`.
    pub fn later_than(&self, as_of: Timestamp) -> Diagnostics {
        let later = self.statements().filter(|statement| statement.stated > as_of);
        later
            .map(|statement| {
                let message = format!("this statement of {} is later than as-of {as_of}", statement.stated);
                Diagnostic::warning(&ATTESTATION_LATER, message).at(statement.location.clone())
            })
            .collect()
    }

    /// The newest of the statements that `about` holds for; the worst of those of one instant.
    fn newest(&self, as_of: Timestamp, about: impl Fn(&Statement) -> bool) -> Option<&Statement> {
        self.statements().filter(|statement| statement.stated <= as_of && about(statement)).max_by_key(
            |statement| {
                (
                    statement.stated,
                    std::cmp::Reverse(statement.outcome),
                    std::cmp::Reverse(statement.valid_until),
                    std::cmp::Reverse(statement.observation.uuid.as_str()),
                )
            },
        )
    }
}

impl Statement {
    /// Whether it answers the procedure of that id. A statement on unused resources answers none that it does not name.
    fn answers(&self, procedure: &str) -> bool {
        match &self.procedure {
            Some(named) => named == procedure,
            None => self.unused_types.is_empty(),
        }
    }

    /// What it is worth at `as_of`.
    fn standing(&self, as_of: Timestamp) -> Standing {
        match self.outcome {
            _ if self.valid_until < as_of => Standing::Expired,
            Stated::Met => Standing::Met,
            Stated::NotMet => Standing::NotMet,
            Stated::NotApplicable => Standing::NotApplicable,
        }
    }
}
