//! What `init` and `metric new` write can be used as it is.

use std::path::Path;

use crate::ran::{folder, probity, read, repository};

/// Every file below a folder, from there, in order.
fn files(folder: &Path) -> Vec<String> {
    let mut open = vec![folder.to_path_buf()];
    let mut found = Vec::new();
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                found.push(entry.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_new_project_builds_without_an_edit() {
    for profile in ["eucs-basic", "eucs-high", "bsi-c5-2025-basic", "eucs"] {
        let place = folder();
        let made = probity(place.path(), &["init", "shop", "-p", profile]).exits(0);
        assert!(made.out.is_empty() && made.err.contains("next: "), "{}", made.err);
        let project = place.path().join("shop");
        let new = [".gitignore", "manifests/namespace.yaml", "probity.toml", "ssp.yaml"];
        assert_eq!(files(&project), new);
        let checked = probity(&project, &["validate", "--format", "json"]).exits(0).json();
        assert_eq!(checked["errors"], 0, "{checked}");
        let built = probity(&project, &["build", "--format", "json"]).exits(1);
        assert!(!built.err.contains("error"), "{}", built.err);
        assert_eq!(built.json()["assessments"][0]["incomplete"], false);
        for part in ["catalog.json", "assessment-plan.json", "assessment-results.json", "report.html"] {
            assert!(project.join("build").join(profile).join(part).is_file(), "{part}");
        }
    }
}

#[test]
fn new_files_are_formatted() {
    let place = folder();
    probity(place.path(), &["init", "shop: *one*"]).exits(0);
    let project = place.path().join("shop: *one*");
    for (index, facts) in METRICS.iter().enumerate() {
        let name = format!("own-{index}");
        let args: Vec<&str> = ["metric", "new", &name].into_iter().chain(facts.split(' ')).collect();
        probity(&project, &args).exits(0);
    }
    let checked = probity(&project, &["fmt", "--check", "--diff"]).exits(0);
    assert!(checked.err.contains("0 would change, 6 unchanged"), "{}", checked.err);
}

#[test]
fn the_content_is_formatted() {
    let checked = probity(&repository("content"), &["fmt", "--check", "--diff", "."]).exits(0);
    assert!(checked.err.contains("0 would change, 2"), "{}", checked.err);
}

#[test]
fn git_ignores_evidence_and_outputs_of_a_new_project() {
    let place = folder();
    probity(place.path(), &["init"]).exits(0);
    let ignored = read(place.path(), ".gitignore");
    for folder in ["/evidence/", "/build/", "/.probity/"] {
        assert!(ignored.lines().any(|line| line == folder), "{folder} is not ignored");
    }
}

#[test]
fn init_never_replaces_a_file() {
    let place = folder();
    probity(place.path(), &["init", "--name", "one"]).exits(0);
    let before = read(place.path(), "probity.toml");
    let refused = probity(place.path(), &["init", "--name", "two"]).exits(2);
    assert!(refused.err.contains("error[PB0713]"), "{}", refused.err);
    assert_eq!(read(place.path(), "probity.toml"), before);
}

#[test]
fn an_unknown_profile_leaves_no_folder() {
    let place = folder();
    let refused = probity(place.path(), &["init", "shop", "-p", "eucs-hihg"]).exits(2);
    assert!(refused.err.contains("did you mean `eucs-high`?"), "{}", refused.err);
    assert_eq!(files(place.path()), Vec::<String>::new());
    assert!(!place.path().join("shop").exists());
}

/// Metrics of every kind of value, by the arguments that make them.
const METRICS: &[&str] = &[
    "--resource-type VirtualMachine --property automaticUpdates.enabled",
    "--resource-type VirtualMachine --property automaticUpdates.interval --operator <= --target P30D",
    "--resource-type VirtualMachine --property bootLogging.enabled --operator != --target false",
    "--resource-type Function --property runtimeVersion --operator >= --target 3.12",
    "--resource-type ObjectStorage --property atRestEncryption.algorithm --operator isIn --target AES256 --target AES128",
];

#[test]
fn a_new_metric_compiles_and_its_cases_hold() {
    let place = folder();
    probity(place.path(), &["init"]).exits(0);
    for (index, facts) in METRICS.iter().enumerate() {
        let name = format!("own-{index}");
        let args: Vec<&str> = ["metric", "new", &name].into_iter().chain(facts.split(' ')).collect();
        probity(place.path(), &args).exits(0);
        let shown = probity(place.path(), &["metric", "show", &name, "--format", "json"]).exits(0).json();
        assert_eq!(shown["name"], name.as_str());
    }
    let tested = probity(place.path(), &["test", "--format", "json"]).exits(0).json();
    assert_eq!((&tested["errors"], &tested["warnings"]), (&0.into(), &0.into()), "{tested:#}");
    for metric in tested["metrics"].as_array().unwrap() {
        let cases = metric["cases"].as_array().unwrap();
        let verdicts: Vec<&str> = cases.iter().map(|case| case["found"].as_str().unwrap()).collect();
        assert_eq!(verdicts, ["pass", "fail", "fail", "not-applicable", "unknown"], "{}", metric["name"]);
    }
    let refused = probity(
        place.path(),
        &[
            "metric",
            "new",
            "own-0",
            "--resource-type",
            "VirtualMachine",
            "--property",
            "automaticUpdates.enabled",
        ],
    )
    .exits(2);
    assert!(refused.err.contains("PB0713"), "{}", refused.err);
    let checked = probity(place.path(), &["validate", "--format", "json"]).exits(0).json();
    assert_eq!(checked["errors"], 0, "{checked}");
    probity(place.path(), &["build"]).exits(1);
}
