use std::collections::HashMap;

use git2::{Oid, Sort};
use probity_diagnostics::{Diagnostic, TreePath};

use super::commit::Commit;
use super::refuse;
use super::repository::{Repository, read_tree};

/// Which commits are walked through.
#[derive(Debug, Clone, Default)]
pub struct Walk<'a> {
    /// Whether only the first parent of a merge is followed.
    pub first_parent: bool,
    /// The commit whose past is left out.
    pub since: Option<&'a Commit>,
    /// Only commits that changed something at one of these paths, from the root of the commit; all where there are none.
    pub paths: &'a [TreePath],
}

impl Repository {
    /// A commit and those that it builds on, each before the ones that it builds on, newest first otherwise. A merge
    /// changed something where it differs from every commit that it joins.
    ///
    /// # Errors
    /// A commit or folder is missing from the repository.
    pub fn ancestors(&self, from: &Commit, walk: &Walk<'_>) -> Result<Vec<Commit>, Diagnostic> {
        let repository = self.lock();
        let missing =
            |_| refuse::missing_object(&repository, "the history cannot be followed to its beginning");
        let mut order = repository.revwalk().map_err(missing)?;
        order.set_sorting(Sort::TOPOLOGICAL | Sort::TIME).map_err(missing)?;
        if walk.first_parent {
            order.simplify_first_parent().map_err(missing)?;
        }
        order.push(from.id.0).map_err(missing)?;
        if let Some(since) = walk.since {
            order.hide(since.id.0).map_err(missing)?;
        }
        let mut entries = Entries { repository: &repository, paths: walk.paths, known: HashMap::new() };
        let mut found = Vec::new();
        for id in order {
            let commit = repository.find_commit(id.map_err(missing)?).map_err(missing)?;
            if walk.paths.is_empty() || entries.differ(&commit, walk.first_parent)? {
                found.push(Commit::of(&commit));
            }
        }
        Ok(found)
    }
}

/// What stands at some paths, folder by folder, so that a folder that many commits share is read once.
struct Entries<'r> {
    repository: &'r git2::Repository,
    paths: &'r [TreePath],
    /// By folder and what is looked for below it.
    known: HashMap<(Oid, &'r str), Option<Oid>>,
}

impl<'r> Entries<'r> {
    /// Whether one of the paths differs between a commit and each of those it builds on.
    fn differ(&mut self, commit: &git2::Commit<'_>, first_parent: bool) -> Result<bool, Diagnostic> {
        let missing = |_| refuse::missing_object(self.repository, "a commit cannot be read");
        let counted = if first_parent { 1 } else { usize::MAX };
        let parents: Vec<Oid> = commit
            .parent_ids()
            .take(counted)
            .map(|id| self.repository.find_commit(id).map(|parent| parent.tree_id()))
            .collect::<Result<_, _>>()
            .map_err(missing)?;
        let here = self.at(commit.tree_id())?;
        if parents.is_empty() {
            return Ok(here.iter().any(Option::is_some));
        }
        for parent in parents {
            if parent == commit.tree_id() || self.at(parent)? == here {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn at(&mut self, tree: Oid) -> Result<Vec<Option<Oid>>, Diagnostic> {
        let paths = self.paths;
        paths.iter().map(|path| self.find(tree, path.as_str())).collect()
    }

    fn find(&mut self, tree: Oid, path: &'r str) -> Result<Option<Oid>, Diagnostic> {
        if path.is_empty() {
            return Ok(Some(tree));
        }
        if let Some(known) = self.known.get(&(tree, path)) {
            return Ok(*known);
        }
        let (name, rest) = path.split_once('/').unwrap_or((path, ""));
        let entry = read_tree(self.repository, tree)?.get_name(name).map(|entry| (entry.id(), entry.kind()));
        let found = match entry {
            Some((id, _)) if rest.is_empty() => Some(id),
            Some((id, Some(git2::ObjectType::Tree))) => self.find(id, rest)?,
            _ => None,
        };
        self.known.insert((tree, path), found);
        Ok(found)
    }
}
