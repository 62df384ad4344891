//! Working groups, whose persons may belong to no member.

use probity_diagnostics::{FileTree, Step, TreePath};
use serde::Deserialize;

use super::record;
use crate::codes;

/// A working group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name, that of the file.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// The e-mail addresses of those who belong to it.
    pub persons: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    title: String,
    persons: Vec<String>,
}

impl Group {
    /// Reads the file of a group.
    ///
    /// # Errors
    /// It cannot be read, or has not `title` and `persons`, and nothing else.
    pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Self> {
        let name = path.file_name().trim_end_matches(".yaml").to_owned();
        let read = record::<File>(tree, path, &codes::GROUP)?;
        Ok(read.map(|File { title, persons }| Self { name, title, persons }))
    }
}
