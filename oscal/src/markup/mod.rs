//! Prose: elements in XML, Markdown in JSON and YAML, and one tree between them.
//!
//! Both datatypes (`markup-line`, `markup-multiline`) are read into the tree of this module. [`markdown`] writes the one
//! Markdown text that stands for a tree; [`parse`] reads any Markdown text. Of the texts that mean the same, only the
//! canonical one comes out of a tree again. The writer of XML therefore notes any other one beside the elements (see
//! [`crate::xml`]), so that no text is changed on its way through XML.

mod escape;
mod insert;
pub(crate) mod markdown;
pub(crate) mod parse;
mod spans;

use std::fmt;

/// Levels of nested markup at the most; deeper text is taken as it stands.
pub(crate) const DEPTH: usize = 32;

/// A block of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// `p`
    Paragraph(Vec<Inline>),
    /// The text of a list item that has no paragraph around it.
    Plain(Vec<Inline>),
    /// `h1` to `h6`
    Heading(u8, Vec<Inline>),
    /// `pre`: its text as it stands.
    Pre(String),
    /// `blockquote`
    Quote(Vec<Block>),
    /// `ul`, or `ol` with its first number.
    List(Option<u64>, Vec<Vec<Block>>),
    /// `table`
    Table(Table),
    /// `hr`
    Rule,
}

/// A table. Its first row is the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// How the columns are aligned.
    pub(crate) columns: Vec<Align>,
    /// Rows of cells.
    pub(crate) rows: Vec<Vec<Vec<Inline>>>,
}

/// How the text of a column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Align {
    /// As the reader likes.
    #[default]
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Inline {
    /// Characters.
    Text(String),
    /// `em`, `strong`, `q`, `sub` or `sup` around other pieces.
    Span(Span, Vec<Inline>),
    /// `code`
    Code(String),
    /// `a`
    Link(Target, Vec<Inline>),
    /// `img`, with the text that stands for it.
    Image(Target, String),
    /// `insert`
    Insert(Insert),
    /// `br`
    Break,
}

/// An element that marks up text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    /// `em`
    Emphasis,
    /// `strong`
    Strong,
    /// `q`
    Quote,
    /// `sub`
    Subscript,
    /// `sup`
    Superscript,
}

impl Span {
    /// Name of the element.
    pub(crate) const fn element(self) -> &'static str {
        match self {
            Self::Emphasis => "em",
            Self::Strong => "strong",
            Self::Quote => "q",
            Self::Subscript => "sub",
            Self::Superscript => "sup",
        }
    }

    /// What stands before and after the text in Markdown.
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Self::Emphasis => "*",
            Self::Strong => "**",
            Self::Quote => "\"",
            Self::Subscript => "~",
            Self::Superscript => "^",
        }
    }
}

/// What a link or image names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Target {
    /// The reference.
    pub(crate) href: String,
    /// A title.
    pub(crate) title: Option<String>,
}

/// A place where text is put in, such as the value of a parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Insert {
    /// What is put in, such as `param`.
    pub(crate) kind: String,
    /// Its id.
    pub(crate) id: String,
}

impl fmt::Display for Insert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{{ insert: {}, {} }}}}", self.kind, self.id)
    }
}

/// Adds characters to the end of a line.
pub(crate) fn push_text(line: &mut Vec<Inline>, text: &str) {
    match line.last_mut() {
        _ if text.is_empty() => {}
        Some(Inline::Text(last)) => last.push_str(text),
        _ => line.push(Inline::Text(text.to_owned())),
    }
}

/// Adds a span to the end of a line. Emphasis at once behind emphasis goes on with it: Markdown cannot tell the two apart.
pub(crate) fn push_span(line: &mut Vec<Inline>, span: Span, inside: Vec<Inline>) {
    match line.last_mut() {
        Some(Inline::Span(last, before))
            if *last == span && matches!(span, Span::Emphasis | Span::Strong) =>
        {
            for piece in inside {
                match piece {
                    Inline::Text(text) => push_text(before, &text),
                    Inline::Span(span, inside) => push_span(before, span, inside),
                    other => before.push(other),
                }
            }
        }
        _ => line.push(Inline::Span(span, inside)),
    }
}

/// Whether XML 1.0 has this character at all (section 2.2).
pub(crate) const fn expressible(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
