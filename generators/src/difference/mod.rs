//! What differs between two states of a project, as text, Markdown, HTML and JSON.

mod data;
mod html;
mod markdown;
mod outcomes;
mod rows;
mod text;

use serde_json::Value;

pub use data::{
    CaseFlip, CasesChange, Comparison, ControlMetrics, Coverage, CoverageChange, DocumentChange, FileChange,
    MetricChange, Paths, Presence, ResultsChange,
};
pub use html::html;
pub use markdown::markdown;
pub use text::{TextOptions, text};

/// `comparison` as JSON, in the form that `docs/diff.md` fixes.
pub fn json(comparison: &Comparison) -> Value {
    serde_json::to_value(comparison).unwrap_or_default()
}
