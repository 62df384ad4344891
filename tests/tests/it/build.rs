//! Builds: what they redo, what they say of it, and that nothing keeps them from coming to the same bytes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::program::{assert_same, feed, hyperiot, outputs, probity, program, run};

/// What a clean build of a copy of the project comes to.
fn clean(project: &Path) -> BTreeMap<String, Vec<u8>> {
    let copy = tempfile::tempdir().unwrap();
    let copied = Command::new("cp").arg("-r").arg(project.join(".")).arg(copy.path()).status().unwrap();
    assert!(copied.success());
    for made in ["build", ".probity"] {
        let _ = std::fs::remove_dir_all(copy.path().join(made));
    }
    probity(copy.path(), &["build", "--quiet"]);
    outputs(copy.path())
}

fn log(project: &Path, args: &[&str]) -> Value {
    run(program(project, &[&["build", "--format", "json"], args].concat())).json()
}

/// The targets that a build made.
fn made(log: &Value) -> Vec<String> {
    let made = log["targets"].as_array().unwrap().iter().filter(|target| target["made"] == true);
    made.map(|target| target["target"].as_str().unwrap().to_owned()).collect()
}

fn edit(project: &Path, file: &str, from: &str, to: &str) {
    let file = project.join(file);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{from:?} in {}", file.display());
    std::fs::write(&file, text.replacen(from, to, 1)).unwrap();
}

/// A project of one assessment, small enough to be built often.
fn small(project: &Path) {
    std::fs::create_dir_all(project.join("evidence")).unwrap();
    for folder in ["metrics", "mappings"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/examples/hyperiot").join(folder);
        let copied = Command::new("cp").arg("-r").arg(from).arg(project).status().unwrap();
        assert!(copied.success());
    }
    let config = "[system]\nname = \"Small\"\nas-of = \"2026-11-01T12:00:00Z\"\n\n\
                  [[source]]\nname = \"a\"\nevidence = \"evidence/a.jsonl\"\n\n\
                  [[assessment]]\nname = \"small\"\nprofile = \"content:profiles/eucs-high.yaml\"\n\
                  mappings = [\"mappings/hyperiot.yaml\"]\n";
    std::fs::write(project.join("probity.toml"), config).unwrap();
    let begin = r#"{"kind":"begin","collector":"test","version":"1","scope":"a","ontology":"https://w3id.org/probity/ontology/1"}"#;
    let disk = |number: usize| {
        let kept = if number.is_multiple_of(3) { 86_400 } else { 86_400 * 40 };
        format!(
            r#"{{"kind":"resource","id":"disk-{number}","name":"disk {number}","type":"BlockStorage","resource":{{"backups":[{{"enabled":true,"interval":86400,"retentionPeriod":{kept}}}]}},"collected":"2026-11-01T10:00:00Z","scope":"a","related":[]}}"#
        )
    };
    let end = r#"{"kind":"end","resources":40,"services":[]}"#;
    let lines: Vec<String> =
        [begin.to_owned()].into_iter().chain((0..40).map(disk)).chain([end.to_owned()]).collect();
    std::fs::write(project.join("evidence/a.jsonl"), lines.join("\n") + "\n").unwrap();
}

#[test]
fn touching_one_metric_redoes_its_check_its_findings_and_what_stands_above() {
    let (_place, project) = hyperiot("hyperiot");
    let first = log(&project, &[]);
    assert!(made(&first).iter().filter(|name| name.starts_with("eucs/check/")).count() > 100);
    let nothing = log(&project, &[]);
    assert_eq!(made(&nothing), Vec::<String>::new());
    assert_eq!(nothing["asked"], serde_json::json!({}));

    edit(&project, "metrics/backup-resilience/restore-points-kept/check.rego", ">= 28", ">= 90");
    let why = probity(&project, &["build", "--why", "eucs/finding/ops-06.2"]).exits(0);
    insta::assert_snapshot!("why_a_finding", why.out);
    let log = log(&project, &[]);
    let of_eucs: Vec<String> = made(&log).into_iter().filter(|name| name.starts_with("eucs/")).collect();
    assert_eq!(
        of_eucs,
        [
            "eucs/checks",
            "eucs/check/restore-points-kept",
            "eucs/results",
            "eucs/finding/ops-06.2",
            "eucs/html",
            "eucs/markdown",
            "eucs/pdf",
            "eucs/xlsx",
            "eucs/csv",
            "eucs/poam",
            "eucs/oscal-1.1.2",
            "eucs/servicenow",
            "eucs/defectdojo",
            "eucs/ciso-assistant",
            "eucs/sarif",
            "eucs/junit",
            "eucs/ocsf",
            "eucs/trestle",
        ]
    );
    // the machine asked about no other check
    let asked: Vec<&String> = log["asked"]["eucs/results"].as_object().unwrap().keys().collect();
    assert_eq!(asked, ["restore-points-kept"]);
    assert_same(&outputs(&project), &clean(&project));
}

