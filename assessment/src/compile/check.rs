//! A check: a metric compiled for one assessment, its target value and resource types fixed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use probity_diagnostics::TreePath;
use serde::{Deserialize, Serialize};

use super::foreign::ForeignRule;
use super::metric::{Metric, Operator};
use crate::identity::Tool;
use crate::rego::{Reads, Root};

/// Name of a check: the metric's name, or `<metric>--2` for the second target value that an assessment asks of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CheckName(String);

impl CheckName {
    /// Takes a name as it stands in a verdict file.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part of the check's Rego package.
    pub fn snake(&self) -> String {
        self.0.replace('-', "_")
    }
}

impl Check {
    /// The tool of which it is a rule; none where it is ours.
    pub(crate) fn tool(&self) -> Option<Tool<'_>> {
        let rule = self.foreign.as_ref()?;
        Some(Tool { name: &rule.tool, version: rule.version.as_deref() })
    }

    /// Whether its rules look at related resources of a resource of this type.
    pub(crate) fn reads_related(&self, kind: &str) -> bool {
        let reads = self
            .reads
            .get(kind)
            .into_iter()
            .flat_map(|reads| reads.applicable.iter().chain(&reads.compliant));
        reads.into_iter().any(|read| read.root != Root::Own)
    }
}

impl TargetOrigin {
    /// The origin as props say it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Mapping => "mapping",
            Self::Profile => "profile",
            Self::SystemSecurityPlan => "system-security-plan",
        }
    }
}

impl fmt::Display for CheckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The comparison of a check.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The operator.
    pub operator: Operator,
    /// The value in the units of evidence: seconds, bytes, a list where the operator takes one.
    pub value: serde_json::Value,
    /// The value as it was written, one text per list element, for people (`P90D`, `10GiB`).
    pub written: Vec<String>,
    /// Who set the value, for all controls that the check is evidence for; each once.
    pub sources: BTreeSet<TargetSource>,
}

/// A place that sets a target value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TargetSource {
    /// Who set it.
    pub origin: TargetOrigin,
    /// The document that sets it; for a profile the mapping that binds its parameter.
    pub file: TreePath,
    /// The parameter by whose id it is set; none for the metric's own value.
    pub parameter: Option<String>,
}

/// Who set a target value; later ones win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetOrigin {
    /// `target-value` of the metric.
    Metric,
    /// `set-parameters` of the mapping.
    Mapping,
    /// A control parameter of the resolved profile, by `parameter-binding`.
    Profile,
    /// `set-parameters` of the system security plan.
    SystemSecurityPlan,
}

/// A metric with target value and resource types fixed.
#[derive(Debug, Clone)]
pub struct Check {
    /// Unique in the assessment.
    pub name: CheckName,
    /// What it measures.
    pub metric: Arc<Metric>,
    /// The comparison, where the metric has one.
    pub target: Option<Target>,
    /// Every type of the ontology that it applies to, descendants included.
    pub types: BTreeSet<String>,
    /// Controls that this check is evidence for, in catalog order.
    pub controls: Vec<String>,
    /// Line of the first `compliant` rule in `check.rego`, from 1.
    pub rego_line: u32,
    /// Whether it asks what time it is.
    pub(crate) asks_time: bool,
    /// Whether the metric gives results of its own.
    pub(crate) has_results: bool,
    /// What its Rego reads, per resource type.
    pub(crate) reads: BTreeMap<String, Arc<Reads>>,
    /// What it is where another tool ran it.
    pub foreign: Option<Arc<ForeignRule>>,
}
