//! Every document that is written is valid: in our validator, and in the
//! published JSON schema.

use std::path::Path;

use jsonschema::Validator;
use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{DiskTree, FileTree, TreePath};
use serde_json::{Value, json};

use crate::program::{folder, hyperiot, json as read_json, probity, repository};
use crate::reference::reference;

/// The published schema, with the property put back that it lost (`method` of
/// `combine`).
fn published_schema() -> Option<Validator> {
    let mut schema = read_json(&reference("oscal-json-schema-1.2.1/oscal_complete_schema.json")?);
    let branches = schema.pointer_mut("/definitions/oscal-complete-oscal-profile:merge/anyOf").unwrap();
    for branch in branches.as_array_mut().unwrap() {
        branch["properties"]["combine"]["properties"] = json!({ "method": { "type": "string" } });
    }
    Some(jsonschema::validator_for(&schema).unwrap())
}

/// The OSCAL documents below a folder; bundles hold none, and what is exported for others is held by the tests of exports.
fn documents(folder: &Path) -> Vec<TreePath> {
    let tree = DiskTree::new(folder, "").unwrap();
    let mut files = tree.walk(&TreePath::root()).unwrap();
    let is_ours = |file: &TreePath| {
        !matches!(file.file_name(), "data.json" | "period.json") && !file.as_str().contains("exports/")
    };
    files.retain(|file| file.extension() == Some("json") && is_ours(file));
    files
}

/// Holds the documents of a folder to both validators; says which models
/// they are.
fn assert_valid(folder: &Path) -> Vec<String> {
    let tree = DiskTree::new(folder, "").unwrap();
    let schema = published_schema();
    let mut wrong = Vec::new();
    let mut models = Vec::new();
    for file in documents(folder) {
        let found = match probity_oscal::load(&tree, &file) {
            Ok(loaded) => loaded.warnings,
            Err(findings) => findings,
        };
        let sources = Sources::new(&tree);
        wrong.extend(found.iter().map(|finding| short(finding, &sources)));
        let value: Value = read_json(&folder.join(file.as_str()));
        let errors = schema.iter().flat_map(|schema| schema.iter_errors(&value));
        wrong.extend(errors.take(5).map(|e| format!("{file}: {}: {e}", e.instance_path())));
        models.push(value.as_object().unwrap().keys().next().unwrap().clone());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    models.sort();
    models
}

#[test]
fn documents_of_a_build() {
    let (_place, project) = hyperiot("hyperiot");
    probity(&project, &["build", "--quiet"]).exits(1);
    let models = assert_valid(&project.join("build"));
    for model in ["assessment-plan", "assessment-results", "catalog"] {
        assert_eq!(models.iter().filter(|found| *found == model).count(), 3, "{models:?}");
    }
    assert!(models.iter().any(|found| found == "plan-of-action-and-milestones"), "{models:?}");
}

#[test]
fn documents_of_a_scan_and_of_a_new_project() {
    let place = folder();
    let shop = repository("content/examples/kubernetes/shop.yaml");
    let args = ["scan", shop.to_str().unwrap(), "-p", "eucs-high", "-o", "scan", "--quiet"];
    probity(place.path(), &args).exits(1);
    let expected = ["assessment-plan", "assessment-results", "catalog", "system-security-plan"];
    assert_eq!(assert_valid(&place.path().join("scan")), expected);

    probity(place.path(), &["init", "new", "-p", "bsi-c5-2025-basic", "--quiet"]).exits(0);
    probity(place.path(), &["build", "-C", "new", "--quiet"]).exits(1);
    let expected = ["assessment-plan", "assessment-results", "catalog", "plan-of-action-and-milestones"];
    assert_eq!(assert_valid(&place.path().join("new/build")), expected);
    let ssp = probity(place.path(), &["validate", "new/ssp.yaml"]).exits(0);
    assert!(ssp.out.is_empty(), "{}", ssp.out);
}
