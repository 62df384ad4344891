//! What a repository may hold by who reads it.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::ran::{Ran, commit, git, probity, read, write};
use crate::share::project_of;

const INCIDENT: &str = "sharing/incidents/2026/INC-1.yaml";

fn lint(project: &Path) -> Ran {
    probity(project, &["share", "lint"])
}

/// A repository with the project of alpha, whose incident is TLP:AMBER, for a circle.
fn repository_for(circle: &str) -> TempDir {
    let place = project_of("alpha");
    let project = place.path();
    let policy = read(project, "sharing/policy.yaml");
    write(project, "sharing/policy.yaml", format!("{policy}store: {{circle: \"{circle}\"}}\n"));
    git(project, &["init", "--quiet", "--initial-branch=main"]);
    place
}

/// The first ten digits of the commit that is checked out.
fn head(project: &Path) -> String {
    let ran = Command::new("git").args(["rev-parse", "--short=10", "HEAD"]).current_dir(project).output();
    String::from_utf8(ran.unwrap().stdout).unwrap().trim().to_owned()
}

#[track_caller]
fn tells(ran: Ran, says: &[&str]) {
    let told = ran.exits(1).err;
    assert!(told.contains("PB1028") && told.contains("STO-001"), "{told}");
    for one in says {
        assert!(told.contains(one), "{told}\nnot\n{one}");
    }
}

#[test]
fn a_repository_holds_what_all_who_read_it_may_see() {
    // who reads it, and whether CLEAR, GREEN, AMBER, AMBER+STRICT and RED may lie there
    let table = [
        ("persons", [true, true, true, true, true]),
        ("own", [true, true, true, true, false]),
        ("members", [true, true, false, false, false]),
        ("group:open-clouds", [true, true, false, false, false]),
        ("public", [true, false, false, false, false]),
    ];
    let labels = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"];
    for (circle, may) in table {
        let place = repository_for(circle);
        let project = place.path();
        std::fs::remove_file(project.join(INCIDENT)).unwrap();
        for (number, label) in labels.iter().enumerate() {
            write(project, &format!("sharing/{number}.yaml"), format!("marking: {label}\n"));
        }
        commit(project, "documents");
        let told = lint(project).err;
        for (number, (label, may)) in labels.iter().zip(may).enumerate() {
            let says =
                format!("`sharing/{number}.yaml` holds {label}, in a repository for {circle}: it is tracked");
            assert_eq!(told.contains(&says), !may, "{circle} {label}\n{told}");
        }
        let is_for_members = told.contains("`sharing/members.yaml` holds something for members only");
        assert_eq!(is_for_members, ["group:open-clouds", "public"].contains(&circle), "{told}");
    }
}

#[test]
fn what_was_committed_once_is_found_on_every_branch() {
    let place = repository_for("own");
    let project = place.path();
    commit(project, "all");
    assert!(lint(project).exits(0).out.contains("a repository for own"));
    // red for one commit of a branch that was given up, and tagged
    git(project, &["switch", "--quiet", "-c", "aside"]);
    write(project, "sharing/plan.yaml", "marking: TLP:RED\ntitle: whom we suspect\n");
    commit(project, "a plan");
    let first = head(project);
    write(project, "sharing/plan.yaml", "marking: TLP:AMBER\n");
    commit(project, "another colour");
    git(project, &["tag", "old"]);
    git(project, &["switch", "--quiet", "main"]);
    git(project, &["branch", "--quiet", "-D", "aside"]);
    let since = format!(
        "`sharing/plan.yaml` holds TLP:RED, in a repository for own: it is in the history since commit {first}"
    );
    let ran = lint(project);
    assert!(!ran.err.contains("whom we suspect"));
    tells(ran, &[&since, "git filter-repo"]);
    let data = probity(project, &["share", "lint", "--format", "json"]).exits(1).json();
    assert_eq!(data["store"], "own");
    assert!(data["versions"].as_u64() > data["files"].as_u64());
    git(project, &["tag", "-d", "old"]);
    lint(project).exits(0);
}

#[test]
fn a_document_that_says_a_colour_is_found_wherever_it_lies() {
    let place = repository_for("public");
    let project = place.path();
    write(project, ".gitignore", "/sharing/members.yaml\n/sharing/nda\n/sharing/incidents\n");
    write(project, "README.md", "# Code\n\nNobody marked this.\n");
    write(project, "docs/scan.pdf", "%PDF");
    commit(project, "all");
    lint(project).exits(0);
    write(project, "docs/scan.pdf.marking.yaml", "marking: TLP:GREEN\n");
    write(project, "docs/notes.md", "# Notes\n\n**TLP:AMBER**\n");
    write(
        project,
        "src/feed.json",
        r#"{"type": "indicator", "id": "indicator--1", "object_marking_refs": ["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"]}"#,
    );
    // staged is tracked: it is told before it is committed
    git(project, &["add", "--all"]);
    let says = [
        "`docs/scan.pdf` holds TLP:GREEN",
        "`docs/notes.md` holds TLP:AMBER",
        "`src/feed.json` holds TLP:RED",
    ];
    let ran = lint(project);
    assert!(!ran.err.contains("README"), "{}", ran.err);
    tells(ran, &says);
}

#[test]
fn what_was_received_what_is_scrubbed_with_and_keys_are_found() {
    let place = repository_for("members");
    let project = place.path();
    std::fs::remove_file(project.join(INCIDENT)).unwrap();
    write(project, "sharing/received/.gitignore", "*\n");
    write(project, "sharing/received/beta/1/documents/a.yaml", "marking: TLP:CLEAR\noriginator: beta\n");
    write(project, "sharing/scrub/words.txt", "Falcon\n");
    let key = ["AGE-SECRET-", "KEY-1LXFFRYHFWNZNWGFMNA6PHAVYS3F3FSKJUA2PNFJK6L5UGHU6SNYSXCUJ6R"].concat();
    write(project, "notes/old.txt", format!("key of bob: {key}\n"));
    git(project, &["add", "--force", "--all"]);
    git(project, &["commit", "--quiet", "-m", "all"]);
    let ran = lint(project);
    assert!(!ran.err.contains(&key) && !ran.err.contains("Falcon"), "{}", ran.err);
    let says = [
        "`sharing/received/beta/1/documents/a.yaml` holds something that was received",
        "`sharing/scrub/words.txt` holds something that others are scrubbed with",
        "`notes/old.txt` holds a secret key of age",
    ];
    tells(ran, &says);
    // a key is found in a repository of our own, too
    let policy = read(project, "sharing/policy.yaml").replace("\"members\"", "own");
    write(project, "sharing/policy.yaml", policy);
    let told = lint(project).exits(1).err;
    assert!(told.contains("a secret key of age") && !told.contains("words.txt"), "{told}");
}

#[test]
fn a_colour_that_cannot_be_told_is_no_colour_that_may_be_seen() {
    let place = repository_for("members");
    let project = place.path();
    write(project, INCIDENT, "marking: TLP:GREEN\n");
    write(project, &format!("{INCIDENT}.marking.yaml"), "marking: TLP:CLEAR\n");
    commit(project, "a contradiction");
    tells(lint(project), &["holds a document whose colour cannot be told"]);
}

#[test]
fn without_a_repository_or_a_store_that_there_is_nothing_is_said() {
    let place = project_of("alpha");
    let told = lint(place.path()).exits(2).err;
    assert!(told.contains("is in no git repository"), "{told}");
    let place = repository_for("everybody");
    let told = lint(place.path()).exits(2).err;
    assert!(told.contains("PB1020") && told.contains("a store is for persons, own, members"), "{told}");
}
