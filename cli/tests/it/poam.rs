//! The plan of action and milestones over builds of a small project: what the record keeps, and what it costs to forget it.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::ran::{copy_folder, folder, probity, repository};

/// The small project, whose waiver ends on `deadline`.
fn project(deadline: &str) -> TempDir {
    let place = folder();
    copy_folder(&repository("cli/tests/small"), place.path());
    edit(&place.path().join("poam.yaml"), "2027-01-31T23:59:59Z", deadline);
    place
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{} has no {from}", file.display());
    std::fs::write(file, text.replace(from, to)).unwrap();
}

fn json(file: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// The status of the item of the check `starts-logged`.
fn status(place: &Path) -> String {
    let listed = probity(place, &["poam", "own", "--all", "--format", "json"]).exits(0).json();
    let items = listed["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["item"] == "check:starts-logged").unwrap();
    item["status"].as_str().unwrap().to_owned()
}

/// The state of the control that the check measures.
fn state(place: &Path) -> String {
    let results = json(&place.join("build/own/assessment-results.json"));
    let findings = results["assessment-results"]["results"][0]["findings"].as_array().unwrap();
    let has = |finding: &&Value, name: &str, value: &str| {
        finding["props"].as_array().unwrap().iter().any(|prop| prop["name"] == name && prop["value"] == value)
    };
    let finding = findings.iter().find(|finding| has(finding, "check", "starts-logged")).unwrap();
    let props = finding["props"].as_array().unwrap();
    props.iter().find(|prop| prop["name"] == "state").unwrap()["value"].as_str().unwrap().to_owned()
}

#[test]
fn a_waiver_ends_on_its_day() {
    let place = project("2026-11-03T12:00:00Z");
    for (as_of, found, planned) in
        [("2026-11-03T12:00:00Z", "waived", "deviation-approved"), ("2026-11-03T12:00:01Z", "fail", "open")]
    {
        probity(place.path(), &["build", "own", "--quiet", "--as-of", as_of]);
        assert_eq!(state(place.path()), found, "{as_of}");
        probity(place.path(), &["poam", "own", "--update"]).exits(0);
        assert_eq!(status(place.path()), planned, "{as_of}");
    }
    let record = std::fs::read_to_string(place.path().join("poam/own.yaml")).unwrap();
    assert!(record.contains("ended on 2026-11-03T12:00:00Z"), "{record}");
}

#[test]
fn builds_leave_the_record_alone() {
    let place = project("2026-11-03T12:00:00Z");
    let plan = place.path().join("build/own/poam.json");
    probity(place.path(), &["build", "own", "--quiet"]);
    let first = std::fs::read(&plan).unwrap();
    assert!(!place.path().join("poam").exists());
    probity(place.path(), &["poam", "own", "--check"]).exits(1);
    probity(place.path(), &["poam", "own", "--update"]).exits(0);
    probity(place.path(), &["poam", "own", "--check"]).exits(0);
    let record = place.path().join("poam/own.yaml");
    let kept = std::fs::read(&record).unwrap();
    probity(place.path(), &["build", "own", "--quiet"]);
    assert_eq!(std::fs::read(&plan).unwrap(), first, "the same input, the same bytes");
    let again = probity(place.path(), &["poam", "own", "--update"]).exits(0);
    assert!(again.err.contains("up to date"), "{}", again.err);
    assert_eq!(std::fs::read(&record).unwrap(), kept);
}

#[test]
fn what_people_write_survives_updates() {
    let place = project("2026-11-03T12:00:00Z");
    probity(place.path(), &["build", "own", "--quiet"]);
    probity(place.path(), &["poam", "own", "--update"]).exits(0);
    let record = place.path().join("poam/own.yaml");
    edit(
        &record,
        "      status: deviation-approved\n",
        "      # asked Jan on Monday\n      status: deviation-approved\n      deadline: \"2026-12-24T12:00:00Z\"\n",
    );
    probity(place.path(), &["build", "own", "--quiet", "--as-of", "2026-11-04T12:00:00Z"]);
    probity(place.path(), &["poam", "own", "--update"]).exits(0);
    let text = std::fs::read_to_string(&record).unwrap();
    assert!(text.contains("# asked Jan on Monday"), "{text}");
    assert!(text.contains("deadline: \"2026-12-24T12:00:00Z\""), "{text}");
    assert!(text.contains("status: open"), "{text}");
    let shown = probity(place.path(), &["poam", "own"]).exits(0);
    assert!(shown.out.contains("due 2026-12-24"), "{}", shown.out);
}

#[test]
fn results_of_before_the_record_are_told() {
    let place = project("2026-11-03T12:00:00Z");
    probity(place.path(), &["build", "own", "--quiet", "--as-of", "2026-11-02T12:00:00Z"]);
    probity(place.path(), &["poam", "own", "--update"]).exits(0);
    let ran = probity(place.path(), &["build", "own", "--quiet", "--as-of", "2026-11-01T12:00:00Z"]).exits(2);
    assert!(ran.err.contains("PB0821"), "{}", ran.err);
}

/// The record, the plan of the build and the draft of a system security plan are valid, references included.
#[test]
fn what_is_written_is_valid() {
    let place = project("2026-11-03T12:00:00Z");
    probity(place.path(), &["build", "own", "--quiet"]);
    probity(place.path(), &["poam", "own", "--update"]).exits(0);
    probity(place.path(), &["ssp", "own", "-o", "draft.yaml"]).exits(0);
    for file in ["poam/own.yaml", "build/own/poam.json", "draft.yaml", "build/own/assessment-plan.json"] {
        let ran = probity(place.path(), &["validate", file]);
        assert_eq!(ran.code, 0, "{file}\n{}\n{}", ran.out, ran.err);
    }
    let ran = probity(place.path(), &["ssp", "own", "-o", "draft.yaml"]).exits(2);
    assert!(ran.err.contains("is there already"), "{}", ran.err);
    let draft = std::fs::read_to_string(place.path().join("draft.yaml")).unwrap();
    insta::assert_snapshot!("ssp_draft", draft);
}

#[test]
fn mistakes_are_told() {
    let place = project("2026-11-03T12:00:00Z");
    for (args, says) in [
        (&["poam", "nothing"][..], "there is no assessment"),
        (&["poam", "own"], "was not built"),
        (&["ssp", "own", "-o", "../out.yaml"], "outside the project"),
        (&["ssp", "own", "-o", "out.txt"], "no ending"),
    ] {
        let ran = probity(place.path(), args).exits(2);
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
    edit(
        &place.path().join("probity.toml"),
        "poam = \"poam.yaml\"",
        "poam = \"poam.yaml\"\nexports = [\"sarrif\"]",
    );
    let ran = probity(place.path(), &["build"]).exits(2);
    assert!(ran.err.contains("did you mean `sarif`"), "{}", ran.err);
}
