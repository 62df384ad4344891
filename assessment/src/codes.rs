//! Codes of the compiler (`PB05xx`) and the engine (`PB06xx`).

use probity_diagnostics::Code;

use crate::attest::codes as attest;

/// A metric file lacks something or has it in a wrong form.
pub const METRIC_FORM: Code = Code {
    id: "PB0501",
    title: "metric is incomplete",
    explanation: "A metric is an OSCAL component definition with one component of type `rule`. Its props give \
`Rule_Id`, `category`, at least one `resource-type` and `severity`; `property`, `operator` and `target-value` belong \
together; `max-age` is an ISO 8601 duration. `probity metric show` prints a complete one.",
};

/// Two metrics have one name.
pub const METRIC_TWICE: Code = Code {
    id: "PB0502",
    title: "metric name used twice",
    explanation: "Mappings name metrics by their `Rule_Id`, so a name must be unique among the bundled metrics and \
those of the project. Rename one of the two.",
};

/// The recorded hash of the Rego differs from the file.
pub const REGO_HASH: Code = Code {
    id: "PB0503",
    title: "Rego changed since its hash was recorded",
    explanation: "The component definition records the SHA-256 of `check.rego`, so that a reader of the OSCAL \
document can tell which rule was meant. The file has changed since. Run `probity fmt` to record the new hash.",
};

/// Rego that does not parse or compile.
pub const REGO_ERROR: Code = Code {
    id: "PB0504",
    title: "Rego error",
    explanation: "The metric's Rego does not parse or does not compile: a syntax error, a variable that nothing \
binds, or a function that does not exist. Functions that reach the network, the clock or chance are not available, \
because the same evidence has to give the same verdict.",
};

/// The module's package is not that of the metric.
pub const REGO_PACKAGE: Code = Code {
    id: "PB0505",
    title: "wrong Rego package",
    explanation: "The Rego of metric `some-name` is in package `probity.metrics.some_name` and has a rule \
`compliant`; `applicable` and `results` are optional.",
};

/// A type that the ontology does not have.
pub const UNKNOWN_RESOURCE_TYPE: Code = Code {
    id: "PB0506",
    title: "unknown resource type",
    explanation: "A metric names a resource type that the ontology does not have, so it could never apply. Types \
are written in upper camel case, such as `VirtualMachine`.",
};

/// A path that the ontology does not have.
pub const UNKNOWN_PROPERTY: Code = Code {
    id: "PB0507",
    title: "unknown property",
    explanation: "A metric reads or compares a property that the ontology does not have for its resource types. \
No evidence can ever hold it, so the metric would never pass. Mend the path, or choose other resource types.",
};

/// A target value of another type or unit than the property.
pub const TARGET_TYPE: Code = Code {
    id: "PB0508",
    title: "target value does not fit the property",
    explanation: "The target value has another type or unit than the property it is compared with, or the operator \
does not suit the property. Durations are ISO 8601 (`P90D`), sizes a number with a unit (`10GiB`), percentages a \
number from 0 to 100, versions dotted numbers, instants RFC 3339. `isIn` takes a list of targets for a single value, \
`allIn` and `hasAny` for a list of values.",
};

/// A mapping names a control that its catalog does not have.
pub const UNKNOWN_CONTROL: Code = Code {
    id: "PB0509",
    title: "unknown control",
    explanation: "A mapping has an entry for a control that is not in the catalog it maps. Ids are lower-case \
tokens; `probity catalog show` lists them.",
};

/// A mapping names a metric that does not exist.
pub const UNKNOWN_METRIC: Code = Code {
    id: "PB0510",
    title: "unknown metric",
    explanation: "A mapping names a metric (by a `Rule_Id` prop) that neither the project nor the bundled content \
has. `probity metric list` lists all names.",
};

/// A parameter that belongs to no metric or control.
pub const UNKNOWN_PARAMETER: Code = Code {
    id: "PB0511",
    title: "unknown parameter",
    explanation: "A parameter is set or bound that does not exist. The parameter of metric `some-name` is \
`some-name_target`, and only where the metric has a target value; the parameters of a control stand in its catalog.",
};

/// Controls without metric or procedure.
pub const NOT_COVERED: Code = Code {
    id: "PB0512",
    title: "controls without metric or procedure",
    explanation: "Controls of the profile have neither a metric nor a manual procedure. They are not evaluated, have \
no finding and never count as satisfied. Add metrics or a procedure to a mapping to cover them.",
};

/// A mapping entry in a wrong form.
pub const MAPPING_FORM: Code = Code {
    id: "PB0513",
    title: "mapping is incomplete",
    explanation: "A mapping is an OSCAL component definition whose implemented requirements name metrics by `Rule_Id` \
props, or manual procedures by `procedure` props whose value is EXAMINE or INTERVIEW.",
};

/// An evidence line that cannot be used.
pub const EVIDENCE_LINE: Code = Code {
    id: "PB0601",
    title: "evidence line cannot be used",
    explanation: "A line of an evidence set is not a valid record. Its resource is not judged, and the set counts as \
incomplete. Collect the evidence again, or mend the program that writes it.",
};

/// Checks that could not be run on some resources.
pub const CHECK_FAILED: Code = Code {
    id: "PB0602",
    title: "check failed to run",
    explanation: "The Rego of a check failed or exceeded its limits on a resource. The verdict is `error`, and the \
controls that depend on it are not satisfied. The reason stands in the verdict.",
};

/// A verdict file that cannot be read.
pub const VERDICT_FILE: Code = Code {
    id: "PB0603",
    title: "verdict file cannot be used",
    explanation: "A verdict file is JSON lines: a `begin` record, verdicts sorted by check and resource, and an `end` \
record with counts. This one is broken or cut off. Run `probity assess` again.",
};

/// The codes of this crate.
pub const CODES: &[&Code] = &[
    &METRIC_FORM,
    &METRIC_TWICE,
    &REGO_HASH,
    &REGO_ERROR,
    &REGO_PACKAGE,
    &UNKNOWN_RESOURCE_TYPE,
    &UNKNOWN_PROPERTY,
    &TARGET_TYPE,
    &UNKNOWN_CONTROL,
    &UNKNOWN_METRIC,
    &UNKNOWN_PARAMETER,
    &NOT_COVERED,
    &MAPPING_FORM,
    &EVIDENCE_LINE,
    &CHECK_FAILED,
    &VERDICT_FILE,
    &attest::ATTESTATION_MALFORMED,
    &attest::ATTESTATION_AUTHOR,
    &attest::ATTESTATION_UNUSED,
    &attest::DUPLICATE_UUID,
    &attest::ATTESTATION_CONTRADICTED,
    &attest::ATTESTATION_LATER,
    &attest::WAIVER_MALFORMED,
    &attest::WAIVER_APPROVER,
    &attest::WAIVER_NOT_IN_FORCE,
    &attest::WAIVER_UNUSED,
];
