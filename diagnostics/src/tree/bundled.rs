use std::io::Read;

use super::memory::{members, rest_below};
use super::{Entry, FileError, FileKind, FileTree, Stat, TreePath};

/// Read-only files compiled into the program, named `content:<path>`.
#[derive(Debug, Clone, Copy)]
pub struct BundledTree {
    files: &'static [(&'static str, &'static [u8])],
}

impl BundledTree {
    /// The tree of `files`, which are sorted by path.
    pub fn new(files: &'static [(&'static str, &'static [u8])]) -> Self {
        Self { files }
    }

    fn find(&self, path: &TreePath) -> Option<&'static [u8]> {
        let name = path.bundled()?;
        let at = self.files.binary_search_by(|(file, _)| (*file).cmp(name)).ok()?;
        self.files.get(at).map(|(_, bytes)| *bytes)
    }
}

impl FileTree for BundledTree {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        Ok(Box::new(self.find(path).ok_or_else(|| FileError::not_found(path))?))
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        if let Some(bytes) = self.find(path) {
            return Ok(Stat { kind: FileKind::File, len: u64::try_from(bytes.len()).unwrap_or(u64::MAX) });
        }
        let folder = path.bundled().ok_or_else(|| FileError::not_found(path))?;
        let known = self.files.iter().any(|(file, _)| rest_below(file, folder).is_some());
        if known { Ok(Stat { kind: FileKind::Folder, len: 0 }) } else { Err(FileError::not_found(path)) }
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        let folder = path.bundled().and_then(|inner| TreePath::parse(inner).ok());
        let folder = folder.ok_or_else(|| FileError::not_found(path))?;
        let entries = members(&folder, self.files.iter().map(|(file, _)| *file));
        let entries = entries.map_err(|_| FileError::not_found(path))?;
        let root = TreePath::parse("content:").map_err(|_| FileError::not_found(path))?;
        Ok(entries
            .into_iter()
            .filter_map(|e| Some(Entry { path: root.join(e.path.as_str()).ok()?, kind: e.kind }))
            .collect())
    }
}
