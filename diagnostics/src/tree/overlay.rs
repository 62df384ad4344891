use std::io::Read;
use std::sync::Arc;

use super::{BundledTree, Entry, FileError, FileTree, Sha256Digest, Stat, TreePath};

/// A tree with the bundled content beside it: `content:` paths are answered
/// by the bundle, remote locations by what was given to answer them, if
/// anything, and all others by the tree.
#[derive(Clone)]
pub struct OverlayTree<T> {
    tree: T,
    bundled: BundledTree,
    remote: Option<Arc<dyn FileTree>>,
}

impl<T: FileTree> OverlayTree<T> {
    /// `tree` with `bundled` beside it.
    pub fn new(tree: T, bundled: BundledTree) -> Self {
        Self { tree, bundled, remote: None }
    }

    /// The same trees with `remote`, which answers remote locations.
    #[must_use]
    pub fn with_remote(self, remote: Arc<dyn FileTree>) -> Self {
        Self { remote: Some(remote), ..self }
    }

    /// The tree without the bundle.
    pub fn inner(&self) -> &T {
        &self.tree
    }

    fn of(&self, path: &TreePath) -> &dyn FileTree {
        match &self.remote {
            _ if path.bundled().is_some() => &self.bundled,
            Some(remote) if path.is_remote() => remote.as_ref(),
            _ => &self.tree,
        }
    }
}

impl<T: FileTree> FileTree for OverlayTree<T> {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        self.of(path).open(path)
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        self.of(path).stat(path)
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        self.of(path).list(path)
    }

    fn digest(&self, path: &TreePath) -> Result<Sha256Digest, FileError> {
        self.of(path).digest(path)
    }

    fn display(&self, path: &TreePath) -> String {
        self.of(path).display(path)
    }
}
