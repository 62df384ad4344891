//! The example system: every file is well-formed, and the evidence keeps to the ontology.

use std::collections::BTreeSet;

use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{Diagnostics, DiskTree, FileTree, TreePath};
use probity_evidence::{EvidenceReader, Record};

use crate::read::ontology;

fn tree() -> DiskTree {
    DiskTree::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/hyperiot"), "").unwrap()
}

fn files(extension: &str) -> Vec<TreePath> {
    let mut files = tree().walk(&TreePath::root()).unwrap();
    files.retain(|file| {
        file.extension() == Some(extension)
            && !["build/", "archive/"].iter().any(|made| file.as_str().starts_with(made))
    });
    files
}

fn lines(findings: &Diagnostics) -> Vec<String> {
    let tree = tree();
    let sources = Sources::new(&tree);
    findings.iter().map(|finding| short(finding, &sources)).collect()
}

#[test]
fn its_oscal_files_are_valid() {
    let others = ["deploy/", "sharing/nda/", "sharing/policy.yaml"];
    let other = |file: &TreePath| {
        others.iter().any(|place| file.as_str().starts_with(place)) || file.file_name() == "cases.yaml"
    };
    for file in files("yaml").into_iter().filter(|file| !other(file)) {
        let found = match probity_oscal::load(&tree(), &file) {
            Ok(done) => done.warnings,
            Err(findings) => findings,
        };
        assert_eq!(lines(&found), Vec::<String>::new(), "{file}");
    }
}

#[test]
fn its_evidence_keeps_to_the_ontology() {
    let (tree, ontology) = (tree(), ontology());
    let (mut ids, mut types, mut partial) = (BTreeSet::new(), BTreeSet::new(), 0);
    let sets = files("jsonl");
    assert_eq!(sets.len(), 3);
    for file in sets {
        let mut reader = EvidenceReader::new(tree.open(&file).unwrap(), &file, &ontology);
        for entry in reader.by_ref() {
            if let Record::Resource(seen) = entry.record {
                assert!(ids.insert(seen.resource.id.clone()), "{} twice", seen.resource.id);
                types.insert(seen.resource.resource_type.to_string());
            }
        }
        let (state, found) = reader.finish();
        assert_eq!(lines(&found), Vec::<String>::new(), "{file}");
        partial += state.services.iter().filter(|service| service.state.as_str() == "partial").count();
    }
    assert!(ids.len() >= 60 && types.len() >= 20, "{} resources of {} types", ids.len(), types.len());
    assert!(partial > 0, "every service is complete");
}
