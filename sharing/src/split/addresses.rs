//! Addresses of IP in entries, where colons may part them from other fields.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Groups between colons that are looked at; an address of version 6 has eight.
const MOST: usize = 24;

/// Addresses that stand by themselves, perhaps with a port or other fields behind a colon.
pub(super) fn alone(text: &str) -> Vec<IpAddr> {
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | '.' | '-' | '_'));
    let read = |word: &str| -> Vec<IpAddr> {
        let word = word.trim_end_matches(['.', ':']);
        match word.trim_start_matches('.').parse() {
            Ok(address) => vec![address],
            Err(_) => {
                word.split(':').filter_map(|field| field.parse::<Ipv4Addr>().ok()).map(IpAddr::V4).collect()
            }
        }
    };
    words.flat_map(read).collect()
}

/// Everything that can be taken for an address, also as a part of something else.
pub(super) fn anywhere(text: &str) -> Vec<IpAddr> {
    let mut found = Vec::new();
    for run in text.split(|c: char| !c.is_ascii_hexdigit() && !matches!(c, ':' | '.')) {
        let groups: Vec<&str> = run.split(':').take(MOST).collect();
        for start in 0..groups.len() {
            for end in start + 3..=groups.len().min(start + 10) {
                let part = groups.get(start..end).unwrap_or_default().join(":");
                found.extend(part.parse::<Ipv6Addr>().ok().map(IpAddr::V6));
            }
        }
        for field in run.split(':') {
            let numbers: Vec<&str> = field.split('.').collect();
            found.extend(numbers.windows(4).filter_map(dotted).map(IpAddr::V4));
        }
    }
    found
}

/// Four numbers; letters before the first and behind the last are none of them.
fn dotted(numbers: &[&str]) -> Option<Ipv4Addr> {
    let [first, second, third, fourth] = numbers else { return None };
    let is_letter = |c: char| !c.is_ascii_digit();
    let first = first.rsplit(is_letter).next()?;
    let fourth = fourth.split(is_letter).next()?;
    format!("{first}.{second}.{third}.{fourth}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{alone, anywhere};

    #[test]
    fn addresses_are_found_between_other_fields() {
        for text in [
            "203.0.113.9",
            "see 203.0.113.9.",
            "203.0.113.9:22",
            "http://203.0.113.9/a",
            "ann@post.example:beef:cafe:203.0.113.9:x",
            "[203.0.113.9]",
            "203.0.113.9/32",
        ] {
            assert_eq!(alone(text), ["203.0.113.9".parse::<std::net::IpAddr>().unwrap()], "{text}");
            assert!(anywhere(text).contains(&"203.0.113.9".parse().unwrap()), "{text}");
        }
        for text in ["2001:db8::7", "[2001:db8::7]:22", "at 2001:DB8:0::7 root"] {
            assert_eq!(alone(text), ["2001:db8::7".parse::<std::net::IpAddr>().unwrap()], "{text}");
        }
        for text in ["a203.0.113.9b", "beef:2001:db8::7", "v1.203.0.113.9", "x:2001:db8::7:pw"] {
            let all = anywhere(text);
            assert!(
                all.iter().any(|one| ["203.0.113.9", "2001:db8::7"].contains(&one.to_string().as_str())),
                "{text}: {all:?}"
            );
        }
    }

    #[test]
    fn parts_of_other_numbers_do_not_stand_by_themselves() {
        for text in [
            "1203.0.113.9",
            "v1.203.0.113.9",
            "203.0.113.9.4",
            "203.0.113.9-beta",
            "203.0.113.999",
            "12:34:56",
        ] {
            assert!(alone(text).is_empty(), "{text}: {:?}", alone(text));
        }
    }
}
