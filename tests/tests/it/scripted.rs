//! The scripted repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use probity_diagnostics::Sha256Digest;

/// Its folder, with the last commit checked out, made once for all tests and runs. Tests that write take a clone.
pub(crate) fn repository() -> PathBuf {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/tests/data/history.sh");
    let digest = Sha256Digest::of(&std::fs::read(&script).unwrap()).to_string();
    let around = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = around.join(format!("scripted-{}", &digest[..16]));
    if !folder.is_dir() {
        let scratch = tempfile::tempdir_in(around).unwrap();
        let made = Command::new("sh").arg(script).arg(scratch.path().join("made")).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        // another test may have been faster
        let moved = std::fs::rename(scratch.path().join("made"), &folder);
        assert!(moved.is_ok() || folder.is_dir(), "{moved:?}");
    }
    folder
}

/// What git prints about it.
pub(crate) fn git(folder: &Path, args: &[&str]) -> String {
    let done = Command::new("git")
        .args(args)
        .current_dir(folder)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .env_remove("GIT_DIR")
        .output()
        .unwrap();
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// A clone of it, deleted after the test.
pub(crate) fn clone(options: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("probity-clone-").tempdir().unwrap();
    let url = format!("file://{}", repository().display());
    git(folder.path(), &[&["clone", "--quiet"], options, &[&url, "."]].concat());
    folder
}
