//! `probity share`: what is refused, what is written, and what git shows of colours.

use std::path::Path;
use std::process::Command;

use probity_diagnostics::Sha256Digest;
use tempfile::TempDir;

use crate::ran::{Ran, folder, probity, read, write};

const INCIDENT: &str = "sharing/incidents/2026/INC-1.yaml";

/// The register, with a key of alpha's among the allowed signers where one could be made.
const MEMBERS: &str = r#"component-definition:
  uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a001
  metadata:
    title: Members
    last-modified: 2026-11-01T00:00:00Z
    version: "1"
    oscal-version: 1.2.2
    parties:
"#;

pub(crate) fn member(number: u8, name: &str, changes: &[(&str, &str)]) -> String {
    let prop = |name: &str, value: &str, class: &str| {
        format!(
            "          - {{name: {name}, ns: \"https://w3id.org/probity/oscal/1\", value: {value}{class}}}\n"
        )
    };
    let changes: String =
        changes.iter().map(|(day, to)| prop("member-status", day, &format!(", class: {to}"))).collect();
    format!(
        "      - uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a0{number}\n        type: organization\n        name: {name}\n        \
         short-name: {name}\n        props:\n{}{changes}        email-addresses: [cert@{name}.example]\n",
        prop("category", "cloud-provider", "")
    )
}

/// The project of a member, with an incident of alpha's.
pub(crate) fn project_of(us: &str) -> TempDir {
    let place = folder();
    let project = place.path();
    write(
        project,
        "probity.toml",
        "[system]\nname = \"Alpha\"\n\n[signing]\nallowed-signers = \"allowed\"\n",
    );
    write(
        project,
        "sharing/policy.yaml",
        format!("member: {us}\nprofile: cloudcert-2012\nsender: cert@{us}.example\n"),
    );
    let members = [
        member(11, "alpha", &[("2026-01-01", "active")]),
        member(12, "beta", &[("2026-01-01", "active")]),
        member(13, "gamma", &[("2026-01-01", "active"), ("2026-11-01", "suspended")]),
        member(14, "delta", &[("2026-01-01", "active")]),
    ];
    write(project, "sharing/members.yaml", format!("{MEMBERS}{}", members.concat()));
    let agreement = "What is shared is kept to its colour.\n";
    write(project, "sharing/nda/text.md", agreement);
    let signed = |name: &str, until: &str| {
        format!("  - {{member: {name}, signer: a@{name}.example, signed: 2026-01-01, until: {until}}}\n")
    };
    let signatures =
        [signed("alpha", "2026-12-31"), signed("beta", "2026-12-31"), signed("delta", "2026-10-01")];
    let digest = Sha256Digest::of(agreement.as_bytes());
    write(
        project,
        "sharing/nda/2026.yaml",
        format!("title: Agreement\ntext: text.md\nsha256: {digest}\nsignatures:\n{}", signatures.concat()),
    );
    write(project, INCIDENT, "marking: TLP:AMBER\noriginator: alpha\ntitle: somebody scans our networks\n");
    place
}

pub(crate) fn share(project: &Path, args: &[&str]) -> Ran {
    probity(project, &[&["share"], args].concat())
}

#[test]
fn an_amber_incident_goes_to_one_member_and_not_to_the_public() {
    let place = project_of("alpha");
    let project = place.path();
    let made = share(
        project,
        &["build", INCIDENT, "--to", "member:beta", "--reason", "same attacker", "-o", "beta"],
    );
    assert!(made.exits(0).out.contains("TLP:AMBER, 1 document for member:beta"));
    assert_eq!(read(project, "beta/documents/INC-1.TLP-AMBER.yaml"), read(project, INCIDENT));
    share(project, &["verify", "beta"]).exits(0);
    let refused = share(project, &["build", INCIDENT, "--to", "public", "-o", "public", "--format", "json"]);
    let data = &refused.exits(4).json()["refused"][0];
    assert_eq!(data["rule"], "TLP-002");
    assert_eq!((&data["document"], &data["colour"]), (&INCIDENT.into(), &"TLP:AMBER".into()));
    assert_eq!(data["audience"], "public");
    assert!(data["remedy"].as_str().unwrap().contains("TLP:CLEAR"), "{data}");
    assert!(!project.join("public").exists());
    let told = share(project, &["build", INCIDENT, "--to", "public", "-o", "public"]).exits(4).err;
    assert!(told.contains("PB1004") && told.contains("does not allow public"), "{told}");
    // a package is never added to
    share(project, &["build", INCIDENT, "--to", "member:beta", "--reason", "r", "-o", "beta"]).exits(2);
}

