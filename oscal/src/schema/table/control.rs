// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the control module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Choice, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role};

pub(super) static PART: Definition = Definition {
    name: "part",
    properties: &[
        Property::scalar(Role::Flag, "id", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "name", Datatype::Token, REQUIRED),
        Property::scalar(Role::Flag, "ns", Datatype::Uri, OPTIONAL),
        Property::scalar(Role::Flag, "class", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::scalar(Role::Field, "prose", Datatype::MarkupMultiline, OPTIONAL).unwrapped(),
        Property::object(Role::Assembly, "parts", &PART, ANY).named("part").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
    ],
    choices: &[],
    declaration: &constraints::control::PART,
};

pub(super) static PARAMETER: Definition = Definition {
    name: "parameter",
    properties: &[
        Property::scalar(Role::Flag, "id", Datatype::Token, REQUIRED),
        Property::scalar(Role::Flag, "class", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "depends-on", Datatype::Token, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "label", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "usage", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "constraints", &PARAMETER_CONSTRAINT, ANY)
            .named("constraint")
            .array(),
        Property::object(Role::Assembly, "guidelines", &PARAMETER_GUIDELINE, ANY).named("guideline").array(),
        Property::scalar(Role::Field, "values", Datatype::String, ANY)
            .named("value")
            .array()
            .declared(&constraints::control::PARAMETER_VALUE),
        Property::object(Role::Assembly, "select", &PARAMETER_SELECTION, OPTIONAL),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[Choice { required: false, properties: &[9, 10] }],
    declaration: &constraints::control::PARAMETER,
};

pub(super) static PARAMETER_CONSTRAINT: Definition = Definition {
    name: "parameter-constraint",
    properties: &[
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "tests", &TEST, ANY).named("test").array(),
    ],
    choices: &[],
    declaration: &constraints::control::PARAMETER_CONSTRAINT,
};

pub(super) static TEST: Definition = Definition {
    name: "test",
    properties: &[
        Property::scalar(Role::Field, "expression", Datatype::String, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::control::PARAMETER_CONSTRAINT_TEST,
};

pub(super) static PARAMETER_GUIDELINE: Definition = Definition {
    name: "parameter-guideline",
    properties: &[Property::scalar(Role::Field, "prose", Datatype::MarkupMultiline, REQUIRED).unwrapped()],
    choices: &[],
    declaration: &constraints::control::PARAMETER_GUIDELINE,
};

pub(super) static PARAMETER_SELECTION: Definition = Definition {
    name: "parameter-selection",
    properties: &[
        Property::scalar(Role::Flag, "how-many", Datatype::Token, OPTIONAL)
            .one_of(&["one", "one-or-more"])
            .declared(&constraints::control::PARAMETER_SELECTION_HOW_MANY_FLAG),
        Property::scalar(Role::Field, "choice", Datatype::MarkupLine, ANY).array(),
    ],
    choices: &[],
    declaration: &constraints::control::PARAMETER_SELECTION,
};

pub(super) static INCLUDE_ALL: Definition = Definition {
    name: "include-all",
    properties: &[],
    choices: &[],
    declaration: &constraints::control::INCLUDE_ALL,
};

pub(super) static MATCHING: Definition = Definition {
    name: "matching",
    properties: &[
        Property::scalar(Role::Flag, "pattern", Datatype::String, OPTIONAL)
            .declared(&constraints::control::PATTERN_FLAG),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::control::MATCHING,
};

pub(super) static SELECT_CONTROL_BY_ID: Definition = Definition {
    name: "select-control-by-id",
    properties: &[
        Property::scalar(Role::Flag, "with-child-controls", Datatype::Token, OPTIONAL)
            .one_of(&["yes", "no"])
            .declared(&constraints::control::WITH_CHILD_CONTROLS_FLAG),
        Property::scalar(Role::Field, "with-ids", Datatype::Token, ANY)
            .named("with-id")
            .array()
            .declared(&constraints::control::WITH_ID),
        Property::object(Role::Assembly, "matching", &MATCHING, ANY).array(),
    ],
    choices: &[],
    declaration: &constraints::control::SELECT_CONTROL_BY_ID,
};
