use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use git2::Oid;
use probity_diagnostics::{Diagnostic, TreePath};

use super::commit::{Commit, ObjectId};
use super::{lfs, refuse};

/// A git repository, and the folder of it that was asked for.
#[derive(Clone)]
pub struct Repository {
    /// What libgit2 opened; it is used by one thread at a time.
    opened: Arc<Mutex<git2::Repository>>,
    /// The folder inside the work tree.
    below: TreePath,
}

impl Repository {
    /// The repository that `folder` belongs to: it lies in a work tree, is one that `git worktree add` made, or is a bare repository.
    ///
    /// # Errors
    /// There is none, it belongs to another user, or is of a kind that cannot be read.
    pub fn discover(folder: &Path) -> Result<Self, Diagnostic> {
        let opened = git2::Repository::discover(folder).map_err(|error| refuse::opening(folder, &error))?;
        let below = below_work_tree(&opened, folder).and_then(|below| TreePath::parse(&below).ok());
        Ok(Self { opened: Arc::new(Mutex::new(opened)), below: below.unwrap_or_else(TreePath::root) })
    }

    /// The folder that the repository was found from, counted from the root of its commits; the root for bare repositories.
    pub fn below(&self) -> &TreePath {
        &self.below
    }

    /// The root of the work tree; none for bare repositories.
    pub fn work_tree(&self) -> Option<PathBuf> {
        self.lock().workdir().map(Path::to_path_buf)
    }

    /// Whether the oldest commits are missing because the clone is shallow.
    pub fn is_shallow(&self) -> bool {
        self.lock().is_shallow()
    }

    /// The commit that a revision names: a branch, a tag, an id or anything else that `git rev-parse` takes for a commit.
    ///
    /// # Errors
    /// It is unknown or ambiguous, is no commit, or nothing was committed yet.
    pub fn resolve(&self, rev: &str) -> Result<Commit, Diagnostic> {
        let repository = self.lock();
        let found = repository.revparse_single(rev).and_then(|object| object.peel_to_commit());
        found.map(|commit| Commit::of(&commit)).map_err(|error| refuse::revision(&repository, rev, &error))
    }

    /// The commit with this id.
    ///
    /// # Errors
    /// The repository does not hold it.
    pub fn commit(&self, id: ObjectId) -> Result<Commit, Diagnostic> {
        let repository = self.lock();
        let found = repository.find_commit(id.0);
        found
            .map(|commit| Commit::of(&commit))
            .map_err(|_| refuse::missing_object(&repository, &format!("commit {id} cannot be read")))
    }

    /// The last commit that both have in common.
    ///
    /// # Errors
    /// There is none, or the clone is too shallow to hold it.
    pub fn merge_base(&self, a: &Commit, b: &Commit) -> Result<Commit, Diagnostic> {
        let base = {
            let repository = self.lock();
            let found = repository.merge_base(a.id.0, b.id.0);
            found.map_err(|_| refuse::no_merge_base(&repository, &a.id.short(), &b.id.short()))?
        };
        self.commit(ObjectId(base))
    }

    /// Whether a commit builds on another one, or is the same.
    pub fn descends(&self, commit: &Commit, from: &Commit) -> bool {
        commit.id == from.id || self.lock().graph_descendant_of(commit.id.0, from.id.0).unwrap_or(false)
    }

    /// Name and e-mail address of whom git takes the user for, as it is configured.
    pub fn user(&self) -> Option<(String, String)> {
        let repository = self.lock();
        let user = repository.signature().ok()?;
        Some((user.name().ok()?.to_owned(), user.email().ok()?.to_owned()))
    }

    /// The id of what stands at `path` in a commit; none where nothing does. Equal ids stand for equal content.
    ///
    /// # Errors
    /// A folder on the way is missing from the repository.
    pub fn entry(&self, commit: &Commit, path: &TreePath) -> Result<Option<ObjectId>, Diagnostic> {
        let repository = self.lock();
        let mut at = commit.tree.0;
        for name in path.as_str().split('/').filter(|name| !name.is_empty()) {
            let tree = read_tree(&repository, at)?;
            match tree.get_name(name) {
                Some(entry) => at = entry.id(),
                None => return Ok(None),
            }
        }
        Ok(Some(ObjectId(at)))
    }

    /// The content of the file that an object of a commit is; that of another one where Git LFS keeps it.
    ///
    /// # Errors
    /// The repository lacks it, or it is no file.
    pub fn content(&self, id: ObjectId) -> Result<Vec<u8>, Diagnostic> {
        let repository = self.lock();
        let blob = repository
            .find_blob(id.0)
            .map_err(|_| refuse::missing_object(&repository, &format!("object {id} cannot be read")))?;
        if lfs::is_pointer(blob.content()) {
            return lfs::content(&repository, blob.content());
        }
        Ok(blob.content().to_vec())
    }

    /// What libgit2 opened. A thread that panicked leaves nothing half done in it: all access is reading.
    pub(super) fn lock(&self) -> MutexGuard<'_, git2::Repository> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A folder of the object store.
pub(super) fn read_tree(repository: &git2::Repository, id: Oid) -> Result<git2::Tree<'_>, Diagnostic> {
    let missing = |_| refuse::missing_object(repository, &format!("folder object {id} cannot be read"));
    repository.find_tree(id).map_err(missing)
}

/// The path of `folder` inside its work tree, `/`-separated.
fn below_work_tree(repository: &git2::Repository, folder: &Path) -> Option<String> {
    let work_tree = repository.workdir()?.canonicalize().ok()?;
    let inside = folder.canonicalize().ok()?;
    let relative = inside.strip_prefix(work_tree).ok()?.to_str()?.to_owned();
    Some(relative.replace('\\', "/"))
}
