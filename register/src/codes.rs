//! Stable codes of findings about the register of certificates (`PB069x`).

use probity_diagnostics::Code;

/// A certificate lacks something or says it in the wrong words.
pub const MALFORMED: Code = Code {
    id: "PB0690",
    title: "malformed certificate",
    explanation: "A certificate of the register is an OSCAL component definition with one component of type `validation`. Its \
props in Probity's namespace name it (`certificate-name`), its `scheme`, its term (`valid-from`, `valid-until`), and each change of \
its `status` with the day as value and what it became as class. An attestation report has a `report-type` and an `opinion`. The issuer is the party with \
role `issuer` of the component. A certificate that is not understood is refused: nothing may rest on it.",
};

/// A change of status that cannot be.
pub const UNLAWFUL: Code = Code {
    id: "PB0691",
    title: "change of status that cannot be",
    explanation: "A certificate is new, then issued, then maintained or renewed any number of times. It may be suspended, and is \
maintained afterwards; it may be withdrawn or expire, and stays so. Changes stand in the order of their days. Another certificate is \
another entry of the register.",
};

/// A document that is not there, or is another one.
pub const DOCUMENT: Code = Code {
    id: "PB0692",
    title: "document is not the one that was recorded",
    explanation: "Certificates and reports rest on documents that the register names with their SHA-256. Where a file is missing or \
has another digest, or where no digest was recorded, nobody can tell what was examined, and nothing is inherited from it.",
};

/// Two certificates for one thing at one time.
pub const OVERLAP: Code = Code {
    id: "PB0693",
    title: "certificates overlap",
    explanation: "Two certificates of one scheme by one issuer, for one assessment or with one name, are in force at the same time. \
One of them is a copy or its dates are wrong: end the older one, or correct `valid-from` and `valid-until`.",
};

/// A certificate that cannot be relied on.
pub const NOT_IN_FORCE: Code = Code {
    id: "PB0694",
    title: "certificate is not in force",
    explanation: "At `as-of` the certificate is not issued yet, suspended, withdrawn or past its term. What is inherited from it \
counts as expired or unattested. Record what became of it with `probity certificate record`.",
};

/// A surveillance assessment that is overdue.
pub const SURVEILLANCE: Code = Code {
    id: "PB0695",
    title: "surveillance is overdue",
    explanation: "A surveillance assessment was due, and the certificate was neither maintained nor renewed since the one before. \
Record the outcome with `probity certificate record NAME maintained`.",
};

/// Controls of a certificate's scope fail.
pub const AT_RISK: Code = Code {
    id: "PB0696",
    title: "certificate is at risk",
    explanation: "A control of the certificate's scope fails in the assessment that is set against it, and did not in the results \
that it was issued on (a resource of kind `baseline`); without such results, every fail counts. The next surveillance would find it.",
};

/// An inherited control that the report does not cover.
pub const NOT_COVERED: Code = Code {
    id: "PB0697",
    title: "inherited control is not covered",
    explanation: "A report settles an inherited control where its opinion is unqualified, or qualified with exceptions of which the \
control is none. A report of type 1 is on the design alone: it settles a control only where the entry says so (prop `accepts`, value \
`type-1`) with a reason. What is not covered stays unattested.",
};

/// All codes of this crate.
pub const CODES: &[&Code] =
    &[&MALFORMED, &UNLAWFUL, &DOCUMENT, &OVERLAP, &NOT_IN_FORCE, &SURVEILLANCE, &AT_RISK, &NOT_COVERED];
