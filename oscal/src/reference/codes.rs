//! Codes of findings about references (`PB0160` to `PB0169`).

use probity_diagnostics::Code;

/// A fragment that names nothing.
pub const DANGLING: Code = Code {
    id: "PB0160",
    title: "reference to nothing",
    explanation: "An href that begins with `#` names something in the same document: a resource of the back matter, a \
party, a component or anything else by its uuid, a control, part, group or parameter by its id. Nothing in the document has \
this identifier. It may be misspelt, or what it named was removed or renamed. A reference by id is a warning, as the \
standard has it for links between controls; one by uuid is an error.",
};

/// A parameter that is not there.
pub const NO_PARAMETER: Code = Code {
    id: "PB0161",
    title: "parameter is not there",
    explanation: "A parameter is inserted into a text, set to a value or depended upon, and neither the document nor \
the controls it is about have a parameter of this id. Readers would see an empty place, or the value would have no effect.",
};

/// An identifier that stands twice.
pub const DUPLICATE: Code = Code {
    id: "PB0162",
    title: "identifier stands twice",
    explanation: "Two objects of a document have the same identifier, so that a reference to it is ambiguous. An object \
that was copied needs a uuid of its own. In assessment results, the same object may stand once in each result.",
};

/// An id that the imported controls do not have.
pub const NO_CONTROL: Code = Code {
    id: "PB0163",
    title: "no such control or part",
    explanation: "A document names a control, a statement or an assessment objective that the catalog or profile it is \
about does not have. Ids are compared letter by letter. Where a profile is imported, only the controls that it selects \
count.",
};

/// An object that is not there.
pub const NO_OBJECT: Code = Code {
    id: "PB0164",
    title: "no such object",
    explanation: "A document names a component, user, party, task, observation or the like, and neither it nor the \
documents it imports have such an object. The object may have been removed, or the uuid belongs to another system.",
};

/// An object of another kind.
pub const OTHER_KIND: Code = Code {
    id: "PB0165",
    title: "object of another kind",
    explanation: "The identifier exists, but what has it is of another kind than the reference asks for, such as a user \
where the type says component. Correct the type or the identifier.",
};

/// An import of the wrong model.
pub const WRONG_IMPORT: Code = Code {
    id: "PB0166",
    title: "import of another model",
    explanation: "An import names an OSCAL document of a model that does not belong there: a system security plan \
imports a profile or catalog, an assessment plan imports a system security plan, assessment results import an assessment \
plan, and so on. Check which file is named.",
};

/// A document that imports itself.
pub const CIRCULAR: Code = Code {
    id: "PB0167",
    title: "documents import each other",
    explanation: "A document imports itself, directly or through others. What it refers to is then without a beginning. \
Remove one of the imports on the way.",
};

/// An import that was not read.
pub const NOT_READ: Code = Code {
    id: "PB0168",
    title: "references were not checked",
    explanation: "References lead into an imported document that was not read: it is remote, not there, not valid, or \
in a format that is not read. Nothing is known to be wrong; what is named was not checked. Files are read within the root \
only, and never from the network. A copy beside the document, named by a relative href or an rlink, makes the check whole. A \
resource with neither link nor content says itself that there is nothing to read, and gives no note.",
};

/// A statement of another control.
pub const OTHER_CONTROL: Code = Code {
    id: "PB0169",
    title: "part of another control",
    explanation: "A statement is named together with a control that it does not belong to. One of the two ids is \
probably left over from a copied entry.",
};

/// The codes of references.
pub const CODES: &[&Code] = &[
    &DANGLING,
    &NO_PARAMETER,
    &DUPLICATE,
    &NO_CONTROL,
    &NO_OBJECT,
    &OTHER_KIND,
    &WRONG_IMPORT,
    &CIRCULAR,
    &NOT_READ,
    &OTHER_CONTROL,
];
