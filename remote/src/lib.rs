//! Documents at remote locations.
//!
//! A [`Remote`] is the file tree that answers `https://` paths. It looks in this order:
//!
//! 1. **Maps** ([`Map`]): the longest prefix that a location begins with names a folder, and the rest of the location a
//!    file in it. A mapped location is answered by that file or not at all.
//! 2. **Lock and cache**: `probity.lock` names the digest of a document, and `.probity/remote/<digest>` holds its bytes.
//!    They are used without leave to fetch: what they are was agreed on when the lock was committed, and the digest is
//!    verified on every reading.
//! 3. **The network** ([`Fetcher`]), where it is allowed: what comes is kept in the cache and noted in the lock. A document
//!    that the lock names must have the digest that it names.
//!
//! The location that a document was asked for under is the base of its relative references, whatever answers it and
//! wherever a server redirects to. A fragment is no part of a location; a query is, and of the name of a mapped file.
//!
//! Nothing else in Probity opens a connection to read documents.

mod cache;
mod fetch;
mod lock;
mod map;
mod store;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use probity_diagnostics::document::Limits;
use probity_diagnostics::{
    Entry, FileError, FileErrorKind, FileKind, FileTree, RemoteError, RemoteErrorKind, Sha256Digest, Stat,
    TreePath,
};

pub use fetch::{Fetched, Fetcher, Patience};
pub use lock::FILE_NAME as LOCK_FILE;
pub use map::{Map, Prefix};
pub use store::Store;

/// The file tree of remote locations.
pub struct Remote {
    maps: Vec<Map>,
    store: Store,
    fetcher: Option<Fetcher>,
    helps: Vec<String>,
    answers: Mutex<BTreeMap<TreePath, Cell>>,
}

/// Where the answer to a location is kept once it is found.
type Cell = Arc<OnceLock<Result<Answer, RemoteError>>>;

/// What stands for a location.
enum Answer {
    /// A file of the folder of a map, by the number of the map.
    Mapped(usize, TreePath),
    /// A document of the cache.
    Kept(Sha256Digest, Arc<[u8]>),
}

impl Remote {
    /// The locations that `maps` and `store` answer, and `fetcher`, where something may be fetched.
    pub fn new(mut maps: Vec<Map>, store: Store, fetcher: Option<Fetcher>) -> Self {
        maps.sort_by_key(|map| std::cmp::Reverse(map.prefix().as_str().len()));
        Self { maps, store, fetcher, helps: Vec::new(), answers: Mutex::default() }
    }

    /// The same with something to say of every location that nothing answers.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// What answers a location, found once.
    fn answer(&self, location: &TreePath) -> Cell {
        let cell = {
            let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(answers.entry(location.clone()).or_default())
        };
        cell.get_or_init(|| self.find(location));
        cell
    }

    /// Hands what answers a location to `with`.
    fn with<T>(
        &self,
        location: &TreePath,
        with: impl FnOnce(&Answer) -> Result<T, FileError>,
    ) -> Result<T, FileError> {
        match self.answer(location).get() {
            Some(Ok(answer)) => with(answer),
            Some(Err(error)) => Err(error.clone().of(location)),
            None => Err(FileError::not_found(location)),
        }
    }

    fn find(&self, location: &TreePath) -> Result<Answer, RemoteError> {
        // a part of a document is nothing that can be read by itself
        if !location.is_remote() || location.as_str().contains('#') {
            return Err(RemoteError::unanswered(location));
        }
        let mut maps = self.maps.iter().enumerate();
        if let Some((index, map)) = maps.find(|(_, map)| map.prefix().covers(location)) {
            return map.file(location).map(|path| Answer::Mapped(index, path));
        }
        match self.store.document(location, self.fetcher.as_ref())? {
            Some((digest, bytes)) => Ok(Answer::Kept(digest, bytes)),
            None => Err(self.unanswered(location)),
        }
    }

    fn unanswered(&self, location: &TreePath) -> RemoteError {
        let mut error = RemoteError::unanswered(location);
        error.helps.extend_from_slice(&self.helps);
        error
    }

    fn tree(&self, map: usize, location: &TreePath) -> Result<&dyn FileTree, FileError> {
        self.maps.get(map).map(Map::tree).ok_or_else(|| FileError::not_found(location))
    }
}

/// The error of a mapped file, told of its location.
fn mapped(error: FileError, location: &TreePath) -> FileError {
    match error.kind {
        FileErrorKind::Remote(_) => error,
        kind => FileError { path: location.clone(), kind },
    }
}

impl FileTree for Remote {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        let limit = Limits::default().bytes;
        self.with(path, |answer| match answer {
            Answer::Kept(_, bytes) => {
                Ok(Box::new(Cursor::new(Arc::clone(bytes))) as Box<dyn Read + Send + '_>)
            }
            Answer::Mapped(map, file) => {
                let bytes = self.tree(*map, path)?.read(file, limit).map_err(|error| mapped(error, path))?;
                Ok(Box::new(Cursor::new(bytes)))
            }
        })
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        self.with(path, |answer| match answer {
            Answer::Kept(_, bytes) => {
                let len = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                Ok(Stat { kind: FileKind::File, len })
            }
            Answer::Mapped(map, file) => self.tree(*map, path)?.stat(file).map_err(|e| mapped(e, path)),
        })
    }

    /// No folder of a remote server can be listed.
    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        let message = format!("`{path}` cannot be listed, being a remote location");
        Err(RemoteError { kind: RemoteErrorKind::Refused, message, helps: Vec::new() }.of(path))
    }

    fn digest(&self, path: &TreePath) -> Result<Sha256Digest, FileError> {
        self.with(path, |answer| match answer {
            Answer::Kept(digest, _) => Ok(*digest),
            Answer::Mapped(map, file) => self.tree(*map, path)?.digest(file).map_err(|e| mapped(e, path)),
        })
    }

    /// The file that was read for a location; a location that was not read is shown as such.
    fn display(&self, path: &TreePath) -> String {
        let known = {
            let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
            answers.get(path).cloned()
        };
        match known.as_ref().and_then(|cell| cell.get()) {
            Some(Ok(Answer::Mapped(map, file))) => {
                self.maps.get(*map).map_or_else(|| path.to_string(), |map| map.tree().display(file))
            }
            Some(Ok(Answer::Kept(digest, _))) => self.store.display(digest),
            _ => path.to_string(),
        }
    }
}
