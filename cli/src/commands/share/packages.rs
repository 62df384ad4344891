//! Packages on disk.

use std::path::Path;

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, FileTree, TreePath, codes as files};
use probity_sharing::Stop;
use probity_sharing::package::{Files, unzip, zip};

use crate::commands::refuse;
use crate::output;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Whether a name is that of an archive.
fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Writes a package to a folder or an archive that is not there yet.
pub(super) fn write(
    package: &Files,
    to: &Path,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<(), Status> {
    let target = surroundings.folder.join(to);
    if target.symlink_metadata().is_ok() {
        let message = format!("`{}` exists already: a package is made anew", to.display());
        return Err(refuse(&Diagnostic::error(&files::WRITE_FAILED, message).into(), &place::bundled(), ui));
    }
    let written = if is_archive(to) {
        zip(package).and_then(|bytes| output::write(&target, &bytes).map(|_| ()))
    } else {
        let each = |(name, bytes): (&String, &Vec<u8>)| output::write(&target.join(name), bytes).map(|_| ());
        package.iter().try_for_each(each)
    };
    written.map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))
}

/// Reads the files of a package.
pub(super) fn read(from: &Path, surroundings: &Surroundings) -> Result<Files, Stop> {
    let full = surroundings.folder.join(from);
    if is_archive(from) {
        let parent = full.parent().unwrap_or(&full);
        let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let tree = place::tree(parent, &surroundings.folder)?;
        return Ok(unzip(&content(&tree, &name)?)?);
    }
    let tree = place::tree(&full, &surroundings.folder)?;
    let paths = tree.walk(&TreePath::root()).map_err(Diagnostic::from)?;
    let each = |path: TreePath| Ok((path.to_string(), content(&tree, path.as_str())?));
    paths.into_iter().map(each).collect::<Result<Files, Diagnostic>>().map_err(Stop::from)
}

fn content(tree: &dyn FileTree, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let path =
        TreePath::parse(name).map_err(|error| Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()))?;
    tree.read(&path, Limits::default().bytes).map_err(Diagnostic::from)
}
