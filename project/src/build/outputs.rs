use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use probity_diagnostics::{
    Diagnostic, DigestWriter, FileKind, FileTree, Sha256Digest, TreePath, codes, write_atomically,
};
use serde::Serialize;

/// The folder that outputs are written below, and what was written so far.
/// Every file is either complete or untouched.
pub struct OutputFolder {
    root: PathBuf,
    written: RefCell<BTreeMap<TreePath, Sha256Digest>>,
}

impl OutputFolder {
    /// Outputs below `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), written: RefCell::default() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a file with what `fill` yields.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(
        &self,
        path: &TreePath,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Sha256Digest, Diagnostic> {
        let place = self.root.join(path.as_str());
        let mut digest = None;
        write_atomically(&place, |file| {
            let mut digesting = DigestWriter::new(file);
            fill(&mut digesting)?;
            digest = Some(digesting.digest());
            Ok(())
        })
        .map_err(|error| {
            Diagnostic::error(
                &codes::WRITE_FAILED,
                format!("`{}` cannot be written: {error}", place.display()),
            )
        })?;
        let digest = digest.unwrap_or_else(|| Sha256Digest::of(b""));
        self.written.borrow_mut().insert(path.clone(), digest);
        Ok(digest)
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// As [`OutputFolder::write`].
    pub fn bytes(&self, path: &TreePath, bytes: &[u8]) -> Result<Sha256Digest, Diagnostic> {
        self.write(path, |w| w.write_all(bytes))
    }

    /// Writes an OSCAL document as JSON.
    ///
    /// # Errors
    /// As [`OutputFolder::write`].
    pub fn document<T: Serialize>(&self, path: &TreePath, document: &T) -> Result<(), Diagnostic> {
        self.write(path, |w| probity_oscal::write_json(document, w)).map(|_| ())
    }

    /// What was written since the last call: paths and digests.
    pub fn take_written(&self) -> BTreeMap<TreePath, Sha256Digest> {
        self.written.take()
    }
}

/// What the names of files that are not whole yet begin with.
const UNFINISHED: &str = ".probity-";

/// Removes what an interrupted build left unfinished below `folders`.
pub(super) fn sweep(disk: &dyn FileTree, root: &Path, folders: &[TreePath]) {
    let mut open = folders.to_vec();
    while let Some(folder) = open.pop() {
        for entry in disk.list(&folder).unwrap_or_default() {
            match entry.kind {
                FileKind::Folder => open.push(entry.path),
                FileKind::File if entry.path.file_name().starts_with(UNFINISHED) => {
                    remove(root, entry.path.as_str());
                }
                FileKind::File => {}
            }
        }
    }
}

/// Removes the files below `folder` that are not among the `written`: what an earlier build wrote there, whoever forgot it.
pub(super) fn prune(disk: &dyn FileTree, root: &Path, folder: &TreePath, written: &BTreeMap<String, String>) {
    let mut open = vec![folder.clone()];
    while let Some(folder) = open.pop() {
        for entry in disk.list(&folder).unwrap_or_default() {
            match entry.kind {
                FileKind::Folder => open.push(entry.path),
                FileKind::File if written.contains_key(entry.path.as_str()) => {}
                FileKind::File => remove(root, entry.path.as_str()),
            }
        }
    }
}

/// Removes an output that is not written any more.
pub(super) fn remove(root: &Path, path: &str) {
    let is_output = TreePath::parse(path).is_ok_and(|path| path.bundled().is_none() && !path.is_remote());
    if is_output {
        // where it stays, nothing of the build reads it
        let _ = std::fs::remove_file(root.join(path));
    }
}
