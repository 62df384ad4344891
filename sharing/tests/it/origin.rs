//! Incidents of findings, risks and advisories.

use std::path::Path;

use probity_diagnostics::{DiskTree, MemoryTree};
use probity_oscal::OscalDocument;
use probity_oscal::constraint::Rules;
use probity_oscal::model::{PlanOfActionAndMilestones, SystemSecurityPlan};
use probity_oscal::reference::Library;
use probity_sharing::Label;
use probity_sharing::formats::{Format, Version};
use probity_sharing::incident::{Incident, check};
use probity_sharing::origin::{
    Asset, Maker, SHARED_AS, Sources, from_advisory, from_finding, from_risk, matches, of_plan, plan,
    resolved, risks, shared,
};
use probity_sharing::package::Manifest;
use serde_json::{Value, json};

use crate::foreign::cases;
use crate::incidents::{lexicon, path};

fn maker() -> Maker {
    Maker {
        id: "INC-1".to_owned(),
        issuer: "cert.alpha.example".to_owned(),
        name: "CERT of Alpha".to_owned(),
        at: "2026-11-01T00:00:00Z".parse().unwrap(),
    }
}

fn document(name: &str) -> OscalDocument {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/examples/hyperiot");
    probity_oscal::load(&DiskTree::new(folder, "").unwrap(), &path(name)).unwrap().value.document
}

/// An incident holds together, and no warning but that its kind is for people to say.
fn holds(incident: &Incident) {
    let found = check(incident, &path("i.yaml"), &lexicon());
    let told: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["it does not say which kind of incident it is"]);
}

const RESULTS: &str = "archive/access/2026-10-05T06-00-00Z/assessment-results.json";

#[test]
fn a_finding_that_fails_becomes_an_incident_with_what_failed_as_targets() {
    let results = document(RESULTS);
    let incident = from_finding(&results, "iam-04.1", &maker()).unwrap();
    holds(&incident);
    assert_eq!(incident.discoveries[0].source.as_str(), "audit");
    assert_eq!(incident.assessments[0].occurrence.as_ref().unwrap().as_str(), "potential");
    assert_eq!(incident.times.of.detected.unwrap().to_string(), "2026-10-05T03:02:58Z");
    assert!(!incident.events[0].systems.is_empty());
    let rels: Vec<&str> = incident.links.iter().map(|link| link.rel.as_str()).collect();
    assert_eq!(rels, ["finding", "risk", "risk"]);
    let nothing = from_finding(&results, "no-such", &maker()).unwrap_err();
    assert_eq!(
        (nothing.code.id, nothing.message.as_str()),
        ("PB1049", "the document has no finding `no-such`")
    );
}

#[test]
fn what_is_satisfied_or_closed_is_no_incident() {
    let mut results = document(RESULTS);
    let OscalDocument::AssessmentResults(all) = &mut results else { panic!() };
    all.results[0].findings[0].target.status.state = "satisfied".to_owned();
    all.results[0].risks[0].status = "closed".to_owned();
    let (finding, risk) = (all.results[0].findings[0].uuid.clone(), all.results[0].risks[0].uuid.clone());
    assert!(from_finding(&results, &finding, &maker()).unwrap_err().message.contains("is satisfied"));
    assert!(from_risk(&results, &risk, &maker()).unwrap_err().message.contains("is closed"));
}

#[test]
fn a_risk_of_a_plan_becomes_an_incident_that_names_its_item() {
    let plan = document("poam.yaml");
    let OscalDocument::PlanOfActionAndMilestones(content) = &plan else { panic!() };
    let item = content.poam_items.iter().find(|item| !item.related_risks.is_empty()).unwrap();
    let (uuid, risk) = (item.uuid.clone().unwrap(), item.related_risks[0].risk_uuid.clone());
    let by_item = from_risk(&plan, &uuid, &maker()).unwrap();
    holds(&by_item);
    assert_eq!(by_item, from_risk(&plan, &risk, &maker()).unwrap());
    let links: Vec<(&str, &str)> =
        by_item.links.iter().map(|link| (link.rel.as_str(), link.href.as_str())).collect();
    assert_eq!(links, [("risk", risk.as_str()), ("poam-item", uuid.as_str())]);
}

