//! `probity share approve` and `publish`: what everybody may read, and what keeps it from being published.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::ran::{Ran, folder, read, write};
use crate::share::{git, project_of, share};

const SOURCE: &str = "sharing/incidents/2026/INC-2.yaml";
const SCRUBBED: &str = "sharing/public/INC-2.yaml";

const INCIDENT: &str = "marking: TLP:AMBER
id: INC-2
issuer: csirt.alpha.example
title: Somebody reads the mail of our customers
language: en
purpose: reporting
status: resolved
times:
  generated: 2026-11-20T09:00:00Z
  detected: 2026-11-18T08:15:00Z
description: |-
  Passwords were tried on the service for mail from 198.51.100.23.

  Ask ann.weber@alpha.example for more; <b>do not</b> call +49 30 901820.
discoveries:
  - source: audit
assessments:
  - occurrence: actual
    impacts:
      - to: system
        type: takeover-account
        severity: high
contacts:
  - role: creator
    type: organization
    name: CSIRT of Alpha
    emails:
      - ann.weber@alpha.example
indicators:
  scanner:
    description: Where it came from
    observable:
      type: ipv4-addr
      value: 198.51.100.23
copyright: CC BY 4.0
";

/// Two persons of alpha, and somebody of beta.
const PERSONS: &str = "      - uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a0a1
        type: person
        name: Ann Weber
        email-addresses: [ann@alpha.example]
        member-of-organizations: [9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a011]
      - uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a0a2
        type: person
        name: Bob Kahn
        email-addresses: [bob@alpha.example]
        member-of-organizations: [9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a011]
      - uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a0a3
        type: person
        name: Eva Lund
        email-addresses: [eva@beta.example]
        member-of-organizations: [9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a012]
";

/// The project of alpha, with a resolved incident, two persons with keys, and the scrubbed incident as Ann has committed it.
struct Story {
    place: TempDir,
    keys: TempDir,
}

impl Story {
    /// None where there is no ssh-keygen.
    fn new() -> Option<Self> {
        let story = Self { place: project_of("alpha"), keys: folder() };
        let project = story.project();
        let mut allowed = String::new();
        for name in ["ann", "bob", "eva"] {
            let key = story.keys.path().join(name);
            let made =
                Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).output();
            if made.is_err() {
                println!("skipped: there is no ssh-keygen");
                return None;
            }
            let member = if name == "eva" { "beta" } else { "alpha" };
            let public = read(story.keys.path(), &format!("{name}.pub"));
            allowed.extend([format!("member:{member},{name}@{member}.example {public}")]);
        }
        write(project, "allowed", allowed);
        let members = read(project, "sharing/members.yaml");
        write(project, "sharing/members.yaml", format!("{members}{PERSONS}"));
        let policy = read(project, "sharing/policy.yaml");
        let site = "publication:\n  title: Advisories of Alpha\n  url: https://advisories.alpha.example/\n  \
                    announce: announce@lists.example\n  copyright: Alpha Cloud\n";
        write(project, "sharing/policy.yaml", format!("{policy}{site}"));
        write(project, SOURCE, INCIDENT);
        git(project, &["init", "--quiet", "--initial-branch=main"]);
        git(project, &["add", "--all"]);
        git(project, &["commit", "--quiet", "-m", "all"]);
        share(project, &["scrub", SOURCE, "-o", "sharing/public"]).exits(0);
        story.script("ann", "git add --all && git commit --quiet -m 'Scrub the incident'");
        Some(story)
    }

    fn project(&self) -> &Path {
        self.place.path()
    }

    /// Runs lines as somebody with their key would.
    fn script(&self, who: &str, lines: &str) {
        let key = self.keys.path().join(who);
        let git = format!(
            "git -c user.name={who} -c user.email={who}@alpha.example -c gpg.format=ssh -c user.signingKey={} ",
            key.display()
        );
        let script = lines.replace("git ", &git);
        let mut command = Command::new("sh");
        command.args(["-ec", &script]).current_dir(self.project()).env_remove("GIT_DIR");
        let done = command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]).output();
        let done = done.unwrap();
        assert!(done.status.success(), "{script}\n{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Makes the scrubbed incident CLEAR, signed by Ann.
    fn clear(&self) {
        let said = share(
            self.project(),
            &["mark", "set", SCRUBBED, "TLP:CLEAR", "--reason", "resolved, and nobody is named"],
        );
        self.script("ann", &said.exits(0).out);
    }

    /// Approves it in the name of somebody, with somebody's key.
    fn approve(&self, by: &str, signer: &str) {
        let said = share(self.project(), &["approve", SCRUBBED, "--by", by]).exits(0);
        self.script(signer, &said.out);
    }

    fn publish(&self) -> Ran {
        share(self.project(), &["publish", SCRUBBED, "-o", "site"])
    }

    /// That it is refused by a rule, with words of why, and that nothing is written.
    #[track_caller]
    fn is_refused(&self, rule: &str, why: &str) {
        let args = ["publish", SCRUBBED, "-o", "site", "--format", "json"];
        let ran = share(self.project(), &args).exits(4);
        let refused = ran.json()["refused"].as_array().unwrap().clone();
        let fits = |one: &serde_json::Value| {
            one["rule"] == rule && one["message"].as_str().is_some_and(|text| text.contains(why))
        };
        assert!(refused.iter().any(fits), "{rule}, {why}: {refused:#?}");
        assert!(!self.project().join("site").exists());
    }
}

