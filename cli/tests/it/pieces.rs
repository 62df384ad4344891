//! A project whose documents lie in pieces is the same project.

use std::path::Path;

use serde_json::Value;

use crate::ran::{copy_folder, folder, probity, read, repository};

/// The small project.
fn small() -> tempfile::TempDir {
    let place = folder();
    copy_folder(&repository("cli/tests/small"), place.path());
    place
}

/// Takes all documents of a project apart.
fn take_apart(place: &Path) {
    for document in ["catalogs/own", "profiles/own", "mappings/own", "ssp", "poam"] {
        let file = format!("{document}.yaml");
        probity(place, &["split", &file]).exits(0);
        std::fs::remove_file(place.join(&file)).unwrap();
    }
    let mut open = vec![place.to_path_buf()];
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "toml") {
                let text = std::fs::read_to_string(&path).unwrap();
                let names = ["catalogs/own", "profiles/own", "mappings/own", "\"ssp", " ssp", "\"poam"];
                let text = names.iter().fold(text, |text, name| text.replace(&format!("{name}.yaml"), name));
                std::fs::write(path, text).unwrap();
            }
        }
    }
}

/// What came out: targets and states of findings.
fn findings(place: &Path) -> Vec<(String, String)> {
    let results: Value = serde_json::from_str(&read(place, "build/own/assessment-results.json")).unwrap();
    let findings =
        results.pointer("/assessment-results/results/0/findings").unwrap().as_array().unwrap().iter();
    let text =
        |finding: &Value, pointer: &str| finding.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    findings
        .map(|finding| (text(finding, "/target/target-id"), text(finding, "/target/status/state")))
        .collect()
}

#[test]
fn a_project_in_pieces_comes_to_the_same_results() {
    let (whole, pieces) = (small(), small());
    take_apart(pieces.path());
    probity(pieces.path(), &["validate"]).exits(0);
    let code = probity(whole.path(), &["build"]).code;
    probity(pieces.path(), &["build"]).exits(code);
    assert_eq!(
        read(whole.path(), "build/own/verdicts.jsonl"),
        read(pieces.path(), "build/own/verdicts.jsonl")
    );
    assert!(!findings(whole.path()).is_empty());
    assert_eq!(findings(whole.path()), findings(pieces.path()));
    assert!(read(pieces.path(), "build/own/report.html").contains("<html"));
}

#[test]
fn a_build_sees_which_small_file_changed() {
    let place = small();
    take_apart(place.path());
    let code = probity(place.path(), &["build"]).code;
    let idle = probity(place.path(), &["build", "-n", "--format", "json"]).exits(0).out;
    let file = place.path().join("catalogs/own/groups/own/controls/own-1.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("title: ", "title: Changed ", 1)).unwrap();
    let changed = probity(place.path(), &["build", "-n"]);
    let told = format!("{}{}", changed.out, changed.err);
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(told.contains(name), "{name} is not in {told}\n{idle}");
    probity(place.path(), &["build"]).exits(code);
    assert!(read(place.path(), "build/own/catalog.json").contains("Changed "));
}
