//! Stable codes of findings.
//!
//! Every crate has its own list (`codes.rs`); numbers are given by room:
//! diagnostics `PB00xx`, OSCAL structure `PB01xx`, profile resolution
//! `PB02xx`, evidence `PB03xx`, discovery `PB04xx`, compiler `PB05xx`, engine
//! `PB06xx`, project `PB07xx`, generators `PB08xx`. A number once published
//! keeps its meaning.

/// A kind of finding, with the text that `probity explain` shows for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable id, such as `PB0001`.
    pub id: &'static str,
    /// A short name of the problem.
    pub title: &'static str,
    /// What it means, why it matters and how it is mended.
    pub explanation: &'static str,
}

/// A file that a step needs is not there.
pub const FILE_NOT_FOUND: Code = Code {
    id: "PB0001",
    title: "file not found",
    explanation: "A file or folder that was named on the command line, in probity.toml or by an href of a \
document does not exist. Relative hrefs count from the folder of the document that holds them. \
Names that begin with `content:` are looked up in the content that comes with Probity.",
};

/// A file is there but cannot be read.
pub const FILE_UNREADABLE: Code = Code {
    id: "PB0002",
    title: "file cannot be read",
    explanation: "The file exists, but the operating system refused to read it, or it is a folder where a file \
was expected. Check its permissions and its kind.",
};

/// A file is larger than the limit for its kind.
pub const FILE_TOO_LARGE: Code = Code {
    id: "PB0003",
    title: "file too large",
    explanation: "Documents are read whole and therefore have a size limit, so that a hostile file cannot fill \
the memory. Split the document, or remove what does not belong in it.",
};

/// A path leaves the root of its file tree or is not a path at all.
pub const PATH_OUTSIDE: Code = Code {
    id: "PB0004",
    title: "path outside the root",
    explanation: "An href or path points outside the folder that Probity may read from (the project folder, or \
the folder given by --root). Move the file inside, or name a wider --root.",
};

/// The bytes are not text in UTF-8.
pub const NOT_UTF8: Code = Code {
    id: "PB0005",
    title: "not UTF-8 text",
    explanation: "OSCAL, evidence and project files are UTF-8 text. The file holds other bytes: it may be UTF-16, \
compressed or binary. Save it as UTF-8 without a byte order mark.",
};

/// JSON or YAML that does not parse.
pub const SYNTAX: Code = Code {
    id: "PB0006",
    title: "syntax error",
    explanation: "The text is not well-formed JSON or YAML. The place marks where the reader gave up; the cause \
often stands just before it: a missing comma, bracket or quote, or wrong indentation.",
};

/// The same key twice in one object.
pub const DUPLICATE_KEY: Code = Code {
    id: "PB0007",
    title: "duplicate key",
    explanation: "An object holds the same key twice. Readers differ in which one they keep, so the document has \
no single meaning. Remove or rename one of them.",
};

/// The document is nested deeper than the limit.
pub const TOO_DEEP: Code = Code {
    id: "PB0008",
    title: "nested too deeply",
    explanation: "The document nests objects and lists deeper than any real document does. The limit protects \
against files made to exhaust the stack.",
};

/// The document expands to more values than the limit.
pub const TOO_MANY_VALUES: Code = Code {
    id: "PB0009",
    title: "too many values",
    explanation: "The document holds, or expands through YAML aliases to, more values than the limit. The limit \
protects against files that are small on disk and huge in memory.",
};

/// A YAML feature that data files have no use for.
pub const YAML_UNSUPPORTED: Code = Code {
    id: "PB0010",
    title: "unsupported YAML",
    explanation: "Of YAML, Probity reads what maps to JSON: mappings with plain keys, sequences, scalars, anchors \
and aliases within limits. Tags other than the core schema's and keys that are not scalars are refused.",
};

/// A file could not be written.
pub const WRITE_FAILED: Code = Code {
    id: "PB0011",
    title: "file cannot be written",
    explanation: "The output could not be written. It is written to a temporary file first and renamed at the \
end, so an older output is untouched. Check permissions and free space of the folder.",
};

/// A remote location that nothing answers.
pub const REMOTE_UNANSWERED: Code = Code {
    id: "PB0012",
    title: "remote location not answered",
    explanation: "A document is named by a remote location. Nothing is fetched unless `--allow-remote` says so; then the \
document is kept under .probity/ and its digest noted in probity.lock, so that later runs need no network and get the same \
bytes. A [[map]] in probity.toml, or `--map PREFIX=FOLDER`, answers all locations that begin with the prefix from a folder. \
Only https locations without credentials are ever read.",
};

/// A remote document that could not be fetched.
pub const REMOTE_FAILED: Code = Code {
    id: "PB0013",
    title: "remote document cannot be fetched",
    explanation: "The document was to be fetched over https, and the server could not be reached, does not prove who it \
is, took too long, refused, led elsewhere than to https, or sent more than a document may have. SSL_CERT_FILE names the \
certificates to trust in place of the system's; HTTPS_PROXY and NO_PROXY name proxies.",
};

/// What stands for a remote location, and must not be used.
pub const REMOTE_REFUSED: Code = Code {
    id: "PB0014",
    title: "remote document refused",
    explanation: "What there is for a remote location is not what was agreed on: its digest differs from the one in \
probity.lock, or probity.lock names it and it is not at hand, or the location would lead out of the folder that a map \
names. Check what changed before it is accepted with `--allow-remote --update-lock`.",
};

/// The codes of files that could not be read at all, so that nothing is said of what is in them.
pub const UNREADABLE: &[&Code] = &[
    &FILE_NOT_FOUND,
    &FILE_UNREADABLE,
    &FILE_TOO_LARGE,
    &PATH_OUTSIDE,
    &REMOTE_UNANSWERED,
    &REMOTE_FAILED,
    &REMOTE_REFUSED,
];

/// The codes of this crate.
pub const CODES: &[&Code] = &[
    &FILE_NOT_FOUND,
    &FILE_UNREADABLE,
    &FILE_TOO_LARGE,
    &PATH_OUTSIDE,
    &NOT_UTF8,
    &SYNTAX,
    &DUPLICATE_KEY,
    &TOO_DEEP,
    &TOO_MANY_VALUES,
    &YAML_UNSUPPORTED,
    &WRITE_FAILED,
    &REMOTE_UNANSWERED,
    &REMOTE_FAILED,
    &REMOTE_REFUSED,
];
