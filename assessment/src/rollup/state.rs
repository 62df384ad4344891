//! The state of a control, and how it follows from its requirements.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::compile::Severity;
use crate::verdict::{Counts, Outcome};

/// Severity of a manual procedure that was not followed or found something: it has no metric that would say.
pub const PROCEDURE_SEVERITY: Severity = Severity::Moderate;

/// The outcome for one reviewed control. The order is that of precedence: where several hold, the first one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// A check fails without a waiver, or a statement says that the control is not met.
    Fail,
    /// A check could not be run on some resource.
    Error,
    /// The evidence does not settle a check for some resource, or may lack resources that a check applies to; or a statement
    /// does not count.
    Unknown,
    /// Nobody has stated the outcome of a required procedure.
    Unattested,
    /// The statement on a required procedure is no longer valid.
    Expired,
    /// Every fail is covered by an accepted risk.
    Waived,
    /// At least one check passes or one procedure is attested, and nothing is against it; or it is attested that the
    /// system has no resources of the kind.
    Satisfied,
    /// There is nothing that the checks apply to.
    NoSubject,
}

impl State {
    /// All states, in the order of precedence.
    pub const ALL: [Self; 8] = [
        Self::Fail,
        Self::Error,
        Self::Unknown,
        Self::Unattested,
        Self::Expired,
        Self::Waived,
        Self::Satisfied,
        Self::NoSubject,
    ];

    /// The value of prop `state`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Error => "error",
            Self::Unknown => "unknown",
            Self::Unattested => "unattested",
            Self::Expired => "expired",
            Self::Waived => "waived",
            Self::Satisfied => "satisfied",
            Self::NoSubject => "no-subject",
        }
    }

    /// Parses the value of prop `state`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether the control is satisfied; every other state is not-satisfied in OSCAL.
    pub fn is_satisfied(self) -> bool {
        self == Self::Satisfied
    }

    /// `state` of a finding's target (OSCAL, `finding-target/status`).
    pub fn target_state(self) -> &'static str {
        if self.is_satisfied() { "satisfied" } else { "not-satisfied" }
    }

    /// `reason` of a finding's target (OSCAL, `finding-target/status`).
    pub fn reason(self) -> &'static str {
        match self {
            Self::Satisfied => "pass",
            Self::Fail => "fail",
            _ => "other",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a required procedure, or a statement that nobody asked for, stands at `as-of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Stated as not met.
    NotMet,
    /// Stated, but the statement does not count: its evidence, its approval or its signature is in doubt.
    Unverified,
    /// No statement.
    Unattested,
    /// The statement is no longer valid.
    Expired,
    /// Stated as met.
    Met,
    /// Stated as not applicable: settled, but no pass.
    NotApplicable,
}

/// What a control is judged by: its checks with severity and counts, its procedures, and whether it is attested and
/// recorded that the system has no resources of the kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grounds {
    /// Severity and counts of each check; all counts zero where it applies to nothing.
    pub checks: Vec<(Severity, Counts)>,
    /// Severity of each check that applies to resources which nobody could list.
    pub unseen: Vec<Severity>,
    /// Standing of each required procedure.
    pub procedures: Vec<Standing>,
    /// Sources are recorded complete, and a valid statement says that such resources are not used.
    pub absence_attested: bool,
}

/// The outcome for a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// The state.
    pub state: State,
    /// How bad it is: the worst severity among what makes the state; none for satisfied and no-subject.
    pub severity: Option<Severity>,
    /// What a gate looks at: the worst severity among everything that is open (fail, error, unknown, unattested,
    /// expired), whichever of them gives the state; none where nothing is open.
    pub exposure: Option<Severity>,
}

impl Grounds {
    /// Rolls the grounds up to a judgement.
    pub fn judge(&self) -> Judgement {
        let state = self.state();
        let open = [State::Fail, State::Error, State::Unknown, State::Unattested, State::Expired];
        Judgement {
            state,
            severity: self.worst(state),
            exposure: open.into_iter().filter_map(|state| self.worst(state)).min(),
        }
    }

    fn state(&self) -> State {
        let against =
            [State::Fail, State::Error, State::Unknown, State::Unattested, State::Expired, State::Waived];
        if let Some(state) = against.into_iter().find(|state| self.worst(*state).is_some()) {
            return state;
        }
        let passes = self.checks.iter().any(|(_, counts)| counts.pass > 0);
        let attested = self.procedures.contains(&Standing::Met);
        let judged = self.checks.iter().any(|(_, counts)| counts.total() > 0);
        if passes || attested || (self.absence_attested && !judged) {
            State::Satisfied
        } else {
            State::NoSubject
        }
    }

    /// The worst severity among what brings `state` about; none where nothing does.
    fn worst(&self, state: State) -> Option<Severity> {
        let (outcome, standing) = match state {
            State::Fail => (Some(Outcome::Fail), Some(Standing::NotMet)),
            State::Error => (Some(Outcome::Error), None),
            State::Unknown => (Some(Outcome::Unknown), Some(Standing::Unverified)),
            State::Unattested => (None, Some(Standing::Unattested)),
            State::Expired => (None, Some(Standing::Expired)),
            State::Waived => (Some(Outcome::Waived), None),
            State::Satisfied | State::NoSubject => return None,
        };
        let checks = self.checks.iter().filter_map(|(severity, counts)| {
            outcome.filter(|outcome| counts.of(*outcome) > 0).map(|_| *severity)
        });
        let procedures = self
            .procedures
            .iter()
            .filter_map(|found| (Some(*found) == standing).then_some(PROCEDURE_SEVERITY));
        let unseen = self.unseen.iter().copied().filter(|_| state == State::Unknown);
        checks.chain(procedures).chain(unseen).min()
    }
}
