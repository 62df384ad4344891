// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the catalog module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Choice, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role};

pub(super) static CATALOG: Definition = Definition {
    name: "catalog",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "metadata", &super::metadata::METADATA, REQUIRED),
        Property::object(Role::Assembly, "params", &super::control::PARAMETER, ANY).named("param").array(),
        Property::object(Role::Assembly, "controls", &CONTROL, ANY).named("control").array(),
        Property::object(Role::Assembly, "groups", &GROUP, ANY).named("group").array(),
        Property::object(Role::Assembly, "back-matter", &super::metadata::BACK_MATTER, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::catalog::CATALOG,
};

pub(super) static GROUP: Definition = Definition {
    name: "group",
    properties: &[
        Property::scalar(Role::Flag, "id", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "class", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::object(Role::Assembly, "params", &super::control::PARAMETER, ANY).named("param").array(),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "parts", &super::control::PART, ANY).named("part").array(),
        Property::object(Role::Assembly, "groups", &GROUP, ANY).named("group").array(),
        Property::object(Role::Assembly, "controls", &CONTROL, ANY).named("control").array(),
    ],
    choices: &[Choice { required: false, properties: &[7, 8] }],
    declaration: &constraints::catalog::GROUP,
};

pub(super) static CONTROL: Definition = Definition {
    name: "control",
    properties: &[
        Property::scalar(Role::Flag, "id", Datatype::Token, REQUIRED),
        Property::scalar(Role::Flag, "class", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::object(Role::Assembly, "params", &super::control::PARAMETER, ANY).named("param").array(),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "parts", &super::control::PART, ANY).named("part").array(),
        Property::object(Role::Assembly, "controls", &CONTROL, ANY).named("control").array(),
    ],
    choices: &[],
    declaration: &constraints::catalog::CONTROL,
};
