//! Statements that are held against signed commits.

use probity_assessment::attest::{Draft, Stated, approve, draft, from_document};
use probity_diagnostics::{DiskTree, TreePath};
use probity_oscal::model::AssessmentResults;
use probity_oscal::model::metadata::{Party, Role};
use probity_oscal::{OscalDocument, to_yaml, uuid5};
use probity_project::attest::{Scrutiny, read};
use probity_project::config;

use crate::keys::{Keyring, has_ssh_keygen};
use crate::repo::Repo;

const FILE: &str = "attestations/a.yaml";

/// A repository of a project that asks for signatures, and the keys of people.
struct Story {
    repo: Repo,
    keys: Keyring,
}

impl Story {
    /// Keys of Ada, Bob and Eve; those of Ada and Bob are allowed.
    fn new() -> Self {
        let story = Self { repo: Repo::empty(&[]), keys: Keyring::of(&["ada", "bob", "eve"]) };
        story.repo.write("probity.toml", "[signing]\nallowed-signers = \"allowed\"\n");
        story.allow(&format!("{}\n{}\n", story.line("ada", ""), story.line("bob", "")));
        story.repo.commit("the project");
        story
    }

    /// The same, with a statement of Ada that Ada has signed.
    fn told() -> Self {
        let story = Self::new();
        story.write(&statement("I looked."));
        story.commit("ada", "a statement");
        story
    }

    /// A line of the file of allowed signers.
    fn line(&self, name: &str, options: &str) -> String {
        self.keys.line(name, &format!("{name}@example.org"), options)
    }

    fn allow(&self, lines: &str) {
        self.repo.write("allowed", lines);
    }

    fn write(&self, model: &AssessmentResults) {
        let text = to_yaml(&OscalDocument::AssessmentResults(Box::new(model.clone()))).unwrap();
        self.repo.write(FILE, &text);
    }

    /// Commits everything, signed by somebody.
    fn commit(&self, name: &str, message: &str) {
        self.keys.commit(name, &self.repo, message);
    }

    /// Why the statement does not count; with keys of another revision.
    fn doubts_by(&self, signers: Option<&str>) -> Vec<String> {
        let tree = DiskTree::new(self.repo.path(), "").unwrap();
        let loaded = config::load(&tree, &TreePath::parse("probity.toml").unwrap()).unwrap().value;
        let scrutiny = Scrutiny::of(&loaded, self.repo.path(), None, signers);
        let files = read(&tree, &[TreePath::parse(FILE).unwrap()], &scrutiny).unwrap().value;
        let doubts = files[0].statements[0].doubts.iter().map(|doubt| doubt.message.clone());
        let said = scrutiny.findings.iter().map(|finding| finding.message.clone());
        said.chain(doubts).collect()
    }

    /// That there is one doubt that ends so, or none.
    #[track_caller]
    fn doubts(&self, says: &str) {
        let doubts = self.doubts_by(None);
        match says {
            "" => assert_eq!(doubts, [""; 0]),
            _ => assert!(doubts.len() == 1 && doubts[0].ends_with(says), "{says}\n{doubts:#?}"),
        }
    }
}

fn party(name: &str) -> Party {
    Party {
        uuid: uuid5(&["party", name]),
        r#type: "person".to_owned(),
        name: Some(name.to_owned()),
        email_addresses: vec![format!("{name}@example.org")],
        ..Party::default()
    }
}

/// A statement of Ada.
fn statement(reason: &str) -> AssessmentResults {
    draft(&Draft {
        system: "S",
        control: "c1",
        items: &[],
        target: None,
        outcome: Stated::Met,
        method: "EXAMINE",
        procedure: None,
        unused_types: &[],
        title: "T",
        reason,
        author: &party("ada"),
        organizations: &[],
        role: &Role { id: "attester".to_owned(), title: "Attester".to_owned(), ..Role::default() },
        stated: "2026-11-01T00:00:00Z".parse().unwrap(),
        valid_until: "2027-11-01T00:00:00Z".parse().unwrap(),
        evidence: &[],
        plan: "../build/plan.json",
    })
}

fn approved(model: &AssessmentResults) -> AssessmentResults {
    approve(model, &party("bob"), "2026-11-02T00:00:00Z".parse().unwrap(), None)
}

