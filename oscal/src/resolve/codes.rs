//! Codes of findings about profile resolution (`PB02xx`).

use probity_diagnostics::Code;

/// A document that can be neither resolved nor imported.
pub const NOT_RESOLVABLE: Code = Code {
    id: "PB0201",
    title: "neither profile nor catalog",
    explanation: "Profile resolution starts from a profile and follows its imports, each of which is a profile or a \
catalog. The document is another OSCAL model. Check the href or the name that was given.",
};

/// An import that is not there.
pub const IMPORT_MISSING: Code = Code {
    id: "PB0202",
    title: "import not found",
    explanation: "A profile can only be resolved where every document it imports can be read. Relative hrefs count \
from the folder of the profile that holds them; names that begin with `content:` are looked up in the content that comes \
with Probity.",
};

/// An import from the network.
pub const IMPORT_REMOTE: Code = Code {
    id: "PB0203",
    title: "import from the network",
    explanation: "The href names a remote location, and nothing is fetched unasked, so that the same input gives the same \
result without a network. `--map PREFIX=FOLDER`, or [[map]] in probity.toml, answers https locations from a folder that \
holds copies. `--allow-remote` fetches them once, keeps them under .probity/ and notes their digests in probity.lock. Or put \
a copy beside the profile and add an rlink with a relative href to the back-matter resource. Other schemes than https are \
never read.",
};

/// An internal reference that leads nowhere.
pub const NO_RESOURCE: Code = Code {
    id: "PB0204",
    title: "no such back-matter resource",
    explanation: "An href that begins with `#` names a resource in the back matter of the same document by its uuid. \
There is no resource with this uuid, or it has neither an rlink nor base64 content.",
};

/// A profile that imports itself.
pub const CIRCULAR_IMPORT: Code = Code {
    id: "PB0205",
    title: "circular import",
    explanation: "A profile imports itself, directly or through other profiles, so its resolution would never end. \
Documents are told apart by their location, not by their uuid. Remove one of the imports on the way.",
};

/// A control that is selected but not there.
pub const UNKNOWN_CONTROL: Code = Code {
    id: "PB0206",
    title: "unknown control",
    explanation: "A selection names a control that the imported document does not have. Ids are compared letter by \
letter. Where the imported document is itself a profile, only the controls that it selects can be imported from it.",
};

/// A selection without effect.
pub const NOTHING_SELECTED: Code = Code {
    id: "PB0207",
    title: "nothing selected",
    explanation: "A pattern or a selection matches no control. In patterns `*` stands for any characters, `?` for one \
and `[a-c]` for one of a set; a `matching` without a pattern matches nothing. `insert-controls` selects only among the \
controls that the imports bring in.",
};

/// The same control more than once.
pub const DUPLICATE_CONTROL: Code = Code {
    id: "PB0208",
    title: "control selected twice",
    explanation: "Two selections bring in a control of the same id, and both are kept, as the standard asks where \
`merge` does not say otherwise. The resolved catalog then holds ids that are not unique and is not valid. Set `combine` to \
`use-first`, or select each control once.",
};

/// A method of combination that has no meaning.
pub const COMBINE_METHOD: Code = Code {
    id: "PB0209",
    title: "combination method not supported",
    explanation: "`combine` knows the methods `keep` and `use-first`. The method `merge` is deprecated and its \
behaviour undefined, so that any result would be a guess.",
};

/// A parameter that is set but not there.
pub const UNKNOWN_PARAMETER: Code = Code {
    id: "PB0210",
    title: "unknown parameter",
    explanation: "`set-parameters` names a parameter that none of the selected controls and groups has. The directive \
is passed over. Check the id, and whether the control that holds the parameter is selected.",
};

/// A control that is altered but not there.
pub const ALTER_WITHOUT_CONTROL: Code = Code {
    id: "PB0211",
    title: "alteration of an absent control",
    explanation: "`alters` names a control that is not among the selected ones. The alteration is passed over.",
};

/// An addition whose target is not there.
pub const ADD_WITHOUT_TARGET: Code = Code {
    id: "PB0212",
    title: "addition without target",
    explanation: "`by-id` of an addition names nothing inside the control that is altered: no parameter, part or child \
control has this id. The addition is passed over.",
};

/// An addition that its target cannot hold.
pub const ADD_MISFIT: Code = Code {
    id: "PB0213",
    title: "addition does not fit its target",
    explanation: "The target of an addition cannot hold what is added: a part holds a title, props, links and parts, a \
parameter holds props and links, and only a control holds parameters. Split the addition in several, each with a target \
that fits.",
};

/// Documents of different major versions of OSCAL.
pub const MAJOR_VERSION: Code = Code {
    id: "PB0214",
    title: "OSCAL versions do not mix",
    explanation: "The profile, the documents it imports and this build follow different major versions of OSCAL, \
between which models change without notice. Convert the older document first.",
};

/// An import whose content is not the one that was linked.
pub const HASH_MISMATCH: Code = Code {
    id: "PB0215",
    title: "import differs from its hash",
    explanation: "The rlink states a hash (SHA-2), and the file has another one. The file was changed after the profile \
was written, or the hash belongs to another edition. Check which is right before the profile is used.",
};

/// A removal without effect.
pub const NOTHING_REMOVED: Code = Code {
    id: "PB0216",
    title: "nothing removed",
    explanation: "No object inside the control meets all criteria of a `remove`. Criteria are joined by `and`; objects \
in lists go by their singular name (`prop`, not `props`); a `remove` without criteria removes nothing.",
};

/// Embedded content that is no document.
pub const NOT_BASE64: Code = Code {
    id: "PB0217",
    title: "base64 content cannot be decoded",
    explanation: "The base64 content of a back-matter resource holds characters outside the alphabet of RFC 4648, \
section 4, or is cut off.",
};

/// A link that leads to nothing usable, while another one does.
pub const LINK_PASSED_OVER: Code = Code {
    id: "PB0218",
    title: "link passed over",
    explanation: "A back-matter resource offers a document through several rlinks. The first that can be read is used, those \
with a media type of OSCAL first, then JSON, XML and YAML. An earlier one leads to something that is no OSCAL document, is \
not valid, or could not be fetched. Mend or remove the link, so that every reader takes the same document.",
};

/// The codes of profile resolution.
pub const CODES: &[&Code] = &[
    &NOT_RESOLVABLE,
    &IMPORT_MISSING,
    &IMPORT_REMOTE,
    &NO_RESOURCE,
    &CIRCULAR_IMPORT,
    &UNKNOWN_CONTROL,
    &NOTHING_SELECTED,
    &DUPLICATE_CONTROL,
    &COMBINE_METHOD,
    &UNKNOWN_PARAMETER,
    &ALTER_WITHOUT_CONTROL,
    &ADD_WITHOUT_TARGET,
    &ADD_MISFIT,
    &MAJOR_VERSION,
    &HASH_MISMATCH,
    &NOTHING_REMOVED,
    &NOT_BASE64,
    &LINK_PASSED_OVER,
];
