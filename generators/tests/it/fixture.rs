//! The small assessment that the tests report: every verdict, every control state, and hostile names.

use std::path::Path;

use probity_diagnostics::{DiskTree, FileTree, MemoryTree, TreePath, Warned};
use probity_generators::Style;
use probity_generators::view::Report;

/// Where the results lie in the fixture.
pub(crate) const RESULTS: &str = "results/assessment-results.json";

/// A path in a tree.
pub(crate) fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

/// The fixture on disk.
fn disk() -> DiskTree {
    DiskTree::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/demo"), "").unwrap()
}

/// The fixture in memory, for tests that change it.
pub(crate) fn tree() -> MemoryTree {
    let disk = disk();
    let mut tree = MemoryTree::new();
    for file in disk.walk(&TreePath::root()).unwrap() {
        let bytes = disk.read(&file, 1 << 20).unwrap();
        tree.insert(file, bytes);
    }
    tree
}

/// The text of a file of the fixture.
pub(crate) fn text(file: &str) -> String {
    String::from_utf8(disk().read(&path(file), 1 << 20).unwrap()).unwrap()
}

/// The fixture without some of its files.
pub(crate) fn without(files: &[&str]) -> MemoryTree {
    let all = tree();
    let mut tree = MemoryTree::new();
    for file in all.walk(&TreePath::root()).unwrap() {
        if !files.iter().any(|left_out| file.as_str().starts_with(left_out)) {
            let bytes = all.read(&file, 1 << 20).unwrap();
            tree.insert(file, bytes);
        }
    }
    tree
}

/// The report of a changed fixture.
pub(crate) fn load_from(tree: &dyn FileTree) -> Warned<Report> {
    Report::load(tree, &path(RESULTS)).unwrap()
}

/// The report of the fixture.
pub(crate) fn report() -> Report {
    let warned = load_from(&disk());
    assert!(warned.warnings.is_empty(), "{:?}", warned.warnings);
    warned.value
}

/// The codes of all findings.
pub(crate) fn codes(findings: &probity_diagnostics::Diagnostics) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code.id).collect()
}

/// A report in English by the templates of Probity.
pub(crate) fn html(report: &Report) -> String {
    probity_generators::html(report, &Style::default()).unwrap()
}

/// As [`html`], in Markdown.
pub(crate) fn markdown(report: &Report) -> String {
    probity_generators::markdown(report, &Style::default()).unwrap()
}