#[test]
fn builds_after_edits_are_those_of_clean_builds() {
    let place = tempfile::tempdir().unwrap();
    let project = place.path();
    small(project);
    log(project, &[]);
    let rego = "metrics/backup-resilience/restore-points-kept/check.rego";
    let evidence = "evidence/a.jsonl";
    let edits: [(&str, &str, &str); 6] = [
        (evidence, "\"retentionPeriod\":86400}", "\"retentionPeriod\":8640000}"),
        (rego, ">= 28", ">= 7"),
        (evidence, "\"id\":\"disk-7\"", "\"id\":\"disk-70\""),
        ("mappings/hyperiot.yaml", "Counts the restore points", "Counts all restore points"),
        ("probity.toml", "mappings = ", "subjects = \"all\"\nmappings = "),
        (evidence, "2026-11-01T10:00:00Z", "2026-10-20T10:00:00Z"),
    ];
    for (file, from, to) in edits {
        edit(project, file, from, to);
        log(project, &[]);
        assert_same(&outputs(project), &clean(project));
    }
    // one line of evidence: its checks are asked about it alone
    edit(project, evidence, "\"id\":\"disk-9\"", "\"id\":\"disk-90\"");
    let log = log(project, &[]);
    assert_eq!(log["asked"]["small/results"], serde_json::json!({"restore-points-kept": 1}));
    // a metric that is not mapped any more leaves nothing behind
    edit(project, "mappings/hyperiot.yaml", "value: restore-points-kept", "value: backup-frequency");
    probity(project, &["build", "--quiet"]);
    assert!(!project.join("build/small/bundle/metrics/restore_points_kept.rego").exists());
    assert_same(&outputs(project), &clean(project));
}

#[test]
fn a_file_that_changes_without_its_size_is_noticed() {
    let place = tempfile::tempdir().unwrap();
    let project = place.path();
    small(project);
    for round in 0..5 {
        log(project, &[]);
        let (from, to) = if round % 2 == 0 { ("disk-11\"", "disk-1x\"") } else { ("disk-1x\"", "disk-11\"") };
        edit(project, "evidence/a.jsonl", from, to);
        let made = made(&log(project, &[]));
        assert!(made.contains(&"small/results".to_owned()), "round {round}: {made:?}");
    }
    assert_eq!(made(&log(project, &["--checksum"])), Vec::<String>::new());
}

#[test]
fn a_build_that_is_killed_leaves_nothing_that_another_does_not_mend() {
    let interrupted: u32 = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..5).map(|lane| scope.spawn(move || killed_ten_times(lane))).collect();
        lanes.into_iter().map(|lane| lane.join().unwrap()).sum()
    });
    assert!(interrupted > 10, "only {interrupted} of 50 builds were interrupted");
}

/// Kills ten builds of one project, each at another moment of the time that a whole one takes; how many had not ended.
fn killed_ten_times(lane: u32) -> u32 {
    let place = tempfile::tempdir().unwrap();
    let project = place.path();
    small(project);
    let begin = Instant::now();
    probity(project, &["build", "--quiet"]);
    let whole = begin.elapsed();
    let mut seed = u64::from(lane) + 7;
    let mut interrupted = 0;
    for round in 0..10 {
        // something to do: a metric, evidence, or everything
        match round % 3 {
            0 => edit_metric(project, 10 * lane + round),
            1 => edit(project, "evidence/a.jsonl", "\"disk ", &format!("\"disk {round}")),
            _ => drop(std::fs::remove_dir_all(project.join(".probity"))),
        }
        let mut build = program(project, &["build", "--quiet"]);
        let mut child = build.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = u32::try_from((seed >> 33) % 1000).unwrap();
        std::thread::sleep(whole * share / 1000);
        child.kill().unwrap();
        interrupted += u32::from(child.wait().unwrap().code().is_none());
    }
    // every round went on from what the one before left
    probity(project, &["build", "--quiet"]);
    let built = outputs(project);
    assert_same(&built, &clean(project));
    assert!(built.keys().all(|path| !path.contains(".probity-")), "{:?}", built.keys());
    interrupted
}

fn edit_metric(project: &Path, round: u32) {
    let file = project.join("metrics/backup-resilience/restore-points-kept/check.rego");
    let text = std::fs::read_to_string(&file).unwrap();
    let at = text.find(">= ").unwrap() + 3;
    let end = at + text[at..].find(|c: char| !c.is_ascii_digit()).unwrap();
    std::fs::write(&file, format!("{}{}{}", &text[..at], 10 + round, &text[end..])).unwrap();
}