#[test]
fn what_is_scrubbed_marked_by_its_originator_and_approved_is_published() {
    let Some(story) = Story::new() else { return };
    let project = story.project();
    story.is_refused("TLP-002", "is TLP:AMBER, which does not allow public");
    story.clear();
    story.is_refused("PUB-001", "no `INC-2.yaml.approval.yaml` lies beside it");
    // who made it does not approve it, nor does somebody of another member, or nobody
    for (by, why) in [
        ("ann@alpha.example", "ann@alpha.example made commit"),
        ("eva@beta.example", "does not belong to alpha"),
        ("zoe@alpha.example", "the register knows no person"),
    ] {
        let told = share(project, &["approve", SCRUBBED, "--by", by]).exits(4).err;
        assert!(told.contains("PB1062") && told.contains(why), "{told}");
    }
    story.approve("bob@alpha.example", "bob");
    story.publish().exits(0);
    let page = read(project, "site/inc-2.html");
    let label =
        |end: &str| format!("<div class=\"marking {end}\" translate=\"no\"><strong>TLP:CLEAR</strong></div>");
    for file in ["index.html", "inc-2.html"] {
        let text = read(project, &format!("site/{file}"));
        assert!(text.contains(&label("begins")) && text.contains(&label("ends")), "{text}");
    }
    assert!(
        page.contains("198.51.100.23") && page.contains("&lt;b&gt;do not") && !page.contains("<b>"),
        "{page}"
    );
    assert!(page.contains("Alpha Cloud") && page.contains("advisories.alpha.example"), "{page}");
    let text = read(project, "site/announcements/inc-2.txt");
    assert!(text.trim_end().chars().count() <= 280 && text.starts_with("[TLP:CLEAR] alpha: "), "{text}");
    let mail = read(project, "site/announcements/inc-2.eml");
    assert!(mail.contains("Subject: [TLP:CLEAR] Somebody reads") && mail.contains("To: announce@lists"));
    for gone in ["ann.weber", "901820", "Weber"] {
        for (path, bytes) in crate::ran::files(&project.join("site")) {
            assert!(!String::from_utf8_lossy(&bytes).contains(gone), "{gone} in {path}");
        }
    }
    // what was published follows from a document, and is none to be marked
    let linted = share(project, &["mark", "lint"]);
    assert!(!linted.err.contains("site/"), "{}", linted.err);
    // the same again changes nothing, and what was published stays where it is
    let before = crate::ran::files(&project.join("site"));
    story.publish().exits(0);
    assert_eq!(before, crate::ran::files(&project.join("site")));
    write(project, "site/documents/inc-2.TLP-CLEAR.yaml", "marking: TLP:CLEAR\n");
    let told = story.publish().exits(2).err;
    assert!(told.contains("was changed since it was published"), "{told}");
}

