// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the ssp module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role, SOME};

pub(super) static SYSTEM_SECURITY_PLAN: Definition = Definition {
    name: "system-security-plan",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "metadata", &super::metadata::METADATA, REQUIRED),
        Property::object(Role::Assembly, "import-profile", &IMPORT_PROFILE, REQUIRED),
        Property::object(Role::Assembly, "system-characteristics", &SYSTEM_CHARACTERISTICS, REQUIRED),
        Property::object(Role::Assembly, "system-implementation", &SYSTEM_IMPLEMENTATION, REQUIRED),
        Property::object(Role::Assembly, "control-implementation", &CONTROL_IMPLEMENTATION, REQUIRED),
        Property::object(Role::Assembly, "back-matter", &super::metadata::BACK_MATTER, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::ssp::SYSTEM_SECURITY_PLAN,
};

pub(super) static IMPORT_PROFILE: Definition = Definition {
    name: "import-profile",
    properties: &[
        Property::scalar(Role::Flag, "href", Datatype::UriReference, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::IMPORT_PROFILE,
};

pub(super) static SYSTEM_CHARACTERISTICS: Definition = Definition {
    name: "system-characteristics",
    properties: &[
        Property::object(Role::Field, "system-ids", &super::implementation::SYSTEM_ID, SOME)
            .named("system-id")
            .array(),
        Property::scalar(Role::Field, "system-name", Datatype::String, REQUIRED),
        Property::scalar(Role::Field, "system-name-short", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "date-authorized", Datatype::Date, OPTIONAL)
            .declared(&constraints::ssp::DATE_AUTHORIZED),
        Property::scalar(Role::Field, "security-sensitivity-level", Datatype::String, OPTIONAL),
        Property::object(Role::Assembly, "system-information", &SYSTEM_INFORMATION, REQUIRED),
        Property::object(Role::Assembly, "security-impact-level", &SECURITY_IMPACT_LEVEL, OPTIONAL),
        Property::object(Role::Assembly, "status", &STATUS, REQUIRED),
        Property::object(Role::Assembly, "authorization-boundary", &AUTHORIZATION_BOUNDARY, REQUIRED),
        Property::object(Role::Assembly, "network-architecture", &NETWORK_ARCHITECTURE, OPTIONAL),
        Property::object(Role::Assembly, "data-flow", &DATA_FLOW, OPTIONAL),
        Property::object(Role::Assembly, "responsible-parties", &super::metadata::RESPONSIBLE_PARTY, ANY)
            .named("responsible-party")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::SYSTEM_CHARACTERISTICS,
};

pub(super) static SYSTEM_INFORMATION: Definition = Definition {
    name: "system-information",
    properties: &[
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "information-types", &INFORMATION_TYPE, SOME)
            .named("information-type")
            .array(),
    ],
    choices: &[],
    declaration: &constraints::ssp::SYSTEM_INFORMATION,
};

pub(super) static INFORMATION_TYPE: Definition = Definition {
    name: "information-type",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, OPTIONAL),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "categorizations", &CATEGORIZATION, ANY)
            .named("categorization")
            .array(),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "confidentiality-impact", &IMPACT, OPTIONAL),
        Property::object(Role::Assembly, "integrity-impact", &IMPACT, OPTIONAL),
        Property::object(Role::Assembly, "availability-impact", &IMPACT, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::ssp::SYSTEM_INFORMATION_INFORMATION_TYPE,
};

pub(super) static CATEGORIZATION: Definition = Definition {
    name: "categorization",
    properties: &[
        Property::scalar(Role::Flag, "system", Datatype::Uri, REQUIRED)
            .declared(&constraints::ssp::SYSTEM_INFORMATION_INFORMATION_TYPE_CATEGORIZATION_SYSTEM_FLAG),
        Property::scalar(Role::Field, "information-type-ids", Datatype::String, ANY)
            .named("information-type-id")
            .array(),
    ],
    choices: &[],
    declaration: &constraints::ssp::SYSTEM_INFORMATION_INFORMATION_TYPE_CATEGORIZATION,
};

pub(super) static IMPACT: Definition = Definition {
    name: "impact",
    properties: &[
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "base", Datatype::String, REQUIRED).declared(&constraints::ssp::BASE),
        Property::scalar(Role::Field, "selected", Datatype::String, OPTIONAL)
            .declared(&constraints::ssp::SELECTED),
        Property::scalar(Role::Field, "adjustment-justification", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::ssp::ADJUSTMENT_JUSTIFICATION),
    ],
    choices: &[],
    declaration: &constraints::ssp::IMPACT,
};

pub(super) static SECURITY_IMPACT_LEVEL: Definition = Definition {
    name: "security-impact-level",
    properties: &[
        Property::scalar(Role::Field, "security-objective-confidentiality", Datatype::String, REQUIRED),
        Property::scalar(Role::Field, "security-objective-integrity", Datatype::String, REQUIRED),
        Property::scalar(Role::Field, "security-objective-availability", Datatype::String, REQUIRED),
    ],
    choices: &[],
    declaration: &constraints::ssp::SECURITY_IMPACT_LEVEL,
};

