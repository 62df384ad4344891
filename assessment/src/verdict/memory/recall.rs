//! From what is known of a line to its verdicts.

use std::collections::BTreeMap;

use probity_diagnostics::Sha256Digest;
use probity_evidence::{Entry, Observed, Record, Resource, TypeName};
use serde_json::Map;

use super::read::{Before, Known, Verdict as Kept, over};
use super::{Half, half};
use crate::verdict::judge::{Bench, Verdict};
use crate::verdict::kinds::Kind;
use crate::verdict::record::Outcome;
use crate::verdict::worker::Worker;

/// What is known of a line whose checks look at others.
#[derive(Debug)]
pub(in crate::verdict) struct Waited {
    /// Halves of the digests of their ids.
    pub(in crate::verdict) others: Box<[Half]>,
    /// The digest over all the lines, what was found by some checks, and the others that are to be asked; none where all are.
    pub(in crate::verdict) found: Option<(Half, Vec<Verdict>, Vec<usize>)>,
}

impl Waited {
    /// A line of which nothing is known, and which refers to these ids.
    pub(in crate::verdict) fn new<'a>(ids: impl IntoIterator<Item = &'a String>) -> Self {
        Self { others: ids.into_iter().map(|id| half(id.as_bytes())).collect(), found: None }
    }

    /// The digest over the line and those that it refers to, whose digests `now` has.
    pub(in crate::verdict) fn over(&self, line: &Sha256Digest, now: &BTreeMap<Half, Sha256Digest>) -> Half {
        let others: Vec<_> = self.others.iter().map(|id| (*id, now.get(id).copied())).collect();
        over(line, &others)
    }
}

/// A line that was found again.
pub(in crate::verdict) struct Recalled {
    /// Its resource, without properties.
    pub(in crate::verdict) entry: Entry,
    /// What counts of what was found, in the order of checks.
    pub(in crate::verdict) verdicts: Vec<Verdict>,
    /// Checks of its type that are to be asked.
    pub(in crate::verdict) missing: Vec<usize>,
    /// Where its checks look at others.
    pub(in crate::verdict) others: Option<(Box<[Half]>, Half)>,
}

impl Before {
    /// What is known of line `number`, whose bytes have the digest `line`.
    pub(in crate::verdict) fn recall(
        &mut self,
        number: u32,
        line: &Half,
        bench: &Bench<'_>,
        kinds: &BTreeMap<TypeName, Kind>,
        worker: &mut Worker<'_>,
    ) -> Option<Recalled> {
        let known = self.take(line)?;
        let (name, kind) = kinds.get_key_value(&*known.kind)?;
        if kind.needs_related != known.others.is_some() {
            return None;
        }
        let (verdicts, missing) = sorted(&known, kind, bench, worker);
        let resource = Resource {
            id: known.id,
            name: known.name,
            resource_type: name.clone(),
            properties: Map::new(),
            collected: known.collected,
            scope: String::new(),
            related: Vec::new(),
        };
        let record = Record::Resource(Observed { resource, digest: known.digest });
        Some(Recalled { entry: Entry { line: number, record }, verdicts, missing, others: known.others })
    }
}

/// The verdicts that still count, and the checks that are to be asked.
fn sorted(
    known: &Known,
    kind: &Kind,
    bench: &Bench<'_>,
    worker: &mut Worker<'_>,
) -> (Vec<Verdict>, Vec<usize>) {
    let (mut verdicts, mut missing) = (Vec::new(), Vec::new());
    let mut before = known.verdicts.iter().peekable();
    for number in &kind.checks {
        while before.next_if(|(check, _)| check < number).is_some() {}
        let found = before.next_if(|(check, _)| check == number).map(|(_, found)| found);
        let too_old = bench.checks.get(*number).and_then(|check| bench.too_old(check, known.collected));
        match (found, too_old) {
            (Some(Kept::NotApplicable), None) => {}
            (Some(Kept::Found(outcome, detail)), None) => verdicts.push((*number, *outcome, detail.clone())),
            (Some(Kept::TooOld(detail)), Some(reason)) => {
                verdicts.push((*number, Outcome::Unknown, worker.texts.aged(detail, &reason)));
            }
            _ => missing.push(*number),
        }
    }
    (verdicts, missing)
}
