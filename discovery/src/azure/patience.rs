//! How long is waited before a question is asked again.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use tokio::time::Instant;

use crate::live::{Answered, Limits};

/// How long the first wait is, in parts of all the patience there is.
const PARTS: u32 = 60;

/// No wait is shorter.
const SHORTEST: Duration = Duration::from_millis(1);

/// What is left of the time that a call may take.
#[derive(Debug)]
pub(super) struct Patience {
    end: Instant,
    longest: Duration,
    next: Duration,
}

impl Patience {
    /// All of it.
    pub(super) fn new(limits: &Limits, now: Instant) -> Self {
        Self {
            end: now + limits.retry,
            longest: (limits.retry / 3).max(SHORTEST),
            next: (limits.retry / PARTS).max(SHORTEST),
        }
    }

    /// How long to wait now: what the platform asked for, if that is more
    /// than the own wait, which doubles each time. None where that is too
    /// long.
    pub(super) fn next(&mut self, now: Instant, asked: Option<Duration>) -> Option<Duration> {
        let own = self.next;
        self.next = (own * 2).min(self.longest);
        let delay = asked.map_or(own, |asked| asked.max(own));
        (now + delay <= self.end).then_some(delay)
    }
}

/// How long an answer asks to wait: milliseconds, seconds, or an instant by the
/// platform's own clock.
pub(super) fn asked_to_wait(answered: &Answered) -> Option<Duration> {
    let header = |name: &str| {
        answered.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    };
    let milliseconds = header("retry-after-ms").or_else(|| header("x-ms-retry-after-ms"));
    if let Some(wait) = milliseconds.and_then(|text| text.trim().parse().ok()) {
        return Some(Duration::from_millis(wait));
    }
    let after = header("retry-after")?.trim();
    if let Ok(seconds) = after.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let instant = |text: &str| DateTimeParser::new().parse_timestamp(text).ok();
    let (then, now) = (instant(after)?, instant(header("date")?)?);
    Duration::try_from(then.duration_since(now)).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Patience, asked_to_wait};
    use crate::live::{Answered, Limits};

    fn wait(headers: &[(&str, &str)]) -> Option<Duration> {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        asked_to_wait(&Answered { status: 429, headers, body: Vec::new() })
    }

    #[test]
    fn waits_are_seconds_or_instants() {
        assert_eq!(wait(&[]), None);
        assert_eq!(wait(&[("retry-after", "7")]), Some(Duration::from_secs(7)));
        assert_eq!(wait(&[("retry-after", "7"), ("retry-after-ms", "20")]), Some(Duration::from_millis(20)));
        let then = ("retry-after", "Sun, 01 Nov 2026 10:00:09 GMT");
        assert_eq!(wait(&[then]), None, "nothing to count from");
        let now = ("date", "Sun, 01 Nov 2026 10:00:00 GMT");
        assert_eq!(wait(&[then, now]), Some(Duration::from_secs(9)));
        assert_eq!(wait(&[("retry-after", "soon")]), None);
    }

    #[test]
    fn waits_grow_and_end() {
        let limits = Limits { retry: Duration::from_mins(1), ..Limits::default() };
        let start = Instant::now();
        let mut patience = Patience::new(&limits, start);
        let waits: Vec<_> = (0..6).map(|_| patience.next(start, None).unwrap().as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 20]);
        assert_eq!(patience.next(start, Some(Duration::from_secs(61))), None);
        assert_eq!(patience.next(start + Duration::from_secs(50), None), None);
    }
}
