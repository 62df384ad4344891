// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Constraints of the assessment module of OSCAL 1.2.2.

use crate::schema::{Check, Constraint, Declaration, Key, Level, Range, Role};

pub(in crate::schema::table) static IMPORT_SSP: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "import-ssp",
    constraints: &[],
};

pub(in crate::schema::table) static LOCAL_OBJECTIVE: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "local-objective",
    constraints: &[
        Constraint {
            id: Some("oscal-assessment-objective-types"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["objective", "assessment", "assessment-objective", "assessment-method"],
                deprecated: &[("objective", "1.0.1"), ("assessment", "1.0.1")],
            },
        },
        Constraint {
            id: Some("oscal-assessment-objective-cardinality"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('objective','assessment-objective')]",
            message: None,
            check: Check::HasCardinality { range: Range { min: 0, max: Some(1) } },
        },
        Constraint {
            id: Some("oscal-assessment-method-cardinality"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('assessment','assessment-method')]/prop[has-oscal-namespace(('http://csrc.nist.gov/ns/oscal','http://csrc.nist.gov/ns/rmf')) and @name='method']",
            message: None,
            check: Check::HasCardinality { range: Range { min: 1, max: Some(1) } },
        },
        Constraint {
            id: Some("oscal-assessment-objects-cardinality"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('assessment','assessment-method')]/part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('objects','assessment-objects')]",
            message: None,
            check: Check::HasCardinality { range: Range { min: 1, max: Some(1) } },
        },
        Constraint {
            id: Some("oscal-assessment-method-id-cardinality"),
            level: Level::Error,
            target: "part[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name=('objective','assessment-objective')]/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='method-id']",
            message: None,
            check: Check::HasCardinality { range: Range { min: 1, max: None } },
        },
    ],
};

pub(in crate::schema::table) static ACTIVITY: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "activity",
    constraints: &[
        Constraint {
            id: Some("oscal-activity-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["method"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-activity-type-cardinality"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='method']",
            message: None,
            check: Check::HasCardinality { range: Range { min: 1, max: None } },
        },
        Constraint {
            id: Some("oscal-activity-type-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='method']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["INTERVIEW", "EXAMINE", "TEST"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-unique-activity-responsible-role"),
            level: Level::Error,
            target: "responsible-role",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        },
    ],
};

pub(in crate::schema::table) static ACTIVITY_STEP: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "activity/step",
    constraints: &[Constraint {
        id: Some("oscal-unique-step-responsible-role"),
        level: Level::Error,
        target: "responsible-role",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
    }],
};

pub(in crate::schema::table) static TASK: Declaration =
    Declaration { module: "oscal-assessment-common", role: Role::Assembly, path: "task", constraints: &[] };

pub(in crate::schema::table) static TASK_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "task/@type",
    constraints: &[Constraint {
        id: Some("oscal-task-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: true, values: &["milestone", "action"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static TASK_TIMING: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "task/timing",
    constraints: &[],
};

pub(in crate::schema::table) static TASK_TIMING_ON_DATE: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "task/timing/on-date",
    constraints: &[],
};

pub(in crate::schema::table) static TASK_TIMING_WITHIN_DATE_RANGE: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "task/timing/within-date-range",
    constraints: &[],
};

pub(in crate::schema::table) static TASK_TIMING_AT_FREQUENCY: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "task/timing/at-frequency",
    constraints: &[],
};

pub(in crate::schema::table) static TASK_TIMING_AT_FREQUENCY_UNIT_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "task/timing/at-frequency/@unit",
    constraints: &[Constraint {
        id: Some("oscal-timing-unit-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["seconds", "minutes", "hours", "days", "months", "years"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static TASK_DEPENDENCY: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "task/dependency",
    constraints: &[],
};

pub(in crate::schema::table) static TASK_ASSOCIATED_ACTIVITY: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "task/associated-activity",
    constraints: &[Constraint {
        id: Some("oscal-unique-associated-activity-responsible-role"),
        level: Level::Error,
        target: "responsible-role",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
    }],
};

pub(in crate::schema::table) static REVIEWED_CONTROLS: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "reviewed-controls",
    constraints: &[],
};

pub(in crate::schema::table) static REVIEWED_CONTROLS_CONTROL_SELECTION: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "reviewed-controls/control-selection",
    constraints: &[],
};

pub(in crate::schema::table) static REVIEWED_CONTROLS_CONTROL_OBJECTIVE_SELECTION: Declaration =
    Declaration {
        module: "oscal-assessment-common",
        role: Role::Assembly,
        path: "reviewed-controls/control-objective-selection",
        constraints: &[],
    };

