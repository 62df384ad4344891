//! Attestations: what people state about controls that no metric measures.
//!
//! An attestation is an OSCAL assessment-results file with exactly one result. What OSCAL has a field for stands there;
//! props in Probity's namespace (`https://w3id.org/probity/oscal/1`) say the rest.
//!
//! - Each observation of the result is one statement. Its `methods` are `EXAMINE` or `INTERVIEW`.
//! - `collected` is when it was stated; `expires` is the last instant at which it is valid. Both are required.
//! - Prop `control-id`, one or more: the controls. Each also stands in the result's `reviewed-controls`.
//! - Prop `outcome`, exactly one: `met`, `not-met` or `not-applicable`.
//! - Prop `procedure`, at most one: the procedure of the mapping that it answers; none = every procedure of the control.
//! - Prop `unused-resource-type`, any number, with outcome `not-applicable` only: resource types that the system does
//!   not use. Where they cover every `resource-type` of the control's metrics, as written there, and the evidence is
//!   complete and holds no such resource, the control is satisfied instead of `no-subject`.
//! - Prop `statement-id`, any number: the items of a control's statement that it speaks of; none = the whole control. A
//!   procedure is settled where all items of the statement are.
//! - The author is a party of the metadata: the observation's origins (actor type `party`), else the responsible
//!   parties of the result's `attestations`, which hold the words that they stand for.
//! - An `attestations` entry with a part `approval` is no statement's words but the approval of somebody else: its
//!   responsible parties, role `approver`. Props of the part: `approved-on`, an instant, and `approved-content`, the digest of
//!   what was approved ([`authored`]).
//! - `relevant-evidence` may refer to a resource of the back matter whose `rlinks` have hashes: files inside the project are
//!   held to them. Prop `quote` is a passage that stands in the file verbatim ([`passage`]), on prop `page` of a PDF.
//!
//! `met` settles the procedure. `not-met` makes the control fail, asked for or not. `not-applicable` settles the
//! procedure without counting as a pass. The newest statement stands; where two are of the same instant, the worse.
//!
//! A statement that is in **doubt** - its evidence changed, its passage is not there, nobody else approved it where a project
//! asks for that, it is not signed as it has to be - does not count: what it speaks of is unknown. An older fail stays a fail.
//!
//! A control that no mapping asks anything of is evaluated once somebody attests it: by the procedure [`UNASKED`].

mod approval;
pub mod codes;
mod draft;
mod evidence;
mod inherited;
pub mod passage;
mod read;
mod set;

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_diagnostics::{Code, Diagnostic, Location, Sha256Digest, TreePath};
use probity_oscal::model::assessment::Observation;
use probity_oscal::model::assessment_results::Attestation as Words;
use probity_oscal::model::metadata::{Party, Resource, Role};

pub use approval::{Approval, approve, authored, endorsed, is_approval};
pub use draft::{Draft, Quote, RecordedEvidence, draft};
pub use evidence::{Document, document, held_to_evidence};
pub use inherited::inherited;
pub use read::from_document;
pub use set::{Attestations, Found};

/// The procedure of controls that no mapping asks anything of, once somebody attests them.
pub const UNASKED: &str = "attestation";

/// What a statement says of its controls, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stated {
    /// The control is not met.
    NotMet,
    /// The control does not apply, or such resources are not used.
    NotApplicable,
    /// The control is met.
    Met,
}

impl Stated {
    /// Parses the value of prop `outcome`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "met" => Some(Self::Met),
            "not-met" => Some(Self::NotMet),
            "not-applicable" => Some(Self::NotApplicable),
            _ => None,
        }
    }

    /// The value of prop `outcome`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// One statement: an observation of an attestation file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The controls that it is about.
    pub controls: BTreeSet<String>,
    /// The items of their statements that it is about; none = the whole control.
    pub items: BTreeSet<String>,
    /// The procedure that it answers; none = every procedure of its controls.
    pub procedure: Option<String>,
    /// What it says.
    pub outcome: Stated,
    /// Resource types that the system does not use.
    pub unused_types: BTreeSet<String>,
    /// UUIDs of the parties that stand for it.
    pub authors: BTreeSet<String>,
    /// When it was made.
    pub stated: Timestamp,
    /// The last instant at which it is valid.
    pub valid_until: Timestamp,
    /// The observation as it stands in the file.
    pub observation: Observation,
    /// Where it stands.
    pub location: Location,
    /// Why it does not count.
    pub doubts: Vec<Doubt>,
}

/// A reason for which a statement does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The kind of reason.
    pub code: &'static Code,
    /// What is wrong, in words.
    pub message: String,
    /// Where it is wrong.
    pub location: Location,
}

impl Doubt {
    /// The doubt as a finding.
    pub fn finding(&self) -> Diagnostic {
        let message = format!("this statement does not count: {}", self.message);
        Diagnostic::warning(self.code, message).at(self.location.clone())
    }
}

/// An attestation file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestationFile {
    /// The file.
    pub path: TreePath,
    /// Its statements, in the order of the file.
    pub statements: Vec<Statement>,
    /// The words that the authors stand for, and approvals.
    pub words: Vec<Words>,
    /// Who approved it.
    pub approvals: Vec<Approval>,
    /// The digest of what authors state ([`authored`]).
    pub authored: Sha256Digest,
    /// The digest of that and of approvals ([`endorsed`]).
    pub endorsed: Sha256Digest,
    /// The parties of its metadata.
    pub parties: Vec<Party>,
    /// The roles of its metadata.
    pub roles: Vec<Role>,
    /// The resources of its back matter.
    pub resources: Vec<Resource>,
}

/// How a party is called: by its name, else its short name, else its uuid.
pub fn name_of(party: &Party) -> &str {
    party.name.as_deref().or(party.short_name.as_deref()).unwrap_or(&party.uuid)
}

impl AttestationFile {
    /// The party with that uuid.
    pub fn party(&self, uuid: &str) -> Option<&Party> {
        self.parties.iter().find(|party| party.uuid == uuid)
    }

    /// The e-mail addresses of parties, in lower case.
    pub fn emails<'a>(&self, uuids: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
        let uuids: BTreeSet<&String> = uuids.into_iter().collect();
        let parties = self.parties.iter().filter(|party| uuids.contains(&party.uuid));
        parties.flat_map(|party| &party.email_addresses).map(|email| email.to_lowercase()).collect()
    }
}
