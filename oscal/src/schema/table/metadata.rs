// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the metadata module of OSCAL 1.2.2.

use super::constraints;
use crate::schema::{ANY, Choice, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role, SOME};

pub(super) static METADATA: Definition = Definition {
    name: "metadata",
    properties: &[
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "published", Datatype::DateTimeWithTimezone, OPTIONAL)
            .declared(&constraints::metadata::PUBLISHED),
        Property::scalar(Role::Field, "last-modified", Datatype::DateTimeWithTimezone, REQUIRED)
            .declared(&constraints::metadata::LAST_MODIFIED),
        Property::scalar(Role::Field, "version", Datatype::String, REQUIRED)
            .declared(&constraints::metadata::VERSION),
        Property::scalar(Role::Field, "oscal-version", Datatype::String, REQUIRED)
            .declared(&constraints::metadata::OSCAL_VERSION),
        Property::object(Role::Assembly, "revisions", &REVISION, ANY).named("revision").array().grouped(),
        Property::object(Role::Field, "document-ids", &DOCUMENT_ID, ANY).named("document-id").array(),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "roles", &ROLE, ANY).named("role").array(),
        Property::object(Role::Assembly, "locations", &LOCATION, ANY).named("location").array(),
        Property::object(Role::Assembly, "parties", &PARTY, ANY).named("party").array(),
        Property::object(Role::Assembly, "responsible-parties", &RESPONSIBLE_PARTY, ANY)
            .named("responsible-party")
            .array(),
        Property::object(Role::Assembly, "actions", &ACTION, ANY).named("action").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::metadata::METADATA,
};

pub(super) static REVISION: Definition = Definition {
    name: "revision",
    properties: &[
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "published", Datatype::DateTimeWithTimezone, OPTIONAL)
            .declared(&constraints::metadata::PUBLISHED),
        Property::scalar(Role::Field, "last-modified", Datatype::DateTimeWithTimezone, OPTIONAL)
            .declared(&constraints::metadata::LAST_MODIFIED),
        Property::scalar(Role::Field, "version", Datatype::String, REQUIRED)
            .declared(&constraints::metadata::VERSION),
        Property::scalar(Role::Field, "oscal-version", Datatype::String, OPTIONAL)
            .declared(&constraints::metadata::OSCAL_VERSION),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::metadata::METADATA_REVISION,
};

pub(super) static ROLE: Definition = Definition {
    name: "role",
    properties: &[
        Property::scalar(Role::Flag, "id", Datatype::Token, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "short-name", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::metadata::METADATA_ROLE,
};

pub(super) static LOCATION: Definition = Definition {
    name: "location",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::object(Role::Assembly, "address", &ADDRESS, OPTIONAL),
        Property::scalar(Role::Field, "email-addresses", Datatype::EmailAddress, ANY)
            .named("email-address")
            .array()
            .declared(&constraints::metadata::EMAIL_ADDRESS),
        Property::object(Role::Field, "telephone-numbers", &TELEPHONE_NUMBER, ANY)
            .named("telephone-number")
            .array(),
        Property::scalar(Role::Field, "urls", Datatype::Uri, ANY).named("url").array(),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::metadata::METADATA_LOCATION,
};

pub(super) static PARTY: Definition = Definition {
    name: "party",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "type", Datatype::String, REQUIRED)
            .one_of(&["person", "organization"])
            .declared(&constraints::metadata::METADATA_PARTY_TYPE_FLAG),
        Property::scalar(Role::Field, "name", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "short-name", Datatype::String, OPTIONAL),
        Property::object(Role::Field, "external-ids", &EXTERNAL_ID, ANY).named("external-id").array(),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "email-addresses", Datatype::EmailAddress, ANY)
            .named("email-address")
            .array()
            .declared(&constraints::metadata::EMAIL_ADDRESS),
        Property::object(Role::Field, "telephone-numbers", &TELEPHONE_NUMBER, ANY)
            .named("telephone-number")
            .array(),
        Property::object(Role::Assembly, "addresses", &ADDRESS, ANY).named("address").array(),
        Property::scalar(Role::Field, "location-uuids", Datatype::Uuid, ANY)
            .named("location-uuid")
            .array()
            .declared(&constraints::metadata::LOCATION_UUID),
        Property::scalar(Role::Field, "member-of-organizations", Datatype::Uuid, ANY)
            .named("member-of-organization")
            .array()
            .declared(&constraints::metadata::METADATA_PARTY_MEMBER_OF_ORGANIZATION),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[Choice { required: false, properties: &[9, 10] }],
    declaration: &constraints::metadata::METADATA_PARTY,
};

