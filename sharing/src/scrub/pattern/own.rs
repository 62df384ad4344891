//! Addresses, names and words that are ours: those of the register and of lists.

use std::net::IpAddr;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use ipnet::IpNet;
use regex::Regex;

use super::super::rule::Rule;
use super::Hit;

/// What belongs to those who share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ours {
    /// Networks: what has an address in one of them is not named.
    pub networks: Vec<IpNet>,
    /// Domains, with all names below them.
    pub domains: Vec<String>,
    /// Names of organisations, with and without their legal form. One of a single word counts where it is written with a capital.
    pub names: Vec<String>,
    /// Words and names that no rule would know, such as those of customers and projects.
    pub words: Vec<String>,
}

impl Ours {
    /// This and what is others'.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.networks.extend(others.networks);
        self.domains.extend(others.domains);
        self.names.extend(others.names);
        self.words.extend(others.words);
        self
    }
}

/// Addresses, as they are parsed afterwards; without the dots and digits of versions before and behind them.
const ADDRESS: &str = r"(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2}\b)?|(?i:[0-9a-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]{0,4})(?:/\d{1,3}\b)?";

/// What is ours, made ready.
pub(super) struct Own {
    networks: Vec<IpNet>,
    address: Regex,
    domains: AhoCorasick,
}

impl Own {
    pub(super) fn new(ours: &Ours) -> Result<Self, String> {
        let domains = ours.domains.iter().map(|domain| domain.trim_matches('.'));
        Ok(Self {
            networks: ours.networks.clone(),
            address: Regex::new(ADDRESS).map_err(|error| error.to_string())?,
            domains: AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .match_kind(MatchKind::LeftmostLongest)
                .build(domains.filter(|domain| !domain.is_empty()))
                .map_err(|error| error.to_string())?,
        })
    }

    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let names = self.domains.find_iter(text).filter_map(|found| {
            let range = name_around(text, found.range())?;
            Some(Hit { range: link_around(text, range), rule: Rule::OwnDomain })
        });
        let addresses =
            self.address.find_iter(text).filter_map(|found| self.own_in(found.as_str(), found.start()));
        let addresses = addresses.map(|range| Hit { range, rule: Rule::OwnNetwork });
        names.chain(addresses).collect()
    }

    /// Where what looks like an address is an own one: as a whole, else the field behind a colon: `dead:beef:10.1.2.3`.
    fn own_in(&self, found: &str, start: usize) -> Option<Range<usize>> {
        if self.is_own(found) {
            return Some(start..start + found.len());
        }
        let last = found.rsplit(':').next().filter(|last| self.is_own(last))?;
        Some(start + found.len() - last.len()..start + found.len())
    }

    fn is_own(&self, found: &str) -> bool {
        let address = found.split('/').next().unwrap_or_default();
        let mapped = |address: IpAddr| address.to_canonical();
        address
            .parse()
            .map(mapped)
            .is_ok_and(|address| self.networks.iter().any(|own| own.contains(&address)))
    }
}

fn in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// The whole name that an own domain is the end of; none where it is another one that only holds it: `own.example.evil.example`.
fn name_around(text: &str, domain: Range<usize>) -> Option<Range<usize>> {
    let (before, after) = (text.get(..domain.start)?, text.get(domain.end..)?);
    let mut following = after.chars();
    let goes_on = match following.next() {
        Some('.') => following.next().is_some_and(in_name),
        next => next.is_some_and(in_name),
    };
    let labels = before.trim_end_matches(|c: char| in_name(c) || c == '.');
    let ends_label = before.is_empty() || before.ends_with('.') || !before.ends_with(in_name);
    (!goes_on && ends_label).then_some(labels.len()..domain.end)
}

/// The whole link that leads to an own name.
fn link_around(text: &str, name: Range<usize>) -> Range<usize> {
    let before = text.get(..name.start).unwrap_or_default();
    let user = before.trim_end_matches(|c: char| !c.is_whitespace() && !"/\"'<>".contains(c));
    let Some(scheme) =
        user.strip_suffix("://").filter(|_| user.len() == before.len() || before.ends_with('@'))
    else {
        return name;
    };
    let start = scheme.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "+.-".contains(c)).len();
    let after = text.get(name.end..).unwrap_or_default();
    let length = after.find(|c: char| c.is_whitespace() || "\"'<>)]},;|".contains(c)).unwrap_or(after.len());
    start..name.end + length
}

#[cfg(test)]
mod tests {
    use super::{Ours, Own};

    fn found(text: &str) -> Vec<&str> {
        let ours = Ours {
            networks: ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().unwrap()).into(),
            domains: vec!["own.example".to_owned()],
            ..Ours::default()
        };
        let own = Own::new(&ours).unwrap();
        own.hits(text).into_iter().filter_map(|hit| text.get(hit.range)).collect()
    }

    #[test]
    fn names_and_addresses_of_ours_are_found_whole() {
        assert_eq!(
            found("to https://u@git.own.example/a/b?c=d, then"),
            ["https://u@git.own.example/a/b?c=d"]
        );
        assert_eq!(found("db1.OWN.example."), ["db1.OWN.example"]);
        assert_eq!(
            found("10.1.2.3:22 and 10.9.0.0/16 and ::ffff:10.1.1.1"),
            ["10.1.2.3", "10.9.0.0/16", "::ffff:10.1.1.1"]
        );
        assert_eq!(found("[fd12::7]:443"), ["fd12::7"]);
        assert_eq!(found("dead:beef:10.1.2.3"), ["10.1.2.3"]);
    }

    #[test]
    fn what_only_looks_like_ours_stays() {
        for text in [
            "own.example.evil.test",
            "own.example-login.test",
            "clown.example",
            "11.0.0.1",
            "fe80::1",
            "12:34:56",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
