//! The words of a report: states of controls, verdicts and severities, with their order and their names.

pub use probity_evidence::Severity;
use serde::{Deserialize, Serialize};

/// The outcome for one control, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ControlState {
    /// A check fails and nobody accepted that.
    Fail,
    /// A check could not be run.
    Error,
    /// The evidence does not settle a check.
    Unknown,
    /// An attestation is no longer valid.
    Expired,
    /// A procedure that nobody attested.
    Unattested,
    /// Nothing that the control could be judged on.
    NoSubject,
    /// It fails, and the risk is accepted until a deadline.
    Waived,
    /// Everything that was asked for holds.
    Satisfied,
}

impl ControlState {
    /// All states, worst first.
    pub const ALL: [Self; 8] = [
        Self::Fail,
        Self::Error,
        Self::Unknown,
        Self::Expired,
        Self::Unattested,
        Self::NoSubject,
        Self::Waived,
        Self::Satisfied,
    ];

    /// The state that prop `state` of a finding names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == text)
    }

    /// The state of a finding without that prop, by OSCAL's own status: nothing passes that does not say so.
    pub fn of_status(state: &str, reason: Option<&str>) -> Self {
        match (state, reason) {
            ("satisfied", _) => Self::Satisfied,
            (_, Some("other")) => Self::Unknown,
            _ => Self::Fail,
        }
    }

    /// The word of prop `state`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Error => "error",
            Self::Unknown => "unknown",
            Self::Expired => "expired",
            Self::Unattested => "unattested",
            Self::NoSubject => "no-subject",
            Self::Waived => "waived",
            Self::Satisfied => "satisfied",
        }
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fail => "Failed",
            Self::Error => "Error",
            Self::Unknown => "Unknown",
            Self::Expired => "Expired",
            Self::Unattested => "Not attested",
            Self::NoSubject => "No subject",
            Self::Waived => "Waived",
            Self::Satisfied => "Satisfied",
        }
    }

    /// What the state means, in one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Fail => "At least one resource fails a check, and no waiver covers it.",
            Self::Error => "A check could not be run to its end.",
            Self::Unknown => "The evidence is missing, too old or incomplete.",
            Self::Expired => "An attestation was given, but is no longer valid.",
            Self::Unattested => "A required procedure has no attestation.",
            Self::NoSubject => "No resource was found that the checks apply to.",
            Self::Waived => "It fails, and the risk is accepted until a deadline.",
            Self::Satisfied => "Every check passes and every attestation is valid.",
        }
    }

    /// Whether the control needs somebody's attention.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Satisfied | Self::Waived)
    }
}

/// The outcome of one check on one resource, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The check does not hold.
    Fail,
    /// The check could not be run.
    Error,
    /// The evidence does not settle it.
    Unknown,
    /// It does not hold, and the risk is accepted.
    Waived,
    /// The check holds.
    Pass,
}

impl Verdict {
    /// All verdicts, worst first.
    pub const ALL: [Self; 5] = [Self::Fail, Self::Error, Self::Unknown, Self::Waived, Self::Pass];

    /// The verdict that a prop or a verdict file names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == text)
    }

    /// The word of verdict files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Error => "error",
            Self::Unknown => "unknown",
            Self::Waived => "waived",
            Self::Pass => "pass",
        }
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fail => "Failed",
            Self::Error => "Error",
            Self::Unknown => "Unknown",
            Self::Waived => "Waived",
            Self::Pass => "Passed",
        }
    }
}

/// The severity that a prop or a facet names, whoever wrote it.
pub fn as_severity(text: &str) -> Option<Severity> {
    if text == "medium" { Some(Severity::Moderate) } else { Severity::parse(text) }
}
