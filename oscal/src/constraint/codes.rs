//! Codes of findings about constraints (`PB0140` to `PB0159`).

use probity_diagnostics::Code;

/// A value outside its set.
pub const ALLOWED_VALUES: Code = Code {
    id: "PB0140",
    title: "value is not allowed",
    explanation: "The Metaschema, or the rules of a programme, closes the set of values here. Where several sets reach \
the same value, it has to be in one of them. Choose one of the values that are listed. Names of props, parts and links \
are closed in the namespace of OSCAL only: what OSCAL has no name for belongs into a namespace of your own, with `ns`.",
};

/// A value of the wrong form.
pub const MATCHES: Code = Code {
    id: "PB0141",
    title: "value has the wrong form",
    explanation: "What a value has to look like depends on what stands beside it: the hash of an algorithm has its length, \
a prop that names a date holds a date, a link that leaves the document is a URI with its scheme. The finding says which \
pattern or datatype is asked for here.",
};

/// A condition that does not hold.
pub const EXPECT: Code = Code {
    id: "PB0142",
    title: "condition does not hold",
    explanation: "The Metaschema, or the rules of a programme, asks for a combination that the structure alone cannot \
express, such as a statement in every control that is not withdrawn. The finding names the condition; `context` in it is \
the object that is marked.",
};

/// The same key twice in an index.
pub const INDEX: Code = Code {
    id: "PB0143",
    title: "identifier stands twice",
    explanation: "Identifiers of this kind are collected in an index, so that references can be followed. Two objects \
with the same identifier cannot be told apart, and every reference to them is ambiguous. Give one of them another \
identifier, and correct the references that meant it.",
};

/// A reference that leads nowhere.
pub const INDEX_HAS_KEY: Code = Code {
    id: "PB0144",
    title: "reference leads nowhere",
    explanation: "The value refers to an object of this document that is not there: a role, a party, a location, a \
component, a resource of the back matter. Correct the value, or add the object that it names.",
};

/// Objects that should differ and do not.
pub const IS_UNIQUE: Code = Code {
    id: "PB0145",
    title: "not unique",
    explanation: "Objects in one group have to differ in what identifies them: a role is given responsible parties once, \
a parameter is set once, a component is described once. Merge the two, or remove one of them.",
};

/// Too few or too many.
pub const HAS_CARDINALITY: Code = Code {
    id: "PB0146",
    title: "wrong number",
    explanation: "The structure leaves the number of these objects open, a constraint does not: it depends on what they \
are, such as one prop `method` for each assessment method. Add what is missing, or remove what is too much.",
};

/// A value that should not be used any more.
pub const DEPRECATED_VALUE: Code = Code {
    id: "PB0147",
    title: "deprecated value",
    explanation: "The value is still accepted and will not be in a later release of OSCAL. It is reported once for the \
whole document, at the first place where it stands. The set of values usually has its successor.",
};

/// A value close to one of an open set.
pub const UNUSUAL_VALUE: Code = Code {
    id: "PB0148",
    title: "unusual value",
    explanation: "Any value may stand here. This one differs so little from a value that OSCAL gives a meaning that it \
may be misspelt, and then tools will not see the meaning. It is reported once for the whole document.",
};

/// A constraint that cannot be checked.
pub const NOT_CHECKED: Code = Code {
    id: "PB0149",
    title: "constraint could not be checked",
    explanation: "An expression of the constraint has no value for this document: it compares what cannot be compared, \
asks for one item where there are several, reads a document that is not at hand, or takes too long. The constraint is \
neither kept nor broken. Where it comes from a file of constraints, mend the expression there.",
};

/// An index that nothing declares.
pub const UNKNOWN_INDEX: Code = Code {
    id: "PB0150",
    title: "index is not declared",
    explanation: "A constraint looks for keys in an index that no constraint for this model collects, so that every \
reference would lead nowhere. Declare an `index` of that name for the model, or correct the name.",
};

/// A file of constraints that cannot be read.
pub const CONSTRAINT_FILE: Code = Code {
    id: "PB0151",
    title: "file of constraints cannot be used",
    explanation: "A file of constraints is XML in the namespace of the Metaschema with `metaschema-meta-constraints` or \
`METASCHEMA-CONSTRAINTS` at its root. It holds contexts, or scopes, with constraints of the seven kinds. Nothing in it is \
passed over: an element, an attribute or a function that is not known is an error, because the constraint would \
otherwise seem to be kept.",
};

/// An expression that cannot be read.
pub const EXPRESSION: Code = Code {
    id: "PB0152",
    title: "expression cannot be used",
    explanation: "The expression is no Metapath, names a function that is not known, or uses a variable that no `let` \
before it sets. The column is that of the place in the file where the expression begins.",
};

/// The codes of constraints.
pub const CODES: &[&Code] = &[
    &ALLOWED_VALUES,
    &MATCHES,
    &EXPECT,
    &INDEX,
    &INDEX_HAS_KEY,
    &IS_UNIQUE,
    &HAS_CARDINALITY,
    &DEPRECATED_VALUE,
    &UNUSUAL_VALUE,
    &NOT_CHECKED,
    &UNKNOWN_INDEX,
    &CONSTRAINT_FILE,
    &EXPRESSION,
];