pub(super) static EXTERNAL_ID: Definition = Definition {
    name: "external-id",
    properties: &[
        Property::scalar(Role::Flag, "scheme", Datatype::Uri, REQUIRED)
            .declared(&constraints::metadata::METADATA_PARTY_EXTERNAL_ID_SCHEME_FLAG),
        Property::scalar(Role::Value, "id", Datatype::String, REQUIRED),
    ],
    choices: &[],
    declaration: &constraints::metadata::METADATA_PARTY_EXTERNAL_ID,
};

pub(super) static BACK_MATTER: Definition = Definition {
    name: "back-matter",
    properties: &[Property::object(Role::Assembly, "resources", &RESOURCE, ANY).named("resource").array()],
    choices: &[],
    declaration: &constraints::metadata::BACK_MATTER,
};

pub(super) static RESOURCE: Definition = Definition {
    name: "resource",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "description", Datatype::MarkupMultiline, OPTIONAL),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Field, "document-ids", &DOCUMENT_ID, ANY).named("document-id").array(),
        Property::object(Role::Assembly, "citation", &CITATION, OPTIONAL),
        Property::object(Role::Assembly, "rlinks", &RLINK, ANY).named("rlink").array(),
        Property::object(Role::Field, "base64", &BASE64, OPTIONAL),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::metadata::BACK_MATTER_RESOURCE,
};

pub(super) static CITATION: Definition = Definition {
    name: "citation",
    properties: &[
        Property::scalar(Role::Field, "text", Datatype::MarkupLine, REQUIRED),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
    ],
    choices: &[],
    declaration: &constraints::metadata::BACK_MATTER_RESOURCE_CITATION,
};

pub(super) static RLINK: Definition = Definition {
    name: "rlink",
    properties: &[
        Property::scalar(Role::Flag, "href", Datatype::UriReference, REQUIRED),
        Property::scalar(Role::Flag, "media-type", Datatype::String, OPTIONAL)
            .declared(&constraints::metadata::MEDIA_TYPE_FLAG),
        Property::object(Role::Field, "hashes", &HASH, ANY).named("hash").array(),
    ],
    choices: &[],
    declaration: &constraints::metadata::BACK_MATTER_RESOURCE_RLINK,
};

pub(super) static BASE64: Definition = Definition {
    name: "base64",
    properties: &[
        Property::scalar(Role::Flag, "filename", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "media-type", Datatype::String, OPTIONAL)
            .declared(&constraints::metadata::MEDIA_TYPE_FLAG),
        Property::scalar(Role::Value, "value", Datatype::Base64, REQUIRED),
    ],
    choices: &[],
    declaration: &constraints::metadata::BACK_MATTER_RESOURCE_BASE64,
};