pub(in crate::schema::table) static SELECT_CONTROL_BY_ID: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "select-control-by-id",
    constraints: &[],
};

pub(in crate::schema::table) static SELECT_OBJECTIVE_BY_ID: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "select-objective-by-id",
    constraints: &[],
};

pub(in crate::schema::table) static ASSESSMENT_SUBJECT: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "assessment-subject",
    constraints: &[],
};

pub(in crate::schema::table) static ASSESSMENT_SUBJECT_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "assessment-subject/@type",
    constraints: &[Constraint {
        id: Some("oscal-assessment-subject-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &["component", "inventory-item", "location", "party", "user"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static SELECT_SUBJECT_BY_ID: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "select-subject-by-id",
    constraints: &[],
};

pub(in crate::schema::table) static SUBJECT_UUID_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "@subject-uuid",
    constraints: &[],
};

pub(in crate::schema::table) static SUBJECT_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "@subject-type",
    constraints: &[Constraint {
        id: Some("oscal-assessment-subject-type-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &["component", "inventory-item", "location", "party", "user", "resource"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static SUBJECT_REFERENCE: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "subject-reference",
    constraints: &[],
};

pub(in crate::schema::table) static ASSESSMENT_ASSETS: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "assessment-assets",
    constraints: &[Constraint {
        id: Some("oscal-unique-ssp-assessment-assets-component"),
        level: Level::Error,
        target: "component",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@uuid", pattern: None }] },
    }],
};

pub(in crate::schema::table) static ASSESSMENT_ASSETS_ASSESSMENT_PLATFORM: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "assessment-assets/assessment-platform",
    constraints: &[],
};

pub(in crate::schema::table) static ASSESSMENT_ASSETS_ASSESSMENT_PLATFORM_USES_COMPONENT: Declaration =
    Declaration {
        module: "oscal-assessment-common",
        role: Role::Assembly,
        path: "assessment-assets/assessment-platform/uses-component",
        constraints: &[Constraint {
            id: Some("oscal-unique-ssp-uses-component-responsible-party"),
            level: Level::Error,
            target: "responsible-party",
            message: None,
            check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
        }],
    };

pub(in crate::schema::table) static FINDING_TARGET: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "finding-target",
    constraints: &[],
};

pub(in crate::schema::table) static FINDING_TARGET_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "finding-target/@type",
    constraints: &[Constraint {
        id: Some("oscal-finding-target-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["statement-id", "objective-id"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static FINDING_TARGET_STATUS: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "finding-target/status",
    constraints: &[],
};

pub(in crate::schema::table) static FINDING_TARGET_STATUS_STATE_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "finding-target/status/@state",
    constraints: &[Constraint {
        id: Some("oscal-finding-target-status-state-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: false, values: &["satisfied", "not-satisfied"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static FINDING_TARGET_STATUS_REASON_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "finding-target/status/@reason",
    constraints: &[Constraint {
        id: Some("oscal-finding-target-reason-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues { open: true, values: &["pass", "fail", "other"], deprecated: &[] },
    }],
};

pub(in crate::schema::table) static FINDING: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "finding",
    constraints: &[],
};

pub(in crate::schema::table) static RELATED_OBSERVATION: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "related-observation",
    constraints: &[],
};

pub(in crate::schema::table) static ASSOCIATED_RISK: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "associated-risk",
    constraints: &[],
};

pub(in crate::schema::table) static OBSERVATION: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "observation",
    constraints: &[],
};

pub(in crate::schema::table) static OBSERVATION_METHOD: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Field,
    path: "observation/method",
    constraints: &[Constraint {
        id: Some("oscal-observation-method-type-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &["EXAMINE", "INTERVIEW", "TEST", "UNKNOWN"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static OBSERVATION_TYPE: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Field,
    path: "observation/type",
    constraints: &[Constraint {
        id: Some("oscal-observation-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &[
                "ssp-statement-issue",
                "control-objective",
                "mitigation",
                "finding",
                "discovery",
                "historic",
            ],
            deprecated: &[("finding", "1.1.4")],
        },
    }],
};

pub(in crate::schema::table) static OBSERVATION_RELEVANT_EVIDENCE: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "observation/relevant-evidence",
    constraints: &[],
};

pub(in crate::schema::table) static ORIGIN: Declaration =
    Declaration { module: "oscal-assessment-common", role: Role::Assembly, path: "origin", constraints: &[] };

pub(in crate::schema::table) static ORIGIN_ACTOR: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "origin-actor",
    constraints: &[],
};

