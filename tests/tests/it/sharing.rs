//! From a failing finding of the example to an incident that others receive.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::program::{files, folder, hyperiot, json, probity, repository, run};
use crate::reports::readers;

const INCIDENT: &str = "sharing/incidents/2026/HY-2026-0001.yaml";

/// The project of the example with an incident made of a failing check: finding, risk, item of the plan, incident.
fn with_incident(project: &Path) {
    probity(project, &["build", "access", "--quiet"]).exits(1);
    probity(project, &["poam", "access", "--update"]).exits(0);
    let plan = json(&project.join("build/access/poam.json"));
    let plan = &plan["plan-of-action-and-milestones"];
    let mut items = plan["poam-items"].as_array().unwrap().iter();
    let item = items.find(|one| one["title"].as_str().unwrap().contains("Ports for administration")).unwrap();
    let risk = item["related-risks"][0]["risk-uuid"].as_str().unwrap();
    let made = ["share", "incident", "from-risk", "poam/access.yaml", risk];
    let maker = ["--id", "HY-2026-0001", "--issuer", "csirt.tidewerk.example"];
    probity(project, &[&made[..], &maker].concat()).exits(0);
    let text = std::fs::read_to_string(project.join(INCIDENT)).unwrap();
    assert!(text.contains("jump-host") && text.contains("source: audit"), "{text}");
    assert!(text.starts_with("marking: TLP:AMBER\n"), "a plan that nobody marked is AMBER: {text}");
}

#[test]
fn a_failing_finding_becomes_an_incident_that_goes_to_one_member_and_not_to_the_public() {
    let (_place, project) = hyperiot("hyperiot");
    with_incident(&project);
    probity(&project, &["share", "member", "check"]).exits(0);
    let to = ["--to", "member:nordfunk", "--reason", "your gateways are behind that host", "-o", "package"];
    probity(&project, &[&["share", "build", INCIDENT][..], &to].concat()).exits(0);
    probity(&project, &["share", "verify", "package"]).exits(0);
    let manifest = json(&project.join("package/manifest.json"));
    assert_eq!(manifest["colour"], "TLP:AMBER");
    let mail = std::fs::read_to_string(project.join("package/mail.eml")).unwrap();
    assert!(mail.contains("Subject: [TLP:AMBER]"), "{mail}");
    let public = ["share", "build", INCIDENT, "--to", "public", "-o", "public", "--format", "json"];
    let refused = probity(&project, &public).exits(4).json();
    assert_eq!(refused["refused"][0]["rule"], "TLP-002", "{refused}");
    assert!(!project.join("public").exists());
}

/// Runs lines in a project as a person with a key would.
fn script(project: &Path, keys: &Path, who: &str, lines: &str) {
    let git = format!(
        "git -c user.name={who} -c user.email={who}@tidewerk.example -c gpg.format=ssh -c user.signingKey={} ",
        keys.join(who).display()
    );
    let mut shell = Command::new("sh");
    shell.args(["-ec", &lines.replace("git ", &git)]).current_dir(project).env_remove("GIT_DIR");
    let done = run({
        shell.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]);
        shell
    });
    assert_eq!(done.code, 0, "{lines}\n{}", done.err);
}

/// Makes a project a repository of two persons, who have keys; false where there is no ssh-keygen.
fn with_keys(project: &Path, keys: &Path) -> bool {
    let mut allowed = String::new();
    for who in ["katja.brandt", "jonas.reimer"] {
        let key = keys.join(who);
        let made =
            Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).output();
        if made.is_err() {
            println!("skipped: there is no ssh-keygen");
            return false;
        }
        let public = std::fs::read_to_string(keys.join(format!("{who}.pub"))).unwrap();
        allowed.extend([format!("member:tidewerk,{who}@tidewerk.example {public}")]);
    }
    std::fs::write(project.join("allowed_signers"), allowed).unwrap();
    let settings = std::fs::read_to_string(project.join("probity.toml")).unwrap();
    let signing = "\n[signing]\nallowed-signers = \"allowed_signers\"\n";
    std::fs::write(project.join("probity.toml"), settings + signing).unwrap();
    script(
        project,
        keys,
        "katja.brandt",
        "git init --quiet\ngit add --all\ngit commit --quiet -m 'The incident'",
    );
    true
}

