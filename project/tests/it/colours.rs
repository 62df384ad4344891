//! Changes of colour, true and forged.

use probity_diagnostics::{DiskTree, TreePath};
use probity_project::sharing::Colours;
use probity_sharing::Stop;
use rstest::rstest;

use crate::keys::{Keyring, has_ssh_keygen};
use crate::repo::Repo;

const FILE: &str = "sharing/a.yaml";

/// A repository with a document of alpha, which is AMBER; alpha and beta have keys, and a registrar keeps them.
struct Story {
    repo: Repo,
    keys: Keyring,
}

impl Story {
    fn new() -> Self {
        let story =
            Self { repo: Repo::empty(&[]), keys: Keyring::of(&["alpha", "beta", "registrar", "mallory"]) };
        let lines = [
            story.keys.line("alpha", "member:alpha", ""),
            story.keys.line("beta", "member:beta", ""),
            story.keys.line("registrar", "registrar", ""),
        ];
        story.repo.write("allowed", &lines.join("\n"));
        story.repo.commit("keys");
        story.write("TLP:AMBER");
        story.repo.commit("an incident");
        story
    }

    fn write(&self, label: &str) {
        self.write_as(label, "alpha");
    }

    fn write_as(&self, label: &str, originator: &str) {
        self.repo.write(
            FILE,
            &format!("marking: {label}\noriginator: {originator}\ntitle: somebody scans our networks\n"),
        );
    }

    /// The file of allowed signers with one more line, by which mallory is alpha.
    fn allow_mallory(&self) {
        let known = std::fs::read_to_string(self.repo.join("allowed")).unwrap();
        self.repo.write("allowed", &format!("{known}\n{}", self.keys.line("mallory", "member:alpha", "")));
    }

    /// Makes the document GREEN, in a commit of somebody that says so.
    fn turn_green(&self, signer: &str) {
        self.write("TLP:GREEN");
        self.keys.commit(signer, &self.repo, &message(FILE, "TLP:AMBER", "TLP:GREEN", "alpha agreed"));
    }

    /// What comes of the history: the colour and the changes, or why it is refused.
    fn outcome_of(&self, file: &str) -> String {
        let repository = self.repo.opened();
        let head = repository.resolve("HEAD").unwrap();
        let path = |text| TreePath::parse(text).unwrap();
        let colours = Colours::new(&repository, head, path("allowed"), None, "alpha");
        match colours.verify(&path(file)) {
            Ok(None) => "not committed".to_owned(),
            Ok(Some((label, changes))) => {
                let changes: Vec<String> =
                    changes.iter().map(|one| format!("{} {} {}", one.from, one.to, one.reason)).collect();
                [vec![label.to_string()], changes].concat().join(", ")
            }
            Err(Stop::Refused(refusals)) => {
                assert_eq!(refusals[0].rule.id, "TLP-005");
                refusals[0].message.clone()
            }
            Err(Stop::Unreadable(findings)) => panic!("{findings:?}"),
        }
    }

    #[track_caller]
    fn is(&self, says: &str) {
        let outcome = self.outcome_of(FILE);
        assert!(outcome.ends_with(says), "{outcome}\nnot\n{says}");
    }
}

fn message(file: &str, from: &str, to: &str, reason: &str) -> String {
    format!("Change a colour\n\nTLP-Document: {file}\nTLP-From: {from}\nTLP-To: {to}\nTLP-Reason: {reason}")
}

#[test]
fn the_originator_changes_a_colour() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.is("TLP:AMBER");
    story.turn_green("alpha");
    story.is("TLP:GREEN, TLP:AMBER TLP:GREEN alpha agreed");
    // what does not touch the colour needs no signature
    let text = std::fs::read_to_string(story.repo.join(FILE)).unwrap();
    story.repo.write(FILE, &format!("{text}status: resolved\n"));
    story.repo.commit("resolved");
    story.is("TLP:GREEN, TLP:AMBER TLP:GREEN alpha agreed");
    story.write("TLP:RED");
    story.keys.commit("alpha", &story.repo, &message(FILE, "TLP:GREEN", "TLP:RED", "it goes on"));
    story.is("TLP:RED, TLP:GREEN TLP:RED it goes on, TLP:AMBER TLP:GREEN alpha agreed");
    assert_eq!(story.outcome_of("sharing/b.yaml"), "not committed");
}

