//! STIX 2.1: a bundle with an incident, a report of everything, and indicators, attack patterns, vulnerabilities, actors, campaigns
//! and identities. The incident of STIX 2.1 is a stub; what it has no place for is carried in an extension of it.

mod pattern;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use crate::Label;

/// The extension by which the Traffic Light Protocol 2.0 is marked.
const TLP_EXTENSION: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
/// When its markings were made.
const TLP_CREATED: &str = "2022-10-01T00:00:00.000Z";
/// The chain that phases of an attack are of.
const KILL_CHAIN: &str = "mitre-attack";
/// What external references of techniques are called by.
const TECHNIQUES: &str = "mitre-attack";

/// The id of the marking of a colour.
const fn marking(label: Label) -> &'static str {
    match label {
        Label::Clear => "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        Label::Green => "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Label::Amber => "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        Label::AmberStrict => "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        Label::Red => "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    }
}

/// The confidence of STIX, a number up to 100, for our words.
const CONFIDENCE: [(&str, u64, std::ops::RangeInclusive<u64>); 3] =
    [("low", 15, 1..=29), ("medium", 50, 30..=69), ("high", 85, 70..=100)];

/// The id of the extension that carries the rest.
fn extension() -> String {
    format!("extension-definition--{}", probity_oscal::uuid5(&["stix", "extension", "incident"]))
}
