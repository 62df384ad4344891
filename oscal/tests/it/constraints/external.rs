//! Files of constraints as programmes publish them.

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::render::Sources;
use probity_diagnostics::{DiskTree, MemoryTree, TreePath};
use probity_oscal::constraint::{Rules, check};
use serde::Deserialize;

use super::{cases, describe};
use crate::reference::own;

/// A file of constraints that cannot be used.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bad {
    name: String,
    file: String,
    finds: Vec<String>,
}

#[test]
fn what_is_not_known_in_a_file_is_an_error_at_its_place() {
    let mut surprises = Vec::new();
    for case in cases::<Bad>("bad-files") {
        let tree = MemoryTree::of([("rules.xml", case.file.clone())]).unwrap();
        let mut rules = Rules::oscal();
        let outcome = rules.add(&tree, &TreePath::parse("rules.xml").unwrap());
        assert_eq!(rules.added().count(), 0, "{}: nothing of a bad file is added", case.name);
        let errors = outcome.map_or_else(|errors| errors, |added| added.warnings);
        let sources = Sources::new(&tree);
        let found: Vec<String> = errors.iter().map(|finding| describe(finding, &sources)).collect();
        if found != case.finds {
            surprises.push(format!("{}:\n  expected {:#?}\n  found {found:#?}", case.name, case.finds));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

fn programme() -> (DiskTree, Rules) {
    let tree = own();
    let mut rules = Rules::oscal();
    let path = TreePath::parse("constraints/programme/rules.xml").unwrap();
    let added = rules.add(&tree, &path).unwrap_or_else(|errors| panic!("{errors:?}"));
    assert!(added.warnings.is_empty(), "{:?}", added.warnings);
    (tree, rules)
}

#[test]
fn the_rules_of_a_programme_are_found_broken() {
    let (tree, rules) = programme();
    let path = TreePath::parse("constraints/programme/plan.yaml").unwrap();
    let value = document::read(&tree, &path, Format::Yaml).unwrap().value;
    let sources = Sources::new(&tree);
    let found = check(&value, &path, &rules);
    let found: Vec<String> = found.iter().map(|finding| describe(finding, &sources)).collect();
    insta::assert_snapshot!("programme", found.join("\n"));
}

#[test]
fn imports_come_first_and_once() {
    let (_, rules) = programme();
    let ids: Vec<&str> = rules.added().collect();
    assert_eq!(
        ids,
        [
            "harbour-levels",
            "harbour-parameter-names",
            "harbour-component-props",
            "harbour-exposure",
            "harbour-version",
            "harbour-owner",
            "harbour-system-id",
            "harbour-diagrams",
            "harbour-assets",
            "harbour-planned",
            "harbour-asset-known",
            "harbour-ports",
            "harbour-service-link",
        ]
    );
}
