// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the assessment-plan module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role};

pub(super) static ASSESSMENT_PLAN: Definition = Definition {
    name: "assessment-plan",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "metadata", &super::metadata::METADATA, REQUIRED),
        Property::object(Role::Assembly, "import-ssp", &super::assessment::IMPORT_SSP, REQUIRED),
        Property::object(Role::Assembly, "local-definitions", &LOCAL_DEFINITIONS, OPTIONAL),
        Property::object(Role::Assembly, "terms-and-conditions", &TERMS_AND_CONDITIONS, OPTIONAL),
        Property::object(
            Role::Assembly,
            "reviewed-controls",
            &super::assessment::REVIEWED_CONTROLS,
            REQUIRED,
        ),
        Property::object(Role::Assembly, "assessment-subjects", &super::assessment::ASSESSMENT_SUBJECT, ANY)
            .named("assessment-subject")
            .array(),
        Property::object(
            Role::Assembly,
            "assessment-assets",
            &super::assessment::ASSESSMENT_ASSETS,
            OPTIONAL,
        ),
        Property::object(Role::Assembly, "tasks", &super::assessment::TASK, ANY).named("task").array(),
        Property::object(Role::Assembly, "back-matter", &super::metadata::BACK_MATTER, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::assessment_plan::ASSESSMENT_PLAN,
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
        Property::object(Role::Assembly, "users", &super::implementation::SYSTEM_USER, ANY)
            .named("user")
            .array(),
        Property::object(Role::Assembly, "objectives-and-methods", &super::assessment::LOCAL_OBJECTIVE, ANY)
            .array(),
        Property::object(Role::Assembly, "activities", &super::assessment::ACTIVITY, ANY)
            .named("activity")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::assessment_plan::ASSESSMENT_PLAN_LOCAL_DEFINITIONS,
};

pub(super) static TERMS_AND_CONDITIONS: Definition = Definition {
    name: "terms-and-conditions",
    properties: &[Property::object(Role::Assembly, "parts", &super::assessment::ASSESSMENT_PART, ANY)
        .named("part")
        .array()],
    choices: &[],
    declaration: &constraints::assessment_plan::ASSESSMENT_PLAN_TERMS_AND_CONDITIONS,
};
