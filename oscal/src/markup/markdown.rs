//! From the tree to its canonical Markdown, as the publishers write it.

use super::escape::{self, Escapes};
use super::parse::{self, plain};
use super::{Align, Block, Inline, Span, Table, Target};

/// What CommonMark drops around text.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// The Markdown of a `markup-multiline` value.
pub(crate) fn blocks(blocks: &[Block]) -> String {
    let text = Writer(Escapes::Lean).blocks(blocks);
    if !blocks.iter().any(risky_block) || parse::blocks(&text) == blocks {
        return text;
    }
    Writer(Escapes::Full).blocks(blocks)
}

/// The Markdown of a `markup-line` value.
pub(crate) fn line(line: &[Inline]) -> String {
    let text = Writer(Escapes::Lean).line(line);
    if !line.iter().any(risky) || parse::line(&text) == line {
        return text;
    }
    Writer(Escapes::Full).line(line)
}

fn risky_block(block: &Block) -> bool {
    match block {
        Block::Paragraph(line) | Block::Plain(line) | Block::Heading(_, line) => line.iter().any(risky),
        Block::Quote(inside) => inside.iter().any(risky_block),
        Block::List(_, items) => items.iter().flatten().any(risky_block),
        Block::Table(table) => table.rows.iter().flatten().flatten().any(risky),
        Block::Pre(_) | Block::Rule => false,
    }
}

fn risky(piece: &Inline) -> bool {
    match piece {
        Inline::Text(text) => escape::risky(text),
        Inline::Span(_, inside) | Inline::Link(_, inside) => inside.iter().any(risky),
        Inline::Image(..) | Inline::Code(_) | Inline::Insert(_) | Inline::Break => false,
    }
}

/// Writes a tree with the given escapes.
#[derive(Clone, Copy)]
struct Writer(Escapes);

impl Writer {
    fn blocks(self, blocks: &[Block]) -> String {
        let mut out = String::new();
        let mut last: Option<&Block> = None;
        let mut alternate = false;
        for block in blocks {
            let text = match (block, last) {
                (Block::List(first, items), Some(Block::List(before, _)))
                    if first.is_some() == before.is_some() =>
                {
                    alternate = !alternate;
                    self.list(*first, items, alternate)
                }
                (block, _) => {
                    alternate = false;
                    self.block(block)
                }
            };
            if text.is_empty() {
                continue;
            }
            if last.is_some() {
                out.push_str("\n\n");
            }
            out.push_str(&text);
            last = Some(block);
        }
        out
    }

    fn line(self, line: &[Inline]) -> String {
        let mut out = String::new();
        self.inlines(line, &mut out);
        if out.contains('\n') { out.replace("\\\n", " ").replace('\n', " ") } else { out }
    }

    fn block(self, block: &Block) -> String {
        match block {
            Block::Paragraph(line) | Block::Plain(line) => self.paragraph(line),
            Block::Heading(level, line) => {
                let text = self.line(line);
                format!("{} {}", "#".repeat(usize::from(*level)), text.trim_matches(BLANKS))
            }
            Block::Pre(text) => {
                let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
                format!("{fence}\n{text}\n{fence}")
            }
            Block::Quote(inside) => prefixed(&self.blocks(inside), "> ", "> ", ">"),
            Block::List(first, items) => self.list(*first, items, false),
            Block::Table(table) => self.table(table),
            Block::Rule => "---".to_owned(),
        }
    }

