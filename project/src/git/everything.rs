//! All files of all versions that a repository holds.

use std::collections::{BTreeMap, HashSet};

use git2::{ObjectType, Oid, Sort};
use probity_diagnostics::{Diagnostic, TreePath};

use super::commit::{Commit, ObjectId};
use super::refuse;
use super::repository::{Repository, read_tree};

/// A file of a folder, as the first commit had it that had the folder so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The commit.
    pub commit: ObjectId,
    /// The path, from the root of the commit.
    pub path: TreePath,
    /// What it holds.
    pub content: ObjectId,
}

impl Repository {
    /// The files that git tracks, sorted by path, which counts from the root of the commits: those of the index, else of HEAD.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn tracked(&self) -> Result<BTreeMap<TreePath, ObjectId>, Diagnostic> {
        let repository = self.lock();
        let missing = |_| refuse::missing_object(&repository, "the index cannot be read");
        let index = repository.index().map_err(missing)?;
        let entry = |entry: git2::IndexEntry| {
            let path = TreePath::parse(std::str::from_utf8(&entry.path).ok()?).ok()?;
            Some((path, ObjectId(entry.id)))
        };
        // a submodule is a commit of another repository
        Ok(index.iter().filter(|one| one.mode != 0o160_000).filter_map(entry).collect())
    }

    /// All folders of all commits that a branch, a tag or another reference but the stash leads to, oldest commits first: each folder
    /// that differs once, with the files in it.
    ///
    /// # Errors
    /// A commit or a folder is missing from the repository.
    pub fn versions(&self, mut each: impl FnMut(&[Version])) -> Result<(), Diagnostic> {
        let mut seen: HashSet<(Oid, String)> = HashSet::new();
        for commit in self.everything()? {
            let mut open = vec![(commit.tree.0, String::new())];
            while let Some((tree, folder)) = open.pop() {
                if !seen.insert((tree, folder.clone())) {
                    continue;
                }
                let repository = self.lock();
                let mut files = Vec::new();
                for entry in &read_tree(&repository, tree)? {
                    let Ok(name) = entry.name() else { continue };
                    let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
                    match entry.kind() {
                        Some(ObjectType::Tree) => open.push((entry.id(), path)),
                        Some(ObjectType::Blob) => {
                            let version =
                                |path| Version { commit: commit.id, path, content: ObjectId(entry.id()) };
                            files.extend(TreePath::parse(&path).ok().map(version));
                        }
                        _ => {}
                    }
                }
                drop(repository);
                each(&files);
            }
        }
        Ok(())
    }

    /// All commits, oldest first.
    fn everything(&self) -> Result<Vec<Commit>, Diagnostic> {
        let repository = self.lock();
        let missing =
            |_| refuse::missing_object(&repository, "the history cannot be followed to its beginning");
        let mut order = repository.revwalk().map_err(missing)?;
        order.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE).map_err(missing)?;
        for reference in repository.references().map_err(missing)?.flatten() {
            let is_stash = reference.name().is_ok_and(|name| name == "refs/stash");
            // what leads to no commit has no files
            if !is_stash && let Ok(commit) = reference.peel_to_commit() {
                order.push(commit.id()).map_err(missing)?;
            }
        }
        if let Ok(head) = repository.head().and_then(|head| head.peel_to_commit()) {
            order.push(head.id()).map_err(missing)?;
        }
        let found = order.map(|id| repository.find_commit(id?).map(|commit| Commit::of(&commit)));
        found.collect::<Result<_, _>>().map_err(missing)
    }
}
