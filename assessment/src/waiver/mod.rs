//! Waivers: risks that somebody has accepted for a while.
//!
//! A waiver is a risk of an OSCAL plan of action and milestones with status `deviation-approved`. What OSCAL has a field
//! for stands there; props in Probity's namespace (`https://w3id.org/probity/oscal/1`) say the rest.
//!
//! - `deadline` is the last instant at which it holds; required.
//! - The newest entry of `risk-log` with `status-change` `deviation-approved` is the approval: it holds from `start`
//!   on, and `logged-by` names the approver, a party of the metadata; required.
//! - Prop `metric` or prop `check`, one or more in all: what it waives.
//! - Prop `resource-id`, one or more: the resources that it covers; or prop `resources` with value `all`.
//!
//! Out of force a waiver changes nothing. Risks with another status are no waivers and are left alone.

mod read;
mod set;

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_diagnostics::{Location, TreePath};
use probity_oscal::model::assessment::Risk;
use probity_oscal::model::metadata::{Party, Role};
use uuid::Uuid;

pub use read::from_document;
pub use set::AcceptedRisks;

/// One waiver: an accepted risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedRisk {
    /// UUID of the risk, which verdicts and results name.
    pub uuid: Uuid,
    /// Names of metrics and checks that it waives.
    pub waives: BTreeSet<String>,
    /// Ids of the resources that it covers; none = all.
    pub resources: Option<BTreeSet<String>>,
    /// UUIDs of the parties that approved it.
    pub approvers: BTreeSet<String>,
    /// The instant from which it holds.
    pub approved: Timestamp,
    /// The last instant at which it holds.
    pub deadline: Timestamp,
    /// The risk as it stands in the file.
    pub risk: Risk,
    /// Where it stands.
    pub location: Location,
}

impl AcceptedRisk {
    /// Whether it is approved and not past its deadline.
    pub fn in_force(&self, as_of: Timestamp) -> bool {
        self.approved <= as_of && as_of <= self.deadline
    }
}

/// A plan of action and milestones, as far as it accepts risks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaiverFile {
    /// The file.
    pub path: TreePath,
    /// Its waivers, in the order of the file.
    pub risks: Vec<AcceptedRisk>,
    /// The parties of its metadata.
    pub parties: Vec<Party>,
    /// The roles of its metadata.
    pub roles: Vec<Role>,
}
