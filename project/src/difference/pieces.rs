//! Files of split folders: what differs is the document that they are pieces of.

use std::collections::BTreeSet;

use probity_diagnostics::{FileTree, TreePath};
use probity_oscal::split;

use super::{FilePair, Task};

/// The files that differ, with the document in place of its pieces.
pub(super) fn joined(task: &Task<'_>) -> Vec<FilePair> {
    let (old, new) = (task.before.tree, task.after.tree);
    let folder = |tree: &dyn FileTree, path: &Option<TreePath>| {
        path.as_ref().and_then(|path| split::folder_of(tree, path))
    };
    let mut seen = BTreeSet::new();
    let joined = task.files.iter().filter_map(|pair| {
        let pair = match folder(old, &pair.before).or_else(|| folder(new, &pair.after)) {
            None => pair.clone(),
            Some(folder) => FilePair {
                before: split::is_split(old, &folder).then(|| folder.clone()),
                after: split::is_split(new, &folder).then_some(folder),
            },
        };
        seen.insert(pair.clone()).then_some(pair)
    });
    joined.collect()
}
