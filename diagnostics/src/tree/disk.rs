#![expect(clippy::disallowed_methods, reason = "this is the door to the disk")]

use std::fs;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use super::{Entry, FileError, FileErrorKind, FileKind, FileTree, Stat, TreePath};

/// A folder on disk. Symbolic links are followed only as long as they stay
/// inside the folder.
#[derive(Debug, Clone)]
pub struct DiskTree {
    root: PathBuf,
    shown: String,
}

impl DiskTree {
    /// The tree below `root`; `shown` stands before every path that a user
    /// sees and is empty or ends in `/`.
    ///
    /// # Errors
    /// The folder does not exist.
    pub fn new(root: impl AsRef<Path>, shown: impl Into<String>) -> std::io::Result<Self> {
        Ok(Self { root: root.as_ref().canonicalize()?, shown: shown.into() })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where `path` lies on disk.
    ///
    /// # Errors
    /// It is missing, a `content:` path, a remote location, or a link out of the folder.
    pub fn on_disk(&self, path: &TreePath) -> Result<PathBuf, FileError> {
        if path.bundled().is_some() || path.is_remote() {
            return Err(FileError::not_found(path));
        }
        let full = self.root.join(path.as_str()).canonicalize().map_err(|e| FileError::from_io(path, &e))?;
        if full.starts_with(&self.root) {
            return Ok(full);
        }
        let reason = format!("it is a link to a place outside {}", self.root.display());
        Err(FileError { path: path.clone(), kind: FileErrorKind::Unreadable(reason) })
    }
}

impl FileTree for DiskTree {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        let full = self.on_disk(path)?;
        let file = fs::File::open(full).map_err(|e| FileError::from_io(path, &e))?;
        Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        let meta = fs::metadata(self.on_disk(path)?).map_err(|e| FileError::from_io(path, &e))?;
        Ok(if meta.is_dir() {
            Stat { kind: FileKind::Folder, len: 0 }
        } else {
            Stat { kind: FileKind::File, len: meta.len() }
        })
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        let unreadable = |e: std::io::Error| FileError::from_io(path, &e);
        let mut entries = Vec::new();
        for item in fs::read_dir(self.on_disk(path)?).map_err(unreadable)? {
            let item = item.map_err(unreadable)?;
            let Some(member) = item.file_name().to_str().and_then(|name| path.join(name).ok()) else {
                continue;
            };
            if let Ok(stat) = self.stat(&member) {
                entries.push(Entry { path: member, kind: stat.kind });
            }
        }
        entries.sort();
        Ok(entries)
    }

    fn display(&self, path: &TreePath) -> String {
        format!("{}{path}", self.shown)
    }
}
