//! Deviations: what a check found wrong with a resource, from when it was first seen to when it was seen mended.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::Span;
use super::point::{Looked, Point};
use crate::view::Verdict;

/// A resource that a check did not find in order, at one point or several in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Deviation {
    /// The id of the resource.
    pub resource: String,
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The worst verdict.
    pub worst: Verdict,
    /// The last point before at which it was in order.
    pub last_in_order: Option<Timestamp>,
    /// The first point at which it was not.
    pub first_seen: Timestamp,
    /// The last point in a row at which it was not.
    pub last_seen: Timestamp,
    /// At how many points it was seen.
    pub seen: u64,
    /// How it ended.
    pub ending: Ending,
    /// The point at which it was seen mended, or not seen any more.
    pub ended: Option<Timestamp>,
    /// Seconds from where it was first seen to where it was seen mended.
    pub repair_seconds: Option<i64>,
    /// Whether it was seen before the period.
    pub began_before: bool,
    /// Whether it was seen at a point in the period, and not only around it.
    pub seen_within: bool,
    /// The evidence file of where it was first seen.
    pub source: Option<String>,
    /// The line in it, from 1.
    pub line: Option<u32>,
    /// SHA-256 of the line's canonical form, in hexadecimal.
    pub digest: String,
    /// When that evidence was collected.
    pub collected: Option<Timestamp>,
}

/// How a deviation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// It is as it was, at the last point that there is.
    Open,
    /// It was in order at a later point.
    Repaired,
    /// No later point tells of the resource: it may be gone, or it was not looked at.
    NotSeenAgain,
}

impl Deviation {
    /// Whether it lasted beyond the period, as far as anybody knows.
    pub fn is_open_at_end(&self, span: Span) -> bool {
        self.ended.is_none_or(|ended| ended >= span.end())
    }

    /// Whether somebody accepted the risk wherever it was seen.
    pub fn is_accepted(&self) -> bool {
        self.worst == Verdict::Waived
    }
}

/// What a check found of one resource, point by point.
type Story<'a> = Vec<(Timestamp, &'a Looked)>;

/// The deviations of `check` that were open in `span`, by resource and time.
pub(super) fn deviations(points: &[Point], check: &str, span: Span) -> Vec<Deviation> {
    let mut stories: BTreeMap<&Arc<str>, Story<'_>> = BTreeMap::new();
    let mut instants = Vec::new();
    for point in points {
        let Some(at) = point.checks.get(check) else { continue };
        instants.push(point.as_of);
        for (id, looked) in &at.resources {
            stories.entry(id).or_default().push((point.as_of, looked));
        }
    }
    let told = Told { instants: &instants, is_complete: points.iter().all(|point| point.is_complete) };
    let all = stories.into_iter().flat_map(|(id, story)| told.runs(id, &story, span));
    all.filter(|deviation| deviation.touches(span)).collect()
}

/// At which points a check was run, and whether those tell of what passes.
struct Told<'a> {
    instants: &'a [Timestamp],
    is_complete: bool,
}

impl Told<'_> {
    /// The runs of points at which a resource was not in order.
    fn runs(&self, id: &str, story: &Story<'_>, span: Span) -> Vec<Deviation> {
        let mut found = Vec::new();
        let mut rest = story.as_slice();
        let mut last_in_order = None;
        while let Some(skipped) = rest.iter().position(|(_, looked)| looked.verdict != Verdict::Pass) {
            let (before, from) = rest.split_at(skipped);
            last_in_order = before.last().map(|(at, _)| *at).or(last_in_order);
            let length =
                from.iter().position(|(_, looked)| looked.verdict == Verdict::Pass).unwrap_or(from.len());
            let (run, after) = from.split_at(length);
            let mended = after.first().map(|(at, _)| *at);
            found.extend(self.run(id, run, mended, span).map(|run| Deviation { last_in_order, ..run }));
            rest = after;
        }
        found
    }

    fn run(
        &self,
        id: &str,
        run: &[(Timestamp, &Looked)],
        mended: Option<Timestamp>,
        span: Span,
    ) -> Option<Deviation> {
        let ((first_seen, first), (last_seen, _)) = (*run.first()?, *run.last()?);
        let next = self.instants.iter().find(|instant| **instant > last_seen).copied();
        let (ending, ended) = match (mended, next) {
            (Some(at), _) => (Ending::Repaired, Some(at)),
            (None, Some(at)) => (Ending::NotSeenAgain, Some(at)),
            (None, None) => (Ending::Open, None),
        };
        // where passes are not told of, nobody knows whether it was mended
        let ended = ended.filter(|_| self.is_complete || ending == Ending::Repaired);
        Some(Deviation {
            resource: id.to_owned(),
            name: first.name.to_string(),
            kind: first.kind.to_string(),
            worst: run.iter().map(|(_, looked)| looked.verdict).min()?,
            last_in_order: None,
            first_seen,
            last_seen,
            seen: u64::try_from(run.len()).unwrap_or(u64::MAX),
            ending,
            ended,
            repair_seconds: mended.map(|at| at.duration_since(first_seen).as_secs()),
            began_before: first_seen < span.start(),
            seen_within: run.iter().any(|(at, _)| span.holds(*at)),
            source: first.source.as_ref().map(ToString::to_string),
            line: first.line,
            digest: first.digest.clone(),
            collected: first.collected,
        })
    }
}

impl Deviation {
    /// Whether it was seen in the period, or lasted into it as far as anybody knows.
    fn touches(&self, span: Span) -> bool {
        let lasted = self.first_seen < span.start() && self.ended.is_none_or(|ended| ended >= span.start());
        self.seen_within || lasted
    }
}
