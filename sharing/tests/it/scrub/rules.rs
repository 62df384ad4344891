//! Who the tests are, and scrubbing on their behalf.

use probity_diagnostics::TreePath;
use probity_sharing::Label;
use probity_sharing::scrub::{File, Ours, Rules, Scrubbed, Seed, scrub};

/// What belongs to those whose files the tests scrub.
pub(super) fn rules() -> Rules {
    let all = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Rules {
        ours: Ours {
            networks: ["10.20.0.0/16", "192.0.2.0/24", "2001:db8:77::/48"]
                .map(|one| one.parse().unwrap())
                .into(),
            domains: all(&["victim-cloud.test", "own-telco.example"]),
            words: all(&["Projekt Silberfuchs", "Kunde Nordlicht", "KD-2231-77", "Haus am Wall"]),
            ..Ours::default()
        },
        indicators: all(&["phish@evil-login.test", "+44 7700 900123", "mallory_x9"]),
    }
}

pub(super) fn file(path: &str, bytes: impl Into<Vec<u8>>) -> File {
    File { path: TreePath::parse(path).unwrap(), bytes: bytes.into(), label: Label::Amber }
}

/// Scrubs, and fails the test with the places where something was left.
pub(super) fn clean(files: &[File], seed: u8) -> Scrubbed {
    let scrubbed = scrub(files, &rules(), &Seed([seed; 32])).unwrap();
    assert!(scrubbed.report.is_clean(), "{:#?}", scrubbed.report.residue);
    scrubbed
}
