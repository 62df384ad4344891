//! Reviews of changes of the example system, in repositories made for it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Ran, hyperiot, json, probity, run};

/// A repository with the example system in its first commit, and the work tree as it was.
struct Repository {
    _place: Option<TempDir>,
    folder: PathBuf,
}

/// Makes a repository of the example system in `folder`, with what it was cloned from and a branch `feature`.
pub(crate) fn with_history(folder: &Path) {
    let repository = Repository { _place: None, folder: folder.to_path_buf() };
    repository.begin();
    repository.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    repository.git(&["checkout", "-q", "-b", "feature"]);
    repository.edit(RENEWAL.0, RENEWAL.1, RENEWAL.2);
    repository.commit("Renew certificates earlier");
}

impl Repository {
    fn new() -> Self {
        let (place, folder) = hyperiot("hyperiot");
        let made = Self { _place: Some(place), folder };
        made.begin();
        made
    }

    fn begin(&self) {
        self.git(&["init", "-q", "-b", "main"]);
        self.commit("The system as it is");
    }

    fn git(&self, args: &[&str]) -> String {
        let mut command = git(&self.folder);
        let ran = command.args(args).output().unwrap();
        assert!(ran.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap().trim().to_owned()
    }

    fn commit(&self, message: &str) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Replaces a text of a file, which must be there.
    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.folder.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} holds no {from}");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    fn review(&self, args: &[&str]) -> Ran {
        probity(&self.folder, &[&["review", "--base", "main"], args].concat())
    }

    fn data(&self, args: &[&str]) -> Value {
        let ran = self.review(&[&["--format", "json"], args].concat());
        assert!(ran.code < 2, "{}", ran.err);
        ran.json()
    }
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Ada").env(format!("GIT_{role}_EMAIL"), "ada@example.org");
        command.env(format!("GIT_{role}_DATE"), "2026-11-01T12:00:00Z");
    }
    command
}

const RENEWAL: (&str, &str, &str) = ("ssp.yaml", "          - P21D", "          - P300D");

fn assessment<'a>(review: &'a Value, name: &str) -> &'a Value {
    let all = review["assessments"].as_array().unwrap();
    all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name}: {review:#}"))
}

fn check<'a>(assessment: &'a Value, name: &str) -> &'a Value {
    let all = assessment["checks"].as_array().unwrap();
    all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name}: {assessment:#}"))
}

fn kinds(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect()
}

/// The verdicts of a check as a build of the folder stores them: resource ids by verdict.
fn verdicts(folder: &Path, assessment: &str, check: &str) -> std::collections::BTreeMap<String, String> {
    let lines = crate::program::lines(&folder.join(format!("build/{assessment}/verdicts.jsonl")));
    let word = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    let of = lines.iter().filter(|line| line["check"] == check);
    of.map(|line| (word(line, "resource"), word(line, "verdict"))).collect()
}

#[test]
fn a_change_without_consequence_is_one_line() {
    let repository = Repository::new();
    repository.edit("README.md", "# ", "# The ");
    let ran = repository.review(&["--format", "markdown"]).exits(0);
    let lines: Vec<&str> = ran.out.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 4, "{}", ran.out);
    // forges find their comment by its first line; the example shares, so that the next one and the last are its label
    assert_eq!(lines[0], "<!-- probity-review -->");
    assert_eq!([lines[1], lines[3]], ["**TLP:AMBER**"; 2]);
    assert!(lines[2].contains("no consequence"), "{}", lines[2]);
}

