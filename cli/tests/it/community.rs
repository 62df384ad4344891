//! A project of a community whose members have something of their own, and keys.

use std::fmt::Write as _;
use std::path::Path;

use probity_diagnostics::{Sha256Digest, TreePath};
use probity_sharing::package::seal::{Identity, identities, open};
use tempfile::TempDir;

use crate::ran::{folder, write};

/// A key that `age-keygen` made for tests. The secret one stands here without what it begins with, so that nobody takes it for real.
pub(crate) struct Key {
    pub(crate) public: &'static str,
    secret: &'static str,
}

pub(crate) const BETA: Key = Key {
    public: "age15yvt69w2hzjljjdm3fwa6gn2jzl9anptnc6u3n9v5vqgvjx8830sxslqlc",
    secret: "1LXFFRYHFWNZNWGFMNA6PHAVYS3F3FSKJUA2PNFJK6L5UGHU6SNYSXCUJ6R",
};
pub(crate) const DELTA: Key = Key {
    public: "age1gjawjcyk30h7tvxeuds7l36nr5jh72mqszckrpq482le7lfz5ccs2up9p9",
    secret: "1HTKC874P9LHJVD28LZ5SQQHFMP4G33AQD787EA9YH4HZRAZ2TASQZGHCXM",
};

impl Key {
    /// What was encrypted to the key; nothing where it was not.
    pub(crate) fn opens(&self, sealed: &[u8]) -> Option<String> {
        let text = format!("AGE-SECRET-KEY-{}\n", self.secret);
        let keys: Vec<Identity> = identities(text.as_bytes(), &TreePath::parse("key").unwrap()).unwrap();
        open(sealed, &keys).ok().map(|plain| String::from_utf8(plain).unwrap())
    }
}

/// The project of alpha. Beta and delta have keys, epsilon has none, gamma is suspended; delta and epsilon share a domain.
pub(crate) fn community() -> TempDir {
    let place = folder();
    write(place.path(), "probity.toml", "[system]\nname = \"Alpha\"\n");
    write(place.path(), "sharing/policy.yaml", "member: alpha\n");
    let mut members = String::from(
        "component-definition:\n  uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a001\n  metadata:\n    title: Members\n    last-modified: \
         2026-11-01T00:00:00Z\n    version: \"1\"\n    oscal-version: 1.2.2\n    parties:\n",
    );
    let title = |name: &str| match name {
        "alpha" => "Alpha Cloud GmbH".to_owned(),
        "gamma" => "Quitzow".to_owned(),
        name => format!("{name} networks"),
    };
    for (number, (name, own, key)) in [
        ("alpha", "domain: alpha.example, cidr: 198.51.100.0/24", None),
        ("beta", "domain: beta.example, cidr: 203.0.113.0/24, bin: 555555", Some(BETA)),
        ("gamma", "domain: gamma.example", Some(BETA)),
        ("delta", "domain: delta.example, domain: both.example, bin: 411111", Some(DELTA)),
        ("epsilon", "domain: epsilon.example, domain: both.example", None),
    ]
    .into_iter()
    .enumerate()
    {
        let prop = |name: &str, value: &str, class: &str| {
            format!(
                "          - {{name: {name}, ns: \"https://w3id.org/probity/oscal/1\", value: \"{value}\"{class}}}\n"
            )
        };
        let mut props =
            prop("category", "cloud-provider", "") + &prop("member-status", "2026-01-01", ", class: active");
        if name == "gamma" {
            props += &prop("member-status", "2026-11-01", ", class: suspended");
        }
        for one in own.split(", ") {
            let (of, value) = one.split_once(": ").unwrap();
            props += &prop(of, value, "");
        }
        let id = |kind: char| format!("9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4{kind}01{number}");
        let _ = write!(
            members,
            "      - uuid: {}\n        type: organization\n        name: {}\n        short-name: {name}\n        props:\n{props}",
            id('a'),
            title(name)
        );
        if let Some(key) = key {
            let _ = write!(
                members,
                "      - uuid: {}\n        type: person\n        name: Somebody of {name}\n        email-addresses: [a@{name}.invalid]\n        \
                 member-of-organizations: [{}]\n        props:\n{}",
                id('b'),
                id('a'),
                prop("age-recipient", key.public, "")
            );
        }
    }
    write(place.path(), "sharing/members.yaml", members);
    agreed(place.path(), &["alpha", "beta", "gamma", "delta", "epsilon"]);
    place
}

/// An agreement that these members have signed.
fn agreed(project: &Path, members: &[&str]) {
    let text = "What is shared is kept to its colour.\n";
    write(project, "sharing/nda/text.md", text);
    let signed = |name: &&str| {
        format!("  - {{member: {name}, signer: a@{name}.invalid, signed: 2026-01-01, until: 2026-12-31}}\n")
    };
    let signatures: String = members.iter().map(signed).collect();
    let digest = Sha256Digest::of(text.as_bytes());
    write(
        project,
        "sharing/nda/2026.yaml",
        format!("title: Agreement\ntext: text.md\nsha256: {digest}\nsignatures:\n{signatures}"),
    );
}
