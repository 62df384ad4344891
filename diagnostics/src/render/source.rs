use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::document::{self, Format, Found, Limits};
use crate::location::{Location, Place, Pointer};
use crate::tree::{FileTree, TreePath};

/// Line and column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Finds the value of a pointer in a text, as [`document::locate`] does.
pub type Locate = fn(&str, Format, &Pointer) -> Option<Found>;

/// The texts that findings point into, read when they are needed.
pub struct Sources<'a> {
    tree: &'a dyn FileTree,
    locate: Locate,
    texts: RefCell<BTreeMap<TreePath, Option<Rc<str>>>>,
}

impl<'a> Sources<'a> {
    /// Sources read from `tree`.
    pub fn new(tree: &'a dyn FileTree) -> Self {
        Self::locating(tree, document::locate)
    }

    /// Sources read from `tree`, in which `locate` finds places: it may know formats that depend on a model.
    pub fn locating(tree: &'a dyn FileTree, locate: Locate) -> Self {
        Self { tree, locate, texts: RefCell::default() }
    }

    /// How a path is shown to the user.
    pub fn display(&self, path: &TreePath) -> String {
        self.tree.display(path)
    }

    /// The text of a file, if it can be read as text.
    pub fn text(&self, path: &TreePath) -> Option<Rc<str>> {
        if let Some(known) = self.texts.borrow().get(path) {
            return known.clone();
        }
        let bytes = self.tree.read(path, Limits::default().bytes).ok();
        let text = bytes.and_then(|b| document::text(&b, path).ok().map(Rc::from));
        self.texts.borrow_mut().insert(path.clone(), text.clone());
        text
    }

    /// The bytes that a location names; none for whole files and unreadable
    /// ones.
    pub fn range(&self, location: &Location) -> Option<Range<usize>> {
        let text = self.text(&location.file)?;
        let located = |pointer| {
            let format = Format::of(&location.file).unwrap_or(Format::Json);
            (self.locate)(&text, format, pointer)
        };
        match &location.place {
            Place::File => None,
            Place::Span(span) => Some(span.start.min(text.len())..span.end.min(text.len())),
            Place::Value(pointer) => located(pointer).map(|found| found.value),
            Place::Key(pointer) => located(pointer).map(|found| found.key.unwrap_or(found.value)),
            Place::Line(line) => line_range(&text, usize::try_from(*line).unwrap_or(usize::MAX)),
        }
    }

    /// Where a location begins.
    pub fn position(&self, location: &Location) -> Option<Position> {
        let Some(range) = self.range(location) else {
            // a line is known even where the file is too large to be shown, or no text
            let Place::Line(line) = location.place else { return None };
            return Some(Position { line: usize::try_from(line).unwrap_or(usize::MAX), column: 1 });
        };
        let text = self.text(&location.file)?;
        Some(position(&text, range.start))
    }
}

/// The line and column of a byte offset.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
    }
}

/// The bytes of a line without its indentation and end.
fn line_range(text: &str, line: usize) -> Option<Range<usize>> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let content = text.get(start..)?.lines().next().unwrap_or_default();
    let indent = content.len() - content.trim_start().len();
    Some(start + indent..start + content.trim_end().len().max(indent))
}
