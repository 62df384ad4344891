use std::io::Read;

use probity_diagnostics::{Diagnostic, Entry, FileError, FileTree, Sha256Digest, Stat, TreePath};

use crate::codes;
use crate::config::LoadedConfig;

/// Evidence sets that lie apart from the project, as an artifact of a pipeline: a folder in which they are found by their
/// path in the project or by their name, or a single one.
pub struct Artifact<'a> {
    tree: &'a dyn FileTree,
    single: Option<TreePath>,
}

impl<'a> Artifact<'a> {
    /// The evidence sets of a folder.
    pub fn folder(tree: &'a dyn FileTree) -> Self {
        Self { tree, single: None }
    }

    /// One evidence set, for a project that has one source.
    ///
    /// # Errors
    /// The project has several: it is not known which one it is.
    pub fn file(tree: &'a dyn FileTree, file: TreePath, loaded: &LoadedConfig) -> Result<Self, Diagnostic> {
        let sources = loaded.config.sources.iter().filter(|source| !source.collects()).count();
        if sources > 1 {
            let message = format!("`{file}` is one evidence set, and the project has {sources} sources");
            let help =
                "name a folder that holds a file for each of them, by the name that the project gives it";
            return Err(Diagnostic::error(&codes::NO_EVIDENCE, message).help(help));
        }
        Ok(Self { tree, single: Some(file) })
    }

    /// Where the set that the project has at `path` lies.
    fn place(&self, path: &TreePath) -> Option<TreePath> {
        if path.bundled().is_some() || path.is_remote() || path.extension() != Some("jsonl") {
            return None;
        }
        let by_name = || TreePath::parse(path.file_name()).ok();
        match &self.single {
            Some(file) => Some(file.clone()),
            None => {
                [Some(path.clone()), by_name()].into_iter().flatten().find(|place| self.tree.is_file(place))
            }
        }
    }

    fn with<T>(
        &self,
        path: &TreePath,
        read: impl FnOnce(&TreePath) -> Result<T, FileError>,
    ) -> Result<T, FileError> {
        self.place(path).map_or_else(|| Err(FileError::not_found(path)), |place| read(&place))
    }
}

impl FileTree for Artifact<'_> {
    fn open(&self, path: &TreePath) -> Result<Box<dyn Read + Send + '_>, FileError> {
        self.with(path, |place| self.tree.open(place))
    }

    fn stat(&self, path: &TreePath) -> Result<Stat, FileError> {
        self.with(path, |place| self.tree.stat(place))
    }

    fn list(&self, path: &TreePath) -> Result<Vec<Entry>, FileError> {
        Err(FileError::not_found(path))
    }

    fn digest(&self, path: &TreePath) -> Result<Sha256Digest, FileError> {
        self.with(path, |place| self.tree.digest(place))
    }

    fn display(&self, path: &TreePath) -> String {
        self.place(path).map_or_else(|| path.to_string(), |place| self.tree.display(&place))
    }
}

/// A sentence for each evidence set that the change brings another version of, which is not what both sides are judged by.
pub fn passed_over(used: &dyn FileTree, brought: &dyn FileTree, loaded: &LoadedConfig) -> Vec<String> {
    let root = loaded.file.parent();
    let sources = loaded.config.sources.iter().filter(|source| !source.collects());
    let paths = sources.filter_map(|source| root.join(&source.evidence_path()).ok());
    let other = paths.filter(|path| {
        let brought = brought.digest(path).ok();
        brought.is_some() && brought != used.digest(path).ok()
    });
    other.map(|path| format!("The change brings another `{path}`. Nothing here is judged by it.")).collect()
}
