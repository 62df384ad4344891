//! Datatypes of text values: those that a constraint can ask of a value whose model says less.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::schema::Datatype;

/// A datatype by name, with how text is held against it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextType {
    /// Its name in the Metaschema.
    pub(super) name: &'static str,
    /// What a value looks like, for messages.
    pub(super) expectation: &'static str,
    /// Whether text conforms.
    pub(super) accepts: fn(&str) -> bool,
}

/// All datatypes of the Metaschema, by name; `of` knows older names too.
const TYPES: &[TextType] = &[
    of_model(Datatype::Base64, |text| Datatype::Base64.accepts(text)),
    of_model(Datatype::Boolean, |text| matches!(text, "true" | "false" | "1" | "0")),
    TextType { name: "date", expectation: "a date such as `2026-11-21`", accepts: date },
    TextType {
        name: "date-with-timezone",
        expectation: "a date with a zone such as `2026-11-21Z`",
        accepts: |text| date(text) && text.len() > 10,
    },
    TextType {
        name: "date-time",
        expectation: "a date and time such as `2026-11-21T10:00:00`",
        accepts: date_time,
    },
    of_model(Datatype::DateTimeWithTimezone, |text| Datatype::DateTimeWithTimezone.accepts(text)),
    TextType {
        name: "day-time-duration",
        expectation: "a duration of days and times such as `P30D` or `PT12H`",
        accepts: |text| duration(text, "D", "HMS"),
    },
    TextType {
        name: "year-month-duration",
        expectation: "a duration of years and months such as `P1Y6M`",
        accepts: |text| duration(text, "YM", ""),
    },
    of_model(Datatype::Decimal, decimal),
    of_model(Datatype::EmailAddress, |text| Datatype::EmailAddress.accepts(text)),
    TextType { name: "hostname", expectation: "a host name", accepts: hostname },
    of_model(Datatype::Integer, |text| whole(text).is_some()),
    TextType {
        name: "ip-v4-address",
        expectation: "an IPv4 address such as `192.0.2.7`",
        accepts: |text| text.parse::<Ipv4Addr>().is_ok(),
    },
    TextType {
        name: "ip-v6-address",
        expectation: "an IPv6 address such as `2001:db8::7`",
        accepts: |text| text.parse::<Ipv6Addr>().is_ok(),
    },
    of_model(Datatype::MarkupLine, |text| Datatype::MarkupLine.accepts(text)),
    of_model(Datatype::MarkupMultiline, |text| Datatype::MarkupMultiline.accepts(text)),
    of_model(Datatype::NonNegativeInteger, |text| whole(text) == Some(true)),
    of_model(Datatype::PositiveInteger, |text| {
        whole(text) == Some(true) && text.bytes().any(|b| matches!(b, b'1'..=b'9'))
    }),
    of_model(Datatype::String, |text| Datatype::String.accepts(text)),
    of_model(Datatype::Token, |text| Datatype::Token.accepts(text)),
    of_model(Datatype::Uri, |text| Datatype::Uri.accepts(text)),
    of_model(Datatype::UriReference, |text| Datatype::UriReference.accepts(text)),
    of_model(Datatype::Uuid, |text| Datatype::Uuid.accepts(text)),
];

const fn of_model(datatype: Datatype, accepts: fn(&str) -> bool) -> TextType {
    TextType { name: datatype.name(), expectation: datatype.expectation(), accepts }
}

impl TextType {
    /// The datatype of this name, or of the name that it has now.
    pub(super) fn of(name: &str) -> Option<Self> {
        let now = match name {
            "base64Binary" => "base64",
            "dateTime" => "date-time",
            "dateTime-with-timezone" => "date-time-with-timezone",
            "email" => "email-address",
            "nonNegativeInteger" => "non-negative-integer",
            "positiveInteger" => "positive-integer",
            other => other,
        };
        TYPES.iter().find(|datatype| datatype.name == now).copied()
    }

    /// The names of all datatypes.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        TYPES.iter().map(|datatype| datatype.name)
    }
}

fn date(text: &str) -> bool {
    Datatype::Date.accepts(text)
}

/// A date and time with or without a zone.
fn date_time(text: &str) -> bool {
    let accepts = |text: &str| Datatype::DateTimeWithTimezone.accepts(text);
    accepts(text) || accepts(&format!("{text}Z"))
}

fn decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    number(whole) && number(fraction) && !(whole.is_empty() && fraction.is_empty())
}

/// Whether a whole number is not negative; none where the text is no whole number.
fn whole(text: &str) -> Option<bool> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    number.then(|| !text.starts_with('-') || digits.bytes().all(|b| b == b'0'))
}

/// Labels of letters, digits and hyphens, as RFC 1123 has them.
fn hostname(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// `P`, the units of `days` in order, and after a `T` those of `times`.
fn duration(text: &str, days: &str, times: &str) -> bool {
    let Some(parts) = text.strip_prefix('-').unwrap_or(text).strip_prefix('P') else { return false };
    let (day, time) = parts.split_once('T').map_or((parts, None), |(day, time)| (day, Some(time)));
    let time_fits = time.is_none_or(|time| !time.is_empty() && units(time, times));
    units(day, days) && time_fits && !parts.is_empty()
}

/// Numbers, each followed by one of the units, in the order of the units.
fn units(text: &str, units: &str) -> bool {
    let mut left = units;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let Some(unit) = after.chars().next() else { return false };
        let Some((_, later)) = left.split_once(unit) else { return false };
        if !(decimal(number) && (unit == 'S' || !number.contains('.'))) {
            return false;
        }
        left = later;
        rest = after.get(unit.len_utf8()..).unwrap_or_default();
    }
    true
}
