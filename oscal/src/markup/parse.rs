//! From Markdown to the tree.
//!
//! CommonMark itself is left to `pulldown-cmark`. What OSCAL adds (inserts, quotations, sub- and superscript) and the blanks
//! that CommonMark drops are seen to here. HTML in Markdown is text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Options, Parser, Tag};

use super::escape;
use super::insert::{self, Inserts};
use super::spans;
use super::{Align, Block, DEPTH, Inline, Span, Table, Target, expressible, push_span, push_text};

/// What keeps the first characters of a line from being read as the mark of a block.
const GUARD: &str = "\u{a0}";

/// The blocks of a `markup-multiline` text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let text = readable(text);
    if only_paragraphs(&text) {
        return paragraphs(&text);
    }
    let apart = text.replace("]:", &format!("]{}:", spans::APART));
    let (source, inserts) = insert::take(&apart);
    Builder::new(&source, 0, &inserts).run().unwrap_or_else(|| literal(&text))
}

/// The pieces of a `markup-line` text.
pub(crate) fn line(text: &str) -> Vec<Inline> {
    inlines(&readable(text))
}

/// Text as one paragraph for each of its own, with nothing marked up.
fn literal(text: &str) -> Vec<Block> {
    let paragraphs = text.split("\n\n").filter(|text| !text.trim().is_empty());
    paragraphs.map(|text| Block::Paragraph(vec![Inline::Text(text.to_owned())])).collect()
}

/// The text with U+FFFD for characters that XML does not have, and for those with a meaning in this module, and with
/// line feeds for the other line ends.
fn readable(text: &str) -> Cow<'_, str> {
    let fine = |c: char| expressible(c) && !spans::is_reserved(c) && c != '\r';
    if text.is_ascii() && text.bytes().all(|byte| fine(char::from(byte))) || text.chars().all(fine) {
        return Cow::Borrowed(text);
    }
    let readable = |c| match c {
        '\r' => '\n',
        c if fine(c) => c,
        _ => char::REPLACEMENT_CHARACTER,
    };
    Cow::Owned(text.replace("\r\n", "\n").chars().map(readable).collect())
}

/// Whether no line begins with what may be the mark of another block than a paragraph.
fn only_paragraphs(text: &str) -> bool {
    text.lines().all(|line| {
        let content = line.trim_start_matches(' ');
        let indented = line.len() - content.len() > 3 || content.starts_with('\t');
        let marked = content.starts_with(|c: char| c.is_ascii_digit() || "#>-+*_=|:`~<".contains(c))
            && !harmless(content);
        !(indented && !content.is_empty() || marked)
    })
}

/// Whether a line that begins with the character of a mark begins no block for certain.
fn harmless(line: &str) -> bool {
    let word = |from: usize| line.chars().nth(from).is_some_and(char::is_alphanumeric);
    match line.as_bytes().first() {
        Some(b'*' | b'_') => line.starts_with("**") && word(2) || word(1),
        Some(digit) if digit.is_ascii_digit() => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            !rest.starts_with(['.', ')']) && !rest.is_empty()
        }
        Some(b'#' | b'-' | b'+' | b'=' | b'|' | b':') => escape::mark(line).is_none(),
        _ => false,
    }
}

fn paragraphs(text: &str) -> Vec<Block> {
    let blank = |line: &str| line.trim_matches([' ', '\t', '\r', '\n']).is_empty();
    let mut paragraphs = Vec::new();
    let mut range = 0..0;
    for line in text.split_inclusive('\n') {
        let end = range.end + line.len();
        if blank(line) {
            paragraphs.extend(paragraph(text, range));
            range = end..end;
        } else {
            range.end = end;
        }
    }
    paragraphs.extend(paragraph(text, range));
    paragraphs
}

fn paragraph(text: &str, range: Range<usize>) -> Option<Block> {
    let text = text.get(range)?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    (!text.is_empty()).then(|| Block::Paragraph(inlines(text)))
}

/// The pieces of text that is no block.
fn inlines(text: &str) -> Vec<Inline> {
    let inner = text.trim_matches([' ', '\n', '\t', '\r']);
    let (before, after) = text.split_at(text.len() - text.trim_start_matches([' ', '\n', '\t', '\r']).len());
    let after = after.get(inner.len()..).unwrap_or_default();
    let mut line = Vec::new();
    push_text(&mut line, before);
    if inner.contains(['*', '_', '`', '[', ']', '<', '&', '\\', '"', '~', '^', '!', '\n', '\r']) {
        for piece in marked(inner) {
            match piece {
                Inline::Text(text) => push_text(&mut line, &text),
                Inline::Span(span, inside) => push_span(&mut line, span, inside),
                other => line.push(other),
            }
        }
    } else {
        let (source, inserts) = insert::take(inner);
        inserts.push(&mut line, &source);
    }
    push_text(&mut line, after);
    line
}

