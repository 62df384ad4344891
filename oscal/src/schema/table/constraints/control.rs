// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the control module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Level, Role};

pub(in crate::schema::table) static PART: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Assembly,
    path: "part",
    constraints: &[Constraint {
        id: Some("oscal-part-prop-name"),
        level: Level::Error,
        target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["label", "sort-id", "alt-identifier"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static PARAMETER: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Assembly,
    path: "parameter",
    constraints: &[
        Constraint {
            id: Some("oscal-parameter-prop-name"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["label", "sort-id", "alt-identifier", "alt-label"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-rmf-parameter-prop-name"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/rmf')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["aggregates"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-parameter-depends-on-deprecated"),
            level: Level::Error,
            target: ".",
            message: Some("depends-on is deprecated"),
            check: Check::Expect { test: "not(exists(@depends-on))" },
        },
    ],
};

pub(in crate::schema::table) static PARAMETER_CONSTRAINT: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Assembly,
    path: "parameter-constraint",
    constraints: &[],
};

pub(in crate::schema::table) static PARAMETER_CONSTRAINT_TEST: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Assembly,
    path: "parameter-constraint/test",
    constraints: &[],
};

pub(in crate::schema::table) static PARAMETER_GUIDELINE: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Assembly,
    path: "parameter-guideline",
    constraints: &[],
};

pub(in crate::schema::table) static PARAMETER_VALUE: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Field,
    path: "parameter-value",
    constraints: &[],
};

pub(in crate::schema::table) static PARAMETER_SELECTION: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Assembly,
    path: "parameter-selection",
    constraints: &[],
};

pub(in crate::schema::table) static PARAMETER_SELECTION_HOW_MANY_FLAG: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Flag,
    path: "parameter-selection/@how-many",
    constraints: &[Constraint {
        id: Some("oscal-parameter-how-many-type"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: false, values: &["one", "one-or-more"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static CONTROL_ID_FLAG: Declaration =
    Declaration { module: "oscal-control-common", role: Role::Flag, path: "@control-id", constraints: &[] };

pub(in crate::schema::table) static INCLUDE_ALL: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Assembly,
    path: "include-all",
    constraints: &[],
};

pub(in crate::schema::table) static PATTERN_FLAG: Declaration =
    Declaration { module: "oscal-control-common", role: Role::Flag, path: "@pattern", constraints: &[] };

pub(in crate::schema::table) static WITH_CHILD_CONTROLS_FLAG: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Flag,
    path: "@with-child-controls",
    constraints: &[Constraint {
        id: Some("oscal-with-child-controls-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static WITH_ID: Declaration =
    Declaration { module: "oscal-control-common", role: Role::Field, path: "with-id", constraints: &[] };

pub(in crate::schema::table) static MATCHING: Declaration =
    Declaration { module: "oscal-control-common", role: Role::Assembly, path: "matching", constraints: &[] };

pub(in crate::schema::table) static SELECT_CONTROL_BY_ID: Declaration = Declaration {
    module: "oscal-control-common",
    role: Role::Assembly,
    path: "select-control-by-id",
    constraints: &[],
};
