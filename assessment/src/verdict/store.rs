//! Verdicts in memory: a few bytes for each, however many resources share an outcome.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use probity_diagnostics::Sha256Digest;
use serde::{Deserialize, Serialize};

use super::record::{Detail, EvidenceRef, Outcome, VerdictRecord};
use crate::compile::CheckName;

/// A resource that was judged. There may be millions of them in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The id, then the name.
    text: Box<str>,
    /// Length of the id.
    split: u32,
    /// The line in the evidence file, from 1.
    pub line: u32,
    /// What it has in common with others.
    shared: Arc<Shared>,
    /// Digest of the line.
    pub digest: Sha256Digest,
    /// When it was collected.
    pub collected: Timestamp,
}

/// What the resources of one type and evidence file have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shared {
    /// The type.
    pub(crate) kind: Arc<str>,
    /// The evidence file.
    pub(crate) source: Arc<str>,
}

impl Subject {
    pub(crate) fn new(
        (id, name): (&str, &str),
        shared: Arc<Shared>,
        line: u32,
        digest: Sha256Digest,
        collected: Timestamp,
    ) -> Self {
        let text = [id, name].concat().into_boxed_str();
        Self { text, split: u32::try_from(id.len()).unwrap_or(u32::MAX), line, shared, digest, collected }
    }

    fn parts(&self) -> (&str, &str) {
        let split = usize::try_from(self.split).ok();
        split.and_then(|split| self.text.split_at_checked(split)).unwrap_or((&self.text, ""))
    }

    /// Unique id of the resource.
    pub fn id(&self) -> &str {
        self.parts().0
    }

    /// Name, for people.
    pub fn name(&self) -> &str {
        self.parts().1
    }

    /// Type in the ontology.
    pub fn kind(&self) -> &str {
        &self.shared.kind
    }

    /// The type, to be kept.
    pub(crate) fn shared_kind(&self) -> Arc<str> {
        Arc::clone(&self.shared.kind)
    }

    /// The evidence file.
    pub fn source(&self) -> &str {
        &self.shared.source
    }
}

/// One verdict: indices into the tables of [`Verdicts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// Index of the subject.
    pub(crate) subject: u32,
    /// What was found.
    pub(crate) found: Found,
}

/// An outcome, and the index of its detail: the one in three bits, the other in the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found(u32);

impl Found {
    /// Bits of the outcome.
    const BITS: u32 = 3;

    pub(crate) fn new(outcome: Outcome, detail: u32) -> Self {
        let number = Outcome::ALL.iter().position(|one| *one == outcome).unwrap_or_default();
        Self(detail << Self::BITS | u32::try_from(number).unwrap_or_default())
    }

    pub(crate) fn outcome(self) -> Outcome {
        let number = self.0 & ((1 << Self::BITS) - 1);
        let known = usize::try_from(number).ok().and_then(|number| Outcome::ALL.get(number));
        known.copied().unwrap_or(Outcome::Error)
    }

    pub(crate) fn detail(self) -> u32 {
        self.0 >> Self::BITS
    }
}

/// How many verdicts of each outcome there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Passing.
    pub pass: u64,
    /// Failing, without a waiver.
    pub fail: u64,
    /// Failing, with a waiver.
    pub waived: u64,
    /// Not settled.
    pub unknown: u64,
    /// Failed to run.
    pub error: u64,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Pass => self.pass += 1,
            Outcome::Fail => self.fail += 1,
            Outcome::Waived => self.waived += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::Error => self.error += 1,
        }
    }

    /// Those of one outcome.
    pub fn of(&self, outcome: Outcome) -> u64 {
        match outcome {
            Outcome::Pass => self.pass,
            Outcome::Fail => self.fail,
            Outcome::Waived => self.waived,
            Outcome::Unknown => self.unknown,
            Outcome::Error => self.error,
        }
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        self.pass + self.fail + self.waived + self.unknown + self.error
    }
}

/// What an evidence set says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SourceState {
    /// The evidence file.
    pub path: String,
    /// Name of the collector.
    pub collector: String,
    /// Its version.
    pub version: String,
    /// What it looked at, such as an account or a cluster.
    pub scope: String,
    /// Whether the set ends with an `end` line and every service in it is complete.
    pub complete: bool,
    /// State of each service that the set names, with the types that it covers.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub services: Vec<ServiceState>,
    /// Resource types that services or problems say are missing or incomplete.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub missing_types: Vec<String>,
    /// Resource types of which whole resources may be missing, because nobody could list them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unlisted_types: Vec<String>,
}

/// State of one service of an evidence set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ServiceState {
    /// The service, such as `ec2`.
    pub service: String,
    /// `complete`, `partial` or `failed`.
    pub state: String,
    /// Resource types that the service yields.
    pub resource_types: Vec<String>,
}

