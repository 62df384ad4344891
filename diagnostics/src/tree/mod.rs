//! File trees: the one door through which everything is read.

mod bundled;
mod digest;
mod disk;
mod memory;
mod overlay;
mod path;
mod remote;
mod stamp;
mod write;

use std::fmt;
use std::io::{self, Read};

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::location::Location;

pub use bundled::BundledTree;
pub use digest::{DigestWriter, Sha256Digest, sha2};
pub use disk::DiskTree;
pub use memory::MemoryTree;
pub use overlay::OverlayTree;
pub use path::{PathError, TreePath};
pub use stamp::Stamp;
pub use write::write_atomically;

/// What an entry of a file tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// A file with content.
    File,
    /// A folder.
    Folder,
}

/// Kind and size of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    /// What it is.
    pub kind: FileKind,
    /// Its length in bytes; 0 for folders.
    pub len: u64,
}

/// A member of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The path of the member, from the root of the tree.
    pub path: TreePath,
    /// What it is.
    pub kind: FileKind,
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileErrorKind {
    /// There is no such entry.
    NotFound,
    /// The entry is larger than the given number of bytes.
    TooLarge(u64),
    /// Anything else, in the operating system's words.
    Unreadable(String),
    /// The entry is a remote location that was not read.
    Remote(Box<RemoteError>),
    /// What the tree itself has to say: an error with its own code and remedy.
    Refused(Box<Diagnostic>),
}

/// Why a remote location was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteError {
    /// What kept it from being read.
    pub kind: RemoteErrorKind,
    /// What there is to say, in one sentence that names the location.
    pub message: String,
    /// What to do about it.
    pub helps: Vec<String>,
}

/// What keeps a remote location from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemoteErrorKind {
    /// Nothing answers it: no folder stands for it, and it may not be fetched.
    Unanswered,
    /// It was to be fetched and could not be.
    Failed,
    /// What there is in its place must not be used.
    Refused,
}

impl RemoteError {
    /// The error for a location that nothing answers, with both ways out.
    pub fn unanswered(location: &TreePath) -> Self {
        Self {
            kind: RemoteErrorKind::Unanswered,
            message: format!("`{location}` is a remote location that nothing answers"),
            helps: Self::ways_out(&location.parent()),
        }
    }

    /// What lets a location in the remote `folder` be read.
    pub fn ways_out(folder: &TreePath) -> Vec<String> {
        vec![
            format!("`--map {folder}=FOLDER`, or [[map]] in probity.toml, reads it from a folder"),
            "`--allow-remote` fetches it and notes its digest in probity.lock".to_owned(),
        ]
    }

    /// The error as one of a file.
    pub fn of(self, location: &TreePath) -> FileError {
        FileError { path: location.clone(), kind: FileErrorKind::Remote(Box::new(self)) }
    }
}

/// A file that could not be read, with its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// The file.
    pub path: TreePath,
    /// Why.
    pub kind: FileErrorKind,
}

impl FileError {
    /// The error for `path` made of an I/O error.
    pub fn from_io(path: &TreePath, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FileErrorKind::NotFound,
            _ => FileErrorKind::Unreadable(error.to_string()),
        };
        Self { path: path.clone(), kind }
    }

    /// The error for an entry that is not there; a remote location is one that nothing answers.
    pub fn not_found(path: &TreePath) -> Self {
        if path.is_remote() {
            return RemoteError::unanswered(path).of(path);
        }
        Self { path: path.clone(), kind: FileErrorKind::NotFound }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            FileErrorKind::NotFound => write!(f, "`{}` does not exist", self.path),
            FileErrorKind::TooLarge(limit) => write!(f, "`{}` is larger than {limit} bytes", self.path),
            FileErrorKind::Unreadable(why) => write!(f, "`{}` cannot be read: {why}", self.path),
            FileErrorKind::Remote(error) => f.write_str(&error.message),
            FileErrorKind::Refused(finding) => f.write_str(&finding.message),
        }
    }
}

impl std::error::Error for FileError {}

