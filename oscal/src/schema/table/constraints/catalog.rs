// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the catalog module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Key, Level, Role};

pub(in crate::schema::table) static CATALOG: Declaration = Declaration {
    module: "oscal-catalog",
    role: Role::Assembly,
    path: "catalog",
    constraints: &[
        Constraint {
            id: Some("oscal-catalog-metadata-prop-name"),
            level: Level::Error,
            target: "metadata/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["resolution-tool", "source-profile-uuid"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-catalog-metadata-link-rel-type"),
            level: Level::Error,
            target: "metadata/link/@rel",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &["source-profile", "source-profile-uuid"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-catalog-parts"),
            level: Level::Error,
            target: "//part",
            message: None,
            check: Check::Index { name: "catalog-parts", keys: &[Key { target: "@id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-catalog-props"),
            level: Level::Error,
            target: "//prop",
            message: None,
            check: Check::Index { name: "catalog-props", keys: &[Key { target: "@uuid", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-catalog-groups-controls-parts"),
            level: Level::Error,
            target: "//(control|group|part)",
            message: None,
            check: Check::Index {
                name: "catalog-groups-controls-parts",
                keys: &[Key { target: "@id", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-catalog-controls"),
            level: Level::Error,
            target: "//control",
            message: None,
            check: Check::Index { name: "catalog-controls", keys: &[Key { target: "@id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-catalog-params"),
            level: Level::Error,
            target: "//param",
            message: None,
            check: Check::Index { name: "catalog-params", keys: &[Key { target: "@id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-catalog-groups"),
            level: Level::Error,
            target: "//group",
            message: None,
            check: Check::Index { name: "catalog-groups", keys: &[Key { target: "@id", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static GROUP: Declaration = Declaration {
    module: "oscal-catalog",
    role: Role::Assembly,
    path: "group",
    constraints: &[
        Constraint {
            id: Some("oscal-group-prop-name"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["label", "sort-id", "alt-identifier"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-group-part-name"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["overview", "instruction"],
                deprecated: &[],
            },
        },
    ],
};

pub(in crate::schema::table) static CONTROL: Declaration = Declaration {
    module: "oscal-catalog",
    role: Role::Assembly,
    path: "control",
    constraints: &[
        Constraint {
            id: Some("oscal-catalog-control-require-statement-when-not-withdrawn"),
            level: Level::Error,
            target: ".",
            message: None,
            check: Check::Expect {
                test: "prop[@name='status']/@value=('withdrawn','Withdrawn') or part[@name='statement']",
            },
        },
        Constraint {
            id: Some("oscal-control-prop-name"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["label", "sort-id", "alt-identifier", "status"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-control-prop-status-value"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='status']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["withdrawn", "Withdrawn"],
                deprecated: &[("Withdrawn", "1.0.0")],
            },
        },
        Constraint {
            id: Some("oscal-control-link-rel-type"),
            level: Level::Error,
            target: "link/@rel",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &["reference", "related", "required", "incorporated-into", "moved-to"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-catalog-groups-controls-parts"),
            level: Level::Warning,
            target: "link[@rel=('related','required','incorporated-into','moved-to') and starts-with(@href,'#')]",
            message: None,
            check: Check::IndexHasKey {
                name: "catalog-groups-controls-parts",
                keys: &[Key { target: "@href", pattern: Some("#(.*)") }],
            },
        },
        Constraint {
            id: Some("oscal-control-part-name"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["overview", "statement", "guidance", "example", "assessment", "assessment-method"],
                deprecated: &[("assessment", "1.0.1")],
            },
        },
        Constraint {
            id: Some("oscal-control-statement-part-subpart-name"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='statement']//part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["item"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-control-statement-part-name"),
            level: Level::Error,
            target: ".//part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["objective", "assessment-objective"],
                deprecated: &[("objective", "1.0.1")],
            },
        },
        Constraint {
            id: Some("oscal-control-objective-part-subpart-name"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('assessment','assessment-method')]/part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["objects", "assessment-objects"],
                deprecated: &[("objects", "1.0.1")],
            },
        },
        Constraint {
            id: Some("oscal-control-statement-part-prop-name"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('assessment','assessment-method')]/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["method"],
                deprecated: &[("method", "1.0.1")],
            },
        },
        Constraint {
            id: Some("oscal-control-statement-part-rmf-prop-name"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('assessment','assessment-method')]/prop[has-oscal-namespace('http://csrc.nist.gov/ns/rmf')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["method"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-method-part-has-method-prop"),
            level: Level::Warning,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('assessment','assessment-method')]",
            message: None,
            check: Check::Expect {
                test: "prop[has-oscal-namespace(('http://csrc.nist.gov/ns/oscal','http://csrc.nist.gov/ns/rmf')) and @name='method']",
            },
        },
        Constraint {
            id: Some("oscal-control-objective-part-method-prop-value"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('assessment','assessment-method')]/prop[has-oscal-namespace(('http://csrc.nist.gov/ns/oscal','http://csrc.nist.gov/ns/rmf')) and @name='method']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["INTERVIEW", "EXAMINE", "TEST"],
                deprecated: &[],
            },
        },
    ],
};