/// What an assessment found: all verdicts, sorted by check, then by resource id.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdicts {
    /// Name of the assessment in `probity.toml`.
    pub assessment: String,
    /// The instant at which it was judged.
    pub as_of: Timestamp,
    /// The evidence sets, in the order in which they were given.
    pub sources: Vec<SourceState>,
    /// How many resources were looked at, those to which no check applies included.
    pub resources: u64,
    pub(crate) subjects: Vec<Subject>,
    pub(crate) details: Vec<Arc<str>>,
    pub(crate) rows: BTreeMap<CheckName, Vec<Row>>,
}

impl Verdicts {
    /// No verdicts yet.
    pub fn new(assessment: impl Into<String>, as_of: Timestamp) -> Self {
        Self {
            assessment: assessment.into(),
            as_of,
            sources: Vec::new(),
            resources: 0,
            subjects: Vec::new(),
            details: Vec::new(),
            rows: BTreeMap::new(),
        }
    }

    /// The checks that were run, those without any applicable resource included.
    pub fn checks(&self) -> impl Iterator<Item = &CheckName> {
        self.rows.keys()
    }

    /// The resources, sorted by id: of an assessment all of the evidence, of a verdict file those with a verdict.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The verdicts of one check, sorted by resource id.
    pub fn of_check(&self, check: &CheckName) -> impl Iterator<Item = VerdictView<'_>> {
        self.rows.get_key_value(check).into_iter().flat_map(|(name, rows)| self.views(name, rows))
    }

    /// All verdicts, sorted by check, then by resource id.
    pub fn iter(&self) -> impl Iterator<Item = VerdictView<'_>> {
        self.rows.iter().flat_map(|(name, rows)| self.views(name, rows))
    }

    /// Sorts subjects by id, and rows by them.
    pub(crate) fn sort_subjects(&mut self) {
        let mut order: Vec<u32> = (0..u32::try_from(self.subjects.len()).unwrap_or(u32::MAX)).collect();
        let at = |index: &u32| usize::try_from(*index).ok().and_then(|index| self.subjects.get(index));
        order.sort_by(|a, b| at(a).map(Subject::id).cmp(&at(b).map(Subject::id)));
        let mut places: Vec<u32> = vec![0; order.len()];
        for (place, index) in (0_u32..).zip(&order) {
            let slot = usize::try_from(*index).ok().and_then(|index| places.get_mut(index));
            slot.into_iter().for_each(|slot| *slot = place);
        }
        self.subjects.sort_by(|a, b| a.id().cmp(b.id()));
        for rows in self.rows.values_mut() {
            for row in &mut *rows {
                row.subject =
                    usize::try_from(row.subject).ok().and_then(|at| places.get(at)).copied().unwrap_or(0);
            }
            rows.sort_by_key(|row| row.subject);
        }
    }

    fn views<'a>(&'a self, check: &'a CheckName, rows: &'a [Row]) -> impl Iterator<Item = VerdictView<'a>> {
        rows.iter().filter_map(move |row| {
            Some(VerdictView {
                check,
                subject: self.subjects.get(usize::try_from(row.subject).ok()?)?,
                outcome: row.found.outcome(),
                detail: self.details.get(usize::try_from(row.found.detail()).ok()?)?,
            })
        })
    }

    /// How the verdicts of one check are spread.
    pub fn counts(&self, check: &CheckName) -> Counts {
        tally(self.rows.get(check).into_iter().flatten())
    }

    /// How all verdicts are spread.
    pub fn total(&self) -> Counts {
        tally(self.rows.values().flatten())
    }
}

fn tally<'a>(rows: impl Iterator<Item = &'a Row>) -> Counts {
    let mut counts = Counts::default();
    rows.for_each(|row| counts.add(row.found.outcome()));
    counts
}

/// One verdict, looked at where it lies.
#[derive(Debug, Clone, Copy)]
pub struct VerdictView<'a> {
    /// The check.
    pub check: &'a CheckName,
    /// The resource.
    pub subject: &'a Subject,
    /// The outcome.
    pub outcome: Outcome,
    /// The detail as JSON.
    pub(crate) detail: &'a str,
}

impl VerdictView<'_> {
    /// Measurements, reason, missing properties and waiver.
    pub fn detail(&self) -> Detail {
        serde_json::from_str(self.detail).unwrap_or_default()
    }

    /// The verdict as a record of its own.
    pub fn record(&self) -> VerdictRecord {
        VerdictRecord {
            check: self.check.clone(),
            resource: self.subject.id().to_owned(),
            name: self.subject.name().to_owned(),
            kind: self.subject.kind().to_owned(),
            verdict: self.outcome,
            detail: self.detail(),
            evidence: EvidenceRef {
                source: self.subject.source().to_owned(),
                line: self.subject.line,
                digest: self.subject.digest,
            },
            collected: self.subject.collected,
        }
    }
}
