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
//! - The author is a party of the metadata: the observation's origins (actor type `party`), else the responsible
//!   parties of the result's `attestations`, which hold the words that they stand for.
//!
//! `met` settles the procedure. `not-met` makes the control fail, asked for or not. `not-applicable` settles the
//! procedure without counting as a pass. The newest statement stands; where two are of the same instant, the worse.

pub mod codes;
mod inherited;
mod read;
mod set;

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_diagnostics::{Location, TreePath};
use probity_oscal::model::assessment::Observation;
use probity_oscal::model::assessment_results::Attestation as Words;
use probity_oscal::model::metadata::{Party, Resource, Role};

pub use inherited::inherited;
pub use read::from_document;
pub use set::{Attestations, Found};

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
}

/// An attestation file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestationFile {
    /// The file.
    pub path: TreePath,
    /// Its statements, in the order of the file.
    pub statements: Vec<Statement>,
    /// The words that the authors stand for.
    pub words: Vec<Words>,
    /// The parties of its metadata.
    pub parties: Vec<Party>,
    /// The roles of its metadata.
    pub roles: Vec<Role>,
    /// The resources of its back matter.
    pub resources: Vec<Resource>,
}
