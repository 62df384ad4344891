// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the assessment module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Choice, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role, SOME};

pub(super) static IMPORT_SSP: Definition = Definition {
    name: "import-ssp",
    properties: &[
        Property::scalar(Role::Flag, "href", Datatype::UriReference, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::IMPORT_SSP,
};

pub(super) static LOCAL_OBJECTIVE: Definition = Definition {
    name: "local-objective",
    properties: &[
        Property::scalar(Role::Flag, "control-id", Datatype::Token, REQUIRED)
            .declared(&constraints::control::CONTROL_ID_FLAG),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "parts", &super::control::PART, SOME).named("part").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::LOCAL_OBJECTIVE,
};

pub(super) static ACTIVITY: Definition = Definition {
    name: "activity",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "steps", &STEP, ANY).named("step").array(),
        Property::object(Role::Assembly, "related-controls", &REVIEWED_CONTROLS, OPTIONAL),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::ACTIVITY,
};

pub(super) static STEP: Definition = Definition {
    name: "step",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "reviewed-controls", &REVIEWED_CONTROLS, OPTIONAL),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::ACTIVITY_STEP,
};

pub(super) static TASK: Definition = Definition {
    name: "task",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "type", Datatype::Token, REQUIRED)
            .declared(&constraints::assessment::TASK_TYPE_FLAG),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "timing", &TIMING, OPTIONAL),
        Property::object(Role::Assembly, "dependencies", &DEPENDENCY, ANY).named("dependency").array(),
        Property::object(Role::Assembly, "tasks", &TASK, ANY).named("task").array(),
        Property::object(Role::Assembly, "associated-activities", &ASSOCIATED_ACTIVITY, ANY)
            .named("associated-activity")
            .array(),
        Property::object(Role::Assembly, "subjects", &ASSESSMENT_SUBJECT, ANY).named("subject").array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::TASK,
};

pub(super) static TIMING: Definition = Definition {
    name: "timing",
    properties: &[
        Property::object(Role::Assembly, "on-date", &ON_DATE, OPTIONAL),
        Property::object(Role::Assembly, "within-date-range", &WITHIN_DATE_RANGE, OPTIONAL),
        Property::object(Role::Assembly, "at-frequency", &AT_FREQUENCY, OPTIONAL),
    ],
    choices: &[Choice { required: true, properties: &[0, 1, 2] }],
    declaration: &constraints::assessment::TASK_TIMING,
};

