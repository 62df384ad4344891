//! Which files differ between two commits, or a commit and the files on disk.

use std::path::Path;

use probity_diagnostics::{Diagnostic, TreePath};

use super::FilePair;
use crate::git::{ObjectId, Repository};

/// The revisions that `A..B` names, or `A...B`, which begins at the last commit that both have in common. A side that is left out
/// is HEAD.
///
/// # Errors
/// As [`Repository::discover`] and [`Repository::range`].
pub fn range(folder: &Path, text: &str) -> Result<(String, String), Diagnostic> {
    let range = Repository::discover(folder)?.range(text)?;
    let or_head = |side: &str| if side.is_empty() { "HEAD".to_owned() } else { side.to_owned() };
    let (base, head) = text.split_once("..").unwrap_or((text, ""));
    Ok(match head.strip_prefix('.') {
        Some(head) => (range.base.id.to_string(), or_head(head)),
        None => (or_head(base), or_head(head)),
    })
}

/// The files below `folder` that differ from revision `base` to revision `head`, or to the files on disk where none is given;
/// paths count from the folder. Hidden files and those that git ignores are left out.
///
/// # Errors
/// The folder is in no repository that can be read, a revision is unknown, or there are no files on disk.
pub fn changed(folder: &Path, base: &str, head: Option<&str>) -> Result<Vec<FilePair>, Diagnostic> {
    let repository = Repository::discover(folder)?;
    let (base, below) = (repository.resolve(base)?, repository.below());
    let mut pairs: Vec<FilePair> = if let Some(head) = head {
        let changes = repository.changes(&base, &repository.resolve(head)?, below)?.into_iter();
        let path = |side: Option<(TreePath, ObjectId)>| side.map(|side| side.0);
        changes.map(|change| FilePair { before: path(change.before), after: path(change.after) }).collect()
    } else {
        let changes = repository.changes_on_disk(&base, below)?.into_iter();
        changes.map(|(before, after)| FilePair { before, after }).collect()
    };
    pairs.retain(|pair| {
        pair.path().is_some_and(|path| !path.as_str().split('/').any(|name| name.starts_with('.')))
    });
    pairs.sort();
    Ok(pairs)
}
