//! Codes of the compiler (`PB05xx`) and the engine (`PB06xx`).

use probity_diagnostics::Code;

use crate::attest::codes as attest;
use crate::carry::codes as carry;

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
`compliant`; `applicable` and `results` are optional. An imported metric is in package `cch.metrics.some_name` and is called \
`cch-some-name`.",
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

/// A property that only some of a metric's resource types have.
pub const PROPERTY_OF_SOME: Code = Code {
    id: "PB0514",
    title: "property that only some resource types have",
    explanation: "A metric reads a property that some of the resource types it applies to do not have. No evidence of \
those types can ever hold it, so they can only fail. Leave them out of the metric, or let the rule ask for the type first: \
`\"VirtualMachine\" in input.type`.",
};

/// Values of different types.
pub const TYPE_MISMATCH: Code = Code {
    id: "PB0515",
    title: "values of different types",
    explanation: "A metric compares values that are of different types whatever the evidence says, or gives a function what \
it does not take. In Rego such a comparison is no error: it is never equal, and `<` sorts every number before every string. \
So the outcome would be the same for every resource.",
};

/// Numbers or texts of different units.
pub const UNIT_MISMATCH: Code = Code {
    id: "PB0516",
    title: "values of different units",
    explanation: "Durations count seconds, sizes bytes, and percentages go from 0 to 100. A \
metric compares two values of different units, adds them, or compares one with a number that can hardly be meant in its unit. \
Target values in OSCAL are written with their unit (`P90D`, `10GiB`) and converted.",
};

/// Texts that are ordered letter by letter.
pub const TEXT_ORDER: Code = Code {
    id: "PB0517",
    title: "compared letter by letter",
    explanation: "Versions and instants are texts in evidence. Compared as texts, 1.10 comes before 1.9, and 1.2 is not 1.2.0. \
`operators.compare_versions` compares versions number by number; ages and times left are durations, which are numbers.",
};

/// Operands of the operators library in each other's places.
pub const OPERANDS_SWAPPED: Code = Code {
    id: "PB0518",
    title: "operands in the wrong order",
    explanation: "`operators.compare`, `holds` and `compare_versions` take the value, then the operator, then the target \
value. In another order the comparison says the opposite, or never holds.",
};

/// A condition that null meets.
pub const HOLDS_FOR_NULL: Code = Code {
    id: "PB0519",
    title: "holds for null",
    explanation: "Null says that a property was looked for and is absent. In Rego null counts as true where a value stands \
alone, differs from everything else, and sorts before every number. So `input.backup`, `input.backup != {}` and \
`input.age <= 90` all hold for null. `operators.compare` never does.",
};

/// An `every` that nothing has to meet.
pub const EVERY_OF_NONE: Code = Code {
    id: "PB0520",
    title: "`every` over a list that may be empty",
    explanation: "`every` holds for an empty list, so a resource without anything to look at would pass. Put \
`operators.filled(list)` before it. Where an empty list is meant to pass, `type_name(list) == \"array\"` says so, and keeps \
null out.",
};

/// A statement or rule that can never hold.
pub const NEVER_TRUE: Code = Code {
    id: "PB0521",
    title: "can never hold",
    explanation: "A statement, `applicable` or `compliant` can never hold, whatever the evidence says: two statements \
contradict each other, `compliant` asks for what `applicable` excludes, or a comparison is out of range. No resource could \
ever pass.",
};

/// A metric that can never fail.
pub const NEVER_FALSE: Code = Code {
    id: "PB0522",
    title: "can never fail",
    explanation: "`compliant` holds for every resource that the metric applies to, so no evidence could ever make it fail. \
Often `applicable` already asks for what `compliant` should find out.",
};

/// A metric whose cases show one outcome only.
pub const CASES_ONE_SIDED: Code = Code {
    id: "PB0523",
    title: "cases do not show both outcomes",
    explanation: "`cases.yaml` beside a metric shows resources with the verdict that is expected. Without a case that passes \
and one that fails, nothing shows that the metric can tell them apart.",
};

/// A variable that is declared and never used.
pub const UNUSED_VARIABLE: Code = Code {
    id: "PB0524",
    title: "declared variable unused",
    explanation: "`some` and `every` declare variables, and OPA refuses a module in which one of them is never used. Use it, \
or write `_`.",
};

/// Rego that compares something else than the metric says.
pub const COMPARISON_DIFFERS: Code = Code {
    id: "PB0525",
    title: "Rego does not compare what the metric says",
    explanation: "The props `property`, `operator` and `target-value` say what a metric compares; reports show them, and \
profiles change the target value. The Rego reads `operator` and `target_value` of \
`data.probity.checks.<metric>`. Where it reads no such property, or takes no notice of the target value, it measures \
something else than it says.",
};

/// A target value that is hardly meant.
pub const TARGET_DOUBTFUL: Code = Code {
    id: "PB0526",
    title: "doubtful target value",
    explanation: "A target value is of the right type, but can hardly be meant: one text that looks like a list (each element \
has a prop of its own), a share below one percent, or a limit that every value meets or none can.",
};

