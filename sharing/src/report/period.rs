//! The days that a report is about.

use std::str::FromStr;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

/// A period from one day to another, both included, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

impl Period {
    /// The quarter before the one in which a day lies.
    pub fn last_quarter(day: Date) -> Self {
        let first = quarter(day.year(), (day.month() - 1) / 3 + 1);
        let before = first.from.yesterday().unwrap_or(first.from);
        quarter(before.year(), (before.month() - 1) / 3 + 1)
    }

    /// Whether an instant lies in it.
    pub fn holds(&self, at: Timestamp) -> bool {
        (self.from..=self.until).contains(&day(at))
    }

    /// Its months, whole or in part: `2026-07`.
    pub fn months(&self) -> Vec<String> {
        let first = self.from.first_of_month();
        let months = (0..).map_while(|number: i32| first.checked_add(number.months()).ok());
        months.take_while(|month| *month <= self.until).map(month).collect()
    }
}

/// The months of a quarter, whose number is from 1 to 4.
fn quarter(year: i16, number: i8) -> Period {
    let from = date(year, number * 3 - 2, 1);
    let last = from.checked_add(2.months()).unwrap_or(from);
    Period { from, until: last.last_of_month() }
}

/// The day of an instant.
pub(super) fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The month of a day.
pub(super) fn month(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

impl FromStr for Period {
    type Err = String;

    /// Reads a quarter, `2026-Q3`, a month, `2026-07`, or a year, `2026`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "a period is written as 2026-Q3, 2026-07 or 2026".to_owned();
        let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !digits(year) {
            return Err(wrong());
        }
        let year: i16 = year.parse().map_err(|_| wrong())?;
        match rest {
            None => Ok(Self { from: date(year, 1, 1), until: date(year, 12, 31) }),
            Some("Q1") => Ok(quarter(year, 1)),
            Some("Q2") => Ok(quarter(year, 2)),
            Some("Q3") => Ok(quarter(year, 3)),
            Some("Q4") => Ok(quarter(year, 4)),
            Some(month) if month.len() == 2 && digits(month) => {
                let month = month.parse().map_err(|_| wrong())?;
                let from = Date::new(year, month, 1).map_err(|_| wrong())?;
                Ok(Self { from, until: from.last_of_month() })
            }
            Some(_) => Err(wrong()),
        }
    }
}
