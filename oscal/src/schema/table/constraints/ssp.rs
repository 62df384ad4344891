// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the ssp module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Key, Level, Range, Role};

pub(in crate::schema::table) static SYSTEM_SECURITY_PLAN: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "system-security-plan",
    constraints: &[Constraint {
        id: Some("oscal-ssp-by-component-uuid-index"),
        level: Level::Error,
        target: "control-implementation/implemented-requirement//by-component|doc(system-implementation/leveraged-authorization/link[@rel='system-security-plan']/@href)/system-security-plan/control-implementation/implemented-requirement//by-component",
        message: None,
        check: Check::Index { name: "by-component-uuid", keys: &[Key { target: "@uuid", pattern: None }] },
    }],
};

pub(in crate::schema::table) static IMPORT_PROFILE: Declaration =
    Declaration { module: "oscal-ssp", role: Role::Assembly, path: "import-profile", constraints: &[] };

pub(in crate::schema::table) static SYSTEM_CHARACTERISTICS: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "system-characteristics",
    constraints: &[
        Constraint {
            id: Some("oscal-system-characteristics-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "identity-assurance-level",
                    "authenticator-assurance-level",
                    "federation-assurance-level",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-system-characteristics-prop-sp-800-63-assurance-level-values"),
            level: Level::Error,
            target: "prop[@name=('identity-assurance-level','authenticator-assurance-level','federation-assurance-level')]/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["1", "2", "3"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-system-characteristics-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["cloud-deployment-model", "cloud-service-model"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-system-characteristics-prop-cloud-deployment-model-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='cloud-deployment-model']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "public-cloud",
                    "private-cloud",
                    "community-cloud",
                    "hybrid-cloud",
                    "government-only-cloud",
                    "other",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-system-characteristics-prop-cloud-service-model-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='cloud-service-model']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["saas", "paas", "iaas", "other"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-unique-ssp-system-characteristics-responsible-party"),
            level: Level::Error,
            target: "responsible-party",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-system-characteristics-responsible-party-role-id-values"),
            level: Level::Error,
            target: "responsible-party/@role-id",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &[
                    "authorizing-official",
                    "authorizing-official-poc",
                    "system-owner",
                    "system-poc-management",
                    "system-poc-technical",
                    "system-poc-other",
                    "information-system-security-officer",
                    "privacy-poc",
                ],
                deprecated: &[],
            },
        },
    ],
};

pub(in crate::schema::table) static SYSTEM_INFORMATION: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "system-information",
    constraints: &[
        Constraint {
            id: Some("oscal-system-information-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["privacy-designation"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-system-information-prop-privacy-designation-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='privacy-designation']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-system-information-link-rel-values"),
            level: Level::Error,
            target: "link/@rel",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &["privacy-impact-assessment"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-system-information-pia-datatype-uri-reference"),
            level: Level::Error,
            target: "link[@rel='privacy-impact-assessment']/@href[starts-with(.,'#')]",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("uri-reference") },
        },
        Constraint {
            id: Some("oscal-system-information-index-back-matter-resource-pia-link-rel"),
            level: Level::Error,
            target: "link[@rel='privacy-impact-assessment' and starts-with(@href,'#')]",
            message: None,
            check: Check::IndexHasKey {
                name: "index-back-matter-resource",
                keys: &[Key { target: "@href", pattern: Some("#(.*)") }],
            },
        },
        Constraint {
            id: Some("oscal-system-information-pia-datatype-uri"),
            level: Level::Error,
            target: "link[@rel='privacy-impact-assessment']/@href[not(starts-with(.,'#'))]",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("uri") },
        },
        Constraint {
            id: Some("oscal-fips-199-impact-levels"),
            level: Level::Error,
            target: "information-type/(confidentiality-impact|integrity-impact|availability-impact)/(base|selected)",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &["fips-199-low", "fips-199-moderate", "fips-199-high"],
                deprecated: &[],
            },
        },
    ],
};

pub(in crate::schema::table) static SYSTEM_INFORMATION_INFORMATION_TYPE: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "system-information/information-type",
    constraints: &[Constraint {
        id: Some("oscal-information-type-uuid"),
        level: Level::Warning,
        target: ".",
        message: Some("It is a best practice to provide a UUID."),
        check: Check::Expect { test: "@uuid" },
    }],
};

pub(in crate::schema::table) static SYSTEM_INFORMATION_INFORMATION_TYPE_CATEGORIZATION: Declaration =
    Declaration {
        module: "oscal-ssp",
        role: Role::Assembly,
        path: "system-information/information-type/categorization",
        constraints: &[],
    };

