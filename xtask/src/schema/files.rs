//! Reading and writing of the generator's own files.
#![expect(
    clippy::disallowed_methods,
    reason = "a developer's tool works on its own checkout, not on a file tree"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The checkout that this tool was built from.
pub(crate) fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_path_buf()
}

/// The folder of reference data: `PROBITY_REFERENCE`, else `../shared/reference` beside the checkout.
pub(crate) fn reference() -> PathBuf {
    std::env::var_os("PROBITY_REFERENCE")
        .map_or_else(|| checkout().join("../shared/reference"), PathBuf::from)
}

/// Whether tests fail where the reference folder is absent.
#[cfg(test)]
pub(crate) fn reference_required() -> bool {
    std::env::var_os("PROBITY_REQUIRE_REFERENCE").is_some()
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a text file, with its folder.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Removes a file.
pub(crate) fn remove(path: &Path) -> Result<(), String> {
    fs::remove_file(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The files of a folder with one extension, sorted; none where the folder is absent.
pub(crate) fn list(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    files
}
