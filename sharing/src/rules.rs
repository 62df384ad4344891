//! The rules of sharing: what refusals name.

use std::fmt;

/// A rule that sharing is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// How it is called: `TLP-002`.
    pub id: &'static str,
    /// What it demands, in one sentence.
    pub demands: &'static str,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $id:literal: $demands:literal;)*) => {
        $($(#[$doc])* pub const $name: Rule = Rule { id: $id, demands: $demands };)*

        /// All rules, in the order in which docs/cloudcert.md lists them.
        pub const ALL: &[Rule] = &[$($name),*];
    };
}

rules! {
    /// What the colour of a document is.
    MARKED = "TLP-001": "A document has the colour that it says, else the one beside it says, else TLP:AMBER; what contradicts itself has none.";
    /// Who may see a colour.
    AUDIENCE = "TLP-002": "A document goes only to an audience that its colour allows.";
    /// No mixing of colours.
    ONE_COLOUR = "TLP-003": "A package and a document have one colour.";
    /// The label stands everywhere.
    EVERYWHERE = "TLP-004": "The label stands in the name of every file of a package, in the file or beside it, in the manifest, and in subject and body of the mail, and on every page that is rendered.";
    /// Only the originator changes a colour.
    ORIGINATOR = "TLP-005": "A colour is changed by its originator only, in a commit that it has signed and that says from what to what and why.";
    /// The colour stays with the document.
    STAYS = "TLP-006": "A document keeps its colour on every way; a format that cannot say it is refused.";
    /// RED goes to persons.
    NAMED = "TLP-007": "TLP:RED goes to persons who are named, and encrypted to them.";
    /// Which texts are labels.
    LITERAL = "TLP-008": "A label is one of the five of TLP 2.0, or WHITE or YELLOW of before, in plain letters and without spaces.";
    /// Who may receive anything.
    ADMITTED = "MEM-001": "A recipient is an active member that has signed an agreement on confidentiality which is in force.";
    /// Who else becomes a member.
    VOTE = "MEM-002": "An organisation of no category becomes a member by the votes of two thirds of all active members, one vote each, committed and signed by the member.";
    /// What an applicant has to show.
    CRITERIA = "MEM-003": "A cloud provider, a telecommunications provider and a response team become members when they meet the criteria of their category.";
    /// Who sends.
    SENDER = "MEM-004": "A mail comes from an address that the register has for the member that it says it is from.";
    /// What a repository holds.
    STORE = "STO-001": "A repository holds, in files and history, only what all who read it may see; one that is shared holds nothing that was received, and none holds a secret key.";
    /// What working groups receive.
    GROUPS = "GRP-001": "A working group receives CLEAR and GREEN only, scrubbed, and of incidents only those that are resolved.";
    /// Whom stolen data goes to.
    LISTS = "LST-001": "An entry of a list of stolen data goes only to the member whose it is, encrypted, and the list never enters git.";
    /// What everybody receives.
    PUBLIC = "PUB-001": "What is published is CLEAR, scrubbed without residue, and approved by a second person in a signed commit.";
}
