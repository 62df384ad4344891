//! For how long something is kept.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A time of whole days, weeks, months or years, as in ISO 8601: `P2Y`, `P18M`, `P90D`.
#[derive(Debug, Clone, Copy)]
pub struct Retention(Span);

impl Retention {
    /// The last day on which something is kept that is kept since an instant, by the calendar in UTC.
    pub fn until(self, since: Timestamp) -> Option<Date> {
        since.to_zoned(TimeZone::UTC).date().checked_add(self.0).ok()
    }
}

impl PartialEq for Retention {
    fn eq(&self, other: &Self) -> bool {
        self.0.fieldwise() == other.0.fieldwise()
    }
}

impl Eq for Retention {}

impl FromStr for Retention {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "a retention is days, weeks, months or years, such as P2Y, P18M or P90D".to_owned();
        let span: Span = text.parse().map_err(|_| wrong())?;
        let days =
            span.get_days() != 0 || span.get_weeks() != 0 || span.get_months() != 0 || span.get_years() != 0;
        let is_whole = text.starts_with('P') && !text.contains('T');
        if days && is_whole && !span.is_negative() { Ok(Self(span)) } else { Err(wrong()) }
    }
}

impl fmt::Display for Retention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for Retention {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Retention {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
