//! The program, run as its users do, and the folders it runs in.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What the program did.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n--- out\n{}\n--- err\n{}", self.out, self.err);
        self
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("no JSON: {e}\n{}", self.out))
    }
}

/// Runs `probity` in a folder.
pub(crate) fn probity(folder: &Path, args: &[&str]) -> Ran {
    run(program(folder, args))
}

/// The program with its arguments, its folder, and none of the settings of
/// whoever runs the tests.
pub(crate) fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_probity-under-test"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("NO_COLOR").env("TZ", "UTC");
    command
}

/// Runs a command.
pub(crate) fn run(mut command: Command) -> Ran {
    ran(&command.output().unwrap())
}

/// Runs a command that reads `input` from its standard input.
pub(crate) fn feed(mut command: Command, input: &[u8]) -> Ran {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    ran(&child.wait_with_output().unwrap())
}

fn ran(output: &Output) -> Ran {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Ran { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
}

/// A folder of this repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// A new folder that is deleted after the test.
pub(crate) fn folder() -> TempDir {
    tempfile::Builder::new().prefix("probity-").tempdir().unwrap()
}

/// A copy of the example system in folder `name` of a new folder.
pub(crate) fn hyperiot(name: &str) -> (TempDir, PathBuf) {
    let place = folder();
    let project = place.path().join(name);
    copy(&repository("content/examples/hyperiot"), &project);
    (place, project)
}

/// Copies a folder, but for `build/` and `.probity/`.
pub(crate) fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        if !path.starts_with("build/") && !path.starts_with(".probity/") {
            let file = to.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
    }
}

/// All files below a folder by their paths from there.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut open = vec![folder.to_path_buf()];
    let mut found = BTreeMap::new();
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

/// A JSON file.
pub(crate) fn json(file: &Path) -> Value {
    let text = std::fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    serde_json::from_slice(&text).unwrap()
}

/// A file of JSON lines.
pub(crate) fn lines(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The value of a prop of ours.
pub(crate) fn prop<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
    let props = of["props"].as_array()?;
    props.iter().find(|prop| prop["name"] == name)?["value"].as_str()
}

/// What a build wrote, but for the dependencies for make, which name what was there.
pub(crate) fn outputs(project: &Path) -> BTreeMap<String, Vec<u8>> {
    files(&project.join("build"))
}

#[track_caller]
pub(crate) fn assert_same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    let differing: Vec<&String> = left.keys().filter(|path| left[*path] != right[*path]).collect();
    assert!(differing.is_empty(), "{differing:?} differ");
}
