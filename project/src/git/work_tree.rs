use git2::{Delta, DiffOptions};
use probity_diagnostics::{Diagnostic, TreePath};

use super::commit::Commit;
use super::repository::Repository;
use crate::codes;

/// The path of a file in a commit, and in the work tree.
type Paths = (Option<TreePath>, Option<TreePath>);

impl Repository {
    /// The files below a folder that differ from a commit to the files on disk, sorted; paths count from that folder. Files that
    /// git ignores, and submodules, are left out. One that was renamed is one that is gone and one that is new.
    ///
    /// # Errors
    /// The repository is bare, or lacks a folder of the commit.
    pub fn changes_on_disk(&self, from: &Commit, below: &TreePath) -> Result<Vec<Paths>, Diagnostic> {
        let repository = self.lock();
        let refuse = |error: &git2::Error| {
            let what = format!("commit {} cannot be compared with the files on disk", from.id.short());
            Diagnostic::error(&codes::BAD_REVISION, what).help(error.message().to_owned())
        };
        let mut options = DiffOptions::new();
        options.ignore_submodules(true).include_untracked(true).recurse_untracked_dirs(true);
        if !below.as_str().is_empty() {
            options.pathspec(below.as_str()).disable_pathspec_match(true);
        }
        let tree = repository.find_tree(from.tree.0).map_err(|error| refuse(&error))?;
        let found = repository.diff_tree_to_workdir_with_index(Some(&tree), Some(&mut options));
        let found = found.map_err(|error| refuse(&error))?;
        let path = |file: &git2::DiffFile<'_>| {
            let path = file.path()?.to_str()?.strip_prefix(below.as_str())?;
            TreePath::parse(path.trim_start_matches('/')).ok()
        };
        let mut paths: Vec<Paths> = found
            .deltas()
            .filter_map(|delta| {
                let (old, new) = (path(&delta.old_file()), path(&delta.new_file()));
                match delta.status() {
                    Delta::Added | Delta::Untracked => Some((None, new)),
                    Delta::Deleted => Some((old, None)),
                    Delta::Modified | Delta::Typechange => Some((old, new)),
                    _ => None,
                }
            })
            .filter(|paths| paths.0.is_some() || paths.1.is_some())
            .collect();
        paths.sort();
        Ok(paths)
    }
}
