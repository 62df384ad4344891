//! How bad a fail is.

use serde::{Deserialize, Serialize};

/// How bad it is when a metric or a rule of another tool fails, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Open to attack or loss now.
    Critical,
    /// A main safeguard is missing.
    High,
    /// A safeguard is weaker than it should be.
    Moderate,
    /// Good practice is not followed.
    Low,
}

impl Severity {
    /// Parses the value of prop `severity`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "critical" => Some(Self::Critical),
            "high" => Some(Self::High),
            "moderate" => Some(Self::Moderate),
            "low" => Some(Self::Low),
            _ => None,
        }
    }

    /// The word of prop `severity`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Moderate => "moderate",
            Self::Low => "low",
        }
    }
}