#[rstest]
#[case::unsigned("", "TLP:GREEN", &message(FILE, "TLP:AMBER", "TLP:GREEN", "r"), "is not signed")]
#[case::stricter_unsigned("", "TLP:RED", &message(FILE, "TLP:AMBER", "TLP:RED", "r"), "is not signed")]
#[case::another_member(
    "beta", "TLP:GREEN", &message(FILE, "TLP:AMBER", "TLP:GREEN", "r"),
    "is signed with a key of member:beta, not of alpha"
)]
#[case::a_stranger(
    "mallory", "TLP:GREEN", &message(FILE, "TLP:AMBER", "TLP:GREEN", "r"),
    "is signed with a key that was not allowed before it"
)]
#[case::no_trailers("alpha", "TLP:GREEN", "Change a colour", "has no trailer `TLP-Document`")]
#[case::trailers_in_the_text(
    "alpha", "TLP:GREEN", &format!("{}\n\nMore text.", message(FILE, "TLP:AMBER", "TLP:GREEN", "r")),
    "has no trailer `TLP-Document`"
)]
#[case::another_document(
    "alpha", "TLP:GREEN", &message("sharing/b.yaml", "TLP:AMBER", "TLP:GREEN", "r"),
    "has a trailer `TLP-Document` of another document"
)]
#[case::another_colour_before(
    "alpha", "TLP:GREEN", &message(FILE, "TLP:RED", "TLP:GREEN", "r"),
    "has a trailer `TLP-From` that is not TLP:AMBER"
)]
#[case::another_colour_since(
    "alpha", "TLP:CLEAR", &message(FILE, "TLP:AMBER", "TLP:GREEN", "r"),
    "has a trailer `TLP-To` that is not TLP:CLEAR"
)]
#[case::two_reasons(
    "alpha", "TLP:GREEN", &format!("{}\nTLP-Reason: s", message(FILE, "TLP:AMBER", "TLP:GREEN", "r")),
    "has several trailers `TLP-Reason`"
)]
fn a_forged_change_is_refused(
    #[case] signer: &str,
    #[case] label: &str,
    #[case] message: &str,
    #[case] says: &str,
) {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.write(label);
    match signer {
        "" => story.repo.commit(message),
        signer => story.keys.commit(signer, &story.repo, message),
    }
    story.is(says);
}

#[test]
fn an_empty_reason_is_none() {
    if !has_ssh_keygen() {
        return;
    }
    for reason in ["", "  "] {
        let story = Story::new();
        story.write("TLP:GREEN");
        story.keys.commit("alpha", &story.repo, &message(FILE, "TLP:AMBER", "TLP:GREEN", reason));
        let outcome = story.outcome_of(FILE);
        assert!(outcome.ends_with("trailer `TLP-Reason`"), "{outcome}");
    }
}

#[test]
fn a_rebase_that_drops_trailer_or_signature_is_refused() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.turn_green("alpha");
    story.repo.git(&[
        "commit",
        "--quiet",
        "--amend",
        "--no-gpg-sign",
        "-m",
        &message(FILE, "TLP:AMBER", "TLP:GREEN", "r"),
    ]);
    story.is("is not signed");
    story.keys.sign_with(
        "alpha",
        &story.repo,
        &["commit", "--quiet", "--amend", "-S", "-m", "Change a colour"],
    );
    story.is("has no trailer `TLP-Document`");
}

#[test]
fn a_signature_does_not_fit_another_commit() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.turn_green("alpha");
    let commit = story.repo.git(&["cat-file", "commit", "HEAD"]);
    story.repo.write(".git/forged", &commit.replace("alpha agreed", "everybody agreed"));
    let forged = story.repo.git(&["hash-object", "-t", "commit", "-w", ".git/forged"]);
    story.repo.git(&["reset", "--quiet", "--hard", &forged]);
    story.is("has a wrong signature");
}

