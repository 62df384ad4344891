// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the implementation module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role, SOME};

pub(super) static SYSTEM_COMPONENT: Definition = Definition {
    name: "system-component",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "type", Datatype::String, REQUIRED)
            .declared(&constraints::implementation::SYSTEM_COMPONENT_TYPE_FLAG),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::scalar(Role::Field, "purpose", Datatype::MarkupLine, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "status", &STATUS, REQUIRED),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::object(Role::Assembly, "protocols", &PROTOCOL, ANY).named("protocol").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::implementation::SYSTEM_COMPONENT,
};

pub(super) static STATUS: Definition = Definition {
    name: "status",
    properties: &[
        Property::scalar(Role::Flag, "state", Datatype::Token, REQUIRED)
            .one_of(&["under-development", "operational", "disposition", "other"])
            .declared(&constraints::implementation::SYSTEM_COMPONENT_STATUS_STATE_FLAG),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::implementation::SYSTEM_COMPONENT_STATUS,
};

pub(super) static PROTOCOL: Definition = Definition {
    name: "protocol",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, OPTIONAL),
        Property::scalar(Role::Flag, "name", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::object(Role::Assembly, "port-ranges", &PORT_RANGE, ANY).named("port-range").array(),
    ],
    choices: &[],
    declaration: &constraints::implementation::PROTOCOL,
};

pub(super) static PORT_RANGE: Definition = Definition {
    name: "port-range",
    properties: &[
        Property::scalar(Role::Flag, "start", Datatype::NonNegativeInteger, OPTIONAL),
        Property::scalar(Role::Flag, "end", Datatype::NonNegativeInteger, OPTIONAL),
        Property::scalar(Role::Flag, "transport", Datatype::Token, OPTIONAL)
            .one_of(&["TCP", "UDP"])
            .declared(&constraints::implementation::PORT_RANGE_TRANSPORT_FLAG),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::implementation::PORT_RANGE,
};

pub(super) static IMPLEMENTATION_STATUS: Definition = Definition {
    name: "implementation-status",
    properties: &[
        Property::scalar(Role::Flag, "state", Datatype::Token, REQUIRED)
            .declared(&constraints::implementation::IMPLEMENTATION_STATUS_STATE_FLAG),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::implementation::IMPLEMENTATION_STATUS,
};

pub(super) static SYSTEM_USER: Definition = Definition {
    name: "system-user",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "short-name", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "role-ids", Datatype::Token, ANY)
            .named("role-id")
            .array()
            .declared(&constraints::metadata::ROLE_ID),
        Property::object(Role::Assembly, "authorized-privileges", &AUTHORIZED_PRIVILEGE, ANY)
            .named("authorized-privilege")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::implementation::SYSTEM_USER,
};

pub(super) static AUTHORIZED_PRIVILEGE: Definition = Definition {
    name: "authorized-privilege",
    properties: &[
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::scalar(Role::Field, "functions-performed", Datatype::String, SOME)
            .named("function-performed")
            .array()
            .declared(&constraints::implementation::FUNCTION_PERFORMED),
    ],
    choices: &[],
    declaration: &constraints::implementation::AUTHORIZED_PRIVILEGE,
};

pub(super) static INVENTORY_ITEM: Definition = Definition {
    name: "inventory-item",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-parties", &super::metadata::RESPONSIBLE_PARTY, ANY)
            .named("responsible-party")
            .array(),
        Property::object(Role::Assembly, "implemented-components", &IMPLEMENTED_COMPONENT, ANY)
            .named("implemented-component")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::implementation::INVENTORY_ITEM,
};

pub(super) static IMPLEMENTED_COMPONENT: Definition = Definition {
    name: "implemented-component",
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
    declaration: &constraints::implementation::INVENTORY_ITEM_IMPLEMENTED_COMPONENT,
};

pub(super) static SET_PARAMETER: Definition = Definition {
    name: "set-parameter",
    properties: &[
        Property::scalar(Role::Flag, "param-id", Datatype::Token, REQUIRED)
            .declared(&constraints::implementation::PARAM_ID_FLAG),
        Property::scalar(Role::Field, "values", Datatype::String, SOME).named("value").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::implementation::SET_PARAMETER,
};

pub(super) static SYSTEM_ID: Definition = Definition {
    name: "system-id",
    properties: &[
        Property::scalar(Role::Flag, "identifier-type", Datatype::Uri, OPTIONAL)
            .declared(&constraints::implementation::SYSTEM_ID_IDENTIFIER_TYPE_FLAG),
        Property::scalar(Role::Value, "id", Datatype::String, REQUIRED),
    ],
    choices: &[],
    declaration: &constraints::implementation::SYSTEM_ID,
};
