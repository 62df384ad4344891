//! Documents in pieces: a folder with one control, component or requirement per file, and `split.yaml`, which holds the rest.
//!
//! Folders follow the model: the controls of group `ac` of a catalog lie in `groups/ac/controls/`, the group itself is
//! `groups/ac.yaml`. Files come in the natural order of their names; where the document has another order, it stands in the file
//! that holds the list. So a new item is a new file, and two branches that add one each do not meet. `docs/split.md` fixes the
//! form.

mod apart;
mod assemble;
mod comments;
mod enclosed;
mod lists;
mod name;
mod part;
mod places;

use probity_diagnostics::document::{Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, TreePath};

pub use apart::split;
pub use assemble::{Assembled, Piece, assemble};
pub use comments::comments;
pub use enclosed::enclosed;
pub use part::{Part, part, write_part};
pub use places::{Places, relocated};

/// The name of the file that makes a folder a document.
pub const INDEX: &str = "split.yaml";

/// The key in the index that tells it from other files of its name; its value is the version of the form.
pub const MARK: &str = "probity-split";

/// The version of the form.
pub const VERSION: u64 = 1;

/// The key that holds the order of lists, by their path, where it is not that of the names of their files.
pub const ORDER: &str = "order";

/// The path that stands for the document in a file: for the index of a split folder the folder, so that references count from
/// where a file of that name would lie.
#[must_use]
pub fn document(path: &TreePath) -> TreePath {
    if path.file_name() == INDEX && !path.is_remote() { path.parent() } else { path.clone() }
}

/// Whether a path is a split folder: one with an index, whose name has not the ending of a document.
pub fn is_split(tree: &dyn FileTree, path: &TreePath) -> bool {
    Format::of(path).is_none()
        && !path.is_remote()
        && tree.is_folder(path)
        && path.join(INDEX).is_ok_and(|index| tree.is_file(&index))
}

/// The bytes of a document: of a split folder the assembled document, in JSON.
///
/// # Errors
/// The file cannot be read, or a split folder is not whole.
pub fn read(tree: &dyn FileTree, path: &TreePath) -> Result<Vec<u8>, Diagnostics> {
    if !is_split(tree, path) {
        return Ok(tree.read(path, Limits::default().bytes).map_err(Diagnostic::from)?);
    }
    Ok(assemble(tree, path)?.value.to_string().into_bytes())
}

/// The files that are documents of their own, with split folders in place of their files. `files` are all those of a folder.
pub fn documents(files: Vec<TreePath>) -> Vec<TreePath> {
    let folders: std::collections::BTreeSet<TreePath> =
        files.iter().filter(|file| file.file_name() == INDEX).map(TreePath::parent).collect();
    if folders.is_empty() {
        return files;
    }
    let inside = |file: &TreePath| holder(file, |folder| folders.contains(folder)).is_some();
    let mut documents: Vec<TreePath> = files.into_iter().filter(|file| !inside(file)).collect();
    documents.extend(folders.iter().filter(|folder| !inside(folder)).cloned());
    documents.sort();
    documents
}

/// The split folder that a file is a piece of; none for documents.
pub fn folder_of(tree: &dyn FileTree, file: &TreePath) -> Option<TreePath> {
    if file.is_remote() {
        return None;
    }
    holder(file, |folder| is_split(tree, folder))
}

/// The nearest folder above a file of which something holds.
fn holder(file: &TreePath, holds: impl Fn(&TreePath) -> bool) -> Option<TreePath> {
    let mut folder = file.parent();
    loop {
        if holds(&folder) {
            return Some(folder);
        }
        let above = folder.parent();
        if above == folder {
            return None;
        }
        folder = above;
    }
}
