//! The same document in several formats: nothing is lost on the way from one to the other.

use std::collections::BTreeSet;

use probity_diagnostics::document::{self, Comments, Format, Limits};
use probity_diagnostics::{FileTree, TreePath};
use probity_oscal::{Canonical, to_json, write_yaml};
use serde_json::Value;

use crate::reference::{files, own, reference};

/// Documents of which the publisher's YAML is not the publisher's JSON, with the reason.
const DEBT: &str = include_str!("../cases/yaml-debt.txt");

fn value(tree: &dyn FileTree, path: &TreePath) -> Value {
    document::read(tree, path, Format::of(path).unwrap()).unwrap().value
}

/// A document written as YAML and read again.
fn through_yaml(value: &Value) -> Value {
    let mut text = Vec::new();
    write_yaml(value, &Comments::default(), &mut text).unwrap();
    let path = TreePath::parse("x.yaml").unwrap();
    document::parse(&text, &path, Format::Yaml, Limits::default()).unwrap().value
}

/// Every published and every own document.
fn documents(extensions: &[&str]) -> Option<Vec<(TreePath, Value)>> {
    let tree = reference()?;
    let published = ["oscal-content", "profile-resolution"];
    let published = published.iter().flat_map(|folder| files(&tree, folder, extensions));
    let mut all: Vec<_> = published.map(|path| (path.clone(), value(&tree, &path))).collect();
    let own = own();
    all.extend(
        files(&own, "documents", extensions).into_iter().map(|path| (path.clone(), value(&own, &path))),
    );
    Some(all)
}

#[test]
fn json_to_yaml_to_json_is_an_identity() {
    let Some(documents) = documents(&["json", "yaml"]) else { return };
    assert!(documents.len() > 50, "only {} documents", documents.len());
    for (path, value) in documents {
        assert!(through_yaml(&value) == value, "{path} is not the same after YAML");
        let text = to_json(&Canonical::of(&value)).unwrap();
        let again: Value = serde_json::from_str(&text).unwrap();
        assert!(again == value, "{path} is not the same in model order");
    }
}

#[test]
fn published_yaml_is_the_published_json() {
    let Some(tree) = reference() else { return };
    let debt: BTreeSet<&str> = DEBT
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(": ").next())
        .collect();
    let (mut same, mut different) = (0, BTreeSet::new());
    for path in files(&tree, "oscal-content", &["yaml"]) {
        let json = path.as_str().replace("/yaml/", "/json/");
        let stem = json.trim_end_matches(".yaml");
        let candidates = [format!("{stem}.json"), format!("{stem}-min.json")];
        let json =
            candidates.iter().filter_map(|json| TreePath::parse(json).ok()).find(|json| tree.is_file(json));
        let json = json.unwrap_or_else(|| panic!("{path} has no JSON beside it"));
        if value(&tree, &path) == value(&tree, &json) {
            same += 1;
        } else {
            different.insert(path.to_string());
        }
    }
    assert_eq!(different.iter().map(String::as_str).collect::<BTreeSet<_>>(), debt);
    assert!(same >= 15, "only {same} documents are the same");
}
