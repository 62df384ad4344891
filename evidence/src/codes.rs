//! Stable codes of findings about the ontology and about evidence (`PB03xx`).

use probity_diagnostics::Code;

/// The ontology file has not the form of one.
pub const ONTOLOGY_FORM: Code = Code {
    id: "PB0301",
    title: "not an ontology",
    explanation: "The ontology is a mapping with `ontology` (its URI), `version`, `resource-types` and `features`. \
Each type has a name in upper camel case and may have `extends`, `abstract`, `description` and `properties`; each \
property is a type notation or a mapping with `type` and `description`.",
};

/// A type extends a type that does not exist.
pub const UNKNOWN_PARENT: Code = Code {
    id: "PB0302",
    title: "unknown parent type",
    explanation: "`extends` names a type that the ontology does not define. A resource type extends a resource \
type, a feature extends a feature.",
};

/// Types that extend each other in a circle.
pub const CYCLE: Code = Code {
    id: "PB0303",
    title: "types extend each other in a circle",
    explanation: "Following `extends` from this type leads back to it, so it has no root. Break the circle.",
};

/// The type of a property is not known.
pub const UNKNOWN_PROPERTY_TYPE: Code = Code {
    id: "PB0304",
    title: "unknown property type",
    explanation: "The type of a property is one of boolean, integer, number, string, duration, size, percentage, \
version, date-time, port, cidr, labels, reference(<resource type>) or the name of a feature; `[]` behind it makes \
it a list.",
};

/// A property is declared again with another meaning.
pub const PROPERTY_REDEFINED: Code = Code {
    id: "PB0305",
    title: "property declared twice",
    explanation: "A type declares a property that one of its ancestors has with another type, or a name that every \
resource has anyway (id, name, type, related). Choose another name, or leave the declaration out.",
};

/// A line is not an evidence record.
pub const RECORD_FORM: Code = Code {
    id: "PB0310",
    title: "not an evidence record",
    explanation: "An evidence set is JSON lines: every line is one JSON object whose `kind` is begin, resource, gone, \
problem or end. A line that is none is left out of the set.",
};

/// A field of a record is missing, unknown or of another form.
pub const RECORD_FIELD: Code = Code {
    id: "PB0311",
    title: "wrong field in an evidence record",
    explanation: "The record lacks a field that its kind needs, has one that its kind does not know, or holds a \
value of another form there.",
};

/// A line is longer than the limit.
pub const LINE_TOO_LONG: Code = Code {
    id: "PB0312",
    title: "evidence line too long",
    explanation: "Evidence is read line by line, and a line has a size limit so that a hostile file cannot fill the \
memory. The line is left out.",
};

/// The set does not begin or end as a set does.
pub const SET_FRAME: Code = Code {
    id: "PB0313",
    title: "evidence set without its frame",
    explanation: "The first line of an evidence set is its `begin` record, which names collector, scope and ontology; \
there is one of them. Nothing follows the `end` record. Keep one set per file.",
};

/// The set has no end record, or holds another number of resources.
pub const SET_INCOMPLETE: Code = Code {
    id: "PB0314",
    title: "incomplete evidence set",
    explanation: "The set has no `end` record, or holds another number of resources than that record says: its \
collector was interrupted, or lines were lost or added. What is absent from it proves nothing. Collect it again.",
};

/// The digest of a line does not match its content.
pub const DIGEST_MISMATCH: Code = Code {
    id: "PB0315",
    title: "evidence was changed",
    explanation: "The SHA-256 digest on the line is not that of its content (RFC 8785 form of the line without \
`digest`): the line was changed after it was collected. Collect it again.",
};

/// Two lines of a set describe the same resource.
pub const DUPLICATE_RESOURCE: Code = Code {
    id: "PB0316",
    title: "resource stands twice in an evidence set",
    explanation: "A set describes the state of every resource once. With two lines of the same id nobody can say which \
one holds.",
};

/// The set is written in the words of another ontology.
pub const OTHER_ONTOLOGY: Code = Code {
    id: "PB0317",
    title: "evidence in another ontology",
    explanation: "The `begin` record names an ontology that is not the one in use. Its words may mean something else.",
};

/// The resource type is not in the ontology, or abstract.
pub const UNKNOWN_RESOURCE_TYPE: Code = Code {
    id: "PB0320",
    title: "unknown resource type",
    explanation: "Evidence is written in the resource types of the ontology. Abstract types only gather what their \
descendants share; a resource has one of these.",
};

/// The resource has a property that its type does not have.
pub const UNKNOWN_PROPERTY: Code = Code {
    id: "PB0321",
    title: "unknown property",
    explanation: "The resource type and its ancestors have no such property, or the feature has none. No check could \
ever read it.",
};

/// A property holds a value of another type.
pub const WRONG_VALUE: Code = Code {
    id: "PB0322",
    title: "wrong type of value",
    explanation: "The ontology gives the property another type or unit: a duration is a number of seconds, a size a \
number of bytes, a percentage a number from 0 to 100, a version a dotted string, a date-time RFC 3339 text. `null` \
(looked for and absent) is allowed everywhere.",
};

/// There are more findings than are shown.
pub const MORE_FINDINGS: Code = Code {
    id: "PB0329",
    title: "further findings",
    explanation: "A file with very many findings shows the first of them and counts the rest.",
};

/// The codes of this crate.
pub const CODES: &[&Code] = &[
    &ONTOLOGY_FORM,
    &UNKNOWN_PARENT,
    &CYCLE,
    &UNKNOWN_PROPERTY_TYPE,
    &PROPERTY_REDEFINED,
    &RECORD_FORM,
    &RECORD_FIELD,
    &LINE_TOO_LONG,
    &SET_FRAME,
    &SET_INCOMPLETE,
    &DIGEST_MISMATCH,
    &DUPLICATE_RESOURCE,
    &OTHER_ONTOLOGY,
    &UNKNOWN_RESOURCE_TYPE,
    &UNKNOWN_PROPERTY,
    &WRONG_VALUE,
    &MORE_FINDINGS,
];
