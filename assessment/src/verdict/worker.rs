//! What each thread keeps from one resource to the next.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::kinds::Kind;
use super::record::{Detail, Outcome};
use crate::specialise::{Evaluator, Programs};

/// Machines and texts of one thread.
pub(crate) struct Worker<'a> {
    pub(crate) evaluator: Evaluator<'a>,
    pub(crate) texts: Texts,
    /// How many resources each check was asked about, by its number.
    pub(crate) asked: Vec<u64>,
    /// Types with some of their checks only.
    kinds: HashMap<(Arc<str>, Vec<usize>), Arc<Kind>, RandomState>,
}

impl<'a> Worker<'a> {
    /// A worker that has not worked yet.
    pub(crate) fn new(programs: &'a Programs) -> Self {
        Self {
            evaluator: Evaluator::new(programs),
            texts: Texts::default(),
            asked: Vec::new(),
            kinds: HashMap::default(),
        }
    }

    /// Notes that checks are asked.
    pub(crate) fn ask(&mut self, checks: &[usize]) {
        for check in checks {
            if self.asked.len() <= *check {
                self.asked.resize(check + 1, 0);
            }
            self.asked.get_mut(*check).into_iter().for_each(|asked| *asked += 1);
        }
    }

    /// The type with these of its checks only.
    pub(crate) fn only(&mut self, kind: &Kind, checks: &[usize]) -> Arc<Kind> {
        let some = || Arc::new(kind.only(checks));
        Arc::clone(self.kinds.entry((Arc::clone(&kind.name), checks.to_vec())).or_insert_with(some))
    }
}

/// Details as JSON, each kept once: most verdicts of a check say one of a few things.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    known: HashSet<Arc<str>, RandomState>,
    /// Of plain details, by what they are about.
    plain: HashMap<Same, Arc<str>, RandomState>,
    scratch: String,
}

/// What a plain detail is about: the check, the outcome, and the kind and bits of what was found.
pub(super) type Same = (usize, Outcome, u8, u64);

impl Texts {
    /// How many are kept before the store is emptied.
    const LIMIT: usize = 20_000;

    /// The text that `fill` writes.
    pub(crate) fn text(&mut self, fill: impl FnOnce(&mut String)) -> Arc<str> {
        self.scratch.clear();
        fill(&mut self.scratch);
        if let Some(known) = self.known.get(self.scratch.as_str()) {
            return known.clone();
        }
        let text: Arc<str> = Arc::from(self.scratch.as_str());
        if self.known.len() >= Self::LIMIT {
            self.known.clear();
        }
        self.known.insert(text.clone());
        text
    }

    /// The text that `fill` writes, and that it wrote before for the `same`.
    pub(crate) fn same(&mut self, same: Option<Same>, fill: impl FnOnce(&mut String)) -> Arc<str> {
        let Some(same) = same else { return self.text(fill) };
        if let Some(known) = self.plain.get(&same) {
            return known.clone();
        }
        let text = self.text(fill);
        if self.plain.len() >= Self::LIMIT {
            self.plain.clear();
        }
        self.plain.insert(same, text.clone());
        text
    }

    /// The detail of evidence that is too old, with the reason of now. The reason is its last member.
    pub(crate) fn aged(&mut self, detail: &str, reason: &str) -> Arc<str> {
        let before = detail.rfind("\"reason\":").and_then(|at| detail.get(..at)).unwrap_or("{");
        self.text(|out| {
            out.push_str(before);
            let _ = write!(out, "\"reason\":{}}}", serde_json::Value::from(reason));
        })
    }

    /// The text of a detail.
    pub(crate) fn of(&mut self, detail: &Detail) -> Arc<str> {
        self.text(|out| out.push_str(&serde_json::to_string(detail).unwrap_or_else(|_| "{}".to_owned())))
    }
}
