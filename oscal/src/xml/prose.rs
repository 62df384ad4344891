//! Prose in XML: elements that look like HTML.

use super::cursor::{Stop, Tag, Token};
use super::hint;
use super::read::Reading;
use super::text::{blank, is_blank};
use crate::codes;
use crate::markup::parse::plain;
use crate::markup::{
    Align, Block, DEPTH, Inline, Insert, Span, Table, Target, markdown, parse, push_span, push_text,
};

/// Elements that are blocks of prose.
const BLOCKS: [&str; 13] =
    ["p", "ul", "ol", "pre", "table", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6"];

/// Elements that stand in lines of prose.
const INLINES: [&str; 12] = ["em", "i", "strong", "b", "code", "q", "sub", "sup", "a", "img", "insert", "br"];

/// Whether an element is a block of prose.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// The Markdown that was noted beside the elements, if it means what they say; else their canonical one.
pub(super) fn chosen(noted: Option<String>, blocks: &[Block]) -> String {
    match noted {
        Some(text) if parse::blocks(&text) == blocks => text,
        _ => markdown::blocks(blocks),
    }
}

/// What holds blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// An element of the model.
    Model,
    Quote,
    Item,
}

/// A line of prose in the making.
#[derive(Default)]
struct Line {
    pieces: Vec<Inline>,
    /// Whether its first character is a blank of the layout.
    led: bool,
    /// Whether its last character is a blank of the layout.
    blank: bool,
}

impl Line {
    /// Adds characters; a run of blanks is one.
    fn text(&mut self, text: &str) {
        if !text.bytes().any(|byte| is_blank(char::from(byte))) {
            self.blank = false;
            return push_text(&mut self.pieces, text);
        }
        self.led |= self.pieces.is_empty() && text.starts_with(is_blank);
        let mut collapsed = String::with_capacity(text.len());
        for c in text.chars() {
            if !is_blank(c) {
                collapsed.push(c);
            } else if !self.blank {
                collapsed.push(' ');
            }
            self.blank = is_blank(c);
        }
        push_text(&mut self.pieces, &collapsed);
    }

    fn char(&mut self, c: char) {
        self.blank = false;
        push_text(&mut self.pieces, c.encode_utf8(&mut [0; 4]));
    }

    fn piece(&mut self, piece: Inline) {
        self.blank = false;
        match piece {
            Inline::Text(text) => push_text(&mut self.pieces, &text),
            Inline::Span(span, inside) => push_span(&mut self.pieces, span, inside),
            piece => self.pieces.push(piece),
        }
    }

    /// The line without blanks of the layout at its edges.
    fn trimmed(mut self) -> Vec<Inline> {
        if self.blank
            && let Some(Inline::Text(text)) = self.pieces.last_mut()
        {
            text.pop();
        }
        if self.led
            && let Some(Inline::Text(text)) = self.pieces.first_mut()
            && !text.is_empty()
        {
            text.remove(0);
        }
        self.pieces.retain(|piece| !matches!(piece, Inline::Text(text) if text.is_empty()));
        self.pieces
    }
}

