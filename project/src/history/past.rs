use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use probity_diagnostics::{Diagnostic, FileTree as _, TreePath};

use super::item::Items;
use super::read;
use crate::GitTree;
use crate::git::{Commit, ObjectId, Repository};
use crate::job::RESULTS;

/// How many files are kept, once read.
const KEPT: usize = 64;

/// A project in the commits of a repository.
pub struct Past<'r> {
    /// The repository.
    pub repository: &'r Repository,
    /// The folder of the project in it.
    pub below: &'r TreePath,
    /// What files say, by object and, because a metric has the name of its folder, by that.
    read: HashMap<(ObjectId, TreePath), Option<Arc<Items>>>,
    /// Files that are not well-formed in some commit, with what is wrong.
    broken: BTreeMap<TreePath, String>,
}

impl<'r> Past<'r> {
    /// The project in the folder `below` of a repository.
    pub fn new(repository: &'r Repository, below: &'r TreePath) -> Self {
        Self { repository, below, read: HashMap::new(), broken: BTreeMap::new() }
    }

    /// Files that could not be read in a commit, as the newest of these has them, and what is wrong with them.
    pub fn broken(&self) -> &BTreeMap<TreePath, String> {
        &self.broken
    }

    /// What a file says; nothing where it cannot be read as a document, or holds none of `names`. Of evidence only the lines
    /// count that hold one of them.
    ///
    /// # Errors
    /// The repository lacks the file.
    pub(super) fn items(
        &mut self,
        path: &TreePath,
        id: ObjectId,
        names: &[String],
    ) -> Result<Option<Arc<Items>>, Diagnostic> {
        if !is_read(path) {
            return Ok(None);
        }
        let is_evidence = path.extension() == Some("jsonl");
        let key = (id, path.clone());
        if let Some(known) = self.read.get(&key).filter(|_| !is_evidence) {
            return Ok(known.clone());
        }
        let bytes = self.repository.content(id)?;
        if !names.is_empty() && !mentions(path, &bytes, names) {
            return Ok(None);
        }
        let items = match read::items(path, &bytes, names) {
            Ok(items) => Some(Arc::new(items)),
            Err(errors) => {
                let why = errors.first_message();
                self.broken.entry(path.clone()).or_insert(why);
                None
            }
        };
        if self.read.len() >= KEPT {
            self.read.clear();
        }
        self.read.insert(key, items.clone());
        Ok(items)
    }

    /// The files of a commit that may say something, with their objects.
    ///
    /// # Errors
    /// The commit does not hold the project, or the repository lacks a folder.
    pub(super) fn files(&self, commit: &Commit) -> Result<Vec<(TreePath, ObjectId)>, Diagnostic> {
        let tree = GitTree::at(self.repository, commit, self.below)?;
        let paths = tree.walk(&TreePath::root()).map_err(Diagnostic::from)?;
        let with_object = |path: TreePath| {
            let id = tree.object(&path).ok()?;
            Some((path, id))
        };
        Ok(paths.into_iter().filter(is_read).filter_map(with_object).collect())
    }
}

/// Whether a file may say something of a control, a metric or a resource. What a build writes is made of what stands elsewhere,
/// but for results.
fn is_read(path: &TreePath) -> bool {
    let built = path.as_str().starts_with("build/");
    match path.extension() {
        Some("yaml" | "yml" | "json" | "xml") => !built || path.file_name().ends_with(RESULTS),
        Some("jsonl" | "rego") => !built,
        _ => false,
    }
}

/// Whether a file holds one of the names; the files of a metric need not hold its name.
fn mentions(path: &TreePath, bytes: &[u8], names: &[String]) -> bool {
    let folder = path.parent();
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    names.iter().any(|name| name == folder.file_name() || text.contains(name.as_str()))
}
