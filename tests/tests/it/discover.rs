//! From answers of a platform to results: what could not be read never passes.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::program::{Ran, files, folder, json, lines, probity, program, prop, repository, run};

/// The answers of EC2 in one region.
const RECORDING: &str = "discovery/tests/cases/aws/pages";

/// Looks at EC2 as it was recorded, into `aws.jsonl`.
fn look(place: &Path, recording: &Path, at: &str) -> Ran {
    let recording = recording.to_str().unwrap();
    let region = ["--region", "eu-central-1", "--only", "ec2"];
    let mut command =
        program(place, &["discover", "aws", "--replay", recording, "--as-of", at, "-o", "aws.jsonl"]);
    command.args(region).env("AWS_CONFIG_FILE", "/dev/null").env_remove("AWS_PROFILE");
    run(command)
}

/// The recording with each line as `change` makes it; without those for which there is none.
fn changed(place: &Path, change: impl Fn(&str) -> Option<String>) -> std::path::PathBuf {
    let to = place.join("recording");
    for (path, bytes) in files(&repository(RECORDING)) {
        let text = String::from_utf8(bytes).unwrap();
        let kept: Vec<String> = text.lines().filter_map(&change).collect();
        std::fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
        std::fs::write(to.join(path), kept.join("\n") + "\n").unwrap();
    }
    to
}

/// The findings of an assessment of `aws.jsonl`: controls by state.
fn findings(place: &Path, at: &str) -> Vec<Value> {
    probity(place, &["assess", "aws.jsonl", "-p", "eucs-high", "--as-of", at, "-o", "results"]).exits(1);
    let results = json(&place.join("results/assessment-results.json"));
    results["assessment-results"]["results"][0]["findings"].as_array().unwrap().clone()
}

fn satisfied(findings: &[Value]) -> BTreeSet<&str> {
    let satisfied = findings.iter().filter(|finding| finding["target"]["status"]["state"] == "satisfied");
    satisfied.map(|finding| prop(finding, "control-id").unwrap()).collect()
}

/// Ids of the records of a kind and type, and when they were observed.
fn seen(place: &Path, kind: &str, resource_type: &str) -> Vec<(String, String)> {
    let lines = lines(&place.join("aws.jsonl"));
    let found = lines.iter().filter(|line| line["kind"] == kind && line["type"] == resource_type);
    let word = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    found
        .map(|line| (word(line, "id").rsplit('/').next().unwrap().to_owned(), word(line, "collected")))
        .collect()
}

#[test]
fn what_is_not_listed_keeps_controls_open() {
    let place = folder();
    let place = place.path();
    let first = look(place, &repository(RECORDING), "2026-11-01T10:00:00Z").exits(0);
    assert!(first.err.contains("ec2") && first.err.contains("complete"), "{}", first.err);
    let whole = findings(place, "2026-11-01T11:00:00Z");
    let disks = seen(place, "resource", "BlockStorage");
    assert_eq!(disks.len(), 7);

    let without = changed(place, |line| (!line.contains("Action=DescribeVolumes")).then(|| line.to_owned()));
    let second = look(place, &without, "2026-11-01T12:00:00Z").exits(3);
    assert!(second.err.contains("DescribeVolumes"), "{}", second.err);
    assert!(
        second.err.contains("7 resources of the last run could not be looked at again"),
        "{}",
        second.err
    );
    assert_eq!(seen(place, "resource", "BlockStorage"), disks, "as they were observed before");
    assert!(seen(place, "gone", "BlockStorage").is_empty());

    let part = findings(place, "2026-11-01T13:00:00Z");
    assert!(satisfied(&part).is_subset(&satisfied(&whole)));
    let unseen = "Resources of type `BlockStorage` may be missing";
    let open: Vec<&Value> =
        part.iter().filter(|finding| finding["description"].as_str().unwrap().contains(unseen)).collect();
    assert!(!open.is_empty());
    for finding in open {
        assert_eq!(finding["target"]["status"]["state"], "not-satisfied", "{finding:#}");
        assert!(matches!(prop(finding, "state"), Some("fail" | "error" | "unknown")), "{finding:#}");
    }
}

#[test]
fn what_is_gone_is_noted() {
    let place = folder();
    let place = place.path();
    let earlier = changed(place, |line| Some(line.replace("vol-0006", "vol-9999")));
    look(place, &earlier, "2026-11-01T10:00:00Z").exits(0);
    let now = look(place, &repository(RECORDING), "2026-11-02T10:00:00Z").exits(0);
    assert!(now.err.contains("gone since the last run: 1 resource"), "{}", now.err);
    let gone = [("vol-9999".to_owned(), "2026-11-02T10:00:00Z".to_owned())];
    assert_eq!(seen(place, "gone", "BlockStorage"), gone);
    assert!(seen(place, "resource", "BlockStorage").iter().all(|(_, at)| at == "2026-11-02T10:00:00Z"));
}

#[test]
fn where_nothing_can_be_read_the_exit_code_is_2() {
    let place = folder();
    let args = [
        "discover",
        "aws",
        "--region",
        "eu-central-1",
        "--endpoint",
        "http://127.0.0.1:1",
        "--format",
        "json",
    ];
    let mut command = program(place.path(), &args);
    command.args(["--timeout", "2s", "--retry-for", "1ms", "-o", "aws.jsonl"]);
    command.env("AWS_CONFIG_FILE", "/dev/null").env_remove("AWS_PROFILE");
    command.env("AWS_ACCESS_KEY_ID", "nobody").env("AWS_SECRET_ACCESS_KEY", "hunter2hunter2");
    let ran = run(command).exits(2);
    let told = ran.json();
    assert_eq!(told["sources"][0]["complete"], false);
    assert!(told["sources"][0]["problems"][0]["message"].as_str().unwrap().contains("could not reach"));
    let set = std::fs::read_to_string(place.path().join("aws.jsonl")).unwrap();
    assert!(!set.contains("hunter2") && !ran.err.contains("hunter2"));
    probity(place.path(), &["assess", "aws.jsonl", "-p", "eucs-high", "--as-of", "2026-11-01T13:00:00Z"]);
}

#[test]
fn least_permissions_are_printed() {
    let place = folder();
    for (platform, member) in [("aws", "Statement"), ("azure", "Actions"), ("kubernetes", "rules")] {
        let policy = probity(place.path(), &["discover", platform, "--print-policy"]).exits(0).json();
        assert!(policy.get(member).is_some_and(|list| !list.as_array().unwrap().is_empty()), "{policy:#}");
    }
    let narrow = probity(place.path(), &["discover", "aws", "--print-policy", "--only", "kms"]).exits(0);
    assert!(narrow.out.contains("kms:") && !narrow.out.contains("s3:"), "{}", narrow.out);
    let wrong = probity(place.path(), &["discover", "aws", "--only", "kmss"]).exits(2);
    assert!(wrong.err.contains("did you mean `kms`?"), "{}", wrong.err);
}
