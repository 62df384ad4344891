//! What stands for a value: the same everywhere in a package, another one in every other package.

use std::collections::BTreeSet;
use std::net::IpAddr;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::decode::compared;
use super::rule::Rule;

/// Domain of the names that stand for others. `.invalid` never resolves (RFC 2606).
const DOMAIN: &str = "scrubbed.invalid";

/// Letters of pseudonyms: no digit, which a number would be looked for in, and no vowel, of which words would be made.
const LETTERS: &[u8; 16] = b"bcdfghjkmnpqrstv";

/// Letters of a pseudonym: 48 bits.
const LENGTH: usize = 12;

/// What the pseudonyms of a package are made with: random, and of this package alone. Whoever has it can try values.
#[derive(Clone)]
pub struct Seed(pub [u8; 32]);

/// The pseudonyms of a package.
pub(super) struct Pseudonyms {
    key: Hmac<Sha256>,
    issued: BTreeSet<String>,
}

impl Pseudonyms {
    pub(super) fn new(seed: &Seed) -> Self {
        // a key shorter than a block is followed by zeros (RFC 2104)
        let block: [u8; 64] = std::array::from_fn(|at| seed.0.get(at).copied().unwrap_or_default());
        Self { key: Hmac::new(&block.into()), issued: BTreeSet::new() }
    }

    /// What stands for `value`, in the form that the value has, so that the document stays what it is.
    pub(super) fn of(&mut self, rule: Rule, value: &str) -> String {
        let pseudonym = self.formed(rule, value.trim());
        self.issued.insert(compared(&pseudonym));
        pseudonym
    }

    /// Whether a text is one of the pseudonyms, or holds nothing else that counts.
    pub(super) fn is_issued(&self, text: &str) -> bool {
        self.issued.contains(&compared(text))
    }

    fn formed(&self, rule: Rule, value: &str) -> String {
        let name = rule.stands_as();
        // what stands for a secret is seen to do so by everybody
        let numbers = (!rule.is_protected()).then(|| self.numbers(value)).flatten();
        if let Some(numbers) = numbers {
            return numbers;
        }
        let code = letters(&self.bytes(rule.name(), value));
        if value.contains("://") {
            format!("https://{name}-{code}.{DOMAIN}/")
        } else if value.contains('@') && !value.contains(char::is_whitespace) {
            format!("{name}-{code}@{DOMAIN}")
        } else if is_domain(value) {
            format!("{name}-{code}.{DOMAIN}")
        } else {
            format!("{name}-{code}")
        }
    }

    /// A UUID, an address of IP or of a network card as another one.
    fn numbers(&self, value: &str) -> Option<String> {
        if let Some((before, uuid)) = ending_in_uuid(value) {
            return Some(format!("{before}{}", uuid_of(self.bytes("uuid", uuid))));
        }
        self.address(value).or_else(|| {
            let bytes = is_mac(value).then(|| self.bytes("mac", value))?;
            let pairs: Vec<String> = bytes.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
            Some(format!("02:{}", pairs.join(":")))
        })
    }

    /// An address or network of IP as one that nobody has: 240.0.0.0/4 (RFC 1112) or `2001:db8::/32` (RFC 3849).
    fn address(&self, value: &str) -> Option<String> {
        let (address, prefix) = value.split_once('/').map_or((value, None), |(a, p)| (a, Some(p)));
        let stands = match address.parse().ok()? {
            IpAddr::V4(address) => {
                let [first, second, third, fourth, ..] = self.bytes("ipv4", &address.to_string());
                IpAddr::from([0xf0 | (first & 0x0f), second, third, fourth])
            }
            IpAddr::V6(address) => {
                let number = number(&self.bytes("ipv6", &address.to_string()));
                IpAddr::from((0x2001_0db8_u128 << 96 | number >> 32).to_be_bytes())
            }
        };
        Some(prefix.map_or_else(|| stands.to_string(), |prefix| format!("{stands}/{prefix}")))
    }

    fn bytes(&self, kind: &str, value: &str) -> [u8; 32] {
        let mut key = self.key.clone();
        key.update(kind.as_bytes());
        key.update(&[0]);
        key.update(compared(value).as_bytes());
        key.finalize().into_bytes().into()
    }
}

/// Whether a text has the form of a pseudonym, whatever seed it was made with; identifiers have none of their own.
pub(crate) fn is_pseudonym(text: &str) -> bool {
    let text = compared(text);
    let address = text.split('/').next().unwrap_or_default();
    if let Ok(IpAddr::V4(address)) = address.parse() {
        return address.octets().first().is_some_and(|first| first >> 4 == 0xf);
    }
    let bare = text.strip_prefix("https://").unwrap_or(&text);
    let bare = bare.strip_suffix('/').unwrap_or(bare);
    let bare = bare.strip_suffix(DOMAIN).map_or(bare, |name| name.trim_end_matches(['.', '@']));
    bare.rsplit_once('-').is_some_and(|(name, code)| {
        code.len() == LENGTH
            && code.bytes().all(|byte| LETTERS.contains(&byte))
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    })
}

