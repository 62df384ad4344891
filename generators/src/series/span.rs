//! Spans of days.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use probity_diagnostics::render::counted;
use serde::{Serialize, Serializer};

/// Whole days of UTC, the first and the last of them included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Span {
    /// Reads `2026-01-01..2026-06-30`.
    ///
    /// # Errors
    /// The text is no span, or it ends before it begins; the message is for people.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (from, to) = text
            .split_once("..")
            .ok_or_else(|| "write the first and the last day, as in `2026-01-01..2026-06-30`".to_owned())?;
        let day = |text: &str| {
            text.trim()
                .parse::<Date>()
                .map_err(|_| format!("`{text}` is no day; write it as in `2026-01-31`"))
        };
        let (from, to) = (day(from)?, day(to)?);
        if to < from {
            return Err(format!("the period ends on {to}, before it begins on {from}"));
        }
        if to.tomorrow().is_err() {
            return Err(format!("the period cannot end on {to}"));
        }
        Ok(Self { from, to })
    }

    /// Its first instant: midnight UTC at the beginning of the first day.
    pub fn start(self) -> Timestamp {
        midnight(self.from)
    }

    /// The first instant after it: midnight UTC at the end of the last day.
    pub fn end(self) -> Timestamp {
        self.to.tomorrow().map_or(Timestamp::MAX, midnight)
    }

    /// Whether an instant lies in it.
    pub fn holds(self, instant: Timestamp) -> bool {
        self.start() <= instant && instant < self.end()
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        self.end().duration_since(self.start()).as_secs() / 86_400
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}..{}", self.from, self.to))
    }
}

fn midnight(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// The day of UTC in which an instant lies.
pub(super) fn day(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::UTC).date()
}

/// Seconds in the words of people: `3 days`, `2 days 6 hours`, `40 minutes`.
pub(super) fn words(seconds: i64) -> String {
    let some = |number: i64, unit: &str| (number > 0).then(|| counted(number, unit));
    let parts = [
        some(seconds / 86_400, "day"),
        some(seconds % 86_400 / 3_600, "hour"),
        some(seconds % 3_600 / 60, "minute").filter(|_| seconds < 3_600),
    ];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if text.is_empty() { format!("{seconds} seconds") } else { text }
}

/// Reads an interval such as `P7D`, `PT12H` or `P2W` into seconds.
///
/// # Errors
/// The text is none, or names months or years, whose lengths differ.
pub fn interval(text: &str) -> Result<i64, String> {
    let refuse =
        || format!("`{text}` is no interval; write it in weeks, days and hours, as in `P7D` or `PT12H`");
    let span: jiff::Span = text.parse().map_err(|_| refuse())?;
    if span.get_months() != 0 || span.get_years() != 0 {
        return Err(refuse());
    }
    let duration: SignedDuration =
        span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).map_err(|_| refuse())?;
    Some(duration.as_secs()).filter(|seconds| *seconds > 0).ok_or_else(refuse)
}
