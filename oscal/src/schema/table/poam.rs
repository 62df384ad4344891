// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the poam module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role, SOME};

pub(super) static PLAN_OF_ACTION_AND_MILESTONES: Definition = Definition {
    name: "plan-of-action-and-milestones",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "metadata", &super::metadata::METADATA, REQUIRED),
        Property::object(Role::Assembly, "import-ssp", &super::assessment::IMPORT_SSP, OPTIONAL),
        Property::object(Role::Field, "system-id", &super::implementation::SYSTEM_ID, OPTIONAL),
        Property::object(Role::Assembly, "local-definitions", &LOCAL_DEFINITIONS, OPTIONAL),
        Property::object(Role::Assembly, "observations", &super::assessment::OBSERVATION, ANY)
            .named("observation")
            .array(),
        Property::object(Role::Assembly, "risks", &super::assessment::RISK, ANY).named("risk").array(),
        Property::object(Role::Assembly, "findings", &super::assessment::FINDING, ANY)
            .named("finding")
            .array(),
        Property::object(Role::Assembly, "poam-items", &POAM_ITEM, SOME).named("poam-item").array(),
        Property::object(Role::Assembly, "back-matter", &super::metadata::BACK_MATTER, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::poam::PLAN_OF_ACTION_AND_MILESTONES,
};

pub(super) static LOCAL_DEFINITIONS: Definition = Definition {
    name: "local-definitions",
    properties: &[
        Property::object(Role::Assembly, "components", &super::implementation::SYSTEM_COMPONENT, ANY)
            .named("component")
            .array(),
        Property::object(Role::Assembly, "inventory-items", &super::implementation::INVENTORY_ITEM, ANY)
            .named("inventory-item")
            .array(),
        Property::object(
            Role::Assembly,
            "assessment-assets",
            &super::assessment::ASSESSMENT_ASSETS,
            OPTIONAL,
        ),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::poam::LOCAL_DEFINITIONS,
};

pub(super) static POAM_ITEM: Definition = Definition {
    name: "poam-item",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, OPTIONAL),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "origins", &ORIGIN, ANY).named("origin").array(),
        Property::object(Role::Assembly, "related-findings", &RELATED_FINDING, ANY)
            .named("related-finding")
            .array(),
        Property::object(
            Role::Assembly,
            "related-observations",
            &super::assessment::RELATED_OBSERVATION,
            ANY,
        )
        .named("related-observation")
        .array(),
        Property::object(Role::Assembly, "related-risks", &super::assessment::ASSOCIATED_RISK, ANY)
            .named("associated-risk")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::poam::POAM_ITEM,
};

pub(super) static ORIGIN: Definition = Definition {
    name: "origin",
    properties: &[Property::object(Role::Assembly, "actors", &super::assessment::ORIGIN_ACTOR, SOME)
        .named("actor")
        .array()],
    choices: &[],
    declaration: &constraints::poam::POAM_ITEM_ORIGIN,
};

pub(super) static RELATED_FINDING: Definition = Definition {
    name: "related-finding",
    properties: &[
        Property::scalar(Role::Flag, "finding-uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::poam::POAM_ITEM_RELATED_FINDING,
};
