use probity_diagnostics::MemoryTree;
use probity_discovery::{SourceKind, detect, detect_bytes};
use rstest::rstest;

use crate::scan::path;

const BEGIN: &str = r#"{"kind":"begin","collector":"c","version":"1","scope":"s","ontology":"o"}"#;

#[rstest]
#[case("apiVersion: v1\nkind: Pod\n", Some(SourceKind::KubernetesManifest))]
#[case("# comment\n---\nkind: Pod\napiVersion: v1\n", Some(SourceKind::KubernetesManifest))]
#[case(r#"{"apiVersion": "v1", "kind": "List"}"#, Some(SourceKind::KubernetesManifest))]
#[case(BEGIN, Some(SourceKind::EvidenceSet))]
#[case("kind: Pod\n", None)]
#[case("", None)]
#[case("\u{feff}apiVersion: v1\nkind: Pod\n", Some(SourceKind::KubernetesManifest))]
fn kinds_of_text(#[case] text: &str, #[case] expected: Option<SourceKind>) {
    assert_eq!(detect_bytes(text.as_bytes()), expected);
}

#[test]
fn kinds_of_paths() {
    let tree = MemoryTree::of([
        ("deploy/values.yaml", "replicas: 1\n"),
        ("deploy/web.yaml", "apiVersion: v1\nkind: Pod\n"),
        ("evidence/aws.jsonl", BEGIN),
        ("text.md", "# Text\n"),
    ])
    .unwrap();
    let kind = |text: &str| detect(&tree, &path(text)).map(|found| found.value);
    assert_eq!(kind("deploy"), Ok(SourceKind::KubernetesManifest));
    assert_eq!(kind("deploy/*.yaml"), Ok(SourceKind::KubernetesManifest));
    assert_eq!(kind("evidence"), Ok(SourceKind::EvidenceSet));
    assert_eq!(kind("evidence/aws.jsonl"), Ok(SourceKind::EvidenceSet));
    assert_eq!(kind("text.md").unwrap_err().iter().next().unwrap().code.id, "PB0403");
    assert_eq!(kind("nowhere").unwrap_err().iter().next().unwrap().code.id, "PB0001");
}
