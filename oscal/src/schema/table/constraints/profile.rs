// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the profile module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Key, Level, Role};

pub(in crate::schema::table) static PROFILE: Declaration =
    Declaration { module: "oscal-profile", role: Role::Assembly, path: "profile", constraints: &[] };

pub(in crate::schema::table) static IMPORT: Declaration =
    Declaration { module: "oscal-profile", role: Role::Assembly, path: "import", constraints: &[] };

pub(in crate::schema::table) static MERGE: Declaration =
    Declaration { module: "oscal-profile", role: Role::Assembly, path: "merge", constraints: &[] };

pub(in crate::schema::table) static MERGE_COMBINE: Declaration = Declaration {
    module: "oscal-profile",
    role: Role::Assembly,
    path: "merge/combine",
    constraints: &[Constraint {
        id: Some("oscal-profile-req-merge-combine"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::Expect { test: "not(@method='merge')" },
    }],
};

pub(in crate::schema::table) static MERGE_COMBINE_METHOD_FLAG: Declaration = Declaration {
    module: "oscal-profile",
    role: Role::Flag,
    path: "merge/combine/@method",
    constraints: &[Constraint {
        id: Some("oscal-profile-merge-combine-method-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["use-first", "merge", "keep"],
            deprecated: &[("merge", "1.0.1")],
        },
    }],
};

pub(in crate::schema::table) static MERGE_FLAT: Declaration =
    Declaration { module: "oscal-profile", role: Role::Assembly, path: "merge/flat", constraints: &[] };

pub(in crate::schema::table) static MERGE_CUSTOM: Declaration =
    Declaration { module: "oscal-profile", role: Role::Assembly, path: "merge/custom", constraints: &[] };

pub(in crate::schema::table) static GROUP: Declaration =
    Declaration { module: "oscal-profile", role: Role::Assembly, path: "group", constraints: &[] };

pub(in crate::schema::table) static MODIFY: Declaration = Declaration {
    module: "oscal-profile",
    role: Role::Assembly,
    path: "modify",
    constraints: &[Constraint {
        id: Some("oscal-unique-profile-modify-set-parameter"),
        level: Level::Error,
        target: "set-parameter",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@param-id", pattern: None }] },
    }],
};

pub(in crate::schema::table) static MODIFY_SET_PARAMETER: Declaration = Declaration {
    module: "oscal-profile",
    role: Role::Assembly,
    path: "modify/set-parameter",
    constraints: &[],
};

pub(in crate::schema::table) static MODIFY_ALTER: Declaration =
    Declaration { module: "oscal-profile", role: Role::Assembly, path: "modify/alter", constraints: &[] };

pub(in crate::schema::table) static MODIFY_ALTER_REMOVE: Declaration = Declaration {
    module: "oscal-profile",
    role: Role::Assembly,
    path: "modify/alter/remove",
    constraints: &[],
};

pub(in crate::schema::table) static MODIFY_ALTER_REMOVE_BY_ITEM_NAME_FLAG: Declaration = Declaration {
    module: "oscal-profile",
    role: Role::Flag,
    path: "modify/alter/remove/@by-item-name",
    constraints: &[Constraint {
        id: Some("oscal-profile-alter-by-item-name-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["param", "prop", "link", "part", "mapping", "map"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static MODIFY_ALTER_ADD: Declaration = Declaration {
    module: "oscal-profile",
    role: Role::Assembly,
    path: "modify/alter/add",
    constraints: &[Constraint {
        id: Some("oscal-profile-modify-alter-prop-name-values"),
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

pub(in crate::schema::table) static MODIFY_ALTER_ADD_POSITION_FLAG: Declaration = Declaration {
    module: "oscal-profile",
    role: Role::Flag,
    path: "modify/alter/add/@position",
    constraints: &[Constraint {
        id: Some("oscal-alter-position-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["before", "after", "starting", "ending"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static INSERT_CONTROLS: Declaration =
    Declaration { module: "oscal-profile", role: Role::Assembly, path: "insert-controls", constraints: &[] };

pub(in crate::schema::table) static INSERT_CONTROLS_ORDER_FLAG: Declaration = Declaration {
    module: "oscal-profile",
    role: Role::Flag,
    path: "insert-controls/@order",
    constraints: &[Constraint {
        id: Some("oscal-profile-insert-controls-order-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["keep", "ascending", "descending"],
            deprecated: &[],
        },
    }],
};
