//! The colour that a project says: what bears it, and what is refused.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::ran::{Ran, copy_folder, folder, probity, read, repository, write};

/// The small project, whose settings say a label where one is named.
fn project(label: Option<&str>) -> TempDir {
    let place = folder();
    copy_folder(&repository("cli/tests/small"), place.path());
    if let Some(label) = label {
        say(place.path(), label);
    }
    place
}

/// Says the label of the system.
fn say(project: &Path, label: &str) {
    let text = read(project, "probity.toml");
    let text: String =
        text.lines().filter(|line| !line.starts_with("marking")).flat_map(|l| [l, "\n"]).collect();
    write(project, "probity.toml", text.replacen("[system]", &format!("[system]\nmarking = \"{label}\""), 1));
}

fn build(project: &Path) -> Ran {
    probity(project, &["build", "own", "--quiet"])
}

fn labels(project: &Path, file: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(&read(project, file)).unwrap();
    let model = document.as_object().unwrap().values().find(|model| model.is_object()).unwrap();
    let props = model["metadata"]["props"].as_array().cloned().unwrap_or_default();
    let marked = props.iter().filter(|prop| prop["name"] == "marking" && prop["class"] == "tlp-2.0");
    marked.map(|prop| prop["value"].as_str().unwrap().to_owned()).collect()
}

const DOCUMENTS: [&str; 4] = [
    "build/own/assessment-results.json",
    "build/own/assessment-plan.json",
    "build/own/poam.json",
    "build/own/ssp.json",
];

#[test]
fn what_is_built_bears_the_colour_that_the_project_says() {
    let place = project(Some("green"));
    assert!(build(place.path()).code < 2);
    for file in DOCUMENTS.iter().filter(|file| place.path().join(file).exists()) {
        assert_eq!(labels(place.path(), file), ["TLP:GREEN"], "{file}");
    }
    let text = read(place.path(), "build/own/report.md");
    assert!(text.starts_with("**TLP:GREEN**\n") && text.ends_with("**TLP:GREEN**\n"), "{text}");
    let shown = ["share", "mark", "show", "build/own/report.html", "build/own/verdicts.jsonl"];
    let shown = probity(place.path(), &shown).exits(0).out;
    assert_eq!(shown.matches("TLP:GREEN").count(), 2, "{shown}");
    // an assessment may say another one
    let settings = read(place.path(), "probity.toml");
    write(
        place.path(),
        "probity.toml",
        settings.replacen("name = \"own\"", "name = \"own\"\nmarking = \"TLP:RED\"", 1),
    );
    assert!(build(place.path()).code < 2);
    assert_eq!(labels(place.path(), DOCUMENTS[0]), ["TLP:RED"]);
    assert!(read(place.path(), "build/own/report.html").contains("<strong>TLP:RED</strong>"));
    assert_eq!(read(place.path(), "build/own/verdicts.jsonl.marking.yaml"), "marking: TLP:RED\n");
}

#[test]
fn a_project_that_does_not_share_has_no_labels() {
    let place = project(None);
    assert!(build(place.path()).code < 2);
    for file in DOCUMENTS.iter().filter(|file| place.path().join(file).exists()) {
        assert!(labels(place.path(), file).is_empty(), "{file}");
    }
    assert!(!read(place.path(), "build/own/report.html").contains("TLP:"));
    assert!(!read(place.path(), "build/own/report.md").contains("TLP:"));
    assert!(!place.path().join("build/own/verdicts.jsonl.marking.yaml").exists());
    // the same project, as soon as it shares; and back
    write(place.path(), "sharing/policy.yaml", "member: alpha\n");
    assert!(build(place.path()).code < 2);
    assert!(
        read(place.path(), "build/own/report.md").starts_with("**TLP:AMBER**\n"),
        "what is unmarked is AMBER"
    );
    std::fs::remove_file(place.path().join("sharing/policy.yaml")).unwrap();
    assert!(build(place.path()).code < 2);
    assert!(!read(place.path(), "build/own/report.md").contains("TLP:"));
}

#[test]
fn a_label_that_is_none_is_told() {
    for (label, says) in
        [("TLP: AMBER", "write TLP:AMBER"), ("secret", "the labels are"), ("TLP:\u{410}MBER", "type it anew")]
    {
        let place = project(Some(label));
        let told = build(place.path()).exits(2).err;
        assert!(told.contains("is no label of the Traffic Light Protocol") && told.contains(says), "{told}");
    }
}

