use std::io::Read;

use super::{BundledTree, Entry, FileError, FileTree, Sha256Digest, Stat, TreePath};

/// A tree with the bundled content beside it: `content:` paths are answered
/// by the bundle, all others by the tree.
pub struct OverlayTree<T> {
    tree: T,
    bundled: BundledTree,
}

impl<T: FileTree> OverlayTree<T> {
    /// `tree` with `bundled` beside it.
    pub fn new(tree: T, bundled: BundledTree) -> Self {
        Self { tree, bundled }
    }

    /// The tree without the bundle.
    pub fn inner(&self) -> &T {
        &self.tree
    }

    fn of(&self, path: &TreePath) -> &dyn FileTree {
        if path.bundled().is_some() { &self.bundled } else { &self.tree }
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
