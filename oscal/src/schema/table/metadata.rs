// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Structure of the metadata module of OSCAL 1.2.2.

use crate::schema::{ANY, Choice, Datatype, Definition, OPTIONAL, Property, REQUIRED, Role, SOME};

pub(super) static METADATA: Definition = Definition {
    name: "metadata",
    properties: &[
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, REQUIRED),
        Property::scalar(Role::Field, "published", Datatype::DateTimeWithTimezone, OPTIONAL),
        Property::scalar(Role::Field, "last-modified", Datatype::DateTimeWithTimezone, REQUIRED),
        Property::scalar(Role::Field, "version", Datatype::String, REQUIRED),
        Property::scalar(Role::Field, "oscal-version", Datatype::String, REQUIRED),
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
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL),
    ],
    choices: &[],
};

pub(super) static REVISION: Definition = Definition {
    name: "revision",
    properties: &[
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::scalar(Role::Field, "published", Datatype::DateTimeWithTimezone, OPTIONAL),
        Property::scalar(Role::Field, "last-modified", Datatype::DateTimeWithTimezone, OPTIONAL),
        Property::scalar(Role::Field, "version", Datatype::String, REQUIRED),
        Property::scalar(Role::Field, "oscal-version", Datatype::String, OPTIONAL),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL),
    ],
    choices: &[],
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
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL),
    ],
    choices: &[],
};

pub(super) static LOCATION: Definition = Definition {
    name: "location",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Field, "title", Datatype::MarkupLine, OPTIONAL),
        Property::object(Role::Assembly, "address", &ADDRESS, OPTIONAL),
        Property::scalar(Role::Field, "email-addresses", Datatype::EmailAddress, ANY)
            .named("email-address")
            .array(),
        Property::object(Role::Field, "telephone-numbers", &TELEPHONE_NUMBER, ANY)
            .named("telephone-number")
            .array(),
        Property::scalar(Role::Field, "urls", Datatype::Uri, ANY).named("url").array(),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL),
    ],
    choices: &[],
};

pub(super) static PARTY: Definition = Definition {
    name: "party",
    properties: &[
        Property::scalar(Role::Flag, "uuid", Datatype::Uuid, REQUIRED),
        Property::scalar(Role::Flag, "type", Datatype::String, REQUIRED).one_of(&["person", "organization"]),
        Property::scalar(Role::Field, "name", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "short-name", Datatype::String, OPTIONAL),
        Property::object(Role::Field, "external-ids", &EXTERNAL_ID, ANY).named("external-id").array(),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "email-addresses", Datatype::EmailAddress, ANY)
            .named("email-address")
            .array(),
        Property::object(Role::Field, "telephone-numbers", &TELEPHONE_NUMBER, ANY)
            .named("telephone-number")
            .array(),
        Property::object(Role::Assembly, "addresses", &ADDRESS, ANY).named("address").array(),
        Property::scalar(Role::Field, "location-uuids", Datatype::Uuid, ANY).named("location-uuid").array(),
        Property::scalar(Role::Field, "member-of-organizations", Datatype::Uuid, ANY)
            .named("member-of-organization")
            .array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL),
    ],
    choices: &[Choice { required: false, properties: &[9, 10] }],
};

pub(super) static EXTERNAL_ID: Definition = Definition {
    name: "external-id",
    properties: &[
        Property::scalar(Role::Flag, "scheme", Datatype::Uri, REQUIRED),
        Property::scalar(Role::Value, "id", Datatype::String, REQUIRED),
    ],
    choices: &[],
};

pub(super) static BACK_MATTER: Definition = Definition {
    name: "back-matter",
    properties: &[Property::object(Role::Assembly, "resources", &RESOURCE, ANY).named("resource").array()],
    choices: &[],
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
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL),
    ],
    choices: &[],
};

pub(super) static CITATION: Definition = Definition {
    name: "citation",
    properties: &[
        Property::scalar(Role::Field, "text", Datatype::MarkupLine, REQUIRED),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
    ],
    choices: &[],
};

pub(super) static RLINK: Definition = Definition {
    name: "rlink",
    properties: &[
        Property::scalar(Role::Flag, "href", Datatype::UriReference, REQUIRED),
        Property::scalar(Role::Flag, "media-type", Datatype::String, OPTIONAL),
        Property::object(Role::Field, "hashes", &HASH, ANY).named("hash").array(),
    ],
    choices: &[],
};

pub(super) static BASE64: Definition = Definition {
    name: "base64",
    properties: &[
        Property::scalar(Role::Flag, "filename", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "media-type", Datatype::String, OPTIONAL),
        Property::scalar(Role::Value, "value", Datatype::Base64, REQUIRED),
    ],
    choices: &[],
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
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL),
    ],
    choices: &[],
};

pub(super) static LINK: Definition = Definition {
    name: "link",
    properties: &[
        Property::scalar(Role::Flag, "href", Datatype::UriReference, REQUIRED),
        Property::scalar(Role::Flag, "rel", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Flag, "media-type", Datatype::String, OPTIONAL),
        Property::scalar(Role::Flag, "resource-fragment", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "text", Datatype::MarkupLine, OPTIONAL),
    ],
    choices: &[],
};

pub(super) static RESPONSIBLE_PARTY: Definition = Definition {
    name: "responsible-party",
    properties: &[
        Property::scalar(Role::Flag, "role-id", Datatype::Token, REQUIRED),
        Property::scalar(Role::Field, "party-uuids", Datatype::Uuid, SOME).named("party-uuid").array(),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL),
    ],
    choices: &[],
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
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL),
    ],
    choices: &[],
};

pub(super) static RESPONSIBLE_ROLE: Definition = Definition {
    name: "responsible-role",
    properties: &[
        Property::scalar(Role::Flag, "role-id", Datatype::Token, REQUIRED),
        Property::object(Role::Assembly, "props", &PROPERTY, ANY).named("prop").array(),
        Property::object(Role::Assembly, "links", &LINK, ANY).named("link").array(),
        Property::scalar(Role::Field, "party-uuids", Datatype::Uuid, ANY).named("party-uuid").array(),
        Property::scalar(Role::Field, "remarks", Datatype::MarkupMultiline, OPTIONAL),
    ],
    choices: &[],
};

pub(super) static HASH: Definition = Definition {
    name: "hash",
    properties: &[
        Property::scalar(Role::Flag, "algorithm", Datatype::String, REQUIRED),
        Property::scalar(Role::Value, "value", Datatype::String, REQUIRED),
    ],
    choices: &[],
};

pub(super) static TELEPHONE_NUMBER: Definition = Definition {
    name: "telephone-number",
    properties: &[
        Property::scalar(Role::Flag, "type", Datatype::String, OPTIONAL),
        Property::scalar(Role::Value, "number", Datatype::String, REQUIRED),
    ],
    choices: &[],
};

pub(super) static ADDRESS: Definition = Definition {
    name: "address",
    properties: &[
        Property::scalar(Role::Flag, "type", Datatype::Token, OPTIONAL),
        Property::scalar(Role::Field, "addr-lines", Datatype::String, ANY).named("addr-line").array(),
        Property::scalar(Role::Field, "city", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "state", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "postal-code", Datatype::String, OPTIONAL),
        Property::scalar(Role::Field, "country", Datatype::String, OPTIONAL),
    ],
    choices: &[],
};

pub(super) static DOCUMENT_ID: Definition = Definition {
    name: "document-id",
    properties: &[
        Property::scalar(Role::Flag, "scheme", Datatype::Uri, OPTIONAL),
        Property::scalar(Role::Value, "identifier", Datatype::String, REQUIRED),
    ],
    choices: &[],
};
