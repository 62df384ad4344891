// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the assessment-results module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Key, Level, Role};

pub(in crate::schema::table) static ASSESSMENT_RESULTS: Declaration =
    Declaration { module: "oscal-ar", role: Role::Assembly, path: "assessment-results", constraints: &[] };

pub(in crate::schema::table) static ASSESSMENT_RESULTS_LOCAL_DEFINITIONS: Declaration = Declaration {
    module: "oscal-ar",
    role: Role::Assembly,
    path: "assessment-results/local-definitions",
    constraints: &[],
};

pub(in crate::schema::table) static RESULT: Declaration =
    Declaration { module: "oscal-ar", role: Role::Assembly, path: "result", constraints: &[] };

pub(in crate::schema::table) static RESULT_LOCAL_DEFINITIONS: Declaration = Declaration {
    module: "oscal-ar",
    role: Role::Assembly,
    path: "result/local-definitions",
    constraints: &[
        Constraint {
            id: Some("oscal-unique-ar-local-definitions-component"),
            level: Level::Error,
            target: "component",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-unique-ar-local-definitions-user"),
            level: Level::Error,
            target: "user",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static RESULT_ATTESTATION: Declaration = Declaration {
    module: "oscal-ar",
    role: Role::Assembly,
    path: "result/attestation",
    constraints: &[Constraint {
        id: Some("oscal-unique-ar-attestation-responsible-party"),
        level: Level::Error,
        target: "responsible-party",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
    }],
};

pub(in crate::schema::table) static RESULT_ASSESSMENT_LOG: Declaration =
    Declaration { module: "oscal-ar", role: Role::Assembly, path: "result/assessment-log", constraints: &[] };

pub(in crate::schema::table) static RESULT_ASSESSMENT_LOG_ENTRY: Declaration = Declaration {
    module: "oscal-ar",
    role: Role::Assembly,
    path: "result/assessment-log/entry",
    constraints: &[],
};

pub(in crate::schema::table) static IMPORT_AP: Declaration =
    Declaration { module: "oscal-ar", role: Role::Assembly, path: "import-ap", constraints: &[] };
