//! Stable codes of findings about scrubbing and what rests on it (`PB107x` to `PB109x`).

use probity_diagnostics::Code;

/// A file that cannot be scrubbed.
pub const FORMAT: Code = Code {
    id: "PB1070",
    title: "file cannot be scrubbed",
    explanation: "A file is scrubbed by its format, which the extension of its name says. What has no format that is known, or is \
not a file of the format that its name says, is not passed on as if nothing were in it: the package is refused. Leave it out, or write \
it in another format.",
};

/// Something was left after scrubbing.
pub const RESIDUE: Code = Code {
    id: "PB1071",
    title: "personal data was left",
    explanation: "What was made of the files is looked through a second time, with all that was found the first time. Where that finds \
anything, nothing is written, and the places are named. List the value as a word of the own (`--words`), or take it out by hand.",
};

/// Rules that cannot be applied.
pub const RULES: Code = Code {
    id: "PB1072",
    title: "rules of scrubbing cannot be applied",
    explanation: "The lists of own domains and words are too long to be searched for, or the seed does not have 64 hexadecimal digits.",
};

/// A report that is none.
pub const REPORT: Code = Code {
    id: "PB1060",
    title: "no report of scrubbing",
    explanation: "`scrub-report.json` is written by `probity share scrub` beside the files that it made, and says by which rules they were scrubbed, \
their digests and colours. It is not written by hand.",
};

/// All codes of this module.
pub const CODES: &[&Code] = &[&FORMAT, &RESIDUE, &RULES, &REPORT];
