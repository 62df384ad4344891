use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use probity_diagnostics::document::Limits;
use probity_diagnostics::{DiskTree, FileTree as _, Sha256Digest, TreePath, write_atomically};

/// The folder of kept documents, from the folder that is at home.
const FOLDER: &str = ".probity/remote";

/// Documents that were fetched, by the digest of their bytes.
pub(crate) struct Cache {
    disk: DiskTree,
}

impl Cache {
    /// The cache in the folder of a tree.
    pub(crate) fn new(disk: DiskTree) -> Self {
        Self { disk }
    }

    /// The document of a digest, where it is kept unchanged.
    pub(crate) fn get(&self, sha256: &str) -> Option<(Sha256Digest, Arc<[u8]>)> {
        let bytes = self.disk.read(&path(sha256)?, Limits::default().bytes).ok()?;
        let digest = Sha256Digest::of(&bytes);
        (digest.to_string() == sha256).then(|| (digest, Arc::from(bytes)))
    }

    /// Keeps a document.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(crate) fn put(&self, sha256: &str, bytes: &[u8]) -> io::Result<()> {
        write_atomically(&self.folder().join(sha256), |file| file.write_all(bytes))
    }

    /// The folder of the documents on disk.
    pub(crate) fn folder(&self) -> PathBuf {
        self.disk.root().join(FOLDER)
    }

    /// How the file of a document is shown.
    pub(crate) fn display(&self, sha256: &str) -> String {
        path(sha256).map_or_else(|| sha256.to_owned(), |path| self.disk.display(&path))
    }
}

fn path(sha256: &str) -> Option<TreePath> {
    TreePath::parse(&format!("{FOLDER}/{sha256}")).ok()
}