#[test]
fn a_key_counts_from_the_commit_after_the_registrars() {
    if !has_ssh_keygen() {
        return;
    }
    // in the commit that it signs
    let story = Story::new();
    story.allow_mallory();
    story.turn_green("mallory");
    story.is("is signed with a key that was not allowed before it");
    // before it, by nobody, or by a member that is no registrar
    for (signer, says) in
        [("", "which changes the allowed signers, is not signed"), ("beta", "not of a registrar")]
    {
        let story = Story::new();
        story.allow_mallory();
        match signer {
            "" => story.repo.commit("a key"),
            signer => story.keys.commit(signer, &story.repo, "a key"),
        }
        story.turn_green("mallory");
        story.is(says);
    }
    // before it, by the registrar
    let story = Story::new();
    story.allow_mallory();
    story.keys.commit("registrar", &story.repo, "a key");
    story.turn_green("mallory");
    story.is("TLP:GREEN, TLP:AMBER TLP:GREEN alpha agreed");
    // deleted and begun anew
    let story = Story::new();
    story.repo.git(&["rm", "--quiet", "allowed"]);
    story.repo.commit("no keys");
    story.repo.write("allowed", &story.keys.line("mallory", "member:alpha,registrar", ""));
    story.repo.commit("keys");
    story.turn_green("mallory");
    story.is("which changes the allowed signers, is not signed");
}

#[test]
fn a_branch_with_keys_of_its_own_brings_nothing() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.repo.git(&["checkout", "--quiet", "--orphan", "foreign"]);
    story.repo.write("allowed", &story.keys.line("mallory", "member:alpha,registrar", ""));
    story.repo.commit("keys");
    story.write("TLP:AMBER");
    story.repo.commit("the same incident");
    story.turn_green("mallory");
    story.repo.git(&["checkout", "--quiet", "main"]);
    story.repo.git(&[
        "merge",
        "--quiet",
        "--allow-unrelated-histories",
        "-X",
        "theirs",
        "-m",
        "merged",
        "foreign",
    ]);
    let outcome = story.outcome_of(FILE);
    assert!(outcome.contains("is not signed") || outcome.contains("of its own"), "{outcome}");
}

#[test]
fn another_originator_is_named_by_the_first_one_only() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.write_as("TLP:AMBER", "beta");
    story.repo.commit("it is beta's");
    story.is("is not signed");
    let story = Story::new();
    story.write_as("TLP:GREEN", "beta");
    story.keys.commit("beta", &story.repo, &message(FILE, "TLP:AMBER", "TLP:GREEN", "it is ours"));
    story.is("is signed with a key of member:beta, not of alpha");
    let story = Story::new();
    story.write_as("TLP:AMBER", "beta");
    story.keys.commit("alpha", &story.repo, "it was beta's");
    story.is("TLP:AMBER");
}

#[test]
fn a_document_is_followed_by_its_names() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.repo.git(&["mv", FILE, "sharing/b.yaml"]);
    story.repo.commit("another name");
    assert_eq!(story.outcome_of("sharing/b.yaml"), "TLP:AMBER");
    // another name and another colour at once
    let story = Story::new();
    let text = std::fs::read_to_string(story.repo.join(FILE)).unwrap();
    story.repo.git(&["rm", "--quiet", FILE]);
    story.repo.write("sharing/b.yaml", &text.replace("AMBER", "CLEAR"));
    story.repo.commit("another name");
    assert!(story.outcome_of("sharing/b.yaml").ends_with("is not signed"));
    // gone, and there again
    let story = Story::new();
    story.write("TLP:RED");
    story.keys.commit("alpha", &story.repo, &message(FILE, "TLP:AMBER", "TLP:RED", "it goes on"));
    story.repo.git(&["rm", "--quiet", FILE]);
    story.repo.commit("gone");
    story.write("TLP:AMBER");
    story.repo.commit("there again");
    story.is("is not signed");
}

#[test]
fn the_sidecar_has_a_history_too() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.repo.write("sharing/hosts.csv", "address\n192.0.2.1\n");
    story.repo.commit("hosts");
    story.repo.write("sharing/hosts.csv.marking.yaml", "marking: TLP:CLEAR\n");
    story.repo.commit("for everybody");
    assert!(story.outcome_of("sharing/hosts.csv").ends_with("is not signed"));
}

