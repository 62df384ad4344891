//! Revisions are read from the object store.

use std::fmt::Write as _;
use std::process::Stdio;

use probity_diagnostics::{FileTree, Sha256Digest, TreePath};
use probity_project::GitTree;
use probity_project::git::{Change, ChangeKind, Repository, Walk};

use crate::repo::Repo;

fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

fn shown(changes: &[Change]) -> Vec<String> {
    let name = |side: &Option<(TreePath, _)>| side.as_ref().map(|(path, _)| path.to_string());
    let line = |change: &Change| match (change.kind, name(&change.before), name(&change.after)) {
        (ChangeKind::Moved, Some(before), Some(after)) => format!("moved {before} -> {after}"),
        (kind, before, after) => format!("{kind:?} {}", after.or(before).unwrap()).to_lowercase(),
    };
    changes.iter().map(line).collect()
}

#[test]
fn changes_are_those_between_two_trees() {
    let repo = Repo::empty(&[]);
    for name in ["a/same", "a/b/changed", "a/b/gone", "a/moved", "other/changed"] {
        repo.write(name, name);
    }
    repo.commit("first");
    repo.git(&["mv", "a/moved", "a/b/here"]);
    repo.git(&["rm", "--quiet", "a/b/gone"]);
    repo.write("a/b/changed", "anew");
    repo.write("a/new", "new");
    repo.write("other/changed", "anew");
    repo.commit("second");
    let opened = repo.opened();
    let (first, second) = (opened.resolve("HEAD~1").unwrap(), opened.resolve("HEAD").unwrap());
    assert_eq!(
        shown(&opened.changes(&first, &second, &path("a")).unwrap()),
        ["modified b/changed", "deleted b/gone", "moved moved -> b/here", "added new"]
    );
    assert_eq!(opened.changes_of(&second, &path("other")).unwrap().len(), 1);
    assert_eq!(opened.changes_of(&first, &TreePath::root()).unwrap().len(), 5);
    assert!(opened.changes(&second, &second, &TreePath::root()).unwrap().is_empty());
    assert!(opened.changes(&first, &second, &path("nowhere")).unwrap().is_empty());
}

#[test]
fn a_file_that_becomes_a_folder_is_gone_and_its_files_are_new() {
    let repo = Repo::of(&["file"]);
    repo.git(&["rm", "--quiet", "f"]);
    repo.write("f/inside", "new");
    repo.commit("folder");
    let opened = repo.opened();
    let changes = opened.changes_of(&opened.resolve("HEAD").unwrap(), &TreePath::root()).unwrap();
    assert_eq!(shown(&changes), ["deleted f", "added f/inside"]);
}

#[test]
fn ranges_have_two_sides() {
    let repo = Repo::of(&["1", "2"]);
    repo.git(&["checkout", "--quiet", "-b", "side", "HEAD~1"]);
    repo.write("g", "side");
    repo.commit("side");
    let opened = repo.opened();
    let id = |rev: &str| opened.resolve(rev).unwrap().id;
    let sides = |text: &str| {
        let range = opened.range(text).unwrap();
        (range.base.id, range.head.map(|head| head.id))
    };
    assert_eq!(sides("main..side"), (id("main"), Some(id("side"))));
    assert_eq!(sides("main...side"), (id("main~1"), Some(id("side"))));
    assert_eq!(sides("main.."), (id("main"), Some(id("side"))));
    assert_eq!(sides("..main"), (id("side"), Some(id("main"))));
    assert_eq!(sides("main"), (id("main"), None));
}

#[test]
fn commits_say_who_when_and_what() {
    let repo = Repo::empty(&[]);
    repo.git(&[
        "commit",
        "--quiet",
        "--allow-empty",
        "-m",
        "Say\nit\n\nand why",
        "--author",
        "Zoë <z@example.org>",
    ]);
    let commit = repo.opened().resolve("HEAD").unwrap();
    assert_eq!((commit.author.as_str(), commit.summary.as_str()), ("Zoë", "Say it"));
    assert_eq!(commit.time.to_string(), "2026-11-20T10:00:00Z");
    assert_eq!(commit.id.to_string(), repo.git(&["rev-parse", "HEAD"]));
    assert!(commit.parents.is_empty());
}

#[test]
fn a_tree_is_a_file_tree_with_digests_of_content() {
    let repo = Repo::empty(&[]);
    repo.write("service/evidence/a.jsonl", "line\n");
    repo.commit("first");
    let tree = GitTree::open(&repo.join("service"), "main").unwrap();
    let file = path("evidence/a.jsonl");
    assert_eq!(tree.read(&file, 100).unwrap(), b"line\n");
    assert_eq!(tree.digest(&file).unwrap(), Sha256Digest::of(b"line\n"));
    assert_eq!(tree.digest(&file).unwrap(), Sha256Digest::of(b"line\n"));
    assert_eq!(tree.walk(&TreePath::root()).unwrap(), [file]);
}

#[test]
fn bare_repositories_and_linked_work_trees_are_read_too() {
    let repo = Repo::of(&["1", "2"]);
    let bare = Repo::clone_of(&repo, &["--bare"]);
    assert_eq!(GitTree::open(bare.path(), "main").unwrap().read(&path("f"), 9).unwrap(), b"2");
    assert_eq!(bare.opened().work_tree(), None);
    let linked = repo.join("linked");
    repo.git(&["worktree", "add", "--quiet", "--detach", "linked", "HEAD~1"]);
    let opened = Repository::discover(&linked).unwrap();
    assert_eq!(opened.resolve("HEAD").unwrap().id.to_string(), repo.git(&["rev-parse", "main~1"]));
    assert_eq!(opened.below(), &TreePath::root());
}

/// A history of 10,000 commits with a side branch every hundred, of which every thousandth changes the file in question.
#[test]
fn long_histories_are_walked_by_path() {
    let mut stream = String::new();
    for at in 1..=10_000 {
        let file = if at % 1000 == 0 { "deep/in/the/folder" } else { "elsewhere/file" };
        writeln!(stream, "commit refs/heads/main\nmark :{at}").unwrap();
        writeln!(stream, "committer T <t@example.org> {} +0000\ndata 1\nx", 1_700_000_000 + at).unwrap();
        if at > 200 && at % 100 == 0 {
            writeln!(stream, "from :{}\nmerge :{}", at - 1, at - 150).unwrap();
        }
        let text = at.to_string();
        writeln!(stream, "M 644 inline {file}\ndata {}\n{text}", text.len()).unwrap();
    }
    let repo = Repo::empty(&[]);
    let input = repo.join(".git/stream");
    std::fs::write(&input, stream).unwrap();
    repo.git_with(&["fast-import", "--quiet"], Stdio::from(std::fs::File::open(&input).unwrap()));
    let opened = repo.opened();
    let head = opened.resolve("main").unwrap();
    let paths = [path("deep/in/the/folder"), path("nowhere")];
    let found = opened.ancestors(&head, &Walk { paths: &paths, ..Walk::default() }).unwrap();
    assert_eq!(found.len(), 10);
    assert_eq!(found[0].id, head.id);
    let since = opened.resolve("main~100").unwrap();
    let walk = Walk { since: Some(&since), first_parent: true, paths: &[] };
    assert_eq!(opened.ancestors(&head, &walk).unwrap().len(), 100);
    assert_eq!(opened.ancestors(&head, &Walk::default()).unwrap().len(), 10_000);
}