/// The pieces of text with marks in it, which neither begins nor ends with a blank.
fn marked(text: &str) -> Vec<Inline> {
    let (source, inserts) = insert::take(text);
    let guarded = format!("{GUARD}{source}");
    let mut blocks = Builder::new(&guarded, GUARD.len(), &inserts).run().unwrap_or_default();
    match (blocks.pop(), blocks.is_empty()) {
        (Some(Block::Paragraph(line)), true) => line,
        _ => vec![Inline::Text(text.to_owned())],
    }
}

/// An element that is being built.
enum Open {
    Blocks(Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
    Table(Table),
    Row(Vec<Vec<Inline>>),
    Pre(String),
    Html(String),
    Line(Vec<Inline>),
    Heading(u8, Vec<Inline>),
    Span(Span, Vec<Inline>),
    Link(Target, Vec<Inline>),
    Image(Target, Vec<Inline>),
    Ignored,
}

/// The tree under construction.
struct Builder<'t> {
    source: &'t str,
    /// Bytes at the beginning that are not part of the text.
    guard: usize,
    inserts: &'t Inserts<'t>,
    open: Vec<Open>,
    /// Where the last piece of text ended.
    reached: usize,
}

impl<'t> Builder<'t> {
    fn new(source: &'t str, guard: usize, inserts: &'t Inserts<'t>) -> Self {
        Self { source, guard, inserts, open: vec![Open::Blocks(Vec::new())], reached: 0 }
    }

    /// None where the text is nested too deeply.
    fn run(mut self) -> Option<Vec<Block>> {
        let options = Options::ENABLE_TABLES;
        for (event, range) in Parser::new_ext(self.source, options).into_offset_iter() {
            if self.open.len() > DEPTH {
                return None;
            }
            self.event(event, range);
        }
        match self.open.pop() {
            Some(Open::Blocks(blocks)) if self.open.is_empty() => Some(blocks),
            _ => None,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let end = range.end;
        match event {
            Event::Start(tag) => return self.start(tag),
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                let code = self.inserts.restore(&text);
                self.piece(Inline::Code(code));
            }
            Event::Html(text) => {
                if let Some(Open::Html(html)) = self.open.last_mut() {
                    html.push_str(text.trim_matches([' ', '\t', '\n']));
                    html.push('\n');
                }
            }
            Event::InlineHtml(text) => {
                let text = self.inserts.restore(&text);
                self.with_line(|line| push_text(line, &text));
            }
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.piece(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            _ => {}
        }
        self.reached = end;
    }

    fn start(&mut self, tag: Tag<'_>) {
        let target = |href: &str, title: &str| Target {
            href: self.inserts.restore(href),
            title: (!title.is_empty()).then(|| self.inserts.restore(title)),
        };
        let open = match tag {
            Tag::Heading { level, .. } => Open::Heading(level as u8, Vec::new()),
            Tag::BlockQuote(_) | Tag::Item => Open::Blocks(Vec::new()),
            Tag::CodeBlock(_) => Open::Pre(String::new()),
            Tag::List(first) => Open::List(first, Vec::new()),
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(align).collect();
                Open::Table(Table { columns, rows: Vec::new() })
            }
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::Paragraph | Tag::TableCell => Open::Line(Vec::new()),
            Tag::HtmlBlock => Open::Html(String::new()),
            Tag::Emphasis => Open::Span(Span::Emphasis, Vec::new()),
            Tag::Strong => Open::Span(Span::Strong, Vec::new()),
            Tag::Link { dest_url, title, .. } => Open::Link(target(&dest_url, &title), Vec::new()),
            Tag::Image { dest_url, title, .. } => Open::Image(target(&dest_url, &title), Vec::new()),
            _ => Open::Ignored,
        };
        self.open.push(open);
    }

