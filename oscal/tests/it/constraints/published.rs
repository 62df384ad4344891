//! What the constraints find in the documents that NIST publishes: a list that must be kept by hand.

use std::collections::BTreeMap;

use probity_diagnostics::document::{self, Format};
use probity_oscal::constraint::{Rules, check};

use crate::reference::{files, reference};

/// `document: severity rule count`, with the reasons above each group.
const LIST: &str = include_str!("../../constraints/published.txt");

#[test]
fn published_documents_break_the_constraints_that_are_listed() {
    let Some(tree) = reference() else { return };
    let rules = Rules::oscal();
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for path in files(&tree, "oscal-content", &["json", "yaml"]) {
        let value = document::read(&tree, &path, Format::of(&path).unwrap()).unwrap().value;
        for finding in &check(&value, &path, &rules) {
            let line = format!("{path}: {} {}", finding.severity, finding.rule_id());
            *found.entry(line).or_default() += 1;
        }
    }
    let found: Vec<String> = found.into_iter().map(|(line, count)| format!("{line} {count}")).collect();
    let mut listed: Vec<&str> =
        LIST.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    listed.sort_unstable();
    let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
    found.sort_unstable();
    let new: Vec<_> = found.iter().filter(|line| !listed.contains(line)).collect();
    let gone: Vec<_> = listed.iter().filter(|line| !found.contains(line)).collect();
    assert!(new.is_empty() && gone.is_empty(), "new: {new:#?}\ngone: {gone:#?}");
}
