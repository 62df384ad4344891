//! What is stated, and whether it counts.

use jiff::Timestamp;
use probity_assessment::attest::{AttestationFile, Statement, name_of};
use probity_assessment::rollup::Standing;
use serde::Serialize;

/// A statement, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Entry {
    /// The file.
    pub file: String,
    /// The controls.
    pub controls: Vec<String>,
    /// The items of their statements; empty where it is about all of them.
    pub items: Vec<String>,
    /// The procedure that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
    /// What it says: met, not-met or not-applicable.
    pub outcome: &'static str,
    /// What it is worth.
    pub standing: Standing,
    /// Who states it.
    pub by: Vec<String>,
    /// Who approved it.
    pub approved_by: Vec<String>,
    /// When it was stated.
    pub stated: String,
    /// Until when it is valid.
    pub valid_until: String,
    /// Why it does not count.
    pub doubts: Vec<String>,
}

impl Entry {
    /// Whether it counts.
    pub fn counts(&self) -> bool {
        !matches!(self.standing, Standing::Unverified | Standing::Expired | Standing::Unattested)
    }
}

/// The statements of files at `as_of`, in the order of files.
pub fn list(files: &[AttestationFile], as_of: Timestamp) -> Vec<Entry> {
    files.iter().flat_map(|file| file.statements.iter().map(|one| entry(file, one, as_of))).collect()
}

fn entry(file: &AttestationFile, statement: &Statement, as_of: Timestamp) -> Entry {
    let approvers = file.approvals.iter().flat_map(|approval| &approval.parties);
    let is_later = statement.stated > as_of;
    let mut doubts: Vec<String> = statement.doubts.iter().map(|doubt| doubt.message.clone()).collect();
    if is_later {
        doubts.push(format!("it is stated after {as_of}"));
    }
    Entry {
        file: file.path.to_string(),
        controls: statement.controls.iter().cloned().collect(),
        items: statement.items.iter().cloned().collect(),
        procedure: statement.procedure.clone(),
        outcome: statement.outcome.as_str(),
        standing: if is_later { Standing::Unattested } else { statement.standing(as_of) },
        by: names(file, &statement.authors),
        approved_by: names(file, approvers),
        stated: statement.stated.to_string(),
        valid_until: statement.valid_until.to_string(),
        doubts,
    }
}

fn names<'a>(file: &AttestationFile, uuids: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    uuids.into_iter().filter_map(|uuid| file.party(uuid)).map(|party| name_of(party).to_owned()).collect()
}
