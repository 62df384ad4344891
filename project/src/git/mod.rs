//! Files of a git revision, read from the object store without a checkout.

use std::io::Read;
use std::path::Path;
use std::sync::Mutex;

use git2::{ObjectType, Oid, Repository};
use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Entry, FileError, FileErrorKind, FileKind, FileTree, Stat, TreePath};

use crate::codes;

/// The tree of a commit, from a folder of the repository downwards.
pub struct GitTree {
    repository: Mutex<Repository>,
    tree: Oid,
    commit: String,
    committed: Timestamp,
}

impl GitTree {
    /// The files of revision `rev` below `folder`, which lies in a work tree
    /// or is a bare repository.
    ///
    /// # Errors
    /// The folder is in no repository, or the revision is unknown there.
    pub fn open(folder: &Path, rev: &str) -> Result<Self, Diagnostic> {
        let repository = Repository::discover(folder)
            .map_err(|e| refuse(format!("`{}` is in no git repository", folder.display()), &e))?;
        let below = below_work_tree(&repository, folder);
        let (tree, commit, committed) =
            find_tree(&repository, rev, below.as_deref().unwrap_or("")).map_err(|e| {
                let shallow = if repository.is_shallow() { " (the clone is shallow)" } else { "" };
                refuse(format!("revision `{rev}` cannot be read{shallow}"), &e)
            })?;
        Ok(Self { repository: Mutex::new(repository), tree, commit, committed })
    }

    /// The full id of the commit.
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// When the commit was made.
    pub fn committed(&self) -> Timestamp {
        self.committed
    }

    /// Looks up an entry and hands its kind and object to `with`.
    fn find<T>(
        &self,
        path: &TreePath,
        with: impl FnOnce(&Repository, &git2::Object<'_>) -> Result<T, FileError>,
    ) -> Result<T, FileError> {
        let repository = self.repository.lock().map_err(|_| unreadable(path, "the repository is locked"))?;
        let not_found = |_| FileError { path: path.clone(), kind: FileErrorKind::NotFound };
        let root = repository.find_tree(self.tree).map_err(not_found)?;
        let object = if path.as_str().is_empty() {
            root.into_object()
        } else if path.bundled().is_some() || path.is_remote() {
            return Err(FileError::not_found(path));
        } else {
            let entry = root.get_path(Path::new(path.as_str())).map_err(not_found)?;
            entry.to_object(&repository).map_err(|e| unreadable(path, e.message()))?
        };
        with(&repository, &object)
    }
}

/// The tree of folder `below` at revision `rev`, and the id and time of its commit.
fn find_tree(
    repository: &Repository,
    rev: &str,
    below: &str,
) -> Result<(Oid, String, Timestamp), git2::Error> {
    let commit = repository.revparse_single(rev)?.peel_to_commit()?;
    let root = commit.tree()?;
    let tree = if below.is_empty() { root.id() } else { root.get_path(Path::new(below))?.id() };
    let committed = Timestamp::from_second(commit.time().seconds()).unwrap_or_default();
    Ok((tree, commit.id().to_string(), committed))
}

fn refuse(message: String, error: &git2::Error) -> Diagnostic {
    Diagnostic::error(&codes::BAD_REVISION, message).help(error.message().to_owned())
}

fn unreadable(path: &TreePath, why: &str) -> FileError {
    FileError { path: path.clone(), kind: FileErrorKind::Unreadable(why.to_owned()) }
}

/// The path of `folder` inside its work tree, `/`-separated.
fn below_work_tree(repository: &Repository, folder: &Path) -> Option<String> {
    let work_tree = repository.workdir()?.canonicalize().ok()?;
    let inside = folder.canonicalize().ok()?;
    let relative = inside.strip_prefix(work_tree).ok()?.to_str()?.to_owned();
    Some(relative.replace('\\', "/"))
}

impl FileTree for GitTree {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        let bytes = self.find(path, |_, object| {
            let blob = object.as_blob().ok_or_else(|| unreadable(path, "it is a folder"))?;
            Ok(blob.content().to_vec())
        })?;
        if bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
            return Err(unreadable(path, "the revision holds a Git LFS pointer, not the file itself"));
        }
        Ok(Box::new(std::io::Cursor::new(bytes)))
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        self.find(path, |_, object| {
            Ok(match object.as_blob() {
                Some(blob) => {
                    Stat { kind: FileKind::File, len: u64::try_from(blob.size()).unwrap_or(u64::MAX) }
                }
                None => Stat { kind: FileKind::Folder, len: 0 },
            })
        })
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        self.find(path, |_, object| {
            let tree = object.as_tree().ok_or_else(|| unreadable(path, "it is a file"))?;
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
        })
    }
}