pub(in crate::schema::table) static SYSTEM_INFORMATION_INFORMATION_TYPE_CATEGORIZATION_SYSTEM_FLAG:
    Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Flag,
    path: "system-information/information-type/categorization/@system",
    constraints: &[Constraint {
        id: Some("oscal-information-type-categorization-system-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &["http://doi.org/10.6028/NIST.SP.800-60v2r1"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static IMPACT: Declaration =
    Declaration { module: "oscal-ssp", role: Role::Assembly, path: "impact", constraints: &[] };

pub(in crate::schema::table) static BASE: Declaration =
    Declaration { module: "oscal-ssp", role: Role::Field, path: "base", constraints: &[] };

pub(in crate::schema::table) static SELECTED: Declaration =
    Declaration { module: "oscal-ssp", role: Role::Field, path: "selected", constraints: &[] };

pub(in crate::schema::table) static ADJUSTMENT_JUSTIFICATION: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Field,
    path: "adjustment-justification",
    constraints: &[],
};

pub(in crate::schema::table) static SECURITY_IMPACT_LEVEL: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "security-impact-level",
    constraints: &[],
};

pub(in crate::schema::table) static STATUS: Declaration =
    Declaration { module: "oscal-ssp", role: Role::Assembly, path: "status", constraints: &[] };

pub(in crate::schema::table) static STATUS_STATE_FLAG: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Flag,
    path: "status/@state",
    constraints: &[Constraint {
        id: Some("oscal-status-state-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["operational", "under-development", "under-major-modification", "disposition", "other"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static DATE_AUTHORIZED: Declaration =
    Declaration { module: "oscal-ssp", role: Role::Field, path: "date-authorized", constraints: &[] };

pub(in crate::schema::table) static AUTHORIZATION_BOUNDARY: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "authorization-boundary",
    constraints: &[Constraint {
        id: Some("oscal-unique-ssp-authorization-boundary-diagram"),
        level: Level::Error,
        target: "diagram",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
    }],
};

pub(in crate::schema::table) static DIAGRAM: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "diagram",
    constraints: &[
        Constraint {
            id: Some("oscal-diagram-link-rel-values"),
            level: Level::Error,
            target: "link/@rel",
            message: None,
            check: Check::AllowedValues { open: true, values: &["diagram"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-diagram-datatype-uri-reference"),
            level: Level::Error,
            target: "link[@rel='diagram']/@href[starts-with(.,'#')]",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("uri-reference") },
        },
        Constraint {
            id: Some("oscal-diagram-index-back-matter-resource-link-rel"),
            level: Level::Error,
            target: "link[@rel='diagram' and starts-with(@href,'#')]",
            message: None,
            check: Check::IndexHasKey {
                name: "index-back-matter-resource",
                keys: &[Key { target: "@href", pattern: Some("#(.*)") }],
            },
        },
        Constraint {
            id: Some("oscal-diagram-datatype-uri"),
            level: Level::Error,
            target: "link[@rel='diagram']/@href[not(starts-with(.,'#'))]",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("uri") },
        },
    ],
};

pub(in crate::schema::table) static NETWORK_ARCHITECTURE: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "network-architecture",
    constraints: &[Constraint {
        id: Some("oscal-unique-ssp-network-architecture-diagram"),
        level: Level::Error,
        target: "diagram",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
    }],
};

pub(in crate::schema::table) static DATA_FLOW: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "data-flow",
    constraints: &[Constraint {
        id: Some("oscal-unique-ssp-data-flow-diagram"),
        level: Level::Error,
        target: "diagram",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
    }],
};

