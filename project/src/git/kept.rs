use std::path::{Path, PathBuf};

use git2::{ErrorCode, Repository};
use probity_diagnostics::Diagnostic;

use super::refuse;

/// What git makes of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It lies in no work tree.
    Outside,
    /// It lies in one, and git does not look at it.
    Ignored,
    /// The next `git add --all` would take it.
    Untracked,
    /// Git has it: it stands in the index or the last commit.
    Tracked,
}

/// What git makes of a path on disk, which need not be there yet.
///
/// # Errors
/// It lies in a repository that cannot be read.
pub fn kept(path: &Path) -> Result<Kept, Diagnostic> {
    let full = without_links(path);
    let Some(folder) = full.ancestors().skip(1).find(|above| above.is_dir()) else {
        return Ok(Kept::Outside);
    };
    let repository = match Repository::discover(folder) {
        Ok(repository) => repository,
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(Kept::Outside),
        Err(error) => return Err(refuse::opening(folder, &error)),
    };
    let root = repository.workdir().map(without_links);
    let Some(inside) = root.as_ref().and_then(|root| full.strip_prefix(root).ok()) else {
        return Ok(Kept::Outside);
    };
    let cannot = |error: git2::Error| refuse::opening(folder, &error);
    let index = repository.index().map_err(cannot)?;
    let head = repository.head().ok().and_then(|head| head.peel_to_tree().ok());
    if (0..=3).any(|stage| index.get_path(inside, stage).is_some())
        || head.is_some_and(|tree| tree.get_path(inside).is_ok())
    {
        return Ok(Kept::Tracked);
    }
    let is_ignored = repository.is_path_ignored(inside).map_err(cannot)?;
    Ok(if is_ignored { Kept::Ignored } else { Kept::Untracked })
}

/// A path without links as far as it is there.
fn without_links(path: &Path) -> PathBuf {
    match (path.canonicalize(), path.parent(), path.file_name()) {
        (Ok(full), ..) => full,
        (Err(_), Some(parent), Some(name)) => without_links(parent).join(name),
        _ => path.to_path_buf(),
    }
}