    fn paragraph(self, line: &[Inline]) -> String {
        if let [Inline::Text(text)] = line
            && text.trim_matches(BLANKS).is_empty()
        {
            return String::new();
        }
        let mut text = String::new();
        self.inlines(line, &mut text);
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            escape::line_start(line, &mut out);
        }
        out
    }

    fn list(self, first: Option<u64>, items: &[Vec<Block>], alternate: bool) -> String {
        let marker = match (first, alternate) {
            (None, false) => "* ".to_owned(),
            (None, true) => "- ".to_owned(),
            (Some(number), false) => format!("{number}. "),
            (Some(number), true) => format!("{number}) "),
        };
        let indent = " ".repeat(marker.len());
        let loose = items.iter().any(|item| item.iter().any(|block| matches!(block, Block::Paragraph(_))));
        let between = if loose { "\n\n" } else { "\n" };
        let items: Vec<String> = items.iter().map(|item| self.item(item, between)).collect();
        let items: Vec<String> = items.iter().map(|item| prefixed(item, &marker, &indent, "")).collect();
        items.join(between) + "\n"
    }

    fn item(self, item: &[Block], between: &str) -> String {
        let mut out = String::new();
        for (index, block) in item.iter().enumerate() {
            if index > 0 {
                out.push_str(between);
            }
            out.push_str(self.block(block).trim_end_matches('\n'));
        }
        out
    }

    fn table(self, table: &Table) -> String {
        let mut rows: Vec<String> = table.rows.iter().map(|cells| self.row(cells)).collect();
        let width = table.rows.iter().map(Vec::len).max().unwrap_or_default().max(1);
        let marks = (0..width).map(|column| match table.columns.get(column).copied().unwrap_or_default() {
            Align::None => "---",
            Align::Left => ":---",
            Align::Center => ":---:",
            Align::Right => "---:",
        });
        let marks: Vec<&str> = marks.collect();
        rows.insert(rows.len().min(1), format!("| {} |", marks.join(" | ")));
        rows.join("\n")
    }

    fn row(self, cells: &[Vec<Inline>]) -> String {
        let cells: Vec<String> =
            cells.iter().map(|cell| self.line(cell).trim_matches(BLANKS).replace('|', "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    }

    fn inlines(self, line: &[Inline], out: &mut String) {
        for piece in line {
            match piece {
                Inline::Text(text) => escape::text(text, self.0, out),
                Inline::Span(span, inside) => self.span(*span, inside, out),
                Inline::Code(text) => code(text, out),
                Inline::Link(target, inside) => {
                    // `![` would begin an image
                    if self.0 == Escapes::Lean && out.ends_with('!') {
                        out.truncate(out.len() - 1);
                        out.push_str("\\!");
                    }
                    out.push('[');
                    self.inlines(inside, out);
                    out.push(']');
                    write_target(target, out);
                }
                Inline::Image(target, text) => {
                    out.push_str("![");
                    escape::text(text, self.0, out);
                    out.push(']');
                    write_target(target, out);
                }
                Inline::Insert(insert) => out.push_str(&insert.to_string()),
                Inline::Break => out.push_str("\\\n"),
            }
        }
    }

    /// A span without text has no Markdown.
    fn span(self, span: Span, inside: &[Inline], out: &mut String) {
        if plain(inside).is_empty() {
            return;
        }
        out.push_str(span.mark());
        self.inlines(inside, out);
        out.push_str(span.mark());
    }
}

fn code(text: &str, out: &mut String) {
    if text.is_empty() {
        return;
    }
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let blanks = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    let pad = if blanks || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    out.push_str(&fence);
    out.push_str(pad);
    out.push_str(text);
    out.push_str(pad);
    out.push_str(&fence);
}

fn write_target(target: &Target, out: &mut String) {
    out.push('(');
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()\\&".contains(c);
    if !target.href.is_empty() && target.href.chars().all(plain) {
        out.push_str(&target.href);
    } else {
        out.push('<');
        escaped(&target.href, "<>\\&", out);
        out.push('>');
    }
    if let Some(title) = &target.title {
        out.push_str(" \"");
        escaped(title, "\"\\&", out);
        out.push('"');
    }
    out.push(')');
}

fn escaped(text: &str, characters: &str, out: &mut String) {
    for c in text.chars() {
        if characters.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
}

/// The greatest number of `mark` in a row.
fn longest_run(text: &str, mark: char) -> usize {
    text.split(|c| c != mark).map(str::len).max().unwrap_or_default()
}

/// Every line with something before it: `first` before the first, `blank` for empty ones, `other` before the rest.
fn prefixed(text: &str, first: &str, other: &str, blank: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let prefix = match (index, line.is_empty()) {
            (0, true) => first.trim_end(),
            (0, false) => first,
            (_, true) => blank,
            (_, false) => other,
        };
        out.push_str(prefix);
        out.push_str(line);
    }
    out
}
