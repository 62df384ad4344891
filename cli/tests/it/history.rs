//! What became of controls, metrics and resources of the scripted repository.

use std::fmt::Write as _;
use std::path::Path;

use crate::ran::{folder, probity};
use crate::scripted::{clone, git, repository};

/// What commands print, each below itself.
fn session(folder: &Path, commands: &[&[&str]]) -> String {
    let mut session = String::new();
    for command in commands {
        let ran = probity(folder, command);
        writeln!(session, "$ probity {}\n{}{}", command.join(" "), ran.out, ran.err).unwrap();
        if ran.code != 0 {
            writeln!(session, "exit code {}", ran.code).unwrap();
        }
    }
    session
}

#[test]
fn tags_are_judged_as_the_script_says() {
    let copy = clone(&[]);
    let mut states = String::new();
    for tag in ["stricter", "v3"] {
        probity(copy.path(), &["build", "--rev", tag, "--quiet"]);
        let results = std::fs::read(copy.path().join("build/house/assessment-results.json")).unwrap();
        let results: serde_json::Value = serde_json::from_slice(&results).unwrap();
        let findings = results["assessment-results"]["results"][0]["findings"].as_array().unwrap();
        let bad = findings.iter().filter(|finding| finding["target"]["status"]["state"] != "satisfied");
        let bad: Vec<&str> = bad.filter_map(|finding| finding["target"]["target-id"].as_str()).collect();
        writeln!(states, "{tag}: {} of {} not satisfied: {}", bad.len(), findings.len(), bad.join(", "))
            .unwrap();
    }
    insta::assert_snapshot!("scripted_states", states);
    git(copy.path(), &["checkout", "--quiet", "--force", "v3"]);
    probity(copy.path(), &["validate", "--rev", "v3"]).exits(0);
    let unclean = probity(copy.path(), &["validate", "--rev", "unclean"]).exits(1);
    assert!(unclean.out.contains("error[PB0144]"), "{}", unclean.out);
}

#[test]
fn the_log_of_controls() {
    let commands: Vec<[&str; 2]> = ["lg-1", "lg-2", "op-1", "op-3", "op-4", "op-5", "AC-04", "ac-1"]
        .map(|control| ["log", control])
        .into();
    let commands: Vec<&[&str]> = commands.iter().map(<[&str; 2]>::as_slice).collect();
    insta::assert_snapshot!("log_of_controls", session(&repository(), &commands));
}

#[test]
fn the_log_of_metrics_and_resources() {
    let commands: &[&[&str]] = &[
        &["log", "starts-logged"],
        &["log", "boot-logged"],
        &["log", "boot-kept", "-p"],
        &["log", "vm-1"],
        &["log", "vm-2"],
        &["log", "resource:vm-3"],
    ];
    insta::assert_snapshot!("log_of_metrics_and_resources", session(&repository(), commands));
}

#[test]
fn the_log_of_a_range_and_for_programs() {
    let commands: &[&[&str]] = &[
        &["log", "op-3", "v2..merged"],
        &["log", "op-3", "v1"],
        &["log", "lg-2", "v2..stricter", "--format", "json"],
    ];
    insta::assert_snapshot!("log_of_a_range", session(&repository(), commands));
}

#[test]
fn blame_of_files_and_controls() {
    let commands: &[&[&str]] = &[
        &["blame", "catalogs/2026/house.yaml"],
        &["blame", "lg-2"],
        &["blame", "op-3", "v2"],
        &["blame", "profiles/house.json", "--format", "json"],
    ];
    insta::assert_snapshot!("blame", session(&repository(), commands));
}

