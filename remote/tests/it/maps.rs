//! Maps: which of them answers a location, and which file.

use std::sync::Arc;

use probity_diagnostics::{DiskTree, FileErrorKind, FileTree as _, MemoryTree, RemoteErrorKind, TreePath};
use probity_remote::{Map, Prefix, Remote, Store};
use tempfile::TempDir;

fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

/// A tree whose files hold their own names, and maps into it.
fn remote(files: &[&str], maps: &[(&str, &str)]) -> (Remote, TempDir) {
    let tree = Arc::new(MemoryTree::of(files.iter().map(|file| (*file, *file))).unwrap());
    let map = |(prefix, folder): &(&str, &str)| {
        Map::new(Prefix::parse(prefix).unwrap(), Arc::clone(&tree) as _, path(folder))
    };
    let home = TempDir::new().unwrap();
    let store = Store::open(DiskTree::new(home.path(), "").unwrap());
    (Remote::new(maps.iter().map(map).collect(), store, None), home)
}

/// The name of the file that answers a location; else why none does.
fn answer(remote: &Remote, location: &str) -> Result<String, (RemoteErrorKind, String)> {
    match remote.read(&path(location), 1000) {
        Ok(bytes) => Ok(String::from_utf8(bytes).unwrap()),
        Err(error) => match error.kind {
            FileErrorKind::Remote(error) => Err((error.kind, error.message)),
            other => panic!("{location}: {other:?}"),
        },
    }
}

#[test]
fn the_longest_prefix_answers_at_a_boundary() {
    let files = ["a/x.json", "b/x.json", "b/y/x.json", "c/x.json", "d/dir/x.json"];
    let maps = [
        ("https://example.org", "a"),
        ("https://example.org/b/", "b"),
        ("HTTPS://EXAMPLE.org:443/b/./c", "c"),
        ("https://example.org:8443/", "d"),
    ];
    let (remote, _home) = remote(&files, &maps);
    let cases = [
        ("https://example.org/x.json", "a/x.json"),
        ("https://example.org/b/x.json", "b/x.json"),
        ("https://example.org/b/y/x.json", "b/y/x.json"),
        ("https://example.org/b/c/x.json", "c/x.json"),
        ("https://example.org/b/c//%78.json", "c/x.json"),
        ("https://example.org:8443/dir/x.json", "d/dir/x.json"),
    ];
    for (location, file) in cases {
        assert_eq!(answer(&remote, location).unwrap(), file, "{location}");
        assert_eq!(remote.display(&path(location)), file, "{location}");
    }
    let unanswered = [
        "https://example.org/bb/x.json",
        "https://example.org/b/cc/x.json",
        "https://example.org/b/c/y/x.json",
        "https://example.org/b",
        "https://example.org.uk/x.json",
        "https://other.org/x.json",
        "https://example.org:8444/dir/x.json",
    ];
    for location in unanswered {
        let (kind, message) = answer(&remote, location).unwrap_err();
        assert_eq!(kind, RemoteErrorKind::Unanswered, "{location}");
        assert!(message.starts_with(&format!("`{location}` is ")), "{message}");
    }
}

#[test]
fn nothing_leads_out_of_the_folder() {
    let (remote, _home) = remote(&["in/x.json", "secret.json"], &[("https://example.org/in/", "in")]);
    for rest in [
        "..%2fsecret.json",
        "..%5csecret.json",
        "%2fetc/passwd",
        "a%00b",
        "%ff",
        "content:x",
        "?a=/../../secret.json",
    ] {
        let (kind, message) = answer(&remote, &format!("https://example.org/in/{rest}")).unwrap_err();
        assert_eq!(kind, RemoteErrorKind::Refused, "{rest}: {message}");
    }
    // dots are resolved before a map is asked, encoded or not: no other prefix is meant
    for rest in ["../secret.json", "%2e%2E/secret.json", "./.%2e/secret.json"] {
        let (kind, message) = answer(&remote, &format!("https://example.org/in/{rest}")).unwrap_err();
        assert_eq!(kind, RemoteErrorKind::Unanswered, "{rest}: {message}");
        assert!(message.starts_with("`https://example.org/secret.json`"), "{message}");
    }
}

#[test]
fn parts_of_documents_and_folders_are_not_read() {
    let (remote, _home) = remote(&["in/x.json"], &[("https://example.org/", "in")]);
    let part = path("https://example.org/x.json").part("uuid");
    assert!(remote.read(&part, 1000).is_err());
    assert!(remote.list(&path("https://example.org/")).is_err());
    assert!(remote.read(&path("in/x.json"), 1000).is_err());
}

#[test]
fn prefixes_have_one_spelling() {
    let same = ["https://example.org/a", "https://example.org/a/", "HTTPS://example.ORG:443/b/../%61"];
    for text in same {
        assert_eq!(Prefix::parse(text).unwrap().as_str(), "https://example.org/a", "{text}");
    }
    for text in
        ["", "example.org", "http://example.org/", "https://", "https://a@b/", "https://a/?b", "https://a/#b"]
    {
        assert!(Prefix::parse(text).is_err(), "{text} was accepted");
    }
}
