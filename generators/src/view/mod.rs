//! The view model: assessment results joined with everything that they link to.

mod carried;
pub(crate) mod catalog;
pub(crate) mod certificate;
mod checks;
mod controls;
pub(crate) mod document;
mod excerpt;
mod links;
mod load;
pub(crate) mod markup;
mod outcomes;
mod plan;
mod proof;
pub(crate) mod props;
mod report;
mod sets;
mod share;
mod statements;
mod units;
mod verdicts;
mod words;

use probity_diagnostics::{FileTree, Step, TreePath};

pub use certificate::Certificate;
pub use document::props;
pub use links::{LINKED, linked_name};
pub use outcomes::outcomes;
pub use report::{
    Attestation, Carried, Category, Check, Control, Evidence, EvidenceSet, ExcerptLine, Finding, Given,
    Measurement, NotEvaluated, Problem, Procedure, Prose, Rego, Report, Resource, Risk, Source, SourceState,
    StateCounts, Totals, VerdictCounts,
};
pub use units::found as found_value;
pub(crate) use verdicts::{Observed, each_line};
pub use words::{ControlState, Severity, Verdict, as_severity};

/// How much of large results is taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadOptions {
    /// The most resources of a check that are shown with their evidence line.
    pub details: usize,
    /// The most of them in all checks together; at least one of each check is shown.
    pub all_details: usize,
    /// The most resources in all checks together that are listed besides, without their evidence line.
    pub listed: usize,
    /// Id or name of a resource whose verdicts are all taken in, passes included.
    pub focus: Option<String>,
    /// Whether evidence lines and Rego are read and shown; else only the catalog and the verdicts are followed.
    pub proof: bool,
}

impl Default for LoadOptions {
    fn default() -> Self {
        Self { details: 40, all_details: 600, listed: 50_000, focus: None, proof: true }
    }
}

impl Report {
    /// Reads the assessment results in `results` and the files that they link to.
    ///
    /// Linked files that are missing or were changed are warnings, and stand in the report.
    ///
    /// # Errors
    /// The file cannot be read, is no assessment-results document or holds no result.
    pub fn load(tree: &dyn FileTree, results: &TreePath) -> Step<Self> {
        Self::load_with(tree, results, &LoadOptions::default())
    }

    /// As [`Report::load`], with other limits.
    ///
    /// # Errors
    /// As [`Report::load`].
    pub fn load_with(tree: &dyn FileTree, results: &TreePath, options: &LoadOptions) -> Step<Self> {
        load::load(tree, results, options)
    }
}
