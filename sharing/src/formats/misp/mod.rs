//! Events of MISP, in its core format (JSON), and folders of them that MISP reads as a feed.

mod feed;
mod read;
mod write;

pub use feed::feed;
pub(super) use read::read;
pub(super) use write::write;

/// Types of attributes for observables: our word, MISP's type, and its category.
const TYPES: [(&str, &str, &str); 16] = [
    ("ipv4-addr", "ip-src", "Network activity"),
    ("ipv6-addr", "ip-src", "Network activity"),
    ("ipv4-net", "ip-src", "Network activity"),
    ("ipv6-net", "ip-src", "Network activity"),
    ("asn", "AS", "Network activity"),
    ("mac", "mac-address", "Network activity"),
    ("site-uri", "url", "Network activity"),
    ("domain-name", "domain", "Network activity"),
    ("http-user-agent", "user-agent", "Network activity"),
    ("e-mail", "email-src", "Payload delivery"),
    ("email-subject", "email-subject", "Payload delivery"),
    ("file-path", "filename", "Payload delivery"),
    ("mutex", "mutex", "Artifacts dropped"),
    ("windows-reg-key", "regkey", "Artifacts dropped"),
    ("user-name", "target-user", "Targeting data"),
    ("x-", "other", "Other"),
];
/// Types of attributes for hashes.
const HASHES: [(&str, &str); 4] =
    [("md5", "md5"), ("sha-1", "sha1"), ("sha-256", "sha256"), ("sha-512", "sha512")];
/// Types of attributes for patterns.
const PATTERNS: [(&str, &str); 5] = [
    ("stix", "stix2-pattern"),
    ("yara", "yara"),
    ("snort", "snort"),
    ("sigma", "sigma"),
    ("pcre", "pattern-in-traffic"),
];
/// Categories that those types have in MISP.
const HASH_CATEGORY: &str = "Payload delivery";
/// The category of rules for the network; those for files have [`HASH_CATEGORY`].
const RULE_CATEGORY: &str = "Network activity";

/// Beginnings of tags: of an indicator's name, and of words of the lexicon.
const INDICATOR_TAG: &str = "probity:indicator";
const KIND_TAG: &str = "probity:kind";
const CATEGORY_TAG: &str = "probity:category";
/// The comment of the attribute that holds the number of the incident.
const NUMBER: &str = "incident number";

/// A machine tag.
fn tag(name: &str, value: &str) -> String {
    format!("{name}=\"{value}\"")
}

/// The value of a machine tag of that name.
fn tagged<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.strip_prefix(name)?.strip_prefix("=\"")?.strip_suffix('"')
}
