use std::time::Duration;

/// How long is waited, and how much is asked at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a connection may take.
    pub connect: Duration,
    /// How long one answer may take.
    pub attempt: Duration,
    /// How long a call is tried again where the platform asks to slow down or
    /// does not answer.
    pub retry: Duration,
    /// How many calls of one service in one region, subscription or cluster
    /// run at once.
    pub concurrent: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            attempt: Duration::from_secs(20),
            retry: Duration::from_mins(1),
            concurrent: 10,
        }
    }
}

/// Follows a run while it goes on.
pub trait Watch {
    /// A service begins to be read, in an account, region, subscription or
    /// cluster.
    fn started(&self, scope: &str, service: &str);

    /// It has been read as far as that was possible.
    fn finished(&self, read: &super::Read);
}

/// Nobody follows.
pub struct Unwatched;

impl Watch for Unwatched {
    fn started(&self, _: &str, _: &str) {}

    fn finished(&self, _: &super::Read) {}
}
