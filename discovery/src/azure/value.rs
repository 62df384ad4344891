//! Values of the platform in the words of the ontology.

use jiff::Timestamp;
use serde_json::Value;

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// An instant.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// The version of TLS in a name: `TLS1_2`, `Tls12`, `TLSv1.2`, `1.2`.
pub(super) fn tls(name: &str) -> Option<&'static str> {
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    match digits.as_str() {
        "10" | "1" => Some("1.0"),
        "11" => Some("1.1"),
        "12" => Some("1.2"),
        "13" => Some("1.3"),
        _ => None,
    }
}

/// An address or range in CIDR notation.
pub(super) fn cidr(text: &str) -> String {
    let text = text.trim();
    match (text.contains('/'), text.contains(':')) {
        (true, _) => text.to_owned(),
        (false, true) => format!("{text}/128"),
        (false, false) => format!("{text}/32"),
    }
}

/// The ranges in CIDR notation that make up all addresses from one to another.
pub(super) fn cidrs(first: &str, last: &str) -> Option<Vec<String>> {
    let number = |text: &str| Some(u64::from(u32::from(text.parse::<std::net::Ipv4Addr>().ok()?)));
    let (mut from, last) = (number(first)?, number(last)?);
    let mut ranges = Vec::new();
    while from <= last {
        let aligned = if from == 0 { 32 } else { from.trailing_zeros().min(32) };
        let fitting = (last - from + 1).ilog2();
        let bits = aligned.min(fitting);
        let address = std::net::Ipv4Addr::from(u32::try_from(from).ok()?);
        ranges.push(format!("{address}/{}", 32 - bits));
        from += 1 << bits;
    }
    Some(ranges)
}

/// A member that some versions write as a text and some as a truth value.
pub(super) fn truth(value: Option<&Value>) -> Option<bool> {
    match value? {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => match text.to_lowercase().as_str() {
            "true" | "enabled" | "on" => Some(true),
            "false" | "disabled" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{cidr, cidrs, tls};

    #[test]
    fn versions_of_tls() {
        let names = ["TLS1_0", "TLS1_2", "Tls12", "TLSv1.3", "1.1", "TLSv1", "None", "SSL3"];
        let versions = names.map(|name| tls(name).unwrap_or("none"));
        assert_eq!(versions, ["1.0", "1.2", "1.2", "1.3", "1.1", "1.0", "none", "none"]);
    }

    #[test]
    fn ranges_of_addresses() {
        assert_eq!(cidr("203.0.113.7"), "203.0.113.7/32");
        assert_eq!(cidr("2001:db8::1"), "2001:db8::1/128");
        assert_eq!(cidrs("0.0.0.0", "255.255.255.255").unwrap(), ["0.0.0.0/0"]);
        assert_eq!(cidrs("10.0.0.0", "10.0.0.255").unwrap(), ["10.0.0.0/24"]);
        assert_eq!(cidrs("10.0.0.5", "10.0.0.8").unwrap(), ["10.0.0.5/32", "10.0.0.6/31", "10.0.0.8/32"]);
        assert_eq!(cidrs("10.0.0.9", "10.0.0.8").unwrap(), Vec::<String>::new());
        assert_eq!(cidrs("here", "there"), None);
    }
}
