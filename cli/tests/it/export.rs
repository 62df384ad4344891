//! Exports of a small project: what is written, and what keeps it from being written.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::ran::{copy_folder, folder, probity, repository};

/// The small project, built.
fn built() -> TempDir {
    let place = folder();
    copy_folder(&repository("cli/tests/small"), place.path());
    probity(place.path(), &["build", "own", "--quiet"]);
    place
}

#[test]
fn single_files_are_what_they_were() {
    let place = built();
    for target in ["sarif", "junit", "ocsf", "defectdojo", "ciso-assistant"] {
        let ran = probity(place.path(), &["export", "own", "--for", target]);
        assert_eq!(ran.code, 0, "{target}\n{}", ran.err);
        insta::assert_snapshot!(format!("export_{target}"), ran.out);
    }
}

/// All files of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut open = vec![folder.to_path_buf()];
    let mut all = BTreeMap::new();
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                let name = entry.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                all.insert(name, std::fs::read(&entry).unwrap());
            }
        }
    }
    all
}

#[test]
fn bundles_are_closed_whole_and_the_same() {
    let place = built();
    for (target, release) in [("oscal-1.1.2", "1.1.2"), ("oscal-1.2.2", "1.2.2"), ("servicenow", "1.1.2")] {
        // away from the project, where a reference that leads outside leads nowhere
        let (one, two) = (folder(), folder());
        for away in [&one, &two] {
            let out = away.path().to_str().unwrap();
            let ran = probity(place.path(), &["export", "own", "--for", target, "-o", out]);
            assert_eq!(ran.code, 0, "{target}\n{}", ran.err);
        }
        let bundle = files(one.path());
        assert_eq!(bundle, files(two.path()), "{target}: the same bytes");
        let manifest: Value = serde_json::from_slice(&bundle["manifest.json"]).unwrap();
        let listed = ["documents", "files"].map(|list| manifest[list].as_array().unwrap().len());
        assert_eq!(listed[0] + listed[1] + 1, bundle.len(), "{target}: the manifest lists everything");
        for document in manifest["documents"].as_array().unwrap() {
            let text: Value = serde_json::from_slice(&bundle[document["path"].as_str().unwrap()]).unwrap();
            let model = &text[document["model"].as_str().unwrap()];
            assert_eq!(model["metadata"]["oscal-version"], release, "{target}");
            assert_eq!(model["uuid"], document["uuid"]);
        }
        let models: Vec<&str> =
            manifest["documents"].as_array().unwrap().iter().map(|d| d["model"].as_str().unwrap()).collect();
        for model in [
            "assessment-results",
            "assessment-plan",
            "system-security-plan",
            "profile",
            "catalog",
            "plan-of-action-and-milestones",
        ] {
            assert!(models.contains(&model), "{target}: {model} in {models:?}");
        }
        let ran = probity(one.path(), &["validate", "."]);
        assert_eq!(ran.code, 0, "{target}\n{}\n{}", ran.out, ran.err);
        let report = probity(one.path(), &["report", "assessment-results.json"]);
        assert_eq!((report.code, report.err.as_str()), (0, ""), "{target}: nothing is missing or changed");
    }
}

#[test]
fn what_an_importer_would_refuse_is_not_written() {
    let place = built();
    for target in ["emass", "fedramp-rev5"] {
        for args in [&["-o", "out"][..], &["--check"]] {
            let all = [&["export", "own", "--for", target], args].concat();
            let ran = probity(place.path(), &all).exits(2);
            assert!(ran.err.contains("PB0825") && ran.err.contains("NIST SP 800-53"), "{}", ran.err);
            assert!(!place.path().join("out").exists());
        }
    }
}

#[test]
fn a_check_writes_nothing_and_tells_what_is_missing() {
    let place = built();
    probity(place.path(), &["export", "own", "--for", "servicenow", "--check"]).exits(0);
    std::fs::remove_file(place.path().join("evidence/cloud.jsonl")).unwrap();
    let ran = probity(place.path(), &["export", "own", "--for", "servicenow", "--check"]).exits(1);
    assert!(ran.err.contains("PB0826") && ran.err.contains("evidence/cloud.jsonl"), "{}", ran.err);
}

#[test]
fn mistakes_are_told() {
    let place = built();
    std::fs::create_dir(place.path().join("taken")).unwrap();
    std::fs::write(place.path().join("taken/letter.txt"), "dear").unwrap();
    for (args, says) in [
        (&["export", "own", "--for", "oscal-1.1.2"][..], "-o FOLDER"),
        (&["export", "own", "--for", "oscal-1.1.2", "-o", "taken"], "letter.txt"),
        (&["export", "own", "--for", "oscal-1.1.2", "-o", "probity.toml"], "is a file"),
        (&["export", "nothing", "--for", "sarif"], "neither a file nor a built assessment"),
        (&["export", "poam.yaml", "--for", "sarif"], "assessment-results"),
    ] {
        let ran = probity(place.path(), args).exits(2);
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
    assert_eq!(files(&place.path().join("taken")).len(), 1);
}

/// A build writes what its settings name, and takes away what they do not name any more.
#[test]
fn builds_export() {
    let place = built();
    let settings = place.path().join("probity.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    let with =
        text.replace("poam = \"poam.yaml\"", "poam = \"poam.yaml\"\nexports = [\"sarif\", \"oscal-1.1.3\"]");
    std::fs::write(&settings, with).unwrap();
    probity(place.path(), &["build", "own", "--quiet"]);
    let exports = place.path().join("build/own/exports");
    assert!(exports.join("results.sarif").exists() && exports.join("oscal-1.1.3/manifest.json").exists());
    let again = probity(place.path(), &["build", "own", "--verbose"]);
    assert!(again.err.contains("own/sarif") || again.out.contains("own/sarif"), "{}{}", again.out, again.err);
    std::fs::write(&settings, text).unwrap();
    probity(place.path(), &["build", "own", "--quiet"]);
    assert!(!exports.join("results.sarif").exists());
}
