//! Gathers verdicts while evidence is read, and puts them in order at the end.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use super::judge::Verdict;
use super::record::Outcome;
use super::store::{Row, SourceState, Subject, Verdicts};
use crate::compile::Check;

/// Details, each kept once.
#[derive(Debug, Default)]
pub(super) struct Details {
    list: Vec<Arc<str>>,
    known: HashMap<Arc<str>, u32>,
}

impl Details {
    /// The index of a detail.
    pub(super) fn index(&mut self, detail: Arc<str>) -> u32 {
        if let Some(index) = self.known.get(&detail) {
            return *index;
        }
        let index = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(detail.clone());
        self.known.insert(detail, index);
        index
    }

    /// The details by index.
    pub(super) fn into_list(self) -> Vec<Arc<str>> {
        self.list
    }

    fn get(&self, index: u32) -> &str {
        usize::try_from(index).ok().and_then(|at| self.list.get(at)).map_or("{}", |detail| detail)
    }
}

/// A verdict before subjects are sorted.
#[derive(Debug, Clone, Copy)]
struct LooseRow {
    check: u32,
    detail: u32,
    outcome: Outcome,
}

/// A subject and where its verdicts lie.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) subject: Subject,
    /// Index of the source.
    pub(super) source: usize,
    start: usize,
    len: usize,
}

/// Everything gathered so far.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    pub(super) subjects: Vec<Gathered>,
    rows: Vec<LooseRow>,
    details: Details,
    /// When a resource was last missed.
    gone: BTreeMap<String, Timestamp>,
}

impl Gathering {
    /// Adds a subject without verdicts; gives its index.
    pub(super) fn add(&mut self, subject: Subject, source: usize) -> usize {
        self.subjects.push(Gathered { subject, source, start: 0, len: 0 });
        self.subjects.len() - 1
    }

    /// Gives a subject its verdicts.
    pub(super) fn judged(&mut self, subject: usize, verdicts: Vec<Verdict>) {
        let start = self.rows.len();
        for (check, outcome, detail) in verdicts {
            let detail = self.details.index(detail);
            self.rows.push(LooseRow { check: u32::try_from(check).unwrap_or(u32::MAX), detail, outcome });
        }
        if let Some(gathered) = self.subjects.get_mut(subject) {
            gathered.start = start;
            gathered.len = self.rows.len() - start;
        }
    }

    /// Notes that a resource was missed.
    pub(super) fn gone(&mut self, id: String, at: Timestamp) {
        let last = self.gone.entry(id).or_insert(at);
        *last = (*last).max(at);
    }

    /// Indices of the subjects that count, sorted by id: of several observations of one resource the newest, later
    /// sources and lines winning ties; none for a resource that was missed since.
    pub(super) fn current(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.subjects.len()).collect();
        let key = |index: &usize| {
            let gathered = self.subjects.get(*index);
            gathered.map(|one| {
                let newest_first = std::cmp::Reverse((one.subject.collected, one.source, one.subject.line));
                (&one.subject.id, newest_first)
            })
        };
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        let id = |index: &usize| self.subjects.get(*index).map(|one| &one.subject.id);
        order.dedup_by(|later, first| id(later) == id(first));
        order.retain(|index| {
            let subject = self.subjects.get(*index).map(|one| &one.subject);
            subject.is_some_and(|own| self.gone.get(&*own.id).is_none_or(|missed| *missed < own.collected))
        });
        order
    }

    /// The verdicts, in order. `mend` may put a better detail in place of that of an open verdict.
    pub(super) fn finish(
        mut self,
        mut verdicts: Verdicts,
        checks: &[Check],
        sources: Vec<SourceState>,
        mend: &dyn Fn(usize, &Subject, &str) -> Option<String>,
    ) -> Verdicts {
        let order = self.current();
        let mut per_check: Vec<Vec<Row>> = checks.iter().map(|_| Vec::new()).collect();
        let mut mended: HashMap<(usize, u32, Arc<str>), u32> = HashMap::new();
        let mut taken: Vec<Option<Gathered>> =
            std::mem::take(&mut self.subjects).into_iter().map(Some).collect();
        for (number, index) in order.into_iter().enumerate() {
            let Some(gathered) = taken.get_mut(index).and_then(Option::take) else { continue };
            let rows = self.rows.get(gathered.start..gathered.start + gathered.len).unwrap_or_default();
            for row in rows {
                let mut detail = row.detail;
                if row.outcome == Outcome::Unknown {
                    let key = (gathered.source, detail, gathered.subject.kind.clone());
                    detail = *mended.entry(key).or_insert_with(|| {
                        match mend(gathered.source, &gathered.subject, self.details.get(detail)) {
                            Some(better) => self.details.index(Arc::from(better)),
                            None => detail,
                        }
                    });
                }
                let place = usize::try_from(row.check).ok().and_then(|check| per_check.get_mut(check));
                let subject = u32::try_from(number).unwrap_or(u32::MAX);
                place.into_iter().for_each(|rows| rows.push(Row { subject, detail, outcome: row.outcome }));
            }
            verdicts.subjects.push(gathered.subject);
        }
        verdicts.resources = u64::try_from(verdicts.subjects.len()).unwrap_or(u64::MAX);
        verdicts.details = self.details.into_list();
        verdicts.rows = checks.iter().map(|check| check.name.clone()).zip(per_check).collect();
        verdicts.sources = sources;
        verdicts
    }
}
