//! Forms that a regular expression and a check can tell.

use std::ops::Range;

use regex::Regex;

use super::super::rule::Rule;
use super::national::{NATIONAL, ssn};
use super::stands_alone;

/// What looks like numbers in it and is none: UUIDs, digests, instants, numbers of vulnerabilities.
pub(super) const SHIELD: &str = r"(?i)\b(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32,128}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?|(?:CVE|CWE|CAPEC)-[\d-]+)\b";

/// An address as mail programs take it (RFC 5322, with letters of RFC 6531).
const MAIL: &str =
    r#"(?:"[^"\s]+"|[\p{L}\p{N}_][\p{L}\p{N}._%+'-]*)@(?:[\p{L}\p{N}-]+\.)+(?:xn--[a-z0-9-]+|\p{L}\p{L}+)"#;

/// A number with the code of its country (E.164).
const PHONE: &str = r"(?:\+|\b00)[1-9](?:[ ().\-/]{0,3}\d){6,14}";

/// A number behind a word that says what it is.
const LABELLED_PHONE: &str = r"(?i)\b(?:tel|telefon|telephone|phone|mobil|mobile|handy|cell|fax|hotline)\b[^\d\n+(]{0,12}(\+?\(?\d(?:[ ().\-/]{0,3}\d){5,14})";

/// A number as it is written in North America.
const AMERICAN_PHONE: &str = r"\(\d{3}\) ?\d{3}-\d{4}";

/// A number of nine digits behind a word that says what it is.
const LABELLED_SSN: &str =
    r"(?i)\b(?:ssn|social security(?: number| no\.?)?)\b[^\d\n]{0,12}(\d{9}|\d{3}[ .-]\d{2}[ .-]\d{4})";

/// A day behind a word that says that somebody was born on it.
const BIRTH: &str = r"(?i)\b(?:born(?: on)?|date of birth|birth ?date|birthday|dob|geb(?:oren)?(?: am)?\.?|geburtsdatum)\b[: ]{0,3}(\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})";

/// A number that only a word before it tells from any other: the Netherlands' BSN, Portugal's NIF.
const LABELLED_ID: &str = r"(?i)\b(?:bsn|burgerservicenummer|nif|cpr|national id|passport(?: number| no\.?)?|personalausweis(?:nummer)?|steuer-?id)\b[^\w\n]{0,6}([A-Z0-9][A-Z0-9.-]{6,13}[A-Z0-9])";

/// A form of a rule, and whether a text of the form counts; letters and digits alone are handed to it.
pub(super) type Form<T> = (Rule, T, fn(&str) -> bool);

/// The forms of all rules.
pub(super) fn all() -> impl Iterator<Item = Form<String>> {
    let any: fn(&str) -> bool = |_| true;
    let national =
        NATIONAL.iter().map(|kind| (Rule::NationalId, kind.form.replace('_', "[ .-]?"), kind.check));
    let forms: [Form<&str>; 7] = [
        (Rule::Phone, PHONE, any),
        (Rule::Phone, LABELLED_PHONE, any),
        (Rule::Phone, AMERICAN_PHONE, any),
        (Rule::Ssn, r"\d{3}-\d{2}-\d{4}", ssn),
        (Rule::Ssn, LABELLED_SSN, ssn),
        (Rule::Birth, BIRTH, any),
        (Rule::NationalId, LABELLED_ID, |bare| bare.bytes().filter(u8::is_ascii_digit).count() > 5),
    ];
    let mail: Form<String> = (Rule::Mail, MAIL.to_owned(), any);
    std::iter::once(mail)
        .chain(forms.map(|(rule, form, counts)| (rule, form.to_owned(), counts)))
        .chain(national)
}

/// What of a form counts in a text, where it is no part of a longer word.
pub(super) fn found<'t>(
    form: &'t Regex,
    text: &'t str,
    counts: fn(&str) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    form.captures_iter(text).filter_map(move |captures| {
        let found = captures.get(1).or_else(|| captures.get(0))?;
        let bare: String = found.as_str().chars().filter(|c| c.is_alphanumeric()).collect();
        let range = found.range();
        (stands_alone(text, &range) && counts(&bare.to_uppercase())).then_some(range)
    })
}
