//! What cannot be read is refused with a code and a remedy, and the remedy helps.

use probity_diagnostics::{Diagnostic, FileTree as _, TreePath};
use probity_project::GitTree;
use probity_project::git::Repository;

use crate::repo::Repo;

fn told(finding: &Diagnostic) -> String {
    let first = format!("{} {}", finding.code.id, finding.message);
    let helps = finding.helps.iter().map(|help| format!("  help: {help}"));
    std::iter::once(first).chain(helps).collect::<Vec<_>>().join("\n")
}

fn refused<T>(result: Result<T, Diagnostic>) -> String {
    told(&result.err().unwrap())
}

fn read(repo: &Repo, rev: &str) -> Result<Vec<u8>, Diagnostic> {
    let tree = GitTree::open(repo.path(), rev)?;
    tree.read(&TreePath::parse("f").unwrap(), 1000).map_err(Diagnostic::from)
}

/// The finding without the path of the folder, which is another in every run.
fn opening(repo: &Repo) -> String {
    let folder = repo.path().canonicalize().unwrap();
    refused(Repository::discover(repo.path()))
        .replace(&repo.path().display().to_string(), "FOLDER")
        .replace(&folder.display().to_string(), "FOLDER")
}

#[test]
fn a_folder_outside_git() {
    insta::assert_snapshot!("a_folder_outside_git", opening(&Repo::nowhere()));
}

#[test]
fn unknown_revisions_with_the_name_that_was_meant() {
    let repo = Repo::of(&["1", "2"]);
    repo.git(&["tag", "v1.0"]);
    repo.git(&["branch", "release"]);
    let opened = repo.opened();
    insta::assert_snapshot!(
        "unknown_revisions_with_the_name_that_was_meant",
        refused(opened.resolve("relaese~1"))
    );
    insta::assert_snapshot!(
        "unknown_revisions_with_the_name_that_was_meant_2",
        refused(opened.resolve("v10"))
    );
    insta::assert_snapshot!(
        "unknown_revisions_with_the_name_that_was_meant_3",
        refused(opened.resolve("HEAD:f"))
    );
    insta::assert_snapshot!(
        "unknown_revisions_with_the_name_that_was_meant_4",
        refused(opened.resolve("HEAD~7"))
    );
    insta::assert_snapshot!(
        "unknown_revisions_with_the_name_that_was_meant_5",
        refused(opened.resolve("-p"))
    );
    let clone = Repo::clone_of(&repo, &[]);
    insta::assert_snapshot!(
        "unknown_revisions_with_the_name_that_was_meant_6",
        refused(clone.opened().resolve("release"))
    );
}

#[test]
fn ranges_that_are_none() {
    let opened = Repo::of(&["1"]).opened();
    insta::assert_snapshot!("ranges_that_are_none", refused(opened.range("a..b..c")));
    for text in ["", "..", "...", "a....b", "a...b..c"] {
        assert!(refused(opened.range(text)).starts_with("PB0738"), "{text}");
    }
}

#[test]
fn nothing_was_committed_yet() {
    let repo = Repo::empty(&[]);
    insta::assert_snapshot!("nothing_was_committed_yet", refused(repo.opened().resolve("HEAD")));
    let repo = Repo::of(&["1"]);
    repo.git(&["checkout", "--quiet", "--orphan", "new"]);
    insta::assert_snapshot!("nothing_was_committed_yet_2", refused(repo.opened().resolve("HEAD")));
    assert!(repo.opened().resolve("main").is_ok());
}

#[test]
fn shallow_clones_lack_the_base() {
    let origin = Repo::of(&["1", "2", "3"]);
    origin.git(&["checkout", "--quiet", "-b", "side", "HEAD~1"]);
    origin.write("f", "side");
    origin.commit("side");
    let shallow = Repo::clone_of(&origin, &["--depth=1", "--no-single-branch"]);
    let opened = shallow.opened();
    assert!(opened.is_shallow() && opened.resolve("HEAD").unwrap().parents.is_empty());
    assert_eq!(read(&shallow, "HEAD").unwrap(), b"side");
    insta::assert_snapshot!("shallow_clones_lack_the_base", refused(opened.resolve("HEAD~1")));
    insta::assert_snapshot!("shallow_clones_lack_the_base_2", refused(opened.resolve("main")));
    let finding = refused(opened.range("origin/main...HEAD"));
    assert!(finding.starts_with("PB0732"), "{finding}");
    assert!(finding.contains("git fetch --unshallow"), "{finding}");
    shallow.git(&["fetch", "--quiet", "--unshallow"]);
    assert!(shallow.opened().range("origin/main...HEAD").is_ok());
}

