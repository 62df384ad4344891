// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the component module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Key, Level, Role};

pub(in crate::schema::table) static COMPONENT_DEFINITION: Declaration = Declaration {
    module: "oscal-component-definition",
    role: Role::Assembly,
    path: "component-definition",
    constraints: &[
        Constraint {
            id: Some("oscal-index-system-component-uuid"),
            level: Level::Error,
            target: "component",
            message: None,
            check: Check::Index {
                name: "index-system-component-uuid",
                keys: &[Key { target: "@uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-unique-component-definition-capability"),
            level: Level::Error,
            target: "capability",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static IMPORT_COMPONENT_DEFINITION: Declaration = Declaration {
    module: "oscal-component-definition",
    role: Role::Assembly,
    path: "import-component-definition",
    constraints: &[],
};

pub(in crate::schema::table) static DEFINED_COMPONENT: Declaration = Declaration {
    module: "oscal-component-definition",
    role: Role::Assembly,
    path: "defined-component",
    constraints: &[
        Constraint {
            id: Some("oscal-component-prop-name"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "version",
                    "patch-level",
                    "model",
                    "release-date",
                    "validation-type",
                    "validation-reference",
                    "asset-type",
                    "asset-id",
                    "asset-tag",
                    "public",
                    "virtual",
                    "vlan-id",
                    "network-id",
                    "label",
                    "sort-id",
                    "baseline-configuration-name",
                    "allows-authenticated-scan",
                    "function",
                    "hardware-model",
                    "model",
                    "os-name",
                    "os-version",
                    "software-name",
                    "software-version",
                    "software-patch-level",
                ],
                deprecated: &[("hardware-model", "1.2.0")],
            },
        },
        Constraint {
            id: Some("oscal-component-link-rel-type"),
            level: Level::Error,
            target: "link/@rel",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &[
                    "depends-on",
                    "validation",
                    "proof-of-compliance",
                    "baseline-template",
                    "uses-service",
                    "system-security-plan",
                    "uses-network",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-component-role-id"),
            level: Level::Error,
            target: "responsible-role/@role-id|control-implementation/implemented-requirement/responsible-role/@role-id|control-implementation/implemented-requirement/statement/responsible-role/@role-id",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &[
                    "asset-owner",
                    "asset-administrator",
                    "security-operations",
                    "network-operations",
                    "incident-response",
                    "help-desk",
                    "configuration-management",
                    "maintainer",
                    "provider",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-component-asset-type-value"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='asset-type']/@value",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &[
                    "operating-system",
                    "database",
                    "web-server",
                    "dns-server",
                    "email-server",
                    "directory-server",
                    "pbx",
                    "firewall",
                    "router",
                    "switch",
                    "storage-array",
                    "appliance",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-component-allows-authenticated-scan-value"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='allows-authenticated-scan']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-virtual-value"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='virtual']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-public-value"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='public']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-implementation-point-value"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='implementation-point']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["internal", "external"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-index-metadata-location-uuid"),
            level: Level::Error,
            target: "prop[@name='physical-location']",
            message: None,
            check: Check::IndexHasKey {
                name: "index-metadata-location-uuid",
                keys: &[Key { target: "@value", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-component-inherited-uuid-value-datatype"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='inherited-uuid']/@value",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("uuid") },
        },
        Constraint {
            id: Some("oscal-component-release-date-value-datatype"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='release-date']/@value",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("date") },
        },
        Constraint {
            id: Some("oscal-software-component-prop-name"),
            level: Level::Error,
            target: "(.)[@type='software']/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["software-identifier"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-service-component-link-rel-type"),
            level: Level::Error,
            target: "(.)[@type='service']/link/@rel",
            message: None,
            check: Check::AllowedValues { open: true, values: &["provided-by", "used-by"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-unique-defined-component-responsible-role"),
            level: Level::Error,
            target: "responsible-role",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static DEFINED_COMPONENT_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-component-definition",
    role: Role::Flag,
    path: "@defined-component-type",
    constraints: &[Constraint {
        id: Some("oscal-component-type"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &[
                "interconnection",
                "software",
                "hardware",
                "service",
                "policy",
                "physical",
                "process-procedure",
                "plan",
                "guidance",
                "standard",
                "validation",
            ],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static CAPABILITY: Declaration = Declaration {
    module: "oscal-component-definition",
    role: Role::Assembly,
    path: "capability",
    constraints: &[Constraint {
        id: Some("oscal-unique-component-definition-capability-incorporates-component"),
        level: Level::Error,
        target: "incorporates-component",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@component-uuid", pattern: None }] },
    }],
};

pub(in crate::schema::table) static INCORPORATES_COMPONENT: Declaration = Declaration {
    module: "oscal-component-definition",
    role: Role::Assembly,
    path: "incorporates-component",
    constraints: &[],
};

pub(in crate::schema::table) static CONTROL_IMPLEMENTATION: Declaration = Declaration {
    module: "oscal-component-definition",
    role: Role::Assembly,
    path: "control-implementation",
    constraints: &[Constraint {
        id: Some("oscal-unique-component-definition-control-implementation-set-parameter"),
        level: Level::Error,
        target: "set-parameter",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@param-id", pattern: None }] },
    }],
};

pub(in crate::schema::table) static IMPLEMENTED_REQUIREMENT: Declaration = Declaration {
    module: "oscal-component-definition",
    role: Role::Assembly,
    path: "implemented-requirement",
    constraints: &[
        Constraint {
            id: Some("oscal-unique-component-definition-implemented-requirement-set-parameter"),
            level: Level::Error,
            target: "set-parameter",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@param-id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-unique-component-definition-implemented-requirement-responsible-role"),
            level: Level::Error,
            target: "responsible-role",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-unique-component-definition-implemented-requirement-statement"),
            level: Level::Error,
            target: "statement",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@statement-id", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static STATEMENT: Declaration = Declaration {
    module: "oscal-component-definition",
    role: Role::Assembly,
    path: "statement",
    constraints: &[Constraint {
        id: Some("oscal-unique-component-definition-statement-responsible-role"),
        level: Level::Error,
        target: "responsible-role",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
    }],
};
