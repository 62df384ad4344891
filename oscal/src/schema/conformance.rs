//! Whether a text conforms to a datatype.
//!
//! Written out by hand, because a large catalog has a million values to look at. The patterns of the published JSON
//! schema are the oracle in the tests, with three deliberate differences: leap days of 19xx are dates, `19-02-29` is
//! not, and a URI holds none of the characters that RFC 3986 forbids.

use std::sync::LazyLock;

use regex::Regex;

use super::Datatype;

impl Datatype {
    /// Whether `text` has the form of this datatype. Numbers and booleans are no text.
    pub fn accepts(self, text: &str) -> bool {
        match self {
            Self::Base64 => base64(text),
            Self::Date => date(text),
            Self::DateTimeWithTimezone => date_time(text),
            Self::EmailAddress => line(text) && email(text),
            Self::MarkupLine => !text.is_empty() && !text.contains('\n'),
            Self::MarkupMultiline => true,
            Self::String => line(text),
            Self::Token => token(text),
            Self::Uri => uri(text),
            Self::UriReference => uri_characters(text),
            Self::Uuid => uuid(text),
            Self::Boolean
            | Self::Decimal
            | Self::Integer
            | Self::NonNegativeInteger
            | Self::PositiveInteger => false,
        }
    }

    /// What a conforming value looks like, for messages.
    pub const fn expectation(self) -> &'static str {
        match self {
            Self::Base64 => "base64 text",
            Self::Boolean => "`true` or `false`",
            Self::Date => "a date such as `2026-11-21`",
            Self::DateTimeWithTimezone => "a date and time with a zone such as `2026-11-21T10:00:00Z`",
            Self::Decimal => "a number",
            Self::EmailAddress => "an email address",
            Self::Integer => "a whole number",
            Self::MarkupLine => "text of one line, not empty",
            Self::MarkupMultiline => "text",
            Self::NonNegativeInteger => "a whole number, 0 or greater",
            Self::PositiveInteger => "a whole number, 1 or greater",
            Self::String => "text of one line, not empty, without blanks around it",
            Self::Token => "a token: letters, digits, `.`, `-` and `_`, beginning with a letter or `_`",
            Self::Uri => "a URI with its scheme, such as `https://example.org/`",
            Self::UriReference => "a URI or a relative reference",
            Self::Uuid => "a UUID of version 4 or 5",
        }
    }
}

/// `^\S(.*\S)?$`
fn line(text: &str) -> bool {
    let inside = !text.contains(['\n', '\r', '\u{2028}', '\u{2029}']);
    let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    inside && solid(text.chars().next()) && solid(text.chars().next_back())
}

/// Letters and digits of every script; nearly all tokens are ASCII.
static TOKEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Datatype::Token.pattern().and_then(|pattern| Regex::new(pattern).ok()));

fn token(text: &str) -> bool {
    let Some((first, rest)) = text.as_bytes().split_first() else { return false };
    if text.is_ascii() {
        let within = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        return (first.is_ascii_alphabetic() || *first == b'_') && rest.iter().all(within);
    }
    TOKEN.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

fn uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            14 => matches!(byte, b'4' | b'5'),
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b' | b'A' | b'B'),
            _ => byte.is_ascii_hexdigit(),
        })
}

fn email(text: &str) -> bool {
    text.char_indices().any(|(at, c)| c == '@' && at > 0 && at + 1 < text.len())
}

fn base64(text: &str) -> bool {
    let body = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    !body.is_empty() && body.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

/// A scheme of two or more characters, `:`, and something.
fn uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let within = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    scheme.len() >= 2
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(within)
        && !rest.is_empty()
        && uri_characters(rest)
}

/// No blank, control character or delimiter that RFC 3986 keeps out of references. Other scripts are let through.
fn uri_characters(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// A date, perhaps with a zone.
fn date(text: &str) -> bool {
    let Some((day, zone)) = text.split_at_checked(10) else { return false };
    calendar_day(day) && (zone.is_empty() || time_zone(zone))
}

fn date_time(text: &str) -> bool {
    let Some((day, rest)) = text.split_once('T') else { return false };
    let Some((time, rest)) = rest.split_at_checked(8) else { return false };
    calendar_day(day) && clock_time(time) && time_zone(without_fraction(rest))
}

/// Drops `.` and the digits after it; keeps a `.` without digits, which no zone begins with.
fn without_fraction(text: &str) -> &str {
    text.strip_prefix('.')
        .map(|digits| digits.trim_start_matches(|c: char| c.is_ascii_digit()))
        .filter(|rest| rest.len() + 1 < text.len())
        .unwrap_or(text)
}

/// `YYYY-MM-DD` of the years 1900 to 2999.
fn calendar_day(text: &str) -> bool {
    let Some([year, month, day]) = numbers(text, '-', [4, 2, 2]) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1900..3000).contains(&year) && (1..=days).contains(&day)
}

/// `HH:MM:SS` without leap seconds.
fn clock_time(text: &str) -> bool {
    numbers(text, ':', [2, 2, 2])
        .is_some_and(|[hour, minute, second]| hour < 24 && minute < 60 && second < 60)
}

/// `Z` or an offset that is in use somewhere.
fn time_zone(text: &str) -> bool {
    let Some(sign) = text.chars().next() else { return false };
    let offset = numbers(text.get(1..).unwrap_or_default(), ':', [2, 2]);
    match (sign, offset) {
        ('Z', _) => text.len() == 1,
        ('-', Some([hour, 0])) => hour <= 12,
        ('-', Some([hour, 30])) => matches!(hour, 3 | 9),
        ('+', Some([hour, 0])) => hour <= 14,
        ('+', Some([hour, 30])) => matches!(hour, 3 | 4 | 5 | 6 | 9 | 10),
        ('+', Some([hour, 45])) => matches!(hour, 5 | 8 | 12),
        _ => false,
    }
}

/// The numbers of a text made of groups of digits of the given lengths.
fn numbers<const N: usize>(text: &str, separator: char, lengths: [usize; N]) -> Option<[u16; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let digits =
            parts.next().filter(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))?;
        *number = digits.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}