#[test]
fn histories_without_a_common_commit() {
    let repo = Repo::of(&["1"]);
    repo.git(&["checkout", "--quiet", "--orphan", "new"]);
    repo.write("f", "other");
    repo.commit("other");
    let finding = refused(repo.opened().range("main...new"));
    assert!(finding.starts_with("PB0739") && finding.contains("have no commit in common"), "{finding}");
}

#[test]
fn partial_clones_lack_files() {
    let origin = Repo::of(&["1", "2"]);
    let partial = Repo::clone_of(&origin, &["--filter=blob:none"]);
    assert_eq!(read(&partial, "HEAD").unwrap(), b"2");
    insta::assert_snapshot!("partial_clones_lack_files", refused(read(&partial, "HEAD~1")));
    partial.git(&["fetch", "--quiet", "--refetch", "--no-filter"]);
    assert_eq!(read(&partial, "HEAD~1").unwrap(), b"1");
    let partial = Repo::clone_of(&origin, &["--filter=tree:0"]);
    let finding = refused(read(&partial, "HEAD~1"));
    assert!(finding.starts_with("PB0733"), "{finding}");
    partial.git(&["config", "extensions.partialClone", "origin"]);
    insta::assert_snapshot!("partial_clones_lack_files_2", opening(&partial));
}

#[test]
fn objects_that_are_damaged() {
    let repo = Repo::of(&["1"]);
    let id = repo.git(&["rev-parse", "HEAD:f"]);
    std::fs::remove_file(repo.join(&format!(".git/objects/{}/{}", &id[..2], &id[2..]))).unwrap();
    insta::assert_snapshot!("objects_that_are_damaged", refused(read(&repo, "HEAD")));
}

#[test]
fn kinds_of_repositories_that_cannot_be_read() {
    insta::assert_snapshot!(
        "kinds_of_repositories_that_cannot_be_read",
        opening(&Repo::empty(&["--object-format=sha256"]))
    );
    let extended = Repo::of(&["1"]);
    extended.git(&["config", "core.repositoryformatversion", "1"]);
    extended.git(&["config", "extensions.strange", "true"]);
    insta::assert_snapshot!("kinds_of_repositories_that_cannot_be_read_2", opening(&extended));
}

/// Git writes reftables since 2.45, and turns them into files since 2.46.
#[test]
fn reftables_cannot_be_read() {
    let repo = Repo::nowhere();
    if !repo.can(&["init", "--quiet", "--ref-format=reftable"]) {
        println!("skipped: this git knows no reftable");
        return;
    }
    insta::assert_snapshot!("reftables_cannot_be_read", opening(&repo));
    if repo.can(&["refs", "migrate", "--ref-format=files"]) {
        assert!(Repository::discover(repo.path()).is_ok());
    }
}

#[cfg(unix)]
#[test]
fn repositories_of_another_user() {
    let repo = Repo::of(&["1"]);
    let chowned = std::os::unix::fs::chown(repo.path(), Some(12_345), None)
        .and_then(|()| std::os::unix::fs::chown(repo.join(".git"), Some(12_345), None));
    if chowned.is_err() {
        println!("skipped: only root can give folders away");
        return;
    }
    insta::assert_snapshot!("repositories_of_another_user", opening(&repo));
}

#[test]
fn lfs_pointers_stand_for_what_was_fetched() {
    let content = b"kept elsewhere";
    let digest = probity_diagnostics::Sha256Digest::of(content).to_string();
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 14\n");
    let repo = Repo::of(&[&pointer]);
    insta::assert_snapshot!("lfs_pointers_stand_for_what_was_fetched", refused(read(&repo, "HEAD")));
    let kept = format!(".git/lfs/objects/{}/{}/{digest}", &digest[..2], &digest[2..4]);
    repo.write(&kept, "kept elsewhere");
    assert_eq!(read(&repo, "HEAD").unwrap(), content);
    repo.write(&kept, "something else");
    assert!(refused(read(&repo, "HEAD")).contains("is damaged"));
}

#[test]
fn submodules_are_not_read() {
    let repo = Repo::of(&["1"]);
    let head = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{head},module")]);
    repo.git(&["commit", "--quiet", "-m", "module"]);
    let tree = GitTree::open(repo.path(), "HEAD").unwrap();
    assert_eq!(tree.walk(&TreePath::root()).unwrap(), [TreePath::parse("f").unwrap()]);
    let inside = TreePath::parse("module/x").unwrap();
    insta::assert_snapshot!(
        "submodules_are_not_read",
        refused(tree.read(&inside, 9).map_err(Diagnostic::from))
    );
}
