//! What is to be looked for, and whether its value is one of its type.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use super::words::{HashAlgorithm, ObservableType, PatternLanguage, Word};

/// What is to be looked for (`Observable`, 3.29.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Observable {
    /// What kind it is.
    pub r#type: Word<ObservableType>,
    /// The value: of a hash lower-case hexadecimal digits, of a pattern the rule.
    pub value: String,
    /// How the hash was made; of hashes only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<Word<HashAlgorithm>>,
    /// What the pattern is written for; of patterns only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Word<PatternLanguage>>,
}

impl Observable {
    /// A value of a type that needs nothing besides.
    pub(crate) fn plain(r#type: Word<ObservableType>, value: impl Into<String>) -> Self {
        Self { r#type, value: value.into(), algorithm: None, language: None }
    }

    /// Why this is not what its type says.
    pub fn fault(&self) -> Option<String> {
        let kind = self.r#type.as_str();
        if (kind == "file-hash") != self.algorithm.is_some() {
            return Some("an `algorithm` belongs to a `file-hash`, and to nothing else".to_owned());
        }
        if (kind == "pattern") != self.language.is_some() {
            return Some("a `language` belongs to a `pattern`, and to nothing else".to_owned());
        }
        match &self.algorithm {
            Some(algorithm) => hash_fault(algorithm.as_str(), &self.value),
            None => value_fault(kind, &self.value),
        }
    }
}

fn hash_fault(algorithm: &str, value: &str) -> Option<String> {
    let digits = match algorithm {
        "md5" => 32,
        "sha-1" => 40,
        "sha-256" => 64,
        _ => 128,
    };
    let is_hex = value.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    (value.len() != digits || !is_hex)
        .then(|| format!("a hash of {algorithm} has {digits} lower-case hexadecimal digits"))
}

/// Why a value is none of the type that an address or an observable has.
pub(super) fn value_fault(kind: &str, value: &str) -> Option<String> {
    let fits = match kind {
        "ipv4-addr" => value.parse::<Ipv4Addr>().is_ok(),
        "ipv6-addr" => value.parse::<Ipv6Addr>().is_ok(),
        "ipv4-net" => is_network(value, std::net::IpAddr::is_ipv4, 32),
        "ipv6-net" => is_network(value, std::net::IpAddr::is_ipv6, 128),
        "asn" => value.parse::<u32>().is_ok(),
        "mac" => is_mac(value),
        "e-mail" => is_mail(value),
        "domain-name" => is_domain(value),
        "site-uri" => value.contains("://") && !value.contains(char::is_whitespace),
        _ => !value.trim().is_empty(),
    };
    (!fits).then(|| format!("it is no {kind}"))
}

fn is_network(value: &str, family: fn(&IpAddr) -> bool, longest: u8) -> bool {
    value.split_once('/').is_some_and(|(address, length)| {
        address.parse().is_ok_and(|address| family(&address))
            && length.parse().is_ok_and(|n: u8| n <= longest)
    })
}

fn is_mac(value: &str) -> bool {
    let parts: Vec<&str> = value.split(':').collect();
    parts.len() == 6
        && parts
            .iter()
            .all(|part| part.len() == 2 && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
}

fn is_mail(value: &str) -> bool {
    value.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !local.contains(char::is_whitespace) && is_domain(domain)
    })
}

/// Whether a text is a domain name (RFC 1123, 2.1), at most 253 characters.
pub fn is_domain(value: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    value.len() <= 253 && value.contains('.') && value.split('.').all(is_label)
}
