// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the assessment-plan module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Key, Level, Role};

pub(in crate::schema::table) static ASSESSMENT_PLAN: Declaration =
    Declaration { module: "oscal-ap", role: Role::Assembly, path: "assessment-plan", constraints: &[] };

pub(in crate::schema::table) static ASSESSMENT_PLAN_LOCAL_DEFINITIONS: Declaration = Declaration {
    module: "oscal-ap",
    role: Role::Assembly,
    path: "assessment-plan/local-definitions",
    constraints: &[
        Constraint {
            id: Some("oscal-unique-ap-local-definitions-component"),
            level: Level::Error,
            target: "component",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-unique-ap-local-definitions-user"),
            level: Level::Error,
            target: "user",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static ASSESSMENT_PLAN_TERMS_AND_CONDITIONS: Declaration = Declaration {
    module: "oscal-ap",
    role: Role::Assembly,
    path: "assessment-plan/terms-and-conditions",
    constraints: &[Constraint {
        id: Some("oscal-terms-and-conditions-part-name"),
        level: Level::Error,
        target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &[
                "rules-of-engagement",
                "disclosures",
                "assessment-inclusions",
                "assessment-exclusions",
                "results-delivery",
                "assumptions",
                "methodology",
            ],
            deprecated: &[],
        },
    }],
};
