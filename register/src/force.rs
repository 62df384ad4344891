//! When a certificate can be relied on.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span as Duration, Timestamp};

use crate::Certificate;

/// A span of time in which a certificate is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first instant.
    pub from: Timestamp,
    /// Its last second.
    pub until: Timestamp,
}

impl Certificate {
    /// The spans in which it is in force, in their order: from when it is issued or maintained to when it is suspended or
    /// withdrawn, and never beyond its last day. None where it was never issued.
    pub fn in_force(&self) -> Vec<Span> {
        let mut spans: Vec<(Date, Option<Date>)> = Vec::new();
        for change in &self.changes {
            match spans.last_mut() {
                Some((_, until @ None)) if !change.status.is_in_force() => *until = Some(change.on),
                Some((_, None)) => {}
                _ if change.status.is_in_force() => spans.push((change.on, None)),
                _ => {}
            }
        }
        let last = end_of(self.last_day());
        let span = |(from, until): (Date, Option<Date>)| {
            let until =
                until.and_then(beginning).and_then(|end| end.checked_sub(Duration::new().seconds(1)).ok());
            let until = until.map_or(last, |until| last.map(|last| last.min(until)))?;
            let from = beginning(from)?;
            (from <= until).then_some(Span { from, until })
        };
        spans.into_iter().filter_map(span).collect()
    }
}

/// The first instant of a day, in UTC.
pub(crate) fn beginning(day: Date) -> Option<Timestamp> {
    day.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// The last second of a day, in UTC.
pub(crate) fn end_of(day: Date) -> Option<Timestamp> {
    day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}