#[test]
fn approvals_of_others_and_of_other_contents_do_not_count() {
    let Some(story) = Story::new() else { return };
    let project = story.project();
    story.clear();
    // in the name of Bob, by the key of Ann
    story.approve("bob@alpha.example", "ann");
    story.is_refused(
        "PUB-001",
        "is signed with a key of member:alpha, ann@alpha.example, not of bob@alpha.example",
    );
    story.script("bob", "git commit --quiet --allow-empty -S -m 'I approve'");
    story.is_refused("PUB-001", "is signed with a key of");
    // not committed
    let text = read(project, &format!("{SCRUBBED}.approval.yaml"));
    write(project, &format!("{SCRUBBED}.approval.yaml"), format!("{text}# looked at\n"));
    story.is_refused("PUB-001", "it is not committed as it stands");
    story.script("bob", "git commit --quiet --all -S -m 'I approve'");
    assert!(share(project, &["plan", SCRUBBED, "--to", "public"]).code == 0);
    // what is changed afterwards was neither scrubbed nor approved, nor is it where the report is changed
    let report = read(project, "sharing/public/scrub-report.json");
    write(project, "sharing/public/scrub-report.json", report.replace("\"limits\"", "\"limit\""));
    story.is_refused("PUB-001", "the report of its scrubbing has changed since it was approved");
    write(project, "sharing/public/scrub-report.json", &report);
    let document = read(project, SCRUBBED);
    write(project, SCRUBBED, document.replace("Passwords", "Pass words"));
    story.is_refused("PUB-001", "it was changed since `scrub-report.json` was made");
    story.is_refused("PUB-001", "the document has changed since it was approved");
    write(project, SCRUBBED, &document);
    write(project, "sharing/public/scrub-report.json", report.replace("\"rules\": ", "\"rules\": 100"));
    story.is_refused("PUB-001", "was made by rules 100");
    std::fs::remove_file(project.join("sharing/public/scrub-report.json")).unwrap();
    story.is_refused("PUB-001", "no `scrub-report.json` lies beside it");
}

#[test]
fn a_scrubbed_incident_goes_to_a_working_group_once_it_is_resolved() {
    let Some(story) = Story::new() else { return };
    let project = story.project();
    write(project, "sharing/groups/mail.yaml", "title: Mail\npersons: [kim@uni.example]\n");
    story.clear();
    let to = ["--to", "group:mail", "-o", "group"];
    // the one that is not scrubbed does not
    let told = share(project, &[&["build", SOURCE][..], &to].concat()).exits(4).err;
    assert!(told.contains("does not allow group:mail"), "{told}");
    share(project, &[&["build", SCRUBBED][..], &to].concat()).exits(0);
    let open = read(project, SCRUBBED).replace("status: resolved", "status: in-progress");
    write(project, SCRUBBED, open);
    let told = share(project, &["build", SCRUBBED, "--to", "group:mail", "-o", "open"]).exits(4).err;
    assert!(told.contains("GRP-001") && told.contains("is not a resolved incident"), "{told}");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let Some(story) = Story::new() else { return };
    let project = story.project();
    story.clear();
    story.approve("bob@alpha.example", "bob");
    write(project, "site/photo.txt", "mine\n");
    let told = story.publish().exits(2).err;
    assert!(told.contains("PB1064") && !project.join("site/index.html").exists(), "{told}");
    std::fs::remove_dir_all(project.join("site")).unwrap();
    let policy = read(project, "sharing/policy.yaml");
    write(project, "sharing/policy.yaml", policy.replace("https://", "http://"));
    let told = story.publish().exits(2).err;
    assert!(told.contains("no address of https"), "{told}");
    let without = policy.split("publication:").next().unwrap();
    write(project, "sharing/policy.yaml", without);
    assert!(story.publish().exits(2).err.contains("has no `publication`"));
}
