use std::collections::BTreeMap;

use git2::{ObjectType, Oid};
use probity_diagnostics::{Diagnostic, TreePath};

use super::commit::{Commit, ObjectId};
use super::repository::{Repository, read_tree};

/// How a file differs between two commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It is only in the newer one.
    Added,
    /// It is only in the older one.
    Deleted,
    /// Its content differs.
    Modified,
    /// It has another path, and the same content.
    Moved,
}

/// A file that differs between two commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How it differs.
    pub kind: ChangeKind,
    /// Its path in the older commit, and what it holds there.
    pub before: Option<(TreePath, ObjectId)>,
    /// Its path in the newer commit, and what it holds there.
    pub after: Option<(TreePath, ObjectId)>,
}

impl Change {
    /// Where the file stands: in the newer commit, else in the older one.
    pub fn path(&self) -> Option<&TreePath> {
        self.after.as_ref().or(self.before.as_ref()).map(|(path, _)| path)
    }
}

impl Repository {
    /// The files below a folder that differ from commit `a` to commit `b`, sorted by path. Paths count from that folder. Folders
    /// that are equal are not looked into; a file that was deleted and added elsewhere unchanged has moved.
    ///
    /// # Errors
    /// A folder is missing from the repository.
    pub fn changes(&self, a: &Commit, b: &Commit, below: &TreePath) -> Result<Vec<Change>, Diagnostic> {
        self.compare(self.folder(a, below)?, self.folder(b, below)?)
    }

    /// The same against the first commit that `commit` builds on, or against nothing.
    ///
    /// # Errors
    /// As [`Repository::changes`].
    pub fn changes_of(&self, commit: &Commit, below: &TreePath) -> Result<Vec<Change>, Diagnostic> {
        let before = match commit.parents.first() {
            Some(parent) => self.folder(&self.commit(*parent)?, below)?,
            None => None,
        };
        self.compare(before, self.folder(commit, below)?)
    }

    /// The folder at `below` in a commit, where there is one.
    fn folder(&self, commit: &Commit, below: &TreePath) -> Result<Option<Oid>, Diagnostic> {
        let entry = self.entry(commit, below)?;
        let repository = self.lock();
        Ok(entry.map(|entry| entry.0).filter(|id| repository.find_tree(*id).is_ok()))
    }

    fn compare(&self, a: Option<Oid>, b: Option<Oid>) -> Result<Vec<Change>, Diagnostic> {
        let mut found = Vec::new();
        descend(&self.lock(), a, b, &TreePath::root(), &mut found)?;
        let mut found = pair_moves(found);
        found.sort_by(|a, b| a.path().cmp(&b.path()));
        Ok(found)
    }
}

/// Both sides of a name in two folders: what kind of object, and which.
type Sides = [Option<(ObjectType, Oid)>; 2];

fn descend(
    repository: &git2::Repository,
    a: Option<Oid>,
    b: Option<Oid>,
    at: &TreePath,
    found: &mut Vec<Change>,
) -> Result<(), Diagnostic> {
    if a == b {
        return Ok(());
    }
    for (name, sides) in entries(repository, a, b)? {
        let [before, after] = sides;
        let Ok(path) = at.join(&name) else { continue };
        if before == after {
            continue;
        }
        let of = |side: Option<(ObjectType, Oid)>, kind| side.filter(|(k, _)| *k == kind).map(|(_, id)| id);
        descend(repository, of(before, ObjectType::Tree), of(after, ObjectType::Tree), &path, found)?;
        let file = |side| of(side, ObjectType::Blob).map(|id| (path.clone(), ObjectId(id)));
        let (before, after) = (file(before), file(after));
        let kind = match (&before, &after) {
            (None, None) => continue,
            (None, Some(_)) => ChangeKind::Added,
            (Some(_), None) => ChangeKind::Deleted,
            (Some(_), Some(_)) => ChangeKind::Modified,
        };
        found.push(Change { kind, before, after });
    }
    Ok(())
}

/// The entries of two folders by name. Names that are not UTF-8 are passed over, as [`super::GitTree`] does.
fn entries(
    repository: &git2::Repository,
    a: Option<Oid>,
    b: Option<Oid>,
) -> Result<BTreeMap<String, Sides>, Diagnostic> {
    let mut entries: BTreeMap<String, Sides> = BTreeMap::new();
    for (side, id) in [a, b].into_iter().enumerate() {
        let Some(id) = id else { continue };
        for entry in &read_tree(repository, id)? {
            let (Ok(name), Some(kind)) = (entry.name(), entry.kind()) else { continue };
            let sides = entries.entry(name.to_owned()).or_default();
            if let Some(slot) = sides.get_mut(side) {
                *slot = Some((kind, entry.id()));
            }
        }
    }
    Ok(entries)
}

/// Makes one move of a file that is gone here and new there.
fn pair_moves(changes: Vec<Change>) -> Vec<Change> {
    let mut gone: BTreeMap<ObjectId, Vec<TreePath>> = BTreeMap::new();
    for change in changes.iter().rev().filter(|change| change.kind == ChangeKind::Deleted) {
        if let Some((path, id)) = &change.before {
            gone.entry(*id).or_default().push(path.clone());
        }
    }
    let mut moved = Vec::new();
    let mut paired = Vec::new();
    for change in changes {
        let from = match (&change.kind, &change.after) {
            (ChangeKind::Added, Some((_, id))) => gone.get_mut(id).and_then(Vec::pop).map(|path| (path, *id)),
            _ => None,
        };
        match from {
            Some(from) => {
                moved.push(from.0.clone());
                paired.push(Change { kind: ChangeKind::Moved, before: Some(from), after: change.after });
            }
            None => paired.push(change),
        }
    }
    paired.retain(|change| {
        change.kind != ChangeKind::Deleted || change.path().is_none_or(|path| !moved.contains(path))
    });
    paired
}
