//! Dates, times of day on them, and durations.

use std::cmp::Ordering;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// A date, or a date and time, perhaps with an offset from UTC.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    at: DateTime,
    /// Minutes east of UTC; none where it is not said, which counts as UTC.
    offset: Option<i32>,
    /// Whether it is a whole day.
    day: bool,
}

/// What stands for the zone: an offset, or nothing at all.
struct Zone(Option<i32>);

/// A duration in months and milliseconds, of which one is zero but for sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    pub(super) months: i64,
    pub(super) millis: i64,
}

impl Moment {
    /// Reads `2026-11-21`, perhaps with a zone.
    pub fn date(text: &str) -> Option<Self> {
        let (day, zone) = text.split_at_checked(10)?;
        Some(Self {
            at: parse_day(day)?.to_datetime(Time::midnight()),
            offset: parse_zone(zone)?.0,
            day: true,
        })
    }

    /// Reads `2026-11-21T10:00:00`, perhaps with a fraction and a zone.
    pub fn date_time(text: &str) -> Option<Self> {
        let (day, rest) = text.split_once('T')?;
        let (clock, rest) = rest.split_at_checked(8)?;
        let digits =
            rest.strip_prefix('.').map_or(0, |rest| 1 + rest.bytes().take_while(u8::is_ascii_digit).count());
        let (fraction, zone) = rest.split_at_checked(digits)?;
        if digits == 1 {
            return None;
        }
        let time = parse_time(clock, fraction)?;
        Some(Self { at: parse_day(day)?.to_datetime(time), offset: parse_zone(zone)?.0, day: false })
    }

    /// An instant, written in UTC.
    pub(super) fn instant(at: Timestamp) -> Self {
        Self { at: Offset::UTC.to_datetime(at), offset: Some(0), day: false }
    }

    pub(super) fn is_day(self) -> bool {
        self.day
    }

    pub(super) fn has_zone(self) -> bool {
        self.offset.is_some()
    }

    /// The day of it.
    pub(super) fn to_day(self) -> Self {
        Self { at: self.at.date().to_datetime(Time::midnight()), day: true, ..self }
    }

    /// The start of the day.
    pub(super) fn to_date_time(self) -> Self {
        Self { day: false, ..self }
    }

    pub(super) fn civil(self) -> DateTime {
        self.at
    }

    /// Milliseconds since 1970 in UTC; what is finer does not count.
    fn millis(self) -> i64 {
        let local = Offset::UTC.to_timestamp(self.at).map(Timestamp::as_millisecond).unwrap_or_default();
        local - i64::from(self.offset.unwrap_or(0)) * 60_000
    }

    /// The time from `other` to this.
    pub(super) fn since(self, other: Self) -> Duration {
        Duration { months: 0, millis: self.millis() - other.millis() }
    }

    /// None where the result is out of range.
    pub(super) fn plus(self, duration: Duration) -> Option<Self> {
        let span = jiff::Span::new().try_months(duration.months).ok()?;
        let at = self.at.checked_add(span).ok()?;
        let at = at.checked_add(jiff::Span::new().try_milliseconds(duration.millis).ok()?).ok()?;
        let moved = Self { at, ..self };
        Some(if self.day { moved.to_day() } else { moved })
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        self.millis()
            .cmp(&other.millis())
            .then(self.at.subsec_nanosecond().cmp(&other.at.subsec_nanosecond()))
    }
}

fn parse_day(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    Date::new(number(year)?, number(month)?, number(day)?).ok()
}

fn parse_time(clock: &str, fraction: &str) -> Option<Time> {
    let (hour, rest) = clock.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    if (hour.len(), minute.len(), second.len()) != (2, 2, 2) {
        return None;
    }
    let mut nanos = 0_i32;
    for at in 1..10 {
        nanos = nanos * 10 + fraction.as_bytes().get(at).map_or(0, |byte| i32::from(byte - b'0'));
    }
    Time::new(number(hour)?, number(minute)?, number(second)?, nanos).ok()
}

