//! Repositories that tests make, the same everywhere.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use probity_project::git::Repository;

/// A folder with a repository, deleted after the test.
pub(crate) struct Repo {
    folder: tempfile::TempDir,
}

impl Repo {
    /// An empty folder.
    pub(crate) fn nowhere() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A repository without commits.
    pub(crate) fn empty(options: &[&str]) -> Self {
        let repo = Self::nowhere();
        repo.git(&[&["init", "--quiet", "--initial-branch=main"], options].concat());
        repo
    }

    /// A repository with a commit for each of these texts of the file `f`.
    pub(crate) fn of(texts: &[&str]) -> Self {
        let repo = Self::empty(&[]);
        for (at, text) in texts.iter().enumerate() {
            repo.write("f", text);
            repo.commit(&format!("c{at}"));
        }
        repo
    }

    /// A clone of another one.
    pub(crate) fn clone_of(origin: &Self, options: &[&str]) -> Self {
        origin.git(&["config", "uploadpack.allowFilter", "true"]);
        let repo = Self::nowhere();
        let url = format!("file://{}", origin.path().display());
        repo.git(&[&["clone", "--quiet"], options, &[&url, "."]].concat());
        repo
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub(crate) fn opened(&self) -> Repository {
        Repository::discover(self.path()).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        std::fs::create_dir_all(self.join(path).parent().unwrap()).unwrap();
        std::fs::write(self.join(path), text).unwrap();
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
    }

    /// What git prints.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        self.git_with(args, Stdio::null())
    }

    pub(crate) fn git_with(&self, args: &[&str], input: Stdio) -> String {
        let done = self.run(args, input);
        assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    }

    /// Whether git does it.
    pub(crate) fn can(&self, args: &[&str]) -> bool {
        self.run(args, Stdio::null()).status.success()
    }

    fn run(&self, args: &[&str], input: Stdio) -> Output {
        Command::new("git")
            .args([
                "-c",
                "user.name=Tester",
                "-c",
                "user.email=tester@example.org",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(args)
            .current_dir(self.path())
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
            .envs([
                ("GIT_COMMITTER_DATE", "2026-11-20T10:00:00Z"),
                ("GIT_AUTHOR_DATE", "2026-11-20T10:00:00Z"),
            ])
            .env_remove("GIT_DIR")
            .stdin(input)
            .output()
            .unwrap()
    }
}
