//! Stable codes of findings made while importing (`PB09xx`).

use probity_diagnostics::Code;

/// A file in a form that the importer does not know.
pub const FORM: Code = Code {
    id: "PB0901",
    title: "not in the form that is imported",
    explanation: "A metric is a folder with a YAML file (`id`, `name`, `category`, `configuration`), `metric.rego` and \
`data.json` (`operator`, `target_value`). A catalog is JSON with `id`, `name` and `categories` of controls. Evidence is JSON with \
`timestamp` and `resource`. What is in another form is left out, and the rest is imported.",
};

/// A metric whose parts do not belong together.
pub const INCOMPLETE: Code = Code {
    id: "PB0902",
    title: "metric is incomplete",
    explanation: "One of the three files of a metric is missing. Without YAML nothing names the metric, and without Rego nothing \
judges: it is left out. Without `data.json` the operator and target value of the first parameter of the YAML count.",
};

/// The id of a metric cannot be kept.
pub const ID: Code = Code {
    id: "PB0903",
    title: "id cannot be kept",
    explanation: "Ids of metrics become uuids of OSCAL components. OSCAL takes UUIDs of version 4 and 5, each once. Another id is \
replaced by one that is derived from it, and stands in the prop `clouditor-id`.",
};

/// The YAML and the data of a metric say different things.
pub const DISAGREE: Code = Code {
    id: "PB0904",
    title: "YAML and data.json disagree",
    explanation: "The Rego of a metric sees `data.json` only: its operator and target value are imported. The parameters in the \
YAML are what people read. Where they differ, or where there are more parameters than the one of `data.json`, one of the two files \
says something that is not measured.",
};

/// Two metrics, controls or catalogs share a name.
pub const TWICE: Code = Code {
    id: "PB0905",
    title: "imported twice",
    explanation: "Two files would become the same document, metric or control. The first one counts, the other is left out.",
};

/// The YAML name and the Rego package differ.
pub const NAME: Code = Code {
    id: "PB0906",
    title: "package does not match the name",
    explanation: "Clouditor looks for the rules of metric `SomeName` in package `cch.metrics.some_name`, and finds nothing where the \
package is called otherwise. Probity goes by the package.",
};

/// A link to a metric that is not imported.
pub const LINK: Code = Code {
    id: "PB0907",
    title: "linked metric is not there",
    explanation: "A control of a catalog links a metric by id or name, and no imported metric has it. The control is imported without \
that link, so it is not judged by it.",
};

/// A value that evidence cannot hold.
pub const VALUE: Code = Code {
    id: "PB0908",
    title: "value left out of evidence",
    explanation: "A resource has a property that its type does not have, or a value of another type. It is left out, which counts as \
not collected. `probity explain clouditor:VirtualMachine` lists the properties of a type.",
};

/// Evidence that cannot be imported.
pub const EVIDENCE: Code = Code {
    id: "PB0909",
    title: "evidence left out",
    explanation: "An evidence needs a `timestamp`, and a `resource` with `id` and a known type: `{\"virtualMachine\": {…}}`, or an \
object whose `type` begins with the name of its type. What lacks one of them is left out.",
};

/// A file of which the format cannot be told.
pub const UNKNOWN_FORMAT: Code = Code {
    id: "PB0910",
    title: "format of results not recognised",
    explanation: "The format of results of other tools is told by what the file holds: SARIF 2.1.0, OCSF, XCCDF 1.2 (also in an \
ARF), JUnit XML, Trivy JSON, policy reports of Kubernetes, OSCAL assessment results. Where that is not clear, name the format: \
`probity import sarif FILE`, or `format` in the [[assessment.import]] table. CSV is read only by a file that says what its columns \
are.",
};

/// Results that are not in the shape of their format.
pub const MALFORMED: Code = Code {
    id: "PB0911",
    title: "malformed results of another tool",
    explanation: "The file lacks something that its format asks for, such as the rule of a result, or has a word for an outcome \
that the format does not know. A result that is not understood might be a fail, so nothing of the file is imported. \
docs/import.md says what is read of each format.",
};

/// A file without any result.
pub const NO_RESULTS: Code = Code {
    id: "PB0912",
    title: "no results in the file",
    explanation: "The file is in a known format, and the tool reports nothing in it. That may be as it should be: some tools list \
fails only. It is no pass of any rule, unless the file says that the tool ran to its end and `silent = \"pass\"` says that it lists \
every rule that it ran.",
};

/// A description of columns that cannot be used.
pub const COLUMNS: Code = Code {
    id: "PB0913",
    title: "columns of a CSV file",
    explanation: "CSV is read by a TOML or YAML file: `tool`, a table `columns` that says which column holds `rule`, `subject` and \
`result` (and `title`, `message`, `severity`, `date`, `kind`), and a table `words` with the words for `pass`, `fail`, `error`, \
`unknown` and `not-applicable`. A word that no list has is an error, so that nothing passes by a typing mistake.",
};

/// What the tool could not do.
pub const TOOL_FAILED: Code = Code {
    id: "PB0914",
    title: "the other tool reports a failure",
    explanation: "The file says that the tool failed, or did not get to its end. What it found is imported; what it did not find \
may be missing, so no rule passes for want of a result.",
};

/// What is not imported.
pub const LEFT_OUT: Code = Code {
    id: "PB0915",
    title: "part of the file is not imported",
    explanation: "The file holds something that has no outcome of a rule, such as licences, or a result that its own tool marks as \
gone. It is left out, and all else is imported.",
};

/// All codes of this module.
pub const CODES: &[&Code] = &[
    &FORM,
    &INCOMPLETE,
    &ID,
    &DISAGREE,
    &TWICE,
    &NAME,
    &LINK,
    &VALUE,
    &EVIDENCE,
    &UNKNOWN_FORMAT,
    &MALFORMED,
    &NO_RESULTS,
    &COLUMNS,
    &TOOL_FAILED,
    &LEFT_OUT,
];