#[test]
fn a_failing_finding_is_published_once_it_is_scrubbed_marked_by_its_originator_and_approved() {
    let (_place, project) = hyperiot("hyperiot");
    with_incident(&project);
    let keys = folder();
    if !with_keys(&project, keys.path()) {
        return;
    }
    let scrubbed = "sharing/public/HY-2026-0001.yaml";
    let publish = |document: &str| {
        let args = ["share", "publish", document, "-o", "site", "--as-of", "2026-11-20T10:00:00Z"];
        probity(&project, &[&args[..], &["--format", "json"]].concat())
    };
    let refused = |document: &str, rule: &str| {
        let data = publish(document).exits(4).json();
        assert_eq!(data["refused"][0]["rule"], rule, "{data}");
        assert!(!project.join("site").exists());
    };
    refused(INCIDENT, "TLP-002");
    probity(&project, &["share", "scrub", INCIDENT, "-o", "sharing/public"]).exits(0);
    script(&project, keys.path(), "katja.brandt", "git add --all\ngit commit --quiet -m 'Scrub it'");
    refused(scrubbed, "TLP-002");
    let reason = "nobody is named, and others have the same host";
    let marked = probity(&project, &["share", "mark", "set", scrubbed, "TLP:CLEAR", "--reason", reason]);
    script(&project, keys.path(), "katja.brandt", &marked.exits(0).out);
    refused(scrubbed, "PUB-001");
    let approved =
        probity(&project, &["share", "approve", scrubbed, "--by", "jonas.reimer@tidewerk.example"]);
    script(&project, keys.path(), "jonas.reimer", &approved.exits(0).out);
    publish(scrubbed).exits(0);
    // what was taken out stands in no file of the folder
    let original = std::fs::read_to_string(project.join(INCIDENT)).unwrap();
    for gone in ["jump-host", "csirt.tidewerk.example"] {
        assert!(original.contains(gone), "{gone}");
        for (path, bytes) in files(&project.join("site")) {
            let text = String::from_utf8_lossy(&bytes).replace("From: csirt@tidewerk.example", "");
            assert!(!text.contains(gone), "{gone} stands in {path}");
        }
    }
    let page = std::fs::read_to_string(project.join("site/hy-2026-0001.html")).unwrap();
    assert!(page.matches("<strong>TLP:CLEAR</strong>").count() == 2, "{page}");
    let Some(readers) = readers() else { return };
    let mut reader = Command::new("python3");
    reader.arg(repository("tests/oracle/atom.py")).arg(project.join("site/feed.atom"));
    reader.env("PYTHONPATH", readers.join("python"));
    let feed: Value = run(reader).exits(0).json();
    assert_eq!((&feed["faults"], &feed["version"]), (&false.into(), &"atom10".into()), "{feed}");
    assert_eq!(feed["title"], "Advisories of Tidewerk");
    let entry = &feed["entries"][0];
    assert_eq!(entry["labels"], serde_json::json!(["TLP:CLEAR"]), "{feed}");
    let links: Vec<&str> =
        entry["links"].as_array().unwrap().iter().map(|link| link.as_str().unwrap()).collect();
    assert!(links.len() >= 5, "{feed}");
    for link in links {
        let path = link.strip_prefix("https://advisories.tidewerk.example/").unwrap();
        assert!(project.join("site").join(path).is_file(), "{link} leads nowhere");
    }
}

