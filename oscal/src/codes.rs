//! Codes of findings about the form of OSCAL documents (`PB01xx`).

use probity_diagnostics::Code;

/// A file that holds no OSCAL model.
pub const NOT_OSCAL: Code = Code {
    id: "PB0101",
    title: "not an OSCAL document",
    explanation: "An OSCAL document in JSON or YAML is an object with one key that names its model: `catalog`, \
`profile`, `mapping-collection`, `component-definition`, `system-security-plan`, `assessment-plan`, \
`assessment-results` or `plan-of-action-and-milestones`. Beside it only `$schema` may stand. In XML the root element \
has the name of the model and the namespace `http://csrc.nist.gov/ns/oscal/1.0`.",
};

/// A property that the model does not have at this place.
pub const UNKNOWN_PROPERTY: Code = Code {
    id: "PB0102",
    title: "unknown property",
    explanation: "OSCAL does not know this property at this place. It may be misspelt, stand one level too high or \
too low, or come from another release of OSCAL. In JSON and YAML, groups have a plural name (`props`, `with-ids`). What \
OSCAL has no property for belongs in `props` with a namespace of its own.",
};

/// A required property that is absent.
pub const MISSING_PROPERTY: Code = Code {
    id: "PB0103",
    title: "missing property",
    explanation: "OSCAL requires this property at this place. Add it; where its value is not known yet, the document \
is not ready to be exchanged.",
};

/// A value of another JSON type.
pub const WRONG_TYPE: Code = Code {
    id: "PB0104",
    title: "wrong type",
    explanation: "The value has another type than OSCAL gives it: text, number, boolean, object or array. Groups are \
arrays even where they hold one item. In YAML, text that looks like a number, a boolean or null must stand in quotes, \
version numbers such as `1.10` among them.",
};

/// A value that does not conform to its datatype.
pub const BAD_VALUE: Code = Code {
    id: "PB0105",
    title: "value does not fit its datatype",
    explanation: "The text does not have the form that its datatype asks for: a UUID of version 4 or 5, a token (letters, \
digits, `.`, `-`, `_`, beginning with a letter or `_`), a date and time with a zone, a URI, a line of text without \
blanks around it, and so on.",
};

/// Too few or too many items.
pub const ITEM_COUNT: Code = Code {
    id: "PB0106",
    title: "wrong number of items",
    explanation: "A group holds fewer or more items than OSCAL allows. Groups are never empty: leave out the property \
instead of writing an empty array.",
};

/// Properties that exclude each other, or none where one must stand.
pub const CHOICE: Code = Code {
    id: "PB0107",
    title: "choice not kept",
    explanation: "OSCAL offers a choice here: the properties that are named exclude each other, and where the choice is \
required one of them must stand.",
};

/// A release of OSCAL that is not the one of this build.
pub const OSCAL_RELEASE: Code = Code {
    id: "PB0108",
    title: "unusual oscal-version",
    explanation: "`oscal-version` names the release of OSCAL that a document follows, as three numbers without a `v` \
before them. Documents of a newer release or of another major version are read as far as this release knows them.",
};

/// More findings than are listed.
pub const MORE_FINDINGS: Code = Code {
    id: "PB0110",
    title: "more findings than are listed",
    explanation: "A file has so many problems of form that the rest is not listed. Mend the first ones: often one \
mistake at the top explains the others.",
};

/// A document of another model than is needed.
pub const OTHER_MODEL: Code = Code {
    id: "PB0111",
    title: "document of another model",
    explanation: "The file is a valid OSCAL document, but of another model than is needed here, such as a catalog where \
a profile is asked for. Check which file is named.",
};

/// XML that does not parse.
pub const XML_SYNTAX: Code = Code {
    id: "PB0120",
    title: "XML is not well-formed",
    explanation: "The text is not well-formed XML. The place marks where the reader gave up; the cause often stands just \
before it: a tag that is not closed, an attribute without quotes, a bare `&` or `<`.",
};

/// What XML allows and OSCAL has no use for.
pub const XML_REFUSED: Code = Code {
    id: "PB0121",
    title: "XML feature refused",
    explanation: "Document type definitions and entities other than `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;` can \
make a file read other files, or grow without bounds when it is read. OSCAL needs none of them. Encodings other than \
UTF-8 are not read either. Write characters as UTF-8, or as references such as `&#233;`.",
};

/// An element that the model does not have at this place.
pub const XML_ELEMENT: Code = Code {
    id: "PB0122",
    title: "unknown element",
    explanation: "OSCAL does not know this element at this place. It may be misspelt, stand one level too high or too \
low, or come from another release of OSCAL. In XML each item of a group has the singular name (`prop`, `with-id`); \
only revisions have an element around them. Prose knows `p`, `h1` to `h6`, `ul`, `ol`, `pre`, `blockquote`, `table` \
and `hr`, and within them `em`, `strong`, `code`, `q`, `sub`, `sup`, `a`, `img`, `insert` and `br`.",
};