    fn close(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        match closed {
            Open::Blocks(blocks) => self.close_blocks(blocks),
            Open::List(first, items) => self.block(Block::List(first, items)),
            Open::Table(table) => self.block(Block::Table(table)),
            Open::Row(cells) => {
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    table.rows.push(cells);
                }
            }
            Open::Pre(mut text) => {
                if text.ends_with('\n') {
                    text.pop();
                }
                let text = self.inserts.restore(&text);
                self.block(Block::Pre(text));
            }
            Open::Html(text) => {
                let text = self.inserts.restore(text.trim_matches([' ', '\t', '\n']));
                self.html(text);
            }
            Open::Line(line) => self.close_line(line),
            Open::Heading(level, line) => {
                self.block(Block::Heading(level, trimmed(one_line(spans::pair(line)))));
            }
            Open::Span(span, inside) => {
                let inside = spans::pair(inside);
                self.with_line(|line| push_span(line, span, inside));
            }
            Open::Link(target, line) => self.piece(Inline::Link(target, spans::pair(line))),
            Open::Image(target, line) => self.piece(Inline::Image(target, plain(&spans::pair(line)))),
            Open::Ignored => {}
        }
    }

    /// The text of an HTML block is a paragraph, or text of a list item that has no paragraph before it.
    fn html(&mut self, text: String) {
        let text = vec![Inline::Text(text)];
        match self.open.as_mut_slice() {
            [.., Open::List(..), Open::Blocks(blocks)] => match blocks.last_mut() {
                Some(Block::Plain(line)) => {
                    push_text(line, "\n");
                    line.extend(text);
                }
                None => blocks.push(Block::Plain(text)),
                Some(_) => blocks.push(Block::Paragraph(text)),
            },
            _ => self.block(Block::Paragraph(text)),
        }
    }

    fn close_blocks(&mut self, mut blocks: Vec<Block>) {
        for block in &mut blocks {
            if let Block::Plain(line) = block {
                *line = spans::pair(std::mem::take(line));
            }
        }
        match self.open.last_mut() {
            Some(Open::List(_, items)) => items.push(blocks),
            _ => self.block(Block::Quote(blocks)),
        }
    }

    fn close_line(&mut self, line: Vec<Inline>) {
        let line = spans::pair(line);
        match self.open.last_mut() {
            Some(Open::Row(cells)) => cells.push(line),
            _ => self.block(Block::Paragraph(line)),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(Open::Pre(code)) = self.open.last_mut() {
            return code.push_str(text);
        }
        let (inserts, source) = (self.inserts, self.source);
        let text = if range.start < self.guard { text.get(self.guard..).unwrap_or(text) } else { text };
        let start = range.start.max(self.guard);
        let literal = source.get(start..range.end) == Some(text);
        if !literal || !spans::has_mark(text) {
            return self.with_line(|line| inserts.push(line, text));
        }
        let escaped =
            text.starts_with(['"', '~', '^']) && insert::escaped(source.get(..start).unwrap_or_default());
        let (first, rest) = text.split_at(usize::from(escaped));
        let rest = spans::reserve(rest);
        self.with_line(|line| {
            push_text(line, first);
            inserts.push(line, &rest);
        });
    }

    /// A line break that means a blank. The blanks around it are kept where no marks of blocks stand between them.
    fn soft_break(&mut self) {
        let rest = self.source.get(self.reached..).unwrap_or_default();
        let blanks = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let blanks = rest.get(..rest.len() - blanks.len()).unwrap_or_default();
        let blanks = if self.guard > 0 && !blanks.is_empty() { blanks } else { "\n" };
        self.with_line(|line| push_text(line, blanks));
    }

    /// Adds to the line at work; text of a list item begins one.
    fn with_line(&mut self, add: impl FnOnce(&mut Vec<Inline>)) {
        match self.open.last_mut() {
            Some(
                Open::Line(line)
                | Open::Heading(_, line)
                | Open::Span(_, line)
                | Open::Link(_, line)
                | Open::Image(_, line),
            ) => add(line),
            Some(Open::Blocks(blocks)) => {
                if let Some(Block::Plain(line)) = blocks.last_mut() {
                    return add(line);
                }
                let mut line = Vec::new();
                add(&mut line);
                blocks.push(Block::Plain(line));
            }
            _ => {}
        }
    }

    fn piece(&mut self, piece: Inline) {
        self.with_line(|line| line.push(piece));
    }

    fn block(&mut self, block: Block) {
        if let Some(Open::Blocks(blocks)) = self.open.last_mut() {
            blocks.push(block);
        }
    }
}

/// A line without breaks, which a heading has no place for.
fn one_line(line: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(line.len());
    for piece in line {
        match piece {
            Inline::Break => push_text(&mut out, " "),
            Inline::Text(text) => push_text(&mut out, &text.replace('\n', " ")),
            Inline::Span(span, inside) => out.push(Inline::Span(span, one_line(inside))),
            Inline::Link(target, inside) => out.push(Inline::Link(target, one_line(inside))),
            other => out.push(other),
        }
    }
    out
}

/// The line without blanks around it.
fn trimmed(mut line: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(text)) = line.first_mut() {
        *text = text.trim_start_matches([' ', '\t']).to_owned();
    }
    if let Some(Inline::Text(text)) = line.last_mut() {
        text.truncate(text.trim_end_matches([' ', '\t']).len());
    }
    line
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

/// The text of a line without its marks.
pub(crate) fn plain(line: &[Inline]) -> String {
    let mut out = String::new();
    for piece in line {
        match piece {
            Inline::Text(text) | Inline::Code(text) | Inline::Image(_, text) => out.push_str(text),
            Inline::Span(_, inside) | Inline::Link(_, inside) => out.push_str(&plain(inside)),
            Inline::Insert(insert) => out.push_str(&insert.to_string()),
            Inline::Break => out.push('\n'),
        }
    }
    out
}
