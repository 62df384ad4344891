//! What was found of evidence lines, kept between runs: a line that did not change is not parsed again, and of its checks only
//! those are asked that changed.
//!
//! There is one file for each evidence file, with a record for each resource in the order of the lines. A record is found again by
//! the digest of the line's bytes. It holds what the line is about and the outcome of each check of its type, for checks with
//! the same digest of code and waivers. Where checks look at other resources, it holds a digest over the lines of these as well.
//!
//! Kept is what does not depend on the instant of judgement: verdicts on evidence that is too old are kept as such and count
//! only while it still is. Errors of Rego, which may come from limits of time, are not kept, nor is what asks for the time.

mod read;
mod recall;
mod write;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use jiff::Timestamp;
use probity_diagnostics::{Sha256Digest, TreePath};
use probity_evidence::Ontology;
use serde::{Deserialize, Serialize};

pub(super) use read::Before;
pub(super) use recall::{Recalled, Waited};
pub(super) use write::write;

use super::waive::Waiver;
use crate::compile::{Check, Compiled};

/// The form of the files; those of another form are none.
const FORM: &str = concat!("probity verdicts 1 ", env!("CARGO_PKG_VERSION"));

/// Where what was found is kept.
pub trait Shelf: Sync {
    /// What was kept of an evidence file.
    fn open(&self, source: &TreePath) -> Option<Box<dyn Read + Send>>;

    /// Keeps what `fill` writes of an evidence file, as a whole or not at all.
    fn keep(&self, source: &TreePath, fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>);
}

/// Half of a digest: enough for what nobody else writes.
pub(super) type Half = [u8; 16];

/// The first half of the digest of bytes.
pub(super) fn half(bytes: &[u8]) -> Half {
    Sha256Digest::of(bytes).as_bytes().first_chunk().copied().unwrap_or_default()
}

/// What a file begins with.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    form: String,
    /// Digest of the vocabulary.
    ontology: String,
    /// Checks with their digests.
    checks: Vec<(String, String)>,
    /// Types with the checks that are kept of them, by index.
    kinds: Vec<(String, Vec<usize>)>,
}

/// What tells whether a verdict of before counts.
pub(super) struct Standards<'a> {
    pub(super) shelf: &'a dyn Shelf,
    ontology: String,
    /// Digests of the checks, in their order; none of a check that is never kept.
    checks: Vec<Option<String>>,
}

impl<'a> Standards<'a> {
    pub(super) fn new(
        shelf: &'a dyn Shelf,
        compiled: &Compiled,
        ontology: &Ontology,
        waivers: &[Waiver],
        as_of: Timestamp,
    ) -> Self {
        let digest = |(check, digest): (&Check, Sha256Digest)| {
            let names = [check.metric.name.as_str(), check.name.as_str()];
            let in_force = waivers
                .iter()
                .filter(|waiver| names.contains(&waiver.metric.as_str()) && as_of <= waiver.deadline)
                .map(|waiver| format!("\n{} {:?}", waiver.risk, waiver.resources));
            let whole = digest.to_string() + &in_force.collect::<String>();
            (!check.asks_time).then(|| Sha256Digest::of(whole.as_bytes()).to_string())
        };
        Self {
            shelf,
            ontology: Sha256Digest::of(format!("{ontology:?}").as_bytes()).to_string(),
            checks: compiled.digests().map(digest).collect(),
        }
    }

    /// The numbers that checks of before have now, where they are the same.
    fn numbers(&self, head: &Head, names: &BTreeMap<&str, usize>) -> Vec<Option<usize>> {
        let now = |(name, digest): &(String, String)| {
            let number = *names.get(name.as_str())?;
            let same = self.checks.get(number)?.as_ref() == Some(digest);
            same.then_some(number)
        };
        head.checks.iter().map(now).collect()
    }
}
