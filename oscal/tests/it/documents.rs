//! The project's own documents.

use probity_diagnostics::{MemoryTree, TreePath};
use probity_oscal::{OscalDocument, load, to_json, to_yaml};
use rstest::rstest;
use serde_json::Value;

use crate::reference::own;

fn documents() -> [&'static str; 8] {
    [
        "assessment-plan.yaml",
        "assessment-results.json",
        "catalog.json",
        "component-definition.yaml",
        "mapping-collection.yaml",
        "plan-of-action-and-milestones.yaml",
        "profile.yaml",
        "system-security-plan.yaml",
    ]
}

/// The model alone, without `$schema` beside it.
fn model(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(members) = value.as_object_mut() {
        members.remove("$schema");
    }
    value
}

#[test]
fn there_is_one_of_every_model() {
    let mut roots: Vec<&str> = documents().iter().filter_map(|name| name.split('.').next()).collect();
    let mut all = OscalDocument::ROOTS.to_vec();
    roots.sort_unstable();
    all.sort_unstable();
    assert_eq!(roots, all);
}

#[rstest]
#[case::json(|document: &OscalDocument| ("x.json", to_json(document).unwrap()))]
#[case::yaml(|document: &OscalDocument| ("x.yaml", to_yaml(document).unwrap()))]
fn a_document_is_the_same_after_writing_and_reading(
    #[case] write: fn(&OscalDocument) -> (&'static str, String),
) {
    for name in documents() {
        let loaded = load(&own(), &TreePath::parse(&format!("documents/{name}")).unwrap()).unwrap();
        assert!(loaded.warnings.is_empty(), "{name}");
        let (path, text) = write(&loaded.value.document);
        let tree = MemoryTree::of([(path, text)]).unwrap();
        let again = load(&tree, &TreePath::parse(path).unwrap()).unwrap().value;
        assert_eq!(again.document, loaded.value.document, "{name}");
        assert_eq!(again.value, model(&loaded.value.value), "{name}");
    }
}

#[test]
fn the_parts_that_all_models_share_are_at_hand() {
    let loaded = load(&own(), &TreePath::parse("documents/catalog.json").unwrap()).unwrap().value;
    let document = loaded.document;
    assert_eq!(document.root(), "catalog");
    assert_eq!(document.uuid(), "6f1d1c52-5f0a-4d0e-9a3b-0d6a4b6f1a01");
    assert_eq!(document.metadata().title, "Two controls");
    assert_eq!(document.back_matter().map(|back_matter| back_matter.resources.len()), Some(1));
}

#[test]
fn derived_uuids_are_what_they_were() {
    assert_eq!(
        probity_oscal::uuid5(&["metric", "automatic-updates-enabled"]),
        probity_oscal::uuid5(&["metric", "automatic-updates-enabled"])
    );
    assert_ne!(probity_oscal::uuid5(&["a:b"]), probity_oscal::uuid5(&["a", "b"]));
    assert!(probity_oscal::schema::Datatype::Uuid.accepts(&probity_oscal::uuid5(&["a"])));
}