pub(super) static ON_DATE: Definition = Definition {
    name: "on-date",
    properties: &[
        Property::scalar(Role::Flag, "date", Datatype::DateTimeWithTimezone, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::TASK_TIMING_ON_DATE,
};

pub(super) static WITHIN_DATE_RANGE: Definition = Definition {
    name: "within-date-range",
    properties: &[
        Property::scalar(Role::Flag, "start", Datatype::DateTimeWithTimezone, REQUIRED),
        Property::scalar(Role::Flag, "end", Datatype::DateTimeWithTimezone, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::TASK_TIMING_WITHIN_DATE_RANGE,
};

pub(super) static AT_FREQUENCY: Definition = Definition {
    name: "at-frequency",
    properties: &[
        Property::scalar(Role::Flag, "period", Datatype::PositiveInteger, REQUIRED),
        Property::scalar(Role::Flag, "unit", Datatype::String, REQUIRED)
            .one_of(&["seconds", "minutes", "hours", "days", "months", "years"])
            .declared(&constraints::assessment::TASK_TIMING_AT_FREQUENCY_UNIT_FLAG),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::TASK_TIMING_AT_FREQUENCY,
};

pub(super) static DEPENDENCY: Definition = Definition {
    name: "dependency",
    properties: &[
        Property::scalar(Role::Flag, "task-uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::TASK_DEPENDENCY,
};

pub(super) static ASSOCIATED_ACTIVITY: Definition = Definition {
    name: "associated-activity",
    properties: &[
        Property::scalar(Role::Flag, "activity-uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::object(Role::Assembly, "subjects", &ASSESSMENT_SUBJECT, SOME).named("subject").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::TASK_ASSOCIATED_ACTIVITY,
};

pub(super) static REVIEWED_CONTROLS: Definition = Definition {
    name: "reviewed-controls",
    properties: &[
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "control-selections", &CONTROL_SELECTION, SOME)
            .named("control-selection")
            .array(),
        Property::object(Role::Assembly, "control-objective-selections", &CONTROL_OBJECTIVE_SELECTION, ANY)
            .named("control-objective-selection")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::REVIEWED_CONTROLS,
};

pub(super) static CONTROL_SELECTION: Definition = Definition {
    name: "control-selection",
    properties: &[
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "include-all", &super::control::INCLUDE_ALL, OPTIONAL),
        Property::object(Role::Assembly, "include-controls", &SELECT_CONTROL_BY_ID, ANY)
            .named("include-control")
            .array(),
        Property::object(Role::Assembly, "exclude-controls", &SELECT_CONTROL_BY_ID, ANY)
            .named("exclude-control")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[Choice { required: true, properties: &[3, 4] }],
    declaration: &constraints::assessment::REVIEWED_CONTROLS_CONTROL_SELECTION,
};

pub(super) static CONTROL_OBJECTIVE_SELECTION: Definition = Definition {
    name: "control-objective-selection",
    properties: &[
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "include-all", &super::control::INCLUDE_ALL, OPTIONAL),
        Property::object(Role::Assembly, "include-objectives", &SELECT_OBJECTIVE_BY_ID, ANY)
            .named("include-objective")
            .array(),
        Property::object(Role::Assembly, "exclude-objectives", &SELECT_OBJECTIVE_BY_ID, ANY)
            .named("exclude-objective")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[Choice { required: true, properties: &[3, 4] }],
    declaration: &constraints::assessment::REVIEWED_CONTROLS_CONTROL_OBJECTIVE_SELECTION,
};

pub(super) static SELECT_CONTROL_BY_ID: Definition = Definition {
    name: "select-control-by-id",
    properties: &[
        Property::scalar(Role::Flag, "control-id", Datatype::Token, REQUIRED)
            .declared(&constraints::control::CONTROL_ID_FLAG),
        Property::scalar(Role::Field, "statement-ids", Datatype::Token, ANY).named("statement-id").array(),
    ],
    choices: &[],
    declaration: &constraints::assessment::SELECT_CONTROL_BY_ID,
};

pub(super) static SELECT_OBJECTIVE_BY_ID: Definition = Definition {
    name: "select-objective-by-id",
    properties: &[
        Property::scalar(Role::Flag, "objective-id", Datatype::Token, REQUIRED)
            .declared(&constraints::assessment::OBJECTIVE_ID_FLAG),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::SELECT_OBJECTIVE_BY_ID,
};

pub(super) static ASSESSMENT_SUBJECT: Definition = Definition {
    name: "assessment-subject",
    properties: &[
        Property::scalar(Role::Flag, "type", Datatype::Token, REQUIRED)
            .declared(&constraints::assessment::ASSESSMENT_SUBJECT_TYPE_FLAG),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "include-all", &super::control::INCLUDE_ALL, OPTIONAL),
        Property::object(Role::Assembly, "include-subjects", &SELECT_SUBJECT_BY_ID, ANY)
            .named("include-subject")
            .array(),
        Property::object(Role::Assembly, "exclude-subjects", &SELECT_SUBJECT_BY_ID, ANY)
            .named("exclude-subject")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[Choice { required: true, properties: &[4, 5] }],
    declaration: &constraints::assessment::ASSESSMENT_SUBJECT,
};

pub(super) static SELECT_SUBJECT_BY_ID: Definition = Definition {
    name: "select-subject-by-id",
    properties: &[
        Property::scalar(Role::Flag, "subject-uuid", Datatype::Uuid, REQUIRED)
            .declared(&constraints::assessment::SUBJECT_UUID_FLAG),
        Property::scalar(Role::Flag, "type", Datatype::Token, REQUIRED)
            .declared(&constraints::assessment::SUBJECT_TYPE_FLAG),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::SELECT_SUBJECT_BY_ID,
};

pub(super) static SUBJECT_REFERENCE: Definition = Definition {
    name: "subject-reference",
    properties: &[
        Property::scalar(Role::Flag, "subject-uuid", Datatype::Uuid, REQUIRED)
            .declared(&constraints::assessment::SUBJECT_UUID_FLAG),
        Property::scalar(Role::Flag, "type", Datatype::Token, REQUIRED)
            .declared(&constraints::assessment::SUBJECT_TYPE_FLAG),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::SUBJECT_REFERENCE,
};

pub(super) static ASSESSMENT_ASSETS: Definition = Definition {
    name: "assessment-assets",
    properties: &[
        Property::object(Role::Assembly, "components", &super::implementation::SYSTEM_COMPONENT, ANY)
            .named("component")
            .array(),
        Property::object(Role::Assembly, "assessment-platforms", &ASSESSMENT_PLATFORM, SOME)
            .named("assessment-platform")
            .array(),
    ],
    choices: &[],
    declaration: &constraints::assessment::ASSESSMENT_ASSETS,
};

pub(super) static ASSESSMENT_PLATFORM: Definition = Definition {
    name: "assessment-platform",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "uses-components", &USES_COMPONENT, ANY)
            .named("uses-component")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::ASSESSMENT_ASSETS_ASSESSMENT_PLATFORM,
};

pub(super) static USES_COMPONENT: Definition = Definition {
    name: "uses-component",
    properties: &[
        Property::scalar(Role::Flag, "component-uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-parties", &super::metadata::RESPONSIBLE_PARTY, ANY)
            .named("responsible-party")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::ASSESSMENT_ASSETS_ASSESSMENT_PLATFORM_USES_COMPONENT,
};

pub(super) static FINDING_TARGET: Definition = Definition {
    name: "finding-target",
    properties: &[
        Property::scalar(Role::Flag, "type", Datatype::String, REQUIRED)
            .one_of(&["statement-id", "objective-id"])
            .declared(&constraints::assessment::FINDING_TARGET_TYPE_FLAG),
        Property::scalar(Role::Flag, "target-id", Datatype::Token, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "status", &STATUS, REQUIRED),
        Property::object(
            Role::Assembly,
            "implementation-status",
            &super::implementation::IMPLEMENTATION_STATUS,
            OPTIONAL,
        ),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::FINDING_TARGET,
};

pub(super) static STATUS: Definition = Definition {
    name: "status",
    properties: &[
        Property::scalar(Role::Flag, "state", Datatype::Token, REQUIRED)
            .one_of(&["satisfied", "not-satisfied"])
            .declared(&constraints::assessment::FINDING_TARGET_STATUS_STATE_FLAG),
        Property::scalar(Role::Flag, "reason", Datatype::Token, OPTIONAL)
            .declared(&constraints::assessment::FINDING_TARGET_STATUS_REASON_FLAG),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::FINDING_TARGET_STATUS,
};

pub(super) static FINDING: Definition = Definition {
    name: "finding",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "origins", &ORIGIN, ANY).named("origin").array(),
        Property::object(Role::Assembly, "target", &FINDING_TARGET, REQUIRED),
        Property::scalar(Role::Field, "implementation-statement-uuid", Datatype::Uuid, OPTIONAL),
        Property::object(Role::Assembly, "related-observations", &RELATED_OBSERVATION, ANY)
            .named("related-observation")
            .array(),
        Property::object(Role::Assembly, "related-risks", &ASSOCIATED_RISK, ANY)
            .named("associated-risk")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::FINDING,
};

pub(super) static RELATED_OBSERVATION: Definition = Definition {
    name: "related-observation",
    properties: &[
        Property::scalar(Role::Flag, "observation-uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::RELATED_OBSERVATION,
};

pub(super) static ASSOCIATED_RISK: Definition = Definition {
    name: "associated-risk",
    properties: &[
        Property::scalar(Role::Flag, "risk-uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::ASSOCIATED_RISK,
};

pub(super) static OBSERVATION: Definition = Definition {
    name: "observation",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "methods", Datatype::String, SOME)
            .named("method")
            .array()
            .declared(&constraints::assessment::OBSERVATION_METHOD),
        Property::scalar(Role::Field, "types", Datatype::Token, ANY)
            .named("type")
            .array()
            .declared(&constraints::assessment::OBSERVATION_TYPE),
        Property::object(Role::Assembly, "origins", &ORIGIN, ANY).named("origin").array(),
        Property::object(Role::Assembly, "subjects", &SUBJECT_REFERENCE, ANY).named("subject").array(),
        Property::object(Role::Assembly, "relevant-evidence", &RELEVANT_EVIDENCE, ANY).array(),
        Property::scalar(Role::Field, "collected", Datatype::DateTimeWithTimezone, REQUIRED),
        Property::scalar(Role::Field, "expires", Datatype::DateTimeWithTimezone, OPTIONAL),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::OBSERVATION,
};

pub(super) static RELEVANT_EVIDENCE: Definition = Definition {
    name: "relevant-evidence",
    properties: &[
        Property::scalar(Role::Flag, "href", Datatype::UriReference, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::OBSERVATION_RELEVANT_EVIDENCE,
};

pub(super) static ORIGIN: Definition = Definition {
    name: "origin",
    properties: &[
        Property::object(Role::Assembly, "actors", &ORIGIN_ACTOR, SOME).named("actor").array(),
        Property::object(Role::Assembly, "related-tasks", &RELATED_TASK, ANY).named("related-task").array(),
    ],
    choices: &[],
    declaration: &constraints::assessment::ORIGIN,
};

pub(super) static ORIGIN_ACTOR: Definition = Definition {
    name: "origin-actor",
    properties: &[
        Property::scalar(Role::Flag, "type", Datatype::Token, REQUIRED)
            .one_of(&["tool", "assessment-platform", "party"])
            .declared(&constraints::assessment::ORIGIN_ACTOR_TYPE_FLAG),
        Property::scalar(Role::Flag, "actor-uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "role-id", Datatype::Token, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
    ],
    choices: &[],
    declaration: &constraints::assessment::ORIGIN_ACTOR,
};

pub(super) static RELATED_TASK: Definition = Definition {
    name: "related-task",
    properties: &[
        Property::scalar(Role::Flag, "task-uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-parties", &super::metadata::RESPONSIBLE_PARTY, ANY)
            .named("responsible-party")
            .array(),
        Property::object(Role::Assembly, "subjects", &ASSESSMENT_SUBJECT, ANY).named("subject").array(),
        Property::object(Role::Assembly, "identified-subject", &IDENTIFIED_SUBJECT, OPTIONAL),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::RELATED_TASK,
};

pub(super) static IDENTIFIED_SUBJECT: Definition = Definition {
    name: "identified-subject",
    properties: &[
        Property::scalar(Role::Flag, "subject-placeholder-uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "subjects", &ASSESSMENT_SUBJECT, SOME).named("subject").array(),
    ],
    choices: &[],
    declaration: &constraints::assessment::RELATED_TASK_IDENTIFIED_SUBJECT,
};

pub(super) static THREAT_ID: Definition = Definition {
    name: "threat-id",
    properties: &[
        Property::scalar(Role::Flag, "system", Datatype::Uri, REQUIRED)
            .declared(&constraints::assessment::THREAT_ID_SYSTEM_FLAG),
        Property::scalar(Role::Flag, "href", Datatype::UriReference, OPTIONAL),
        Property::scalar(Role::Value, "id", Datatype::Uri, REQUIRED),
    ],
    choices: &[],
    declaration: &constraints::assessment::THREAT_ID,
};

pub(super) static RISK: Definition = Definition {
    name: "risk",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::scalar(Role::Field, "statement", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "status", Datatype::Token, REQUIRED)
            .declared(&constraints::assessment::RISK_STATUS),
        Property::object(Role::Assembly, "origins", &ORIGIN, ANY).named("origin").array(),
        Property::object(Role::Field, "threat-ids", &THREAT_ID, ANY).named("threat-id").array(),
        Property::object(Role::Assembly, "characterizations", &CHARACTERIZATION, ANY)
            .named("characterization")
            .array(),
        Property::object(Role::Assembly, "mitigating-factors", &MITIGATING_FACTOR, ANY)
            .named("mitigating-factor")
            .array(),
        Property::scalar(Role::Field, "deadline", Datatype::DateTimeWithTimezone, OPTIONAL),
        Property::object(Role::Assembly, "remediations", &RESPONSE, ANY).named("response").array(),
        Property::object(Role::Assembly, "risk-log", &RISK_LOG, OPTIONAL),
        Property::object(Role::Assembly, "related-observations", &RELATED_OBSERVATION, ANY)
            .named("related-observation")
            .array(),
    ],
    choices: &[],
    declaration: &constraints::assessment::RISK,
};

pub(super) static MITIGATING_FACTOR: Definition = Definition {
    name: "mitigating-factor",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "implementation-uuid", Datatype::Uuid, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "subjects", &SUBJECT_REFERENCE, ANY).named("subject").array(),
    ],
    choices: &[],
    declaration: &constraints::assessment::RISK_MITIGATING_FACTOR,
};

pub(super) static RISK_LOG: Definition = Definition {
    name: "risk-log",
    properties: &[Property::object(Role::Assembly, "entries", &ENTRY, SOME).named("entry").array()],
    choices: &[],
    declaration: &constraints::assessment::RISK_RISK_LOG,
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
        Property::object(Role::Assembly, "logged-by", &LOGGED_BY, ANY).array(),
        Property::scalar(Role::Field, "status-change", Datatype::Token, OPTIONAL)
            .declared(&constraints::assessment::RISK_STATUS),
        Property::object(Role::Assembly, "related-responses", &RELATED_RESPONSE, ANY)
            .named("related-response")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::RISK_RISK_LOG_ENTRY,
};

pub(super) static RELATED_RESPONSE: Definition = Definition {
    name: "related-response",
    properties: &[
        Property::scalar(Role::Flag, "response-uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "related-tasks", &RELATED_TASK, ANY).named("related-task").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::RISK_RISK_LOG_ENTRY_RELATED_RESPONSE,
};

pub(super) static LOGGED_BY: Definition = Definition {
    name: "logged-by",
    properties: &[
        Property::scalar(Role::Flag, "party-uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "role-id", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::LOGGED_BY,
};

pub(super) static CHARACTERIZATION: Definition = Definition {
    name: "characterization",
    properties: &[
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "origin", &ORIGIN, REQUIRED),
        Property::object(Role::Assembly, "facets", &FACET, SOME).named("facet").array(),
    ],
    choices: &[],
    declaration: &constraints::assessment::CHARACTERIZATION,
};

pub(super) static FACET: Definition = Definition {
    name: "facet",
    properties: &[
        Property::scalar(Role::Flag, "name", Datatype::Token, REQUIRED),
        Property::scalar(Role::Flag, "system", Datatype::Uri, REQUIRED)
            .declared(&constraints::assessment::CHARACTERIZATION_FACET_SYSTEM_FLAG),
        Property::scalar(Role::Flag, "value", Datatype::String, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::CHARACTERIZATION_FACET,
};

pub(super) static RESPONSE: Definition = Definition {
    name: "response",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "lifecycle", Datatype::Token, REQUIRED)
            .declared(&constraints::assessment::RESPONSE_LIFECYCLE_FLAG),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "origins", &ORIGIN, ANY).named("origin").array(),
        Property::object(Role::Assembly, "required-assets", &REQUIRED_ASSET, ANY)
            .named("required-asset")
            .array(),
        Property::object(Role::Assembly, "tasks", &TASK, ANY).named("task").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::RESPONSE,
};

pub(super) static REQUIRED_ASSET: Definition = Definition {
    name: "required-asset",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "subjects", &SUBJECT_REFERENCE, ANY).named("subject").array(),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment::RESPONSE_REQUIRED_ASSET,
};

pub(super) static ASSESSMENT_PART: Definition = Definition {
    name: "assessment-part",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, OPTIONAL),
        Property::scalar(Role::Flag, "name", Datatype::Token, REQUIRED)
            .declared(&constraints::assessment::ASSESSMENT_PART_NAME_FLAG),
        Property::scalar(Role::Flag, "ns", Datatype::Uri, OPTIONAL),
        Property::scalar(Role::Flag, "class", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::scalar(Role::Field, "prose", Datatype::MarkupMultiline, OPTIONAL).unwrapped(),
        Property::object(Role::Assembly, "parts", &ASSESSMENT_PART, ANY).named("part").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
    ],
    choices: &[],
    declaration: &constraints::assessment::ASSESSMENT_PART,
};
