// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the mapping module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Level, Role};

pub(in crate::schema::table) static MAPPING: Declaration =
    Declaration { module: "oscal-mapping-common", role: Role::Assembly, path: "mapping", constraints: &[] };

pub(in crate::schema::table) static MAP: Declaration =
    Declaration { module: "oscal-mapping-common", role: Role::Assembly, path: "map", constraints: &[] };

pub(in crate::schema::table) static MAP_RELATIONSHIP: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Field,
    path: "map/relationship",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &[
                "equivalent-to",
                "equal-to",
                "subset-of",
                "superset-of",
                "intersects-with",
                "no-relationship",
            ],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static MAPPING_ITEM: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Assembly,
    path: "mapping-item",
    constraints: &[],
};

pub(in crate::schema::table) static MAPPING_ITEM_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Flag,
    path: "mapping-item/@type",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: false, values: &["control", "statement"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static MAPPING_RESOURCE_REFERENCE: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Assembly,
    path: "mapping-resource-reference",
    constraints: &[],
};

pub(in crate::schema::table) static MAPPING_RESOURCE_REFERENCE_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Flag,
    path: "mapping-resource-reference/@type",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: true, values: &["catalog", "profile"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static QUALIFIER_ITEM: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Assembly,
    path: "qualifier-item",
    constraints: &[],
};

pub(in crate::schema::table) static QUALIFIER_ITEM_SUBJECT_FLAG: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Flag,
    path: "qualifier-item/@subject",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: false, values: &["source", "target", "both"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static QUALIFIER_ITEM_PREDICATE_FLAG: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Flag,
    path: "qualifier-item/@predicate",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["has-requirement", "has-incompatibility"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static QUALIFIER_ITEM_CATEGORY_FLAG: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Flag,
    path: "qualifier-item/@category",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["restricted", "addressable", "blocked"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static MAPPING_PROVENANCE: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Assembly,
    path: "mapping-provenance",
    constraints: &[],
};

pub(in crate::schema::table) static GAP_SUMMARY: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Assembly,
    path: "gap-summary",
    constraints: &[],
};

pub(in crate::schema::table) static CONFIDENCE_SCORE: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Assembly,
    path: "confidence-score",
    constraints: &[],
};

pub(in crate::schema::table) static CONFIDENCE_SCORE_CATEGORY: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Field,
    path: "confidence-score/category",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &["unspecified", "high", "medium", "low"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static COVERAGE: Declaration =
    Declaration { module: "oscal-mapping-common", role: Role::Field, path: "coverage", constraints: &[] };

pub(in crate::schema::table) static COVERAGE_GENERATION_METHOD_FLAG: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Flag,
    path: "coverage/@generation-method",
    constraints: &[Constraint {
        id: Some("oscal-mapping-coverage-generation-method-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: true, values: &["arbitrary"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static PERCENTAGE: Declaration =
    Declaration { module: "oscal-mapping-common", role: Role::Field, path: "percentage", constraints: &[] };

pub(in crate::schema::table) static MAPPING_DESCRIPTION: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Field,
    path: "mapping-description",
    constraints: &[],
};

pub(in crate::schema::table) static MATCHING_RATIONALE_FLAG: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Flag,
    path: "@matching-rationale",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["syntactic", "semantic", "functional"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static STATUS_FLAG: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Flag,
    path: "@status",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["complete", "not-complete", "draft", "deprecated", "superseded"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static METHOD_FLAG: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Flag,
    path: "@method",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["human", "automation", "hybrid"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static MATCH_WITH_CHILD_CONTROLS_FLAG: Declaration = Declaration {
    module: "oscal-mapping-common",
    role: Role::Flag,
    path: "@match-with-child-controls",
    constraints: &[Constraint {
        id: None,
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static MAPPING_COLLECTION: Declaration = Declaration {
    module: "oscal-mapping",
    role: Role::Assembly,
    path: "mapping-collection",
    constraints: &[],
};
