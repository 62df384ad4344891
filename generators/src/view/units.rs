//! Values as people read them: in the unit in which the target value is written.

use serde_json::Value;

/// How a value that was looked for and is not there is shown.
const ABSENT: &str = "absent";
/// How a value that nobody looked for is shown.
pub(super) const NOT_COLLECTED: &str = "not collected";

/// The text of an expected value.
pub(super) fn expected(value: &Value, written: &[String]) -> String {
    match (value, written) {
        (Value::Number(_), [only]) => only.clone(),
        _ => text(value),
    }
}

/// The text of a found value, in the unit in which the target value is written; none = not collected.
pub fn found(value: Option<&Value>, written: &[String]) -> String {
    let Some(value) = value else { return NOT_COLLECTED.to_owned() };
    let unit = written.first().map_or(Unit::None, |written| Unit::of(written));
    match (unit, value.as_f64()) {
        (Unit::Duration, Some(seconds)) => duration(seconds),
        (Unit::Size, Some(bytes)) => size(bytes),
        _ => text(value),
    }
}

/// A found value that results hold as text: `null` is JSON's.
pub(super) fn reworded(found: &str) -> String {
    if found == "null" { ABSENT.to_owned() } else { found.to_owned() }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => ABSENT.to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none (empty list)".to_owned(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(text).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

#[derive(Clone, Copy)]
enum Unit {
    None,
    Duration,
    Size,
}

impl Unit {
    /// The unit in which a target value is written: `P90D`, `10GiB`.
    fn of(written: &str) -> Self {
        let digits = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        match written {
            w if w.starts_with('P') && digits(w) => Self::Duration,
            w if w.ends_with('B') && w.starts_with(|c: char| c.is_ascii_digit()) => Self::Size,
            _ => Self::None,
        }
    }
}

/// Seconds in the largest unit that keeps the number readable.
fn duration(seconds: f64) -> String {
    let (value, unit) = match seconds.abs() {
        s if s >= 172_800.0 => (seconds / 86_400.0, "days"),
        s if s >= 7_200.0 => (seconds / 3_600.0, "hours"),
        s if s >= 120.0 => (seconds / 60.0, "minutes"),
        _ => (seconds, "seconds"),
    };
    format!("{} {unit}", short(value))
}

fn size(bytes: f64) -> String {
    let steps = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut value = bytes;
    let mut at = 0;
    while value.abs() >= 1024.0 && at + 1 < steps.len() {
        value /= 1024.0;
        at += 1;
    }
    format!("{} {}", short(value), steps.get(at).unwrap_or(&"B"))
}

/// At most one decimal.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}
