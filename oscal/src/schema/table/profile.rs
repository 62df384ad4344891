// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the profile module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Choice, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role, SOME};

pub(super) static PROFILE: Definition = Definition {
    name: "profile",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "metadata", &super::metadata::METADATA, REQUIRED),
        Property::object(Role::Assembly, "imports", &IMPORT, SOME).named("import").array(),
        Property::object(Role::Assembly, "merge", &MERGE, OPTIONAL),
        Property::object(Role::Assembly, "modify", &MODIFY, OPTIONAL),
        Property::object(Role::Assembly, "back-matter", &super::metadata::BACK_MATTER, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::profile::PROFILE,
};

pub(super) static IMPORT: Definition = Definition {
    name: "import",
    properties: &[
        Property::scalar(Role::Flag, "href", Datatype::UriReference, REQUIRED),
        Property::object(Role::Assembly, "include-all", &super::control::INCLUDE_ALL, OPTIONAL),
        Property::object(Role::Assembly, "include-controls", &super::control::SELECT_CONTROL_BY_ID, ANY)
            .array(),
        Property::object(Role::Assembly, "exclude-controls", &super::control::SELECT_CONTROL_BY_ID, ANY)
            .array(),
    ],
    choices: &[Choice { required: true, properties: &[1, 2] }],
    declaration: &constraints::profile::IMPORT,
};

pub(super) static MERGE: Definition = Definition {
    name: "merge",
    properties: &[
        Property::object(Role::Assembly, "combine", &COMBINE, OPTIONAL),
        Property::object(Role::Assembly, "flat", &FLAT, OPTIONAL),
        Property::scalar(Role::Field, "as-is", Datatype::Boolean, OPTIONAL),
        Property::object(Role::Assembly, "custom", &CUSTOM, OPTIONAL),
    ],
    choices: &[Choice { required: true, properties: &[1, 2, 3] }],
    declaration: &constraints::profile::MERGE,
};

pub(super) static COMBINE: Definition = Definition {
    name: "combine",
    properties: &[Property::scalar(Role::Flag, "method", Datatype::String, OPTIONAL)
        .one_of(&["use-first", "merge", "keep"])
        .declared(&constraints::profile::MERGE_COMBINE_METHOD_FLAG)],
    choices: &[],
    declaration: &constraints::profile::MERGE_COMBINE,
};

pub(super) static FLAT: Definition = Definition {
    name: "flat",
    properties: &[],
    choices: &[],
    declaration: &constraints::profile::MERGE_FLAT,
};

pub(super) static CUSTOM: Definition = Definition {
    name: "custom",
    properties: &[
        Property::object(Role::Assembly, "groups", &GROUP, ANY).named("group").array(),
        Property::object(Role::Assembly, "insert-controls", &INSERT_CONTROLS, ANY).array(),
    ],
    choices: &[],
    declaration: &constraints::profile::MERGE_CUSTOM,
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
        Property::object(Role::Assembly, "insert-controls", &INSERT_CONTROLS, ANY).array(),
    ],
    choices: &[Choice { required: false, properties: &[7, 8] }],
    declaration: &constraints::profile::GROUP,
};

pub(super) static MODIFY: Definition = Definition {
    name: "modify",
    properties: &[
        Property::object(Role::Assembly, "set-parameters", &SET_PARAMETER, ANY)
            .named("set-parameter")
            .array(),
        Property::object(Role::Assembly, "alters", &ALTER, ANY).named("alter").array(),
    ],
    choices: &[],
    declaration: &constraints::profile::MODIFY,
};

pub(super) static SET_PARAMETER: Definition = Definition {
    name: "set-parameter",
    properties: &[
        Property::scalar(Role::Flag, "param-id", Datatype::Token, REQUIRED),
        Property::scalar(Role::Flag, "class", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "depends-on", Datatype::Token, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "label", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "usage", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "constraints", &super::control::PARAMETER_CONSTRAINT, ANY)
            .named("constraint")
            .array(),
        Property::object(Role::Assembly, "guidelines", &super::control::PARAMETER_GUIDELINE, ANY)
            .named("guideline")
            .array(),
        Property::scalar(Role::Field, "values", Datatype::String, ANY)
            .named("value")
            .array()
            .declared(&constraints::control::PARAMETER_VALUE),
        Property::object(Role::Assembly, "select", &super::control::PARAMETER_SELECTION, OPTIONAL),
    ],
    choices: &[Choice { required: false, properties: &[9, 10] }],
    declaration: &constraints::profile::MODIFY_SET_PARAMETER,
};

pub(super) static ALTER: Definition = Definition {
    name: "alter",
    properties: &[
        Property::scalar(Role::Flag, "control-id", Datatype::Token, REQUIRED)
            .declared(&constraints::control::CONTROL_ID_FLAG),
        Property::object(Role::Assembly, "removes", &REMOVE, ANY).named("remove").array(),
        Property::object(Role::Assembly, "adds", &ADD, ANY).named("add").array(),
    ],
    choices: &[],
    declaration: &constraints::profile::MODIFY_ALTER,
};

pub(super) static REMOVE: Definition = Definition {
    name: "remove",
    properties: &[
        Property::scalar(Role::Flag, "by-name", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "by-class", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "by-id", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "by-item-name", Datatype::Token, OPTIONAL)
            .one_of(&["param", "prop", "link", "part", "mapping", "map"])
            .declared(&constraints::profile::MODIFY_ALTER_REMOVE_BY_ITEM_NAME_FLAG),
        Property::scalar(Role::Flag, "by-ns", Datatype::Uri, OPTIONAL),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::profile::MODIFY_ALTER_REMOVE,
};

pub(super) static ADD: Definition = Definition {
    name: "add",
    properties: &[
        Property::scalar(Role::Flag, "position", Datatype::Token, OPTIONAL)
            .one_of(&["before", "after", "starting", "ending"])
            .declared(&constraints::profile::MODIFY_ALTER_ADD_POSITION_FLAG),
        Property::scalar(Role::Flag, "by-id", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::object(Role::Assembly, "params", &super::control::PARAMETER, ANY).named("param").array(),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "parts", &super::control::PART, ANY).named("part").array(),
    ],
    choices: &[],
    declaration: &constraints::profile::MODIFY_ALTER_ADD,
};

pub(super) static INSERT_CONTROLS: Definition = Definition {
    name: "insert-controls",
    properties: &[
        Property::scalar(Role::Flag, "order", Datatype::Token, OPTIONAL)
            .one_of(&["keep", "ascending", "descending"])
            .declared(&constraints::profile::INSERT_CONTROLS_ORDER_FLAG),
        Property::object(Role::Assembly, "include-all", &super::control::INCLUDE_ALL, OPTIONAL),
        Property::object(Role::Assembly, "include-controls", &super::control::SELECT_CONTROL_BY_ID, ANY)
            .array(),
        Property::object(Role::Assembly, "exclude-controls", &super::control::SELECT_CONTROL_BY_ID, ANY)
            .array(),
    ],
    choices: &[Choice { required: true, properties: &[1, 2] }],
    declaration: &constraints::profile::INSERT_CONTROLS,
};
