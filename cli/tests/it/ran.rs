//! A command that ran, and the folders it runs in.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use probity::{Pause, Surroundings, Ui, Variables};
use serde_json::Value;
use tempfile::TempDir;

/// What a command did.
pub(crate) struct Ran {
    /// The exit code.
    pub(crate) code: u8,
    /// What it printed to standard output.
    pub(crate) out: String,
    /// What it printed to standard error.
    pub(crate) err: String,
}

impl Ran {
    /// Standard output as one JSON document.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("no JSON: {e}\n{}\n{}", self.out, self.err))
    }

    /// The same, where the command ended with `code`.
    #[track_caller]
    pub(crate) fn exits(self, code: u8) -> Self {
        assert_eq!(self.code, code, "\n--- out\n{}\n--- err\n{}", self.out, self.err);
        self
    }
}

/// Runs `probity` in a folder, at noon of a fixed day, without a terminal.
pub(crate) fn probity<S: AsRef<str>>(folder: &Path, args: &[S]) -> Ran {
    probity_until(folder, args, || false)
}

/// The same, for commands that wait for changes: `pause` makes them, and says whether there are more to come.
pub(crate) fn probity_until<S: AsRef<str>>(
    folder: &Path,
    args: &[S],
    pause: impl Fn() -> bool + Send + Sync + 'static,
) -> Ran {
    let surroundings = Surroundings {
        folder: folder.to_path_buf(),
        now: "2026-11-21T12:00:00Z".parse().unwrap(),
        source_date_epoch: None,
        no_color: false,
        stdout_is_terminal: false,
        stderr_is_terminal: false,
        width: 100,
        pause: Pause::new(pause),
        variables: Variables::new(|_| None),
    };
    let (out, err) = (Shared::default(), Shared::default());
    let mut ui = Ui::to(out.clone(), err.clone());
    let args = std::iter::once("probity").chain(args.iter().map(AsRef::as_ref)).map(OsString::from);
    let code = probity::run(args, &surroundings, &mut ui).code();
    drop(ui);
    Ran { code, out: out.text(), err: err.text() }
}

/// Bytes that are written in one place and read in another.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A new folder that is deleted after the test.
pub(crate) fn folder() -> TempDir {
    tempfile::Builder::new().prefix("probity-").tempdir().unwrap()
}

/// A folder of this repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// A copy of the example system, without what a build left there.
pub(crate) fn hyperiot() -> TempDir {
    let copy = folder();
    copy_folder(&repository("content/examples/hyperiot"), copy.path());
    copy
}

/// Copies a folder, but for `build/` and `.probity/`.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (name, target) = (entry.file_name(), to.join(entry.file_name()));
        match entry.file_type().unwrap().is_dir() {
            true if name == "build" || name == ".probity" => {}
            true => copy_folder(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// Writes a file below a folder.
pub(crate) fn write(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

/// Reads a file below a folder.
pub(crate) fn read(folder: &Path, path: &str) -> String {
    let file = folder.join(path);
    std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// Calls git in a folder, with a fixed author and time and no configuration but that of the repository.
#[track_caller]
pub(crate) fn git(folder: &Path, args: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(folder)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .env_remove("GIT_DIR")
        .envs([("GIT_AUTHOR_DATE", "2026-11-20T10:00:00Z"), ("GIT_COMMITTER_DATE", "2026-11-20T10:00:00Z")])
        .output()
        .unwrap();
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Commits all that is in a folder.
#[track_caller]
pub(crate) fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "-m", message]);
}

/// All files below a folder, by their paths from there.
pub(crate) fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut open = vec![folder.to_path_buf()];
    let mut found = std::collections::BTreeMap::new();
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                let path = entry.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(path, std::fs::read(entry).unwrap());
            }
        }
    }
    found
}
