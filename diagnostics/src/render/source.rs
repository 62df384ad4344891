use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use crate::diagnostic::Diagnostic;
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

/// Where a place begins and ends; the end is the first character behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// The first character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
}

/// The lines of a text that hold a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The number of the first line, counted from 1.
    pub first: usize,
    /// The lines, without characters that could speak to a terminal, cut where they are very long.
    pub lines: Vec<String>,
    /// Whether the place goes on behind them.
    pub is_cut: bool,
}

/// Finds the values of pointers in a text, as [`document::locate_all`] does.
pub type Locate = fn(&str, Format, &[&Pointer]) -> Vec<Option<Found>>;

/// The texts that findings point into, read when they are needed.
pub struct Sources<'a> {
    tree: &'a dyn FileTree,
    locate: Locate,
    texts: RefCell<BTreeMap<TreePath, Option<Rc<Text>>>>,
    found: RefCell<BTreeMap<TreePath, BTreeMap<Pointer, Option<Found>>>>,
}

impl<'a> Sources<'a> {
    /// Sources read from `tree`.
    pub fn new(tree: &'a dyn FileTree) -> Self {
        Self::locating(tree, document::locate_all)
    }

    /// Sources read from `tree`, in which `locate` finds places: it may know formats that depend on a model.
    pub fn locating(tree: &'a dyn FileTree, locate: Locate) -> Self {
        Self { tree, locate, texts: RefCell::default(), found: RefCell::default() }
    }

    /// Looks up the places of many findings at once: one pass over each file,
    /// instead of one for each finding. Nothing depends on it but the time
    /// that the rest takes.
    pub fn look_up<'d>(&self, findings: impl IntoIterator<Item = &'d Diagnostic>) {
        let labels = findings.into_iter().flat_map(|d| d.primary.iter().chain(&d.secondary));
        self.look_up_places(labels.map(|label| &label.location));
    }

    /// Looks up many places at once, as [`Self::look_up`] does.
    pub fn look_up_places<'l>(&self, places: impl IntoIterator<Item = &'l Location>) {
        let mut wanted: BTreeMap<&TreePath, BTreeSet<&Pointer>> = BTreeMap::new();
        for location in places {
            if let Place::Value(pointer) | Place::Key(pointer) = &location.place {
                wanted.entry(&location.file).or_default().insert(pointer);
            }
        }
        for (file, mut pointers) in wanted {
            if let Some(known) = self.found.borrow().get(file) {
                pointers.retain(|pointer| !known.contains_key(*pointer));
            }
            self.locate(file, &pointers.into_iter().collect::<Vec<_>>());
        }
    }

    /// How a path is shown to the user.
    pub fn display(&self, path: &TreePath) -> String {
        self.tree.display(path)
    }

    /// The text of a file, if it can be read as text.
    pub(super) fn text(&self, path: &TreePath) -> Option<Rc<Text>> {
        if let Some(known) = self.texts.borrow().get(path) {
            return known.clone();
        }
        let bytes = self.tree.read(path, Limits::default().bytes).ok();
        let text = bytes.and_then(text_of).map(|text| Rc::new(Text::new(text)));
        self.texts.borrow_mut().insert(path.clone(), text.clone());
        text
    }

    /// The bytes that a location names; none for whole files and unreadable
    /// ones.
    pub fn range(&self, location: &Location) -> Option<Range<usize>> {
        match &location.place {
            Place::File => None,
            Place::Span(span) => {
                let end = self.text(&location.file)?.content.len();
                Some(span.start.min(end)..span.end.min(end))
            }
            Place::Value(pointer) => self.found(&location.file, pointer).map(|found| found.value),
            Place::Key(pointer) => {
                self.found(&location.file, pointer).map(|found| found.key.unwrap_or(found.value))
            }
            Place::Line(line) => self.text(&location.file)?.line(*line),
        }
    }

    /// Where a location begins.
    pub fn position(&self, location: &Location) -> Option<Position> {
        self.region(location).map(|region| region.start)
    }

    /// Where a location begins and ends.
    pub fn region(&self, location: &Location) -> Option<Region> {
        let Some(range) = self.range(location) else {
            // a line is known even where the file is too large to be shown, or no text
            let Place::Line(line) = location.place else { return None };
            let start = Position { line: usize::try_from(line).unwrap_or(usize::MAX), column: 1 };
            return Some(Region { start, end: start });
        };
        let text = self.text(&location.file)?;
        Some(Region { start: text.position(range.start), end: text.position(range.end) })
    }

    /// The first lines of the text that hold a location, at most so many.
    pub fn excerpt(&self, location: &Location, lines: usize) -> Option<Excerpt> {
        let range = self.range(location)?;
        let text = self.text(&location.file)?;
        let (first, last) = (text.position(range.start).line, text.position(range.end).line);
        let shown = first..=last.min(first + lines.saturating_sub(1));
        let shown = shown.filter_map(|line| {
            let start = *text.lines.get(line - 1)?;
            let at = if line == first { range.clone() } else { start..start };
            Some(super::human::excerpt(&text, at).0)
        });
        let lines: Vec<String> = shown.collect();
        Some(Excerpt { first, is_cut: first + lines.len() <= last, lines })
    }

    /// The value that a pointer names.
    fn found(&self, file: &TreePath, pointer: &Pointer) -> Option<Found> {
        let known = || self.found.borrow().get(file).and_then(|found| found.get(pointer)).cloned();
        known().unwrap_or_else(|| {
            self.locate(file, &[pointer]);
            known().flatten()
        })
    }

    /// Looks for pointers in a file and keeps what was found.
    fn locate(&self, file: &TreePath, pointers: &[&Pointer]) {
        if pointers.is_empty() {
            return;
        }
        let found = match self.text(file) {
            Some(text) => (self.locate)(&text.content, format_of(file, &text.content), pointers),
            None => Vec::new(),
        };
        let mut all = self.found.borrow_mut();
        let known = all.entry(file.clone()).or_default();
        let found = found.into_iter().chain(std::iter::repeat(None));
        known.extend(pointers.iter().map(|pointer| (*pointer).clone()).zip(found));
    }
}

