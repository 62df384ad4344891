//! Stable codes of findings made while discovering (`PB04xx`).

use probity_diagnostics::Code;

/// A pattern or folder yields no file.
pub const NOTHING_FOUND: Code = Code {
    id: "PB0401",
    title: "nothing to read",
    explanation: "The folder or pattern holds no file that the collector reads. In patterns `*` stands for a part of \
one name and `**` for folders of any depth.",
};

/// A pattern that is none.
pub const PATTERN: Code = Code {
    id: "PB0402",
    title: "pattern not understood",
    explanation: "The text holds `*`, `?`, `[` or `{` and names no file, so it was taken for a pattern; it is not a \
well-formed one.",
};

/// Input of a kind that nothing collects.
pub const UNKNOWN_SOURCE: Code = Code {
    id: "PB0403",
    title: "unknown kind of source",
    explanation: "Sources are Kubernetes manifests (YAML or JSON objects with `apiVersion` and `kind`) and evidence sets \
(JSON lines that begin with a `begin` record).",
};

/// A document that is not a Kubernetes object.
pub const NOT_AN_OBJECT: Code = Code {
    id: "PB0410",
    title: "not a Kubernetes object",
    explanation: "Every document of a manifest is an object with `apiVersion`, `kind` and `metadata.name` (or \
`metadata.generateName`), or a list of such objects.",
};

/// A field of an object holds a value that the cluster would refuse.
pub const FIELD: Code = Code {
    id: "PB0411",
    title: "wrong value in a Kubernetes object",
    explanation: "The field holds a value of another type than the Kubernetes interface gives it. A cluster would refuse \
the object, so nothing is said about it.",
};

/// Objects of a kind that the collector does not know.
pub const UNKNOWN_KIND: Code = Code {
    id: "PB0412",
    title: "kind not understood",
    explanation: "The collector has no words for objects of this kind, so no check looks at them. The evidence set counts \
them in a `problem` record.",
};

/// The same object twice.
pub const DUPLICATE_OBJECT: Code = Code {
    id: "PB0413",
    title: "object stands twice",
    explanation: "Two documents describe the object of the same kind, namespace and name. As when they are applied, the \
later one counts.",
};

/// A template that was not rendered.
pub const TEMPLATE: Code = Code {
    id: "PB0414",
    title: "template, not a manifest",
    explanation: "The file holds template expressions (`{{ … }}`). Render it first, for instance with `helm template` or \
`kustomize build`, and scan the output.",
};

/// A file of a folder that holds no objects.
pub const SKIPPED_FILE: Code = Code {
    id: "PB0415",
    title: "file without Kubernetes objects",
    explanation: "The file lies in a folder that is scanned, but holds no Kubernetes object (a values file, for instance). \
It is left out.",
};

/// A file of recorded answers that is none.
pub const RECORDING: Code = Code {
    id: "PB0420",
    title: "not a recording",
    explanation: "`discover --replay` reads the files that `discover --record` wrote: lines of JSON, each with a \
question and its answer.",
};

/// The codes of this crate.
pub const CODES: &[&Code] = &[
    &NOTHING_FOUND,
    &PATTERN,
    &UNKNOWN_SOURCE,
    &NOT_AN_OBJECT,
    &FIELD,
    &UNKNOWN_KIND,
    &DUPLICATE_OBJECT,
    &TEMPLATE,
    &SKIPPED_FILE,
    &RECORDING,
];