#[test]
fn the_author_signs() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::told();
    story.doubts("");
    // later commits by others, and another layout, change nothing
    story.repo.write("other", "x");
    story.repo.commit("something else, not signed");
    let text = std::fs::read_to_string(story.repo.join(FILE)).unwrap();
    story.repo.write(FILE, &format!("# kept\n{text}"));
    story.repo.commit("a comment");
    story.doubts("");
}

#[test]
fn what_is_not_signed_by_the_author() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.write(&statement("I looked."));
    story.doubts("the statement is not committed as it stands");
    story.repo.commit("not signed");
    story.doubts("which made the statement, is not signed");
    for (name, says) in [
        ("bob", "is signed with a key of bob@example.org, not of its author ada@example.org"),
        ("eve", "which is not among the allowed signers, not of its author ada@example.org"),
    ] {
        story.write(&statement(name));
        story.commit(name, "a statement");
        story.doubts(says);
    }
    story.write(&statement("Mine."));
    story.commit("ada", "a statement");
    story.doubts("");
    story.write(&statement("Changed in the folder."));
    story.doubts("the statement is not committed as it stands");
}

#[test]
fn an_old_signature_brings_nothing_back() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::told();
    story.repo.git(&["branch", "old"]);
    story.write(&statement("I was wrong."));
    story.commit("ada", "withdrawn");
    story.repo.git(&["branch", "withdrawn"]);
    story.doubts("");
    story.write(&statement("I looked."));
    story.repo.commit("back again");
    story.doubts("which made the statement, is not signed");
    // the same by a merge that prefers the old side, even where somebody else signs it
    story.repo.git(&["reset", "--quiet", "--hard", "withdrawn"]);
    story.repo.git(&["checkout", "--quiet", "old"]);
    story.repo.commit("goes on");
    story.repo.git(&["checkout", "--quiet", "main"]);
    story.repo.git(&["merge", "--quiet", "--no-commit", "old"]);
    story.repo.git(&["checkout", "--quiet", "old", "--", FILE]);
    story.commit("bob", "merged");
    story.doubts("is signed with a key of bob@example.org, not of its author ada@example.org");
}

#[test]
fn merges_keep_signatures() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.repo.git(&["checkout", "--quiet", "-b", "work"]);
    story.write(&statement("I looked."));
    story.commit("ada", "a statement");
    story.repo.git(&["checkout", "--quiet", "main"]);
    story.repo.write("other", "x");
    story.repo.commit("something else");
    story.repo.git(&["merge", "--quiet", "--no-ff", "-m", "merged", "work"]);
    story.doubts("");
}

#[test]
fn the_approver_signs_the_approval() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::told();
    let model = approved(&statement("I looked."));
    story.write(&model);
    story.doubts("the approval is not committed as it stands");
    story.commit("ada", "approved in the name of somebody else");
    story.doubts("is signed with a key of ada@example.org, not of its approver bob@example.org");
    story.repo.git(&["reset", "--quiet", "--hard", "HEAD~"]);
    story.write(&model);
    story.commit("bob", "approved");
    story.doubts("");
    // one key that two people are said to have
    let story = Story::new();
    let shared = story.line("ada", "").replace("ada@example.org", "ada@example.org,bob@example.org");
    story.allow(&shared);
    story.write(&statement("I looked."));
    story.commit("ada", "a statement");
    story.write(&model);
    story.commit("ada", "approved");
    story.doubts("its author and its approver have signed with the same key");
    // both at once, by the approver, is no statement of the author
    let story = Story::new();
    story.write(&model);
    story.commit("bob", "both");
    story.doubts("is signed with a key of bob@example.org, not of its author ada@example.org");
    // the address of the author is what the signature is held against
    let story = Story::told();
    let mut forged = statement("I looked.");
    forged.metadata.parties[0].email_addresses = vec!["bob@example.org".to_owned()];
    story.write(&forged);
    story.repo.commit("another address");
    story.doubts("which made the statement, is not signed");
}

#[test]
fn keys_come_from_what_was_agreed_on() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::new();
    story.repo.git(&["branch", "base"]);
    // a key in the folder is nobody's
    story.allow(&story.line("ada", "").replace("ada@", "eve@"));
    story.write(&statement("I looked."));
    story.keys.sign_with("ada", &story.repo, &["commit", "--quiet", "-S", "-m", "a statement", FILE]);
    story.doubts("");
    // a change that brings its own key
    let key = story.line("eve", "").replace("eve@", "ada@");
    story.allow(&key);
    story.write(&statement("I did not look."));
    story.commit("eve", "a statement and a key for it");
    story.doubts("");
    let by_base = story.doubts_by(Some("base"));
    assert!(by_base.len() == 1 && by_base[0].contains("not among the allowed signers"), "{by_base:#?}");
    story.repo.write("probity.toml", "[signing]\nallowed-signers = \"allowed\"\nfrom = \"base\"\n");
    story.doubts("which is not among the allowed signers, not of its author ada@example.org");
    story.repo.write("probity.toml", "[signing]\nallowed-signers = \"nowhere\"\n");
    let missing = story.doubts_by(None);
    assert!(missing.len() == 2 && missing[1].contains("signatures cannot be looked up"), "{missing:#?}");
}