/// An attribute that the model does not have at this place.
pub const XML_ATTRIBUTE: Code = Code {
    id: "PB0123",
    title: "unknown attribute",
    explanation: "OSCAL does not know this attribute on this element. It may be misspelt, or be an element in XML.",
};

/// An element or attribute of another namespace.
pub const XML_FOREIGN: Code = Code {
    id: "PB0124",
    title: "not of the namespace of OSCAL",
    explanation: "All elements of an OSCAL document are of the namespace `http://csrc.nist.gov/ns/oscal/1.0`, and its \
attributes of none. What OSCAL has no element for belongs in `prop` elements with a namespace of their own.",
};

/// Text outside of the elements that hold text.
pub const XML_TEXT: Code = Code {
    id: "PB0125",
    title: "text where none belongs",
    explanation: "Text stands between elements, where OSCAL has only elements. Prose of several paragraphs consists of \
`p` and other blocks; text beside them is read as a paragraph of its own.",
};

/// An element that may stand once.
pub const XML_REPEATED: Code = Code {
    id: "PB0126",
    title: "element stands twice",
    explanation: "OSCAL allows this element once at this place. Keep one of them.",
};

/// Something that another release of OSCAL cannot express.
pub const NOT_IN_RELEASE: Code = Code {
    id: "PB0130",
    title: "not in this release of OSCAL",
    explanation: "The document is to be written for an older release of OSCAL, which does not have this property or model, or \
demands one that is absent. A property can be left out with `--lossy`; what the release demands has to be added to the document, \
and a model that it does not have cannot be written for it.",
};

/// The place of an output that is taken.
pub const OUTPUT_TAKEN: Code = Code {
    id: "PB0131",
    title: "output is not replaced",
    explanation: "A document would be written over a file that is newer than its source, or that another document of the same \
command is written to. A file that was changed since is never replaced unless it is named with `-o FILE` or `--force` is given. Name \
another folder, or convert the documents one by one.",
};

/// Something that the target format has no place for.
pub const NO_PLACE: Code = Code {
    id: "PB0132",
    title: "not kept in this format",
    explanation: "The format that is written has no place for this: comments of YAML are not kept in JSON and XML, comments of \
XML nowhere, and `$schema` has no form in XML. What the document says in OSCAL's sense is not touched.",
};

/// A file that formatting would change in more than its layout.
pub const NOT_FORMATTED: Code = Code {
    id: "PB0133",
    title: "file cannot be formatted",
    explanation: "Formatting writes a document anew, in the order of the model and one layout. Comments in YAML are kept; anchors \
and aliases of YAML and comments of XML would be lost, so such a file is left as it is. `probity convert` into another file writes \
aliases out.",
};

/// A document of a compliance-trestle workspace that lies in several files.
pub const SPLIT: Code = Code {
    id: "PB0134",
    title: "document is split",
    explanation: "`trestle split` writes parts of a document into files of their own, below a folder beside the document. \
Probity reads whole documents. `trestle merge` puts the parts together again, and `trestle split` takes them apart afterwards.",
};

/// A document that cannot be taken apart.
pub const NOT_SPLIT: Code = Code {
    id: "PB0135",
    title: "document cannot be split",
    explanation: "`probity split` takes one OSCAL document apart: an object with the key of its model. A file that holds something else has no pieces. The keys `probity-split` and `order` at the root of a file belong to split folders.",
};

/// A split folder whose files do not make a document.
pub const NOT_WHOLE: Code = Code {
    id: "PB0136",
    title: "split folder is not whole",
    explanation: "A folder with `split.yaml` is one document in many files: each list that is split has a folder, each item a file that holds the item under the name of its kind (`control:`), and nothing may lie there that belongs to no list, because it would be missing in the document without a word. docs/split.md has the form.",
};

/// The codes of this crate.
pub const CODES: &[&Code] = &[
    &NOT_OSCAL,
    &UNKNOWN_PROPERTY,
    &MISSING_PROPERTY,
    &WRONG_TYPE,
    &BAD_VALUE,
    &ITEM_COUNT,
    &CHOICE,
    &OSCAL_RELEASE,
    &MORE_FINDINGS,
    &OTHER_MODEL,
    &XML_SYNTAX,
    &XML_REFUSED,
    &XML_ELEMENT,
    &XML_ATTRIBUTE,
    &XML_FOREIGN,
    &XML_TEXT,
    &XML_REPEATED,
    &NOT_IN_RELEASE,
    &OUTPUT_TAKEN,
    &NO_PLACE,
    &NOT_FORMATTED,
    &SPLIT,
    &NOT_SPLIT,
    &NOT_WHOLE,
];