#[test]
fn two_builds_take_turns() {
    let place = tempfile::tempdir().unwrap();
    let project = place.path();
    small(project);
    std::fs::create_dir_all(project.join(".probity")).unwrap();
    let lock = std::fs::File::create(project.join(".probity/lock")).unwrap();
    lock.lock().unwrap();
    std::fs::write(project.join(".probity/lock"), "4711 2026-11-01T12:00:00Z\n").unwrap();
    let refused = probity(project, &["build", "--no-wait"]).exits(2);
    assert!(
        refused
            .err
            .contains("another build of this project is running: process 4711, since 2026-11-01T12:00:00Z"),
        "{}",
        refused.err
    );
    let waiting = program(project, &["build"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(1);
    while Instant::now() < deadline && !project.join("build").exists() {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!project.join("build").exists(), "the second build did not wait");
    drop(lock);
    let done = waiting.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.contains("waiting for another build of this project: process 4711"), "{said}");
    assert!(project.join("build/small/report.html").exists());
    // a dry run needs no turn
    let lock = std::fs::File::open(project.join(".probity/lock")).unwrap();
    lock.lock().unwrap();
    probity(project, &["build", "-n"]).exits(0);
}

#[test]
fn make_builds_exactly_when_something_changed() {
    let place = tempfile::tempdir().unwrap();
    let project = place.path().join("a project");
    small(&project);
    let makefile = include_str!("../data/Makefile");
    std::fs::write(project.join("Makefile"), makefile).unwrap();
    let make = || {
        let mut make = Command::new("make");
        make.arg(format!("PROBITY={}", env!("CARGO_BIN_EXE_probity-under-test"))).current_dir(&project);
        let ran = run(make).exits(0);
        ran.out.lines().filter(|line| line.contains(" build ")).count()
    };
    assert_eq!(make(), 1);
    assert_eq!(make(), 0, "nothing changed");
    std::thread::sleep(Duration::from_millis(20));
    edit(&project, "metrics/backup-resilience/restore-points-kept/check.rego", ">= 28", ">= 29");
    assert_eq!(make(), 1);
    assert_eq!(make(), 0);
    std::thread::sleep(Duration::from_millis(20));
    std::fs::create_dir_all(project.join("metrics/new")).unwrap();
    assert_eq!(make(), 1, "a folder has one more member");
    assert_eq!(make(), 0);
    std::fs::remove_dir_all(project.join("build/small")).unwrap();
    assert_eq!(make(), 1);
    assert_same(&outputs(&project), &clean(&project));
}

#[test]
fn after_an_error_nothing_is_begun_unless_it_is_said() {
    let (_place, project) = hyperiot("hyperiot");
    let config = std::fs::read_to_string(project.join("probity.toml")).unwrap();
    let third = "\n[[assessment]]\nname = \"third\"\nprofile = \"content:profiles/eucs-basic.yaml\"\n";
    let broken = config.replace("attestations/*.yaml", "nowhere/*.yaml") + third;
    std::fs::write(project.join("probity.toml"), broken).unwrap();
    let stopped = log(&project, &["-j", "1"]);
    assert_eq!(
        (&stopped["failed"], &stopped["not-begun"]),
        (&true.into(), &serde_json::json!(["access", "third"]))
    );
    assert_eq!(made(&stopped), Vec::<String>::new());
    let went_on = run(program(&project, &["build", "-k", "--format", "json"])).exits(2).json();
    assert!(made(&went_on).contains(&"third/html".to_owned()));
    assert_eq!(went_on["not-begun"], serde_json::json!([]));
}

#[test]
fn targets_are_explained_and_drawn() {
    let place = tempfile::tempdir().unwrap();
    let project = place.path();
    small(project);
    log(project, &[]);
    let dot = probity(project, &["build", "--graph", "dot"]).exits(0).out;
    // how many metrics the content has is not what is tested
    let mut counts = insta::Settings::clone_current();
    counts.add_filter(r"\(\d+ files\)", "(N files)");
    counts.bind(|| insta::assert_snapshot!("graph_dot", dot));
    let svg = probity(project, &["build", "--graph", "svg"]).exits(0).out;
    assert!(svg.starts_with("<svg xmlns=") && svg.contains("small/results"), "{svg}");
    insta::assert_snapshot!(
        "why_up_to_date",
        probity(project, &["build", "--why", "small/html"]).exits(0).out
    );
    let unknown = probity(project, &["build", "--why", "small/htm"]).exits(2);
    assert!(unknown.err.contains("small/html"), "{}", unknown.err);
    let json = probity(project, &["build", "--why", "small/check/restore-points-kept", "--format", "json"]);
    assert_eq!(json.exits(0).json()["up-to-date"], true);
}

#[test]
fn hooks_run_as_pre_commit_runs_them() {
    let place = tempfile::tempdir().unwrap();
    let project = place.path();
    small(project);
    let hooks = include_str!("../../../.pre-commit-hooks.yaml");
    let bin = place.path().join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_probity-under-test"), bin.join("probity")).unwrap();
    let mut entries = 0;
    for line in hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: ")) {
        let mut hook = Command::new("sh");
        // pre-commit splits the entry as a shell does, and adds the files that were changed
        let files =
            if line.contains("fmt") || line.contains("validate") { " mappings/hyperiot.yaml" } else { "" };
        hook.args(["-c", &format!("{line}{files}")]).current_dir(project);
        hook.env("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()));
        let ran = feed(hook, b"");
        assert!([0, 1].contains(&ran.code), "{line}: {}\n{}", ran.out, ran.err);
        assert!(!ran.err.contains("Usage:"), "{line}: {}", ran.err);
        entries += 1;
    }
    assert_eq!(entries, 4);
}
