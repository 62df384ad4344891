//! From a name to its story: control, checks, resources, evidence line, rule.

mod find;
mod text;

use serde::Serialize;

use crate::summary::SummaryOptions;
use crate::view::{Attestation, Carried, Check, Control, NotEvaluated, Report, Resource, Risk};

/// What a report knows about something that was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Explanation<'a> {
    /// An evaluated control.
    Control(ControlStory<'a>),
    /// A control that nothing was evaluated for.
    NotEvaluated {
        /// The control.
        control: &'a NotEvaluated,
        /// What other catalogs say beside it.
        shown: Vec<&'a Carried>,
    },
    /// A check.
    Check(CheckStory<'a>),
    /// A resource.
    Resource(ResourceStory<'a>),
    /// Several things have this name.
    Ambiguous {
        /// What was asked for.
        subject: String,
        /// What it may mean.
        candidates: Vec<Candidate>,
    },
    /// Nothing has this name.
    Unknown {
        /// What was asked for.
        subject: String,
        /// Names that are like it; may be empty.
        candidates: Vec<Candidate>,
    },
}

/// A control and everything that its outcome rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ControlStory<'a> {
    /// The control.
    pub control: &'a Control,
    /// Title of its category.
    pub category: &'a str,
    /// Its checks, worst first.
    pub checks: Vec<&'a Check>,
    /// Its attestations.
    pub attestations: Vec<&'a Attestation>,
    /// Its risks.
    pub risks: Vec<&'a Risk>,
    /// What mappings carry to it from other catalogs.
    pub carried: Vec<&'a Carried>,
    /// What other catalogs say beside it.
    pub shown: Vec<&'a Carried>,
}

/// A check and the controls that rest on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckStory<'a> {
    /// The check.
    pub check: &'a Check,
    /// The controls.
    pub controls: Vec<&'a Control>,
}

/// A resource and the checks that do not pass on it; passing ones too where the report was loaded with it in focus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResourceStory<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its type.
    pub r#type: &'a str,
    /// What the checks say, worst first.
    pub verdicts: Vec<ResourceVerdict<'a>>,
}

/// One check on a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResourceVerdict<'a> {
    /// The check.
    pub check: &'a Check,
    /// The resource as the check saw it.
    pub resource: &'a Resource,
    /// Printed ids of the controls that rest on the check.
    pub controls: Vec<&'a str>,
}

/// Something that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Candidate {
    /// `control`, `check` or `resource`.
    pub kind: &'static str,
    /// The name that means it alone.
    pub id: String,
    /// Its title or name.
    pub title: String,
}

/// Explains `subject`: the id or label of a control, the uuid of a finding, the name of a check or metric, or the id or
/// name of a resource. Case does not matter.
pub fn explain<'a>(report: &'a Report, subject: &str) -> Explanation<'a> {
    find::explain(report, subject)
}

impl Explanation<'_> {
    /// The explanation for a terminal; `limit` counts the resources below each check.
    pub fn text(&self, options: SummaryOptions) -> String {
        text::text(self, options)
    }
}
