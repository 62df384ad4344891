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

/// A label that is missing in a package.
pub const NOT_EVERYWHERE: Code = Code {
    id: "PB1006",
    title: "package is not labelled throughout, or not whole",
    explanation: "A package bears its colour in the name of each document, in the document or its sidecar, in `manifest.json`, and in subject \
and body of `mail.eml` (rule TLP-004); its files are those of the manifest, with the digests that stand there. What differs was changed on \
the way, or was not made by `probity share build`. An encrypted package (TLP:RED) has `envelope.json` and `sealed.TLP-RED.age` instead, and \
nothing that lies open beside them.",
};

/// A change of colour that is not its originator's.
pub const NOT_ORIGINATOR: Code = Code {
    id: "PB1007",
    title: "change of colour is not its originator's",
    explanation: "A colour is changed in a commit that is signed with a key of the originator (rule TLP-005). The keys are those of the file of \
allowed signers as it was before the commit, with principal `member:NAME`; the message ends with the trailers `TLP-Document`, `TLP-From`, \
`TLP-To` and `TLP-Reason`. `probity share mark set` writes the change and says how to commit it.",
};

/// A colour that cannot be said.
pub const CANNOT_CARRY: Code = Code {
    id: "PB1008",
    title: "colour cannot be carried",
    explanation: "The format cannot say the colour, or says it in a way that is written by the tool which made the document (rule TLP-006).",
};

/// RED without names.
pub const NOT_NAMED: Code = Code {
    id: "PB1009",
    title: "TLP:RED needs named persons and encryption",
    explanation: "TLP:RED goes to persons who are named one by one, and encrypted so that nobody else can read it (rule TLP-007). The register \
has their public keys: props `age-recipient` of a person in Probity's namespace.",
};

/// A recipient that may receive nothing.
pub const NOT_ADMITTED: Code = Code {
    id: "PB1010",
    title: "recipient is not admitted",
    explanation: "A recipient is an active member of the register, `sharing/members.yaml`, and has signed an agreement in `sharing/nda` whose \
term includes the day (rule MEM-001). A person is one of such a member.",
};

/// A condition of the colour that does not hold.
pub const CONDITION: Code = Code {
    id: "PB1011",
    title: "condition of the colour does not hold",
    explanation: "The colour allows the audience under a condition: a reason why the recipient needs to know, a scrubbed document, a resolved \
incident, or the approval of a second person (rules TLP-002, GRP-001, PUB-001). docs/cloudcert.md has the table.",
};

/// Criteria that are not met.
pub const NOT_MET: Code = Code {
    id: "PB1012",
    title: "application does not meet the criteria",
    explanation: "A criterion of the category (`content:profiles/cloudcert-*.yaml`) has no finding in the application, or one that does not say \
`satisfied` (rule MEM-003). The application is the assessment results in `sharing/applications/NAME/assessment-results.yaml`.",
};

/// A vote that is not carried.
pub const NOT_CARRIED: Code = Code {
    id: "PB1013",
    title: "application is not carried",
    explanation: "Organisations of category `other` are voted on: two thirds of all active members must be for them (rule MEM-002). A vote is a \
file `sharing/applications/NAME/votes/MEMBER.yaml` with `vote: yes` or `vote: no`, committed and signed by that member.",
};

/// A policy that is not understood.
pub const POLICY: Code = Code {
    id: "PB1020",
    title: "malformed sharing policy",
    explanation: "`sharing/policy.yaml` names `member`, who we are by our short name in the register, and may name `profile` (cloudcert-2012, \
first-2.0 or stricter), `sender`, the address of mails, `embargoes`, `publication`, what is published where, `retention`, for how long what is over is kept (`P3Y`), `store` with `circle`, who reads this repository: persons, own, \
members, group:NAME or public, and `signatures`, what shows that a member has signed an agreement: listed, committed or registrar.",
};

/// A register that is not understood.
pub const REGISTER: Code = Code {
    id: "PB1021",
    title: "malformed register of members",
    explanation: "`sharing/members.yaml` is an OSCAL component definition whose parties are members and their persons. A member has a \
`short-name`, and in Probity's namespace a prop `category` and a prop `member-status` for each change, with the day as value and what it \
became as class: applied, active, suspended, left. docs/cloudcert.md describes it.",
};

/// An agreement that is not understood.
pub const AGREEMENT: Code = Code {
    id: "PB1022",
    title: "malformed agreement on confidentiality",
    explanation: "A file of `sharing/nda` has `title`, `text`, a path beside it, `sha256`, the digest of that text, and `signatures`, each with \
`member`, `signer`, `signed` and `until`. The folder that is called like it has such signatures in files that are called like the member, with \
`sha256` instead of `member`. All members sign the same text: where it has another digest, nobody has signed it.",
};

/// A group that is not understood.
pub const GROUP: Code = Code {
    id: "PB1023",
    title: "malformed working group",
    explanation: "A file of `sharing/groups` has `title` and `persons`, a list of e-mail addresses.",
};

/// A community that is not run as it said.
pub const GOVERNANCE: Code = Code {
    id: "PB1025",
    title: "governance does not hold",
    explanation: "`sharing/governance.yaml` has `documents` (two memoranda, bye-laws and a charter, each signed), `board` (four seats appointed by \
`alliance`, three by `members`, with terms), `managing-director` with a term of at most a year, and three `committees` with a chair. \
docs/cloudcert.md describes it.",
};

