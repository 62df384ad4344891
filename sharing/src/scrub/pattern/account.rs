//! Numbers of cards and bank accounts: rows of digits that may stand close to others, so that every part of a row is looked at.

use std::ops::Range;

use super::checksum::{luhn, mod97};
use super::stands_alone;

/// Lengths of IBANs by country (ISO 13616 register).
const IBAN: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 \
FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 \
LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 \
SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

/// Numbers of cards: 13 to 19 digits, in groups or not, of an issuer, with the right check digit.
pub(super) fn cards(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in starts(text, |c| c.is_ascii_digit()) {
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let row = row(text, start, 19, |c| c.is_ascii_digit());
        let card = (13..=row.len()).rev().find_map(|length| {
            let part = row.get(..length)?;
            let digits: Vec<u32> = part.iter().filter_map(|(_, c)| c.to_digit(10)).collect();
            let range = range_of(part)?;
            (luhn(&digits) && is_issued(&digits) && stands_alone(text, &range)).then_some(range)
        });
        found.extend(card);
    }
    found
}

/// Numbers of bank accounts: as long as their country has them, with the right check digits.
pub(super) fn ibans(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in starts(text, |c| c.is_ascii_alphabetic()) {
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        found.extend(length_of(text, start).and_then(|length| {
            let row = row(text, start, length, |c| c.is_ascii_alphanumeric());
            let part = row.get(..length)?;
            let (head, body) = part.split_at_checked(4)?;
            let moved: String = body.iter().chain(head).map(|(_, c)| c).collect();
            let range = range_of(part)?;
            (mod97(&moved) == Some(1) && stands_alone(text, &range)).then_some(range)
        }));
    }
    found
}

/// How long an IBAN is that begins with these two letters and two digits.
fn length_of(text: &str, start: usize) -> Option<usize> {
    let [first, second, rest @ ..] = text.as_bytes().get(start..)? else { return None };
    let digit = rest.iter().find(|byte| !matches!(byte, b' ' | b'-' | b'.'))?;
    let country = [first.to_ascii_uppercase(), second.to_ascii_uppercase()];
    let country = std::str::from_utf8(&country)
        .ok()
        .filter(|_| digit.is_ascii_digit() && second.is_ascii_alphabetic())?;
    IBAN.split_whitespace().find_map(|one| one.strip_prefix(country)?.parse().ok())
}

/// The places where a word begins with such a character.
fn starts(text: &str, begins: impl Fn(char) -> bool) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let starts = begins(c) && !before.is_alphanumeric();
        before = c;
        starts.then_some(at)
    })
}

/// The characters of one row from `start`, of which single blanks, dots and hyphens between them are no part.
fn row(text: &str, start: usize, most: usize, belongs: impl Fn(char) -> bool) -> Vec<(usize, char)> {
    let mut row = Vec::new();
    let mut parted = false;
    for (at, c) in text.get(start..).unwrap_or_default().char_indices() {
        if belongs(c) {
            row.push((start + at, c));
            parted = false;
        } else if parted || !matches!(c, ' ' | '-' | '.') {
            break;
        } else {
            parted = true;
        }
        if row.len() == most {
            break;
        }
    }
    row
}

/// From the first character to the end of the last; all are ASCII.
fn range_of(part: &[(usize, char)]) -> Option<Range<usize>> {
    Some(part.first()?.0..part.last()?.0 + 1)
}

/// Whether cards with these first digits are issued: 2 to 6, of 3 the parts that are given out.
fn is_issued(digits: &[u32]) -> bool {
    match digits {
        [3, second, ..] => matches!(second, 0 | 4..=9),
        [2 | 4 | 5 | 6, ..] => true,
        _ => false,
    }
}
