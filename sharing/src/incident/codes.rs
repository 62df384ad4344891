//! Stable codes of findings about incidents, their formats, the lexicon and the clocks (`PB104x` to `PB106x`).

use probity_diagnostics::Code;

/// An incident lacks something or says it in the wrong words.
pub const MALFORMED: Code = Code {
    id: "PB1040",
    title: "malformed incident",
    explanation: "An incident is a YAML or JSON file whose fields are those of IODEF v2 (RFC 7970), in lower case with hyphens, and a \
few of Probity's own. Fields that are not known are refused, so that nothing is lost that somebody wrote. docs/incidents.md lists them.",
};

/// An incident contradicts itself.
pub const INCONSISTENT: Code = Code {
    id: "PB1041",
    title: "incident contradicts itself",
    explanation: "Values do not have the form of their type, times are in no possible order, or a part lacks what it is about. \
Whoever receives such an incident blocks the wrong address or waits for the wrong day.",
};

/// A category or an attack type that the lexicon does not know.
pub const LEXICON: Code = Code {
    id: "PB1042",
    title: "word is not of the lexicon",
    explanation: "Rule LEX-001: categories and attack types are those of the lexicon, so that members mean the same by them. A \
word of one's own begins with `x-` and is described in sharing/lexicon.yaml. `probity share lexicon list` shows all words.",
};

/// A lexicon lacks something.
pub const BAD_LEXICON: Code = Code {
    id: "PB1043",
    title: "malformed lexicon",
    explanation: "An entry of the lexicon has an id, a title, a definition in own words, and the clause that it goes back to. Ids \
stand once; those that a project adds begin with `x-`. An attack type names the category that it belongs to.",
};

/// A format that cannot say something.
pub const UNSAID: Code = Code {
    id: "PB1044",
    title: "format cannot say this",
    explanation: "Rule TLP-006: what is converted keeps its colour and everything else. What a format has no place for is carried in \
a place for extensions; what cannot be carried either is refused, by name, and nothing is written.",
};

/// A document of another format that is not understood.
pub const FOREIGN: Code = Code {
    id: "PB1045",
    title: "document of another format is not understood",
    explanation: "The document is no IODEF v2, STIX 2.1, CSAF 2.0 or 2.1 or MISP event, or lacks what every one of its kind has.",
};

/// Something of a document of another format that an incident has no place for.
pub const LEFT_OUT: Code = Code {
    id: "PB1046",
    title: "not taken in",
    explanation: "An element, an object or an attribute of a received document has no place in the model of incidents. It was left \
out; keep the document as it was received beside the incident.",
};

/// A notification that is overdue.
pub const OVERDUE: Code = Code {
    id: "PB1047",
    title: "notification is overdue",
    explanation: "A duty to notify applies to the incident, its time has passed at `as-of`, and no notification is recorded. Make \
it, and record it under `notifications` of the incident with the regime, the step and the instant.",
};

/// A clock that cannot be told.
pub const NO_CLOCK: Code = Code {
    id: "PB1048",
    title: "time of a notification is unknown",
    explanation: "A duty to notify applies to the incident, and what its time counts from is not known: `times.aware`, \
`times.corrected`, or the notification of the step before. An unknown time is not a time that is kept.",
};

/// An incident that was to be made of something that is not there.
pub const NO_ORIGIN: Code = Code {
    id: "PB1049",
    title: "nothing to make an incident of",
    explanation: "The finding, the risk or the advisory that was named is not in the document, is not open, or matches nothing of \
the inventory.",
};

/// A product whose match cannot be decided.
pub const UNDECIDED: Code = Code {
    id: "PB1050",
    title: "match of a product is undecided",
    explanation: "An item of the inventory has the name of an affected product, and whether its version is affected cannot be told: \
one of them says no version, or the range is written in a way that is not understood. It counts as a possible match; look at it.",
};

/// Two incidents with one number.
pub const TWICE: Code = Code {
    id: "PB1051",
    title: "incident stands twice",
    explanation: "Two files of sharing/incidents have the same number of the same issuer. A report would count one incident twice, and a \
change to one of them would not reach the other.",
};

/// A document of others that is no incident.
pub const UNREAD: Code = Code {
    id: "PB1052",
    title: "document of others is not counted",
    explanation: "A document below sharing/received is no incident, or is not understood. A report that counts the incidents of others \
leaves it out and says so.",
};

/// A document that says something else than what it carries.
pub const CONTRADICTS: Code = Code {
    id: "PB1053",
    title: "document contradicts what it carries",
    explanation: "A document that Probity wrote carries what its format has no place for, as a merge patch named `probity-incident`. Somebody \
changed the document where the patch has a word in it, or the patch: one of the two is not what was sent. Taking either of them could be \
wrong, so the document is refused. Ask its sender for it again.",
};

/// Something past the time for which it was to be kept.
pub const EXPIRED: Code = Code {
    id: "PB1054",
    title: "kept longer than it was meant to be",
    explanation: "An incident is over, or a package was received, and the time for which it is kept has passed at `as-of`: its own `retention`, \
or that of sharing/policy.yaml. Nothing deletes it by itself. What is deleted in git stays in its history, in clones and in packages that \
were sent.",
};

/// A received package of which nobody knows since when it is kept.
pub const NO_RECEIPT: Code = Code {
    id: "PB1055",
    title: "received package has no receipt",
    explanation: "`probity share receive` writes receipt.json into the folder of a package, with the instant at which it was received. Without \
it nobody knows for how long the package may still be kept.",
};

/// All codes of this module.
pub const CODES: &[&Code] = &[
    &MALFORMED,
    &INCONSISTENT,
    &LEXICON,
    &BAD_LEXICON,
    &UNSAID,
    &FOREIGN,
    &LEFT_OUT,
    &OVERDUE,
    &NO_CLOCK,
    &NO_ORIGIN,
    &UNDECIDED,
    &TWICE,
    &UNREAD,
    &CONTRADICTS,
    &EXPIRED,
    &NO_RECEIPT,
];