impl<'t> Reading<'t, '_> {
    /// The Markdown of the `markup-line` element that was entered last.
    pub(super) fn markup_line(&mut self) -> Result<String, Stop> {
        let (line, noted) = self.line()?;
        Ok(match noted {
            Some(text) if parse::line(&text) == line.pieces => text,
            _ => markdown::line(&line.pieces),
        })
    }

    /// The Markdown of the `markup-multiline` element that was entered last.
    pub(super) fn markup_multiline(&mut self) -> Result<String, Stop> {
        let (blocks, noted) = self.blocks(Holder::Model)?;
        Ok(chosen(noted, &blocks))
    }

    /// Blocks up to the end of the element.
    fn blocks(&mut self, holder: Holder) -> Result<(Vec<Block>, Option<String>), Stop> {
        let (mut blocks, mut noted, mut line) = (Vec::new(), None, None::<(Line, usize)>);
        loop {
            let at = self.cursor.position();
            match self.cursor.next()? {
                Token::Text(text, _) if line.is_none() && blank(text) => {}
                Token::Text(text, _) | Token::Literal(text, _) => {
                    line.get_or_insert_with(|| (Line::default(), at)).0.text(text);
                }
                Token::Char(c, _) => line.get_or_insert_with(|| (Line::default(), at)).0.char(c),
                Token::Hint(content) => noted = hint::text(content),
                Token::Start(tag) if is_block(tag.name) && tag.oscal => {
                    self.close_line(holder, line.take(), &mut blocks);
                    blocks.extend(self.block(&tag, holder != Holder::Model)?);
                }
                Token::Start(tag) => {
                    let piece = self.piece(&tag, true)?;
                    if let Some(piece) = piece {
                        line.get_or_insert_with(|| (Line::default(), at)).0.piece(piece);
                    }
                }
                Token::End | Token::Eof => break,
            }
        }
        self.close_line(holder, line, &mut blocks);
        Ok((blocks, noted))
    }

    fn close_line(&mut self, holder: Holder, line: Option<(Line, usize)>, blocks: &mut Vec<Block>) {
        let Some((line, at)) = line else { return };
        let line = line.trimmed();
        if holder == Holder::Item {
            return blocks.push(Block::Plain(line));
        }
        let help = "put a `p` element around it";
        self.cursor.report.warning(&codes::XML_TEXT, at..at, "text stands outside of a paragraph", help);
        blocks.push(Block::Paragraph(line));
    }

    /// The block of an element that was entered. Paragraphs in other blocks (`inner`) have no blanks around them.
    pub(super) fn block(&mut self, tag: &Tag<'t>, inner: bool) -> Result<Option<Block>, Stop> {
        self.too_deep(tag)?;
        if tag.name == "ol" {
            let [start] = self.named_attributes(tag, ["start"])?;
            let start = start.and_then(|start| start.parse().ok()).unwrap_or(1);
            return Ok(Some(Block::List(Some(start), self.items(tag)?)));
        }
        let [] = self.named_attributes(tag, [])?;
        Ok(Some(match tag.name {
            "ul" => Block::List(None, self.items(tag)?),
            "blockquote" => Block::Quote(self.blocks(Holder::Quote)?.0),
            "pre" => Block::Pre(self.verbatim()?),
            "table" => Block::Table(self.table()?),
            "hr" => {
                self.cursor.skip()?;
                Block::Rule
            }
            "p" => {
                let (line, _) = self.line()?;
                Block::Paragraph(if inner { line.trimmed() } else { line.pieces })
            }
            heading => {
                let level = heading.as_bytes().get(1).copied().unwrap_or(b'1').saturating_sub(b'0');
                Block::Heading(level, self.line()?.0.trimmed())
            }
        }))
    }

    fn too_deep(&mut self, tag: &Tag<'_>) -> Result<(), Stop> {
        // the elements around prose are few; both limits together keep every walk through the tree shallow
        if self.cursor.depth() <= DEPTH * 3 {
            return Ok(());
        }
        let message = format!("prose is nested more than {} levels deep", DEPTH * 3);
        self.cursor.report.error(&probity_diagnostics::codes::TOO_DEEP, tag.range(), message);
        Err(Stop)
    }

    /// The items of a list.
    fn items(&mut self, list: &Tag<'t>) -> Result<Vec<Vec<Block>>, Stop> {
        let mut items = Vec::new();
        while let Some(tag) = self.part(list.name, &["li"])? {
            let [] = self.named_attributes(&tag, [])?;
            items.push(self.blocks(Holder::Item)?.0);
        }
        Ok(items)
    }

    /// The next element with one of the names; none at the end. Anything else is reported.
    fn part(&mut self, parent: &str, names: &[&'static str]) -> Result<Option<Tag<'t>>, Stop> {
        loop {
            match self.cursor.next()? {
                Token::Start(tag) if tag.oscal && names.contains(&tag.name) => return Ok(Some(tag)),
                Token::Start(tag) => {
                    if !self.foreign(&tag) {
                        self.unknown_element(&format!("`{parent}`"), &tag, names.iter().copied());
                    }
                    self.cursor.skip()?;
                }
                Token::End | Token::Eof => return Ok(None),
                Token::Text(text, _) if blank(text) => {}
                Token::Text(text, at) | Token::Literal(text, at) => {
                    let message = format!("text has no place in `{parent}` outside of its elements");
                    self.cursor.report.error(&codes::XML_TEXT, at..at + text.len(), message);
                }
                Token::Char(_, at) => {
                    let message = format!("text has no place in `{parent}` outside of its elements");
                    self.cursor.report.error(&codes::XML_TEXT, at..at + 1, message);
                }
                Token::Hint(_) => {}
            }
        }
    }

    fn table(&mut self) -> Result<Table, Stop> {
        let mut table = Table::default();
        while let Some(tag) = self.part("table", &["tr"])? {
            let [] = self.named_attributes(&tag, [])?;
            let mut cells = Vec::new();
            while let Some(tag) = self.part("tr", &["th", "td"])? {
                let [align] = self.named_attributes(&tag, ["align"])?;
                if table.rows.is_empty() {
                    table.columns.push(self::align(align.as_deref()));
                }
                cells.push(self.line()?.0.trimmed());
            }
            table.rows.push(cells);
        }
        Ok(table)
    }

    /// The text of an element with its blanks and without its marks.
    fn verbatim(&mut self) -> Result<String, Stop> {
        let mut out = String::new();
        loop {
            match self.cursor.next()? {
                Token::Text(text, _) | Token::Literal(text, _) if text.contains('\r') => {
                    out.push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
                }
                Token::Text(text, _) | Token::Literal(text, _) => out.push_str(text),
                Token::Char(c, _) => out.push(c),
                Token::Start(tag) => {
                    if let Some(piece) = self.piece(&tag, false)? {
                        out.push_str(&plain(&[piece]));
                    }
                }
                Token::Hint(_) => {}
                Token::End | Token::Eof => return Ok(out),
            }
        }
    }

    /// Characters and marks up to the end of the element.
    fn line(&mut self) -> Result<(Line, Option<String>), Stop> {
        let (mut line, mut noted) = (Line::default(), None);
        loop {
            match self.cursor.next()? {
                Token::Text(text, _) | Token::Literal(text, _) => line.text(text),
                Token::Char(c, _) => line.char(c),
                Token::Hint(content) => noted = hint::text(content),
                Token::Start(tag) => {
                    if let Some(piece) = self.piece(&tag, false)? {
                        line.piece(piece);
                    }
                }
                Token::End | Token::Eof => return Ok((line, noted)),
            }
        }
    }

    /// The piece of a line that an element is; none where it is not known and was passed over.
    fn piece(&mut self, tag: &Tag<'t>, among_blocks: bool) -> Result<Option<Inline>, Stop> {
        if self.foreign(tag) {
            self.cursor.skip()?;
            return Ok(None);
        }
        self.too_deep(tag)?;
        let span = match tag.name {
            "em" | "i" => Span::Emphasis,
            "strong" | "b" => Span::Strong,
            "q" => Span::Quote,
            "sub" => Span::Subscript,
            "sup" => Span::Superscript,
            _ => return self.object_piece(tag, among_blocks),
        };
        let [] = self.named_attributes(tag, [])?;
        Ok(Some(Inline::Span(span, self.line()?.0.pieces)))
    }

    fn object_piece(&mut self, tag: &Tag<'t>, among_blocks: bool) -> Result<Option<Inline>, Stop> {
        let piece = match tag.name {
            "code" => {
                let [] = self.named_attributes(tag, [])?;
                return Ok(Some(Inline::Code(plain(&self.line()?.0.pieces))));
            }
            "a" => {
                let [href, title] = self.named_attributes(tag, ["href", "title"])?;
                let target = Target { href: href.unwrap_or_default(), title };
                return Ok(Some(Inline::Link(target, self.line()?.0.pieces)));
            }
            "img" => {
                let [src, alt, title] = self.named_attributes(tag, ["src", "alt", "title"])?;
                let target = Target { href: src.unwrap_or_default(), title };
                Some(Inline::Image(target, alt.unwrap_or_default()))
            }
            "insert" => {
                let [kind, id] = self.named_attributes(tag, ["type", "id-ref"])?;
                let (kind, id) = (kind.unwrap_or_default(), id.unwrap_or_default());
                Some(Inline::Insert(Insert { kind, id }))
            }
            "br" => {
                let [] = self.named_attributes(tag, [])?;
                Some(Inline::Break)
            }
            _ => {
                let blocks = BLOCKS.iter().filter(|_| among_blocks);
                self.unknown_element("prose", tag, INLINES.iter().chain(blocks).copied());
                None
            }
        };
        self.cursor.skip()?;
        Ok(piece)
    }
}

fn align(text: Option<&str>) -> Align {
    match text {
        Some("left") => Align::Left,
        Some("center") => Align::Center,
        Some("right") => Align::Right,
        _ => Align::None,
    }
}
