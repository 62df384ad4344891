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

/// All codes of this module.
pub const CODES: &[&Code] = &[&FORM, &INCOMPLETE, &ID, &DISAGREE, &TWICE, &NAME, &LINK, &VALUE, &EVIDENCE];