#[test]
fn names_that_mean_nothing_or_several_things() {
    let copy = clone(&[]);
    git(copy.path(), &["checkout", "--quiet", "-b", "other"]);
    std::fs::create_dir(copy.path().join("metrics/vm-2")).unwrap();
    std::fs::write(copy.path().join("metrics/vm-2/check.rego"), "package x\n").unwrap();
    git(copy.path(), &["add", "metrics"]);
    git(
        copy.path(),
        &["-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "other"],
    );
    let commands: &[&[&str]] = &[
        &["log", "vm-2"],
        &["blame", "lg-9"],
        &["log", "metric:lg-1"],
        &["log", "lg-1", "nowhere"],
        &["log", "lg-1", "v1..v2..v3"],
    ];
    insta::assert_snapshot!("names_in_the_history", session(copy.path(), commands));
    let outside = folder();
    probity(outside.path(), &["init"]).exits(0);
    let refused = probity(outside.path(), &["log", "am-01.1"]).exits(2);
    assert!(refused.err.contains("error[PB0730]"), "{}", refused.err);
}

/// Checks out a file of another commit.
fn take(folder: &Path, from: &str, file: &str, message: &str) {
    git(folder, &["checkout", "--quiet", from, "--", file]);
    commit(folder, message);
}

fn commit(folder: &Path, message: &str) {
    let date = format!("2026-03-0{}T09:00:00Z", git(folder, &["rev-list", "--count", "HEAD"]));
    git(folder, &["add", "--all", "--", "probity.toml", "catalogs", "evidence", "profiles"]);
    let author = ["-c", "user.name=T", "-c", "user.email=t@example.org"];
    let done = std::process::Command::new("git")
        .args(author)
        .args(["commit", "--quiet", "-m", message])
        .current_dir(folder)
        .envs([("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)])
        .status();
    assert!(done.unwrap().success());
}

#[test]
fn the_first_red_commit_is_found() {
    let copy = clone(&[]);
    let commands: &[&[&str]] = &[
        &["bisect", "house/lg-2", "v2..9b648e0b21"],
        &["bisect", "lg-2/vm-2", "v2..stricter", "--format", "json"],
        &["log", "lg-2", "v2..stricter", "--findings"],
        &["log", "vm-2", "v2..stricter", "--findings"],
        &["bisect", "lg-9", "stricter"],
        &["bisect", "lg-3", "stricter"],
        &["bisect", "boot-logged", "stricter..v2"],
    ];
    insta::assert_snapshot!("bisect", session(copy.path(), commands));
    assert!(copy.path().join(".probity/history").is_dir());
}

/// Commits that cannot be judged are passed over, and what turned more than once is told where it is known.
#[test]
fn histories_with_gaps_and_returns() {
    let copy = clone(&[]);
    let folder = copy.path();
    git(folder, &["checkout", "--quiet", "-b", "gaps", "v1"]);
    std::fs::write(folder.join("probity.toml"), "broken").unwrap();
    git(folder, &["checkout", "--quiet", "red", "--", "evidence/cloud.jsonl"]);
    commit(folder, "Break the settings, and collect red evidence");
    take(folder, "v1", "probity.toml", "Mend the settings");
    let gap = session(folder, &[&["bisect", "lg-1", "v1.."]]);
    take(folder, "v1", "evidence/cloud.jsonl", "Collect green evidence");
    take(folder, "red", "evidence/cloud.jsonl", "Collect red evidence");
    let returns = session(
        folder,
        &[
            &["log", "lg-1", "v1..", "--findings"],
            &["bisect", "lg-1", "HEAD~1.."],
            &["bisect", "lg-1", "v1.."],
        ],
    );
    git(folder, &["checkout", "--quiet", "-b", "branch", "v1"]);
    take(folder, "red", "evidence/cloud.jsonl", "Collect red evidence on a branch");
    git(folder, &["checkout", "--quiet", "-b", "trunk", "v1"]);
    take(folder, "stricter", "profiles/house.json", "Be stricter");
    let merge = [
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.org",
        "merge",
        "--quiet",
        "--no-ff",
        "-m",
        "Merge",
        "branch",
    ];
    git(folder, &merge);
    let merged = session(folder, &[&["bisect", "lg-1", "v1..", "--quiet"]]);
    // ids of commits that git dated by the clock
    let merge = git(folder, &["rev-parse", "--short=10", "HEAD"]);
    let text = format!("{gap}{returns}{merged}").replace(&merge, "(merge)");
    insta::assert_snapshot!("bisect_with_gaps", text);
}

/// Taking a document apart says nothing new, and what stands in the pieces is followed.
#[test]
fn documents_in_pieces_are_followed() {
    let copy = clone(&[]);
    let folder = copy.path();
    git(folder, &["checkout", "--quiet", "-b", "pieces", "v1"]);
    probity(folder, &["split", "catalogs/house.yaml"]).exits(0);
    std::fs::remove_file(folder.join("catalogs/house.yaml")).unwrap();
    commit(folder, "Take the catalog apart");
    let piece = "catalogs/house/groups/lg/controls/lg-1.yaml";
    let text = std::fs::read_to_string(folder.join(piece)).unwrap();
    std::fs::write(folder.join(piece), text.replace("Machines log their start", "Every start is logged"))
        .unwrap();
    commit(folder, "Retitle lg-1");
    insta::assert_snapshot!("log_of_pieces", session(folder, &[&["log", "lg-1", "v1.."], &["blame", piece]]));
}

#[test]
fn bare_and_shallow_clones_are_read_too() {
    let bare = clone(&["--bare"]);
    assert_eq!(
        probity(bare.path(), &["log", "lg-2"]).exits(0).out,
        probity(&repository(), &["log", "lg-2"]).exits(0).out
    );
    let shallow = clone(&["--depth=3"]);
    insta::assert_snapshot!(
        "history_of_a_shallow_clone",
        session(shallow.path(), &[&["log", "ac-1"], &["blame", "ac-1"], &["log", "ac-1", "v1.."]])
    );
}