#[test]
fn who_is_suspended_or_whose_agreement_expired_receives_nothing() {
    let place = project_of("alpha");
    let project = place.path();
    for (name, says) in
        [("gamma", "is suspended"), ("delta", "expired on 2026-10-01"), ("zeta", "nobody in the register")]
    {
        let to = format!("member:{name}");
        let refused =
            share(project, &["build", INCIDENT, "--to", &to, "--reason", "r", "-o", "out"]).exits(4);
        assert!(refused.err.contains(says), "{}", refused.err);
        assert!(!project.join("out").exists());
    }
    let before = [
        "build",
        INCIDENT,
        "--to",
        "member:delta",
        "--reason",
        "r",
        "-o",
        "out",
        "--as-of",
        "2026-10-01T12:00:00Z",
    ];
    share(project, &before).exits(0);
    let listed = share(project, &["member", "check", "--format", "json"]).exits(1).json();
    assert_eq!(listed["members"][0]["member"], "delta");
    assert_eq!(share(project, &["member", "list"]).exits(0).out.lines().count(), 4);
}

#[test]
fn a_plan_says_who_may_and_why_others_may_not() {
    let place = project_of("alpha");
    let project = place.path();
    let plan =
        share(project, &["plan", INCIDENT, "--reason", "same attacker", "--format", "json"]).exits(0).json();
    let rows = plan["audiences"].as_array().unwrap();
    let of = |name: &str| rows.iter().find(|row| row["audience"] == name).unwrap();
    assert_eq!(of("member:beta")["allowed"], true);
    assert_eq!(of("members")["recipients"], serde_json::json!(["beta"]));
    assert_eq!(of("members")["left-out"].as_array().unwrap().len(), 2);
    assert_eq!(of("member:gamma")["refused"][0]["rule"], "MEM-001");
    assert_eq!(of("public")["refused"][0]["rule"], "TLP-002");
    let told = share(project, &["plan", INCIDENT]).exits(4).out;
    assert!(told.contains("no  member:beta") && told.contains("--reason"), "{told}");
}

#[test]
fn a_package_is_received_by_whom_it_is_for_and_goes_no_further() {
    let (alpha, beta) = (project_of("alpha"), project_of("beta"));
    let (alpha, beta) = (alpha.path(), beta.path());
    let strict = read(alpha, INCIDENT).replace("TLP:AMBER", "TLP:AMBER+STRICT");
    write(alpha, INCIDENT, strict);
    let archive = alpha.join("beta.zip");
    share(alpha, &["build", INCIDENT, "--to", "member:beta", "--reason", "same attacker", "-o", "beta.zip"])
        .exits(0);
    let archive = archive.to_str().unwrap();
    let got = share(beta, &["receive", archive, "--format", "json"]).exits(0).json();
    assert_eq!(got["receipt"]["from"], "alpha");
    let document = format!("{}/documents/INC-1.TLP-AMBER-STRICT.yaml", got["folder"].as_str().unwrap());
    assert_eq!(read(beta, &document), read(alpha, INCIDENT));
    assert_eq!(read(beta, "sharing/received/.gitignore"), "*\n");
    let onward =
        share(beta, &["build", &document, "--to", "member:alpha", "--reason", "r", "-o", "out"]).exits(4);
    assert!(onward.err.contains("which only its originator can say: ask them"), "{}", onward.err);
    let marked = share(beta, &["mark", "set", &document, "TLP:GREEN", "--reason", "r"]).exits(4);
    assert!(marked.err.contains("comes from alpha, and we are beta"), "{}", marked.err);
    // twice, and by somebody else
    share(beta, &["receive", archive]).exits(2);
    let gamma = project_of("gamma");
    let refused = share(gamma.path(), &["receive", archive]).exits(4);
    assert!(refused.err.contains("the package is not for us"), "{}", refused.err);
    // what is changed afterwards is not what was received
    write(beta, &document, read(beta, &document).replace("title", "name"));
    let forged = share(beta, &["plan", &document, "--reason", "r"]).exits(4);
    assert!(forged.err.contains("no package that was received has it so"), "{}", forged.err);
}

