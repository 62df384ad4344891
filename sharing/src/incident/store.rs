//! Where a project keeps its incidents.

use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, TreePath};

use super::codes::MALFORMED;
use crate::formats::Format;

/// The folder of a project that holds its incidents, one folder for each year.
pub const FOLDER: &str = "sharing/incidents";

/// The files of the incidents that a project keeps, sorted: YAML and JSON below [`FOLDER`], but for sidecars, hidden files and what was
/// exported into the format of others.
///
/// # Errors
/// The folder or a file cannot be read.
pub fn files(tree: &dyn FileTree) -> Result<Vec<TreePath>, Diagnostics> {
    let folder = TreePath::parse(FOLDER).map_err(|error| Diagnostic::error(&MALFORMED, error.to_string()))?;
    if !tree.is_folder(&folder) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for path in tree.walk(&folder).map_err(Diagnostic::from)? {
        let is_hidden = path.as_str().split('/').any(|part| part.starts_with('.'));
        let is_sidecar = path.file_name().ends_with(".marking.yaml");
        match path.extension() {
            _ if is_hidden || is_sidecar => {}
            Some("yaml" | "yml") => found.push(path),
            Some("json") if !is_exported(tree, &path)? => found.push(path),
            _ => {}
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a file is a document in the format of others.
fn is_exported(tree: &dyn FileTree, path: &TreePath) -> Result<bool, Diagnostics> {
    let bytes = tree.read(path, Limits::default().bytes).map_err(Diagnostic::from)?;
    Ok(document::text(&bytes, path).is_ok_and(|text| Format::of(text).is_some()))
}
