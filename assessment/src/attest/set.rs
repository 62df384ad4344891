//! The statements of all attestation files of an assessment, and which of them stand at an instant.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Step};

use super::codes::{ATTESTATION_LATER, DUPLICATE_UUID};
use super::{AttestationFile, Doubt, Stated, Statement, UNASKED};
use crate::compile::StatementItem;
use crate::rollup::Standing;

/// All attestations of an assessment, sorted by file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attestations {
    files: Vec<AttestationFile>,
}

/// Where a procedure stands, and the statement that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The standing.
    pub standing: Standing,
    /// The statement that decides; none where there is none.
    pub statement: Option<&'a Statement>,
    /// Further statements, about other items of the control's statement.
    pub others: Vec<&'a Statement>,
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

    /// Where the procedure of a control, whose statement has these `items`, stands at `as_of`. Where statements speak of items,
    /// each item has its newest statement, and the worst of them decides.
    pub fn standing(
        &self,
        control: &str,
        procedure: &str,
        items: &[StatementItem],
        as_of: Timestamp,
    ) -> Found<'_> {
        let about =
            |statement: &Statement| statement.controls.contains(control) && statement.answers(procedure);
        let by_item = self.statements().any(|statement| about(statement) && !statement.items.is_empty());
        if !by_item || items.is_empty() {
            return found(self.newest(as_of, |one| about(one) && one.items.is_empty()), as_of);
        }
        let of_item = |item: &StatementItem| self.newest(as_of, |one| about(one) && one.covers(item));
        let each: Vec<Found<'_>> = items.iter().map(|item| found(of_item(item), as_of)).collect();
        let others = each.iter().filter_map(|found| found.statement).collect();
        let worst = each.into_iter().min_by_key(|found| found.standing);
        worst.map_or_else(|| found(None, as_of), |worst| Found { others, ..worst })
    }

    /// The statement that a control is not met, though no mapping asks for it: the newest one about the control that
    /// answers none of its `procedures`, where that is valid and says `not-met`. Where it is in doubt, nobody knows.
    pub fn objection(
        &self,
        control: &str,
        procedures: &[&str],
        as_of: Timestamp,
    ) -> Option<(Standing, &Statement)> {
        let newest = self.newest(as_of, |statement| {
            statement.controls.contains(control)
                && !procedures.iter().any(|procedure| statement.answers(procedure))
        })?;
        let standing = newest.standing(as_of);
        let objects = standing == Standing::NotMet
            || (standing == Standing::Unverified && newest.outcome == Stated::NotMet);
        objects.then_some((standing, newest))
    }

    /// The valid statement that resources are not used, as far as a control looks at them.
    pub fn absence(&self, control: &str, as_of: Timestamp) -> Option<&Statement> {
        let newest = self.newest(as_of, |statement| {
            statement.controls.contains(control) && !statement.unused_types.is_empty()
        })?;
        (newest.standing(as_of) == Standing::NotApplicable).then_some(newest)
    }

    /// The method of the first statement about a control that answers what no mapping asked.
    pub fn unasked(&self, control: &str) -> Option<&str> {
        let mut about =
            self.statements().filter(|one| one.controls.contains(control) && one.answers(UNASKED));
        about.next().and_then(|statement| statement.observation.methods.first()).map(String::as_str)
    }

    /// What each statement that is in doubt lacks.
    pub fn doubts(&self) -> Diagnostics {
        self.statements().flat_map(|statement| &statement.doubts).map(Doubt::finding).collect()
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

    /// The newest of the statements that `about` holds for; the worst of those of one instant. Where that is in doubt, an older
    /// fail stands.
    fn newest(&self, as_of: Timestamp, about: impl Fn(&Statement) -> bool) -> Option<&Statement> {
        let made = || self.statements().filter(|statement| statement.stated <= as_of && about(statement));
        let newest = made().max_by_key(|statement| statement.rank())?;
        let firm = || made().filter(|statement| statement.doubts.is_empty()).max_by_key(|one| one.rank());
        let fail = || firm().filter(|statement| statement.standing(as_of) == Standing::NotMet);
        if newest.doubts.is_empty() { Some(newest) } else { fail().or(Some(newest)) }
    }
}

fn found(statement: Option<&Statement>, as_of: Timestamp) -> Found<'_> {
    let standing = statement.map_or(Standing::Unattested, |statement| statement.standing(as_of));
    Found { standing, statement, others: Vec::new() }
}

impl Statement {
    /// Later statements rank higher; of those of one instant, the worse.
    fn rank(&self) -> (Timestamp, impl Ord + use<'_>) {
        (
            self.stated,
            (Reverse(self.outcome), Reverse(self.valid_until), Reverse(self.observation.uuid.as_str())),
        )
    }

    /// Whether it answers the procedure of that id. A statement on unused resources answers none that it does not name.
    fn answers(&self, procedure: &str) -> bool {
        match &self.procedure {
            Some(named) => named == procedure,
            None => self.unused_types.is_empty(),
        }
    }

    /// Whether it speaks of an item of a control's statement.
    pub fn covers(&self, item: &StatementItem) -> bool {
        self.items.is_empty() || item.ids().any(|id| self.items.contains(id))
    }

    /// What it is worth at `as_of`.
    pub fn standing(&self, as_of: Timestamp) -> Standing {
        match self.outcome {
            _ if self.valid_until < as_of => Standing::Expired,
            _ if !self.doubts.is_empty() => Standing::Unverified,
            Stated::Met => Standing::Met,
            Stated::NotMet => Standing::NotMet,
            Stated::NotApplicable => Standing::NotApplicable,
        }
    }
}
