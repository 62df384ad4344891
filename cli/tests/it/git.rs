//! Real git, with the drivers that `probity git install` registers.

use std::path::Path;
use std::process::{Command, Output};

use crate::ran::{folder, probity, read, write};

/// A repository whose git knows nothing of the machine it runs on.
struct Repository {
    place: tempfile::TempDir,
    home: tempfile::TempDir,
}

impl Repository {
    /// A repository with `catalogs/house.yaml` and the drivers, in one commit.
    fn new() -> Self {
        let repository = Self { place: folder(), home: folder() };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        write(repository.folder(), "catalogs/house.yaml", CATALOG);
        repository.git(&["add", "--all"]);
        repository.install();
        repository.commit("first");
        repository
    }

    fn folder(&self) -> &Path {
        self.place.path()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder()).env_remove("GIT_DIR").envs([
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Tester"),
            ("GIT_AUTHOR_EMAIL", "tester@example.org"),
            ("GIT_COMMITTER_NAME", "Tester"),
            ("GIT_COMMITTER_EMAIL", "tester@example.org"),
            ("GIT_AUTHOR_DATE", "2026-11-20T10:00:00Z"),
            ("GIT_COMMITTER_DATE", "2026-11-20T10:00:00Z"),
            ("GIT_EDITOR", "true"),
            ("LC_ALL", "C"),
        ]);
        command.env("HOME", self.home.path()).env_remove("XDG_CONFIG_HOME");
        command.env("GIT_CONFIG_GLOBAL", self.home.path().join(".gitconfig"));
        command
    }

    fn try_git(&self, args: &[&str]) -> Output {
        self.command("git").args(args).output().unwrap()
    }

    fn git(&self, args: &[&str]) -> String {
        let done = self.try_git(args);
        let text =
            format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "git {args:?}: {text}");
        text
    }

    /// Calls the program as git and people do, as a process of its own.
    fn probity(&self, args: &[&str]) -> String {
        let done = self.command(env!("CARGO_BIN_EXE_probity")).args(args).output().unwrap();
        let text =
            format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "probity {args:?}: {text}");
        text
    }

    fn install(&self) {
        self.probity(&["git", "install"]);
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "-m", message]);
    }

    /// Changes a text of a file on a branch that begins at `main`.
    fn branch(&self, name: &str, file: &str, edits: &[(&str, &str)]) {
        self.git(&["checkout", "--quiet", "-b", name, "main"]);
        self.edit(file, edits);
        self.commit(name);
    }

    fn edit(&self, file: &str, edits: &[(&str, &str)]) {
        let mut text = read(self.folder(), file);
        for (from, to) in edits {
            assert!(text.contains(from), "{from} does not stand in {text}");
            text = text.replacen(from, to, 1);
        }
        write(self.folder(), file, text);
    }
}

const CATALOG: &str = r#"# Rules of the house.
catalog:
  uuid: 6f1d1c52-5f0a-4d0e-9a3b-0d6a4b6f1a01
  metadata:
    title: House rules
    last-modified: "2026-11-21T10:00:00Z"
    version: "1"
    oscal-version: 1.2.2
  controls:
    - id: h-1
      title: Doors
      parts:
        - id: h-1_smt
          name: statement
          prose: Doors are shut within 30 minutes.
    - id: h-2
      title: Windows # to be discussed
      parts:
        - id: h-2_smt
          name: statement
          prose: Windows too.
"#;

const HOUSE: &str = "catalogs/house.yaml";

/// Changes that git alone cannot merge: they touch neighbouring lines, and both change the date.
const OURS: &[(&str, &str)] = &[
    ("30 minutes", "10 minutes"),
    ("2026-11-21T10", "2026-11-22T10"),
    ("    - id: h-2\n", "    - id: h-1.5\n      title: Between\n    - id: h-2\n"),
];
const THEIRS: &[(&str, &str)] = &[
    ("Windows #", "All windows #"),
    ("2026-11-21T10", "2026-11-23T10"),
    ("title: Doors", "title: All doors"),
];