pub(in crate::schema::table) static ORIGIN_ACTOR_TYPE_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "origin-actor/@type",
    constraints: &[Constraint {
        id: Some("oscal-origin-actor-type-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: false,
            values: &["tool", "assessment-platform", "party"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static RELATED_TASK: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "related-task",
    constraints: &[Constraint {
        id: Some("oscal-unique-ssp-related-task-responsible-party"),
        level: Level::Error,
        target: "responsible-party",
        message: None,
        check: Check::IsUnique { keys: &[Key { target: "@role-id", pattern: None }] },
    }],
};

pub(in crate::schema::table) static RELATED_TASK_IDENTIFIED_SUBJECT: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "related-task/identified-subject",
    constraints: &[],
};

pub(in crate::schema::table) static THREAT_ID: Declaration =
    Declaration { module: "oscal-assessment-common", role: Role::Field, path: "threat-id", constraints: &[] };

pub(in crate::schema::table) static THREAT_ID_SYSTEM_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "threat-id/@system",
    constraints: &[Constraint {
        id: Some("oscal-threat-id-system"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &["http://fedramp.gov", "http://fedramp.gov/ns/oscal"],
            deprecated: &[("http://fedramp.gov", "1.0.3")],
        },
    }],
};

pub(in crate::schema::table) static RISK: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "risk",
    constraints: &[
        Constraint {
            id: Some("oscal-risk-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["false-positive", "accepted", "risk-adjusted", "priority"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-risk-priority-datatype"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='priority']/@value",
            message: None,
            check: Check::Matches { regex: None, datatype: Some("integer") },
        },
    ],
};

pub(in crate::schema::table) static RISK_MITIGATING_FACTOR: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "risk/mitigating-factor",
    constraints: &[],
};

pub(in crate::schema::table) static RISK_RISK_LOG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "risk/risk-log",
    constraints: &[],
};

pub(in crate::schema::table) static RISK_RISK_LOG_ENTRY: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "risk/risk-log/entry",
    constraints: &[
        Constraint {
            id: Some("oscal-risk-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["type"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-risk-prop-type-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='type']/@value",
            message: None,
            check: Check::AllowedValues {
                open: true,
                values: &[
                    "vendor-check-in",
                    "status-update",
                    "milestone-complete",
                    "mitigation",
                    "remediated",
                    "closed",
                    "dr-submission",
                    "dr-updated",
                    "dr-approved",
                    "dr-rejected",
                ],
                deprecated: &[],
            },
        },
    ],
};

pub(in crate::schema::table) static RISK_RISK_LOG_ENTRY_RELATED_RESPONSE: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "risk/risk-log/entry/related-response",
    constraints: &[],
};

pub(in crate::schema::table) static LOGGED_BY: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "logged-by",
    constraints: &[],
};