#[test]
fn lines_of_allowed_signers() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::told();
    let ada = story.line("ada", "");
    let no = "not of its author ada@example.org";
    for (line, says) in [
        (story.line("ada", "namespaces=\"git\""), ""),
        (story.line("ada", "namespaces=\"file,git\""), ""),
        (story.line("ada", "namespaces=\"file\""), no),
        (story.line("ada", "valid-after=\"20000101\",valid-before=\"29991231Z\""), ""),
        (story.line("ada", "valid-before=\"20000101Z\""), no),
        (story.line("ada", "valid-after=\"299912312359\""), no),
        (ada.replace("ada@", "*@"), ""),
        (ada.replace("ada@", "ad?@"), ""),
        (ada.replace("ada@", "!ada@example.org,*@"), no),
        (ada.replace("ada@example.org", "bob@example.org,ADA@example.org"), ""),
        (ada.replace("ada@example.org", "*@example.com"), no),
        (format!("# people\n\n{ada}"), ""),
    ] {
        story.allow(&line);
        story.repo.commit("signers");
        let doubts = story.doubts_by(None);
        let fits = doubts.iter().all(|doubt| !says.is_empty() && doubt.ends_with(says))
            && doubts.is_empty() == says.is_empty();
        assert!(fits, "{line}\n{doubts:#?}");
    }
    for (line, says) in [
        (story.line("ada", "cert-authority"), "line 1 of `allowed` allows nobody: certificates are not read"),
        (
            story.line("ada", "valid-for=\"1\""),
            "line 1 of `allowed` allows nobody: there is no option `valid-for`",
        ),
        (
            "ada@example.org ssh-ed25519 AAAA".to_owned(),
            "line 1 of `allowed` allows nobody: there is no option `ssh-ed25519`",
        ),
    ] {
        story.allow(&line);
        story.repo.commit("signers");
        let doubts = story.doubts_by(None);
        assert!(doubts.len() == 2 && doubts[0].starts_with(says), "{line}\n{doubts:#?}");
    }
}

#[test]
fn kinds_of_keys() {
    if !has_ssh_keygen() {
        return;
    }
    let kinds: [&[&str]; 5] = [
        &["-t", "ecdsa", "-b", "256"],
        &["-t", "ecdsa", "-b", "384"],
        &["-t", "ecdsa", "-b", "521"],
        &["-t", "rsa", "-b", "2048"],
        &["-t", "ed25519"],
    ];
    for (at, options) in kinds.into_iter().enumerate() {
        let story = Story::new();
        let name = format!("key{at}");
        story.keys.make(&name, options);
        story.allow(&story.line(&name, "").replace(&format!("{name}@"), "ada@"));
        story.repo.commit("the key");
        story.write(&statement("I looked."));
        story.commit(&name, "a statement");
        story.doubts("");
        // the same signature over another commit
        let commit = story.repo.git(&["cat-file", "commit", "HEAD"]);
        story.repo.write(".git/forged", &commit.replace("a statement", "b statement"));
        let forged = story.repo.git(&["hash-object", "-t", "commit", "-w", ".git/forged"]);
        story.repo.git(&["reset", "--quiet", "--hard", &forged]);
        story.doubts("which made the statement, has a wrong signature");
    }
}

#[test]
fn shallow_clones_know_nothing() {
    if !has_ssh_keygen() {
        return;
    }
    let story = Story::told();
    story.repo.commit("later");
    let clone = Repo::clone_of(&story.repo, &["--depth", "1"]);
    let shallow = Story { repo: clone, keys: Keyring::empty() };
    shallow.doubts("the clone is shallow and does not hold the commit that made it");
}

/// Documents of this test are attestations.
#[test]
fn the_statement_is_understood() {
    let path = TreePath::parse(FILE).unwrap();
    assert!(from_document(&approved(&statement("I looked.")), &path).unwrap().warnings.is_empty());
}
