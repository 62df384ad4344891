//! How a community is run: its documents, board, managing director and committees.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Step, TreePath};
use serde::Deserialize;

use super::{malformed, record};
use crate::codes;

/// Who appoints how many seats of the board.
const SEATS: [(&str, usize); 2] = [("alliance", 4), ("members", 3)];

/// Documents that a community rests on, and how many of each there are.
const DOCUMENTS: [(&str, usize); 3] = [("memorandum", 2), ("bye-laws", 1), ("charter", 1)];

/// How many committees there are.
const COMMITTEES: usize = 3;

/// What `governance.yaml` says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Governance {
    #[serde(skip, default = "TreePath::root")]
    path: TreePath,
    documents: Vec<Agreed>,
    board: Vec<Seat>,
    managing_director: Term,
    committees: Vec<Committee>,
}

/// A document that was agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Agreed {
    kind: String,
    title: String,
    signed: Date,
    /// What the community is for; of a charter.
    mission: Option<String>,
    /// What it holds itself to; of a charter.
    #[serde(default)]
    principles: Vec<String>,
}

/// A seat of the board.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Seat {
    appointed_by: String,
    person: String,
    from: Date,
    until: Date,
}

/// Somebody in office.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Term {
    person: String,
    from: Date,
    until: Date,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Committee {
    name: String,
    chair: String,
}

impl Governance {
    /// Reads the file.
    ///
    /// # Errors
    /// It cannot be read, or lacks something or has something else.
    pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Self> {
        let read = record::<Self>(tree, path, &codes::GOVERNANCE)?;
        Ok(read.map(|governance| Self { path: path.clone(), ..governance }))
    }

    /// What does not hold on a day.
    pub fn lint(&self, day: Date) -> Diagnostics {
        let mut found = Diagnostics::new();
        found.extend(self.documents(day));
        found.extend(self.board(day));
        found.extend(self.director(day));
        let names: std::collections::BTreeSet<&str> =
            self.committees.iter().map(|one| one.name.as_str()).collect();
        if names.len() != COMMITTEES || self.committees.len() != COMMITTEES {
            let count = self.committees.len();
            found.push(self.say(format!(
                "there are {count} committees, and {COMMITTEES} with names of their own belong"
            )));
        }
        for one in self.committees.iter().filter(|one| one.chair.trim().is_empty()) {
            found.push(self.say(format!("the committee `{}` has no chair", one.name)));
        }
        found
    }

    fn say(&self, message: String) -> Diagnostic {
        malformed(&codes::GOVERNANCE, &self.path, message)
    }

    fn documents(&self, day: Date) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (kind, wanted) in DOCUMENTS {
            let is_signed =
                |one: &&Agreed| one.kind == kind && one.signed <= day && !one.title.trim().is_empty();
            let count = self.documents.iter().filter(is_signed).count();
            if count != wanted {
                found.push(
                    self.say(format!("{count} documents of kind `{kind}` are signed, and {wanted} belong")),
                );
            }
        }
        for charter in self.documents.iter().filter(|one| one.kind == "charter") {
            let is_said = |text: &String| !text.trim().is_empty();
            if !charter.mission.as_ref().is_some_and(is_said) || !charter.principles.iter().any(is_said) {
                found
                    .push(self.say(format!("the charter `{}` lacks a mission or principles", charter.title)));
            }
        }
        found
    }

    fn board(&self, day: Date) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for seat in self.board.iter().filter(|seat| !SEATS.iter().any(|(by, _)| *by == seat.appointed_by)) {
            found.push(self.say(format!("`{}` appoints nobody to the board", seat.appointed_by)));
        }
        for (by, most) in SEATS {
            let of = self.board.iter().filter(|seat| seat.appointed_by == by);
            let count = of.clone().filter(|seat| seat.from <= day && day <= seat.until).count();
            if count > most {
                found.push(self.say(format!(
                    "{count} seats of the board are appointed by `{by}`, and {most} are its own"
                )));
            }
            let ended = of.filter(|seat| seat.until < day);
            found.extend(ended.map(|seat| {
                self.say(format!("the term of `{}` on the board ended on {}", seat.person, seat.until))
            }));
        }
        found
    }

    fn director(&self, day: Date) -> Vec<Diagnostic> {
        let Term { person, from, until } = &self.managing_director;
        let year: Span = 1.year();
        let mut found = Vec::new();
        if from.checked_add(year).is_ok_and(|end| *until >= end) {
            found.push(
                self.say(format!("the term of the managing director `{person}` is longer than a year")),
            );
        }
        if day < *from || day > *until {
            found.push(
                self.say(format!(
                    "the managing director `{person}` is in office from {from} to {until} only"
                )),
            );
        }
        found
    }
}