pub(in crate::schema::table) static RISK_STATUS: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Field,
    path: "risk-status",
    constraints: &[Constraint {
        id: Some("oscal-risk-status-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &[
                "open",
                "investigating",
                "remediating",
                "deviation-requested",
                "deviation-approved",
                "closed",
            ],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static CHARACTERIZATION: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "characterization",
    constraints: &[],
};

pub(in crate::schema::table) static CHARACTERIZATION_FACET: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "characterization/facet",
    constraints: &[
        Constraint {
            id: Some("oscal-facet-prop-name-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["state"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-facet-prop-state-values"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='state']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["initial", "adjusted"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-facet-name-core-values"),
            level: Level::Error,
            target: "(.)[@system='http://csrc.nist.gov/ns/oscal']/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["likelihood", "impact", "risk", "severity"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-fedramp-values"),
            level: Level::Error,
            target: "(.)[@system=('http://fedramp.gov','http://fedramp.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["likelihood", "impact", "risk"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cve-values"),
            level: Level::Error,
            target: "(.)[@system='http://cve.mitre.org']/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["cve-id"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-facet-cvss2-name-values"),
            level: Level::Error,
            target: "(.)[@system='http://www.first.org/cvss/v2.0']/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "access-vector",
                    "access-complexity",
                    "authentication",
                    "confidentiality-impact",
                    "integrity-impact",
                    "availability-impact",
                    "exploitability",
                    "remediation-level",
                    "report-confidence",
                    "collateral-damage-potential",
                    "target-distribution",
                    "confidentiality-requirement",
                    "integrity-requirement",
                    "availability-requirement",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss2-access-vector-values"),
            level: Level::Error,
            target: "(.)[@system='http://www.first.org/cvss/v2.0' and @name='access-vector']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["local", "adjacent-network", "network"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss2-access-complexity-values"),
            level: Level::Error,
            target: "(.)[@system='http://www.first.org/cvss/v2.0' and @name='access-complexity']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["high", "medium", "low"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-facet-cvss2-authentication-values"),
            level: Level::Error,
            target: "(.)[@system='http://www.first.org/cvss/v2.0' and @name='authentication']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["multiple", "single", "none"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss2-confidentiality-impact-values"),
            level: Level::Error,
            target: "(.)[@system='http://www.first.org/cvss/v2.0' and @name=('confidentiality-impact', 'integrity-impact', 'availability-impact')]/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["none", "partial", "complete"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss2-exploitability-values"),
            level: Level::Error,
            target: "(.)[@system='http://www.first.org/cvss/v2.0' and @name='exploitability']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["unproven", "proof-of-concept", "functional", "high", "not-defined"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss2-remediation-level-values"),
            level: Level::Error,
            target: "(.)[@system='http://www.first.org/cvss/v2.0' and @name='remediation-level']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["official-fix", "temporary-fix", "workaround", "unavailable", "not-defined"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss2-report-confidence-values"),
            level: Level::Error,
            target: "(.)[@system='http://www.first.org/cvss/v2.0' and @name='report-confidence']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["unconfirmed", "uncorroborated", "confirmed", "not-defined"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss2-collateral-damage-potential-values"),
            level: Level::Error,
            target: "(.)[@system='http://www.first.org/cvss/v2.0' and @name='collateral-damage-potential']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["none", "low", "low-medium", "medium-high", "high", "not-defined"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss2-cia-requirement-values"),
            level: Level::Error,
            target: "(.)[@system='http://www.first.org/cvss/v2.0' and @name=('target-distribution', 'confidentiality-requirement', 'integrity-requirement', 'availability-requirement')]/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["none", "low", "medium", "high", "not-defined"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-name-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "attack-vector",
                    "access-complexity",
                    "privileges-required",
                    "user-interaction",
                    "scope",
                    "confidentiality-impact",
                    "integrity-impact",
                    "availability-impact",
                    "exploit-code-maturity",
                    "remediation-level",
                    "report-confidence",
                    "modified-attack-vector",
                    "modified-attack-complexity",
                    "modified-privileges-required",
                    "modified-user-interaction",
                    "modified-scope",
                    "modified-confidentiality",
                    "modified-integrity",
                    "modified-availability",
                    "confidentiality-requirement",
                    "integrity-requirement",
                    "availability-requirement",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-access-vector-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='access-vector']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["network", "adjacent", "local", "physical"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-access-complexity-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='access-complexity']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["high", "low"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-cia-impact-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name=('privileges-required', 'confidentiality-impact', 'integrity-impact', 'availability-impact')]/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["none", "low", "high"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-user-interaction"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='user-interaction']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["none", "required"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-scope"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='scope']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["unchanged", "changed"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-exploit-code-maturity-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='exploit-code-maturity']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["not-defined", "unproven", "proof-of-concept", "functional", "high"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-remediation-level"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='remediation-level']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["not-defined", "official-fix", "temporary-fix", "workaround", "unavailable"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-report-confidence-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='report-confidence']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["not-defined", "unknown", "reasonable", "confirmed"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-cia-requirement-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name=('confidentiality-requirement', 'integrity-requirement', 'availability-requirement')]/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["not-defined", "low", "medium", "high"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-modified-attack-vector-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='modified-attack-vector']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["not-defined", "network", "adjacent", "local", "physical"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-modified-attack-complexity-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='modified-attack-complexity']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["not-defined", "high", "low"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-modified-cia-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name=('modified-privileges-required', 'modified-confidentiality', 'modified-integrity', 'modified-availability')]/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["not-defined", "none", "low", "high"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-modified-user-interaction-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='modified-user-interaction']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["not-defined", "none", "required"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-facet-cvss3-modified-scope-values"),
            level: Level::Error,
            target: "(.)[@system=('http://www.first.org/cvss/v3.0', 'http://www.first.org/cvss/v3.1') and @name='modified-scope']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["not-defined", "unchanged", "changed"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-vectors"),
            level: Level::Error,
            target: "(.)[@system=('https://www.first.org/cvss/v4-0')]/@name",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &[
                    "av", "ac", "at", "pr", "ui", "vc", "vi", "va", "sc", "si", "sa", "s", "au", "r", "v",
                    "re", "u", "mav", "mac", "mat", "mpr", "mui", "mvc", "mvi", "mva", "msc", "msi", "msa",
                    "cr", "ir", "ar", "e",
                ],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-av-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='av']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["n", "a", "l", "p"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-ac-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='ac']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["h", "l"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-at-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='at']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["n", "p"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-pr-cia-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name=('pr','vc','vi','va','sc','si','sa')]/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["n", "l", "h"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-ui-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='ui']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["n", "p", "a"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-s-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='s']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "n", "p"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-au-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='au']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "n", "y"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-r-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='r']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "a", "u", "i"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-v-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='v']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "a", "u", "i"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-re-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='re']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "l", "m", "h"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-u-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='u']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["x", "clear", "green", "amber", "red"],
                deprecated: &[],
            },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-mav-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='mav']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "n", "a", "l", "p"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-mac-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='mac']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "h", "l"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-mat-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='mat']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "n", "p"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-mpr-mvs-cia-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name=('mpr','mvc','mvi')]/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "n", "l", "h"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-mui-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='mui']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "n", "p", "a"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-msc-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='msc']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "n", "l", "h"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-msi-msa-cia-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name=('msi','msa')]/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "n", "l", "h", "s"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-env-cia-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name=('cr','ir','ar')]/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "l", "m", "h"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-cvss-v4.0-e-values"),
            level: Level::Error,
            target: ".[@system='https://www.first.org/cvss/v4-0' and @name='e']/@value",
            message: None,
            check: Check::AllowedValues { open: false, values: &["x", "a", "p", "u"], deprecated: &[] },
        },
    ],
};

