//! Which files differ.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{FileError, FileTree, Sha256Digest, TreePath};
use probity_generators::difference::{Paths, Presence};

/// A file that differs: where it stands before, and after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilePair {
    /// Its path before; none where it is new.
    pub before: Option<TreePath>,
    /// Its path after; none where it is gone.
    pub after: Option<TreePath>,
}

impl FilePair {
    /// Its path after, else before.
    pub fn path(&self) -> Option<&TreePath> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// Its paths as they are shown.
    pub(super) fn paths(&self) -> Paths {
        let shown = |path: &Option<TreePath>| path.as_ref().map(ToString::to_string);
        Paths { before: shown(&self.before), after: shown(&self.after) }
    }

    /// Whether it is on one side only.
    pub(super) fn presence(&self) -> Presence {
        match (&self.before, &self.after) {
            (_, None) => Presence::Removed,
            (None, _) => Presence::Added,
            _ => Presence::Changed,
        }
    }
}

/// The files below a folder of each tree that differ, by their paths from there; hidden ones are left out. A file that is gone
/// here and new there with the same content has moved, and counts as one.
///
/// # Errors
/// A folder or a file cannot be read.
pub fn between(
    (before, from): (&dyn FileTree, &TreePath),
    (after, to): (&dyn FileTree, &TreePath),
) -> Result<Vec<FilePair>, FileError> {
    let (old, new) = (below(before, from)?, below(after, to)?);
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut pairs = Vec::new();
    let mut gone: BTreeMap<Sha256Digest, Vec<TreePath>> = BTreeMap::new();
    for name in names {
        match (old.get(name), new.get(name)) {
            (Some(b), Some(a)) if same(before, b, after, a)? => {}
            (Some(b), None) => gone.entry(before.digest(b)?).or_default().push(b.clone()),
            (b, a) => pairs.push(FilePair { before: b.cloned(), after: a.cloned() }),
        }
    }
    for pair in pairs.iter_mut().filter(|pair| pair.before.is_none()) {
        let Some(path) = &pair.after else { continue };
        let from = gone.get_mut(&after.digest(path)?).filter(|paths| !paths.is_empty());
        pair.before = from.map(|paths| paths.remove(0));
    }
    let removed = gone.into_values().flatten().map(|path| FilePair { before: Some(path), after: None });
    pairs.extend(removed);
    pairs.sort();
    Ok(pairs)
}

fn below(tree: &dyn FileTree, folder: &TreePath) -> Result<BTreeMap<String, TreePath>, FileError> {
    let files = tree.walk(folder)?.into_iter();
    Ok(files.map(|path| (folder.relative(&path), path)).collect())
}

fn same(before: &dyn FileTree, b: &TreePath, after: &dyn FileTree, a: &TreePath) -> Result<bool, FileError> {
    if before.stat(b)?.len != after.stat(a)?.len {
        return Ok(false);
    }
    Ok(before.digest(b)? == after.digest(a)?)
}
