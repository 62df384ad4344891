//! IODEF v2 in XML (RFC 7970).
//!
//! The schema that the RFC prints, its errata and its prose differ; what is written is valid by all of them. So `Confidence` is
//! carried, a phase or an actor without a page is carried, and words that only one of them has are not written.

mod read;
mod read_parts;
mod write;

pub(super) use read::read;
pub(super) use write::write;

/// The namespace of IODEF v2.
const NAMESPACE: &str = "urn:ietf:params:xml:ns:iodef-2.0";
/// The namespace of names from enumerations (RFC 7495).
const ENUM: &str = "urn:ietf:params:xml:ns:iodef-enum-1.0";
/// The namespace of XML signatures, of which digests are taken.
const DS: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The hash algorithms with the identifiers that XML signatures have for them.
const ALGORITHMS: [(&str, &str); 4] = [
    ("md5", "http://www.w3.org/2001/04/xmldsig-more#md5"),
    ("sha-1", "http://www.w3.org/2000/09/xmldsig#sha1"),
    ("sha-256", "http://www.w3.org/2001/04/xmlenc#sha256"),
    ("sha-512", "http://www.w3.org/2001/04/xmlenc#sha512"),
];

/// The types of observables that are a list of one in `BulkObservable`.
const SINGLE: [&str; 6] =
    ["user-name", "email-subject", "http-user-agent", "mutex", "file-path", "windows-reg-key"];

/// Names of `AdditionalData`: the colour, and what members tell each other besides.
const TLP: &str = "tlp";
const KIND: &str = "kind";
const TITLE: &str = "title";
const MEMBER: &str = "member";
const COPYRIGHT: &str = "copyright";
const ATTACK_TYPE: &str = "attack-type";
