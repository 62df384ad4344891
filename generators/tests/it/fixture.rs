//! The small assessment that the tests report: every verdict and every control state, and hostile names.

use std::path::Path;

use probity_diagnostics::{DiskTree, TreePath, Warned};
use probity_generators::view::Report;

/// The fixture's folder as a file tree.
pub(crate) fn tree() -> DiskTree {
    DiskTree::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/demo"), "").unwrap()
}

/// The path of the results in it.
pub(crate) fn results() -> TreePath {
    TreePath::parse("results/assessment-results.json").unwrap()
}

/// The report of the fixture, with its warnings.
pub(crate) fn load() -> Warned<Report> {
    Report::load(&tree(), &results()).unwrap()
}
