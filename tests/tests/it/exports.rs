//! Exports of the example system, held against the published schemas of the formats and the tools that read them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::formats::{conforms, schema};
use crate::program::{Ran, hyperiot, json, probity};
use crate::reference::reference;

/// The keys that the importer of generic findings of `DefectDojo` takes, of those that are written.
const DEFECTDOJO: [&str; 20] = [
    "title",
    "severity",
    "description",
    "active",
    "verified",
    "risk_accepted",
    "under_review",
    "unique_id_from_tool",
    "vuln_id_from_tool",
    "component_name",
    "static_finding",
    "dynamic_finding",
    "references",
    "tags",
    "service",
    "file_path",
    "line",
    "date",
    "mitigation",
    "planned_remediation_date",
];

fn built() -> (tempfile::TempDir, PathBuf) {
    let (place, project) = hyperiot("hyperiot");
    probity(&project, &["build", "eucs", "--quiet"]).exits(1);
    (place, project)
}

fn export(project: &Path, target: &str) -> Ran {
    probity(project, &["export", "eucs", "--for", target]).exits(0)
}

fn wrong(schema: &Path, value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_slice(&std::fs::read(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let told = validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path()));
    told.map(|text| text.chars().take(300).collect()).take(5).collect()
}

#[test]
fn lists_of_findings_fit_the_schemas_of_their_formats() {
    let (_place, project) = built();
    let results = json(&project.join("build/eucs/assessment-results.json"));
    let listed: usize = results["assessment-results"]["results"][0]["observations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|observation| observation["methods"][0] == "TEST")
        .map(|observation| observation["subjects"].as_array().map_or(0, Vec::len))
        .sum();

    let sarif = export(&project, "sarif").json();
    let found = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(found.len() >= listed && listed > 300, "{} results of {listed} subjects", found.len());
    let suppressed = found.iter().filter(|result| !result["suppressions"].is_null()).count();
    assert!(suppressed > 0 && found.iter().any(|result| result["kind"] == "open"));
    let fingerprints: BTreeSet<&str> = found
        .iter()
        .map(|result| result["partialFingerprints"]["probityResource/v1"].as_str().unwrap())
        .collect();
    assert_eq!(fingerprints.len(), found.len());
    if let Some(schema) = schema("sarif-2.1.0.json") {
        assert_eq!(wrong(&schema, &sarif), Vec::<String>::new());
    }

    let ocsf = export(&project, "ocsf").json();
    let events = ocsf.as_array().unwrap();
    assert_eq!(events.len(), found.len());
    if let Some(schema) = schema("ocsf-compliance-finding-1.5.0.json") {
        for event in events {
            assert_eq!(wrong(&schema, event), Vec::<String>::new());
        }
        let mut broken = events[0].clone();
        broken["severity_id"] = "high".into();
        assert_ne!(wrong(&schema, &broken), Vec::<String>::new(), "the schema accepts everything");
    }

    let junit = export(&project, "junit").out;
    assert_eq!(junit.matches("<testcase ").count(), 395, "each control that can be met on its own");
    if let Some(schema) = schema("junit-10.xsd") {
        assert_eq!(conforms(&schema, &junit), "");
    }

    let dojo = export(&project, "defectdojo").json();
    let findings = dojo["findings"].as_array().unwrap();
    assert_eq!(findings.len(), found.len());
    for finding in findings {
        for key in finding.as_object().unwrap().keys() {
            assert!(DEFECTDOJO.contains(&key.as_str()), "{key}");
        }
        let severity = finding["severity"].as_str().unwrap();
        assert!(["Critical", "High", "Medium", "Low", "Info"].contains(&severity));
        assert!(
            !finding["title"].as_str().unwrap().is_empty()
                && finding["title"].as_str().unwrap().chars().count() < 512
        );
    }
}

/// Every document of a bundle fits the published schema, and everything in it leads inside.
#[test]
fn bundles_fit_the_published_schema() {
    let (_place, project) = built();
    probity(&project, &["export", "eucs", "--for", "oscal-1.2.1", "-o", "bundle"]).exits(0);
    let folder = project.join("bundle");
    let manifest = json(&folder.join("manifest.json"));
    let documents = manifest["documents"].as_array().unwrap();
    assert!(documents.len() >= 7, "{documents:#?}");
    let complete = reference("oscal-json-schema-1.2.1/oscal_complete_schema.json");
    for document in documents {
        let file = folder.join(document["path"].as_str().unwrap());
        if let Some(schema) = &complete {
            assert_eq!(wrong(schema, &json(&file)), Vec::<String>::new(), "{}", file.display());
        }
    }
    probity(&folder, &["validate", "."]).exits(0);
}

/// The library holds what CISO Assistant asks of one.
#[test]
fn a_library_of_ciso_assistant_is_whole() {
    let (_place, project) = built();
    let text = export(&project, "ciso-assistant").out;
    std::fs::write(project.join("library.yaml"), &text).unwrap();
    let path = probity_diagnostics::TreePath::parse("library.yaml").unwrap();
    let limits = probity_diagnostics::document::Limits::default();
    let format = probity_diagnostics::document::Format::Yaml;
    let library = probity_diagnostics::document::parse(text.as_bytes(), &path, format, limits).unwrap().value;
    for key in ["urn", "locale", "ref_id", "name", "version", "provider", "packager", "objects"] {
        assert!(!library[key].is_null(), "{key}");
    }
    let framework = &library["objects"]["framework"];
    let nodes = framework["requirement_nodes"].as_array().unwrap();
    let assessable = nodes.iter().filter(|node| node["assessable"] == true).count();
    assert_eq!(assessable, 395);
    let urns: BTreeSet<&str> = nodes.iter().map(|node| node["urn"].as_str().unwrap()).collect();
    assert_eq!(urns.len(), nodes.len(), "urns are unique");
    let controls = library["objects"]["reference_controls"].as_array().unwrap();
    let known: BTreeSet<&str> = controls.iter().map(|control| control["urn"].as_str().unwrap()).collect();
    for node in nodes {
        assert!(node["parent_urn"].as_str().is_none_or(|parent| urns.contains(parent)), "{node}");
        for control in node["reference_controls"].as_array().into_iter().flatten() {
            assert!(known.contains(control.as_str().unwrap()), "{node}");
        }
    }
}
