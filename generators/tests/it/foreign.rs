//! Results of other tools: no verdict file, no evidence, no props of ours.

use std::path::{Path, PathBuf};

use probity_diagnostics::DiskTree;
use probity_generators::view::{ControlState, Report};
use probity_generators::{SummaryOptions, summary};

use crate::fixture;

/// The folder of reference data; none where it is absent and may be.
pub(crate) fn reference() -> Option<PathBuf> {
    let beside = || {
        let start = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        start.map(|folder| folder.join("../shared/reference")).find(|folder| folder.is_dir())
    };
    let found = std::env::var_os("PROBITY_REFERENCE").map(PathBuf::from).or_else(beside);
    let found = found.filter(|folder| folder.is_dir());
    let required = std::env::var_os("PROBITY_REQUIRE_REFERENCE").is_some_and(|value| value == "1");
    assert!(found.is_some() || !required, "the reference data is required, but not there");
    found
}

#[test]
fn shows_the_example_of_nist() {
    let Some(reference) = reference() else {
        eprintln!("skipped: no reference data");
        return;
    };
    let tree = DiskTree::new(reference.join("oscal-content/examples/ar/json"), "").unwrap();
    let warned = Report::load(&tree, &fixture::path("ifa_assessment-results-example.json")).unwrap();
    assert!(warned.warnings.is_empty(), "{:?}", warned.warnings);
    let report = warned.value;
    assert_eq!(report.controls.len(), 1);
    let control = &report.controls[0];
    assert_eq!((control.id.as_str(), control.state), ("ac-6.1", ControlState::Fail));
    assert_eq!(control.checks.len(), 1);
    assert!(report.check(&control.checks[0]).unwrap().title.contains("System Engineer"));
    assert_eq!(report.checks.len(), 2);
    insta::assert_snapshot!("foreign_summary", summary(&report, SummaryOptions::default()));
    insta::assert_snapshot!("foreign_markdown", fixture::markdown(&report));
    assert!(fixture::html(&report).contains("DeleteAccountAuditLog"));
}
