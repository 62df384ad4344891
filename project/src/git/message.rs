use std::collections::BTreeMap;

use probity_diagnostics::{Diagnostic, TreePath};

use super::commit::Commit;
use super::refuse;
use super::repository::Repository;

impl Repository {
    /// The trailers of a commit's message: the last paragraph, where its lines are `Name: value`. A name may stand several times.
    ///
    /// # Errors
    /// The commit is missing from the repository.
    pub fn trailers(&self, commit: &Commit) -> Result<BTreeMap<String, Vec<String>>, Diagnostic> {
        let repository = self.lock();
        let missing = |_| refuse::missing_object(&repository, "a commit cannot be read");
        let found = repository.find_commit(commit.id.0).map_err(missing)?;
        let message = String::from_utf8_lossy(found.message_bytes()).into_owned();
        let mut trailers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        if let Ok(read) = git2::message_trailers_strs(&message) {
            for (name, value) in read.iter() {
                trailers.entry(name.to_owned()).or_default().push(value.trim().to_owned());
            }
        }
        Ok(trailers)
    }

    /// Where a file of a commit was in another commit that it builds on, if it was renamed on the way: as git tells it, by how much of
    /// the content is the same.
    ///
    /// # Errors
    /// A folder is missing from the repository.
    pub fn renamed_from(
        &self,
        before: &Commit,
        after: &Commit,
        path: &TreePath,
    ) -> Result<Option<TreePath>, Diagnostic> {
        let repository = self.lock();
        let missing =
            |_| refuse::missing_object(&repository, "a commit cannot be compared with the one before");
        let [a, b] = [before, after].map(|commit| repository.find_tree(commit.tree.0));
        let (a, b) = (a.map_err(missing)?, b.map_err(missing)?);
        let mut diff = repository.diff_tree_to_tree(Some(&a), Some(&b), None).map_err(missing)?;
        let mut wanted = git2::DiffFindOptions::new();
        diff.find_similar(Some(wanted.renames(true).copies(true).copies_from_unmodified(true)))
            .map_err(missing)?;
        let text = |file: git2::DiffFile<'_>| file.path().and_then(|path| Some(path.to_str()?.to_owned()));
        let mut moved = diff.deltas().filter(|delta| {
            matches!(delta.status(), git2::Delta::Renamed | git2::Delta::Copied)
                && text(delta.new_file()).as_deref() == Some(path.as_str())
        });
        Ok(moved.next().and_then(|delta| TreePath::parse(&text(delta.old_file())?).ok()))
    }
}
