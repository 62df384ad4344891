//! What kind of flip it is where a state or a verdict is another one than before.

use serde::{Deserialize, Serialize};

use crate::view::{ControlState, Verdict};

/// The kind of a flip; the order is that of importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It was judged before, did not fail, and fails now.
    Regression,
    /// It was judged before and is not any more.
    LostCoverage,
    /// It was settled before and is not any more.
    NewUnknown,
    /// It was not judged before, and fails.
    NewFail,
    /// It fails, and that is accepted now.
    NewlyWaived,
    /// It was open before, and holds now.
    Fixed,
    /// It was not judged before, and does not fail.
    NewCoverage,
}

/// What both a state of a control and a verdict come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Fails,
    Open,
    Waived,
    Holds,
    NotJudged,
}

impl Kind {
    /// All kinds, in the order of importance.
    pub const ALL: [Self; 7] = [
        Self::Regression,
        Self::LostCoverage,
        Self::NewUnknown,
        Self::NewFail,
        Self::NewlyWaived,
        Self::Fixed,
        Self::NewCoverage,
    ];

    /// The kind for a control; none where nothing flips.
    pub fn of_states(before: Option<ControlState>, after: Option<ControlState>) -> Option<Self> {
        if before == after {
            return None;
        }
        let of = |state: Option<ControlState>| match state {
            None | Some(ControlState::NoSubject) => Standing::NotJudged,
            Some(ControlState::Fail) => Standing::Fails,
            Some(ControlState::Waived) => Standing::Waived,
            Some(ControlState::Satisfied) => Standing::Holds,
            Some(_) => Standing::Open,
        };
        Self::of(of(before), of(after))
    }

    /// The kind for a resource under a check; none where nothing flips.
    pub fn of_verdicts(before: Option<Verdict>, after: Option<Verdict>) -> Option<Self> {
        if before == after {
            return None;
        }
        let of = |verdict: Option<Verdict>| match verdict {
            None => Standing::NotJudged,
            Some(Verdict::Fail) => Standing::Fails,
            Some(Verdict::Waived) => Standing::Waived,
            Some(Verdict::Pass) => Standing::Holds,
            Some(Verdict::Error | Verdict::Unknown) => Standing::Open,
        };
        Self::of(of(before), of(after))
    }

    fn of(before: Standing, after: Standing) -> Option<Self> {
        use Standing::{Fails, Holds, NotJudged, Open, Waived};
        match (before, after) {
            (NotJudged, NotJudged) | (Fails, Fails) | (Open, Open) | (Waived, Waived) | (Holds, Holds) => {
                None
            }
            (NotJudged, Fails) => Some(Self::NewFail),
            (NotJudged, _) => Some(Self::NewCoverage),
            (_, NotJudged) => Some(Self::LostCoverage),
            (_, Fails) => Some(Self::Regression),
            (_, Open) => Some(Self::NewUnknown),
            (_, Waived) => Some(Self::NewlyWaived),
            (_, Holds) => Some(Self::Fixed),
        }
    }

    /// What it is called in a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Regression => "newly failing",
            Self::LostCoverage => "no longer judged",
            Self::NewUnknown => "newly unknown",
            Self::NewFail => "failing at first sight",
            Self::NewlyWaived => "newly waived",
            Self::Fixed => "fixed",
            Self::NewCoverage => "newly judged",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kind::{self, Fixed, LostCoverage, NewCoverage, NewFail, NewUnknown, NewlyWaived, Regression};
    use crate::view::ControlState as S;
    use crate::view::Verdict as V;

    #[test]
    fn a_fail_that_is_no_longer_looked_for_is_not_fixed() {
        let table = [
            (Some(V::Pass), Some(V::Fail), Some(Regression)),
            (Some(V::Unknown), Some(V::Fail), Some(Regression)),
            (Some(V::Waived), Some(V::Fail), Some(Regression)),
            (None, Some(V::Fail), Some(NewFail)),
            (Some(V::Fail), None, Some(LostCoverage)),
            (Some(V::Pass), None, Some(LostCoverage)),
            (Some(V::Pass), Some(V::Unknown), Some(NewUnknown)),
            (Some(V::Fail), Some(V::Error), Some(NewUnknown)),
            (Some(V::Unknown), Some(V::Error), None),
            (Some(V::Fail), Some(V::Waived), Some(NewlyWaived)),
            (Some(V::Fail), Some(V::Pass), Some(Fixed)),
            (Some(V::Unknown), Some(V::Pass), Some(Fixed)),
            (None, Some(V::Unknown), Some(NewCoverage)),
            (Some(V::Fail), Some(V::Fail), None),
            (None, None, None),
        ];
        for (before, after, kind) in table {
            assert_eq!(Kind::of_verdicts(before, after), kind, "{before:?} to {after:?}");
        }
    }

    #[test]
    fn a_control_without_subject_is_not_judged() {
        let table = [
            (Some(S::Satisfied), Some(S::NoSubject), Some(LostCoverage)),
            (Some(S::NoSubject), Some(S::Fail), Some(NewFail)),
            (None, Some(S::NoSubject), None),
            (Some(S::Satisfied), Some(S::Expired), Some(NewUnknown)),
            (Some(S::Expired), Some(S::Unattested), None),
            (Some(S::Unattested), Some(S::Satisfied), Some(Fixed)),
            (Some(S::Satisfied), Some(S::Waived), Some(NewlyWaived)),
            (None, Some(S::Satisfied), Some(NewCoverage)),
        ];
        for (before, after, kind) in table {
            assert_eq!(Kind::of_states(before, after), kind, "{before:?} to {after:?}");
        }
    }
}