#[test]
fn a_mail_of_another_address_is_refused() {
    let (alpha, beta) = (project_of("alpha"), project_of("beta"));
    let (alpha, beta) = (alpha.path(), beta.path());
    let policy = read(alpha, "sharing/policy.yaml");
    write(alpha, "sharing/policy.yaml", policy.replace("cert@alpha", "newsletter@alpha"));
    let to = ["--to", "member:beta", "--reason", "same attacker", "-o", "beta.zip"];
    share(alpha, &[&["build", INCIDENT][..], &to].concat()).exits(0);
    let archive = alpha.join("beta.zip");
    let refused = share(beta, &["receive", archive.to_str().unwrap(), "--format", "json"]).exits(4).json();
    assert_eq!(refused["refused"][0]["rule"], "MEM-004", "{refused}");
    assert!(!beta.join("sharing/received").exists());
}

#[test]
fn members_are_called_by_telephone() {
    let place = project_of("alpha");
    let project = place.path();
    let members = read(project, "sharing/members.yaml");
    let mails = "email-addresses: [cert@beta.example]\n";
    let phones = format!("{mails}        telephone-numbers: [{{type: office, number: \"+49 30 901820\"}}]\n");
    write(project, "sharing/members.yaml", members.replace(mails, &phones));
    let told = share(project, &["member", "list"]).exits(0).out;
    assert!(told.lines().any(|line| line.starts_with("beta") && line.ends_with("+49 30 901820")), "{told}");
    let data = share(project, &["member", "list", "--format", "json"]).exits(0).json();
    assert_eq!(data["members"][1]["telephones"], serde_json::json!(["+49 30 901820"]));
}

#[test]
fn documents_of_two_colours_make_no_package() {
    let place = project_of("alpha");
    let project = place.path();
    write(project, "red.yaml", "marking: TLP:RED\n");
    let refused =
        share(project, &["build", INCIDENT, "red.yaml", "--to", "member:beta", "--reason", "r", "-o", "out"])
            .exits(4);
    assert!(
        refused.err.contains("TLP:AMBER `sharing/incidents/2026/INC-1.yaml` and TLP:RED `red.yaml`"),
        "{}",
        refused.err
    );
    assert!(!project.join("out").exists());
}

#[test]
fn an_applicant_is_held_against_criteria_or_votes() {
    let place = project_of("alpha");
    let project = place.path();
    let members = read(project, "sharing/members.yaml");
    let team = member(15, "team", &[("2026-11-01", "applied")]).replace("cloud-provider", "response-team");
    let shop = member(16, "shop", &[("2026-11-01", "applied")]).replace("cloud-provider", "other");
    write(project, "sharing/members.yaml", format!("{members}{team}{shop}"));
    let application = |state: &str| {
        format!(
            "assessment-results:\n  uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a101\n  metadata: {{title: t, last-modified: \
             2026-11-01T00:00:00Z, version: \"1\", oscal-version: 1.2.2}}\n  import-ap: {{href: plan.yaml}}\n  results:\n    - uuid: \
             9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a103\n      title: t\n      description: d\n      start: 2026-11-01T00:00:00Z\n      \
             reviewed-controls: {{control-selections: [{{include-all: {{}}}}]}}\n      findings:\n        - uuid: \
             9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4b001\n          title: t\n          description: d\n          target: {{type: statement-id, \
             target-id: rt-2_smt, status: {{state: {state}}}}}\n"
        )
    };
    let file = "sharing/applications/team/assessment-results.yaml";
    write(project, file, application("not-satisfied"));
    let refused = share(project, &["member", "assess", "team", "--format", "json"]).exits(4).json();
    let rules: Vec<&str> =
        refused["refused"].as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["MEM-003", "MEM-003"]);
    write(project, file, application("satisfied"));
    share(project, &["member", "assess", "team"]).exits(0);
    // a vote that nobody has committed counts for nothing
    write(project, "sharing/applications/shop/votes/beta.yaml", "vote: yes\n");
    let refused = share(project, &["member", "assess", "shop"]).exits(4).err;
    assert!(refused.contains("does not count") && refused.contains("0 of 3 active members"), "{refused}");
    share(project, &["member", "assess", "nobody"]).exits(2);
}