#[test]
fn a_parameter_flips_just_the_resources_whose_verdicts_two_builds_give() {
    let repository = Repository::new();
    let name = "certificate-remaining-validity";
    probity(&repository.folder, &["build", "eucs"]).exits(1);
    let before = verdicts(&repository.folder, "eucs", name);
    repository.edit(RENEWAL.0, RENEWAL.1, RENEWAL.2);
    probity(&repository.folder, &["build", "eucs"]).exits(1);
    let after = verdicts(&repository.folder, "eucs", name);
    let flips: Vec<&String> = before.keys().filter(|id| before.get(*id) != after.get(*id)).collect();
    assert!(!flips.is_empty());

    let review = repository.data(&[]);
    let eucs = assessment(&review, "eucs");
    let change = check(eucs, name);
    let told: Vec<&str> =
        change["resources"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(told, flips);
    assert!(kinds(&change["resources"]).iter().all(|kind| *kind == "regression"));
    assert_eq!(eucs["checks"].as_array().unwrap().len(), 1, "{eucs:#}");
    assert_eq!(change["changes"][0]["what"], "target value");
    assert_eq!(
        (&change["changes"][0]["before"], &change["changes"][0]["after"]),
        (&"P21D".into(), &"P300D".into())
    );
    let text = std::fs::read_to_string(repository.folder.join("ssp.yaml")).unwrap();
    let line = text.lines().position(|line| line == RENEWAL.2).unwrap() + 1;
    assert_eq!(change["places"][0], serde_json::json!({"file": "ssp.yaml", "line": line}));

    let ran = repository.review(&["--format", "github"]).exits(1);
    assert!(ran.out.contains(&format!("ssp.yaml,line={line}")) && ran.out.contains("PB0760"), "{}", ran.out);
}

#[test]
fn what_is_no_longer_looked_at_is_not_fixed() {
    let repository = Repository::new();
    repository.edit("probity.toml", "fail-on = \"moderate\"", "fail-on = \"low\"");
    repository.commit("Mind everything");
    let rego = "metrics/backup-resilience/restore-points-kept/check.rego";
    let text = std::fs::read_to_string(repository.folder.join(rego)).unwrap();
    let all = "applicable if operators.filled(input.backups)";
    let narrowed = text.replace(all, "applicable if count(input.backups) > 1000");
    assert_ne!(text, narrowed, "{text}");
    std::fs::write(repository.folder.join(rego), narrowed).unwrap();
    let review = repository.data(&["eucs"]);
    let change = check(assessment(&review, "eucs"), "restore-points-kept");
    assert!(!kinds(&change["resources"]).is_empty());
    assert!(kinds(&change["resources"]).iter().all(|kind| *kind == "lost-coverage"), "{change:#}");
    repository.review(&["eucs", "--fail-on", "lost-coverage"]).exits(1);
    repository.review(&["eucs", "--fail-on", "none"]).exits(0);
}

#[test]
fn a_mapping_that_goes_is_lost_coverage() {
    let repository = Repository::new();
    repository.edit("probity.toml", ", \"mappings/hyperiot.yaml\"", "");
    let review = repository.data(&["eucs", "--fail-on", "lost-coverage"]);
    let eucs = assessment(&review, "eucs");
    let lost: Vec<&str> = eucs["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|flip| flip["kind"] == "lost-coverage")
        .map(|flip| flip["control"].as_str().unwrap())
        .collect();
    assert!(lost.contains(&"pm-02.1") && lost.contains(&"ops-06.2"), "{lost:?}");
    assert_eq!(review["gate"]["open"], false);
    let sides = &eucs["coverage"];
    assert!(sides["after"]["evaluated"].as_u64() < sides["before"]["evaluated"].as_u64());
}

#[test]
fn an_assessment_that_cannot_be_made_any_more_is_told() {
    let repository = Repository::new();
    repository.edit("mappings/hyperiot.yaml", "value: restore-points-kept", "value: restore-points-kpt");
    let ran = repository.review(&["--format", "markdown", "-o", "out"]).exits(2);
    assert!(
        ran.out.contains("can no longer be made") && ran.out.contains("restore-points-kpt"),
        "{}",
        ran.out
    );
    assert_eq!(json(&repository.folder.join("out/review.json"))["gate"]["open"], false);
}

#[test]
fn a_change_does_not_decide_how_it_is_judged() {
    let repository = Repository::new();
    repository.edit(RENEWAL.0, RENEWAL.1, RENEWAL.2);
    repository.edit("probity.toml", "fail-on = \"moderate\"", "fail-on = \"never\"");
    repository.review(&["eucs"]).exits(1);
}

#[test]
fn commits_are_compared_from_what_they_have_in_common() {
    let repository = Repository::new();
    repository.git(&["checkout", "-q", "-b", "change"]);
    repository.edit("README.md", "# ", "# The ");
    repository.commit("Say the");
    repository.git(&["checkout", "-q", "main"]);
    repository.edit(RENEWAL.0, RENEWAL.1, RENEWAL.2);
    repository.commit("Renew earlier");
    let ran = repository.review(&["--head", "change", "--format", "markdown"]).exits(0);
    assert!(ran.out.contains("no consequence"), "{}", ran.out);
}

#[test]
fn evidence_may_come_from_a_folder() {
    let repository = Repository::new();
    let artifact = repository.folder.parent().unwrap().join("artifact");
    std::fs::create_dir_all(&artifact).unwrap();
    for name in ["aws", "azure", "kubernetes"] {
        let file = repository.folder.join(format!("evidence/{name}.jsonl"));
        std::fs::rename(&file, artifact.join(format!("{name}.jsonl"))).unwrap();
        std::fs::write(file, "{}\n").unwrap();
    }
    repository.commit("Lose the evidence");
    repository.edit(RENEWAL.0, RENEWAL.1, RENEWAL.2);
    let ran = repository.review(&["eucs"]).exits(2);
    assert!(ran.out.contains("can be made on neither side"), "{}", ran.out);
    let given = repository.data(&["eucs", "--evidence", artifact.to_str().unwrap()]);
    let change = check(assessment(&given, "eucs"), "certificate-remaining-validity");
    assert!(!change["resources"].as_array().unwrap().is_empty(), "{change:#}");
    let one = artifact.join("aws.jsonl");
    let ran = repository.review(&["--evidence", one.to_str().unwrap()]).exits(2);
    assert!(ran.err.contains("the project has 3 sources"), "{}", ran.err);
}

#[test]
fn a_redacted_review_names_no_resource() {
    let repository = Repository::new();
    repository.edit(RENEWAL.0, RENEWAL.1, RENEWAL.2);
    let whole = repository.data(&["eucs"]);
    let resources = check(assessment(&whole, "eucs"), "certificate-remaining-validity")["resources"].clone();
    repository.review(&["eucs", "--redact-resources", "-o", "out"]).exits(1);
    for file in ["review.md", "review.html", "review.json", "review.sarif"] {
        let text = std::fs::read_to_string(repository.folder.join("out").join(file)).unwrap();
        for resource in resources.as_array().unwrap() {
            assert!(!text.contains(resource["id"].as_str().unwrap()), "{file}");
            assert!(!text.contains(resource["name"].as_str().unwrap()), "{file}");
        }
    }
}

#[test]
fn a_comment_stays_below_the_limit_of_the_forge() {
    let repository = Repository::new();
    repository.edit(
        "probity.toml",
        "profile = \"content:profiles/eucs-high.yaml\"",
        "profile = \"content:profiles/eucs-basic.yaml\"",
    );
    let long = repository.review(&["eucs", "--format", "markdown"]);
    let short = repository.review(&["eucs", "--format", "markdown", "--comment-limit", "4000"]);
    assert!(long.out.len() <= 60_000 && short.out.len() <= 4_000, "{} {}", long.out.len(), short.out.len());
    assert!(short.out.len() < long.out.len());
    assert!(short.out.contains("gate is closed") || short.out.contains("gate is open"), "{}", short.out);
}

/// A script that stands where a forge would run it, with programs of the test before those of the machine.
struct Forge<'a> {
    repository: &'a Repository,
    place: &'a Path,
}

impl<'a> Forge<'a> {
    /// `client` is the program that talks to the forge; it writes down what it is asked, and prints `comments` where it is
    /// asked for them.
    fn new(repository: &'a Repository, client: &str, asks: &str, comments: &str) -> Self {
        let place = repository.folder.parent().unwrap();
        let _ = std::fs::remove_file(place.join("asked.log"));
        let log = place.join("asked.log");
        let answers = format!(
            "#!/bin/sh\necho \"$@\" >> '{}'\ncase \"$*\" in *{asks}*) printf '%s' '{comments}';; esac\n",
            log.display()
        );
        let probity = format!(
            "#!/bin/sh\nenv > '{}'\nexec '{}' \"$@\"\n",
            place.join("env.log").display(),
            env!("CARGO_BIN_EXE_probity-under-test")
        );
        std::fs::create_dir_all(place.join("bin")).unwrap();
        for (name, text) in [(client, answers), ("probity", probity)] {
            let file = place.join("bin").join(name);
            std::fs::write(&file, text).unwrap();
            #[cfg(unix)]
            std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        }
        Self { repository, place }
    }

    /// Runs a script; what it was, and what it asked the forge.
    fn run(&self, script: &Path, variables: &[(&str, &str)]) -> (Ran, String) {
        let mut command = Command::new("sh");
        command.arg(script).current_dir(&self.repository.folder).envs(variables.iter().copied());
        let path =
            format!("{}:{}", self.place.join("bin").display(), std::env::var("PATH").unwrap_or_default());
        command.env("PATH", path).env("GITHUB_OUTPUT", self.place.join("output"));
        command.env("GITHUB_STEP_SUMMARY", self.place.join("summary.md"));
        let ran = run(command);
        let seen = std::fs::read_to_string(self.place.join("env.log")).unwrap();
        assert!(!seen.contains("hunter2"), "the review is given no token");
        (ran, std::fs::read_to_string(self.place.join("asked.log")).unwrap_or_default())
    }
}

/// A repository with a branch `change` that makes a certificate fail.
fn with_branch() -> Repository {
    let repository = Repository::new();
    repository.git(&["checkout", "-q", "-b", "change"]);
    repository.edit(RENEWAL.0, RENEWAL.1, RENEWAL.2);
    repository.commit("Renew earlier");
    repository
}

#[test]
fn the_action_writes_one_comment_and_updates_it() {
    let repository = with_branch();
    let script = crate::program::repository("forges/github/review.sh");
    let variables = [
        ("GH_TOKEN", "hunter2hunter2"),
        ("PROBITY_BASE", "main"),
        ("PROBITY_HEAD", "change"),
        ("PROBITY_ASSESSMENTS", "eucs"),
        ("GITHUB_REF", "refs/pull/7/merge"),
        ("GITHUB_REPOSITORY", "acme/cloud"),
    ];
    let forge = Forge::new(&repository, "gh", "--paginate", "");
    let (ran, asked) = forge.run(&script, &variables);
    let ran = ran.exits(1);
    assert!(ran.out.contains("::warning file=ssp.yaml"), "{}", ran.out);
    assert!(
        asked.contains("-X POST repos/acme/cloud/issues/7/comments -F body=@probity-review/review.md"),
        "{asked}"
    );
    assert_eq!(std::fs::read_to_string(forge.place.join("output")).unwrap(), "exit-code=1\n");
    let summary = std::fs::read_to_string(forge.place.join("summary.md")).unwrap();
    assert!(summary.starts_with("<!-- probity-review -->"), "{summary}");
    let (_, asked) = Forge::new(&repository, "gh", "--paginate", "4711").run(&script, &variables);
    assert!(
        asked.contains("-X PATCH repos/acme/cloud/issues/comments/4711") && !asked.contains("POST"),
        "{asked}"
    );
}

#[test]
fn the_template_for_gitlab_writes_one_note_and_updates_it() {
    let repository = with_branch();
    let template = std::fs::read_to_string(crate::program::repository("forges/gitlab/review.yml")).unwrap();
    let (_, after) = template.split_once("    - |\n").unwrap();
    let body: Vec<&str> = after.lines().map_while(|line| line.strip_prefix("      ")).collect();
    let script = repository.folder.parent().unwrap().join("script.sh");
    std::fs::write(&script, format!("set -eu\n{}\n", body.join("\n"))).unwrap();
    let head = repository.git(&["rev-parse", "change"]);
    let variables = [
        ("PROBITY_TOKEN", "hunter2hunter2"),
        ("PROBITY_PROJECT", "."),
        ("PROBITY_FAIL_ON", "regression"),
        ("PROBITY_OUTPUT", "probity-review"),
        ("PROBITY_EVIDENCE", ""),
        ("PROBITY_REDACT", "false"),
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "main"),
        ("CI_COMMIT_SHA", head.as_str()),
        ("CI_JOB_URL", "https://gitlab.example/acme/cloud/-/jobs/1"),
        ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
        ("CI_PROJECT_ID", "12"),
        ("CI_MERGE_REQUEST_IID", "7"),
    ];
    let notes = "https://gitlab.example/api/v4/projects/12/merge_requests/7/notes";
    let others = "[{\"id\":1,\"type\":null,\"body\":\"Nice\"}]";
    let (ran, asked) = Forge::new(&repository, "curl", "per_page", others).run(&script, &variables);
    ran.exits(1);
    assert!(
        asked.contains("-X POST") && asked.contains(&format!("body@probity-review/review.md {notes}\n")),
        "{asked}"
    );
    let own = "[{\"id\":1,\"type\":null,\"body\":\"Nice\"},{\"id\":42,\"type\":null,\"body\":\"\\u003c!-- probity-review --\\u003e\"}]";
    let (_, asked) = Forge::new(&repository, "curl", "per_page", own).run(&script, &variables);
    assert!(asked.contains("-X PUT") && asked.contains(&format!("{notes}/42\n")), "{asked}");
    let page = std::fs::read_to_string(repository.folder.join("probity-review/review.md")).unwrap();
    assert!(page.contains("artifacts/file/probity-review/review.html"), "{page}");
}