fn both_are_there(text: &str) {
    for said in [
        "10 minutes",
        "h-1.5",
        "All windows # to be discussed",
        "2026-11-23T10",
        "All doors",
        "# Rules of the house.",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("<<<<<<<"), "{text}");
}

#[test]
fn changes_of_neighbours_merge() {
    let repository = Repository::new();
    repository.branch("theirs", HOUSE, THEIRS);
    repository.branch("ours", HOUSE, OURS);
    repository.git(&["merge", "--quiet", "-m", "merged", "theirs"]);
    both_are_there(&read(repository.folder(), HOUSE));
    probity(repository.folder(), &["fmt", "--check", HOUSE]).exits(0);
}

#[test]
fn without_the_driver_the_same_changes_are_a_conflict() {
    let repository = Repository::new();
    repository.branch("theirs", HOUSE, THEIRS);
    repository.branch("ours", HOUSE, OURS);
    repository.probity(&["git", "uninstall"]);
    repository.git(&["checkout", "--quiet", "--", ".gitattributes"]);
    assert!(!repository.try_git(&["merge", "--quiet", "theirs"]).status.success());
    assert!(read(repository.folder(), HOUSE).contains("<<<<<<<"));
}

#[test]
fn rebase_and_cherry_pick_merge_as_well() {
    let repository = Repository::new();
    repository.branch("theirs", HOUSE, THEIRS);
    repository.branch("ours", HOUSE, OURS);
    repository.git(&["rebase", "--quiet", "theirs"]);
    both_are_there(&read(repository.folder(), HOUSE));
    repository.git(&["checkout", "--quiet", "-b", "picked", "theirs"]);
    repository.git(&["cherry-pick", "ours"]);
    both_are_there(&read(repository.folder(), HOUSE));
}

#[test]
fn one_statement_that_both_changed_is_the_only_conflict() {
    let repository = Repository::new();
    repository.branch("theirs", HOUSE, &[("30 minutes", "60 minutes"), ("title: Doors", "title: All doors")]);
    repository.branch("ours", HOUSE, &[("30 minutes", "10 minutes"), ("2026-11-21T10", "2026-11-22T10")]);
    let merged = repository.try_git(&["merge", "theirs"]);
    assert_eq!(merged.status.code(), Some(1));
    let told =
        String::from_utf8_lossy(&merged.stderr).into_owned() + &String::from_utf8_lossy(&merged.stdout);
    assert!(told.contains("`catalogs/house.yaml`: `h-1_smt`, prose: both sides changed it"), "{told}");
    let text = read(repository.folder(), HOUSE);
    let (before, after) = text.split_once("<<<<<<< ").unwrap();
    let (conflict, after) = after.split_once(">>>>>>> ").unwrap();
    assert!(before.contains("title: All doors") && before.contains("2026-11-22T10"), "{text}");
    let lines: Vec<&str> = conflict.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "          prose: Doors are shut within 10 minutes.",
            "=======",
            "          prose: Doors are shut within 60 minutes."
        ]
    );
    assert!(after.contains("Windows # to be discussed") && !after.contains("<<<"), "{text}");
    assert!(repository.git(&["status", "--short"]).contains("UU catalogs/house.yaml"));
}

#[test]
fn what_is_no_document_is_merged_as_git_does() {
    let repository = Repository::new();
    let other = "catalogs/other.yaml";
    write(repository.folder(), other, "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n");
    write(repository.folder(), "catalogs/binary.json", [0xff, 0, 1].as_slice());
    repository.commit("others");
    repository.git(&["checkout", "--quiet", "-b", "theirs"]);
    repository.edit(other, &[("a: 1", "a: 10")]);
    write(repository.folder(), "catalogs/binary.json", [0xff, 0, 2].as_slice());
    repository.commit("theirs");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.edit(other, &[("e: 5", "e: 50")]);
    repository.commit("ours");
    repository.git(&["merge", "--quiet", "-m", "merged", "theirs"]);
    assert_eq!(read(repository.folder(), other), "a: 10\nb: 2\nc: 3\nd: 4\ne: 50\n");
    repository.edit(other, &[("c: 3", "c: [")]);
    write(repository.folder(), "catalogs/binary.json", [0xff, 0, 3].as_slice());
    repository.commit("ours");
    repository.git(&["checkout", "--quiet", "theirs"]);
    repository.edit(other, &[("c: 3", "c: {")]);
    write(repository.folder(), "catalogs/binary.json", [0xff, 0, 4].as_slice());
    repository.commit("theirs");
    let merged = repository.try_git(&["merge", "main"]);
    assert_eq!(merged.status.code(), Some(1));
    let text = read(repository.folder(), other);
    assert!(text.contains("c: [") && text.contains("c: {") && text.contains("<<<<<<<"), "{text}");
    assert!(repository.git(&["status", "--short"]).contains("UU catalogs/binary.json"));
}

