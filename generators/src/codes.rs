//! Stable codes of this crate's findings.

use probity_diagnostics::Code;

/// The document holds no result to report.
pub const NO_RESULT: Code = Code {
    id: "PB0801",
    title: "no assessment result",
    explanation: "A report is made from OSCAL assessment results with at least one result. The document's list of \
results is empty.",
};

/// A file that the results link to is not there.
pub const SOURCE_MISSING: Code = Code {
    id: "PB0802",
    title: "linked file missing",
    explanation: "The assessment results name a file in their back matter (the resolved catalog, the verdicts, an \
evidence set or a Rego module) that cannot be read. The report is made without it and says so. \
Restore the file, or build the assessment again.",
};

/// A linked file is not the one that was assessed.
pub const SOURCE_CHANGED: Code = Code {
    id: "PB0803",
    title: "linked file changed",
    explanation: "The SHA-256 digest of a linked file differs from the one in the assessment results: the file was \
changed after the assessment. The report says so, and does not take verdicts or Rego from it. \
Restore the file, or build the assessment again.",
};

/// A line of a verdict file that cannot be read.
pub const VERDICT_LINE: Code = Code {
    id: "PB0804",
    title: "unreadable verdict",
    explanation: "A line of the verdict file is not a JSON object with the members `check`, `resource` and `verdict`. \
It is left out of the report.",
};

/// An evidence line that a verdict names is not the one that was judged.
pub const EVIDENCE_LINE: Code = Code {
    id: "PB0805",
    title: "evidence line does not match",
    explanation: "A verdict names a line of an evidence set with its digest. That line is not there, or it is another \
one, so the report cannot show what was judged. The evidence was collected anew after the assessment.",
};

/// A template could not be rendered.
pub const TEMPLATE: Code = Code {
    id: "PB0806",
    title: "template cannot be rendered",
    explanation: "The report's template met a value that it cannot show. This is a mistake in Probity; please report it \
together with the message.",
};

/// A document of another kind than the one that is needed.
pub const WRONG_DOCUMENT: Code = Code {
    id: "PB0807",
    title: "wrong kind of document",
    explanation: "A report is made from OSCAL assessment results, which link to a resolved catalog. The file that was \
named or linked is another kind of document, or does not have the shape of one.",
};

/// Some of the results are not shown.
pub const RESULTS_LEFT_OUT: Code = Code {
    id: "PB0808",
    title: "results left out",
    explanation: "The document holds several results. A report shows one of them: the one that started last.",
};

/// A template of a project is wrong.
pub const OWN_TEMPLATE: Code = Code {
    id: "PB0809",
    title: "template of the project failed",
    explanation: "The project keeps a template of its own for a report. It does not parse, meets a value that it cannot \
show, takes more steps or writes more than a report may.",
};

/// Results that do not say when they were judged.
pub const POAM_INSTANT: Code = Code {
    id: "PB0820",
    title: "no instant of judgement",
    explanation: "The risk logs of a plan of action and milestones say when something was found. The assessment results name \
no instant that can be read: neither prop `as-of` nor `end` or `start` of the result is one.",
};

/// A record of a plan that is newer than the results.
pub const POAM_LATER: Code = Code {
    id: "PB0821",
    title: "record newer than the results",
    explanation: "The log of a risk only grows, in the order of time. The record of the plan of action and milestones has \
entries of a later instant than the results are as of, so these cannot be taken into it. Judge as of a later instant, or take \
the record of that time from git, as `--rev` does.",
};

/// What an importer would refuse.
pub const EXPORT_REFUSED: Code = Code {
    id: "PB0825",
    title: "the importer would refuse it",
    explanation: "The tool that the export is for is known to refuse documents that lack this, or have it in this form. Nothing \
is written. docs/export.md says for every target what its importer needs.",
};

/// What an importer would lose.
pub const EXPORT_LOSS: Code = Code {
    id: "PB0826",
    title: "the importer would lose it",
    explanation: "The tool that the export is for takes the documents in, but not all of it: some part has no place there, or \
is refused while the rest is taken. The export is written.",
};

/// Results of different assessments named as one series.
pub const MIXED_SERIES: Code = Code {
    id: "PB0830",
    title: "results of another series",
    explanation: "A trend, a period and a sample look at results of one system against one profile, each as of another \
instant. One of the documents has another title, another assessment or another profile. Name the others only, or make \
a series of each.",
};

/// Two different results of one instant.
pub const SAME_INSTANT: Code = Code {
    id: "PB0831",
    title: "two results of one instant",
    explanation: "Two documents of a series are as of the same instant and differ: one of them was made again from other \
input. Only one of them can be what was found then. Where a build finds its own results differ from those in the \
archive, it takes its own and warns.",
};

/// Results that do not say when they hold.
pub const NO_INSTANT: Code = Code {
    id: "PB0832",
    title: "results without an instant",
    explanation: "Results stand in a series by the instant as of which they hold: the prop `as-of` of Probity, else the \
end of the result, else its start. This document has none that is a date with a time and a zone.",
};

/// A period without results.
pub const EMPTY_PERIOD: Code = Code {
    id: "PB0833",
    title: "no results in the period",
    explanation: "Nothing can be said of a period in which no stored results hold. Both days of `FROM..TO` are included, \
and days are those of UTC.",
};

/// No stored results at all.
pub const EMPTY_SERIES: Code = Code {
    id: "PB0834",
    title: "no stored results",
    explanation: "There is no archive with results, and no results were built. `archive` of an assessment in probity.toml \
names the folder that `probity archive` keeps results in.",
};

/// A page that has no place for a label.
pub const NO_PLACE_FOR_LABEL: Code = Code {
    id: "PB0835",
    title: "no place for a label",
    explanation: "The report is made of documents that are marked, and bears their label at its top and bottom. A template of \
the project writes a page in which these cannot be found. Write `<head>`, `</head>`, `<body>` and `</body>` in it.",
};

/// The codes of this crate.
pub const CODES: &[&Code] = &[
    &NO_RESULT,
    &SOURCE_MISSING,
    &SOURCE_CHANGED,
    &VERDICT_LINE,
    &EVIDENCE_LINE,
    &TEMPLATE,
    &WRONG_DOCUMENT,
    &RESULTS_LEFT_OUT,
    &OWN_TEMPLATE,
    &POAM_INSTANT,
    &POAM_LATER,
    &EXPORT_REFUSED,
    &EXPORT_LOSS,
    &MIXED_SERIES,
    &SAME_INSTANT,
    &NO_INSTANT,
    &EMPTY_PERIOD,
    &EMPTY_SERIES,
    &NO_PLACE_FOR_LABEL,
];
