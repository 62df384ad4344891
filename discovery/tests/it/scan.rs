//! Running the collector on a tree in memory.

use std::fmt::Write as _;
use std::sync::LazyLock;

use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{BundledTree, Diagnostics, FileTree, MemoryTree, Step, TreePath};
use probity_discovery::Input;
use probity_discovery::kubernetes::{Summary, begin, collect};
use probity_evidence::{EvidenceReader, EvidenceWriter, Ontology, Record, SetState};

/// The ontology that comes with Probity.
pub(crate) static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| {
    let tree = BundledTree::new(probity_content::FILES);
    Ontology::load(&tree, &path("content:ontology/ontology.yaml")).unwrap().value
});

/// The ontology that comes with Probity.
pub(crate) fn ontology() -> &'static Ontology {
    &ONTOLOGY
}

pub(crate) fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

/// A tree of one file.
pub(crate) fn tree(name: &str, bytes: impl Into<Vec<u8>>) -> MemoryTree {
    MemoryTree::of([(name, bytes.into())]).unwrap()
}

/// A file of this crate.
pub(crate) fn own_file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// What the collector makes of inputs: the evidence set, and the step.
pub(crate) fn scan(tree: &dyn FileTree, inputs: &[Input]) -> (String, Step<Summary>) {
    let mut writer = EvidenceWriter::new(begin("test", &ONTOLOGY));
    let at = "2026-11-01T10:00:00Z".parse().unwrap();
    let step = collect(tree, inputs, "test", at, &ONTOLOGY, &mut writer);
    let mut out = Vec::new();
    writer.finish(&mut out).unwrap();
    (String::from_utf8(out).unwrap(), step)
}

/// The records of a set; every one of them must be in the ontology's words.
pub(crate) fn records(evidence: &str) -> (Vec<Record>, SetState) {
    let file = path("evidence.jsonl");
    let mut reader = EvidenceReader::new(evidence.as_bytes(), &file, &ONTOLOGY);
    let records = reader.by_ref().map(|entry| entry.record).collect();
    let (state, findings) = reader.finish();
    let tree = tree("evidence.jsonl", evidence);
    assert!(findings.is_empty(), "{}", shown(&findings, &tree));
    (records, state)
}

/// Findings, one per line.
pub(crate) fn shown(findings: &Diagnostics, tree: &dyn FileTree) -> String {
    let sources = Sources::new(tree);
    findings.iter().map(|finding| short(finding, &sources) + "\n").collect()
}

/// A set in a form that people can read: a block per resource.
pub(crate) fn outline(evidence: &str) -> String {
    let mut text = String::new();
    for record in records(evidence).0 {
        match record {
            Record::Resource(observed) => {
                let resource = observed.resource;
                let _ = writeln!(text, "{} {} ({})", resource.resource_type, resource.id, resource.name);
                for (name, value) in &resource.properties {
                    let _ = writeln!(text, "  {name}: {value}");
                }
                for id in &resource.related {
                    let _ = writeln!(text, "  -> {id}");
                }
            }
            Record::Problem(problem) => {
                let _ = writeln!(text, "problem ({}): {}", problem.service, problem.message);
            }
            Record::Begin(_) | Record::Gone(_) | Record::End(_) => {}
        }
    }
    text
}
