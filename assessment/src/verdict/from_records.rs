//! Verdicts gathered from records, in whatever order they come.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::record::{EvidenceRef, VerdictRecord};
use super::store::{Found, Row, Shared, SourceState, Subject, Verdicts};
use crate::compile::CheckName;

impl Verdicts {
    /// Gathers records, in any order, for the `checks` that were run. The same records give the same verdicts.
    pub fn from_records(
        assessment: impl Into<String>,
        as_of: Timestamp,
        sources: Vec<SourceState>,
        checks: impl IntoIterator<Item = CheckName>,
        mut records: Vec<VerdictRecord>,
    ) -> Self {
        records.sort_by(|a, b| (&a.check, &a.resource).cmp(&(&b.check, &b.resource)));
        let mut verdicts = Self::new(assessment, as_of);
        verdicts.sources = sources;
        verdicts.rows = checks.into_iter().map(|check| (check, Vec::new())).collect();
        let subjects: BTreeMap<String, Subject> =
            records.iter().map(|record| (record.resource.clone(), subject(record))).collect();
        let places: BTreeMap<&str, u32> =
            subjects.keys().zip(0..).map(|(id, index)| (id.as_str(), index)).collect();
        let mut details: BTreeMap<String, u32> = BTreeMap::new();
        for record in &records {
            let text = serde_json::to_string(&record.detail).unwrap_or_default();
            let next = u32::try_from(details.len()).unwrap_or(u32::MAX);
            let detail = *details.entry(text).or_insert(next);
            let Some(subject) = places.get(record.resource.as_str()).copied() else { continue };
            let row = Row { subject, found: Found::new(record.verdict, detail) };
            verdicts.rows.entry(record.check.clone()).or_default().push(row);
        }
        let mut ordered: Vec<(String, u32)> = details.into_iter().collect();
        ordered.sort_by_key(|(_, index)| *index);
        verdicts.details = ordered.into_iter().map(|(text, _)| Arc::from(text)).collect();
        verdicts.subjects = subjects.into_values().collect();
        verdicts
    }
}

impl Verdicts {
    /// Puts records of further checks to the verdicts. A resource that is known already keeps what is known of it.
    pub(super) fn join(&mut self, records: Vec<VerdictRecord>) {
        if records.is_empty() {
            return;
        }
        let known: BTreeMap<String, u32> =
            self.subjects.iter().zip(0..).map(|(subject, index)| (subject.id().to_owned(), index)).collect();
        let mut places = known;
        for record in records {
            let next = u32::try_from(self.subjects.len()).unwrap_or(u32::MAX);
            let place = *places.entry(record.resource.clone()).or_insert(next);
            if place == next {
                self.subjects.push(subject(&record));
                self.resources += 1;
            }
            let detail = u32::try_from(self.details.len()).unwrap_or(u32::MAX);
            self.details.push(Arc::from(serde_json::to_string(&record.detail).unwrap_or_default()));
            let row = Row { subject: place, found: Found::new(record.verdict, detail) };
            self.rows.entry(record.check).or_default().push(row);
        }
        self.sort_subjects();
    }
}

/// The resource that a record is about.
pub(super) fn subject(record: &VerdictRecord) -> Subject {
    let shared =
        Shared { kind: Arc::from(record.kind.as_str()), source: Arc::from(record.evidence.source.as_str()) };
    let text = (record.resource.as_str(), record.name.as_str());
    let EvidenceRef { line, digest, .. } = record.evidence;
    Subject::new(text, Arc::new(shared), line, digest, record.collected)
}
