//! What differs between two states: documents, metrics and what they judge, coverage, results.

mod changed;
mod coverage;
mod documents;
mod metrics;
mod pieces;
mod revisions;

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostics, FileTree, TreePath, Warned};
use probity_generators::difference::Comparison;
use serde_json::Value;

pub use changed::{FilePair, between};
pub use revisions::{changed, range};

/// A state that is compared.
#[derive(Clone, Copy)]
pub struct State<'a> {
    /// What it is called: a revision, a file, a folder.
    pub name: &'a str,
    /// Its files.
    pub tree: &'a dyn FileTree,
    /// The project's folder in it, if it is a project's.
    pub project: Option<&'a TreePath>,
}

/// What to compare.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// The state before.
    pub before: State<'a>,
    /// The state after.
    pub after: State<'a>,
    /// The files that differ.
    pub files: &'a [FilePair],
    /// Whether a document that stands elsewhere has moved; not so where two files were named to be compared.
    pub has_moves: bool,
    /// Mapping collections that say which controls are the same.
    pub mappings: &'a [Value],
}

/// Compares two states by the files that differ.
///
/// A file that cannot be read as what it seems to be is told of as a file that differs; what is wrong with it is a warning.
pub fn compare(task: Task<'_>) -> Warned<Comparison> {
    let files = pieces::joined(&task);
    let task = Task { files: &files, ..task };
    let mut warnings = Diagnostics::new();
    let mut comparison = Comparison {
        has_moves: task.has_moves,
        before: task.before.name.to_owned(),
        after: task.after.name.to_owned(),
        ..Comparison::default()
    };
    let (of_metrics, others) = metrics::divide(&task);
    comparison.metrics = metrics::compare(&task, &of_metrics, &mut warnings);
    documents::compare(&task, &others, &mut comparison, &mut warnings);
    if !(comparison.metrics.is_empty() && comparison.documents.is_empty() && comparison.files.is_empty()) {
        comparison.coverage = coverage::compare(&task);
    }
    comparison.documents.sort_by(|a, b| a.paths.shown().cmp(b.paths.shown()));
    comparison.results.sort_by(|a, b| a.paths.shown().cmp(b.paths.shown()));
    comparison.files.sort_by(|a, b| a.paths.shown().cmp(b.paths.shown()));
    Warned { value: comparison, warnings }
}

/// The keys of two sets in order, each once.
fn all<'k, K: Ord>(one: impl Iterator<Item = &'k K>, two: impl Iterator<Item = &'k K>) -> BTreeSet<&'k K> {
    one.chain(two).collect()
}
