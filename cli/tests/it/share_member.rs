//! Agreements that are signed, applications, votes and suspensions, by the commands that write them.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::ran::{Ran, commit, folder, git, probity, read, write};
use crate::share::project_of;

const INCIDENT: &str = "sharing/incidents/2026/INC-1.yaml";

fn share(project: &Path, args: &[&str]) -> Ran {
    probity(project, &[&["share"], args].concat())
}

/// The repository of alpha, with keys of alpha, beta and the registrar; none where no keys can be made.
fn signed_project() -> Option<(TempDir, TempDir)> {
    let keys = folder();
    let mut lines = String::new();
    for (name, principal) in [("alpha", "member:alpha"), ("beta", "member:beta"), ("registrar", "registrar")]
    {
        let key = keys.path().join(name);
        let made =
            Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).output();
        if made.is_err() {
            println!("skipped: there is no ssh-keygen");
            return None;
        }
        lines.extend([format!("{principal} {}", read(keys.path(), &format!("{name}.pub")))]);
    }
    let place = project_of("alpha");
    let project = place.path();
    write(project, "allowed", lines);
    git(project, &["init", "--quiet", "--initial-branch=main"]);
    commit(project, "all");
    Some((place, keys))
}

/// Runs the commands that were printed, with a key.
#[track_caller]
fn run_as(key: &Path, said: &Ran, project: &Path) {
    let signing = format!("user.signingKey={}", key.display());
    let with = format!("git -c user.name=T -c user.email=t@example.org -c gpg.format=ssh -c {signing} ");
    let script = said.out.replace("git ", &with);
    let done = Command::new("sh").args(["-ec", &script]).current_dir(project).output().unwrap();
    assert!(done.status.success(), "{script}\n{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_signature_counts_in_a_commit_of_the_member() {
    let Some((place, keys)) = signed_project() else { return };
    let project = place.path();
    let key = |name: &str| keys.path().join(name);
    let to_beta = ["build", INCIDENT, "--to", "member:beta", "--reason", "r", "-o", "beta"];
    // what is only listed counts where the policy does not ask for more, and is told
    let told = share(project, &["nda", "check"]).exits(1);
    assert!(
        told.err.contains("the signature of `beta` is only listed in `sharing/nda/2026.yaml`"),
        "{}",
        told.err
    );
    assert!(told.out.contains("in force, listed"), "{}", told.out);
    let policy = read(project, "sharing/policy.yaml");
    write(project, "sharing/policy.yaml", format!("{policy}signatures: committed\n"));
    let refused = share(project, &to_beta).exits(4);
    assert!(refused.err.contains("`beta` has signed no agreement"), "{}", refused.err);
    let sign =
        ["nda", "sign", "2026", "--member", "beta", "--signer", "bob@beta.example", "--until", "2027-12-31"];
    let said = share(project, &sign).exits(0);
    let record = read(project, "sharing/nda/2026/beta.yaml");
    assert!(record.contains("signed: 2026-11-21\nuntil: 2027-12-31\nsha256: "), "{record}");
    // written, and not committed; then committed by another member
    share(project, &to_beta).exits(4);
    run_as(&key("alpha"), &said, project);
    let told = share(project, &["nda", "check"]).exits(1).err;
    assert!(told.contains("is signed with a key of member:alpha, not of beta"), "{told}");
    git(project, &["reset", "--quiet", "--soft", "HEAD~1"]);
    run_as(&key("beta"), &said, project);
    let told = share(project, &["nda", "check"]).exits(1);
    assert!(told.out.contains("in force, committed") && !told.err.contains("`beta`"), "{}", told.err);
    share(project, &to_beta).exits(0);
    // another text is another agreement
    write(project, "sharing/nda/2026/beta.yaml", record.replace("sha256: ", "sha256: 0"));
    assert!(share(project, &["nda", "check"]).exits(2).err.contains("another text was signed"));
}

#[test]
fn the_registrar_signs_for_members_where_the_policy_says_so() {
    let Some((place, keys)) = signed_project() else { return };
    let project = place.path();
    let sign =
        ["nda", "sign", "2026", "--member", "beta", "--signer", "bob@beta.example", "--until", "2027-12-31"];
    let said = share(project, &sign).exits(0);
    run_as(&keys.path().join("registrar"), &said, project);
    let policy = read(project, "sharing/policy.yaml");
    for (signatures, code) in [("committed", 4), ("registrar", 0)] {
        write(project, "sharing/policy.yaml", format!("{policy}signatures: {signatures}\n"));
        share(project, &["build", INCIDENT, "--to", "member:beta", "--reason", "r", "-o", "beta"])
            .exits(code);
    }
}

#[test]
fn what_cannot_be_signed_is_not_written() {
    let place = project_of("alpha");
    let project = place.path();
    let sign = |agreement: &str, member: &str, signer: &str, until: &str| {
        let args = ["nda", "sign", agreement, "--member", member, "--signer", signer, "--until", until];
        share(project, &args).exits(2).err
    };
    assert!(sign("2025", "beta", "b@b.example", "2027-01-01").contains("no agreement `2025`"));
    assert!(sign("2026", "zeta", "b@b.example", "2027-01-01").contains("nobody in the register"));
    assert!(sign("2026", "beta", "b@b.example", "2026-01-01").contains("before it begins"));
    assert!(sign("2026", "beta", "bob", "2027-01-01").contains("no e-mail address"));
    assert!(!project.join("sharing/nda/2026").exists());
}

#[test]
fn an_application_is_entered_voted_on_and_a_member_suspended() {
    let Some((place, keys)) = signed_project() else { return };
    let project = place.path();
    let apply = |name: &str| {
        let args = [
            "member",
            "apply",
            name,
            "--title",
            "A Shop",
            "--category",
            "other",
            "--email",
            "c@shop.example",
        ];
        share(project, &args)
    };
    let said = apply("shop").exits(0);
    assert!(said.err.contains("probity share member vote shop yes"), "{}", said.err);
    run_as(&keys.path().join("alpha"), &said, project);
    let listed = share(project, &["member", "list"]).exits(0).out;
    assert!(listed.lines().any(|line| line.starts_with("shop") && line.contains("applied")), "{listed}");
    probity(project, &["validate", "sharing/members.yaml"]).exits(0);
    // twice, under no name, and what is there stays
    let before = read(project, "sharing/members.yaml");
    assert!(apply("shop").exits(2).err.contains("has the short name of another one"));
    apply("A Shop").exits(2);
    assert_eq!(read(project, "sharing/members.yaml"), before);
    for (member, key) in [("alpha", "alpha"), ("beta", "beta")] {
        let said = share(project, &["member", "vote", "shop", "yes", "--member", member]).exits(0);
        run_as(&keys.path().join(key), &said, project);
    }
    // two of three active members
    share(project, &["member", "assess", "shop"]).exits(0);
    assert!(
        share(project, &["member", "vote", "shop", "no", "--member", "gamma"])
            .exits(2)
            .err
            .contains("no active member")
    );
    assert!(share(project, &["member", "vote", "beta", "no"]).exits(2).err.contains("does not apply"));
    let said = share(project, &["member", "suspend", "beta", "--reason", "it asked for it"]).exits(0);
    assert!(said.out.contains("git commit -S"), "{}", said.out);
    let refused =
        share(project, &["build", INCIDENT, "--to", "member:beta", "--reason", "r", "-o", "out"]).exits(4);
    assert!(refused.err.contains("`beta` is suspended"), "{}", refused.err);
    assert!(read(project, "sharing/members.yaml").contains("it asked for it"));
    // what is suspended already, and nobody
    share(project, &["member", "suspend", "beta", "--reason", "again"]).exits(2);
    share(project, &["member", "suspend", "zeta", "--reason", "r"]).exits(2);
    share(project, &["member", "suspend", "alpha", "--reason", " "]).exits(2);
}
