//! The documents that NIST publishes.

use probity_diagnostics::render::{Sources, short};
use probity_oscal::{load, locate_all, to_json};
use serde_json::Value;

use crate::reference::{bytes, files, reference};

/// Documents that are known not to be valid, with their first finding.
const DEBT: &str = include_str!("../cases/debt.txt");

fn debt() -> Vec<(&'static str, &'static str)> {
    DEBT.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": ")).collect()
}

#[test]
fn published_documents_are_valid() {
    let Some(tree) = reference() else { return };
    let sources = Sources::locating(&tree, locate_all);
    let mut surprises = Vec::new();
    let mut count = 0;
    for path in files(&tree, "oscal-content", &["json", "xml", "yaml"]) {
        count += 1;
        let first = match load(&tree, &path) {
            Ok(_) => None,
            Err(findings) => findings.iter().next().map(|finding| short(finding, &sources)),
        };
        let known = debt().into_iter().find(|(file, _)| *file == path.as_str()).map(|(_, finding)| finding);
        match (first, known) {
            (None, None) => {}
            (Some(found), Some(known)) if found.contains(known) => {}
            (found, known) => surprises.push(format!("{path}: expected {known:?}, found {found:?}")),
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
    assert!(count > 65, "only {count} documents were found");
}

#[test]
fn published_documents_survive_the_types() {
    let Some(tree) = reference() else { return };
    for path in files(&tree, "oscal-content", &["json"]) {
        let Ok(loaded) = load(&tree, &path) else { continue };
        let written = to_json(&loaded.value.document).unwrap();
        let original: Value = serde_json::from_slice(&bytes(&tree, &path)).unwrap();
        let again: Value = serde_json::from_str(&written).unwrap();
        assert!(original == again, "{path} is not the same after reading and writing");
    }
}
