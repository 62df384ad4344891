use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use git2::{ObjectType, Oid};
use jiff::Timestamp;
use probity_diagnostics::{
    Diagnostic, Diagnostics, Entry, FileError, FileErrorKind, FileKind, FileTree, Sha256Digest, Stat,
    TreePath, codes as files,
};

use super::commit::{Commit, ObjectId};
use super::repository::Repository;
use super::{lfs, refuse};
use crate::codes;

/// The mode of a symbolic link in a folder.
const LINK: i32 = 0o120_000;

/// The files of a commit, from a folder downwards.
pub struct GitTree {
    repository: Repository,
    tree: Oid,
    commit: Commit,
    below: TreePath,
    /// Digests of content that was asked for, by object.
    digests: Mutex<BTreeMap<ObjectId, Sha256Digest>>,
}

/// An entry of a folder: the object and its mode.
#[derive(Clone, Copy)]
struct Found {
    id: Oid,
    kind: ObjectType,
    mode: i32,
}

impl GitTree {
    /// The files of revision `rev` below `folder`, which lies in a work tree
    /// or is a bare repository.
    ///
    /// # Errors
    /// As [`Repository::discover`], [`Repository::resolve`] and [`GitTree::at`].
    pub fn open(folder: &Path, rev: &str) -> Result<Self, Diagnostic> {
        let repository = Repository::discover(folder)?;
        let commit = repository.resolve(rev)?;
        Self::at(&repository, &commit, repository.below())
    }

    /// The files of a commit below a folder of it.
    ///
    /// # Errors
    /// The commit does not hold the folder, or the repository lacks it.
    pub fn at(repository: &Repository, commit: &Commit, below: &TreePath) -> Result<Self, Diagnostic> {
        let whole = Self {
            repository: repository.clone(),
            tree: commit.tree.0,
            commit: commit.clone(),
            below: below.clone(),
            digests: Mutex::default(),
        };
        let found = whole.find(below).map_err(|error| match error.kind {
            FileErrorKind::NotFound => absent(below, commit),
            _ => error.into(),
        })?;
        if found.kind != ObjectType::Tree {
            return Err(absent(below, commit));
        }
        Ok(Self { tree: found.id, ..whole })
    }

    /// The full id of the commit.
    pub fn commit(&self) -> String {
        self.commit.id.to_string()
    }

    /// When the commit was made.
    pub fn committed(&self) -> Timestamp {
        self.commit.time
    }

    /// The object at a path; equal ids stand for equal content.
    ///
    /// # Errors
    /// There is none, or the repository lacks a folder on the way.
    pub fn object(&self, path: &TreePath) -> Result<ObjectId, FileError> {
        self.find(path).map(|found| ObjectId(found.id))
    }

    /// A note for each submodule of the commit below this folder: what it holds is not read.
    pub fn submodules(&self) -> Diagnostics {
        let Ok(text) = self.bytes_at_root(".gitmodules") else { return Diagnostics::new() };
        let text = String::from_utf8_lossy(&text);
        let paths =
            text.lines().filter_map(|line| line.trim().strip_prefix("path")?.trim_start().strip_prefix('='));
        let inside = |path: &str| {
            let path = TreePath::parse(path.trim()).ok()?;
            let rest = match self.below.as_str() {
                "" => path.as_str(),
                below => path.as_str().strip_prefix(below)?.strip_prefix('/')?,
            };
            let rest = TreePath::parse(rest).ok()?;
            self.find(&rest).is_ok_and(|found| found.kind == ObjectType::Commit).then_some(rest)
        };
        let note = |path| {
            Diagnostic::note(
                &codes::SUBMODULE,
                format!("the submodule `{path}` is not read from the revision"),
            )
        };
        paths.filter_map(inside).map(note).collect()
    }

    fn bytes_at_root(&self, name: &str) -> Result<Vec<u8>, git2::Error> {
        let repository = self.repository.lock();
        let tree = repository.find_tree(self.commit.tree.0)?;
        let id = tree.get_path(Path::new(name))?.id();
        Ok(repository.find_blob(id)?.content().to_vec())
    }

