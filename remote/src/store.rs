use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use probity_diagnostics::{
    DiskTree, FileErrorKind, FileTree, RemoteError, RemoteErrorKind, Sha256Digest, TreePath, document,
    write_atomically,
};

use crate::cache::Cache;
use crate::fetch::Fetcher;
use crate::lock::{FILE_NAME, Lock, Locked};

/// The largest lock file that is read, in bytes.
const LOCK_LIMIT: u64 = 16 << 20;

/// The lock and the cache of a folder: of a project, or of the folder that imports must stay in.
pub struct Store {
    home: DiskTree,
    cache: Cache,
    /// The lock, or why it cannot be read.
    lock: Mutex<Result<Lock, String>>,
    is_fixed: bool,
    update: bool,
}

/// A document with its digest.
type Document = (Sha256Digest, Arc<[u8]>);

impl Store {
    /// The store of the folder `home`, with its lock.
    pub fn open(home: DiskTree) -> Self {
        let lock = read_lock(&home);
        Self::of(home, lock, false)
    }

    /// The store of the folder `home`, with the lock of `tree`, another state of the folder: nothing is noted in it, and
    /// only what it names is fetched.
    pub fn fixed(home: DiskTree, tree: &dyn FileTree) -> Self {
        let lock = read_lock(tree);
        Self::of(home, lock, true)
    }

    fn of(home: DiskTree, lock: Result<Lock, String>, is_fixed: bool) -> Self {
        Self { cache: Cache::new(home.clone()), home, lock: Mutex::new(lock), is_fixed, update: false }
    }

    /// The same store, in which what is fetched takes the place of what the lock says.
    #[must_use]
    pub fn updating(self, update: bool) -> Self {
        Self { update: update && !self.is_fixed, ..self }
    }

    /// The document at a location: as locked and kept, else fetched, where that is allowed; none where nothing is known of
    /// it and nothing may be fetched.
    ///
    /// # Errors
    /// The lock cannot be read, names another document, or names one that is not kept and may not be fetched; or fetching
    /// or keeping failed.
    pub(crate) fn document(
        &self,
        location: &TreePath,
        fetcher: Option<&Fetcher>,
    ) -> Result<Option<Document>, RemoteError> {
        let locked = match &*self.lock.lock().unwrap_or_else(PoisonError::into_inner) {
            Ok(lock) => lock.get(location).cloned(),
            Err(why) => return Err(unreadable_lock(location, why)),
        };
        match (locked, fetcher) {
            (Some(_), Some(fetcher)) if self.update => self.fetch(location, fetcher, None).map(Some),
            (Some(locked), fetcher) => match (self.cache.get(&locked.sha256), fetcher) {
                (Some(kept), _) => Ok(Some(kept)),
                (None, Some(fetcher)) => self.fetch(location, fetcher, Some(&locked)).map(Some),
                (None, None) => Err(not_kept(location, &self.cache.display(&locked.sha256))),
            },
            (None, Some(_)) if self.is_fixed => Err(not_in_revision(location)),
            (None, Some(fetcher)) => self.fetch(location, fetcher, None).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// Fetches a document, keeps it and notes it in the lock.
    fn fetch(
        &self,
        location: &TreePath,
        fetcher: &Fetcher,
        agreed: Option<&Locked>,
    ) -> Result<Document, RemoteError> {
        let fetched = fetcher.fetch(location)?;
        let found = Locked::of(&fetched.bytes, fetched.media_type.as_deref());
        if let Some(agreed) = agreed {
            agree(location, agreed, &found)?;
        }
        let keep = || {
            self.cache.put(&found.sha256, &fetched.bytes)?;
            if agreed.is_none() { self.note(location, &found) } else { Ok(Ok(())) }
        };
        keep().map_err(|error| not_written(location, &self.home, &error))??;
        let digest = Sha256Digest::of(&fetched.bytes);
        Ok((digest, Arc::from(fetched.bytes)))
    }

    /// Notes a document in the lock file, as it is by then: other runs may be at work on it.
    fn note(&self, location: &TreePath, found: &Locked) -> io::Result<Result<(), RemoteError>> {
        let guard = OpenOptions::new().create(true).append(true).open(self.cache.folder().join("lock"))?;
        guard.lock()?;
        let mut known = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lock = match read_lock(&self.home) {
            Ok(lock) => lock,
            Err(why) => return Ok(Err(unreadable_lock(location, &why))),
        };
        if let (Some(agreed), false) = (lock.get(location), self.update)
            && let Err(error) = agree(location, agreed, found)
        {
            return Ok(Err(error));
        }
        lock.insert(location, found.clone());
        let text = lock.to_text();
        write_atomically(&self.lock_file(), |file| file.write_all(text.as_bytes()))?;
        *known = Ok(lock);
        Ok(Ok(()))
    }

    fn lock_file(&self) -> PathBuf {
        self.home.root().join(FILE_NAME)
    }

    /// How the file of a kept document is shown.
    pub(crate) fn display(&self, digest: &Sha256Digest) -> String {
        self.cache.display(&digest.to_string())
    }
}

/// The lock of a folder; an empty one where it has none.
fn read_lock(tree: &dyn FileTree) -> Result<Lock, String> {
    let path = TreePath::parse(FILE_NAME).map_err(|error| error.to_string())?;
    let bytes = match tree.read(&path, LOCK_LIMIT) {
        Ok(bytes) => bytes,
        Err(error) if error.kind == FileErrorKind::NotFound => return Ok(Lock::default()),
        Err(error) => return Err(error.to_string()),
    };
    Lock::parse(document::text(&bytes, &path).map_err(|_| "it is not UTF-8 text")?)
}

fn agree(location: &TreePath, agreed: &Locked, found: &Locked) -> Result<(), RemoteError> {
    if agreed.sha256 == found.sha256 {
        return Ok(());
    }
    Err(refused(
        format!("`{location}` is no longer the document that {FILE_NAME} names"),
        vec![
            format!("{FILE_NAME} names the SHA-256 digest {}", agreed.sha256),
            format!("what was fetched has the digest {}", found.sha256),
            "look at what has changed; `--allow-remote --update-lock` accepts it".to_owned(),
        ],
    ))
}

fn unreadable_lock(location: &TreePath, why: &str) -> RemoteError {
    refused(format!("`{location}` cannot be looked up, for {FILE_NAME} cannot be read: {why}"), Vec::new())
}

fn not_kept(location: &TreePath, file: &str) -> RemoteError {
    let message = format!("`{location}` is named in {FILE_NAME}, and `{file}` does not hold it");
    refused(message, vec!["`--allow-remote` fetches it again and compares its digest".to_owned()])
}

fn not_in_revision(location: &TreePath) -> RemoteError {
    let message = format!("`{location}` is not named in the {FILE_NAME} of the revision");
    refused(message, vec!["nothing new is fetched for a revision; run without `--rev` first".to_owned()])
}

fn not_written(location: &TreePath, home: &DiskTree, error: &io::Error) -> RemoteError {
    let home = home.root().display();
    refused(format!("`{location}` was fetched and cannot be kept in `{home}`: {error}"), Vec::new())
}

fn refused(message: String, helps: Vec<String>) -> RemoteError {
    RemoteError { kind: RemoteErrorKind::Refused, message, helps }
}
