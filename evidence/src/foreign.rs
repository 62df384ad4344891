//! What another tool found, in the one form that its files are brought to.
//!
//! A run is what one tool found at one time: rules, and results of rules on subjects. It is data of somebody else: whether it
//! counts for a control is decided where it is used.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::Severity;

/// One run of another tool.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The tool, as it calls itself.
    pub tool: String,
    /// Its version, where the file says it.
    pub version: Option<String>,
    /// When the tool was done, where the file says it.
    pub ended: Option<Timestamp>,
    /// Whether the file says that the tool ran to its end without failure.
    pub completed: bool,
    /// The rules that the file names, by id.
    pub rules: BTreeMap<String, Rule>,
    /// What was found, in the order of the file; several results of a rule on one subject are allowed.
    pub results: Vec<Found>,
}

/// A rule of another tool.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// What it asks for, on one line.
    pub title: Option<String>,
    /// Why, and what to do.
    pub description: Option<String>,
    /// Where more is written about it.
    pub help: Option<String>,
    /// How bad a fail is, where the tool says it.
    pub severity: Option<Severity>,
    /// The requirements that the tool itself says it is about: ids by name of the framework.
    pub frameworks: BTreeMap<String, BTreeSet<String>>,
}

/// What a rule found on a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Id of the rule.
    pub rule: String,
    /// What was looked at.
    pub subject: Subject,
    /// The outcome.
    pub outcome: Outcome,
    /// What the tool says of it, on one line.
    pub message: Option<String>,
    /// The line of the file that it begins on, from 1.
    pub line: u32,
}

/// What was looked at: a file, a resource, a machine, a package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// Its id, such as a path or an ARN.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// What it is, such as `file` or `AwsS3Bucket`.
    pub kind: String,
}

impl Subject {
    /// A subject of which the id is the name.
    pub fn of(id: &str, kind: &str) -> Self {
        Self { id: id.to_owned(), name: id.to_owned(), kind: kind.to_owned() }
    }
}

/// The outcome of a rule on a subject; where several hold, the first one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The rule is not met.
    Fail,
    /// The tool could not tell, because something failed.
    Error,
    /// The tool skipped it, leaves it to people, or warns without deciding.
    Unknown,
    /// The rule is met.
    Pass,
    /// The rule is not about the subject, or only informs.
    NotApplicable,
}

impl Outcome {
    /// All outcomes, in their order.
    pub const ALL: [Self; 5] = [Self::Fail, Self::Error, Self::Unknown, Self::Pass, Self::NotApplicable];

    /// The outcome in one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Error => "error",
            Self::Unknown => "unknown",
            Self::Pass => "pass",
            Self::NotApplicable => "not-applicable",
        }
    }
}

impl Run {
    /// How many results have each outcome; outcomes without a result are left out.
    pub fn counts(&self) -> BTreeMap<Outcome, usize> {
        let mut counts = BTreeMap::new();
        for found in &self.results {
            *counts.entry(found.outcome).or_default() += 1;
        }
        counts
    }
}
