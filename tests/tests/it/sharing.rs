//! From a failing finding of the example to an incident that others receive.

use std::path::Path;

use crate::program::{hyperiot, json, probity};

const INCIDENT: &str = "sharing/incidents/2026/HY-2026-0001.yaml";

/// The project of the example with an incident made of a failing check: finding, risk, item of the plan, incident.
fn with_incident(project: &Path) {
    probity(project, &["build", "access", "--quiet"]).exits(1);
    probity(project, &["poam", "access", "--update"]).exits(0);
    let plan = json(&project.join("build/access/poam.json"));
    let plan = &plan["plan-of-action-and-milestones"];
    let mut items = plan["poam-items"].as_array().unwrap().iter();
    let item = items.find(|one| one["title"].as_str().unwrap().contains("Ports for administration")).unwrap();
    let risk = item["related-risks"][0]["risk-uuid"].as_str().unwrap();
    let made = ["share", "incident", "from-risk", "poam/access.yaml", risk];
    let maker = ["--id", "HY-2026-0001", "--issuer", "csirt.tidewerk.example"];
    probity(project, &[&made[..], &maker].concat()).exits(0);
    let text = std::fs::read_to_string(project.join(INCIDENT)).unwrap();
    assert!(text.contains("jump-host") && text.contains("source: audit"), "{text}");
    assert!(text.starts_with("marking: TLP:AMBER\n"), "a plan that nobody marked is AMBER: {text}");
}

#[test]
fn a_failing_finding_becomes_an_incident_that_goes_to_one_member_and_not_to_the_public() {
    let (_place, project) = hyperiot("hyperiot");
    with_incident(&project);
    probity(&project, &["share", "member", "check"]).exits(0);
    let to = ["--to", "member:nordfunk", "--reason", "your gateways are behind that host", "-o", "package"];
    probity(&project, &[&["share", "build", INCIDENT][..], &to].concat()).exits(0);
    probity(&project, &["share", "verify", "package"]).exits(0);
    let manifest = json(&project.join("package/manifest.json"));
    assert_eq!(manifest["colour"], "TLP:AMBER");
    let mail = std::fs::read_to_string(project.join("package/mail.eml")).unwrap();
    assert!(mail.contains("Subject: [TLP:AMBER]"), "{mail}");
    let public = ["share", "build", INCIDENT, "--to", "public", "-o", "public", "--format", "json"];
    let refused = probity(&project, &public).exits(4).json();
    assert_eq!(refused["refused"][0]["rule"], "TLP-002", "{refused}");
    assert!(!project.join("public").exists());
}

#[test]
fn the_files_of_sharing_are_no_documents_to_validate() {
    let (_place, project) = hyperiot("hyperiot");
    probity(&project, &["validate", "sharing"]).exits(0);
    let named = probity(&project, &["validate", "sharing/policy.yaml"]).exits(1);
    assert!(named.err.contains("PB0104"), "{}", named.err);
}