/// The number that the first sixteen bytes make.
fn number(bytes: &[u8; 32]) -> u128 {
    bytes.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte))
}

fn letters(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).take(LENGTH);
    halves.filter_map(|half| LETTERS.get(usize::from(half))).map(|letter| char::from(*letter)).collect()
}

/// Whether a text has the form of a domain's name.
fn is_domain(value: &str) -> bool {
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let last = value.rsplit('.').next().unwrap_or_default();
    value.contains('.')
        && value.chars().all(in_name)
        && last.len() > 1
        && last.chars().all(|c| c.is_ascii_alphabetic())
}

/// Six pairs of digits with colons between them (IEEE 802).
fn is_mac(value: &str) -> bool {
    value.split(':').count() == 6
        && value.split(':').all(|p| p.len() == 2 && p.chars().all(|c| c.is_ascii_hexdigit()))
}

/// The UUID that a text consists of or ends in (`identity--…`), and what stands before it.
fn ending_in_uuid(value: &str) -> Option<(&str, &str)> {
    let (before, uuid) = value.split_at_checked(value.len().checked_sub(36)?)?;
    let is_uuid = uuid
        .char_indices()
        .all(|(at, c)| if [8, 13, 18, 23].contains(&at) { c == '-' } else { c.is_ascii_hexdigit() });
    (is_uuid && (before.is_empty() || before.ends_with("--"))).then_some((before, uuid))
}

/// A UUID of version 4 (RFC 9562).
fn uuid_of(bytes: [u8; 32]) -> String {
    let number = number(&bytes) & !(0xf << 76) & !(0b11 << 62) | 0x4 << 76 | 0b10 << 62;
    let digits = format!("{number:032x}");
    let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}

#[cfg(test)]
mod tests {
    use super::{Pseudonyms, Seed, is_pseudonym};
    use crate::scrub::rule::Rule;

    #[test]
    fn forms_are_those_of_values() {
        let mut ours = Pseudonyms::new(&Seed([7; 32]));
        let mut form = |rule, value| ours.of(rule, value);
        assert!(form(Rule::Mail, "ann@x.org").ends_with("@scrubbed.invalid"));
        assert!(form(Rule::Asset, "db1.x.org").ends_with(".scrubbed.invalid"));
        assert!(form(Rule::Asset, "DB 1").starts_with("asset-"));
        assert!(
            form(Rule::OwnNetwork, "10.1.2.3").starts_with("24")
                || form(Rule::OwnNetwork, "10.1.2.3").starts_with("25")
        );
        assert!(form(Rule::OwnNetwork, "10.1.0.0/16").ends_with("/16"));
        assert!(form(Rule::OwnNetwork, "fd00::1").starts_with("2001:db8:"));
        let uuid = form(Rule::Identifier, "identity--0a5e2f4c-7b1d-4c1e-9a35-000000000001");
        assert_eq!(uuid.len(), "identity--".len() + 36);
        assert!(uuid.starts_with("identity--") && !uuid.contains("0a5e2f4c"), "{uuid}");
    }

    #[test]
    fn pseudonyms_are_known_without_the_seed() {
        let mut theirs = Pseudonyms::new(&Seed([9; 32]));
        for (rule, value) in [
            (Rule::Card, "4111 1111 1111 1111"),
            (Rule::NationalId, "078-05-1120"),
            (Rule::Credential, "Hunter2"),
            (Rule::Token, "0a5e2f4c-7b1d-4c1e-9a35-000000000001"),
            (Rule::Credential, "10.1.2.3"),
            (Rule::Credential, "ann@x.org"),
            (Rule::OwnDomain, "https://git.own.example/a"),
            (Rule::OwnDomain, "db1.own.example"),
            (Rule::OwnNetwork, "10.1.0.0/16"),
            (Rule::Word, "Project X"),
        ] {
            let pseudonym = theirs.of(rule, value);
            assert!(is_pseudonym(&pseudonym), "{pseudonym}");
            assert!(!is_pseudonym(value), "{value}");
        }
        for text in ["", "-", "hidden-", "hidden-hunter2", "Hidden value", "card-bcdfghjkmnp"] {
            assert!(!is_pseudonym(text), "{text}");
        }
    }

    #[test]
    fn the_same_value_has_the_same_pseudonym_in_one_package_only() {
        let of = |seed: u8, value: &str| Pseudonyms::new(&Seed([seed; 32])).of(Rule::Person, value);
        assert_eq!(of(1, "Ann Müller"), of(1, " ann MU\u{308}LLER"));
        assert_ne!(of(1, "Ann Müller"), of(2, "Ann Müller"));
        assert_ne!(of(1, "Ann Müller"), of(1, "Ann Möller"));
    }
}
