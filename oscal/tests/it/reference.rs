//! Where published data is found.

use std::path::{Path, PathBuf};

use probity_diagnostics::{DiskTree, FileTree, TreePath};

/// The folder of published data; none, with a printed reason, where it is absent and not required.
pub(crate) fn reference() -> Option<DiskTree> {
    let folder = folder();
    if let Ok(tree) = DiskTree::new(&folder, "") {
        return Some(tree);
    }
    assert!(variable("PROBITY_REQUIRE_REFERENCE").is_none(), "{} is absent", folder.display());
    println!("skipped: {} is absent, and so are the published documents", folder.display());
    None
}

fn folder() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference");
    variable("PROBITY_REFERENCE").map_or_else(beside, PathBuf::from)
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the data lies is a matter of the machine the tests run on"
)]
pub(crate) fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}

/// The files of a folder with one of the extensions, in order.
pub(crate) fn files(tree: &dyn FileTree, folder: &str, extensions: &[&str]) -> Vec<TreePath> {
    let folder = TreePath::parse(folder).unwrap();
    let mut files = tree.walk(&folder).unwrap();
    files.retain(|path| path.extension().is_some_and(|extension| extensions.contains(&extension)));
    files.sort();
    files
}

/// The bytes of a file.
pub(crate) fn bytes(tree: &dyn FileTree, path: &TreePath) -> Vec<u8> {
    tree.read(path, 64 << 20).unwrap()
}

/// The project's own documents, one of every model.
pub(crate) fn own() -> DiskTree {
    DiskTree::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), "").unwrap()
}
