//! What became of lists, in numbers and nothing else: no value, and no digest of one or of a list, which could be tried.

use serde::Serialize;

use super::list::List;
use crate::tlp::Label;

/// What became of all entries. It names all members that own something in the lists: it is for whoever splits them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Manifest {
    /// The colour of what members receive.
    pub colour: Label,
    /// The member that splits.
    pub from: String,
    /// The lists, in the order in which they were named.
    pub lists: Vec<Listed>,
    /// All entries. They are those of members and the last three.
    pub entries: usize,
    /// Members that own entries.
    pub members: Vec<Counted>,
    /// Entries that several members have a claim to, or that tell of another member than the one that has; nobody receives them.
    pub ambiguous: usize,
    /// Entries that no member has a claim to.
    pub unmatched: usize,
    /// Lines that are no entries: no JSON, or a row that goes on over several lines.
    pub unreadable: usize,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// What it is: `csv`, `tsv`, `txt`, `json` or `jsonl`.
    pub format: &'static str,
    /// Its entries.
    pub entries: usize,
}

/// The entries of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counted {
    /// The member.
    pub member: String,
    /// Its entries.
    pub entries: usize,
    /// Why it receives nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_back: Option<Held>,
    /// To how many keys they are encrypted.
    pub keys: usize,
}

/// Why entries do not reach the member whose they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// It is not active, or has no agreement on confidentiality in force.
    NotAdmitted,
    /// No person of it has a public key in the register.
    NoKey,
}

impl Manifest {
    pub(super) fn new(from: &str, colour: Label, lists: &[List]) -> Self {
        let listed = |list: &List| Listed { format: list.extension(), entries: list.len() };
        Self {
            colour,
            from: from.to_owned(),
            lists: lists.iter().map(listed).collect(),
            entries: lists.iter().map(List::len).sum(),
            members: Vec::new(),
            ambiguous: 0,
            unmatched: 0,
            unreadable: lists.iter().map(|list| list.unreadable).sum(),
        }
    }

    /// Entries that members receive.
    pub fn given(&self) -> usize {
        self.members.iter().filter(|one| one.held_back.is_none()).map(|one| one.entries).sum()
    }

    /// Entries of members that receive nothing.
    pub fn held_back(&self) -> usize {
        self.members.iter().filter(|one| one.held_back.is_some()).map(|one| one.entries).sum()
    }
}

impl Counted {
    pub(super) fn new(member: &str, entries: usize) -> Self {
        Self { member: member.to_owned(), entries, held_back: None, keys: 0 }
    }
}

impl Held {
    /// The reason in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotAdmitted => "it may not receive anything: see `probity share member check`",
            Self::NoKey => "no person of it has a key in the register",
        }
    }
}
