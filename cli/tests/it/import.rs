//! `probity import`: what another tool keeps becomes a project that is judged.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::ran::{Ran, copy_folder, folder, probity, read, repository, write};

const AS_OF: &str = "2026-10-31T00:00:00Z";

/// A folder with the harbour's files in `there/`, and an empty `here/`.
fn harbour() -> TempDir {
    let place = folder();
    copy_folder(&repository("cli/tests/clouditor"), &place.path().join("there"));
    std::fs::create_dir(place.path().join("here")).unwrap();
    place
}

fn import(place: &TempDir, more: &[&str]) -> Ran {
    let args: Vec<&str> = ["import", "clouditor", "../there"].iter().chain(more).copied().collect();
    probity(&place.path().join("here"), &args)
}

/// Verdicts by check and resource.
fn verdicts(project: &Path) -> BTreeMap<String, String> {
    probity(project, &["build", "--as-of", AS_OF, "--quiet"]).exits(1);
    let lines = read(project, "build/harbour/verdicts.jsonl");
    let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|line| line["kind"] == "verdict")
        .map(|line| (format!("{} {}", text(&line, "check"), text(&line, "resource")), text(&line, "verdict")))
        .collect()
}

#[test]
fn the_report_is_a_snapshot() {
    let place = harbour();
    let ran = import(&place, &[]).exits(1);
    insta::assert_snapshot!("import-clouditor", format!("{}--- stderr\n{}", ran.out, ran.err));
}

#[test]
fn an_imported_folder_is_a_project_that_is_judged() {
    let place = harbour();
    import(&place, &["--quiet"]).exits(1);
    let project = place.path().join("here");
    probity(&project, &["validate"]).exits(0);
    probity(&project, &["fmt", "--check"]).exits(0);
    let found = verdicts(&project);
    let list: Vec<String> = found.iter().map(|(pair, verdict)| format!("{verdict:8} {pair}")).collect();
    insta::assert_snapshot!("import-verdicts", list.join("\n"));
    let report = probity(&project, &["report", "build/harbour/assessment-results.json"]).exits(0).out;
    for words in ["Chests closed", "publicAccess is true, expected false", "not collected: publicAccess"] {
        assert!(report.contains(words), "{words}\n{report}");
    }
}

#[test]
fn rego_and_ids_are_kept() {
    let place = harbour();
    import(&place, &["--quiet"]).exits(1);
    let project = place.path().join("here");
    let (old, new) = ("metrics/StorageEncryption/DisksSealed", "metrics/storage-encryption/cch-disks-sealed");
    assert_eq!(
        read(&place.path().join("there"), &format!("{old}/metric.rego")),
        read(&project, &format!("{new}/check.rego"))
    );
    let shown =
        probity(&project, &["metric", "show", "cch-disks-sealed", "--format", "json"]).exits(0).json();
    assert_eq!(shown["uuid"], "0d1c4c1e-6f0a-4a57-9a34-3a51cf2b1a11");
    assert_eq!(shown["resource-types"], serde_json::json!(["clouditor:Storage"]));
    let derived = read(&project, "metrics/transport-encryption/cch-lines-sealed/metric.yaml");
    assert!(derived.contains("clouditor-id") && derived.contains("value: not-a-uuid"), "{derived}");
}

#[test]
fn values_that_may_be_unset_are_kept_on_demand() {
    let kept = |more: &[&str]| {
        let place = harbour();
        import(&place, &[&["--quiet"], more].concat()).exits(1);
        let found = verdicts(&place.path().join("here"));
        ["cch-chests-closed chest/manifests", "cch-starts-logged vm/crane-2", "cch-scanner-present fn/tides"]
            .map(|pair| found.get(pair).unwrap_or_else(|| panic!("{pair}: {found:#?}")).clone())
    };
    assert_eq!(kept(&[]), ["unknown", "unknown", "unknown"]);
    assert_eq!(kept(&["--keep-unset=enabled"]), ["unknown", "fail", "unknown"]);
    assert_eq!(kept(&["--keep-unset"]), ["pass", "fail", "fail"]);
}

