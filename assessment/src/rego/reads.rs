//! The read set of a metric: which properties its rules look at, before the ontology is asked about them.

use std::collections::BTreeMap;
use std::fmt;

use super::ast::Span;

/// One step of a path into a resource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A member of an object.
    Field(String),
    /// Every element of a list, or a member whose name is computed.
    Each,
}

/// Where a path starts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    /// At the resource itself.
    Own,
    /// At related resources: those whose ids stand at the given path, or all of them.
    Related(Option<Vec<Step>>),
}

/// One path that a rule reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Read {
    /// Where the path starts.
    pub root: Root,
    /// The way from there; empty for the resource as a whole.
    pub path: Vec<Step>,
    /// Read under negation, `every`, counting, `else` or a default: a missing value may make the rule hold.
    pub negative: bool,
}

/// What the rules of one check read of a resource of one type.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reads {
    /// Read by `applicable`.
    pub applicable: Vec<Read>,
    /// Read by `compliant`.
    pub compliant: Vec<Read>,
    /// Read by `results`.
    pub results: Vec<Read>,
}

impl Reads {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Read> {
        self.applicable.iter().chain(&self.compliant).chain(&self.results)
    }
}

impl Read {
    /// The path as written in metrics: `rules[].portRange`.
    pub fn written(&self) -> String {
        let mut text = match &self.root {
            Root::Own => String::new(),
            Root::Related(_) => "related[]".to_owned(),
        };
        for step in &self.path {
            match step {
                Step::Field(name) if text.is_empty() => text.push_str(name),
                Step::Field(name) => {
                    text.push('.');
                    text.push_str(name);
                }
                Step::Each => text.push_str("[]"),
            }
        }
        text
    }
}

impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}

/// Reads as they are found: each path once, negative if it ever is, with the first place that reads it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found(BTreeMap<(Root, Vec<Step>), (bool, Span)>);

impl Found {
    pub(super) fn add(&mut self, root: &Root, path: &[Step], negative: bool, at: Span) {
        let entry = self.0.entry((root.clone(), path.to_vec())).or_insert((negative, at));
        entry.0 |= negative;
        entry.1 = entry.1.min(at);
    }

    /// The reads with their places, sorted by path.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Read, Span)> {
        self.0.iter().map(|((root, path), (negative, at))| {
            (Read { root: root.clone(), path: path.clone(), negative: *negative }, *at)
        })
    }
}
