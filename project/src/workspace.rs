use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use probity_diagnostics::{
    BundledTree, Diagnostic, Diagnostics, DiskTree, Entry, FileError, FileTree, OverlayTree, Sha256Digest,
    Stat, TreePath,
};

use crate::{Access, GitTree};

/// A folder that commands work in: a project, or any folder from which the
/// bundled content can be reached.
pub struct Workspace {
    /// The folder on disk; outputs are written below it.
    pub root: PathBuf,
    /// What is read: the folder, or a revision of it.
    pub tree: Arc<dyn FileTree>,
    /// The folder itself, whatever the revision: evidence is read from here
    /// where the revision does not hold it, and outputs of earlier builds.
    pub disk: Arc<OverlayTree<DiskTree>>,
    /// The commit that is read, if it is one.
    pub commit: Option<String>,
    /// When that commit was made.
    pub committed: Option<Timestamp>,
    /// What the commit names but does not hold.
    pub notes: Diagnostics,
}

impl Workspace {
    /// Opens the folder `root`, at revision `rev` where one is given; remote
    /// locations are answered as `access` allows.
    ///
    /// # Errors
    /// The revision cannot be read.
    pub fn open(
        root: PathBuf,
        disk: OverlayTree<DiskTree>,
        rev: Option<&str>,
        bundled: BundledTree,
        access: &Access,
    ) -> Result<Self, Diagnostic> {
        let Some(rev) = rev else {
            let tree = Arc::new(disk.clone().with_remote(access.answers(&disk)));
            let (commit, committed, notes) = (None, None, Diagnostics::new());
            return Ok(Self { root, tree, disk: Arc::new(disk), commit, committed, notes });
        };
        let git = GitTree::open(&root, rev)?;
        let (commit, committed) = (Some(git.commit()), Some(git.committed()));
        let notes = git.submodules();
        let git = OverlayTree::new(Arc::new(git), bundled);
        let revision: Arc<dyn FileTree> = Arc::new(git.clone());
        let tree = Arc::new(git.with_remote(access.answers_of(&revision, &disk)));
        Ok(Self { root, tree, disk: Arc::new(disk), commit, committed, notes })
    }

    /// Where evidence is read from: what is read of the project, else the folder
    /// on disk, because evidence often lies outside git.
    pub fn evidence(&self) -> Layers<'_> {
        Layers::new([self.tree.as_ref(), self.disk.as_ref() as &dyn FileTree])
    }

    /// Where `path` of the folder lies on disk.
    pub fn on_disk(&self, path: &TreePath) -> PathBuf {
        self.root.join(Path::new(path.as_str()))
    }
}

/// Trees on top of each other: a path is answered by the first one that has it.
#[derive(Clone, Default)]
pub struct Layers<'a> {
    trees: Vec<&'a dyn FileTree>,
}

impl<'a> Layers<'a> {
    /// The trees, the uppermost first.
    pub fn new(trees: impl IntoIterator<Item = &'a dyn FileTree>) -> Self {
        Self { trees: trees.into_iter().collect() }
    }

    fn with<T>(
        &self,
        path: &TreePath,
        read: impl FnOnce(&'a dyn FileTree) -> Result<T, FileError>,
    ) -> Result<T, FileError> {
        let has = self.trees.iter().find(|tree| tree.stat(path).is_ok());
        has.or(self.trees.last()).map_or_else(|| Err(FileError::not_found(path)), |tree| read(*tree))
    }
}

impl FileTree for Layers<'_> {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        self.with(path, |tree| tree.open(path))
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        self.with(path, |tree| tree.stat(path))
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        self.with(path, |tree| tree.list(path))
    }

    fn digest(&self, path: &TreePath) -> Result<Sha256Digest, FileError> {
        self.with(path, |tree| tree.digest(path))
    }

    fn display(&self, path: &TreePath) -> String {
        let has = self.trees.iter().find(|tree| tree.stat(path).is_ok());
        has.or(self.trees.last()).map_or_else(|| path.to_string(), |tree| tree.display(path))
    }
}