pub(super) static PROPERTY: Definition = Definition {
    name: "property",
    properties: &[
        Property::scalar(Role::Flag, "name", Datatype::Token, REQUIRED),
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, OPTIONAL),
        Property::scalar(Role::Flag, "ns", Datatype::Uri, OPTIONAL),
        Property::scalar(Role::Flag, "value", Datatype::String, REQUIRED),
        Property::scalar(Role::Flag, "class", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "group", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::metadata::PROPERTY,
};

pub(super) static LINK: Definition = Definition {
    name: "link",
    properties: &[
        Property::scalar(Role::Flag, "href", Datatype::UriReference, REQUIRED),
        Property::scalar(Role::Flag, "rel", Datatype::Token, OPTIONAL)
            .declared(&constraints::metadata::LINK_REL_FLAG),
        Property::scalar(Role::Flag, "media-type", Datatype::String, OPTIONAL)
            .declared(&constraints::metadata::MEDIA_TYPE_FLAG),
        Property::scalar(Role::Flag, "resource-fragment", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "text", Datatype::MarkupLine, OPTIONAL),
    ],
    choices: &[],
    declaration: &constraints::metadata::LINK,
};

pub(super) static RESPONSIBLE_PARTY: Definition = Definition {
    name: "responsible-party",
    properties: &[
        Property::scalar(Role::Flag, "role-id", Datatype::Token, REQUIRED),
        Property::scalar(Role::Field, "party-uuids", Datatype::Uuid, SOME)
            .named("party-uuid")
            .array()
            .declared(&constraints::metadata::PARTY_UUID),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::metadata::RESPONSIBLE_PARTY,
};

pub(super) static ACTION: Definition = Definition {
    name: "action",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "date", Datatype::DateTimeWithTimezone, OPTIONAL),
        Property::scalar(Role::Flag, "type", Datatype::Token, REQUIRED),
        Property::scalar(Role::Flag, "system", Datatype::Uri, REQUIRED),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::object(Role::Assembly, "responsible-parties", &RESPONSIBLE_PARTY, ANY)
            .named("responsible-party")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::metadata::ACTION,
};

pub(super) static RESPONSIBLE_ROLE: Definition = Definition {
    name: "responsible-role",
    properties: &[
        Property::scalar(Role::Flag, "role-id", Datatype::Token, REQUIRED),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "party-uuids", Datatype::Uuid, ANY)
            .named("party-uuid")
            .array()
            .declared(&constraints::metadata::PARTY_UUID),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL)
            .declared(&constraints::metadata::REMARKS),
    ],
    choices: &[],
    declaration: &constraints::metadata::RESPONSIBLE_ROLE,
};

pub(super) static HASH: Definition = Definition {
    name: "hash",
    properties: &[
        Property::scalar(Role::Flag, "algorithm", Datatype::String, REQUIRED)
            .declared(&constraints::metadata::HASH_ALGORITHM_FLAG),
        Property::scalar(Role::Value, "value", Datatype::String, REQUIRED),
    ],
    choices: &[],
    declaration: &constraints::metadata::HASH,
};

pub(super) static TELEPHONE_NUMBER: Definition = Definition {
    name: "telephone-number",
    properties: &[
        Property::scalar(Role::Flag, "type", Datatype::String, OPTIONAL)
            .declared(&constraints::metadata::TELEPHONE_NUMBER_TYPE_FLAG),
        Property::scalar(Role::Value, "number", Datatype::String, REQUIRED),
    ],
    choices: &[],
    declaration: &constraints::metadata::TELEPHONE_NUMBER,
};

pub(super) static ADDRESS: Definition = Definition {
    name: "address",
    properties: &[
        Property::scalar(Role::Flag, "type", Datatype::Token, OPTIONAL)
            .declared(&constraints::metadata::LOCATION_TYPE_FLAG),
        Property::scalar(Role::Field, "addr-lines", Datatype::String, ANY)
            .named("addr-line")
            .array()
            .declared(&constraints::metadata::ADDR_LINE),
        Property::scalar(Role::Field, "city", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "state", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "postal-code", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "country", Datatype::String, OPTIONAL)
            .declared(&constraints::metadata::ADDRESS_COUNTRY),
    ],
    choices: &[],
    declaration: &constraints::metadata::ADDRESS,
};

pub(super) static DOCUMENT_ID: Definition = Definition {
    name: "document-id",
    properties: &[
        Property::scalar(Role::Flag, "scheme", Datatype::Uri, OPTIONAL)
            .declared(&constraints::metadata::DOCUMENT_ID_SCHEME_FLAG),
        Property::scalar(Role::Value, "identifier", Datatype::String, REQUIRED),
    ],
    choices: &[],
    declaration: &constraints::metadata::DOCUMENT_ID,
};