impl From<FileError> for Diagnostic {
    fn from(error: FileError) -> Self {
        let code = match error.kind {
            FileErrorKind::NotFound => &codes::FILE_NOT_FOUND,
            FileErrorKind::TooLarge(_) => &codes::FILE_TOO_LARGE,
            FileErrorKind::Unreadable(_) => &codes::FILE_UNREADABLE,
            FileErrorKind::Remote(error) => return (*error).into(),
            FileErrorKind::Refused(finding) => return finding.at(Location::file(&error.path)),
        };
        Diagnostic::error(code, error.to_string()).at(Location::file(&error.path))
    }
}

impl From<PathError> for Diagnostic {
    fn from(error: PathError) -> Self {
        Diagnostic::error(&codes::PATH_OUTSIDE, error.to_string())
    }
}

impl From<RemoteError> for Diagnostic {
    fn from(error: RemoteError) -> Self {
        let code = match error.kind {
            RemoteErrorKind::Unanswered => &codes::REMOTE_UNANSWERED,
            RemoteErrorKind::Failed => &codes::REMOTE_FAILED,
            RemoteErrorKind::Refused => &codes::REMOTE_REFUSED,
        };
        error.helps.into_iter().fold(Diagnostic::error(code, error.message), Diagnostic::help)
    }
}

/// Where files are read from: a folder on disk, memory, a git revision or the
/// bundled content.
pub trait FileTree: Send + Sync {
    /// Opens a file for streaming.
    ///
    /// # Errors
    /// The file is missing, is a folder or cannot be read.
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError>;

    /// Kind and size of an entry.
    ///
    /// # Errors
    /// The entry is missing or cannot be read.
    fn stat(&self, path: &TreePath) -> Result<Stat, FileError>;

    /// The members of a folder, sorted by path.
    ///
    /// # Errors
    /// The folder is missing, is a file or cannot be read.
    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError>;

    /// The digest of a file's content.
    ///
    /// # Errors
    /// As [`FileTree::open`].
    fn digest(&self, path: &TreePath) -> Result<Sha256Digest, FileError> {
        Sha256Digest::of_reader(self.open(path)?).map_err(|e| FileError::from_io(path, &e))
    }

    /// The whole content of a file of at most `limit` bytes.
    ///
    /// # Errors
    /// As [`FileTree::open`], or the file is larger than `limit`.
    fn read(&self, path: &TreePath, limit: u64) -> Result<Vec<u8>, FileError> {
        let too_large = || FileError { path: path.clone(), kind: FileErrorKind::TooLarge(limit) };
        let length = self.stat(path)?.len;
        if length > limit {
            return Err(too_large());
        }
        // room for all of it and for the end, so that nothing is copied while it is read
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0).saturating_add(32));
        let mut reader = self.open(path)?.take(limit.saturating_add(1));
        reader.read_to_end(&mut bytes).map_err(|e| FileError::from_io(path, &e))?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
            return Err(too_large());
        }
        Ok(bytes)
    }

    /// Whether `path` is a file.
    fn is_file(&self, path: &TreePath) -> bool {
        self.stat(path).is_ok_and(|s| s.kind == FileKind::File)
    }

    /// Whether `path` is a folder.
    fn is_folder(&self, path: &TreePath) -> bool {
        self.stat(path).is_ok_and(|s| s.kind == FileKind::Folder)
    }

    /// Every file below a folder, sorted by path. Hidden entries (a name that
    /// begins with a dot) are left out.
    ///
    /// # Errors
    /// As [`FileTree::list`].
    fn walk(&self, folder: &TreePath) -> Result<Vec<TreePath>, FileError> {
        let mut files = Vec::new();
        let mut open = vec![folder.clone()];
        while let Some(next) = open.pop() {
            for entry in self.list(&next)? {
                match entry.kind {
                    _ if entry.path.is_hidden() => {}
                    FileKind::File => files.push(entry.path),
                    FileKind::Folder => open.push(entry.path),
                }
            }
        }
        files.sort();
        Ok(files)
    }

    /// How `path` is shown to a user, for instance relative to the folder
    /// they stand in.
    fn display(&self, path: &TreePath) -> String {
        path.to_string()
    }
}

impl<T: FileTree + ?Sized> FileTree for std::sync::Arc<T> {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        (**self).open(path)
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        (**self).stat(path)
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        (**self).list(path)
    }

    fn digest(&self, path: &TreePath) -> Result<Sha256Digest, FileError> {
        (**self).digest(path)
    }

    fn display(&self, path: &TreePath) -> String {
        (**self).display(path)
    }
}
