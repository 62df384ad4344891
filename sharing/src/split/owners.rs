//! Whose a domain, an address or a card is, by what the register says is a member's own.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;
use probity_diagnostics::{Diagnostic, Diagnostics};

use super::codes;
use crate::circle::{Member, Register};
use crate::scrub::{Ours, compared};

/// The members whose something is, by their places in the register. One who is none, one who is alone, or several who all say so.
pub(super) type Holders = BTreeSet<usize>;

/// Digits of a prefix of card numbers (ISO/IEC 7812-1).
const BIN: std::ops::RangeInclusive<usize> = 6..=8;

/// What all members of a register call their own, whatever they are on a day: what is a former member's is nobody else's.
///
/// What is more specific counts: of `a.example` and `b.a.example` the second for all names below it, of two networks the one in the
/// other, of two prefixes of cards the longer one. Addresses of private networks are nobody's: many have the same.
#[derive(Debug, Clone, Default)]
pub struct Owners {
    domains: BTreeMap<String, Holders>,
    networks: BTreeMap<IpNet, Holders>,
    bins: BTreeMap<String, Holders>,
}

impl Owners {
    /// What the members of a register call their own.
    ///
    /// # Errors
    /// A domain, network or prefix of cards is none.
    pub fn new(register: &Register) -> Result<Self, Diagnostics> {
        let mut owners = Self::default();
        let mut found = Diagnostics::new();
        for (index, member) in register.members.iter().enumerate() {
            let mut say = |what: &str| found.push(malformed(member, what));
            for text in &member.domains {
                match domain(text) {
                    Some(domain) => drop(owners.domains.entry(domain).or_default().insert(index)),
                    None => say("`domain` that is no name of at least two labels"),
                }
            }
            for text in &member.cidrs {
                match network(text) {
                    Some(network) if is_private(&network) => {}
                    Some(network) => drop(owners.networks.entry(network).or_default().insert(index)),
                    None => say("`cidr` that is no network"),
                }
            }
            for text in &member.bins {
                if BIN.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
                    owners.bins.entry(text.clone()).or_default().insert(index);
                } else {
                    say("`bin` that has not six to eight digits");
                }
            }
        }
        if found.is_empty() { Ok(owners) } else { Err(found) }
    }

    /// Whose a name of a machine or domain is.
    pub(super) fn of_name(&self, name: &str) -> Option<&Holders> {
        let name = ascii(name)?;
        let mut rest = name.as_str();
        loop {
            if let Some(holders) = self.domains.get(rest) {
                return Some(holders);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// Whose an address is.
    pub(super) fn of_address(&self, address: IpAddr) -> Option<&Holders> {
        let address = address.to_canonical();
        let around = self.networks.iter().filter(|(network, _)| network.contains(&address));
        around.max_by_key(|(network, _)| network.prefix_len()).map(|(_, holders)| holders)
    }

    /// Whose a card is.
    pub(super) fn of_card(&self, digits: &str) -> Option<&Holders> {
        BIN.rev().find_map(|length| self.bins.get(digits.get(..length)?))
    }
}

impl Ours {
    /// What all members of a register call their own, whatever they are on a day: what is not shared of one is not of another. Short
    /// names are left out, which are words of a language often.
    ///
    /// # Errors
    /// A domain or network is none.
    pub fn of_members(register: &Register) -> Result<Self, Diagnostics> {
        // what cannot be a member's own is told in one way
        Owners::new(register)?;
        let mut ours = Self::default();
        for member in &register.members {
            for text in &member.domains {
                ours.domains.extend([Some(compared(text)), domain(text)].into_iter().flatten());
            }
            ours.networks.extend(member.cidrs.iter().filter_map(|text| network(text)));
            ours.names.extend(Some(member.title.clone()).filter(|title| *title != member.name));
        }
        ours.domains.sort();
        ours.domains.dedup();
        Ok(ours)
    }
}

fn malformed(member: &Member, what: &str) -> Diagnostic {
    Diagnostic::error(&codes::OWNED, format!("`{}` has in the register a {what}", member.name))
}

/// A domain as it is compared: at least two labels, so that nobody has all names of a country.
fn domain(text: &str) -> Option<String> {
    let name = ascii(text.trim())?;
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    (name.contains('.') && name.split('.').all(is_label) && name.parse::<IpAddr>().is_err()).then_some(name)
}

/// A network, or a single address; all of the world is nobody's.
fn network(text: &str) -> Option<IpNet> {
    let text = text.trim();
    let network = text.parse().ok().or_else(|| Some(IpNet::from(text.parse::<IpAddr>().ok()?)));
    network.map(|network: IpNet| network.trunc()).filter(|network| network.prefix_len() > 0)
}

/// Networks that everybody may have at home (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291).
const PRIVATE: [&str; 9] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
];

/// Whether an address of a network says nothing of whose it is.
fn is_private(network: &IpNet) -> bool {
    PRIVATE.iter().filter_map(|one| one.parse::<IpNet>().ok()).any(|private| private.contains(network))
}

/// A name in the letters of the DNS (UTS 46), as somebody reads it and without the dot behind it.
pub(super) fn ascii(name: &str) -> Option<String> {
    let seen = compared(name);
    let name = match idna::domain_to_ascii(&seen) {
        Ok(name) => name,
        Err(_) if seen.is_ascii() => seen,
        Err(_) => return None,
    };
    let name = name.trim_matches('.');
    (!name.is_empty()).then(|| name.to_owned())
}
