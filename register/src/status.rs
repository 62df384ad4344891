use std::fmt;

/// What has become of a certificate or report. The words are those of the EU's schemes (Regulation (EU) 2019/881, article 54(1)(k)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Applied for, or in the making.
    New,
    /// Issued.
    Issued,
    /// Confirmed, by a surveillance assessment or after a suspension.
    Maintained,
    /// Issued again for another term.
    Renewed,
    /// Not to be relied on until it is maintained.
    Suspended,
    /// Taken back, for good.
    Withdrawn,
    /// Past its term, for good.
    Expired,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::New,
        Self::Issued,
        Self::Maintained,
        Self::Renewed,
        Self::Suspended,
        Self::Withdrawn,
        Self::Expired,
    ];

    /// The value of prop `status`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Issued => "issued",
            Self::Maintained => "maintained",
            Self::Renewed => "renewed",
            Self::Suspended => "suspended",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// Parses the value of prop `status`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// Whether it can be relied on.
    pub fn is_in_force(self) -> bool {
        matches!(self, Self::Issued | Self::Maintained | Self::Renewed)
    }

    /// What it may become. What was withdrawn or has expired stays so: whoever wants another one applies anew.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::New => &[Self::Issued, Self::Withdrawn],
            Self::Issued | Self::Maintained | Self::Renewed => {
                &[Self::Maintained, Self::Renewed, Self::Suspended, Self::Withdrawn, Self::Expired]
            }
            Self::Suspended => &[Self::Maintained, Self::Withdrawn, Self::Expired],
            Self::Withdrawn | Self::Expired => &[],
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
