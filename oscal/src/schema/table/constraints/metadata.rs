// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the metadata module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Key, Level, Range, Role};

pub(in crate::schema::table) static METADATA: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "metadata",
    constraints: &[
        Constraint {
            id: Some("oscal-index-metadata-roles"),
            level: Level::Error,
            target: "role",
            message: None,
            check: Check::Index {
                name: "index-metadata-role-ids",
                keys: &[Key { target: "@id", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-unique-metadata-doc-id"),
            level: Level::Error,
            target: "document-id",
            message: None,
            check: Check::IsUnique {
                keys: &[Key { target: "@scheme", pattern: None }, Key { target: ".", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-unique-metadata-property"),
            level: Level::Error,
            target: "prop",
            message: None,
            check: Check::IsUnique {
                keys: &[
                    Key { target: "@name", pattern: None },
                    Key { target: "@ns", pattern: None },
                    Key { target: "@class", pattern: None },
                    Key { target: "@group", pattern: None },
                    Key { target: "@value", pattern: None },
                ],
            },
        },
        Constraint {
            id: Some("oscal-index-metadata-property-uuid"),
            level: Level::Error,
            target: ".//prop",
            message: None,
            check: Check::Index {
                name: "index-metadata-property-uuid",
                keys: &[Key { target: "@uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-unique-metadata-link"),
            level: Level::Error,
            target: "link",
            message: None,
            check: Check::IsUnique {
                keys: &[
                    Key { target: "@href", pattern: None },
                    Key { target: "@rel", pattern: None },
                    Key { target: "@media-type", pattern: None },
                ],
            },
        },
        Constraint {
            id: Some("oscal-index-metadata-role-id"),
            level: Level::Error,
            target: "role",
            message: None,
            check: Check::Index {
                name: "index-metadata-role-id",
                keys: &[Key { target: "@id", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-index-metadata-location-uuid"),
            level: Level::Error,
            target: "location",
            message: None,
            check: Check::Index {
                name: "index-metadata-location-uuid",
                keys: &[Key { target: "@uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-index-metadata-party-uuid"),
            level: Level::Error,
            target: "party",
            message: None,
            check: Check::Index {
                name: "index-metadata-party-uuid",
                keys: &[Key { target: "@uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-index-metadata-party-organizations-uuid"),
            level: Level::Error,
            target: "party[@type='organization']",
            message: None,
            check: Check::Index {
                name: "index-metadata-party-organizations-uuid",
                keys: &[Key { target: "@uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-unique-metadata-responsible-party"),
            level: Level::Error,
            target: "responsible-party",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-metadata-responsible-party-role-ids"),
            level: Level::Error,
            target: "responsible-party/@role-id",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &["creator", "prepared-by", "prepared-for", "content-approver", "contact"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-metadata-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["keywords"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-metadata-link-rel-values"),
            level: Level::Error,
            target: "link/@rel",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &[
                    "canonical",
                    "alternate",
                    "latest-version",
                    "predecessor-version",
                    "successor-version",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-metadata-unique-document-id"),
            level: Level::Error,
            target: "document-id",
            message: None,
            check: Check::IsUnique {
                keys: &[Key { target: "@scheme", pattern: None }, Key { target: ".", pattern: None }],
            },
        },
    ],
};

pub(in crate::schema::table) static METADATA_REVISION: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "metadata/revision",
    constraints: &[Constraint {
        id: Some("oscal-metadata-revision-link-rel-types"),
        level: Level::Error,
        target: "link/@rel",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &[
                "canonical",
                "alternate",
                "predecessor-version",
                "successor-version",
                "version-history",
            ],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static METADATA_ROLE: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Assembly, path: "metadata/role", constraints: &[] };

pub(in crate::schema::table) static METADATA_LOCATION: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "metadata/location",
    constraints: &[
        Constraint {
            id: Some("oscal-metadata-location-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["type"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-metadata-location-prop-type-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='type']/@value",
            message: None,
            check: Check::AllowedValues { open: true, values: &["data-center"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-metadata-location-prop-type-data-center-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='type' and @value='data-center']/@class",
            message: None,
            check: Check::AllowedValues { open: true, values: &["primary", "alternate"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-metadata-location-address-cardinality"),
            level: Level::Warning,
            target: "address",
            message: None,
            check: Check::HasCardinality { range: Range { min: 1, max: None } },
        },
        Constraint {
            id: Some("oscal-metadata-location-title-address-email-address-telephone-cardinality"),
            level: Level::Error,
            target: "title|address|email-address|telephone-number",
            message: None,
            check: Check::HasCardinality { range: Range { min: 1, max: None } },
        },
    ],
};

pub(in crate::schema::table) static METADATA_PARTY: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "metadata/party",
    constraints: &[Constraint {
        id: Some("oscal-metadata-party-prop-name-values"),
        level: Level::Error,
        target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["mail-stop", "office", "job-title"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static METADATA_PARTY_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Flag,
    path: "metadata/party/@type",
    constraints: &[Constraint {
        id: Some("oscal-metadata-party-type-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: false, values: &["person", "organization"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static METADATA_PARTY_EXTERNAL_ID: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Field,
    path: "metadata/party/external-id",
    constraints: &[],
};

pub(in crate::schema::table) static METADATA_PARTY_EXTERNAL_ID_SCHEME_FLAG: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Flag,
    path: "metadata/party/external-id/@scheme",
    constraints: &[Constraint {
        id: Some("oscal-metadata-party-external-id-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: true, values: &["http://orcid.org/"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static METADATA_PARTY_MEMBER_OF_ORGANIZATION: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Field,
    path: "metadata/party/member-of-organization",
    constraints: &[Constraint {
        id: Some("oscal-index-metadata-party-organizations-uuid"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::IndexHasKey {
            name: "index-metadata-party-organizations-uuid",
            keys: &[Key { target: ".", pattern: None }],
        },
    }],
};

pub(in crate::schema::table) static LOCATION_UUID: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Field,
    path: "location-uuid",
    constraints: &[Constraint {
        id: Some("oscal-index-metadata-location-uuid"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::IndexHasKey {
            name: "index-metadata-location-uuid",
            keys: &[Key { target: ".", pattern: None }],
        },
    }],
};

pub(in crate::schema::table) static PARTY_UUID: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Field,
    path: "party-uuid",
    constraints: &[Constraint {
        id: Some("oscal-index-metadata-party-uuid"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::IndexHasKey {
            name: "index-metadata-party-uuid",
            keys: &[Key { target: ".", pattern: None }],
        },
    }],
};

pub(in crate::schema::table) static ROLE_ID: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Field,
    path: "role-id",
    constraints: &[Constraint {
        id: Some("oscal-index-metadata-role-id"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::IndexHasKey {
            name: "index-metadata-role-id",
            keys: &[Key { target: ".", pattern: None }],
        },
    }],
};

pub(in crate::schema::table) static BACK_MATTER: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "back-matter",
    constraints: &[Constraint {
        id: Some("oscal-back-matter-resource-uuid-index"),
        level: Level::Error,
        target: "resource",
        message: None,
        check: Check::Index {
            name: "index-back-matter-resource",
            keys: &[Key { target: "@uuid", pattern: None }],
        },
    }],
};

pub(in crate::schema::table) static BACK_MATTER_RESOURCE: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "back-matter/resource",
    constraints: &[
        Constraint {
            id: Some("oscal-back-matter-resource-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["type", "version", "published"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-back-matter-resource-prop-published-datatype"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='published']/@value",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("date-time-with-timezone") },
        },
        Constraint {
            id: Some("oscal-back-matter-resource-prop-type-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='type']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "logo",
                    "image",
                    "screen-shot",
                    "law",
                    "regulation",
                    "standard",
                    "external-guidance",
                    "acronyms",
                    "citation",
                    "policy",
                    "procedure",
                    "system-guide",
                    "users-guide",
                    "administrators-guide",
                    "rules-of-behavior",
                    "plan",
                    "artifact",
                    "evidence",
                    "tool-output",
                    "raw-data",
                    "interview-notes",
                    "questionnaire",
                    "report",
                    "agreement",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-back-matter-resource-base64-rlink-cardinality"),
            level: Level::Warning,
            target: "rlink|base64",
            message: None,
            check: Check::HasCardinality { range: Range { min: 1, max: None } },
        },
        Constraint {
            id: Some("oscal-unique-resource-rlink-href"),
            level: Level::Error,
            target: "rlink",
            message: None,
            check: Check::IsUnique {
                keys: &[Key { target: "@href", pattern: None }, Key { target: "@media-type", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-unique-resource-base64-filename"),
            level: Level::Error,
            target: "base64",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@filename", pattern: None }] },
        },
        Constraint {
            id: Some("oscal-back-matter-resource-citation-title"),
            level: Level::Error,
            target: ".[citation]",
            message: None,
            check: Check::Expect { test: "title" },
        },
    ],
};

pub(in crate::schema::table) static BACK_MATTER_RESOURCE_CITATION: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "back-matter/resource/citation",
    constraints: &[],
};

pub(in crate::schema::table) static BACK_MATTER_RESOURCE_RLINK: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "back-matter/resource/rlink",
    constraints: &[],
};

pub(in crate::schema::table) static BACK_MATTER_RESOURCE_BASE64: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Field,
    path: "back-matter/resource/base64",
    constraints: &[],
};

pub(in crate::schema::table) static PROPERTY: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "property",
    constraints: &[Constraint {
        id: Some("oscal-metadata-prop-name-values"),
        level: Level::Error,
        target: ".[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
        message: None,
        check: Check::AllowedValues { open: false, values: &["marking"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static LINK: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "link",
    constraints: &[
        Constraint {
            id: Some("oscal-metadata-link-uri-reference-no-media-type"),
            level: Level::Error,
            target: ".[starts-with(@href,'#')]",
            message: None,
            check: Check::Expect { test: "not(exists(@media-type))" },
        },
        Constraint {
            id: Some("oscal-metadata-link-reference-href-datatype-uri-reference"),
            level: Level::Error,
            target: ".[@rel=('reference') and starts-with(@href,'#')]/@href",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("uri-reference") },
        },
        Constraint {
            id: Some("oscal-metadata-link-reference-index-back-matter-resource"),
            level: Level::Error,
            target: ".[@rel=('reference') and starts-with(@href,'#')]",
            message: None,
            check: Check::IndexHasKey {
                name: "index-back-matter-resource",
                keys: &[Key { target: "@href", pattern: Some("#(.*)") }],
            },
        },
        Constraint {
            id: Some("oscal-metadata-link-reference-href-datatype-uri"),
            level: Level::Error,
            target: ".[@rel=('reference') and not(starts-with(@href,'#'))]/@href",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("uri") },
        },
        Constraint {
            id: Some("oscal-metadata-link-resource-fragment-datatype"),
            level: Level::Error,
            target: "@resource-fragment",
            message: None,
            check: Check::Matches {
                regex: Some("(?:[0-9a-zA-Z-._~/?!$&'()*+,;=:@]|%[0-9A-F][0-9A-F])+"),
                datatype: None,
            },
        },
    ],
};

pub(in crate::schema::table) static LINK_REL_FLAG: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Flag,
    path: "link/@rel",
    constraints: &[Constraint {
        id: Some("oscal-metadata-link-rel-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: true, values: &["reference"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static RESPONSIBLE_PARTY: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "responsible-party",
    constraints: &[Constraint {
        id: Some("oscal-metadata-responsible-party-index-metadata-role-id"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::IndexHasKey {
            name: "index-metadata-role-id",
            keys: &[Key { target: "@role-id", pattern: None }],
        },
    }],
};

pub(in crate::schema::table) static ACTION: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "action",
    constraints: &[
        Constraint {
            id: Some("oscal-metadata-action-name-index-metadata-role-id"),
            level: Level::Error,
            target: "responsible-party",
            message: None,
            check: Check::IndexHasKey {
                name: "index-metadata-role-id",
                keys: &[Key { target: "@role-id", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-metadata-action-name-index-metadata-party-uuid"),
            level: Level::Error,
            target: "responsible-party",
            message: None,
            check: Check::IndexHasKey {
                name: "index-metadata-party-uuid",
                keys: &[Key { target: "party-uuid", pattern: None }],
            },
        },
        Constraint {
            id: Some("oscal-metadata-action-system-values"),
            level: Level::Error,
            target: "./system/@value",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &["http://csrc.nist.gov/ns/oscal"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-metadata-action-type-values"),
            level: Level::Error,
            target: "./type[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["approval", "request-changes"],
                deprecated: &[],
            },
        },
    ],
};

pub(in crate::schema::table) static RESPONSIBLE_ROLE: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Assembly,
    path: "responsible-role",
    constraints: &[],
};

pub(in crate::schema::table) static HASH: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Field,
    path: "hash",
    constraints: &[
        Constraint {
            id: Some("oscal-check-hash-length-SHA2-3-224"),
            level: Level::Error,
            target: ".[@algorithm=('SHA-224','SHA3-224')]",
            message: None,
            check: Check::Matches { regex: Some("^[0-9a-fA-F]{56}$"), datatype: None },
        },
        Constraint {
            id: Some("oscal-check-hash-length-SHA2-3-256"),
            level: Level::Error,
            target: ".[@algorithm=('SHA-256','SHA3-256')]",
            message: None,
            check: Check::Matches { regex: Some("^[0-9a-fA-F]{64}$"), datatype: None },
        },
        Constraint {
            id: Some("oscal-check-hash-length-SHA2-3-384"),
            level: Level::Error,
            target: ".[@algorithm=('SHA-384','SHA3-384')]",
            message: None,
            check: Check::Matches { regex: Some("^[0-9a-fA-F]{96}$"), datatype: None },
        },
        Constraint {
            id: Some("oscal-check-hash-length-SHA2-3-512"),
            level: Level::Error,
            target: ".[@algorithm=('SHA-512','SHA3-512')]",
            message: None,
            check: Check::Matches { regex: Some("^[0-9a-fA-F]{128}$"), datatype: None },
        },
    ],
};

pub(in crate::schema::table) static HASH_ALGORITHM_FLAG: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Flag,
    path: "hash/@algorithm",
    constraints: &[Constraint {
        id: Some("oscal-back-matter-resource-hash-algorithm-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &[
                "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512",
            ],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static MEDIA_TYPE_FLAG: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Flag, path: "@media-type", constraints: &[] };

pub(in crate::schema::table) static REMARKS: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Field, path: "remarks", constraints: &[] };

pub(in crate::schema::table) static PUBLISHED: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Field, path: "published", constraints: &[] };

pub(in crate::schema::table) static LAST_MODIFIED: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Field, path: "last-modified", constraints: &[] };

pub(in crate::schema::table) static VERSION: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Field, path: "version", constraints: &[] };

pub(in crate::schema::table) static OSCAL_VERSION: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Field, path: "oscal-version", constraints: &[] };

pub(in crate::schema::table) static EMAIL_ADDRESS: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Field, path: "email-address", constraints: &[] };

pub(in crate::schema::table) static TELEPHONE_NUMBER: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Field,
    path: "telephone-number",
    constraints: &[Constraint {
        id: Some("oscal-metadata-telephone-number-regex"),
        level: Level::Warning,
        target: ".",
        message: None,
        check: Check::Matches { regex: Some("^[0-9]{3}[0-9]{1,12}$"), datatype: None },
    }],
};

pub(in crate::schema::table) static TELEPHONE_NUMBER_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Flag,
    path: "telephone-number/@type",
    constraints: &[Constraint {
        id: Some("oscal-metadata-telephone-number-type-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: true, values: &["home", "office", "mobile"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static ADDRESS: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Assembly, path: "address", constraints: &[] };

pub(in crate::schema::table) static ADDRESS_COUNTRY: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Field,
    path: "address/country",
    constraints: &[Constraint {
        id: Some("oscal-metadata-location-address-country-regex"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::Matches { regex: Some("[A-Z]{2}"), datatype: None },
    }],
};

pub(in crate::schema::table) static ADDR_LINE: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Field, path: "addr-line", constraints: &[] };

pub(in crate::schema::table) static LOCATION_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Flag,
    path: "@location-type",
    constraints: &[Constraint {
        id: Some("oscal-metadata-address-location-type-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: true, values: &["home", "work"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static DOCUMENT_ID: Declaration =
    Declaration { module: "oscal-metadata", role: Role::Field, path: "document-id", constraints: &[] };

pub(in crate::schema::table) static DOCUMENT_ID_SCHEME_FLAG: Declaration = Declaration {
    module: "oscal-metadata",
    role: Role::Flag,
    path: "document-id/@scheme",
    constraints: &[Constraint {
        id: Some("oscal-metadata-document-id-scheme-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: true, values: &["http://www.doi.org/"], deprecated: &[] },
    }],
};
