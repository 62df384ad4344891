// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the implementation module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Key, Level, Role};

pub(in crate::schema::table) static SYSTEM_COMPONENT: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Assembly,
    path: "system-component",
    constraints: &[
        Constraint {
            id: Some("oscal-component-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "implementation-point",
                    "leveraged-authorization-uuid",
                    "inherited-uuid",
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
                    "version",
                    "patch-level",
                    "model",
                    "release-date",
                    "validation-type",
                    "validation-reference",
                ],
                deprecated: &[("hardware-model", "1.2.0")],
            },
        },
        Constraint {
            id: Some("oscal-component-link-rel-values"),
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
                    "imported-from",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-component-responsible-role-id-values"),
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
                    "maintainer",
                    "provider",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-component-prop-asset-type-values"),
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
            id: Some("oscal-component-prop-allows-authenticated-scan-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='allows-authenticated-scan']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-prop-is-public-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='public']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-prop-is-virtual-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='virtual']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-prop-implementation-point-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='implementation-point']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["internal", "external"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-prop-physical-location"),
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
            id: Some("oscal-component-hardware-service-software-prop-name-values"),
            level: Level::Error,
            target: "(.)[@type=('software', 'hardware', 'service')]/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["vendor-name"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-prop-validation-link-rel-values"),
            level: Level::Error,
            target: "(.)[@type='validation']/link/@rel",
            message: None,
            check: Check::AllowedValues { open: true, values: &["validation-details"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-software-prop-name-values"),
            level: Level::Error,
            target: "(.)[@type='software']/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["software-identifier"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-service-link-rel-values"),
            level: Level::Error,
            target: "(.)[@type='service']/link/@rel",
            message: None,
            check: Check::AllowedValues { open: true, values: &["provided-by", "used-by"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-interconnection-prop-name-values"),
            level: Level::Error,
            target: "(.)[@type='interconnection']/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "isa-title",
                    "isa-date",
                    "isa-remote-system-name",
                    "ipv4-address",
                    "ipv6-address",
                    "direction",
                    "uri",
                    "fqdn",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-component-interconnection-service-software-system-prop-name-values"),
            level: Level::Error,
            target: "(.)[@type=('interconnection', 'service', 'software', 'system')]/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["ipv4-address", "ipv6-address", "direction", "uri", "fqdn"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-component-prop-ipaddress-class-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('ipv4-address','ipv6-address')]/@class",
            message: None,
            check: Check::AllowedValues { open: false, values: &["local", "remote"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-interconnection-link-rel-values"),
            level: Level::Error,
            target: "(.)[@type='interconnection']/link/@rel",
            message: None,
            check: Check::AllowedValues { open: true, values: &["isa-agreement"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-component-interconnection-responsible-role-id-values"),
            level: Level::Error,
            target: "(.)[@type='interconnection']/responsible-role/@role-id",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &[
                    "isa-poc-local",
                    "isa-poc-remote",
                    "isa-authorizing-official-local",
                    "isa-authorizing-official-remote",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-component-prop-isa-date-value-datatype"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='isa-date']/@value",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("date-time") },
        },
        Constraint {
            id: Some("oscal-component-prop-ipv4address-value-datatype"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='ipv4-address']/@value",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("ip-v4-address") },
        },
        Constraint {
            id: Some("oscal-component-prop-ipv6address-value-datatype"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='ipv6-address']/@value",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("ip-v6-address") },
        },
        Constraint {
            id: Some("oscal-component-prop-uri-value-datatype"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='uri']/@value",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("uri") },
        },
        Constraint {
            id: Some("oscal-component-prop-direction-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='direction']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["incoming", "outgoing"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-unique-system-component-responsible-role"),
            level: Level::Error,
            target: "responsible-role",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static SYSTEM_COMPONENT_STATUS: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Assembly,
    path: "system-component/status",
    constraints: &[],
};

pub(in crate::schema::table) static SYSTEM_COMPONENT_STATUS_STATE_FLAG: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Flag,
    path: "system-component/status/@state",
    constraints: &[Constraint {
        id: Some("oscal-component-status-state-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["under-development", "operational", "disposition", "other"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static SYSTEM_COMPONENT_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Flag,
    path: "@system-component-type",
    constraints: &[Constraint {
        id: Some("oscal-component-type-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &[
                "this-system",
                "system",
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
                "network",
            ],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static PROTOCOL: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Assembly,
    path: "protocol",
    constraints: &[Constraint {
        id: Some("oscal-component-protocol-uuid"),
        level: Level::Warning,
        target: ".",
        message: Some("It is a best practice to provide a UUID."),
        check: Check::Expect { test: "@uuid" },
    }],
};

pub(in crate::schema::table) static PORT_RANGE: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Assembly,
    path: "port-range",
    constraints: &[
        Constraint {
            id: Some("oscal-component-protocol-port-range-has-start"),
            level: Level::Warning,
            target: ".",
            message: Some("A port range should have a start port given."),
            check: Check::Expect { test: "exists(@start)" },
        },
        Constraint {
            id: Some("oscal-component-protocol-port-range-has-end"),
            level: Level::Warning,
            target: ".",
            message: Some(
                "A port range should have an end port given. To define a single port, the start and end should be the same value.",
            ),
            check: Check::Expect { test: "exists(@end)" },
        },
        Constraint {
            id: Some("oscal-component-protocol-port-range-starts-before-end"),
            level: Level::Warning,
            target: ".",
            message: Some("The port range start should not be after its end."),
            check: Check::Expect { test: "not(@start > @end)" },
        },
    ],
};

pub(in crate::schema::table) static PORT_RANGE_TRANSPORT_FLAG: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Flag,
    path: "port-range/@transport",
    constraints: &[Constraint {
        id: Some("oscal-component-protocol-transport-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: false, values: &["TCP", "UDP"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static IMPLEMENTATION_STATUS: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Assembly,
    path: "implementation-status",
    constraints: &[],
};

pub(in crate::schema::table) static IMPLEMENTATION_STATUS_STATE_FLAG: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Flag,
    path: "implementation-status/@state",
    constraints: &[Constraint {
        id: Some("oscal-implementation-status-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &["implemented", "partial", "planned", "alternative", "not-applicable"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static SYSTEM_USER: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Assembly,
    path: "system-user",
    constraints: &[
        Constraint {
            id: Some("oscal-user-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["type", "privilege-level"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-user-prop-type-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='type']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["internal", "external", "general-public"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-user-prop-privilege-level-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='privilege-level']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["privileged", "non-privileged", "no-logical-access"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-user-role-id-values"),
            level: Level::Error,
            target: "role-id",
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
    ],
};

pub(in crate::schema::table) static AUTHORIZED_PRIVILEGE: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Assembly,
    path: "authorized-privilege",
    constraints: &[],
};

pub(in crate::schema::table) static FUNCTION_PERFORMED: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Field,
    path: "function-performed",
    constraints: &[],
};

pub(in crate::schema::table) static INVENTORY_ITEM: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Assembly,
    path: "inventory-item",
    constraints: &[
        Constraint {
            id: Some("oscal-inventory-item-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "ipv4-address",
                    "ipv6-address",
                    "fqdn",
                    "uri",
                    "serial-number",
                    "netbios-name",
                    "mac-address",
                    "physical-location",
                    "is-scanned",
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
            id: Some("oscal-inventory-item-prop-asset-type-values"),
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
            id: Some("oscal-inventory-item-hardware-service-software-prop-name-values"),
            level: Level::Error,
            target: "(.)[@type=('software', 'hardware', 'service')]/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["vendor-name"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-inventory-item-prop-is-scanned-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='is-scanned']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["yes", "no"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-inventory-item-link-rel-values"),
            level: Level::Error,
            target: "link/@rel",
            message: None,
            check: Check::AllowedValues { open: true, values: &["baseline-template"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-inventory-item-responsible-party-role-id-values"),
            level: Level::Error,
            target: "responsible-party/@role-id",
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
            id: Some("oscal-index-inventory-item-responsible-party-role-id"),
            level: Level::Error,
            target: "responsible-party",
            message: None,
            check: Check::IndexHasKey {
                name: "index-metadata-role-id",
                keys: &[Key { target: "@role-id", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-index-inventory-item-responsible-party-party-uuid"),
            level: Level::Error,
            target: "responsible-party",
            message: None,
            check: Check::IndexHasKey {
                name: "index-metadata-party-uuid",
                keys: &[Key { target: "party-uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-unique-inventory-item-responsible-party"),
            level: Level::Error,
            target: "responsible-party",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static INVENTORY_ITEM_IMPLEMENTED_COMPONENT: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Assembly,
    path: "inventory-item/implemented-component",
    constraints: &[
        Constraint {
            id: Some("oscal-implemented-component-prop-name-values"),
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
            id: Some("oscal-implemented-component-responsible-party-role-id-values"),
            level: Level::Error,
            target: "responsible-party/@role-id",
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
            id: Some("oscal-unique-implemented-component-responsible-party"),
            level: Level::Error,
            target: "responsible-party",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static STATEMENT_ID_FLAG: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Flag,
    path: "@statement-id",
    constraints: &[],
};

pub(in crate::schema::table) static SET_PARAMETER: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Assembly,
    path: "set-parameter",
    constraints: &[],
};

pub(in crate::schema::table) static SYSTEM_ID: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Field,
    path: "system-id",
    constraints: &[],
};

pub(in crate::schema::table) static SYSTEM_ID_IDENTIFIER_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Flag,
    path: "system-id/@identifier-type",
    constraints: &[Constraint {
        id: Some("oscal-system-identifier-type-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &[
                "http://fedramp.gov",
                "http://fedramp.gov/ns/oscal",
                "https://ietf.org/rfc/rfc4122",
                "http://ietf.org/rfc/rfc4122",
                "http://datatracker.ietf.org/doc/html/rfc4122",
            ],
            deprecated: &[
                ("http://fedramp.gov", "1.0.3"),
                ("https://ietf.org/rfc/rfc4122", "1.0.3"),
                ("http://ietf.org/rfc/rfc4122", "1.1.4"),
            ],
        },
    }],
};

pub(in crate::schema::table) static PARAM_ID_FLAG: Declaration = Declaration {
    module: "oscal-implementation-common",
    role: Role::Flag,
    path: "@param-id",
    constraints: &[],
};