pub(in crate::schema::table) static CHARACTERIZATION_FACET_SYSTEM_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "characterization/facet/@system",
    constraints: &[Constraint {
        id: Some("oscal-characterization-facet-name-system-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &[
                "http://fedramp.gov",
                "http://fedramp.gov/ns/oscal",
                "http://csrc.nist.gov/ns/oscal",
                "http://csrc.nist.gov/ns/oscal/unknown",
                "http://cve.mitre.org",
                "http://www.first.org/cvss/v2.0",
                "http://www.first.org/cvss/v3.0",
                "http://www.first.org/cvss/v3.1",
                "https://www.first.org/cvss/v4-0",
            ],
            deprecated: &[("http://fedramp.gov", "1.0.3")],
        },
    }],
};

pub(in crate::schema::table) static RESPONSE: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "response",
    constraints: &[
        Constraint {
            id: Some("oscal-response-prop-name"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["type"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-response-prop-type-value"),
            level: Level::Error,
            target: "prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='type']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["avoid", "mitigate", "transfer", "accept", "share", "contingency", "none"],
                deprecated: &[],
            },
        },
    ],
};

pub(in crate::schema::table) static RESPONSE_LIFECYCLE_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "response/@lifecycle",
    constraints: &[Constraint {
        id: Some("oscal-response-lifecycle-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &["recommendation", "planned", "completed"],
            deprecated: &[],
        },
    }],
};

pub(in crate::schema::table) static RESPONSE_REQUIRED_ASSET: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "response/required-asset",
    constraints: &[],
};

pub(in crate::schema::table) static OBJECTIVE_ID_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "@objective-id",
    constraints: &[],
};

pub(in crate::schema::table) static ASSESSMENT_PART: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Assembly,
    path: "assessment-part",
    constraints: &[
        Constraint {
            id: Some("oscal-assesment-part-objective-name"),
            level: Level::Error,
            target: ".[@name='objective']/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]/@name",
            message: None,
            check: Check::AllowedValues { open: false, values: &["method"], deprecated: &[] },
        },
        Constraint {
            id: Some("oscal-assesment-part-objective-cardinality"),
            level: Level::Error,
            target: ".[@name='objective']/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='method']",
            message: None,
            check: Check::HasCardinality { range: Range { min: 1, max: None } },
        },
        Constraint {
            id: Some("oscal-assesment-part-objective-method-value"),
            level: Level::Error,
            target: ".[@name='objective']/prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='method']/@value",
            message: None,
            check: Check::AllowedValues {
                open: false,
                values: &["INTERVIEW", "EXAMINE", "TEST"],
                deprecated: &[],
            },
        },
    ],
};

pub(in crate::schema::table) static ASSESSMENT_PART_NAME_FLAG: Declaration = Declaration {
    module: "oscal-assessment-common",
    role: Role::Flag,
    path: "assessment-part/@name",
    constraints: &[Constraint {
        id: Some("oscal-assessment-part-values"),
        level: Level::Error,
        target: ".",
        message: None,
        check: Check::AllowedValues {
            open: true,
            values: &["asset", "method", "objective"],
            deprecated: &[],
        },
    }],
};