#[test]
fn colours_are_shown() {
    let place = project_of("alpha");
    let project = place.path();
    write(project, "notes.txt", "text\n");
    write(project, "bad.yaml", "marking: TLP:\u{410}MBER\n");
    let shown = share(project, &["mark", "show", INCIDENT, "notes.txt"]).exits(0).out;
    insta::assert_snapshot!("share_mark_show", shown);
    let refused =
        share(project, &["mark", "show", "notes.txt", "bad.yaml", "--format", "json"]).exits(4).json();
    assert_eq!(refused["documents"][0]["source"], "unmarked");
    assert_eq!(refused["refused"][0]["rule"], "TLP-008");
}

/// Runs git with the same dates and no configuration of anybody.
pub(crate) fn git(project: &Path, args: &[&str]) {
    let dates = [("GIT_COMMITTER_DATE", "2026-11-20T10:00:00Z"), ("GIT_AUTHOR_DATE", "2026-11-20T10:00:00Z")];
    let done = Command::new("git")
        .args(["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "gpg.format=ssh"])
        .args(args)
        .current_dir(project)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .envs(dates)
        .env_remove("GIT_DIR")
        .output()
        .unwrap();
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_colour_is_changed_as_the_command_says() {
    let keys = folder();
    let key = keys.path().join("alpha");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).output();
    if made.is_err() {
        println!("skipped: there is no ssh-keygen");
        return;
    }
    let place = project_of("alpha");
    let project = place.path();
    write(project, "allowed", format!("member:alpha {}", read(keys.path(), "alpha.pub")));
    git(project, &["init", "--quiet", "--initial-branch=main"]);
    git(project, &["add", "--all"]);
    git(project, &["commit", "--quiet", "-m", "all"]);
    let said = share(project, &["mark", "set", INCIDENT, "TLP:GREEN", "--reason", "it's resolved"]).exits(0);
    assert!(read(project, INCIDENT).starts_with("marking: TLP:GREEN\n"));
    // not committed, the colour is nobody's
    share(project, &["mark", "verify", INCIDENT]).exits(4);
    share(project, &["build", INCIDENT, "--to", "members", "-o", "out"]).exits(4);
    let signing = format!("user.signingKey={}", key.display());
    let script = said.out.replace(
        "git ",
        &format!("git -c user.name=T -c user.email=t@example.org -c gpg.format=ssh -c {signing} "),
    );
    let done = Command::new("sh").args(["-ec", &script]).current_dir(project).output().unwrap();
    assert!(done.status.success(), "{script}\n{}", String::from_utf8_lossy(&done.stderr));
    let verified = share(project, &["mark", "verify", INCIDENT, "--format", "json"]).exits(0).json();
    let change = &verified["documents"][0]["changes"][0];
    assert_eq!((&change["from"], &change["to"]), (&"TLP:AMBER".into(), &"TLP:GREEN".into()));
    assert_eq!(change["reason"], "it's resolved");
    share(project, &["build", INCIDENT, "--to", "members", "-o", "out"]).exits(0);
}
