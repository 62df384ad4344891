//! Findings in the formats of other tools, held against their published schemas.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Ran, feed, folder, probity, program};

const CATALOG: &str = r#"{
  "catalog": {
    "uuid": "74c8ba1e-5cd4-4ad1-bbfd-d888e2f6c724",
    "metadata": {
      "title": "Größe",
      "last-modified": "2026-01-01T00:00:00Z",
      "version": "1",
      "oscal-version": "1.2.2"
    },
    "groups": [
      { "id": "g1", "title": "G", "controls": [], "contrôles\u0007": [] },
      { "id": "g 2", "title": "G", "titel": "G" }
    ]
  }
}
"#;

const SETTINGS: &str = r#"
[[suppress]]
rule = "PB0105"
path = "**/*.json"
reason = "ids of the <publisher> & others"
"#;

/// A file with errors, one without, one that is no OSCAL, one that suppresses, and one that is missing.
fn checked(format: &str) -> (TempDir, Ran) {
    let place = folder();
    let clean =
        CATALOG.split("    \"groups\"").next().unwrap().trim_end().trim_end_matches(',').to_owned() + "}}";
    for (name, text) in [
        ("a b/catalog.json", CATALOG),
        ("clean.json", &clean),
        ("twice.yaml", "catalog:\n  uuid: a\n  uuid: b\n"),
        ("probity.toml", SETTINGS),
    ] {
        let file = place.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let ran = probity(place.path(), &["validate", ".", "missing.json", "--format", format]).exits(2);
    (place, ran)
}

/// A schema that `tests/oracle/install.sh` installed.
pub(crate) fn schema(name: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/oracle/schemas").join(name);
    if file.exists() {
        return Some(file);
    }
    let required = std::env::var_os("PROBITY_REQUIRE_ORACLE").is_some_and(|value| value == "1");
    assert!(!required, "{name} is required: tests/oracle/install.sh target/oracle");
    println!("skipped: {name} is absent; run tests/oracle/install.sh target/oracle");
    None
}

#[test]
fn sarif_fits_the_published_schema() {
    let (_place, ran) = checked("sarif");
    let log = ran.json();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let suppressed = results.iter().filter(|result| result["suppressions"][0]["kind"] == "external");
    assert_eq!((results.len(), suppressed.count()), (6, 1), "{log:#}");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let uris = results
        .iter()
        .filter_map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str());
    assert!(uris.clone().any(|uri| uri == "a%20b/catalog.json"), "{:?}", uris.collect::<Vec<_>>());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], rules[index]["id"]);
    }
    let Some(schema) = schema("sarif-2.1.0.json") else { return };
    let schema: Value = serde_json::from_slice(&std::fs::read(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&broken), "the schema accepts everything");
}

#[test]
fn junit_fits_the_schema_of_ci_servers() {
    let (_place, ran) = checked("junit");
    assert!(
        ran.out.contains(r#"<testsuites name="probity" tests="8" failures="4" errors="1">"#),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("<testsuite name=\"clean.json\" tests=\"1\" failures=\"0\""), "{}", ran.out);
    assert!(ran.out.contains("message=\"ids of the &lt;publisher&gt; &amp; others\""), "{}", ran.out);
    let Some(schema) = schema("junit-10.xsd") else { return };
    let says = conforms(&schema, &ran.out);
    assert!(says.is_empty(), "{says}");
    let says = conforms(&schema, &ran.out.replace("testcase", "test-case"));
    assert!(!says.is_empty(), "the schema accepts everything");
}

#[test]
fn tests_of_metrics_fit_the_schema_of_ci_servers() {
    let place = folder();
    probity(place.path(), &["init"]).exits(0);
    let new = ["--resource-type", "VirtualMachine", "--property", "secureBoot.enabled"];
    probity(place.path(), &[&["metric", "new", "own-boot"], &new[..]].concat()).exits(0);
    let cases = place.path().join("metrics/platform-security/own-boot/cases.yaml");
    let text = std::fs::read_to_string(&cases).unwrap();
    std::fs::write(&cases, text.replace("verdict: fail", "verdict: pass")).unwrap();
    let ran = probity(place.path(), &["test", "--all", "--samples", "1", "--format", "junit"]).exits(1);
    assert!(
        ran.out.contains(r#"<testsuite name="own-boot" tests="7" failures="3" errors="0""#),
        "{}",
        ran.out
    );
    assert!(ran.out.contains(r#"<property name="coverage" value="100"/>"#), "{}", ran.out);
    let Some(schema) = schema("junit-10.xsd") else { return };
    let says = conforms(&schema, &ran.out);
    assert!(says.is_empty(), "{says}");
}

/// What does not conform to an XML schema.
pub(crate) fn conforms(schema: &Path, document: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle/xsd.py");
    let mut python = Command::new("python3");
    python.arg(script).arg(schema).env("PYTHONPATH", schema.with_file_name("python"));
    python.stdin(Stdio::piped());
    let ran = feed(python, document.as_bytes());
    assert!(ran.code == 0 || !ran.out.is_empty(), "{}", ran.err);
    ran.out
}

#[test]
fn every_format_says_the_same_each_time() {
    for format in ["human", "short", "json", "sarif", "github", "junit"] {
        let ((_, first), (_, second)) = (checked(format), checked(format));
        assert_eq!(first.out, second.out, "{format}");
        assert!(first.out.contains("titel"), "{format}");
    }
}

#[test]
fn standard_input_is_validated() {
    let place = folder();
    let ran =
        feed(program(place.path(), &["validate", "-", "--format", "short"]), CATALOG.as_bytes()).exits(1);
    assert!(ran.out.contains("<stdin>:12:36: error[PB0102]: `group` has no property `titel`"), "{}", ran.out);
    let yaml = "catalog:\n  uuid: 1\n";
    let ran = feed(program(place.path(), &["validate", "-"]), yaml.as_bytes()).exits(1);
    assert!(ran.out.contains("--> <stdin>:2:9"), "{}", ran.out);
    feed(program(place.path(), &["validate", "-"]), b"").exits(1);
}
