//! From places in a document that was put together to places in the files of its folder.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use probity_diagnostics::{Diagnostic, FileTree, Location, Place, Pointer, TreePath};

use super::assemble::{Piece, assemble};
use super::is_split;

/// The places of split folders, looked up when they are needed.
pub struct Places<'t> {
    tree: &'t dyn FileTree,
    folders: RefCell<BTreeMap<TreePath, Rc<Vec<Piece>>>>,
}

impl<'t> Places<'t> {
    /// The places of the split folders in a tree.
    pub fn new(tree: &'t dyn FileTree) -> Self {
        Self { tree, folders: RefCell::default() }
    }

    /// A place in a file: for one in a split folder that in the small file.
    #[must_use]
    pub fn of(&self, location: &Location) -> Location {
        let (Place::Value(pointer) | Place::Key(pointer)) = &location.place else { return location.clone() };
        let pieces = self.pieces(&location.file);
        match (find(&pieces, pointer), &location.place) {
            (None, _) => location.clone(),
            (Some((file, inside)), Place::Key(_)) => Location::key(file, &inside),
            (Some((file, inside)), _) => Location::value(file, &inside),
        }
    }

    fn pieces(&self, path: &TreePath) -> Rc<Vec<Piece>> {
        if let Some(known) = self.folders.borrow().get(path) {
            return known.clone();
        }
        let assembled = is_split(self.tree, path).then(|| assemble(self.tree, path).ok()).flatten();
        let pieces = Rc::new(assembled.map(|assembled| assembled.pieces).unwrap_or_default());
        self.folders.borrow_mut().insert(path.clone(), pieces.clone());
        pieces
    }
}

/// Findings whose places in split folders are those in the small files.
pub fn relocated<'d>(
    tree: &dyn FileTree,
    findings: impl IntoIterator<Item = &'d Diagnostic>,
) -> Vec<Diagnostic> {
    let places = Places::new(tree);
    let mut relocated: Vec<Diagnostic> = findings.into_iter().cloned().collect();
    for label in
        relocated.iter_mut().flat_map(|finding| finding.primary.iter_mut().chain(&mut finding.secondary))
    {
        label.location = places.of(&label.location);
    }
    relocated
}

/// The file that holds what a pointer of the document names, and the pointer in it.
pub(super) fn find<'p>(pieces: &'p [Piece], pointer: &Pointer) -> Option<(&'p TreePath, Pointer)> {
    let text = pointer.as_str();
    let inside = |piece: &Piece| {
        let rest = text.strip_prefix(piece.pointer.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest.len())
    };
    let nearest = pieces.iter().filter_map(|piece| Some((inside(piece)?, piece)));
    let (length, piece) = nearest.min_by_key(|(length, _)| *length)?;
    let rest = text.get(text.len() - length..).unwrap_or_default();
    Some((&piece.file, Pointer::from_text(format!("{}{rest}", piece.inside))))
}