/// The review of every commit of the scripted repository against the one before it.
#[test]
fn every_commit_of_the_scripted_repository() {
    use crate::scripted;
    let folder = scripted::repository();
    let commits = scripted::git(&folder, &["log", "--reverse", "--topo-order", "--format=%H %s"]);
    let commits: Vec<(&str, &str)> = commits.lines().map(|line| line.split_once(' ').unwrap()).collect();
    let review = |(id, subject): &(&str, &str)| {
        let base = format!("{id}^");
        let args =
            ["review", "--base", &base, "--head", id, "--fail-on", "regression,new-unknown,lost-coverage"];
        let ran = probity(&folder, &args);
        let told = format!("{}{}", ran.out, ran.err).replace(id, "HEAD").replace(&id[..10], "HEAD");
        format!("=== {subject}\n{}\nexit {}\n\n", told.trim_end(), ran.code)
    };
    let (first, rest) = commits.split_first().unwrap();
    assert_eq!(first.1, "Begin with the rules of the house");
    let halves: Vec<String> = std::thread::scope(|scope| {
        let review = &review;
        let threads: Vec<_> = rest
            .chunks(rest.len().div_ceil(2))
            .map(|half| scope.spawn(move || half.iter().map(review).collect::<String>()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    insta::assert_snapshot!("scripted_reviews", halves.concat());
}