#[test]
fn split_folders_merge_file_by_file() {
    let repository = Repository::new();
    repository.probity(&["split", HOUSE]);
    std::fs::remove_file(repository.folder().join(HOUSE)).unwrap();
    repository.commit("split");
    let control = |id: &str| format!("control:\n  id: {id}\n  title: {id}\n");
    repository.git(&["checkout", "--quiet", "-b", "theirs"]);
    write(repository.folder(), "catalogs/house/controls/h-3.yaml", control("h-3"));
    repository.edit("catalogs/house/controls/h-1.yaml", &[("title: Doors", "title: All doors")]);
    repository.edit("catalogs/house/split.yaml", &[("2026-11-21T10", "2026-11-22T10")]);
    repository.commit("theirs");
    repository.git(&["checkout", "--quiet", "main"]);
    write(repository.folder(), "catalogs/house/controls/h-4.yaml", control("h-4"));
    repository.edit("catalogs/house/controls/h-1.yaml", &[("id: h-1\n", "id: h-1\n  class: house\n")]);
    repository.edit("catalogs/house/split.yaml", &[("2026-11-21T10", "2026-11-23T10")]);
    repository.commit("ours");
    repository.git(&["merge", "--quiet", "-m", "merged", "theirs"]);
    let whole = probity(repository.folder(), &["assemble", "catalogs/house", "--to", "json"]).exits(0).json();
    let ids: Vec<&str> =
        whole["catalog"]["controls"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["h-1", "h-2", "h-3", "h-4"]);
    assert_eq!(whole["catalog"]["controls"][0]["class"], "house");
    assert_eq!(whole["catalog"]["controls"][0]["title"], "All doors");
    assert_eq!(whole["catalog"]["metadata"]["last-modified"], "2026-11-23T10:00:00Z");
}

#[test]
fn installing_twice_is_installing_once_and_can_be_taken_back() {
    let repository = Repository::new();
    let attributes =
        || std::fs::read_to_string(repository.folder().join(".gitattributes")).unwrap_or_default();
    let once = attributes();
    assert!(once.contains("**/catalogs/**/*.yaml merge=oscal"), "{once}");
    let again = repository.probity(&["git", "install", "--repository"]);
    assert!(
        again.contains("is as it should be") && again.contains("merge.oscal.driver is set already"),
        "{again}"
    );
    assert_eq!(attributes(), once);
    write(repository.folder(), ".gitattributes", format!("*.png binary\n{once}*.txt text\n"));
    write(
        repository.folder(),
        "plan.json",
        r#"{"assessment-plan": {"metadata": {"oscal-version": "1.2.2"}}}"#,
    );
    repository.git(&["add", "--all"]);
    repository.install();
    assert!(attributes().contains("/plan.json merge=oscal"), "{}", attributes());
    repository.probity(&["git", "uninstall"]);
    assert_eq!(attributes(), "*.png binary\n*.txt text\n");
    assert!(repository.try_git(&["config", "--get-regexp", "oscal"]).stdout.is_empty());
    assert!(repository.probity(&["git", "uninstall"]).contains("as it should be"));
}

