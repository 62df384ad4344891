//! Target values as people write them, in the units of evidence.

use jiff::{Span, Timestamp};
use probity_evidence::PropertyType;
use serde_json::Value;

/// Seconds of an ISO 8601 duration made of weeks, days, hours, minutes and seconds.
///
/// # Errors
/// What is wrong with it. Months and years have no fixed length.
pub fn duration(text: &str) -> Result<i64, String> {
    let span: Span =
        text.parse().map_err(|_| format!("`{text}` is not ISO 8601, such as `P90D` or `PT1H`"))?;
    if span.get_months() != 0 || span.get_years() != 0 {
        return Err(format!("`{text}` counts months or years, which have no fixed length: use days"));
    }
    let days = i64::from(span.get_days()) + 7 * i64::from(span.get_weeks());
    let hours = days * 24 + i64::from(span.get_hours());
    Ok(hours * 3600 + span.get_minutes() * 60 + span.get_seconds())
}

/// Bytes of a size: a whole number and a unit.
fn size(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u64); 10] = [
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
        ("TiB", 1 << 40),
        ("PiB", 1 << 50),
        ("kB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("TB", 1_000_000_000_000),
        ("B", 1),
    ];
    let wrong = || format!("`{text}` is not a size, such as `10GiB` or `512B`");
    let (number, factor) = UNITS
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)))
        .ok_or_else(wrong)?;
    let number: u64 = number.trim_end().parse().map_err(|_| wrong())?;
    number.checked_mul(factor).ok_or_else(wrong)
}

fn number(text: &str, what: &str) -> Result<Value, String> {
    if let Ok(whole) = text.parse::<i64>() {
        return Ok(Value::from(whole));
    }
    match text.parse::<f64>().ok().filter(|value| value.is_finite()).and_then(serde_json::Number::from_f64) {
        Some(number) => Ok(Value::Number(number)),
        None => Err(format!("`{text}` is not {what}")),
    }
}

fn within(value: Value, least: f64, most: f64, what: &str) -> Result<Value, String> {
    match value.as_f64() {
        Some(number) if (least..=most).contains(&number) => Ok(value),
        _ => Err(format!("`{value}` is not {what}")),
    }
}

fn whole(text: &str, what: &str) -> Result<Value, String> {
    text.parse::<i64>().map(Value::from).map_err(|_| format!("`{text}` is not {what}"))
}

/// Whether the text is an address and a prefix length that fits it.
fn is_network(text: &str) -> bool {
    let Some((address, prefix)) = text.split_once('/') else { return false };
    let (Ok(address), Ok(prefix)) = (address.parse::<std::net::IpAddr>(), prefix.parse::<u8>()) else {
        return false;
    };
    prefix <= if address.is_ipv4() { 32 } else { 128 }
}

/// Whether the text is numbers joined by dots.
fn is_version(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// One value of a property of type `kind`, in the units of evidence.
///
/// # Errors
/// Why the text is no such value.
pub(super) fn value(kind: &PropertyType, text: &str) -> Result<Value, String> {
    let as_text = |is_valid: bool, what: &str| {
        if is_valid { Ok(Value::from(text)) } else { Err(format!("`{text}` is not {what}")) }
    };
    match kind {
        PropertyType::Boolean => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(format!("`{text}` is not `true` or `false`")),
        },
        PropertyType::Integer => whole(text, "a whole number"),
        PropertyType::Number => number(text, "a number"),
        PropertyType::String | PropertyType::Reference(_) => Ok(Value::from(text)),
        PropertyType::Duration => duration(text).map(Value::from),
        PropertyType::Size => size(text).map(Value::from),
        PropertyType::Percentage => {
            within(number(text, "a percentage")?, 0.0, 100.0, "a number from 0 to 100")
        }
        PropertyType::Port => within(whole(text, "a port")?, 0.0, 65535.0, "a port from 0 to 65535"),
        PropertyType::Version => as_text(is_version(text), "a version of numbers joined by dots"),
        PropertyType::DateTime => as_text(text.parse::<Timestamp>().is_ok(), "an instant in RFC 3339"),
        PropertyType::Cidr => as_text(is_network(text), "an address range such as `10.0.0.0/8`"),
        PropertyType::Labels | PropertyType::Feature(_) => {
            Err("it has no single value to compare".to_owned())
        }
        PropertyType::List(element) => value(element, text),
    }
}