/// An advisory about one product.
#[test]
fn the_log_of_a_risk_notes_once_that_it_was_shared_and_closes_what_nobody_accepted() {
    let (record, accepted) = (document("poam/access.yaml"), document("poam.yaml"));
    let OscalDocument::PlanOfActionAndMilestones(mut record) = record else { panic!() };
    let OscalDocument::PlanOfActionAndMilestones(mut accepted) = accepted else { panic!() };
    let risk = record.risks[0].uuid.clone();
    let entries = |plan: &PlanOfActionAndMilestones| plan.risks[0].risk_log.as_ref().unwrap().entries.clone();
    let before = entries(&record).len();
    let mut manifest = Manifest {
        id: "3f0c1f7e-0d0c-5f0e-8f0a-1f6a2f1f0b11".to_owned(),
        colour: "TLP:AMBER".to_owned(),
        from: "alpha".to_owned(),
        audience: "member:beta".to_owned(),
        recipients: 1,
        reason: None,
        made: "2026-11-05T10:00:00Z".parse().unwrap(),
        documents: Vec::new(),
    };
    assert!(shared(&mut record, &risk, &manifest) && !shared(&mut record, &risk, &manifest), "noted once");
    manifest.audience = "nobody knows".to_owned();
    manifest.id = "another".to_owned();
    assert!(!shared(&mut record, &risk, &manifest) && !shared(&mut record, "no-such", &manifest));
    let entry = entries(&record).pop().unwrap();
    assert_eq!(entries(&record).len(), before + 1);
    assert_eq!((entry.props[0].name.as_str(), entry.props[0].class.as_deref()), (SHARED_AS, Some("member")));
    assert_eq!(entry.start, "2026-11-05T10:00:00Z");
    let at = "2026-11-06T00:00:00Z".parse().unwrap();
    let mut incident = from_risk(&document("poam/access.yaml"), &risk, &maker()).unwrap();
    assert_eq!(risks(&incident).collect::<Vec<_>>(), [risk.as_str()]);
    assert!(!resolved(&mut record, &risk, &incident, at), "it is new");
    incident.status = "resolved".parse().ok();
    assert!(resolved(&mut record, &risk, &incident, at) && record.risks[0].status == "closed");
    assert!(!resolved(&mut record, &risk, &incident, at), "it is closed");
    let risk = accepted.risks[0].uuid.clone();
    assert_eq!(accepted.risks[0].status, "deviation-approved");
    assert!(!resolved(&mut accepted, &risk, &incident, at), "somebody has accepted it");
}

fn advisory(product: &Value, status: &str) -> Value {
    let helper = json!({ "purl": product["purl"], "cpe": product["cpe"] });
    let mut branch = json!({
        "category": "vendor", "name": "V",
        "product": { "product_id": "P", "name": "The product", "product_identification_helper": helper },
    });
    for (category, key) in
        [("product_version_range", "range"), ("product_version", "version"), ("product_name", "name")]
    {
        if product[key].is_string() {
            branch = json!({ "category": category, "name": product[key], "branches": [branch] });
        }
    }
    json!({
        "document": {
            "category": "csaf_security_advisory", "csaf_version": "2.0", "title": "Flaw",
            "distribution": { "tlp": { "label": "GREEN" } },
            "publisher": { "category": "vendor", "name": "V", "namespace": "https://vendor.example" },
            "tracking": { "id": "V-1", "status": "final", "current_release_date": "2026-10-01T00:00:00Z" },
        },
        "product_tree": { "branches": [branch] },
        "vulnerabilities": [{ "cve": "CVE-2026-0001", "product_status": { status: ["P"] } }],
    })
}

fn asset(value: &Value) -> Asset {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    Asset {
        uuid: "6a1f5a0e-0000-4000-8000-000000000001".to_owned(),
        kind: "component",
        title: "The asset".to_owned(),
        purls: text("purl").into_iter().collect(),
        cpes: text("cpe").into_iter().collect(),
        name: text("name"),
        version: text("version"),
    }
}

#[test]
fn products_match_by_name_in_an_enumeration_else_by_name_and_version() {
    for case in cases(include_str!("../cases/products.yaml")) {
        let status = case["status"].as_str().unwrap_or("known_affected");
        let found = matches(&advisory(&case["product"], status), &[asset(&case["asset"])]);
        let is = match found.as_slice() {
            [] => "no",
            [one] if one.is_certain => one.by,
            _ => "perhaps",
        };
        assert_eq!(json!(is), case["is"], "{case}");
    }
}

