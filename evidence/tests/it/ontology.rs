use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{BundledTree, MemoryTree, TreePath};
use probity_evidence::{Ontology, PropertyType, TypeName};
use rstest::rstest;

/// The ontology that comes with Probity.
pub(crate) static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(bundled);

fn bundled() -> Ontology {
    let tree = BundledTree::new(probity_content::FILES);
    let path = TreePath::parse("content:ontology/ontology.yaml").unwrap();
    let loaded = Ontology::load(&tree, &path).unwrap_or_else(|findings| {
        let sources = Sources::new(&tree);
        let lines: Vec<String> = findings.iter().map(|d| short(d, &sources)).collect();
        panic!("{}", lines.join("\n"));
    });
    assert!(loaded.warnings.is_empty());
    loaded.value
}

/// Broken ontologies: every mistake is reported, with its place.
#[rstest]
fn broken_ontology(#[files("tests/ontology/*.yaml")] file: PathBuf) {
    let name = file.file_stem().and_then(|s| s.to_str()).unwrap().to_owned();
    let path = TreePath::parse(&format!("{name}.yaml")).unwrap();
    let tree = MemoryTree::of([(path.as_str(), std::fs::read(Path::new(&file)).unwrap())]).unwrap();
    let findings = Ontology::load(&tree, &path).expect_err("a broken ontology");
    let sources = Sources::new(&tree);
    let lines: Vec<String> = findings.iter().map(|d| short(d, &sources)).collect();
    insta::assert_snapshot!(format!("ontology-{name}"), lines.join("\n"));
}

#[test]
fn ancestors_come_from_parent_to_root() {
    let ontology = &*ONTOLOGY;
    let names: Vec<&str> =
        ontology.type_names("VirtualMachine").unwrap().iter().map(TypeName::as_str).collect();
    assert_eq!(names, ["VirtualMachine", "Compute", "Infrastructure", "Resource"]);
    assert!(ontology.is_a("VirtualMachine", "Compute"));
    assert!(!ontology.is_a("Compute", "VirtualMachine"));
    assert!(ontology.type_names("Virtualmachine").is_none());
    assert_eq!(ontology.nearest_type("Virtualmachine"), Some("VirtualMachine"));
    assert!(ontology.descendants("Compute").any(|name| name == "Container"));
}

#[rstest]
#[case("VirtualMachine", "automaticUpdates.enabled", "boolean")]
#[case("VirtualMachine", "automaticUpdates.interval", "duration")]
#[case("VirtualMachine", "blockStorageIds", "reference(BlockStorage)[]")]
#[case("BlockStorage", "backups.enabled", "boolean")]
#[case("BlockStorage", "backups[].atRestEncryption.enabled", "boolean")]
#[case("BlockStorage", "backups[0].retentionPeriod", "duration")]
#[case("VirtualMachine", "labels", "labels")]
#[case("VirtualMachine", "labels.owner", "string")]
#[case("Container", "isolation.privileged", "boolean")]
fn paths_lead_to_properties(#[case] resource_type: &str, #[case] path: &str, #[case] expected: &str) {
    assert_eq!(ONTOLOGY.property(resource_type, path).unwrap().value_type.to_string(), expected);
}

#[rstest]
#[case("VirtualMachine", "bootLoging.enabled", Some("bootLogging.enabled"))]
#[case("VirtualMachine", "bootLogging.enabld", Some("bootLogging.enabled"))]
#[case("VirtualMachine", "wholly.different", None)]
#[case("Nothing", "enabled", None)]
fn wrong_paths_get_suggestions(#[case] resource_type: &str, #[case] path: &str, #[case] meant: Option<&str>) {
    let ontology = &*ONTOLOGY;
    assert!(ontology.property(resource_type, path).is_none());
    assert_eq!(ontology.nearest_property(resource_type, path).as_deref(), meant);
}

#[rstest]
#[case("boolean")]
#[case("reference(Key)[]")]
#[case("AtRestEncryption")]
#[case("string[][]")]
fn notation_round_trips(#[case] notation: &str) {
    assert_eq!(PropertyType::parse(notation).unwrap().to_string(), notation);
}