/// An offset in minutes east of UTC; nothing where the text is no zone.
fn parse_zone(text: &str) -> Option<Zone> {
    let sign = match text.chars().next() {
        None => return Some(Zone(None)),
        Some('Z') => return (text.len() == 1).then_some(Zone(Some(0))),
        Some('-') => -1,
        Some('+') => 1,
        Some(_) => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let total = number::<i32>(hours)? * 60 + number::<i32>(minutes)?;
    let right = hours.len() == 2 && minutes.len() == 2 && total <= 14 * 60;
    right.then_some(Zone(Some(sign * total)))
}

fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.day {
            write!(f, "{}", self.at.date())?;
        } else {
            write!(f, "{}", self.at)?;
        }
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

impl Duration {
    /// Reads `P1Y2M3DT4H5M6.7S`.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let rest = rest.strip_prefix('P')?;
        let (days, clock) = rest.split_once('T').map_or((rest, None), |(days, clock)| (days, Some(clock)));
        if rest.is_empty() || clock == Some("") {
            return None;
        }
        let mut months = 0_i64;
        let mut millis = 0_i64;
        for (amount, unit) in parts(days, "YMD")? {
            let amount: i64 = number(amount)?;
            match unit {
                'Y' => months = months.checked_add(amount.checked_mul(12)?)?,
                'M' => months = months.checked_add(amount)?,
                _ => millis = millis.checked_add(amount.checked_mul(86_400_000)?)?,
            }
        }
        for (amount, unit) in parts(clock.unwrap_or_default(), "HMS")? {
            let more = match unit {
                'H' => number::<i64>(amount)?.checked_mul(3_600_000)?,
                'M' => number::<i64>(amount)?.checked_mul(60_000)?,
                _ => seconds(amount)?,
            };
            millis = millis.checked_add(more)?;
        }
        Some(Self { months: sign * months, millis: sign * millis })
    }

    pub(super) fn negate(self) -> Self {
        Self { months: -self.months, millis: -self.millis }
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let months = self.months.checked_add(other.months)?;
        Some(Self { months, millis: self.millis.checked_add(other.millis)? })
    }

    /// The order of two durations; none where months stand against days.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        let (months, millis) = (self.months.cmp(&other.months), self.millis.cmp(&other.millis));
        match (months, millis) {
            (Ordering::Equal, order) | (order, Ordering::Equal) => Some(order),
            (a, b) if a == b => Some(a),
            _ => None,
        }
    }
}

/// Splits `1Y2M` into amounts with units, which stand in the order of `units`.
fn parts<'t>(mut text: &'t str, units: &str) -> Option<Vec<(&'t str, char)>> {
    let mut parts = Vec::new();
    let mut least = 0;
    while let Some(at) = text.find(|c: char| !c.is_ascii_digit() && c != '.') {
        let unit = text.get(at..)?.chars().next()?;
        let place = units.find(unit).filter(|place| *place >= least)?;
        least = place + 1;
        parts.push((text.get(..at)?, unit));
        text = text.get(at + 1..)?;
    }
    text.is_empty().then_some(parts)
}

fn seconds(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let millis: i64 = number(format!("{fraction:0<3}").get(..3)?)?;
    number::<i64>(whole)?.checked_mul(1000)?.checked_add(millis)
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.months == 0 && self.millis == 0 {
            return f.write_str("PT0S");
        }
        if self.months < 0 || self.millis < 0 {
            f.write_str("-")?;
        }
        f.write_str("P")?;
        let (months, millis) = (self.months.unsigned_abs(), self.millis.unsigned_abs());
        for (amount, unit) in [(months / 12, 'Y'), (months % 12, 'M'), (millis / 86_400_000, 'D')] {
            if amount > 0 {
                write!(f, "{amount}{unit}")?;
            }
        }
        let rest = millis % 86_400_000;
        if rest == 0 {
            return Ok(());
        }
        f.write_str("T")?;
        for (amount, unit) in [(rest / 3_600_000, 'H'), (rest / 60_000 % 60, 'M')] {
            if amount > 0 {
                write!(f, "{amount}{unit}")?;
            }
        }
        match (rest / 1000 % 60, rest % 1000) {
            (0, 0) => Ok(()),
            (whole, 0) => write!(f, "{whole}S"),
            (whole, millis) => {
                let digits = format!("{millis:03}");
                write!(f, "{whole}.{}S", digits.trim_end_matches('0'))
            }
        }
    }
}
