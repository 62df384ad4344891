// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the mapping module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Choice, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role, SOME};

pub(super) static MAPPING: Definition = Definition {
    name: "mapping",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "method", Datatype::String, OPTIONAL)
            .one_of(&["human", "automation", "hybrid"])
            .declared(&constraints::mapping::METHOD_FLAG),
        Property::scalar(Role::Flag, "matching-rationale", Datatype::String, OPTIONAL)
            .one_of(&["syntactic", "semantic", "functional"])
            .declared(&constraints::mapping::MATCHING_RATIONALE_FLAG),
        Property::scalar(Role::Flag, "status", Datatype::String, OPTIONAL)
            .one_of(&["complete", "not-complete", "draft", "deprecated", "superseded"])
            .declared(&constraints::mapping::STATUS_FLAG),
        Property::object(Role::Assembly, "source-resource", &MAPPING_RESOURCE_REFERENCE, REQUIRED),
        Property::object(Role::Assembly, "target-resource", &MAPPING_RESOURCE_REFERENCE, REQUIRED),
        Property::object(Role::Assembly, "maps", &MAP, SOME).named("map").array(),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
        Property::scalar(Role::Field, "mapping-description", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::mapping::MAPPING_DESCRIPTION),
        Property::object(Role::Assembly, "source-gap-summary", &GAP_SUMMARY, OPTIONAL),
        Property::object(Role::Assembly, "target-gap-summary", &GAP_SUMMARY, OPTIONAL),
        Property::object(Role::Assembly, "confidence-score", &CONFIDENCE_SCORE, OPTIONAL),
        Property::object(Role::Field, "coverage", &COVERAGE, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::mapping::MAPPING,
};

pub(super) static MAP: Definition = Definition {
    name: "map",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "ns", Datatype::Uri, OPTIONAL),
        Property::scalar(Role::Flag, "matching-rationale", Datatype::String, OPTIONAL)
            .one_of(&["syntactic", "semantic", "functional"])
            .declared(&constraints::mapping::MATCHING_RATIONALE_FLAG),
        Property::scalar(Role::Field, "relationship", Datatype::Token, REQUIRED)
            .declared(&constraints::mapping::MAP_RELATIONSHIP),
        Property::object(Role::Assembly, "sources", &MAPPING_ITEM, SOME).named("source").array(),
        Property::object(Role::Assembly, "targets", &MAPPING_ITEM, SOME).named("target").array(),
        Property::object(Role::Assembly, "qualifiers", &QUALIFIER_ITEM, ANY).named("qualifier").array(),
        Property::object(Role::Assembly, "confidence-score", &CONFIDENCE_SCORE, OPTIONAL),
        Property::object(Role::Field, "coverage", &COVERAGE, OPTIONAL),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::mapping::MAP,
};

