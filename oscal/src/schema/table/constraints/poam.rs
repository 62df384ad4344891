// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the poam module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Key, Level, Role};

pub(in crate::schema::table) static PLAN_OF_ACTION_AND_MILESTONES: Declaration = Declaration {
    module: "oscal-poam",
    role: Role::Assembly,
    path: "plan-of-action-and-milestones",
    constraints: &[],
};

pub(in crate::schema::table) static LOCAL_DEFINITIONS: Declaration = Declaration {
    module: "oscal-poam",
    role: Role::Assembly,
    path: "local-definitions",
    constraints: &[Constraint {
        id: Some("oscal-unique-poam-local-definitions-component"),
        level: Level::Error,
        target: "component",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
    }],
};

pub(in crate::schema::table) static POAM_ITEM: Declaration = Declaration {
    module: "oscal-poam",
    role: Role::Assembly,
    path: "poam-item",
    constraints: &[Constraint {
        id: Some("oscal-poam-item-uuid"),
        level: Level::Warning,
        target: ".",
        message: Some("It is a best practice to provide a UUID."),
        check: Check::Expect { test: "@uuid" },
    }],
};

pub(in crate::schema::table) static POAM_ITEM_ORIGIN: Declaration =
    Declaration { module: "oscal-poam", role: Role::Assembly, path: "poam-item/origin", constraints: &[] };

pub(in crate::schema::table) static POAM_ITEM_RELATED_FINDING: Declaration = Declaration {
    module: "oscal-poam",
    role: Role::Assembly,
    path: "poam-item/related-finding",
    constraints: &[],
};