#[test]
fn results_are_not_wider_than_what_they_are_made_of() {
    let place = project(Some("TLP:AMBER"));
    assert!(build(place.path()).code < 2);
    let before = read(place.path(), DOCUMENTS[0]);
    let evidence = "evidence/cloud.jsonl.marking.yaml";
    write(place.path(), evidence, "marking: TLP:RED\n");
    let refused = build(place.path()).exits(4).err;
    assert!(
        refused.contains("PB1037")
            && refused.contains("TLP-006")
            && refused.contains("marking = \"TLP:RED\""),
        "{refused}"
    );
    assert_eq!(read(place.path(), DOCUMENTS[0]), before, "nothing is written");
    say(place.path(), "TLP:RED");
    assert!(build(place.path()).code < 2, "what is said to be as narrow may be made");
    // what is wider does no harm
    write(place.path(), evidence, "marking: TLP:CLEAR\n");
    assert!(build(place.path()).code < 2);
    assert_eq!(labels(place.path(), DOCUMENTS[0]), ["TLP:RED"]);
}

#[test]
fn the_record_of_a_plan_keeps_its_colour() {
    let place = project(Some("TLP:GREEN"));
    assert!(build(place.path()).code < 2);
    probity(place.path(), &["poam", "own", "--update"]).exits(0);
    probity(place.path(), &["poam", "own", "--check"]).exits(0);
    assert!(read(place.path(), "poam/own.yaml").contains("value: TLP:GREEN"));
    say(place.path(), "TLP:AMBER");
    let refused = build(place.path()).exits(4).err;
    assert!(refused.contains("PB1036") && refused.contains("`poam/own.yaml` is TLP:GREEN"), "{refused}");
}

#[test]
fn results_of_several_colours_make_no_report() {
    let place = project(Some("TLP:GREEN"));
    for (label, day) in [("TLP:GREEN", "2026-11-01"), ("TLP:AMBER", "2026-11-08")] {
        say(place.path(), label);
        let as_of = format!("{day}T12:00:00Z");
        assert!(probity(place.path(), &["build", "own", "--quiet", "--as-of", &as_of]).code < 2);
        let document = read(place.path(), DOCUMENTS[0]);
        write(place.path(), &format!("kept/{day}/assessment-results.json"), document);
        for linked in ["verdicts.jsonl", "catalog.json"] {
            write(
                place.path(),
                &format!("kept/{day}/{linked}"),
                read(place.path(), &format!("build/own/{linked}")),
            );
        }
    }
    for args in [
        &["trend", "kept", "--format", "svg", "-o", "made.svg"][..],
        &["report", "kept", "--period", "2026-11-01..2026-11-30", "--format", "html", "-o", "made.html"],
    ] {
        let refused = probity(place.path(), args).exits(4).err;
        assert!(refused.contains("PB1036") && refused.contains("TLP-003"), "{refused}");
    }
    assert!(!place.path().join("made.svg").exists() && !place.path().join("made.html").exists());
    let one = ["trend", "kept/2026-11-08/assessment-results.json", "--format", "svg", "-o", "made.svg"];
    probity(place.path(), &one).exits(0);
    let shown = probity(place.path(), &["share", "mark", "show", "made.svg"]).exits(0).out;
    assert!(shown.contains("TLP:AMBER (embedded)"), "{shown}");
}

#[test]
fn a_template_cannot_leave_the_label_out() {
    let place = project(Some("TLP:RED"));
    let settings = read(place.path(), "probity.toml");
    write(
        place.path(),
        "probity.toml",
        format!("{settings}\n[reports]\nformats = [\"html\"]\ntemplates = \"templates\"\n"),
    );
    let page = "<!DOCTYPE html><html><head><title>x</title></head><body class=\"a\"><p>{{ report.title }}</p></body></html>\n";
    write(place.path(), "templates/report.html", page);
    assert!(build(place.path()).code < 2);
    let made = read(place.path(), "build/own/report.html");
    assert_eq!(made.matches("<strong>TLP:RED</strong>").count(), 2, "{made}");
    write(place.path(), "templates/report.html", "<p>{{ report.title }}</p>\n");
    let told = build(place.path()).exits(2).err;
    assert!(told.contains("PB0835"), "{told}");
}
