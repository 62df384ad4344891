use probity_diagnostics::MemoryTree;
use probity_diagnostics::render::{Sources, short};
use probity_project::config::{self, FailOn};

fn findings(text: &str) -> Vec<String> {
    let tree = MemoryTree::of([(config::FILE_NAME, text)]).unwrap();
    let file = config::path();
    match config::load(&tree, &file) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(|d| short(d, &Sources::new(&tree))).collect(),
    }
}

#[test]
fn a_whole_project_is_read() {
    let text = r#"
[system]
name = "Demo"
as-of = "2026-11-01T12:00:00Z"

[[source]]
name = "cluster"
kubernetes = ["deploy/*.yaml"]

[[assessment]]
name = "eucs"
profile = "eucs-high"
attestations = ["attestations/*.yaml"]
gate = { fail-on = "high" }
"#;
    let tree = MemoryTree::of([(config::FILE_NAME, text)]).unwrap();
    let loaded = config::load(&tree, &config::path()).unwrap().value;
    assert_eq!(loaded.config.assessments[0].gate.fail_on, FailOn::High);
    assert_eq!(loaded.config.sources[0].evidence_path(), "evidence/cluster.jsonl");
}

#[test]
fn every_mistake_is_reported_at_its_place() {
    let text = r#"[system]
nam = "Demo"
as-of = 2026

[[source]]
name = "A b"
scop = "x"

[[assessment]]
name = "eucs"
profile = ["eucs-high"]
[assessment.gate]
fail-on = "hihg"
"#;
    insta::assert_snapshot!("config-mistakes", findings(text).join("\n"));
}

#[test]
fn names_are_checked_after_the_shape() {
    let text = r#"[system]
name = "Demo"
as-of = "yesterday"
[[source]]
name = "A b"
[[source]]
name = "aws"
[[source]]
name = "aws"
[[assessment]]
name = "eucs"
profile = "eucs-high"
sources = ["aws", "azrue"]
"#;
    insta::assert_snapshot!("config-names", findings(text).join("\n"));
}

#[test]
fn broken_toml_is_reported() {
    insta::assert_snapshot!("config-syntax", findings("[system\nname = 'x'\n").join("\n"));
}

#[test]
fn the_schema_is_published() {
    let text = serde_json::to_string_pretty(&config::schema()).unwrap();
    insta::assert_snapshot!("config-schema", text);
}
