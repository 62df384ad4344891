//! How a string is written in YAML so that every reader takes it for the same string.
//!
//! Readers of YAML 1.1 (`PyYAML`, Psych, older go-yaml), of YAML 1.2 and of its core schema give plain text different types. What
//! one of them takes for anything but a string is quoted.

use std::fmt::Write as _;

/// Columns that a line of prose is given.
pub(super) const WIDTH: usize = 110;

/// How a string is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As it is.
    Plain,
    /// Between `'`: nothing in it has a meaning but `'`.
    Single,
    /// Between `"`, with escapes.
    Double,
    /// Line by line below `|`; whether a line feed ends it.
    Literal { ends_line: bool },
    /// One long line, broken at blanks below `>-`.
    Folded,
}

/// The style of `text` where `room` columns of its line are left.
pub(super) fn style(text: &str, room: usize) -> Style {
    if text.contains('\n') {
        return if fits_block(text) {
            Style::Literal { ends_line: text.ends_with('\n') }
        } else {
            Style::Double
        };
    }
    let plain = is_plain(text);
    let needed = text.chars().count() + if plain { 0 } else { 2 };
    if needed > room && text.len() > 40 && can_fold(text) && fits_block(text) {
        return Style::Folded;
    }
    match plain {
        true => Style::Plain,
        false if text.chars().all(is_printable) && text.contains(['"', '\\']) => Style::Single,
        false => Style::Double,
    }
}

/// Whether a character stands for itself in every reader. Tabs do, but not everywhere in a line.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text keeps every character in a block: lines begin with something that is no blank, and end so.
fn fits_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let solid = |line: &str| !line.ends_with([' ', '\t']) && !line.starts_with('\t');
    !body.starts_with([' ', '\n'])
        && !body.ends_with('\n')
        && body.lines().next().is_some_and(|first| !first.is_empty())
        && body.split('\n').all(solid)
        && body.chars().all(|c| c == '\n' || is_printable(c))
}

/// Whether a line can be broken at a blank.
fn can_fold(text: &str) -> bool {
    breaks(text).next().is_some()
}

/// The places of single blanks between words.
fn breaks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let is_blank =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|b| matches!(b, b' ' | b'\t'));
    text.match_indices(' ')
        .map(|(at, _)| at)
        .filter(move |at| !is_blank(at.checked_sub(1)) && !is_blank(Some(at + 1)))
}

/// A long line in pieces of at most `width` columns where blanks allow it. Joined by blanks they are the line again.
pub(super) fn folded(text: &str, width: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut last, mut columns) = (0, None, 0);
    let mut breaks = breaks(text).peekable();
    for (at, _) in text.char_indices() {
        if columns >= width
            && let Some(end) = last.take()
        {
            lines.push(text.get(start..end).unwrap_or_default());
            start = end + 1;
            columns = text.get(start..at).unwrap_or_default().chars().count();
        }
        columns += 1;
        if breaks.next_if_eq(&at).is_some() {
            last = Some(at);
        }
    }
    if let Some(end) = last.filter(|_| columns > width) {
        lines.push(text.get(start..end).unwrap_or_default());
        start = end + 1;
    }
    lines.push(text.get(start..).unwrap_or_default());
    lines
}

/// Whether a line means itself without quotes, to every reader.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let begins = first.is_alphanumeric() || matches!(first, '_' | '/' | '.' | '(' | '$' | '+');
    begins
        && !text.starts_with("...")
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(is_printable)
        && !is_word(text)
        && !is_number(text)
        && !is_date(text)
}

/// The words for truth and nothing.
fn is_word(text: &str) -> bool {
    const WORDS: &[&str] =
        &["y", "n", "yes", "no", "on", "off", "true", "false", "null", ".inf", "+.inf", ".nan", "+.nan"];
    text.len() <= 5 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A number of any base, with `_` or `,` between digits, with a fraction, an exponent or in sixties.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('+').unwrap_or(text);
    let digit = |b: u8| b.is_ascii_digit() || matches!(b, b'_' | b',');
    match text.as_bytes() {
        [b'0', b'x' | b'X', rest @ ..] => return rest.iter().all(|b| b.is_ascii_hexdigit() || *b == b'_'),
        [b'0', b'o' | b'O' | b'b' | b'B', rest @ ..] => return rest.iter().all(|b| digit(*b)),
        _ => {}
    }
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, ""), |(m, e)| (m, e));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    mantissa.bytes().next().is_some_and(|b| b.is_ascii_digit() || b == b'.')
        && mantissa.bytes().all(|b| digit(b) || matches!(b, b'.' | b':'))
        && mantissa.matches('.').count() <= 1
        && exponent.bytes().all(digit)
}

/// What begins as a date does, `2026-1`.
fn is_date(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    text.split_once('-')
        .is_some_and(|(year, rest)| year.len() == 4 && digits(year) && rest.get(..1).is_some_and(digits))
}

/// A text between `'`.
pub(super) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A text between `"`.
pub(super) fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if is_printable(c) => quoted.push(c),
            c => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
        }
    }
    quoted.push('"');
    quoted
}
