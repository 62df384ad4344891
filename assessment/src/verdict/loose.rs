//! Gathers verdicts while evidence is read, and puts them in order at the end.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use jiff::Timestamp;
use probity_diagnostics::Sha256Digest;

use super::judge::Verdict;
use super::record::Outcome;
use super::store::{Found, Row, SourceState, Subject, Verdicts};
use crate::compile::Check;

/// Details, each kept once.
#[derive(Debug, Default)]
pub(super) struct Details {
    list: Vec<Arc<str>>,
    known: HashMap<Arc<str>, u32, RandomState>,
}

impl Details {
    /// The index of a detail.
    pub(super) fn index(&mut self, detail: Arc<str>) -> u32 {
        if let Some(index) = self.known.get(&detail) {
            return *index;
        }
        let index = index(self.list.len());
        self.list.push(detail.clone());
        self.known.insert(detail, index);
        index
    }

    /// The details by index.
    pub(super) fn into_list(self) -> Vec<Arc<str>> {
        self.list
    }

    fn get(&self, index: u32) -> &str {
        self.list.get(place(index)).map_or("{}", |detail| detail)
    }
}

/// A verdict before subjects are sorted.
#[derive(Debug, Clone, Copy)]
struct LooseRow {
    check: u32,
    found: Found,
}

/// A subject and where its verdicts lie.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) subject: Subject,
    /// Index of the source.
    pub(super) source: u32,
    start: u32,
    len: u32,
}

/// Everything gathered so far.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    subjects: Vec<Gathered>,
    rows: Vec<LooseRow>,
    details: Details,
    /// When a resource was last missed.
    gone: BTreeMap<String, Timestamp>,
}

impl Gathering {
    /// Adds a subject without verdicts; gives its index.
    pub(super) fn add(&mut self, subject: Subject, source: u32) -> u32 {
        self.subjects.push(Gathered { subject, source, start: 0, len: 0 });
        index(self.subjects.len() - 1)
    }

    /// Gives a subject its verdicts.
    pub(super) fn judged(&mut self, subject: u32, verdicts: Vec<Verdict>) {
        let start = self.rows.len();
        for (check, outcome, detail) in verdicts {
            let found = Found::new(outcome, self.details.index(detail));
            self.rows.push(LooseRow { check: index(check), found });
        }
        if let Some(gathered) = usize::try_from(subject).ok().and_then(|at| self.subjects.get_mut(at)) {
            gathered.start = index(start);
            gathered.len = index(self.rows.len() - start);
        }
    }

    /// The subjects of a source with their indices, in the order in which they were added.
    pub(super) fn of_source(&self, source: u32) -> impl Iterator<Item = (usize, &Gathered)> {
        self.subjects.iter().enumerate().filter(move |(_, one)| one.source == source)
    }

    /// The digest of a subject's line.
    pub(super) fn digest(&self, subject: u32) -> Option<Sha256Digest> {
        Some(self.subjects.get(place(subject))?.subject.digest)
    }

    /// The checks that found something of a subject, in their order.
    pub(super) fn rows_of(&self, one: &Gathered) -> impl Iterator<Item = (usize, Found)> {
        let range = place(one.start)..place(one.start) + place(one.len);
        self.rows.get(range).unwrap_or_default().iter().map(|row| (place(row.check), row.found))
    }

    /// A detail as JSON.
    pub(super) fn detail(&self, found: Found) -> &str {
        self.details.get(found.detail())
    }

    /// Notes that a resource was missed.
    pub(super) fn gone(&mut self, id: String, at: Timestamp) {
        let last = self.gone.entry(id).or_insert(at);
        *last = (*last).max(at);
    }

    /// The subjects that count, of those that `wanted` says yes to: of several observations of one resource the newest,
    /// later sources and lines winning ties; none for a resource that was missed since.
    pub(super) fn current(&self, wanted: impl Fn(&Subject) -> bool) -> Vec<&Gathered> {
        let mut found: Vec<&Gathered> = self.subjects.iter().filter(|one| wanted(&one.subject)).collect();
        found.sort_unstable_by(|a, b| order(a, b));
        found.dedup_by(|later, first| later.subject.id() == first.subject.id());
        found.retain(|one| self.is_there(one));
        found
    }

    fn is_there(&self, one: &Gathered) -> bool {
        let missed = self.gone.get(one.subject.id());
        missed.is_none_or(|missed| *missed < one.subject.collected)
    }

    /// The verdicts, in order. `mend` may put a better detail in place of that of an open verdict.
    pub(super) fn finish(
        mut self,
        mut verdicts: Verdicts,
        checks: &[Check],
        sources: Vec<SourceState>,
        mend: &dyn Fn(u32, &Subject, &str) -> Option<String>,
    ) -> Verdicts {
        let mut subjects = std::mem::take(&mut self.subjects);
        subjects.sort_unstable_by(order);
        subjects.dedup_by(|later, first| later.subject.id() == first.subject.id());
        subjects.retain(|one| self.is_there(one));
        let mut per_check: Vec<Vec<Row>> = self.sizes(checks.len());
        let mut mended: HashMap<(u32, u32, Arc<str>), u32> = HashMap::new();
        for (number, gathered) in (0_u32..).zip(&subjects) {
            let range = place(gathered.start)..place(gathered.start) + place(gathered.len);
            for row in self.rows.get(range).unwrap_or_default() {
                let mut found = row.found;
                if found.outcome() == Outcome::Unknown {
                    let key = (gathered.source, found.detail(), gathered.subject.shared_kind());
                    let detail = *mended.entry(key).or_insert_with(|| {
                        match mend(gathered.source, &gathered.subject, self.details.get(found.detail())) {
                            Some(better) => self.details.index(Arc::from(better)),
                            None => found.detail(),
                        }
                    });
                    found = Found::new(found.outcome(), detail);
                }
                let rows = per_check.get_mut(place(row.check));
                rows.into_iter().for_each(|rows| rows.push(Row { subject: number, found }));
            }
        }
        verdicts.subjects = subjects.into_iter().map(|gathered| gathered.subject).collect();
        verdicts.resources = u64::try_from(verdicts.subjects.len()).unwrap_or(u64::MAX);
        verdicts.details = self.details.into_list();
        verdicts.rows = checks.iter().map(|check| check.name.clone()).zip(per_check).collect();
        verdicts.sources = sources;
        verdicts
    }

    /// A list for each check, with room for its verdicts.
    fn sizes(&self, checks: usize) -> Vec<Vec<Row>> {
        let mut sizes = vec![0; checks];
        for row in &self.rows {
            sizes.get_mut(place(row.check)).into_iter().for_each(|size| *size += 1);
        }
        sizes.into_iter().map(Vec::with_capacity).collect()
    }
}

/// By id, the newest observation first.
fn order(a: &Gathered, b: &Gathered) -> Ordering {
    let age = |one: &Gathered| Reverse((one.subject.collected, one.source, one.subject.line));
    a.subject.id().cmp(b.subject.id()).then_with(|| age(a).cmp(&age(b)))
}

fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn place(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}