#[test]
fn what_is_there_stays_unless_it_may_be_replaced() {
    let place = harbour();
    import(&place, &[]).exits(1);
    import(&place, &[]).exits(1); // the same bytes
    let file = "here/catalogs/harbour.yaml";
    write(place.path(), file, "catalog: {}\n");
    let refused = import(&place, &[]).exits(2);
    assert!(
        refused.err.contains("`catalogs/harbour.yaml` exists already and would change"),
        "{}",
        refused.err
    );
    assert_eq!(read(place.path(), file), "catalog: {}\n");
    import(&place, &["--force"]).exits(1);
    assert!(read(place.path(), file).contains("Rules of the harbour"));
}

#[test]
fn a_project_keeps_its_settings() {
    let place = harbour();
    probity(place.path(), &["init", "port"]).exits(0);
    let before = read(place.path(), "port/probity.toml");
    let ran = probity(place.path(), &["import", "clouditor", "there", "-C", "port"]).exits(1);
    assert!(ran.err.contains("next: name the evidence as a source"), "{}", ran.err);
    assert_eq!(read(place.path(), "port/probity.toml"), before);
    assert!(place.path().join("port/metrics/logging-monitoring/cch-starts-logged/check.rego").is_file());
    probity(&place.path().join("port"), &["build", "--quiet"]).exits(1);
}

#[test]
fn folders_without_anything_are_refused() {
    let place = folder();
    write(place.path(), "there/notes.json", "{\"hello\": 1}");
    write(place.path(), "there/metrics/Odd/data.json", "[]");
    let refused = probity(place.path(), &["import", "clouditor", "there"]).exits(2);
    assert!(refused.err.contains("holds no metric, catalog or evidence"), "{}", refused.err);
    assert!(!place.path().join("probity.toml").exists());
    probity(place.path(), &["import", "clouditor", "nowhere"]).exits(2);
}

#[test]
fn a_folder_may_bring_its_vocabulary() {
    let place = folder();
    let class = |name: &str| {
        format!(
            "message {name} {{ option (resource_type_names) = \"{name}\"; option (resource_type_names) = \"Resource\"; bool lit = 1; }}\n"
        )
    };
    let messages: Vec<String> =
        ["LightHouse", "Quay", "Crane", "Pier", "Buoy"].iter().map(|name| class(name)).collect();
    write(place.path(), "there/api/harbour.proto", messages.concat());
    write(
        place.path(),
        "there/a.json",
        "{\"timestamp\": \"2026-10-30T06:00:00Z\", \"resource\": {\"lightHouse\": {\"id\": \"l\", \"lit\": true}}}",
    );
    write(
        place.path(),
        "there/Lit/Lit.yaml",
        "{id: 0d1c4c1e-6f0a-4a57-9a34-3a51cf2b1a01, name: Lit, category: Lights}",
    );
    write(place.path(), "there/Lit/data.json", "{\"operator\": \"==\", \"target_value\": true}");
    let rego = "package cch.metrics.lit\n\nimport data.cch.compare\nimport rego.v1\n\napplicable if \"LightHouse\" in input.type\n\n\
                compliant if compare(data.operator, data.target_value, input.lit)\n";
    write(place.path(), "there/Lit/metric.rego", rego);
    let ran = probity(place.path(), &["import", "clouditor", "there", "-C", "."]).exits(0);
    assert!(
        ran.err.contains("ontology/clouditor.yaml, the vocabulary of `api/harbour.proto`"),
        "{}",
        ran.err
    );
    let metric = read(place.path(), "metrics/lights/cch-lit/metric.yaml");
    assert!(metric.contains("clouditor:LightHouse") && metric.contains("value: lit"), "{metric}");
    let shown = probity(place.path(), &["metric", "lint", "cch-lit"]).exits(0);
    assert!(!shown.out.contains("error"), "{}", shown.out);
}
