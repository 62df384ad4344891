//! The lock and the cache as a reader without network sees them.

use std::path::Path;

use probity_diagnostics::{DiskTree, FileErrorKind, FileTree as _, RemoteErrorKind, Sha256Digest, TreePath};
use probity_remote::{Remote, Store};
use tempfile::TempDir;

const LOCATION: &str = "https://example.org/a.json";

#[expect(clippy::disallowed_methods, reason = "tests work on folders of their own")]
fn write(folder: &Path, file: &str, text: &str) {
    let file = folder.join(file);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

fn read(folder: &Path) -> Result<String, (RemoteErrorKind, String)> {
    let store = Store::open(DiskTree::new(folder, "").unwrap());
    let remote = Remote::new(Vec::new(), store, None);
    match remote.read(&TreePath::parse(LOCATION).unwrap(), 1000) {
        Ok(bytes) => Ok(String::from_utf8(bytes).unwrap()),
        Err(error) => match error.kind {
            FileErrorKind::Remote(error) => Err((error.kind, error.message)),
            other => panic!("{other:?}"),
        },
    }
}

fn lock(document: &str) -> String {
    format!("version = 1\n\n[[document]]\n{document}")
}

#[test]
fn a_locked_document_is_what_its_digest_says() {
    let folder = TempDir::new().unwrap();
    assert_eq!(read(folder.path()).unwrap_err().0, RemoteErrorKind::Unanswered);
    let digest = Sha256Digest::of(b"kept").to_string();
    let kept = format!(".probity/remote/{digest}");
    write(folder.path(), &kept, "kept");
    assert_eq!(read(folder.path()).unwrap_err().0, RemoteErrorKind::Unanswered);
    let locked = lock(&format!("url = \"{LOCATION}\"\nsha256 = \"{digest}\"\nsize = 4\n"));
    write(folder.path(), "probity.lock", &locked);
    assert_eq!(read(folder.path()).unwrap(), "kept");
    write(folder.path(), &kept, "else");
    let (kind, message) = read(folder.path()).unwrap_err();
    assert_eq!(kind, RemoteErrorKind::Refused);
    assert_eq!(message, format!("`{LOCATION}` is named in probity.lock, and `{kept}` does not hold it"));
}

#[test]
fn a_lock_that_is_none_is_refused() {
    let digest = "0".repeat(64);
    let url = |url: &str| lock(&format!("url = \"{url}\"\nsha256 = \"{digest}\"\nsize = 1\n"));
    let cases = [
        (String::from("version"), "line 1: "),
        (String::new(), "missing field `version`"),
        (String::from("version = 7\n"), "it is of version 7, and this program knows version 1"),
        (String::from("version = 1\nmore = 1\n"), "line 2: unknown field `more`"),
        (
            url("https://example.org/../a"),
            "`https://example.org/../a` is no https location in its normal form",
        ),
        (url("a.json"), "`a.json` is no https location in its normal form"),
        (
            lock("url = \"https://example.org/\"\nsha256 = \"../../secret\"\nsize = 1\n"),
            "`../../secret` is no SHA-256 digest of 64 lower-case digits",
        ),
        (
            url(LOCATION) + "\n[[document]]\n" + url(LOCATION).split_once("]]\n").unwrap().1,
            "`https://example.org/a.json` stands in it twice",
        ),
    ];
    for (text, expected) in cases {
        let folder = TempDir::new().unwrap();
        write(folder.path(), "probity.lock", &text);
        let (kind, message) = read(folder.path()).unwrap_err();
        assert_eq!(kind, RemoteErrorKind::Refused);
        assert!(message.contains("probity.lock cannot be read: ") && message.contains(expected), "{message}");
    }
}
