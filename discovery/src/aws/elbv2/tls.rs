use std::collections::BTreeSet;

use aws_sdk_elasticloadbalancingv2::types::SslPolicy;

/// What a listener accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tls {
    /// The lowest minor version of TLS 1; none where it is not known.
    pub(super) minor: Option<u32>,
    /// Cipher suites by their IANA names; none where one is not known.
    pub(super) suites: Option<BTreeSet<String>>,
}

impl Tls {
    /// What a policy allows.
    pub(super) fn of(policy: &SslPolicy) -> Self {
        let minors = policy.ssl_protocols().iter().map(|name| minor(name));
        let minors: Option<Vec<u32>> = minors.collect();
        let suites = policy.ciphers().iter().map(|cipher| iana(cipher.name()?));
        Self {
            minor: minors.and_then(|minors| minors.into_iter().min()),
            suites: suites.collect::<Option<BTreeSet<String>>>().filter(|suites| !suites.is_empty()),
        }
    }

    /// What is accepted where this or another is.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            minor: self.minor.zip(other.minor).map(|(one, other)| one.min(other)),
            suites: self.suites.zip(other.suites).map(|(one, other)| one.union(&other).cloned().collect()),
        }
    }
}

/// `TLSv1.2` is TLS 1.2. What is older than TLS 1 is not offered.
fn minor(name: &str) -> Option<u32> {
    match name.strip_prefix("TLSv1")? {
        "" => Some(0),
        rest => rest.strip_prefix('.')?.parse().ok(),
    }
}

/// The IANA name of a cipher suite that OpenSSL calls so.
fn iana(name: &str) -> Option<String> {
    if name.starts_with("TLS_") {
        return Some(name.to_owned());
    }
    if name == "DES-CBC3-SHA" {
        return Some("TLS_RSA_WITH_3DES_EDE_CBC_SHA".to_owned());
    }
    let exchanges = [
        ("ECDHE-ECDSA-", "ECDHE_ECDSA"),
        ("ECDHE-RSA-", "ECDHE_RSA"),
        ("DHE-RSA-", "DHE_RSA"),
        ("DHE-DSS-", "DHE_DSS"),
        ("", "RSA"),
    ];
    let (exchange, cipher) =
        exchanges.iter().find_map(|(prefix, exchange)| Some((exchange, name.strip_prefix(prefix)?)))?;
    let cipher = match cipher {
        "AES128-GCM-SHA256" => "AES_128_GCM_SHA256",
        "AES256-GCM-SHA384" => "AES_256_GCM_SHA384",
        "AES128-SHA256" => "AES_128_CBC_SHA256",
        "AES256-SHA256" => "AES_256_CBC_SHA256",
        "AES256-SHA384" => "AES_256_CBC_SHA384",
        "AES128-SHA" => "AES_128_CBC_SHA",
        "AES256-SHA" => "AES_256_CBC_SHA",
        "CHACHA20-POLY1305" => "CHACHA20_POLY1305_SHA256",
        _ => return None,
    };
    Some(format!("TLS_{exchange}_WITH_{cipher}"))
}

#[cfg(test)]
mod tests {
    use super::{iana, minor};

    #[test]
    fn names_of_versions_and_suites() {
        assert_eq!(["TLSv1", "TLSv1.2", "TLSv1.3"].map(minor), [Some(0), Some(2), Some(3)]);
        assert_eq!(["SSLv3", "TLSv2", "TLSv1x"].map(minor), [None; 3]);
        for (name, expected) in [
            ("ECDHE-ECDSA-AES128-GCM-SHA256", Some("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")),
            ("ECDHE-RSA-AES256-SHA384", Some("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384")),
            ("AES128-SHA", Some("TLS_RSA_WITH_AES_128_CBC_SHA")),
            ("DES-CBC3-SHA", Some("TLS_RSA_WITH_3DES_EDE_CBC_SHA")),
            ("ECDHE-RSA-CHACHA20-POLY1305", Some("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")),
            ("TLS_AES_128_GCM_SHA256", Some("TLS_AES_128_GCM_SHA256")),
            ("ECDHE-RSA-RC4-SHA", None),
        ] {
            assert_eq!(iana(name).as_deref(), expected, "{name}");
        }
    }
}
