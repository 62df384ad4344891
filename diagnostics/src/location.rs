use std::fmt;
use std::ops::Range;

use crate::tree::TreePath;

/// A JSON pointer (RFC 6901) into a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Takes a pointer from its text form, such as `/catalog/groups/0`.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The pointer to member `key` of the value this one points to.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut next = self.clone();
        next.push_key(key);
        next
    }

    /// The pointer to element `index` of the list this one points to.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut next = self.clone();
        next.push_index(index);
        next
    }

    /// Appends a member name in place.
    pub fn push_key(&mut self, key: &str) {
        self.0.push('/');
        for c in key.chars() {
            match c {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                other => self.0.push(other),
            }
        }
    }

    /// Appends a list index in place.
    pub fn push_index(&mut self, index: usize) {
        self.0.push('/');
        self.0.push_str(&index.to_string());
    }

    /// Removes the last token in place.
    pub fn pop(&mut self) {
        if let Some(at) = self.0.rfind('/') {
            self.0.truncate(at);
        }
    }

    /// The unescaped tokens, outermost first.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|t| t.replace("~1", "/").replace("~0", "~"))
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place inside a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A value of a JSON or YAML document.
    Value(Pointer),
    /// The key of a member of a JSON or YAML document.
    Key(Pointer),
    /// Bytes of the text.
    Span(SpanRange),
    /// A whole line, counted from 1.
    Line(u32),
}

/// A half-open range of byte offsets (ordered, unlike [`Range`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpanRange {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<Range<usize>> for SpanRange {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// A file and a place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file, by its path in the file tree.
    pub file: TreePath,
    /// Where in the file.
    pub place: Place,
}

impl Location {
    /// The file as a whole.
    pub fn file(file: &TreePath) -> Self {
        Self { file: file.clone(), place: Place::File }
    }

    /// The value at `pointer`.
    pub fn value(file: &TreePath, pointer: &Pointer) -> Self {
        Self { file: file.clone(), place: Place::Value(pointer.clone()) }
    }

    /// The key of the member at `pointer`.
    pub fn key(file: &TreePath, pointer: &Pointer) -> Self {
        Self { file: file.clone(), place: Place::Key(pointer.clone()) }
    }

    /// The bytes of `range`.
    pub fn span(file: &TreePath, range: Range<usize>) -> Self {
        Self { file: file.clone(), place: Place::Span(range.into()) }
    }

    /// A line, counted from 1.
    pub fn line(file: &TreePath, line: u32) -> Self {
        Self { file: file.clone(), place: Place::Line(line) }
    }
}
