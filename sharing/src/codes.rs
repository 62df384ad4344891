//! Codes of findings about sharing: `PB10xx`.

use probity_diagnostics::Code;

/// A text that should be a label and is none.
pub const NO_LABEL: Code = Code {
    id: "PB1000",
    title: "no label of the Traffic Light Protocol",
    explanation: "The labels are TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT and TLP:RED, and WHITE and YELLOW as they were called \
before 2022. Spaces, other spellings and letters that only look alike are refused (rule TLP-008), because whoever misreads a label shares \
what must not be shared.",
};

/// A document and what stands beside it say different colours.
pub const CONTRADICTION: Code = Code {
    id: "PB1001",
    title: "marking contradicts itself",
    explanation: "The colour that a document says and the one in its sidecar (`<file>.marking.yaml`) differ. Which one holds is for the \
originator to say: nothing is shared until both are the same, or the sidecar is gone.",
};

/// Several colours where one is needed.
pub const MIXED: Code = Code {
    id: "PB1002",
    title: "several colours in one document or package",
    explanation: "A part of the document, an object, or a document that is embedded in it has another colour than the document (rule \
TLP-003). The highest does not win: whoever takes the document apart later would not know which part was meant. Make one document for \
each colour.",
};

/// A sidecar that is not understood.
pub const SIDECAR: Code = Code {
    id: "PB1003",
    title: "malformed sidecar",
    explanation: "A sidecar lies beside a document that cannot say its colour, and is called like it with `.marking.yaml` behind it. It has \
`marking`, a label, and may have `originator`, the member that the document comes from. Nothing else may stand in it.",
};

/// An audience that the colour does not allow.
pub const AUDIENCE: Code = Code {
    id: "PB1004",
    title: "audience is not allowed for this colour",
    explanation: "The colour of the document does not allow this audience (rule TLP-002). docs/cloudcert.md has the table of colours and \
audiences for originators and for those who received a document from them. Only the originator may change the colour.",
};

/// A text that names no audience.
pub const NO_AUDIENCE: Code = Code {
    id: "PB1005",
    title: "no audience",
    explanation: "An audience is `person:NAME`, `member:NAME`, `members`, `group:NAME` or `public`. Names are short names of the register of \
members, or for persons an e-mail address that is in it.",
};

/// All codes of this crate.
pub const CODES: &[&Code] = &[&NO_LABEL, &CONTRADICTION, &MIXED, &SIDECAR, &AUDIENCE, &NO_AUDIENCE];