#[test]
fn the_drivers_can_be_those_of_all_repositories() {
    let repository = Repository::new();
    repository.probity(&["git", "uninstall"]);
    repository.commit("uninstalled");
    let told = repository.probity(&["git", "install", "--global"]);
    assert!(told.contains(".config/git/attributes"), "{told}");
    let attribute = repository.git(&["check-attr", "merge", "deep/catalogs/x/y.json"]);
    assert!(attribute.contains("merge: oscal"), "{attribute}");
    repository.branch("theirs", HOUSE, THEIRS);
    repository.branch("ours", HOUSE, OURS);
    repository.git(&["merge", "--quiet", "-m", "merged", "theirs"]);
    both_are_there(&read(repository.folder(), HOUSE));
    repository.probity(&["git", "uninstall", "--global"]);
    assert!(!repository.home.path().join(".config/git/attributes").exists());
}

#[test]
fn outside_of_a_repository_nothing_is_installed() {
    let place = folder();
    let refused = probity(place.path(), &["git", "install"]).exits(2);
    assert!(refused.err.contains("there is no work tree of git here"), "{}", refused.err);
}

/// What `git diff` prints.
fn shown(repository: &Repository, args: &[&str]) -> String {
    repository.git(&[&["-c", "color.ui=never", "--no-pager", "diff"], args].concat())
}

#[test]
fn git_diff_speaks_of_controls() {
    let repository = Repository::new();
    repository.edit(HOUSE, &[("30 minutes", "10 minutes"), ("2026-11-21T10", "2026-11-22T10")]);
    write(repository.folder(), "catalogs/other.yaml", "a: 1\n");
    repository.git(&["add", "--intent-to-add", "catalogs/other.yaml"]);
    let text = shown(&repository, &[]);
    assert!(text.contains("h-1") && text.contains("[-30-]") && text.contains("{+10+}"), "{text}");
    assert!(!text.contains("last-modified"), "{text}");
    // what is no document is compared as git does
    assert!(text.contains("+++ b/catalogs/other.yaml\n@@") && text.contains("+a: 1"), "{text}");
    let lines = shown(&repository, &["--no-ext-diff", "--", HOUSE]);
    assert!(lines.contains("-          prose: Doors are shut within 30 minutes."), "{lines}");
    repository.commit("changed");
    let ranged = shown(&repository, &["HEAD~1", "HEAD", "--", HOUSE]);
    assert!(ranged.contains("{+10+}"), "{ranged}");
    let log = repository.git(&["--no-pager", "log", "-1", "-p", "--ext-diff", "--format=%s", "--", HOUSE]);
    assert!(log.contains("{+10+}"), "{log}");
}

#[test]
fn git_diff_knows_pieces_renames_and_what_is_gone() {
    let repository = Repository::new();
    repository.probity(&["split", HOUSE]);
    std::fs::remove_file(repository.folder().join(HOUSE)).unwrap();
    repository.commit("split");
    repository.edit("catalogs/house/controls/h-1.yaml", &[("30 minutes", "10 minutes")]);
    std::fs::remove_file(repository.folder().join("catalogs/house/controls/h-2.yaml")).unwrap();
    let text = shown(&repository, &[]);
    assert!(text.contains("catalogs/house/controls/h-1.yaml") && text.contains("{+10+}"), "{text}");
    assert!(text.contains("catalogs/house/controls/h-2.yaml") && text.contains("Windows"), "{text}");
    let whole = probity(repository.folder(), &["diff", "HEAD"]).exits(0).out;
    assert!(whole.contains("catalogs/house") && whole.contains("{+10+}") && whole.contains("h-2"), "{whole}");
    assert!(!whole.contains("h-1.yaml"), "{whole}");
    repository.git(&["checkout", "--quiet", "--", "."]);
    repository.git(&["mv", "catalogs/house", "catalogs/home"]);
    repository.edit("catalogs/home/controls/h-1.yaml", &[("30 minutes", "10 minutes")]);
    let moved = shown(&repository, &["-M", "HEAD"]);
    assert!(moved.contains("catalogs/home/controls/h-1.yaml") && moved.contains("{+10+}"), "{moved}");
}
