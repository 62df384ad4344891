//! What the interpreter said before, by digests: unchanged evidence under an unchanged check is not evaluated again.
//!
//! Only the interpreter's answers are kept, and only on resources whose checks look at no other one and ask for no time. An
//! answer of the machine costs less than looking it up.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use foldhash::fast::RandomState;
use probity_diagnostics::Sha256Digest;

/// The first line of the stored form; answers of another version are none.
const HEADER: &[u8] = concat!("probity answers ", env!("CARGO_PKG_VERSION"), "\n").as_bytes();

/// Half of a digest over the check's code, the rule and the evidence line.
type Key = [u8; 16];

/// Answers of the interpreter.
#[derive(Debug, Default)]
pub struct KnownAnswers {
    before: HashMap<Key, bool, RandomState>,
    /// Those that were asked for.
    asked: Mutex<HashMap<Key, bool, RandomState>>,
}

impl KnownAnswers {
    /// The answers in `bytes`; none where they are of another version or form.
    pub fn read(bytes: &[u8]) -> Self {
        let records = bytes.strip_prefix(HEADER).unwrap_or_default().chunks_exact(17);
        let record = |record: &[u8]| {
            let (key, answer) = record.split_first_chunk::<16>()?;
            Some((*key, answer == [1]))
        };
        Self { before: records.filter_map(record).collect(), asked: Mutex::default() }
    }

    /// The answers that were asked for, in the form that [`KnownAnswers::read`] takes; none where they are those of before.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if *asked == self.before {
            return None;
        }
        let mut answers: Vec<(&Key, &bool)> = asked.iter().collect();
        answers.sort_unstable();
        let mut bytes = HEADER.to_vec();
        for (key, answer) in answers {
            bytes.extend_from_slice(key);
            bytes.push(u8::from(*answer));
        }
        Some(bytes)
    }

    /// Whether a rule of a check holds for an evidence line: the answer of before, else that of `ask`, if it has one.
    pub(crate) fn answer(
        &self,
        question: &Question<'_>,
        ask: impl FnOnce() -> Result<bool, String>,
    ) -> Result<bool, String> {
        let key = question.key();
        let answer = match self.before.get(&key) {
            Some(answer) => *answer,
            None => ask()?,
        };
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(key, answer);
        Ok(answer)
    }
}

/// What the interpreter is asked: all that its answer depends on.
pub(crate) struct Question<'a> {
    /// Digest of the check's Rego, of the library and of the data.
    pub(crate) code: Sha256Digest,
    /// The rule.
    pub(crate) rule: &'a str,
    /// Digest of the evidence line.
    pub(crate) line: Sha256Digest,
    /// The type of the resource and its ancestors.
    pub(crate) lineage: &'a str,
}

impl Question<'_> {
    fn key(&self) -> Key {
        let parts = [self.code.as_bytes().as_slice(), self.line.as_bytes(), self.rule.as_bytes(), b" "];
        let whole = [&parts.concat(), self.lineage.as_bytes()].concat();
        Sha256Digest::of(&whole).as_bytes().first_chunk().copied().unwrap_or_default()
    }
}
