/// How a command ended; each state is an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 0: done, nothing to object to.
    Done,
    /// 1: done, and there are findings.
    Findings,
    /// 2: could not run: usage, unreadable or invalid input, broken project.
    Invalid,
    /// 3: incomplete: a source, a service or a whole check could not be run.
    Incomplete,
    /// 129: the merge that git asked for could not be made; git takes all above 128 for that.
    Unmerged,
}

impl Status {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Invalid => 2,
            Self::Incomplete => 3,
            Self::Unmerged => 129,
        }
    }

    /// The one that the caller hears of where two hold: 2 before 3 before 1.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let rank = |status| match status {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Incomplete => 2,
            Self::Invalid => 3,
            Self::Unmerged => 4,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}
