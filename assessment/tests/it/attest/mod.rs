//! Reading attestations.

mod looked;

use probity_assessment::attest::{self, Attestations, Stated};
use probity_assessment::waiver;
use probity_diagnostics::{DiskTree, FileTree, MemoryTree, TreePath};
use serde::Deserialize;
use serde_json::Value;

use crate::system::{lines, merged, yaml};

#[derive(Deserialize)]
struct Table {
    base: Value,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    /// JSON merge patch of the result.
    #[serde(default)]
    result: Value,
    /// JSON merge patch of its one observation.
    #[serde(default)]
    observation: Value,
    #[serde(default)]
    found: Vec<String>,
}

fn path() -> TreePath {
    TreePath::parse("attestations/a.yaml").unwrap()
}

fn patched(table: &Table, case: &Case) -> Value {
    let mut document = table.base.clone();
    let result = &mut document["assessment-results"]["results"][0];
    if !case.observation.is_null() {
        result["observations"][0] = merged(&result["observations"][0], &case.observation);
    }
    if !case.result.is_null() {
        *result = merged(result, &case.result);
    }
    document
}

#[test]
fn cases() {
    let table: Table = yaml(include_str!("cases.yaml"));
    for case in &table.cases {
        let document = patched(&table, case);
        let model = serde_json::from_value(document["assessment-results"].clone()).unwrap();
        let found = match attest::from_document(&model, &path()) {
            Ok(read) => lines(&read.warnings),
            Err(found) => lines(&found),
        };
        assert_eq!(found, case.found, "{}", case.name);
    }
}

/// The attestation file at `path`, about which there is nothing to say.
fn read(tree: &dyn FileTree, path: &TreePath) -> attest::AttestationFile {
    let model = probity_oscal::load_as(tree, path).unwrap();
    let file = attest::from_document(&model.value, path).unwrap();
    assert!(model.warnings.is_empty() && file.warnings.is_empty());
    file.value
}

#[test]
fn what_is_read() {
    let table: Table = yaml(include_str!("cases.yaml"));
    let tree = MemoryTree::of([("attestations/a.yaml", table.base.to_string())]).unwrap();
    let file = read(&tree, &path());
    let [statement] = file.statements.as_slice() else { panic!("one statement") };
    assert_eq!(statement.outcome, Stated::Met);
    assert_eq!(Vec::from_iter(&statement.controls), ["c1"]);
    assert_eq!(statement.authors.len(), 1);
    assert_eq!(statement.valid_until.to_string(), "2027-05-01T00:00:00Z");
    assert!(Attestations::new(vec![file.clone()]).is_ok());
    let copy =
        attest::AttestationFile { path: TreePath::parse("attestations/b.yaml").unwrap(), ..file.clone() };
    let twice = Attestations::new(vec![copy, file]).unwrap_err();
    assert_eq!(
        lines(&twice),
        ["error PB0673 /assessment-results/results/0/observations/0: two statements have the uuid \
          `5b0c2f0e-7a53-4f0e-9c4c-000000000001`"]
    );
}

#[test]
fn the_example_system_is_understood() {
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/examples/hyperiot");
    let tree = DiskTree::new(std::path::Path::new(content), "").unwrap();
    let at = |text: &str| TreePath::parse(text).unwrap();
    let files = tree.list(&at("attestations")).unwrap();
    assert!(!files.is_empty());
    let read = files.iter().map(|entry| read(&tree, &entry.path)).collect();
    let attestations = Attestations::new(read).unwrap().value;
    assert!(attestations.statements().count() >= 2);
    let plan = probity_oscal::load_as(&tree, &at("poam.yaml")).unwrap().value;
    let plan = waiver::from_document(&plan, &at("poam.yaml")).unwrap();
    assert!(plan.warnings.is_empty());
    assert_eq!(plan.value.risks.len(), 1);
}