/// A value that nobody set and that passes.
pub const UNSET_PASSES: Code = Code {
    id: "PB0540",
    title: "the value of an unset field passes",
    explanation: "In evidence of Clouditor and its successors a number that nobody set is 0, and a boolean is false: the wire format \
cannot say the difference. A metric that 0 or false passes therefore also passes where nobody looked. `probity import \
clouditor` takes such values for not collected, so that the verdict is unknown. Ask for something that is only there once it was \
looked at.",
};

/// Imported metrics with faults.
pub const IMPORTED_FAULTS: Code = Code {
    id: "PB0541",
    title: "imported metrics have faults",
    explanation: "Metrics that were imported unchanged are judged as they are, whatever is wrong with them: a property that does not \
exist counts as not collected. `probity metric lint` tells the faults, with their places in the Rego.",
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

/// A case of a metric in a wrong form.
pub const CASE_FORM: Code = Code {
    id: "PB0610",
    title: "metric case cannot be used",
    explanation: "`cases.yaml` beside a metric is a list of cases. Each has a `name`; a `resource` with its `type` and \
properties, as evidence has them; perhaps `related` resources, and the `age` of the evidence as an ISO 8601 duration; and \
the `verdict` that is expected: pass, fail, not-applicable or unknown.",
};

/// A case with another verdict than it expects.
pub const CASE_WRONG: Code = Code {
    id: "PB0611",
    title: "metric case has another verdict",
    explanation: "A case in `cases.yaml` expects one verdict, and the metric gives another. Either the Rego is wrong, or \
what the case expects of it.",
};

/// Cases that do not show every verdict.
pub const CASES_LACK: Code = Code {
    id: "PB0612",
    title: "metric cases do not show every verdict",
    explanation: "A metric has at least four cases: one that passes, one that fails, one for which it is not-applicable, \
and one that the evidence leaves unknown. Without a case that passes and one that fails nothing shows that the metric can \
tell them apart, which is an error; the others are asked for by warnings.",
};

/// A metric that errors on well-typed evidence.
pub const SAMPLE_ERROR: Code = Code {
    id: "PB0613",
    title: "metric errors on well-typed evidence",
    explanation: "`probity test` makes resources from the ontology, with absent values, empty lists and numbers at their \
bounds, and judges them. The Rego of this metric fails on one of them: a builtin was given something it cannot take, or two \
definitions give different values. Ask for the type of a value before it is used. Add the resource as a case.",
};

/// A rule that a mapping names and no imported file knows.
pub const RULE_ABSENT: Code = Code {
    id: "PB0630",
    title: "mapped rule is not in the imported results",
    explanation: "A mapping of an [[assessment.import]] table names a rule by `Rule_Id`, and none of the imported files names it: the \
id is misspelt, the rule was not run, or the tool lists rules only where they fail. Nobody knows how the rule came out, so the control is \
unknown.",
};

/// No rule is about the framework that is asked for.
pub const NO_FRAMEWORK: Code = Code {
    id: "PB0631",
    title: "framework is not in the imported results",
    explanation: "`framework` takes the ids that a tool itself gives for a framework as ids of controls, and no rule of the imported \
results has one. The help lists the frameworks that its rules name, such as `NIST-800-53-Revision-5` in results of prowler.",
};

/// Rules that count for no control.
pub const RULES_UNMAPPED: Code = Code {
    id: "PB0632",
    title: "imported rules count for no control",
    explanation: "The imported files hold results of rules that no mapping names for a control of the assessment. They are not part of \
it. `probity import FILE` makes assessment results in which they are kept as observations.",
};

/// The codes of this crate.
pub const CODES: &[&Code] = &[
    &RULE_ABSENT,
    &NO_FRAMEWORK,
    &RULES_UNMAPPED,
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
    &PROPERTY_OF_SOME,
    &TYPE_MISMATCH,
    &UNIT_MISMATCH,
    &TEXT_ORDER,
    &OPERANDS_SWAPPED,
    &HOLDS_FOR_NULL,
    &EVERY_OF_NONE,
    &NEVER_TRUE,
    &NEVER_FALSE,
    &CASES_ONE_SIDED,
    &UNUSED_VARIABLE,
    &COMPARISON_DIFFERS,
    &TARGET_DOUBTFUL,
    &UNSET_PASSES,
    &IMPORTED_FAULTS,
    &EVIDENCE_LINE,
    &CHECK_FAILED,
    &VERDICT_FILE,
    &CASE_FORM,
    &CASE_WRONG,
    &CASES_LACK,
    &SAMPLE_ERROR,
    &carry::CARRY_UNTIED,
    &carry::CARRY_BLOCKED,
    &carry::CARRY_RESULTS,
    &attest::ATTESTATION_MALFORMED,
    &attest::ATTESTATION_AUTHOR,
    &attest::ATTESTATION_UNUSED,
    &attest::DUPLICATE_UUID,
    &attest::ATTESTATION_CONTRADICTED,
    &attest::ATTESTATION_LATER,
    &attest::EVIDENCE_CHANGED,
    &attest::QUOTE_NOT_FOUND,
    &attest::NOT_APPROVED,
    &attest::NOT_SIGNED,
    &attest::WAIVER_MALFORMED,
    &attest::WAIVER_APPROVER,
    &attest::WAIVER_NOT_IN_FORCE,
    &attest::WAIVER_UNUSED,
];
