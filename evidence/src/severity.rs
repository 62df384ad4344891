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
    /// All severities, worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Moderate, Self::Low];

    /// Parses the value of prop `severity`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == text)
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Critical => "Critical",
            Self::High => "High",
            Self::Moderate => "Moderate",
            Self::Low => "Low",
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
