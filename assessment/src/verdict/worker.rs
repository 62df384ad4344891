//! What each thread keeps from one resource to the next.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::known::KnownAnswers;
use super::record::{Detail, Outcome};
use crate::specialise::{Evaluator, Programs};

/// Machines and texts of one thread.
pub(crate) struct Worker<'a> {
    pub(crate) evaluator: Evaluator<'a>,
    pub(crate) texts: Texts,
}

impl<'a> Worker<'a> {
    /// A worker that has not worked yet.
    pub(crate) fn new(programs: &'a Programs, known: Option<&'a KnownAnswers>) -> Self {
        Self { evaluator: Evaluator::new(programs, known), texts: Texts::default() }
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

    /// The text of a detail.
    pub(crate) fn of(&mut self, detail: &Detail) -> Arc<str> {
        self.text(|out| out.push_str(&serde_json::to_string(detail).unwrap_or_else(|_| "{}".to_owned())))
    }
}