pub(in crate::schema::table) static SYSTEM_IMPLEMENTATION: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "system-implementation",
    constraints: &[
        Constraint {
            id: Some("oscal-system-implementation-component-leveraged-authorization-uuid-index"),
            level: Level::Error,
            target: "leveraged-authorization",
            message: None,
            check: Check::Index {
                name: "index-system-implementation-leveraged-authorization-uuid",
                keys: &[Key { target: "@uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-system-implementation-component-prop-leveraged-authorization-uuid-index"),
            level: Level::Error,
            target: "component/prop[@name='leveraged-authorization-uuid']",
            message: None,
            check: Check::IndexHasKey {
                name: "index-system-implementation-leveraged-authorization-uuid",
                keys: &[Key { target: "@value", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-system-implementation-component-uuid-index"),
            level: Level::Error,
            target: "component",
            message: None,
            check: Check::Index {
                name: "index-system-implementation-component-uuid",
                keys: &[Key { target: "@uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-system-implementation-component-depends-on-link-index"),
            level: Level::Error,
            target: "component/link[@rel='depends-on']",
            message: None,
            check: Check::IndexHasKey {
                name: "index-system-implementation-component-uuid",
                keys: &[Key { target: "@href", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-system-implementation-component-validation-uuid-index"),
            level: Level::Error,
            target: "component[@type='validation']",
            message: None,
            check: Check::Index {
                name: "index-system-implementation-component-uuid-validation",
                keys: &[Key { target: "@uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-system-implementation-validation-index"),
            level: Level::Error,
            target: "component/link[@rel='validation' and starts-with(@href,'#')]",
            message: None,
            check: Check::IndexHasKey {
                name: "index-system-implementation-component-uuid-validation",
                keys: &[Key { target: "@href", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-index-system-implementation-component-uuid-service"),
            level: Level::Error,
            target: "component[@type='service']",
            message: None,
            check: Check::Index {
                name: "index-system-implementation-component-uuid-service",
                keys: &[Key { target: "@uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-index-system-implementation-component-uuid-service"),
            level: Level::Error,
            target: "component/link[@rel='uses-service']",
            message: None,
            check: Check::IndexHasKey {
                name: "index-system-implementation-component-uuid-service",
                keys: &[Key { target: "@href", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-component-inventory-item-allows-authenticated-scan-values"),
            level: Level::Error,
            target: "(component | inventory-item)/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='allows-authenticated-scan']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-unique-ssp-system-implementation-user"),
            level: Level::Error,
            target: "user",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static SYSTEM_IMPLEMENTATION_LEVERAGED_AUTHORIZATION: Declaration =
    Declaration {
        module: "oscal-ssp",
        role: Role::Assembly,
        path: "system-implementation/leveraged-authorization",
        constraints: &[
            Constraint {
                id: Some("oscal-leveraged-authorization-link-rel-values"),
                level: Level::Error,
                target: "link/@rel",
                message: None,
                check: Check::AllowedValues {
                    open: true,
                    values: &["system-security-plan"],
                    deprecated: &[],
                },
            },
            Constraint {
                id: Some("oscal-leveraged-authorization-link-rel-ssp-datatype-uri-reference"),
                level: Level::Error,
                target: "link[@rel='system-security-plan']/@href[starts-with(.,'#')]",
                message: None,
                check: Check::Matches { regex: None, datatype: Some("uri-reference") },
            },
            Constraint {
                id: Some("oscal-leveraged-authorization-index-back-matter-resource-ssp"),
                level: Level::Error,
                target: "link[@rel='system-security-plan' and starts-with(@href,'#')]",
                message: None,
                check: Check::IndexHasKey {
                    name: "index-back-matter-resource",
                    keys: &[Key { target: "@href", pattern: Some("#(.*)") }],
                },
            },
            Constraint {
                id: Some("oscal-leveraged-authorization-link-rel-ssp-datatype-uri"),
                level: Level::Error,
                target: "link[@rel='system-security-plan']/@href[not(starts-with(.,'#'))]",
                message: None,
                check: Check::Matches { regex: None, datatype: Some("uri") },
            },
        ],
    };

pub(in crate::schema::table) static CONTROL_IMPLEMENTATION: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "control-implementation",
    constraints: &[
        Constraint {
            id: Some("oscal-unique-ssp-control-implementation-set-parameter"),
            level: Level::Error,
            target: "set-parameter",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@param-id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-by-component-export-provided-uuid-index"),
            level: Level::Error,
            target: "implemented-requirement//by-component/export/provided",
            message: None,
            check: Check::Index {
                name: "by-component-export-provided-uuid",
                keys: &[Key { target: "@uuid", pattern: None }],
            },
        },
    ],
};

pub(in crate::schema::table) static IMPLEMENTED_REQUIREMENT: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "implemented-requirement",
    constraints: &[
        Constraint {
            id: Some("oscal-implemented-requirement-statement-by-component-prop-name-values"),
            level: Level::Error,
            target: "(.|statement|.//by-component)/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["control-origination"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-implemented-requirement-statement-by-component-prop-control-origination-values"),
            level: Level::Error,
            target: "(.|statement|.//by-component)/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='control-origination']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "organization",
                    "system-specific",
                    "customer-configured",
                    "customer-provided",
                    "inherited",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-implemented-requirement-responsible-role-id-values"),
            level: Level::Error,
            target: "responsible-role/@role-id",
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
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-implemented-requirement-index-metadata-role-id"),
            level: Level::Error,
            target: "responsible-role|statement/responsible-role|.//by-component//responsible-role",
            message: None,
            check: Check::IndexHasKey {
                name: "index-metadata-role-id",
                keys: &[Key { target: "@role-id", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-implemented-requirement-index-metadata-party-uuid"),
            level: Level::Error,
            target: "responsible-role[party-uuid]|statement/responsible-role[party-uuid]|.//by-component//responsible-role[party-uuid]",
            message: None,
            check: Check::IndexHasKey {
                name: "index-metadata-party-uuid",
                keys: &[Key { target: "party-uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-implemented-requirement-by-component-cardinality"),
            level: Level::Error,
            target: ".//by-component",
            message: None,
            check: Check::HasCardinality { range: Range { min: 1, max: None } },
        },
        Constraint {
            id: Some("oscal-unique-ssp-implemented-requirement-set-parameter"),
            level: Level::Error,
            target: "set-parameter",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@param-id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-unique-ssp-implemented-requirement-responsible-role"),
            level: Level::Error,
            target: "responsible-role",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-unique-ssp-implemented-requirement-statement"),
            level: Level::Error,
            target: "statement",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@statement-id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-unique-ssp-implemented-requirement-by-component"),
            level: Level::Error,
            target: "by-component",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@component-uuid", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static STATEMENT: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "statement",
    constraints: &[
        Constraint {
            id: Some("oscal-statement-responsible-role-id-values"),
            level: Level::Error,
            target: "responsible-role/@role-id",
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
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-unique-ssp-statement-responsible-role"),
            level: Level::Error,
            target: "responsible-role",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-unique-ssp-implemented-requirement-statement-by-component"),
            level: Level::Error,
            target: "by-component",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@component-uuid", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static BY_COMPONENT: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "by-component",
    constraints: &[
        Constraint {
            id: Some("oscal-by-component-link-rel-values"),
            level: Level::Error,
            target: "link/@rel",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &["imported-from", "provided-by"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-by-component-responsible-role-id-values"),
            level: Level::Error,
            target: ".//responsible-role/@role-id",
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
            id: Some("oscal-unique-ssp-by-component-set-parameter"),
            level: Level::Error,
            target: "set-parameter",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@param-id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-by-component-uuid-index"),
            level: Level::Error,
            target: "link[@rel='provided-by']",
            message: None,
            check: Check::IndexHasKey {
                name: "by-component-uuid",
                keys: &[Key { target: "@href", pattern: Some("#(.*)") }],
            },
        },
    ],
};

pub(in crate::schema::table) static BY_COMPONENT_EXPORT: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "by-component/export",
    constraints: &[
        Constraint {
            id: Some("oscal-by-component-export-provided-responsibility-cardinality"),
            level: Level::Error,
            target: "provided|responsibility",
            message: None,
            check: Check::HasCardinality { range: Range { min: 1, max: None } },
        },
        Constraint {
            id: Some("oscal-by-component-export-provided-uuid-index"),
            level: Level::Error,
            target: "responsibility",
            message: None,
            check: Check::IndexHasKey {
                name: "by-component-export-provided-uuid",
                keys: &[Key { target: "@provided-uuid", pattern: None }],
            },
        },
    ],
};

pub(in crate::schema::table) static BY_COMPONENT_EXPORT_PROVIDED: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "by-component/export/provided",
    constraints: &[Constraint {
        id: Some("oscal-unique-provided-responsible-role"),
        level: Level::Error,
        target: "responsible-role",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
    }],
};

pub(in crate::schema::table) static BY_COMPONENT_EXPORT_RESPONSIBILITY: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "by-component/export/responsibility",
    constraints: &[Constraint {
        id: Some("oscal-unique-responsibility-responsible-role"),
        level: Level::Error,
        target: "responsible-role",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
    }],
};

pub(in crate::schema::table) static BY_COMPONENT_INHERITED: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "by-component/inherited",
    constraints: &[Constraint {
        id: Some("oscal-unique-inherited-responsible-role"),
        level: Level::Error,
        target: "responsible-role",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
    }],
};

pub(in crate::schema::table) static BY_COMPONENT_SATISFIED: Declaration = Declaration {
    module: "oscal-ssp",
    role: Role::Assembly,
    path: "by-component/satisfied",
    constraints: &[Constraint {
        id: Some("oscal-unique-satisfied-responsible-role"),
        level: Level::Error,
        target: "responsible-role",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
    }],
};

pub(in crate::schema::table) static PROVIDED_UUID_FLAG: Declaration =
    Declaration { module: "oscal-ssp", role: Role::Flag, path: "@provided-uuid", constraints: &[] };

pub(in crate::schema::table) static RESPONSIBILITY_UUID_FLAG: Declaration =
    Declaration { module: "oscal-ssp", role: Role::Flag, path: "@responsibility-uuid", constraints: &[] };