pub(super) static MAPPING_ITEM: Definition = Definition {
    name: "mapping-item",
    properties: &[
        Property::scalar(Role::Flag, "type", Datatype::Token, REQUIRED)
            .one_of(&["control", "statement"])
            .declared(&constraints::mapping::MAPPING_ITEM_TYPE_FLAG),
        Property::scalar(Role::Flag, "id-ref", Datatype::String, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::mapping::MAPPING_ITEM,
};

pub(super) static MAPPING_RESOURCE_REFERENCE: Definition = Definition {
    name: "mapping-resource-reference",
    properties: &[
        Property::scalar(Role::Flag, "ns", Datatype::Uri, OPTIONAL),
        Property::scalar(Role::Flag, "type", Datatype::Token, REQUIRED)
            .declared(&constraints::mapping::MAPPING_RESOURCE_REFERENCE_TYPE_FLAG),
        Property::scalar(Role::Flag, "href", Datatype::UriReference, REQUIRED),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::mapping::MAPPING_RESOURCE_REFERENCE,
};

pub(super) static QUALIFIER_ITEM: Definition = Definition {
    name: "qualifier-item",
    properties: &[
        Property::scalar(Role::Flag, "subject", Datatype::String, REQUIRED)
            .one_of(&["source", "target", "both"])
            .declared(&constraints::mapping::QUALIFIER_ITEM_SUBJECT_FLAG),
        Property::scalar(Role::Flag, "predicate", Datatype::String, REQUIRED)
            .one_of(&["has-requirement", "has-incompatibility"])
            .declared(&constraints::mapping::QUALIFIER_ITEM_PREDICATE_FLAG),
        Property::scalar(Role::Flag, "category", Datatype::String, REQUIRED)
            .one_of(&["restricted", "addressable", "blocked"])
            .declared(&constraints::mapping::QUALIFIER_ITEM_CATEGORY_FLAG),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, REQUIRED),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::mapping::QUALIFIER_ITEM,
};

pub(super) static MAPPING_PROVENANCE: Definition = Definition {
    name: "mapping-provenance",
    properties: &[
        Property::scalar(Role::Flag, "method", Datatype::String, REQUIRED)
            .one_of(&["human", "automation", "hybrid"])
            .declared(&constraints::mapping::METHOD_FLAG),
        Property::scalar(Role::Flag, "matching-rationale", Datatype::String, REQUIRED)
            .one_of(&["syntactic", "semantic", "functional"])
            .declared(&constraints::mapping::MATCHING_RATIONALE_FLAG),
        Property::scalar(Role::Flag, "status", Datatype::String, REQUIRED)
            .one_of(&["complete", "not-complete", "draft", "deprecated", "superseded"])
            .declared(&constraints::mapping::STATUS_FLAG),
        Property::object(Role::Assembly, "confidence-score", &CONFIDENCE_SCORE, OPTIONAL),
        Property::object(Role::Field, "coverage", &COVERAGE, OPTIONAL),
        Property::scalar(Role::Field, "mapping-description", Datatype::MarkupMultiline, REQUIRED)
            .declared(&constraints::mapping::MAPPING_DESCRIPTION),
        Property::object(Role::Assembly, "responsible-parties", &super::metadata::RESPONSIBLE_PARTY, ANY)
            .named("responsible-party")
            .array(),
        Property::object(Role::Assembly, "props", &super::metadata::PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &super::metadata::LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::mapping::MAPPING_PROVENANCE,
};

pub(super) static GAP_SUMMARY: Definition = Definition {
    name: "gap-summary",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "unmapped-controls", &super::control::SELECT_CONTROL_BY_ID, SOME)
            .array(),
    ],
    choices: &[],
    declaration: &constraints::mapping::GAP_SUMMARY,
};

pub(super) static CONFIDENCE_SCORE: Definition = Definition {
    name: "confidence-score",
    properties: &[
        Property::scalar(Role::Field, "category", Datatype::String, OPTIONAL)
            .declared(&constraints::mapping::CONFIDENCE_SCORE_CATEGORY),
        Property::scalar(Role::Field, "percentage", Datatype::Decimal, OPTIONAL)
            .declared(&constraints::mapping::PERCENTAGE),
    ],
    choices: &[Choice { required: false, properties: &[0, 1] }],
    declaration: &constraints::mapping::CONFIDENCE_SCORE,
};

pub(super) static COVERAGE: Definition = Definition {
    name: "coverage",
    properties: &[
        Property::scalar(Role::Flag, "generation-method", Datatype::String, OPTIONAL)
            .declared(&constraints::mapping::COVERAGE_GENERATION_METHOD_FLAG),
        Property::scalar(Role::Value, "target-coverage", Datatype::Decimal, REQUIRED),
    ],
    choices: &[],
    declaration: &constraints::mapping::COVERAGE,
};

pub(super) static MAPPING_COLLECTION: Definition = Definition {
    name: "mapping-collection",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::object(Role::Assembly, "metadata", &super::metadata::METADATA, REQUIRED),
        Property::object(Role::Assembly, "provenance", &MAPPING_PROVENANCE, REQUIRED),
        Property::object(Role::Assembly, "mappings", &MAPPING, SOME).named("mapping").singleton_or_array(),
        Property::object(Role::Assembly, "back-matter", &super::metadata::BACK_MATTER, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::mapping::MAPPING_COLLECTION,
};