#[test]
fn the_plan_notes_that_a_risk_was_shared_and_closes_when_its_incident_is_resolved() {
    let (_place, project) = hyperiot("hyperiot");
    with_incident(&project);
    let plan = project.join("poam/access.yaml");
    let text = || std::fs::read_to_string(&plan).unwrap();
    std::fs::write(&plan, text().replacen("  risks:\n", "  # what we live with\n  risks:\n", 1)).unwrap();
    let before = text();
    assert!(before.contains("# what we live with"));
    let to = ["--to", "member:nordfunk", "--reason", "your gateways are behind that host", "-o", "package"];
    let made = [&["share", "build", INCIDENT][..], &to, &["--as-of", "2026-11-05T10:00:00Z"]].concat();
    probity(&project, &made).exits(0);
    // shown first, written when somebody says so, and noted once
    let shown = probity(&project, &["share", "record", "package"]).exits(1);
    assert!(shown.out.contains("+            title: Shared") && text() == before, "{}", shown.out);
    probity(&project, &["share", "record", "package", "--write"]).exits(0);
    let noted = text();
    let id = json(&project.join("package/manifest.json"))["id"].as_str().unwrap().to_owned();
    let added: Vec<&str> = noted.lines().filter(|line| !before.contains(line)).map(str::trim).collect();
    assert!(added.contains(&&*format!("value: {id}")) && added.contains(&"- name: shared-as"), "{added:?}");
    assert!(noted.contains("class: member") && noted.contains("start: \"2026-11-05T10:00:00Z\""));
    assert!(!noted.contains("nordfunk"), "for what kind of audience, not for whom");
    assert!(noted.contains("# what we live with"), "comments stay");
    probity(&project, &["share", "record", "package", "--write"]).exits(0);
    assert_eq!(text(), noted);
    probity(&project, &["validate", "poam/access.yaml"]).exits(0);
    // the results of before are no older for it
    probity(&project, &["poam", "access", "--check"]).exits(0);
    // nothing is proposed before the incident is resolved
    probity(&project, &["share", "incident", "close-risks"]).exits(0);
    let incident = project.join(INCIDENT);
    let said = std::fs::read_to_string(&incident).unwrap().replace("status: new", "status: resolved");
    std::fs::write(&incident, said).unwrap();
    let proposed = probity(&project, &["share", "incident", "close-risks"]).exits(1);
    assert!(proposed.out.contains("+      status: closed") && text() == noted, "{}", proposed.out);
    probity(&project, &["share", "incident", "close-risks", "--write"]).exits(0);
    let closed = text();
    assert!(closed.contains("status-change: closed") && closed.contains("# what we live with"));
    probity(&project, &["share", "incident", "close-risks"]).exits(0);
    assert_eq!(closed, text());
}

#[test]
fn what_others_sent_is_not_noted_as_shared() {
    let (_place, project) = hyperiot("hyperiot");
    with_incident(&project);
    std::fs::write(project.join("notes.md"), "nothing of an incident\n").unwrap();
    let to = ["--to", "member:nordfunk", "--reason", "r", "-o", "package"];
    probity(&project, &[&["share", "build", "notes.md"][..], &to].concat()).exits(0);
    let none = probity(&project, &["share", "record", "package"]).exits(2);
    assert!(none.err.contains("no incident of the package was made of a risk"), "{}", none.err);
    let policy = project.join("sharing/policy.yaml");
    let ours = std::fs::read_to_string(&policy).unwrap();
    std::fs::write(&policy, ours.replace("member: tidewerk", "member: nordfunk")).unwrap();
    let theirs = probity(&project, &["share", "record", "package"]).exits(2);
    assert!(theirs.err.contains("only what we shared"), "{}", theirs.err);
    probity(&project, &["share", "record", "sharing"]).exits(4);
}

#[test]
fn the_files_of_sharing_are_no_documents_to_validate() {
    let (_place, project) = hyperiot("hyperiot");
    probity(&project, &["validate", "sharing"]).exits(0);
    let named = probity(&project, &["validate", "sharing/policy.yaml"]).exits(1);
    assert!(named.err.contains("PB0104"), "{}", named.err);
}
