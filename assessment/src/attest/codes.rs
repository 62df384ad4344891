//! Codes of findings in attestations and accepted risks.

use probity_diagnostics::Code;

/// A statement lacks something or says it in the wrong words.
pub const ATTESTATION_MALFORMED: Code = Code {
    id: "PB0670",
    title: "malformed attestation",
    explanation: "An attestation is an OSCAL assessment-results file with one result. Each of its observations is \
made by EXAMINE or INTERVIEW, names its controls (prop `control-id`) and one `outcome` (met, not-met or \
not-applicable), and says until when it is valid (`expires`). The props stand in Probity's namespace. A file that \
is not understood is refused: a statement must never count for more than it says.",
};

/// Nobody stands for a statement.
pub const ATTESTATION_AUTHOR: Code = Code {
    id: "PB0671",
    title: "attestation without author",
    explanation: "A statement counts only where it says who made it: a party of the file's metadata, named by an \
origin of the observation or as a responsible party of the result's `attestations`.",
};

/// A statement changes nothing.
pub const ATTESTATION_UNUSED: Code = Code {
    id: "PB0672",
    title: "attestation without effect",
    explanation: "The statement names a control that this assessment does not review, or a procedure that no mapping \
asks for. It changes no finding. Correct the control id or the procedure, or ask for the procedure in a mapping.",
};

/// Two statements or two risks with one uuid.
pub const DUPLICATE_UUID: Code = Code {
    id: "PB0673",
    title: "duplicate uuid",
    explanation: "Two statements or two accepted risks carry the same uuid, often because a file was copied. \
Results refer to them by uuid, so each needs its own.",
};

/// A statement that the evidence contradicts.
pub const ATTESTATION_CONTRADICTED: Code = Code {
    id: "PB0674",
    title: "attestation contradicted by evidence",
    explanation: "A statement says that resources of a kind are not used, but the evidence holds such a resource, or \
the evidence is not recorded complete. The control stays without subject and is not satisfied.",
};

/// A statement from after the instant of judging.
pub const ATTESTATION_LATER: Code = Code {
    id: "PB0675",
    title: "attestation of a later date",
    explanation: "The statement was made after `as-of`, the instant for which the assessment judges. It is left out.",
};

/// Evidence is not what it was.
pub const EVIDENCE_CHANGED: Code = Code {
    id: "PB0676",
    title: "evidence of a statement missing or changed",
    explanation: "A statement names a file and the digest that the file had when it was made. The file is not there, cannot \
be read, or has another digest now. The statement rests on something that nobody can look at, so it does not count: what it \
speaks of is unknown. Bring the file back, or attest anew.",
};

/// A passage that does not stand in its document.
pub const QUOTE_NOT_FOUND: Code = Code {
    id: "PB0677",
    title: "quoted passage not in the document",
    explanation: "A statement quotes a passage of a text, Markdown or PDF file. It counts only while the passage stands \
there word for word, on the page that is named. In text, runs of white space are as good as one blank; in a PDF white space \
does not count at all, since it is not kept there. A PDF whose pages are pictures has no text to look in.",
};

/// A statement that nobody else has approved.
pub const NOT_APPROVED: Code = Code {
    id: "PB0678",
    title: "statement without valid approval",
    explanation: "An approval is made by somebody other than the author (another party, another e-mail address) and names the \
digest of what was approved. It ends where the statement is changed. Where `four-eyes = true` stands in table [attest] of \
probity.toml, statements without approval do not count. `probity attest approve FILE` approves.",
};

/// A statement or approval that is not signed as it has to be.
pub const NOT_SIGNED: Code = Code {
    id: "PB0679",
    title: "statement or approval not signed by its author",
    explanation: "With `allowed-signers` in table [signing] of probity.toml, a statement counts only where the commit that gave it \
its present content is signed with an SSH key that the file of allowed signers has for an e-mail address of the author, and the \
approval likewise. What is not committed, is signed by somebody else or with a key that is not in the file does not count.",
};

/// A risk lacks something or says it in the wrong words.
pub const WAIVER_MALFORMED: Code = Code {
    id: "PB0680",
    title: "malformed waiver",
    explanation: "A waiver is a risk of a plan of action and milestones with status `deviation-approved`. It has a \
deadline, names a metric or check (props `metric`, `check`), and the resources that it covers (props `resource-id`, \
or `resources` with value `all`). The props stand in Probity's namespace.",
};

/// Nobody approved a waiver.
pub const WAIVER_APPROVER: Code = Code {
    id: "PB0681",
    title: "waiver without approver",
    explanation: "A waiver counts only where its risk log has an entry with `status-change` `deviation-approved` that \
says who logged it: a party of the file's metadata.",
};

/// A waiver that is past its deadline or not approved yet.
pub const WAIVER_NOT_IN_FORCE: Code = Code {
    id: "PB0682",
    title: "waiver not in force",
    explanation: "At `as-of` the waiver is past its deadline or not yet approved. It changes nothing: the fails that \
it covers are fails. Renew the decision or mend the resources.",
};

/// A waiver that covers no fail.
pub const WAIVER_UNUSED: Code = Code {
    id: "PB0683",
    title: "waiver without effect",
    explanation: "The waiver is in force, but no fail is covered by it: the resources pass or are gone, or its metric, \
check or resource ids name nothing in this assessment. Close the risk or correct it.",
};