/// The format of a file: by its name, else by its first character.
fn format_of(file: &TreePath, text: &str) -> Format {
    Format::of(file).unwrap_or_else(|| match text.trim_start().chars().next() {
        Some('{' | '[') => Format::Json,
        Some('<') => Format::Xml,
        _ => Format::Yaml,
    })
}

/// Bytes of text whose characters are counted together.
const BLOCK: usize = 4096;

/// A text in which offsets become lines and columns without a walk from its
/// beginning.
pub(super) struct Text {
    pub(super) content: String,
    /// Where each line begins.
    lines: Vec<usize>,
    /// How many characters begin before each block.
    blocks: Vec<usize>,
}

/// The text in the bytes, without a byte order mark.
fn text_of(mut bytes: Vec<u8>) -> Option<String> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).ok()
}

impl Text {
    fn new(text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            let characters = *before;
            *before += characters_in(block);
            Some(characters)
        });
        Self { blocks: blocks.collect(), lines, content: text }
    }

    /// The line and column of a byte offset.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied().unwrap_or(0);
        Position { line, column: self.characters_before(offset) - self.characters_before(start) + 1 }
    }

    /// The bytes of the line that holds an offset, without its end.
    pub(super) fn line_at(&self, offset: usize) -> Range<usize> {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied().unwrap_or(0);
        let end = self.lines.get(line).map_or(self.content.len(), |next| next - 1);
        let cut = self.content.get(start..end).is_some_and(|line| line.ends_with('\r'));
        start..end - usize::from(cut)
    }

    /// The bytes of a line, counted from 1, without its indentation and end.
    fn line(&self, line: u32) -> Option<Range<usize>> {
        let start = *self.lines.get(usize::try_from(line).ok()?.checked_sub(1)?)?;
        let range = self.line_at(start);
        let content = self.content.get(range.clone())?;
        let indent = content.len() - content.trim_start().len();
        Some(start + indent..start + content.trim_end().len().max(indent))
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = self.content.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        self.blocks.get(block).copied().unwrap_or_else(|| self.content.chars().count()) + characters_in(rest)
    }
}

/// How many characters begin in some bytes of UTF-8.
fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}
