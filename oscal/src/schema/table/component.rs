// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the component module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role, SOME};

pub(super) static COMPONENT_DEFINITION: Definition = Definition {
    name: "component-definition",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "metadata", &super::metadata::METADATA, REQUIRED),
        Property::object(Role::Assembly, "import-component-definitions", &IMPORT_COMPONENT_DEFINITION, ANY)
            .named("import-component-definition")
            .array(),
        Property::object(Role::Assembly, "components", &DEFINED_COMPONENT, ANY).named("component").array(),
        Property::object(Role::Assembly, "capabilities", &CAPABILITY, ANY).named("capability").array(),
        Property::object(Role::Assembly, "back-matter", &super::metadata::BACK_MATTER, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::component::COMPONENT_DEFINITION,
};

pub(super) static IMPORT_COMPONENT_DEFINITION: Definition = Definition {
    name: "import-component-definition",
    properties: &[
        Property::scalar(Role::Flag, "href", Datatype::UriReference, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::component::IMPORT_COMPONENT_DEFINITION,
};

pub(super) static DEFINED_COMPONENT: Definition = Definition {
    name: "defined-component",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "type", Datatype::String, REQUIRED)
            .declared(&constraints::component::DEFINED_COMPONENT_TYPE_FLAG),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::scalar(Role::Field, "purpose", Datatype::MarkupLine, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::object(Role::Assembly, "protocols", &super::implementation::PROTOCOL, ANY)
            .named("protocol")
            .array(),
        Property::object(Role::Assembly, "control-implementations", &CONTROL_IMPLEMENTATION, ANY)
            .named("control-implementation")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::component::DEFINED_COMPONENT,
};

pub(super) static CAPABILITY: Definition = Definition {
    name: "capability",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "name", Datatype::String, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "incorporates-components", &INCORPORATES_COMPONENT, ANY)
            .named("incorporates-component")
            .array(),
        Property::object(Role::Assembly, "control-implementations", &CONTROL_IMPLEMENTATION, ANY)
            .named("control-implementation")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::component::CAPABILITY,
};

pub(super) static INCORPORATES_COMPONENT: Definition = Definition {
    name: "incorporates-component",
    properties: &[
        Property::scalar(Role::Flag, "component-uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
    ],
    choices: &[],
    declaration: &constraints::component::INCORPORATES_COMPONENT,
};

pub(super) static CONTROL_IMPLEMENTATION: Definition = Definition {
    name: "control-implementation",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "source", Datatype::UriReference, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "set-parameters", &super::implementation::SET_PARAMETER, ANY)
            .named("set-parameter")
            .array(),
        Property::object(Role::Assembly, "implemented-requirements", &IMPLEMENTED_REQUIREMENT, SOME)
            .named("implemented-requirement")
            .array(),
    ],
    choices: &[],
    declaration: &constraints::component::CONTROL_IMPLEMENTATION,
};

pub(super) static IMPLEMENTED_REQUIREMENT: Definition = Definition {
    name: "implemented-requirement",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "control-id", Datatype::Token, REQUIRED)
            .declared(&constraints::control::CONTROL_ID_FLAG),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "set-parameters", &super::implementation::SET_PARAMETER, ANY)
            .named("set-parameter")
            .array(),
        Property::object(Role::Assembly, "responsible-roles", &super::metadata::RESPONSIBLE_ROLE, ANY)
            .named("responsible-role")
            .array(),
        Property::object(Role::Assembly, "statements", &STATEMENT, ANY).named("statement").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::component::IMPLEMENTED_REQUIREMENT,
};

pub(super) static STATEMENT: Definition = Definition {
    name: "statement",
    properties: &[
        Property::scalar(Role::Flag, "statement-id", Datatype::Token, REQUIRED)
            .declared(&constraints::implementation::STATEMENT_ID_FLAG),
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
    declaration: &constraints::component::STATEMENT,
};
