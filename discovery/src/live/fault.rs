use std::fmt;

/// Why a call gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Nobody is signed in, or the credentials are not valid (any more).
    NoCredentials,
    /// The permission is missing.
    Refused,
    /// The platform asked to slow down for longer than was waited.
    Throttled,
    /// The platform does not offer the call, or not in this place.
    Unsupported,
    /// The answer, or a part of it, is not what the interface promises.
    Undecodable,
    /// No connection, or it broke.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The platform's clock and this machine's differ too much.
    ClockSkew,
    /// An answer leads to a place that the credentials are not meant for.
    OtherOrigin,
    /// Any other error that the platform told.
    Failed,
}

impl Cause {
    /// What happened, to follow the name of a call.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoCredentials => "has no valid credentials",
            Self::Refused => "was refused",
            Self::Throttled => "was throttled for too long",
            Self::Unsupported => "is not supported",
            Self::Undecodable => "gave an answer that cannot be read",
            Self::Unreachable => "could not reach the service",
            Self::TimedOut => "was not answered in time",
            Self::ClockSkew => "was refused because the clocks differ",
            Self::OtherOrigin => "was answered with a link to another origin",
            Self::Failed => "failed",
        }
    }

    /// The word for it in counts.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoCredentials => "without credentials",
            Self::Refused => "refused",
            Self::Throttled => "throttled",
            Self::Unsupported => "unsupported",
            Self::Undecodable => "unreadable",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed out",
            Self::ClockSkew => "refused for clock skew",
            Self::OtherOrigin => "led elsewhere",
            Self::Failed => "failed",
        }
    }

    /// What an HTTP status says where nothing closer is known.
    pub fn of_status(status: u16) -> Self {
        match status {
            401 => Self::NoCredentials,
            403 => Self::Refused,
            404 | 405 | 501 => Self::Unsupported,
            408 | 504 => Self::TimedOut,
            429 => Self::Throttled,
            200..=299 => Self::Undecodable,
            _ => Self::Failed,
        }
    }
}

/// Why a call gave nothing, with the platform's code for it. Texts of the
/// platform are left out: they may hold what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The kind of failure.
    pub cause: Cause,
    /// The platform's code, such as `AccessDenied`.
    pub code: Option<String>,
}

impl Fault {
    /// A failure without a code.
    pub fn new(cause: Cause) -> Self {
        Self { cause, code: None }
    }

    /// A failure with a code. What does not look like one is left out.
    pub fn with_code(cause: Cause, code: &str) -> Self {
        let is_code = !code.is_empty()
            && code.len() <= 80
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_ ".contains(&b));
        Self { cause, code: is_code.then(|| code.to_owned()) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.cause.as_str())?;
        match &self.code {
            Some(code) => write!(f, " ({code})"),
            None => Ok(()),
        }
    }
}
