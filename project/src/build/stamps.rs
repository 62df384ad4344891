//! Digests of files that need not be read again.
//!
//! A digest is believed where the file has the stamp that it had when it was digested, and that stamp is older than the
//! beginning of the build that noted it: whoever changes the file afterwards gives it another one, because the clock has
//! moved on. Files that changed since the build began are digested again by the next one, as git does with its index. What
//! the build itself wrote is believed from the first step of the clock after it was written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use probity_diagnostics::{
    DiskTree, Entry, FileError, FileTree, Sha256Digest, Stamp, Stat, TreePath, write_atomically,
};

/// Where they lie, from the project folder.
const FILE: &str = ".probity/stamps";

/// The first line; stamps of another form are none.
const HEADER: &str = "probity stamps 1";

/// The most that is read of the file.
const LIMIT: u64 = 256 << 20;

/// A stamp and the digest of the file that had it.
type Known = (Stamp, Sha256Digest);

/// The stamps of the files of a project.
#[derive(Debug)]
pub(crate) struct Stamps<'a> {
    disk: &'a DiskTree,
    /// When the build began, by the clock of the file system; none where nothing is to be noted.
    began: Option<Stamp>,
    /// Of earlier builds.
    before: BTreeMap<String, Known>,
    now: Mutex<BTreeMap<String, Known>>,
    /// What this build wrote.
    written: Mutex<BTreeMap<String, Known>>,
    /// Digests of bundled files.
    bundled: Mutex<BTreeMap<TreePath, Sha256Digest>>,
    /// Members of bundled folders.
    folders: Mutex<BTreeMap<TreePath, Vec<Entry>>>,
}

impl<'a> Stamps<'a> {
    /// The stamps that earlier builds of the project on `disk` noted, if they are `believed`, for a build that began at
    /// `began`.
    pub(super) fn read(disk: &'a DiskTree, began: Option<Stamp>, believed: bool) -> Self {
        let bytes = TreePath::parse(FILE).ok().and_then(|path| disk.read(&path, LIMIT).ok());
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let mut lines = text.lines();
        let known = lines.next() == Some(HEADER) && believed;
        let entry = |line: &str| {
            let mut parts = line.splitn(3, '\t');
            let stamp: Stamp = parts.next()?.parse().ok()?;
            let digest: Sha256Digest = parts.next()?.parse().ok()?;
            Some((parts.next()?.to_owned(), (stamp, digest)))
        };
        let before = if known { lines.filter_map(entry).collect() } else { BTreeMap::new() };
        Self {
            disk,
            began,
            before,
            now: Mutex::default(),
            written: Mutex::default(),
            bundled: Mutex::default(),
            folders: Mutex::default(),
        }
    }

    /// Writes those of this build, where they are others than before; `now` is the clock of the file system. Those of files
    /// that this build did not look at are kept where it did not look at `all`.
    pub(super) fn write(&self, now: Option<Stamp>, all: bool) {
        let settled = |(_, (stamp, _)): &(&String, &Known), clock: Option<Stamp>| {
            clock.is_some_and(|clock| stamp.is_before(&clock))
        };
        let (looked, written) = (lock(&self.now), lock(&self.written));
        let mut kept = if all { BTreeMap::new() } else { self.before.clone() };
        let looked = looked.iter().filter(|entry| settled(entry, self.began));
        let written = written.iter().filter(|entry| settled(entry, now));
        kept.extend(looked.chain(written).map(|(path, known)| (path.clone(), *known)));
        if kept == self.before {
            return;
        }
        let mut text = format!("{HEADER}\n");
        for (path, (stamp, digest)) in kept.iter().filter(|(path, _)| !path.contains('\n')) {
            let _ = writeln!(text, "{stamp}\t{digest}\t{path}");
        }
        // where it cannot be written, the next build reads more
        let _ = write_atomically(&self.disk.root().join(FILE), |out| out.write_all(text.as_bytes()));
    }

    /// Notes what this build wrote.
    pub(super) fn wrote(&self, path: &TreePath, digest: Sha256Digest) {
        if let Some(stamp) = self.stamp(path) {
            lock(&self.now).remove(path.as_str());
            lock(&self.written).insert(path.as_str().to_owned(), (stamp, digest));
        }
    }

    /// The stamp of a file of the project.
    fn stamp(&self, path: &TreePath) -> Option<Stamp> {
        Stamp::of(&self.disk.on_disk(path).ok()?)
    }

    /// The digest of a file of the project, which `read` makes where it is not known.
    fn digest(
        &self,
        path: &TreePath,
        read: impl FnOnce() -> Result<Sha256Digest, FileError>,
    ) -> Result<Sha256Digest, FileError> {
        let Some(stamp) = self.stamp(path) else { return read() };
        let key = path.as_str();
        let same = |entry: Option<&Known>| entry.filter(|(was, _)| *was == stamp).map(|(_, digest)| *digest);
        if let Some(digest) = same(lock(&self.written).get(key)) {
            return Ok(digest);
        }
        let settled = self.began.is_some_and(|began| stamp.is_before(&began));
        let seen = same(lock(&self.now).get(key)).filter(|_| settled);
        let digest = match seen.or_else(|| same(self.before.get(key))) {
            Some(digest) => digest,
            None => read()?,
        };
        lock(&self.now).insert(key.to_owned(), (stamp, digest));
        Ok(digest)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A tree that digests files through [`Stamps`].
pub(crate) struct StampedTree<'a> {
    tree: &'a dyn FileTree,
    stamps: &'a Stamps<'a>,
    /// Whether the paths of the tree are files of the project folder; else it is a revision.
    on_disk: bool,
}

impl<'a> StampedTree<'a> {
    pub(super) fn new(tree: &'a dyn FileTree, stamps: &'a Stamps<'a>, on_disk: bool) -> Self {
        Self { tree, stamps, on_disk }
    }

    /// The stamp of a file, where it has one.
    pub(super) fn stamp(&self, path: &TreePath) -> Option<Stamp> {
        let is_file = self.on_disk && path.bundled().is_none() && !path.is_remote();
        if is_file { self.stamps.stamp(path) } else { None }
    }
}

impl FileTree for StampedTree<'_> {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        self.tree.open(path)
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        self.tree.stat(path)
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        if path.bundled().is_none() {
            return self.tree.list(path);
        }
        if let Some(known) = lock(&self.stamps.folders).get(path) {
            return Ok(known.clone());
        }
        let entries = self.tree.list(path)?;
        lock(&self.stamps.folders).insert(path.clone(), entries.clone());
        Ok(entries)
    }

    fn digest(&self, path: &TreePath) -> Result<Sha256Digest, FileError> {
        let read = || self.tree.digest(path);
        if path.bundled().is_some() {
            if let Some(known) = lock(&self.stamps.bundled).get(path) {
                return Ok(*known);
            }
            let digest = read()?;
            lock(&self.stamps.bundled).insert(path.clone(), digest);
            return Ok(digest);
        }
        if self.on_disk && !path.is_remote() { self.stamps.digest(path, read) } else { read() }
    }

    fn display(&self, path: &TreePath) -> String {
        self.tree.display(path)
    }
}
