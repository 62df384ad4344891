//! One line of a verdict file.

use std::fmt;

use jiff::Timestamp;
use probity_diagnostics::Sha256Digest;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::compile::CheckName;

/// The outcome of one check on one resource. Pairs that do not apply have no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The check holds.
    Pass,
    /// The check does not hold.
    Fail,
    /// It does not hold, and an accepted waiver covers that.
    Waived,
    /// The evidence does not settle it: too old, or a property was not collected.
    Unknown,
    /// The check's Rego failed or exceeded a limit.
    Error,
}

impl Outcome {
    /// All outcomes, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Pass, Self::Fail, Self::Waived, Self::Unknown, Self::Error];

    /// The word used in verdict files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Waived => "waived",
            Self::Unknown => "unknown",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was expected of a property and what was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// Ontology path, such as `automaticUpdates.enabled`.
    pub property: String,
    /// How found and expected were compared: an operator, or words of the metric's own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub operator: Option<String>,
    /// The target value, in the units of evidence.
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "present")]
    pub expected: Option<serde_json::Value>,
    /// The value in the evidence; `null` = looked for and absent; none = not collected.
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "present")]
    pub found: Option<serde_json::Value>,
    /// Whether this comparison holds.
    pub success: bool,
    /// What the metric says about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message: Option<String>,
}

/// Keeps a `null` that is there apart from a member that is not.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(from).map(Some)
}

/// Where the evidence of a verdict stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EvidenceRef {
    /// The evidence file, by its path in the project.
    pub source: String,
    /// Its line, from 1.
    pub line: u32,
    /// SHA-256 of the line's canonical form without `digest`.
    pub digest: Sha256Digest,
}

/// What a verdict says beyond its outcome.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Detail {
    /// What was measured.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub results: Vec<Measurement>,
    /// Why the outcome is `unknown` or `error`, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// Properties that were not collected.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub missing: Vec<String>,
    /// The risk that waives the fail.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub waiver: Option<Uuid>,
}

/// One verdict, as it stands in a line of the verdict file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerdictRecord {
    /// The check.
    pub check: CheckName,
    /// Id of the resource.
    pub resource: String,
    /// Name of the resource, for people.
    pub name: String,
    /// Type of the resource in the ontology.
    #[serde(rename = "type")]
    pub kind: String,
    /// The outcome.
    pub verdict: Outcome,
    /// Measurements and reasons.
    #[serde(flatten)]
    pub detail: Detail,
    /// The evidence line.
    pub evidence: EvidenceRef,
    /// When the evidence was collected.
    pub collected: Timestamp,
}