/// An archive that cannot be read.
pub const ARCHIVE: Code = Code {
    id: "PB1024",
    title: "archive cannot be used",
    explanation: "A package in a zip archive cannot be read or written: it is damaged, larger than 64 MiB or 2000 files, or holds a name that leads \
out of the folder into which it would be unpacked.",
};

/// An approval that is not understood.
pub const APPROVAL: Code = Code {
    id: "PB1061",
    title: "malformed approval",
    explanation: "The approval of a document lies beside it and is called like it with `.approval.yaml` behind it. It has `document` and \
`report`, the SHA-256 of the document and of the report of its scrubbing, and `by`, the e-mail address of whoever approves. `probity share \
approve` writes it.",
};

/// An approval that does not count.
pub const NOT_APPROVED: Code = Code {
    id: "PB1062",
    title: "approval does not count",
    explanation: "What is published has been approved by a second person (rule PUB-001): somebody of the register who belongs to us, has not \
written or committed the document, and has signed the commit of the approval with a key that stood in the file of allowed signers before it, \
with the e-mail address as principal.",
};

/// A name that is taken.
pub const TAKEN: Code = Code {
    id: "PB1063",
    title: "another document is published under this name",
    explanation: "What is published is called by the number of its incident, else by the name of its file. A newer version of a document takes \
the place of the older one; a document of another originator, or one that is no incident where one was, does not.",
};

/// A folder that was not written here.
pub const NOT_OURS: Code = Code {
    id: "PB1064",
    title: "folder of publications cannot be used",
    explanation: "`probity share publish` writes to a new folder, or to one that it wrote before: there `publications.json` lists documents and \
files, and the documents have the digests that stand in it. Other folders, and those in which something was changed by hand, are left alone.",
};

/// A key that is none.
pub const KEY: Code = Code {
    id: "PB1026",
    title: "no key of age",
    explanation: "TLP:RED is encrypted in the format of age (`age-encryption.org/v1`). A person of the register has public keys as props \
`age-recipient` in Probity's namespace: X25519 keys, which begin with `age1`. An identity file holds secret keys, one on each line. \
`age-keygen` makes both. Keys with a passphrase, of SSH, of plugins and hybrid ones are not used.",
};

/// Something encrypted that is not opened.
pub const SEALED: Code = Code {
    id: "PB1027",
    title: "encrypted package cannot be opened",
    explanation: "No secret key of the identity file belongs to a public key that the package was encrypted to, or its bytes are not those that \
were encrypted. A part of something that was changed is never shown: ask the sender for the package again.",
};

/// Something in a repository that not everybody who reads it may see.
pub const STORE: Code = Code {
    id: "PB1028",
    title: "repository holds what not all of its readers may see",
    explanation: "`store` of `sharing/policy.yaml` says who reads the repository, and its files and their history hold something that the colour \
does not allow for all of them (rule STO-001): a document, something that was received, what others are scrubbed with, what is for members \
only, or a secret key. What was committed once is read by whoever has the repository: it has to leave the history (`git filter-repo`), or the \
repository stays with a narrower circle. A key that was committed is a key of everybody: make another one.",
};

/// A document that cannot be divided by colours.
pub const NOT_DIVIDED: Code = Code {
    id: "PB1029",
    title: "document cannot be divided by colours",
    explanation: "`probity share mark split` makes a document for each colour of a STIX bundle, object by object, and of a JSON list, item by item. \
The parts of other documents share a head that has a colour of its own, such as the metadata of OSCAL, and a part that refers to a stricter \
one would tell of it (rule TLP-003). What of them may stand in which document is for the originator to say.",
};

/// A signature that does not count.
pub const SIGNATURE: Code = Code {
    id: "PB1030",
    title: "signature under an agreement does not count",
    explanation: "A signature that `probity share nda sign` writes counts where the commit that it comes from is signed with a key of the member, or \
of the registrar where the policy says `signatures: registrar`; one that the agreement lists counts only where it says `signatures: listed`. \
Whom no signature binds receives nothing (rule MEM-001).",
};

/// A sender that nobody knows.
pub const SENDER: Code = Code {
    id: "PB1065",
    title: "mail comes from an address that is not its member's",
    explanation: "The mail of a package comes from an address that `sharing/members.yaml` has among the `email-addresses` of the member which the \
package says it is from (rule MEM-004). Ask the member by another way whether the package is theirs.",
};

/// All codes of this crate.
pub const CODES: &[&Code] = &[
    &NO_LABEL,
    &CONTRADICTION,
    &MIXED,
    &SIDECAR,
    &AUDIENCE,
    &NO_AUDIENCE,
    &NOT_EVERYWHERE,
    &NOT_ORIGINATOR,
    &CANNOT_CARRY,
    &NOT_NAMED,
    &NOT_ADMITTED,
    &CONDITION,
    &NOT_MET,
    &NOT_CARRIED,
    &POLICY,
    &REGISTER,
    &AGREEMENT,
    &GROUP,
    &ARCHIVE,
    &GOVERNANCE,
    &APPROVAL,
    &NOT_APPROVED,
    &TAKEN,
    &NOT_OURS,
    &SENDER,
    &KEY,
    &SEALED,
    &STORE,
    &NOT_DIVIDED,
    &SIGNATURE,
];
