//! The comments of a document that was put together.

use probity_diagnostics::document::{Comments, Format, Limits};
use probity_diagnostics::{FileTree, Pointer};

use super::assemble::{Assembled, Piece};
use super::{MARK, ORDER};

/// The comments of the files, by the pointers of the document.
pub fn comments(tree: &dyn FileTree, assembled: &Assembled) -> Comments {
    let mut all = Comments::default();
    for piece in assembled.pieces.iter().filter(|piece| Format::of(&piece.file) != Some(Format::Json)) {
        let bytes = tree.read(&piece.file, Limits::default().bytes).unwrap_or_default();
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let Comments { head, before, beside, foot, .. } = Comments::of(&text);
        let before = before.into_iter().filter_map(|(at, lines)| Some((place(piece, &at)?, lines)));
        let beside = beside.into_iter().filter_map(|(at, text)| Some((place(piece, &at)?, text)));
        all.beside.extend(beside);
        for (at, lines) in before.collect::<Vec<_>>() {
            all.before.entry(at).or_default().extend(lines);
        }
        if piece.pointer == Pointer::root() {
            all.head = head;
        } else if !head.is_empty() {
            all.before.entry(piece.pointer.clone()).or_default().extend(head);
        }
        all.foot.extend(foot);
    }
    all
}

/// The pointer in the document for one in a file; none for what only the file has.
fn place(piece: &Piece, at: &Pointer) -> Option<Pointer> {
    let first = at.tokens().next();
    if first.as_deref().is_some_and(|key| key == MARK || key == ORDER) {
        return None;
    }
    let rest = at.as_str().strip_prefix(piece.inside.as_str())?;
    Some(Pointer::from_text(format!("{}{rest}", piece.pointer)))
}
