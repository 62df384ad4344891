use probity_diagnostics::TreePath;

use crate::git::{Change, ChangeKind, ObjectId};

/// A file before and after a commit, which may have moved on the way.
pub(super) type Pair = (Option<(TreePath, ObjectId)>, Option<(TreePath, ObjectId)>);

/// The files that a commit changed; one that is gone and one of the same name that is new in another folder are the same file.
/// Of several, those that stand nearest are.
pub(super) fn pairs(changes: Vec<Change>) -> Vec<Pair> {
    let is = |kind| move |change: &Change| change.kind == kind;
    let (gone, rest): (Vec<Change>, Vec<Change>) = changes.into_iter().partition(is(ChangeKind::Deleted));
    let mut gone: Vec<(TreePath, ObjectId)> = gone.into_iter().filter_map(|change| change.before).collect();
    let mut pairs = Vec::new();
    for change in rest {
        let before = match (&change.after, change.kind) {
            (Some((path, _)), ChangeKind::Added) => counterpart(path, &gone).map(|at| gone.remove(at)),
            _ => change.before,
        };
        pairs.push((before, change.after));
    }
    pairs.extend(gone.into_iter().map(|file| (Some(file), None)));
    pairs
}

/// The place in `gone` of the file of this name whose path shares most with this one.
fn counterpart(path: &TreePath, gone: &[(TreePath, ObjectId)]) -> Option<usize> {
    let shared = |other: &TreePath| {
        let (a, b) = (path.as_str().split('/'), other.as_str().split('/'));
        a.zip(b).take_while(|(a, b)| a == b).count()
    };
    let same_name = gone.iter().enumerate().filter(|(_, (other, _))| other.file_name() == path.file_name());
    same_name.max_by_key(|(at, (other, _))| (shared(other), std::cmp::Reverse(*at))).map(|(at, _)| at)
}