#[test]
fn what_begins_wider_than_amber_is_signed() {
    if !has_ssh_keygen() {
        return;
    }
    for (signer, says) in [
        ("", "is not signed"),
        ("beta", "is signed with a key of member:beta, not of alpha"),
        ("alpha", "TLP:CLEAR, TLP:AMBER TLP:CLEAR begun"),
    ] {
        let story = Story::new();
        story.repo.write("sharing/new.yaml", "marking: TLP:CLEAR\noriginator: alpha\nother: text\n");
        match signer {
            "" => story.repo.commit("begun"),
            signer => story.keys.commit(signer, &story.repo, "begun"),
        }
        let outcome = story.outcome_of("sharing/new.yaml");
        assert!(outcome.ends_with(says), "{outcome}");
    }
    let story = Story::new();
    story.repo.git(&["checkout", "--quiet", "--orphan", "first"]);
    story.write("TLP:CLEAR");
    story.keys.commit("alpha", &story.repo, "all at once");
    story.is("is the first one: no key was known before it");
}

#[test]
fn merges_keep_the_colour_that_a_side_changed_it_to() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.repo.git(&["branch", "old"]);
    story.write("TLP:RED");
    story.keys.commit("alpha", &story.repo, &message(FILE, "TLP:AMBER", "TLP:RED", "it goes on"));
    story.repo.git(&["checkout", "--quiet", "old"]);
    story.repo.write("other", "x");
    story.repo.commit("something else");
    story.repo.git(&["checkout", "--quiet", "main"]);
    story.repo.git(&["branch", "before"]);
    story.repo.git(&["merge", "--quiet", "--no-ff", "-m", "merged", "old"]);
    story.is("TLP:RED, TLP:AMBER TLP:RED it goes on");
    // a merge that prefers the side that did not change it
    story.repo.git(&["reset", "--quiet", "--hard", "before"]);
    story.repo.git(&["merge", "--quiet", "--no-commit", "--no-ff", "old"]);
    story.repo.git(&["checkout", "--quiet", "old", "--", FILE]);
    story.repo.commit("merged");
    story.is("is not signed");
}

#[test]
fn a_shallow_clone_knows_no_beginning() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.turn_green("alpha");
    story.repo.commit("later");
    let clone = Repo::clone_of(&story.repo, &["--depth", "1"]);
    let shallow = Story { repo: clone, keys: Keyring::empty() };
    shallow.is("is where a shallow clone ends: what was before it is not known");
}

#[test]
fn a_vote_is_committed_by_the_member() {
    if !has_ssh_keygen() {
        return;
    }
    let file = "sharing/applications/epsilon/votes/beta.yaml";
    let path = TreePath::parse(file).unwrap();
    let vouched = |story: &Story| {
        let repository = story.repo.opened();
        let head = repository.resolve("HEAD").unwrap();
        let tree = DiskTree::new(story.repo.path(), "").unwrap();
        let colours = Colours::new(&repository, head, TreePath::parse("allowed").unwrap(), None, "alpha");
        colours.vouches(&tree, &path, "beta").err().unwrap_or_default()
    };
    let story = Story::new();
    story.repo.write(file, "vote: yes\n");
    assert_eq!(vouched(&story), "it is not committed as it stands");
    story.keys.commit("beta", &story.repo, "our vote");
    assert_eq!(vouched(&story), "");
    // another one changes it
    story.repo.write(file, "vote: no\n");
    assert_eq!(vouched(&story), "it is not committed as it stands");
    story.keys.commit("alpha", &story.repo, "their vote");
    assert!(vouched(&story).ends_with("is signed with a key of member:alpha, not of beta"));
    // a merge brings back what the member has withdrawn
    let story = Story::new();
    story.repo.write(file, "vote: yes\n");
    story.keys.commit("beta", &story.repo, "our vote");
    story.repo.git(&["branch", "old"]);
    story.repo.write(file, "vote: no\n");
    story.keys.commit("beta", &story.repo, "we have thought again");
    story.repo.git(&["checkout", "--quiet", "old"]);
    story.repo.write("other", "x");
    story.repo.commit("something else");
    story.repo.git(&["checkout", "--quiet", "main"]);
    story.repo.git(&["merge", "--quiet", "--no-commit", "--no-ff", "old"]);
    story.repo.git(&["checkout", "--quiet", "old", "--", file]);
    story.repo.commit("merged");
    assert_eq!(vouched(&story), "a merge took up an older version of it");
}
