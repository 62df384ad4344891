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
    /// 4: a rule of sharing refused it, or personal data was left after scrubbing; nothing was written.
    Refused,
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
            Self::Refused => 4,
            Self::Unmerged => 129,
        }
    }

    /// The one that the caller hears of where two hold: 2 before 4 before 3 before 1.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let rank = |status| match status {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Incomplete => 2,
            Self::Refused => 3,
            Self::Invalid => 4,
            Self::Unmerged => 5,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}
