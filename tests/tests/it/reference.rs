//! Where published data is found.

use std::path::{Path, PathBuf};

/// A file or folder of the published data; none, with a printed reason,
/// where it is absent and not required.
pub(crate) fn reference(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("PROBITY_REFERENCE")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference"), PathBuf::from);
    let found = folder.join(path);
    if found.exists() {
        return Some(found);
    }
    let required = std::env::var_os("PROBITY_REQUIRE_REFERENCE").is_some();
    assert!(!required, "{} is absent", found.display());
    println!("skipped: {} is absent", found.display());
    None
}
