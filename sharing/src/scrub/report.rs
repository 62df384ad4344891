//! What was done, without a word of what it was done to.

use std::collections::BTreeMap;

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostics, Sha256Digest, TreePath};
use serde::{Deserialize, Serialize};

use super::codes;
use super::rule::{RULES, Rule};
use crate::marking::{Put, put};
use crate::tlp::Label;
use crate::typed::typed;

/// The name of the report beside the files that it is about.
pub const REPORT: &str = "scrub-report.json";

/// What was found in a package and what became of it.
///
/// It holds no value, and no digest of one or of a file that held one: numbers of cards and persons are few enough to be tried, and
/// so is a file of which all but such a number is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// By which rules ([`RULES`]).
    pub rules: u32,
    /// How often each rule found something.
    pub counts: BTreeMap<Rule, usize>,
    /// The files, by their names after scrubbing.
    pub files: Vec<FileReport>,
    /// What a second look found in what was made; nothing may leave while there is any.
    pub residue: Vec<Place>,
    /// What scrubbing does not see.
    pub limits: &'static str,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// Its name after scrubbing.
    pub path: String,
    /// The SHA-256 of what was made of it.
    pub sha256: String,
    /// The colour that it had then. Its originator may change it without scrubbing the file again.
    pub colour: Label,
    /// What was found, by place.
    pub found: Vec<Found>,
}

/// What a rule found at a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Found {
    /// Where: a JSON pointer, a path of elements, a line or a column, in what was made.
    pub place: String,
    /// What.
    pub rule: Rule,
    /// What became of it.
    pub action: Action,
    /// Whether it was written so that a plain search would have passed over it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// How often.
    pub count: usize,
}

/// What becomes of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// A pseudonym stands for it.
    Replaced,
    /// It was left out.
    Removed,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file, by its name after scrubbing.
    pub path: String,
    /// Where in it.
    pub place: String,
    /// What is there.
    pub rule: Rule,
}

/// What no rule of ours sees.
const LIMITS: &str = "Names in prose are found where a contact, a party, an account or a list of words names them; no \
rule reads sentences. Pictures and other binary parts are removed. Somebody has to read the result before it is shared.";

impl Report {
    pub(super) fn new(files: Vec<FileReport>, residue: Vec<Place>) -> Self {
        let mut counts = BTreeMap::new();
        for found in files.iter().flat_map(|file| &file.found) {
            *counts.entry(found.rule).or_insert(0) += found.count;
        }
        Self { rules: RULES, counts, files, residue, limits: LIMITS }
    }

    /// Whether a second look found nothing.
    pub fn is_clean(&self) -> bool {
        self.residue.is_empty()
    }
}

impl FileReport {
    pub(super) fn new(
        path: String,
        bytes: &[u8],
        colour: Label,
        notes: impl IntoIterator<Item = Note>,
    ) -> Self {
        let mut counts: BTreeMap<Note, usize> = BTreeMap::new();
        for note in notes {
            *counts.entry(note).or_insert(0) += 1;
        }
        let found = counts.into_iter().map(|(Note { place, rule, action, hidden }, count)| Found {
            place,
            rule,
            action,
            hidden,
            count,
        });
        Self { path, sha256: Sha256Digest::of(bytes).to_string(), colour, found: found.collect() }
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Note {
    pub(super) place: String,
    pub(super) rule: Rule,
    pub(super) action: Action,
    pub(super) hidden: bool,
}

/// What a report that was written says of files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Claim {
    rules: u32,
    files: Vec<Claimed>,
    residue: Vec<Ignored>,
}

/// What it says of one of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Claimed {
    path: String,
    sha256: String,
    colour: Label,
}

/// Something of which only counts that it is there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Ignored {}

impl Claim {
    /// Reads a report.
    ///
    /// # Errors
    /// It is none.
    pub fn read(bytes: &[u8], path: &TreePath) -> Result<Self, Diagnostics> {
        let value = document::parse(bytes, path, Format::Json, Limits::default())?.value;
        typed(value, &codes::REPORT, path)
    }

    /// Whether it shows that a file with this name and content was scrubbed. A label that was changed since is no other content.
    ///
    /// # Errors
    /// It does not, and why.
    pub fn shows(&self, path: &TreePath, bytes: &[u8]) -> Result<(), String> {
        let name = path.file_name();
        if self.rules != RULES {
            return Err(format!(
                "`{REPORT}` was made by rules {}, and rules {RULES} are known now",
                self.rules
            ));
        }
        if !self.residue.is_empty() {
            return Err(format!("`{REPORT}` says that something was left"));
        }
        let Some(file) = self.files.iter().find(|file| file.path == name) else {
            return Err(format!("`{REPORT}` says nothing of `{name}`"));
        };
        let is_it = |bytes: &[u8]| Sha256Digest::of(bytes).to_string() == file.sha256;
        // the file as it was when it had the colour of then
        let before = || match put(bytes, path, file.colour, None) {
            Ok(Put::Into(before)) => is_it(&before),
            _ => false,
        };
        if is_it(bytes) || before() {
            Ok(())
        } else {
            Err(format!("it was changed since `{REPORT}` was made"))
        }
    }
}