#[test]
fn an_advisory_that_matches_becomes_an_incident_of_its_colour() {
    let product = json!({ "name": "broker", "range": "<2.0" });
    let assets = [
        asset(&json!({ "name": "broker", "version": "1.4" })),
        Asset {
            uuid: "6a1f5a0e-0000-4000-8000-000000000002".to_owned(),
            ..asset(&json!({ "name": "broker" }))
        },
    ];
    let advisory = advisory(&product, "known_affected");
    let format = Format::Csaf(Version::V2_0);
    let read = format.read(&advisory.to_string(), &path("a.json"), Label::Green, &lexicon()).unwrap().value;
    let made = from_advisory(&read[0], &matches(&advisory, &assets), &maker(), &path("a.json")).unwrap();
    holds(&made.value);
    assert_eq!(made.value.marking, Some(Label::Green));
    assert_eq!(made.value.cves().collect::<Vec<_>>(), ["CVE-2026-0001"]);
    assert_eq!(made.value.events[0].systems.len(), 2);
    assert_eq!(made.warnings.len(), 1, "the one without a version is told");
    let none = from_advisory(&read[0], &[], &maker(), &path("a.json")).unwrap_err();
    assert_eq!(none.as_slice()[0].code.id, "PB1049");
}

#[test]
fn an_advisory_that_matches_becomes_a_plan_whose_risk_becomes_an_incident() {
    let advisory = advisory(&json!({ "name": "broker", "range": "<2.0" }), "known_affected");
    let format = Format::Csaf(Version::V2_0);
    let read =
        format.read(&advisory.to_string(), &path("a.json"), Label::AmberStrict, &lexicon()).unwrap().value;
    let found = matches(&advisory, &[asset(&json!({ "name": "broker", "version": "1.4" }))]);
    let sources = Sources { advisory: "a.json", inventory: "ssp.yaml", label: Label::AmberStrict };
    let document = OscalDocument::PlanOfActionAndMilestones(Box::new(plan(
        &read[0],
        &advisory,
        &found,
        &maker(),
        &sources,
    )));
    let text = probity_oscal::to_json(&document).unwrap();
    let tree = MemoryTree::of([("poam.json", text.as_str())]).unwrap();
    let found = probity_oscal::validate_file(&tree, &path("poam.json"), &Rules::oscal(), &Library::new());
    assert!(!found.has_errors(), "{found:?}");
    let marking = probity_sharing::marking::of(text.as_bytes(), &path("poam.json"), None).unwrap();
    assert_eq!(marking.label, Label::AmberStrict);
    let OscalDocument::PlanOfActionAndMilestones(content) = &document else { panic!() };
    let incident = from_risk(&document, content.poam_items[0].uuid.as_deref().unwrap(), &maker()).unwrap();
    holds(&incident);
    assert_eq!(incident.cves().collect::<Vec<_>>(), ["CVE-2026-0001"]);
    assert_eq!(incident.events[0].systems[0].assets, ["6a1f5a0e-0000-4000-8000-000000000001"]);
}

#[test]
fn items_of_an_inventory_have_what_their_components_say() {
    let OscalDocument::SystemSecurityPlan(mut plan) = document("ssp.yaml") else { panic!() };
    let SystemSecurityPlan { system_implementation, .. } = plan.as_mut();
    let component = json!({
        "uuid": "6a1f5a0e-0000-4000-8000-000000000003", "type": "software", "title": "broker", "description": "B",
        "props": [{ "name": "version", "value": "1.4" }], "status": { "state": "operational" },
    });
    let item = json!({
        "uuid": "6a1f5a0e-0000-4000-8000-000000000004", "description": "Host",
        "implemented-components": [{ "component-uuid": "6a1f5a0e-0000-4000-8000-000000000003" }],
    });
    system_implementation.components = vec![serde_json::from_value(component).unwrap()];
    system_implementation.inventory_items = vec![serde_json::from_value(item).unwrap()];
    let assets = of_plan(&plan);
    let known: Vec<(&str, Option<&str>, Option<&str>)> =
        assets.iter().map(|one| (one.title.as_str(), one.name.as_deref(), one.version.as_deref())).collect();
    assert_eq!(known, [("broker", Some("broker"), Some("1.4")), ("Host", Some("broker"), Some("1.4"))]);
}
