//! The project's own documents.

use probity_diagnostics::{MemoryTree, TreePath};
use probity_oscal::model::{Catalog, Profile};
use probity_oscal::{OscalDocument, load, load_as, to_json, to_xml, to_yaml};
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
#[case::xml(|document: &OscalDocument| ("x.xml", to_xml(document).unwrap()))]
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
fn a_document_of_another_model_is_refused() {
    let path = TreePath::parse("documents/catalog.json").unwrap();
    assert_eq!(load_as::<Catalog>(&own(), &path).unwrap().value.groups.len(), 1);
    let findings = load_as::<Profile>(&own(), &path).unwrap_err();
    let messages: Vec<_> =
        findings.iter().map(|finding| (finding.code.id, finding.message.as_str())).collect();
    assert_eq!(messages, [("PB0111", "expected a document of model `profile`, found `catalog`")]);
}

#[test]
fn a_file_full_of_mistakes_is_reported_within_limits() {
    let members: Vec<String> = (0..50_000).map(|n| format!("\"x{n}\": 0")).collect();
    let tree = MemoryTree::of([("x.json", format!("{{\"catalog\": {{{}}}}}", members.join(",")))]).unwrap();
    let findings = load(&tree, &TreePath::parse("x.json").unwrap()).unwrap_err();
    assert_eq!(findings.len(), probity_oscal::structure::LIMIT + 1);
    let last = findings.iter().last().unwrap();
    assert_eq!(
        (last.code.id, last.message.as_str()),
        ("PB0110", "49002 more findings in this file are not listed")
    );
}

#[rstest]
#[case::by_extension("x.yml", "catalog: {}", "PB0103")]
#[case::json_without_extension("x", "{\"catalog\": {}}", "PB0103")]
#[case::yaml_without_extension("x", "catalog: {}", "PB0103")]
#[case::xml("x.xml", "<catalog xmlns='http://csrc.nist.gov/ns/oscal/1.0'/>", "PB0103")]
#[case::xml_under_another_name("x.json", " <catalog xmlns='http://csrc.nist.gov/ns/oscal/1.0'/>", "PB0103")]
#[case::json_under_another_name("x.xml", "{\"catalog\": {}}", "PB0103")]
#[case::other_xml("x.xml", "<catalog/>", "PB0101")]
#[case::empty_xml("x.xml", "", "PB0101")]
#[case::text("x.json", "catalog", "PB0006")]
#[case::scalar("x.json", "7", "PB0101")]
#[case::empty_object("x.json", "{}", "PB0101")]
fn the_format_is_found_and_what_is_no_document_is_refused(
    #[case] name: &str,
    #[case] text: &str,
    #[case] code: &str,
) {
    let tree = MemoryTree::of([(name, text)]).unwrap();
    let findings = load(&tree, &TreePath::parse(name).unwrap()).unwrap_err();
    assert_eq!(findings.iter().next().unwrap().code.id, code);
}

#[test]
fn derived_uuids_are_what_they_were() {
    let uuid = probity_oscal::uuid5(&["metric", "automatic-updates-enabled"]);
    assert_eq!(uuid, "e2bd4995-9fcd-5d1f-9649-42878add9163");
    assert_ne!(probity_oscal::uuid5(&["a:b"]), probity_oscal::uuid5(&["a", "b"]));
    assert!(probity_oscal::schema::Datatype::Uuid.accepts(&probity_oscal::uuid5(&["a"])));
}
