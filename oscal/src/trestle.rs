//! Workspaces of compliance-trestle, read in place: a folder with `.trestle/`, and below it `catalogs/NAME/catalog.json`,
//! `profiles/NAME/profile.json` and so on. `trestle://catalogs/NAME/catalog.json` names a file from the root of the workspace.

use probity_diagnostics::{Diagnostic, FileTree, Location, TreePath};

use crate::codes;

/// What the root of a workspace holds, and no other folder does.
pub const MARK: &str = ".trestle";

/// The scheme of references that count from the root of the workspace.
pub const SCHEME: &str = "trestle://";

/// The folders of documents and the model that each holds, which is also the name of the file.
pub const SHELVES: &[(&str, &str)] = &[
    ("catalogs", "catalog"),
    ("profiles", "profile"),
    ("mapping-collections", "mapping-collection"),
    ("component-definitions", "component-definition"),
    ("system-security-plans", "system-security-plan"),
    ("assessment-plans", "assessment-plan"),
    ("assessment-results", "assessment-results"),
    ("plan-of-action-and-milestones", "plan-of-action-and-milestones"),
];

/// The root of the workspace that the entry `path` belongs to: the nearest folder above it, or itself, with `.trestle`.
pub fn workspace(tree: &dyn FileTree, path: &TreePath) -> Option<TreePath> {
    let mut folder = Some(path.clone()).filter(|path| !path.is_remote())?;
    loop {
        if folder.join(MARK).is_ok_and(|mark| tree.is_folder(&mark)) {
            return Some(folder);
        }
        let parent = folder.parent();
        if parent == folder {
            return None;
        }
        folder = parent;
    }
}

/// Why a reference into a workspace names no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoFile {
    /// The document that holds the reference lies in no workspace.
    NoWorkspace,
    /// The reference leads out of the workspace.
    Outside(&'static str),
}

/// The path that a `trestle://` reference of the document `base` names, whether it is there or not; none for other references.
pub fn resolve(tree: &dyn FileTree, base: &TreePath, href: &str) -> Option<Result<TreePath, NoFile>> {
    let inside = href.strip_prefix(SCHEME)?;
    let inside = inside.split('#').next().unwrap_or(inside);
    let Some(root) = workspace(tree, &base.parent()) else { return Some(Err(NoFile::NoWorkspace)) };
    let path = TreePath::parse(inside).and_then(|_| root.join(inside));
    Some(path.map_err(|error| NoFile::Outside(error.reason)))
}

/// The documents of one folder of the workspace `root`, by the name of the folder that each lies in.
pub fn documents(tree: &dyn FileTree, root: &TreePath, shelf: &str) -> Vec<(String, TreePath)> {
    let model = SHELVES.iter().find(|(folder, _)| *folder == shelf).map(|(_, model)| *model);
    let (Some(model), Ok(shelf)) = (model, root.join(shelf)) else { return Vec::new() };
    let folders = tree.list(&shelf).unwrap_or_default();
    let folders = folders.into_iter().filter(|entry| !entry.path.is_hidden());
    folders
        .filter_map(|entry| {
            let mut files = ["json", "yaml", "yml"].iter().filter_map(|extension| {
                entry.path.join(&format!("{model}.{extension}")).ok().filter(|file| tree.is_file(file))
            });
            Some((entry.path.file_name().to_owned(), files.next()?))
        })
        .collect()
}

/// Refuses a document that `trestle split` took apart: parts of it lie in a folder beside it, and it is not whole without them.
///
/// # Errors
/// The finding that says so.
pub fn whole(tree: &dyn FileTree, path: &TreePath) -> Result<(), Diagnostic> {
    let name = path.file_name().split('.').next().unwrap_or_default();
    let shelf = SHELVES.iter().find(|(_, model)| *model == name && !path.is_remote());
    let Some((shelf, model)) = shelf else { return Ok(()) };
    let is_split = path.parent().parent().file_name() == *shelf
        && path.sibling(model).is_ok_and(|parts| tree.is_folder(&parts))
        && workspace(tree, &path.parent()).is_some();
    if !is_split {
        return Ok(());
    }
    let message = format!("the document is split: parts of it lie in the folder `{model}` beside it");
    Err(Diagnostic::error(&codes::SPLIT, message)
        .at(Location::file(path))
        .help(format!("`trestle merge -e '{model}.*'` in the folder of the document puts it together")))
}
