use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Mutex;

use probity_diagnostics::{Entry, FileError, FileTree, Sha256Digest, Stamp, Stat, TreePath};

use super::stamps::StampedTree;

/// What stands for a file that was changed while it was read: no file is as this says, so that the target is made again.
const CHANGED: &str = "changed while it was read";

/// A file tree that remembers what was read through it: the inputs of a
/// target are what its step really looked at, missing files included.
pub(crate) struct TrackedTree<'a> {
    tree: &'a dyn FileTree,
    stamped: Option<&'a StampedTree<'a>>,
    seen: Mutex<BTreeMap<TreePath, Look>>,
}

/// What was looked at, and the stamp that it had when it was first looked at.
type Look = (Seen, Option<Stamp>);

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    File,
    Folder,
    Presence,
}

impl<'a> TrackedTree<'a> {
    pub(crate) fn new(tree: &'a dyn FileTree) -> Self {
        Self { tree, stamped: None, seen: Mutex::default() }
    }

    /// A tree that notices what changes while it is read.
    pub(super) fn over(tree: &'a dyn FileTree, stamped: &'a StampedTree<'a>) -> Self {
        Self { stamped: Some(stamped), ..Self::new(tree) }
    }

    fn note(&self, path: &TreePath, seen: Seen) {
        if let Ok(mut all) = self.seen.lock() {
            let stamp = || self.stamped.and_then(|tree| tree.stamp(path));
            let entry = all.entry(path.clone()).or_insert_with(|| (seen, stamp()));
            entry.0 = entry.0.min(seen);
        }
    }

    /// The files that were read.
    pub(crate) fn files(&self) -> BTreeSet<TreePath> {
        let seen = self.seen.lock().map(|s| s.clone()).unwrap_or_default();
        seen.into_iter().filter(|(_, (seen, _))| *seen == Seen::File).map(|(path, _)| path).collect()
    }

    /// Everything that was looked at, with its fingerprint now.
    pub(super) fn inputs(&self) -> BTreeMap<String, String> {
        let seen = self.seen.lock().map(|s| s.clone()).unwrap_or_default();
        let state = |(path, (seen, stamp)): (TreePath, Look)| {
            let now = self.stamped.and_then(|tree| tree.stamp(&path));
            let changed = seen == Seen::File && stamp != now;
            let print = if changed { CHANGED.to_owned() } else { fingerprint(self.tree, &path, seen) };
            (key(&path, seen), print)
        };
        seen.into_iter().map(state).collect()
    }
}

/// The name of an input in the build state.
fn key(path: &TreePath, seen: Seen) -> String {
    match seen {
        Seen::File => path.as_str().to_owned(),
        Seen::Folder => format!("list {}", path.as_str()),
        Seen::Presence => format!("presence {}", path.as_str()),
    }
}

/// Whether an input is as it was.
pub(super) fn is_unchanged(tree: &dyn FileTree, key: &str, recorded: &str) -> bool {
    let (seen, path) = match key.split_once(' ') {
        Some(("list", path)) => (Seen::Folder, path),
        Some(("presence", path)) => (Seen::Presence, path),
        _ => (Seen::File, key),
    };
    TreePath::parse(path).is_ok_and(|path| fingerprint(tree, &path, seen) == recorded)
}

/// What stands for the state of an entry: a digest of its content or members,
/// or whether it is there.
fn fingerprint(tree: &dyn FileTree, path: &TreePath, seen: Seen) -> String {
    let absent = || "absent".to_owned();
    match seen {
        Seen::File => tree.digest(path).map_or_else(|_| absent(), |d| d.to_string()),
        Seen::Folder => tree.list(path).map_or_else(
            |_| absent(),
            |entries| {
                let names: Vec<&str> = entries.iter().map(|e| e.path.as_str()).collect();
                Sha256Digest::of(names.join("\n").as_bytes()).to_string()
            },
        ),
        Seen::Presence => tree.stat(path).map_or_else(|_| absent(), |s| format!("{:?}", s.kind)),
    }
}

impl FileTree for TrackedTree<'_> {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        self.note(path, Seen::File);
        self.tree.open(path)
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        self.note(path, Seen::Presence);
        self.tree.stat(path)
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        self.note(path, Seen::Folder);
        self.tree.list(path)
    }

    fn digest(&self, path: &TreePath) -> Result<Sha256Digest, FileError> {
        self.note(path, Seen::File);
        self.tree.digest(path)
    }

    fn display(&self, path: &TreePath) -> String {
        self.tree.display(path)
    }
}
