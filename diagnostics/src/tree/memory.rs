use std::collections::BTreeMap;
use std::io::Read;

use super::{Entry, FileError, FileKind, FileTree, PathError, Stat, TreePath};

/// Files held in memory: for tests, and for documents that were never on disk.
#[derive(Debug, Clone, Default)]
pub struct MemoryTree {
    files: BTreeMap<TreePath, Vec<u8>>,
}

impl MemoryTree {
    /// A tree without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// A tree of the given paths and contents.
    ///
    /// # Errors
    /// One of the paths is none.
    pub fn of<P: AsRef<str>, B: Into<Vec<u8>>>(
        files: impl IntoIterator<Item = (P, B)>,
    ) -> Result<Self, PathError> {
        files.into_iter().try_fold(Self::new(), |mut tree, (path, bytes)| {
            tree.insert(TreePath::parse(path.as_ref())?, bytes);
            Ok(tree)
        })
    }

    /// Puts a file into the tree, replacing one of the same path.
    pub fn insert(&mut self, path: TreePath, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path, bytes.into());
    }
}

impl FileTree for MemoryTree {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        let bytes = self.files.get(path).ok_or_else(|| FileError::not_found(path))?;
        Ok(Box::new(bytes.as_slice()))
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        if let Some(bytes) = self.files.get(path) {
            return Ok(Stat { kind: FileKind::File, len: u64::try_from(bytes.len()).unwrap_or(u64::MAX) });
        }
        let is_folder = self.files.keys().any(|file| is_below(file.as_str(), path.as_str()));
        if is_folder { Ok(Stat { kind: FileKind::Folder, len: 0 }) } else { Err(FileError::not_found(path)) }
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        members(path, self.files.keys().map(TreePath::as_str))
    }
}

/// Whether `file` lies below `folder`.
fn is_below(file: &str, folder: &str) -> bool {
    rest_below(file, folder).is_some()
}

/// What is left of `file` below `folder`.
pub(super) fn rest_below<'a>(file: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() || folder.ends_with(':') {
        return file.strip_prefix(folder);
    }
    file.strip_prefix(folder)?.strip_prefix('/')
}

/// The members of `folder` among a sorted list of file paths.
pub(super) fn members<'a>(
    folder: &TreePath,
    files: impl Iterator<Item = &'a str>,
) -> Result<Vec<Entry>, FileError> {
    let mut entries = BTreeMap::new();
    for rest in files.filter_map(|file| rest_below(file, folder.as_str())) {
        let (name, kind) = match rest.split_once('/') {
            Some((name, _)) => (name, FileKind::Folder),
            None => (rest, FileKind::File),
        };
        if let Ok(path) = folder.join(name) {
            entries.insert(path, kind);
        }
    }
    if entries.is_empty() {
        return Err(FileError::not_found(folder));
    }
    Ok(entries.into_iter().map(|(path, kind)| Entry { path, kind }).collect())
}
