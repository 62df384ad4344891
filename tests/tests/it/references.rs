//! What our documents say of each other is so: those of the content, of the example system, and those that a build
//! writes.

use std::path::Path;

use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{BundledTree, DiskTree, FileTree, OverlayTree, TreePath};
use probity_oscal::reference::{Library, check};
use probity_oscal::{load, locate_all};

use crate::program::{hyperiot, probity, repository};

/// What the check of references finds in the OSCAL documents below a folder, and how many there are.
fn found(folder: &Path) -> (usize, Vec<String>) {
    let disk = DiskTree::new(folder, "").unwrap();
    let tree = OverlayTree::new(disk, BundledTree::new(probity_content::FILES));
    let sources = Sources::locating(&tree, locate_all);
    let library = Library::new();
    let mut count = 0;
    let mut found = Vec::new();
    for path in tree.walk(&TreePath::root()).unwrap() {
        if !matches!(path.extension(), Some("json" | "yaml")) {
            continue;
        }
        let Ok(loaded) = load(&tree, &path) else { continue };
        count += 1;
        let findings = check(&tree, &loaded.value.value, &path, &library);
        found.extend(findings.iter().map(|finding| short(finding, &sources)));
    }
    (count, found)
}

#[test]
fn references_of_the_content() {
    let (count, found) = found(&repository("content"));
    assert!(count > 100, "only {count} documents were found");
    // users bring the catalog of NIST; the tests of the content hold its ids
    let brought = |line: &str| {
        line.starts_with("mappings/nist-") && line.contains("is a remote location that nothing answers")
    };
    let found: Vec<String> =
        found.into_iter().filter(|line| !line.starts_with("examples/") && !brought(line)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn references_of_the_example_and_of_its_build() {
    let (_place, project) = hyperiot("hyperiot");
    probity(&project, &["build", "--quiet"]).exits(1);
    let (count, found) = found(&project);
    assert!(count > 10, "only {count} documents were found");
    // results of earlier months name plans that were not kept
    let is_known = |line: &String| {
        let unread = line.contains("note[PB0168]") && line.contains("assessment-plan.json` does not exist");
        unread && line.starts_with("archive/access/")
    };
    let found: Vec<String> = found.into_iter().filter(|line| !is_known(line)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