pub(super) static STATUS: Definition = Definition {
    name: "status",
    properties: &[
        Property::scalar(Role::Flag, "state", Datatype::String, REQUIRED)
            .one_of(&["operational", "under-development", "under-major-modification", "disposition", "other"])
            .declared(&constraints::ssp::STATUS_STATE_FLAG),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::STATUS,
};

pub(super) static AUTHORIZATION_BOUNDARY: Definition = Definition {
    name: "authorization-boundary",
    properties: &[
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "diagrams", &DIAGRAM, ANY).named("diagram").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::AUTHORIZATION_BOUNDARY,
};

pub(super) static DIAGRAM: Definition = Definition {
    name: "diagram",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "caption", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::DIAGRAM,
};

pub(super) static NETWORK_ARCHITECTURE: Definition = Definition {
    name: "network-architecture",
    properties: &[
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "diagrams", &DIAGRAM, ANY).named("diagram").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::NETWORK_ARCHITECTURE,
};

pub(super) static DATA_FLOW: Definition = Definition {
    name: "data-flow",
    properties: &[
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "diagrams", &DIAGRAM, ANY).named("diagram").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::DATA_FLOW,
};

pub(super) static SYSTEM_IMPLEMENTATION: Definition = Definition {
    name: "system-implementation",
    properties: &[
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "leveraged-authorizations", &LEVERAGED_AUTHORIZATION, ANY)
            .named("leveraged-authorization")
            .array(),
        Property::object(Role::Assembly, "users", &super::implementation::SYSTEM_USER, ANY)
            .named("user")
            .array(),
        Property::object(Role::Assembly, "components", &super::implementation::SYSTEM_COMPONENT, SOME)
            .named("component")
            .array(),
        Property::object(Role::Assembly, "inventory-items", &super::implementation::INVENTORY_ITEM, ANY)
            .named("inventory-item")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::SYSTEM_IMPLEMENTATION,
};

pub(super) static LEVERAGED_AUTHORIZATION: Definition = Definition {
    name: "leveraged-authorization",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "party-uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "date-authorized", Datatype::Date, REQUIRED)
            .declared(&constraints::ssp::DATE_AUTHORIZED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::SYSTEM_IMPLEMENTATION_LEVERAGED_AUTHORIZATION,
};

pub(super) static CONTROL_IMPLEMENTATION: Definition = Definition {
    name: "control-implementation",
    properties: &[
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "set-parameters", &super::implementation::SET_PARAMETER, ANY)
            .named("set-parameter")
            .array(),
        Property::object(Role::Assembly, "implemented-requirements", &IMPLEMENTED_REQUIREMENT, SOME)
            .named("implemented-requirement")
            .array(),
    ],
    choices: &[],
    declaration: &constraints::ssp::CONTROL_IMPLEMENTATION,
};

pub(super) static IMPLEMENTED_REQUIREMENT: Definition = Definition {
    name: "implemented-requirement",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "control-id", Datatype::Token, REQUIRED)
            .declared(&constraints::control::CONTROL_ID_FLAG),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "set-parameters", &super::implementation::SET_PARAMETER, ANY)
            .named("set-parameter")
            .array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::object(Role::Assembly, "statements", &STATEMENT, ANY).named("statement").array(),
        Property::object(Role::Assembly, "by-components", &BY_COMPONENT, ANY).named("by-component").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::IMPLEMENTED_REQUIREMENT,
};

pub(super) static STATEMENT: Definition = Definition {
    name: "statement",
    properties: &[
        Property::scalar(Role::Flag, "statement-id", Datatype::Token, REQUIRED)
            .declared(&constraints::implementation::STATEMENT_ID_FLAG),
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::object(Role::Assembly, "by-components", &BY_COMPONENT, ANY).named("by-component").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::STATEMENT,
};

pub(super) static BY_COMPONENT: Definition = Definition {
    name: "by-component",
    properties: &[
        Property::scalar(Role::Flag, "component-uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "set-parameters", &super::implementation::SET_PARAMETER, ANY)
            .named("set-parameter")
            .array(),
        Property::object(
            Role::Assembly,
            "implementation-status",
            &super::implementation::IMPLEMENTATION_STATUS,
            OPTIONAL,
        ),
        Property::object(Role::Assembly, "export", &EXPORT, OPTIONAL),
        Property::object(Role::Assembly, "inherited", &INHERITED, ANY).array(),
        Property::object(Role::Assembly, "satisfied", &SATISFIED, ANY).array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::BY_COMPONENT,
};

pub(super) static EXPORT: Definition = Definition {
    name: "export",
    properties: &[
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "provided", &PROVIDED, ANY).array(),
        Property::object(Role::Assembly, "responsibilities", &RESPONSIBILITY, ANY)
            .named("responsibility")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::BY_COMPONENT_EXPORT,
};

pub(super) static PROVIDED: Definition = Definition {
    name: "provided",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::BY_COMPONENT_EXPORT_PROVIDED,
};

pub(super) static RESPONSIBILITY: Definition = Definition {
    name: "responsibility",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "provided-uuid", Datatype::Uuid, OPTIONAL)
            .declared(&constraints::ssp::PROVIDED_UUID_FLAG),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::BY_COMPONENT_EXPORT_RESPONSIBILITY,
};

pub(super) static INHERITED: Definition = Definition {
    name: "inherited",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "provided-uuid", Datatype::Uuid, OPTIONAL)
            .declared(&constraints::ssp::PROVIDED_UUID_FLAG),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
    ],
    choices: &[],
    declaration: &constraints::ssp::BY_COMPONENT_INHERITED,
};

pub(super) static SATISFIED: Definition = Definition {
    name: "satisfied",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "responsibility-uuid", Datatype::Uuid, OPTIONAL)
            .declared(&constraints::ssp::RESPONSIBILITY_UUID_FLAG),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::ssp::BY_COMPONENT_SATISFIED,
};
