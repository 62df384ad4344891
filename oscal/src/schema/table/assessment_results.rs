// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the assessment-results module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role, SOME};

pub(super) static ASSESSMENT_RESULTS: Definition = Definition {
    name: "assessment-results",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "metadata", &super::metadata::METADATA, REQUIRED),
        Property::object(Role::Assembly, "import-ap", &IMPORT_AP, REQUIRED),
        Property::object(
            Role::Assembly,
            "local-definitions",
            &ASSESSMENT_RESULTS_LOCAL_DEFINITIONS,
            OPTIONAL,
        ),
        Property::object(Role::Assembly, "results", &RESULT, SOME).named("result").array(),
        Property::object(Role::Assembly, "back-matter", &super::metadata::BACK_MATTER, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::assessment_results::ASSESSMENT_RESULTS,
};

pub(super) static ASSESSMENT_RESULTS_LOCAL_DEFINITIONS: Definition = Definition {
    name: "local-definitions",
    properties: &[
        Property::object(Role::Assembly, "objectives-and-methods", &super::assessment::LOCAL_OBJECTIVE, ANY)
            .array(),
        Property::object(Role::Assembly, "activities", &super::assessment::ACTIVITY, ANY)
            .named("activity")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment_results::ASSESSMENT_RESULTS_LOCAL_DEFINITIONS,
};

pub(super) static RESULT: Definition = Definition {
    name: "result",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::scalar(Role::Field, "start", Datatype::DateTimeWithTimezone, REQUIRED),
        Property::scalar(Role::Field, "end", Datatype::DateTimeWithTimezone, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "local-definitions", &RESULT_LOCAL_DEFINITIONS, OPTIONAL),
        Property::object(
            Role::Assembly,
            "reviewed-controls",
            &super::assessment::REVIEWED_CONTROLS,
            REQUIRED,
        ),
        Property::object(Role::Assembly, "attestations", &ATTESTATION, ANY).named("attestation").array(),
        Property::object(Role::Assembly, "assessment-log", &ASSESSMENT_LOG, OPTIONAL),
        Property::object(Role::Assembly, "observations", &super::assessment::OBSERVATION, ANY)
            .named("observation")
            .array(),
        Property::object(Role::Assembly, "risks", &super::assessment::RISK, ANY).named("risk").array(),
        Property::object(Role::Assembly, "findings", &super::assessment::FINDING, ANY)
            .named("finding")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment_results::RESULT,
};

pub(super) static RESULT_LOCAL_DEFINITIONS: Definition = Definition {
    name: "local-definitions",
    properties: &[
        Property::object(Role::Assembly, "components", &super::implementation::SYSTEM_COMPONENT, ANY)
            .named("component")
            .array(),
        Property::object(Role::Assembly, "inventory-items", &super::implementation::INVENTORY_ITEM, ANY)
            .named("inventory-item")
            .array(),
        Property::object(Role::Assembly, "users", &super::implementation::SYSTEM_USER, ANY)
            .named("user")
            .array(),
        Property::object(
            Role::Assembly,
            "assessment-assets",
            &super::assessment::ASSESSMENT_ASSETS,
            OPTIONAL,
        ),
        Property::object(Role::Assembly, "tasks", &super::assessment::TASK, ANY)
            .named("assessment-task")
            .array(),
    ],
    choices: &[],
    declaration: &constraints::assessment_results::RESULT_LOCAL_DEFINITIONS,
};

pub(super) static ATTESTATION: Definition = Definition {
    name: "attestation",
    properties: &[
        Property::object(Role::Assembly, "responsible-parties", &super::metadata::RESPONSIBLE_PARTY, ANY)
            .named("responsible-party")
            .array(),
        Property::object(Role::Assembly, "parts", &super::assessment::ASSESSMENT_PART, SOME)
            .named("part")
            .array(),
    ],
    choices: &[],
    declaration: &constraints::assessment_results::RESULT_ATTESTATION,
};

pub(super) static ASSESSMENT_LOG: Definition = Definition {
    name: "assessment-log",
    properties: &[Property::object(Role::Assembly, "entries", &ENTRY, SOME).named("entry").array()],
    choices: &[],
    declaration: &constraints::assessment_results::RESULT_ASSESSMENT_LOG,
};

pub(super) static ENTRY: Definition = Definition {
    name: "entry",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::scalar(Role::Field, "start", Datatype::DateTimeWithTimezone, REQUIRED),
        Property::scalar(Role::Field, "end", Datatype::DateTimeWithTimezone, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "logged-by", &super::assessment::LOGGED_BY, ANY).array(),
        Property::object(Role::Assembly, "related-tasks", &super::assessment::RELATED_TASK, ANY)
            .named("related-task")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment_results::RESULT_ASSESSMENT_LOG_ENTRY,
};

pub(super) static IMPORT_AP: Definition = Definition {
    name: "import-ap",
    properties: &[
        Property::scalar(Role::Flag, "href", Datatype::UriReference, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment_results::IMPORT_AP,
};
