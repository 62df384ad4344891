//! What the releases of OSCAL since 1.1.2 changed in the structure of documents.
//!
//! Found by comparing the Metaschema modules that NIST published with each release, property by property, in the form in which
//! the package `oscal` 3.2.2 indexes them, and confirmed against the JSON schemas of 1.1.3 and 1.2.1 as
//! compliance-trestle 3.12.0 and 5.2.0 carry them. Sets of values that were open before and after are left out: they forbid
//! nothing.

use super::Release;

/// A release by its numbers.
const fn release(minor: u32, patch: u32) -> Release {
    Release { major: 1, minor, patch }
}

/// The releases that documents can be written for.
pub const RELEASES: &[Release] = &[release(1, 2), release(1, 3), release(2, 0), release(2, 1), release(2, 2)];

/// The release that brought `mapping-collection`.
pub(super) const MAPPINGS: Release = release(2, 0);

/// Something that a release brought.
#[derive(Debug)]
pub(super) struct Difference {
    /// The first release that has it.
    pub(super) since: Release,
    /// The object, by its name in the Metaschema.
    pub(super) definition: &'static str,
    /// Its property, by its JSON key.
    pub(super) property: &'static str,
    /// How it was before.
    pub(super) before: Before,
}

/// How releases before that knew a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// Not at all.
    Absent,
    /// It had to stand.
    Required,
    /// Its value was a token.
    Token,
    /// Its parts were attributes in XML.
    Attributes,
}

const fn remarks(definition: &'static str) -> Difference {
    Difference { since: release(2, 1), definition, property: "remarks", before: Before::Absent }
}

/// Names of props that components of some types could not have, in the namespace of OSCAL.
pub(super) struct NewNames {
    /// The first release that has them.
    pub(super) since: Release,
    /// The types of components.
    pub(super) types: &'static [&'static str],
    /// The names.
    pub(super) names: &'static [&'static str],
}

/// Names that later releases allow.
pub(super) const NEW_NAMES: &[NewNames] = &[
    NewNames { since: release(2, 0), types: &["interconnection"], names: &["uri", "fqdn"] },
    NewNames {
        since: release(2, 0),
        types: &["service", "software", "system"],
        names: &["ipv4-address", "ipv6-address", "direction", "uri", "fqdn"],
    },
];

/// A set of values that was closed before.
pub(super) struct Opened {
    /// The first release in which it is open.
    pub(super) since: Release,
    /// All values before.
    pub(super) values: &'static [&'static str],
}

/// The classes of locations of type `data-center`.
pub(super) const DATA_CENTER: Opened = Opened { since: release(2, 1), values: &["primary", "alternate"] };

/// The differences.
pub(super) const DIFFERENCES: &[Difference] = &[
    Difference { since: release(1, 3), definition: "protocol", property: "name", before: Before::Required },
    Difference {
        since: release(2, 0),
        definition: "system-implementation",
        property: "users",
        before: Before::Required,
    },
    Difference { since: release(2, 0), definition: "remove", property: "by-ns", before: Before::Token },
    Difference {
        since: release(2, 1),
        definition: "mapping-provenance",
        property: "confidence-score",
        before: Before::Attributes,
    },
    Difference {
        since: release(2, 1),
        definition: "mapping",
        property: "confidence-score",
        before: Before::Attributes,
    },
    Difference {
        since: release(2, 1),
        definition: "map",
        property: "confidence-score",
        before: Before::Attributes,
    },
    remarks("associated-risk"),
    remarks("at-frequency"),
    remarks("import-component-definition"),
    remarks("logged-by"),
    remarks("matching"),
    remarks("on-date"),
    remarks("port-range"),
    remarks("related-finding"),
    remarks("related-observation"),
    remarks("remove"),
    remarks("select-objective-by-id"),
    remarks("within-date-range"),
];