    /// Looks up an entry, folder by folder.
    fn find(&self, path: &TreePath) -> Result<Found, FileError> {
        if path.bundled().is_some() || path.is_remote() {
            return Err(FileError::not_found(path));
        }
        let repository = self.repository.lock();
        let mut found = Found { id: self.tree, kind: ObjectType::Tree, mode: 0 };
        for name in path.as_str().split('/').filter(|name| !name.is_empty()) {
            match found.kind {
                ObjectType::Tree => {}
                ObjectType::Commit => return Err(refused(path, in_submodule(path))),
                _ => return Err(FileError::not_found(path)),
            }
            let tree = repository.find_tree(found.id).map_err(|_| missing(&repository, path))?;
            let entry = tree.get_name(name).ok_or_else(|| FileError::not_found(path))?;
            let kind = entry.kind().ok_or_else(|| FileError::not_found(path))?;
            found = Found { id: entry.id(), kind, mode: entry.filemode() };
        }
        Ok(found)
    }

    /// The content of a file; that of another one where Git LFS keeps it.
    fn content(&self, path: &TreePath, found: Found) -> Result<Vec<u8>, FileError> {
        match found.kind {
            ObjectType::Blob if found.mode == LINK => {
                Err(unreadable(path, "it is a symbolic link, and those of revisions are not followed"))
            }
            ObjectType::Blob => {
                let repository = self.repository.lock();
                let blob = repository.find_blob(found.id).map_err(|_| missing(&repository, path))?;
                if lfs::is_pointer(blob.content()) {
                    return lfs::content(&repository, blob.content())
                        .map_err(|finding| refused(path, finding));
                }
                Ok(blob.content().to_vec())
            }
            ObjectType::Commit => Err(refused(path, in_submodule(path))),
            _ => Err(unreadable(path, "it is a folder")),
        }
    }
}

fn absent(below: &TreePath, commit: &Commit) -> Diagnostic {
    let message = format!("commit {} has no folder `{below}`", commit.id.short());
    Diagnostic::error(&files::FILE_NOT_FOUND, message)
}

fn in_submodule(path: &TreePath) -> Diagnostic {
    Diagnostic::error(
        &codes::SUBMODULE,
        format!("`{path}` belongs to a submodule, which is not read from revisions"),
    )
    .help("copy what is needed into the project, or use the work tree")
}

fn missing(repository: &git2::Repository, path: &TreePath) -> FileError {
    refused(path, refuse::missing_object(repository, &format!("`{path}` cannot be read")))
}

fn refused(path: &TreePath, finding: Diagnostic) -> FileError {
    FileError { path: path.clone(), kind: FileErrorKind::Refused(Box::new(finding)) }
}

fn unreadable(path: &TreePath, why: &str) -> FileError {
    FileError { path: path.clone(), kind: FileErrorKind::Unreadable(why.to_owned()) }
}

impl FileTree for GitTree {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        let bytes = self.content(path, self.find(path)?)?;
        Ok(Box::new(Cursor::new(bytes)))
    }

    /// The length of what a partial clone lacks counts as 0: opening it says what is wrong.
    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        let found = self.find(path)?;
        if found.kind != ObjectType::Blob {
            return Ok(Stat { kind: FileKind::Folder, len: 0 });
        }
        let repository = self.repository.lock();
        let header = repository.odb().and_then(|store| store.read_header(found.id));
        let len = header.map_or(0, |(len, _)| u64::try_from(len).unwrap_or(u64::MAX));
        Ok(Stat { kind: FileKind::File, len })
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        let found = self.find(path)?;
        match found.kind {
            ObjectType::Tree => {}
            ObjectType::Commit => return Ok(Vec::new()),
            _ => return Err(unreadable(path, "it is a file")),
        }
        let repository = self.repository.lock();
        let tree = repository.find_tree(found.id).map_err(|_| missing(&repository, path))?;
        let mut entries: Vec<Entry> = tree
            .iter()
            .filter_map(|entry| {
                let kind = match entry.kind()? {
                    ObjectType::Tree => FileKind::Folder,
                    ObjectType::Blob => FileKind::File,
                    _ => return None,
                };
                Some(Entry { path: path.join(entry.name().ok()?).ok()?, kind })
            })
            .collect();
        entries.sort();
        Ok(entries)
    }

    fn digest(&self, path: &TreePath) -> Result<Sha256Digest, FileError> {
        let found = self.find(path)?;
        let known = || self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(digest) = known().get(&ObjectId(found.id)) {
            return Ok(*digest);
        }
        let digest = Sha256Digest::of(&self.content(path, found)?);
        known().insert(ObjectId(found.id), digest);
        Ok(digest)
    }
}
