//! Certificates and supplier reports in a build: what is inherited, for how long, and what is at risk.

use std::path::Path;

use serde_json::Value;

use crate::program::{hyperiot, probity, program, run};

/// A control that nothing but the report settles.
const CONTROL: &str = "ps-03.01b";
const REPORT: &str = "certificates/nordhafen-c5-2026.yaml";

/// The state of the control in a build of the project as of an instant.
fn state(project: &Path, as_of: &str) -> String {
    run(program(project, &["build", "c5", "--quiet", "--as-of", as_of]));
    let results = std::fs::read(project.join("build/c5/assessment-results.json")).unwrap();
    let results: Value = serde_json::from_slice(&results).unwrap();
    let findings = results["assessment-results"]["results"][0]["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["target"]["target-id"].as_str().unwrap().trim_end_matches("_smt") == CONTROL);
    let props = finding.unwrap_or_else(|| panic!("no finding"))["props"].as_array().unwrap();
    props.iter().find(|prop| prop["name"] == "state").unwrap()["value"].as_str().unwrap().to_owned()
}

fn edit(project: &Path, from: &str, to: &str) {
    let path = project.join(REPORT);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_report_settles_what_is_inherited_while_it_is_in_force() {
    let (_place, project) = hyperiot("hyperiot");
    assert_eq!(state(&project, "2026-11-01T12:00:00Z"), "satisfied");
    assert_eq!(state(&project, "2026-12-31T23:59:59Z"), "satisfied");
    assert_eq!(
        state(&project, "2027-01-01T00:00:00Z"),
        "expired",
        "the bridge letter leads to the end of the year"
    );
    assert_eq!(state(&project, "2026-10-04T23:59:59Z"), "unattested", "it was issued on the fifth");
    let args = ["certificate", "record", "nordhafen-c5-2026", "suspended", "--on", "2026-11-10"];
    probity(&project, &args).exits(0);
    assert_eq!(state(&project, "2026-11-09T12:00:00Z"), "satisfied");
    assert_eq!(state(&project, "2026-11-10T12:00:00Z"), "expired");
}

#[test]
fn nothing_is_inherited_from_a_report_that_does_not_say_so() {
    let as_of = "2026-11-01T12:00:00Z";
    let (_place, project) = hyperiot("hyperiot");
    edit(&project, "value: type-2", "value: type-1");
    assert_eq!(state(&project, as_of), "unattested", "it is on the design alone");
    edit(&project, "value: type-1", "value: type-2");
    std::fs::write(project.join("certificates/documents/nordhafen-c5-2026.txt"), "another report").unwrap();
    let ran = probity(&project, &["build", "c5"]);
    assert!(ran.err.contains("PB0692"), "{}", ran.err);
    assert_eq!(state(&project, as_of), "unattested", "the document is another one");
}

#[test]
fn the_results_tell_what_they_rest_on() {
    let (_place, project) = hyperiot("hyperiot");
    probity(&project, &["build", "c5", "--quiet"]);
    let told = probity(&project, &["explain", CONTROL]).exits(0).out;
    assert!(told.contains("Inherited: Nordhafen data centres"), "{told}");
    assert!(told.contains("Wegener & Partner, auditors, 2026-10-05, valid until 2026-12-31"), "{told}");
    probity(&project, &["validate", "build/c5/assessment-results.json", "build/c5/assessment-plan.json"])
        .exits(0);
}

#[test]
fn a_control_of_its_scope_that_fails_puts_a_certificate_at_risk() {
    let (_place, project) = hyperiot("hyperiot");
    let built = probity(&project, &["build", "eucs"]);
    assert!(built.err.contains("`backup-2026` is at risk: ops-09.1 of its scope fail"), "{}", built.err);
    let checked = probity(&project, &["certificate", "check"]).exits(1);
    assert!(checked.err.contains("`backup-2026` is at risk: ops-09.1"), "{}", checked.err);
    // what failed when it was issued is known to the issuer
    let text = std::fs::read_to_string(project.join("certificates/backup-2026.yaml")).unwrap();
    std::fs::copy(
        project.join("build/eucs/assessment-results.json"),
        project.join("certificates/baseline.json"),
    )
    .unwrap();
    let baseline = "  back-matter:\n    resources:\n      - uuid: 6f0e2d1c-1111-4111-8111-000000000001\n        title: \
        Results\n        props:\n          - name: kind\n            ns: https://w3id.org/probity/oscal/1\n            value: \
        baseline\n        rlinks:\n          - href: baseline.json\n";
    std::fs::write(
        project.join("certificates/backup-2026.yaml"),
        text.replace("  back-matter:\n    resources:\n", baseline),
    )
    .unwrap();
    probity(&project, &["certificate", "check"]).exits(0);
}

#[test]
fn a_draft_of_a_system_security_plan_says_what_is_inherited() {
    let (_place, project) = hyperiot("hyperiot");
    probity(&project, &["ssp", "c5", "-o", "c5-ssp.json"]).exits(0);
    probity(&project, &["validate", "c5-ssp.json"]).exits(0);
    let plan = std::fs::read(project.join("c5-ssp.json")).unwrap();
    let plan: Value = serde_json::from_slice::<Value>(&plan).unwrap()["system-security-plan"].clone();
    let system = &plan["system-implementation"];
    let authorization = &system["leveraged-authorizations"][0];
    assert_eq!(authorization["date-authorized"], "2026-10-05");
    let party = &plan["metadata"]["parties"][0];
    assert_eq!(authorization["party-uuid"], party["uuid"]);
    assert_eq!(party["name"], "Nordhafen Rechenzentren GmbH");
    let requirements = plan["control-implementation"]["implemented-requirements"].as_array().unwrap();
    let of = |control: &str| requirements.iter().find(|one| one["control-id"] == control).unwrap();
    let doors = &of("ps-04.01b")["by-components"][1];
    let component =
        system["components"].as_array().unwrap().iter().find(|one| one["uuid"] == doors["component-uuid"]);
    let points = component.unwrap()["props"].as_array().unwrap();
    assert!(points.iter().any(|prop| prop["value"] == authorization["uuid"]), "{points:?}");
    assert!(doors["inherited"][0]["description"].as_str().unwrap().contains("badge and PIN"));
    assert!(doors["satisfied"][0]["remarks"].as_str().unwrap().contains("Name the people"));
    let responsibilities = doors["export"]["responsibilities"].as_array().unwrap();
    assert_eq!(responsibilities.len(), 1, "what is one's own duty is no customer's");
    assert!(responsibilities[0]["description"].as_str().unwrap().contains("Announce visits"));
    assert_eq!(of("ops-04.01b")["by-components"].as_array().unwrap().len(), 1, "nothing of it is inherited");
    // a day after the bridge letter nothing is inherited any more
    let after = ["ssp", "c5", "-o", "later.json", "--as-of", "2027-01-01T00:00:00Z"];
    probity(&project, &after).exits(0);
    let later = std::fs::read_to_string(project.join("later.json")).unwrap();
    assert!(!later.contains("leveraged-authorizations"), "the report is not in force");
}

#[test]
fn reports_show_the_certificates_that_rest_on_their_results() {
    let (_place, project) = hyperiot("hyperiot");
    let built = ["build", "eucs", "c5", "--quiet"];
    probity(&project, &built);
    let page = |name: &str| std::fs::read_to_string(project.join(format!("build/{name}/report.md"))).unwrap();
    let row = "| At risk | eucs, certificate, level high | CertWerk GmbH | 2029-02-28 | OPS-09.1 | – |";
    assert!(page("eucs").contains(row), "{}", page("eucs"));
    let inherited = "| In force | bsi-c5, type-2 report, unqualified | Wegener &amp; Partner, auditors | 2026-12-31 | – | \
        PS-03.01B, PS-03.02B, PS-04.01B |";
    assert!(page("c5").contains(inherited), "{}", page("c5"));
    assert!(!page("c5").contains("| At risk |"), "the certificate at risk rests on other results");
    let html = std::fs::read_to_string(project.join("build/eucs/report.html")).unwrap();
    assert!(html.contains("id=\"z-backup-2026\""), "the page has a section on it");
    // the register is an input of the report
    let args = ["certificate", "record", "backup-2026", "suspended", "--on", "2026-10-30"];
    probity(&project, &args).exits(0);
    probity(&project, &built);
    assert!(page("eucs").contains("| At risk |"), "what is suspended can still be lost");
    let withdrawn = ["certificate", "record", "backup-2026", "withdrawn", "--on", "2026-10-31"];
    probity(&project, &withdrawn).exits(0);
    probity(&project, &built);
    assert!(page("eucs").contains("| Not in force |"), "{}", page("eucs"));
}
