//! The tree of prose as elements.

use super::text::{push_prose, push_value, push_verbatim};
use crate::markup::{Align, Block, Inline, Table, Target};

/// Blanks before the elements of a level.
pub(super) const INDENT: &str = "  ";

/// Writes the blank space before an element on a line of its own.
pub(super) fn new_line(level: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..level {
        out.push_str(INDENT);
    }
}

/// Writes blocks, each on a line of its own.
pub(super) fn blocks(blocks: &[Block], level: usize, out: &mut String) {
    for block in blocks {
        new_line(level, out);
        self::block(block, level, false, out);
    }
}

fn block(block: &Block, level: usize, inner: bool, out: &mut String) {
    match block {
        Block::Paragraph(line) => element("p", line, inner, out),
        Block::Plain(line) => inlines(line, true, out),
        Block::Heading(number, line) => element(heading(*number), line, true, out),
        Block::Pre(text) => {
            out.push_str("<pre>");
            push_verbatim(text, out);
            out.push_str("</pre>");
        }
        Block::Quote(inside) => {
            out.push_str("<blockquote>");
            for block in inside {
                new_line(level + 1, out);
                self::block(block, level + 1, true, out);
            }
            new_line(level, out);
            out.push_str("</blockquote>");
        }
        Block::List(first, items) => list(*first, items, level, out),
        Block::Table(table) => self::table(table, level, out),
        Block::Rule => out.push_str("<hr/>"),
    }
}

fn heading(number: u8) -> &'static str {
    match number {
        1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

fn element(name: &str, line: &[Inline], edges: bool, out: &mut String) {
    open(name, out);
    inlines(line, edges, out);
    close(name, out);
}

fn open(name: &str, out: &mut String) {
    out.push('<');
    out.push_str(name);
    out.push('>');
}

fn close(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_value(value, out);
    out.push('"');
}

fn list(first: Option<u64>, items: &[Vec<Block>], level: usize, out: &mut String) {
    let name = if first.is_some() { "ol" } else { "ul" };
    out.push('<');
    out.push_str(name);
    if let Some(first) = first.filter(|first| *first != 1) {
        attribute("start", &first.to_string(), out);
    }
    out.push('>');
    for item in items {
        new_line(level + 1, out);
        self::item(item, level + 1, out);
    }
    new_line(level, out);
    close(name, out);
}

/// An item. No layout stands beside text, so that a blank there is always one of the text.
fn item(item: &[Block], level: usize, out: &mut String) {
    open("li", out);
    for block in item {
        if !matches!(block, Block::Plain(_)) {
            new_line(level + 1, out);
        }
        self::block(block, level + 1, true, out);
    }
    if item.last().is_some_and(|block| !matches!(block, Block::Plain(_))) {
        new_line(level, out);
    }
    close("li", out);
}

fn table(table: &Table, level: usize, out: &mut String) {
    open("table", out);
    for (index, cells) in table.rows.iter().enumerate() {
        new_line(level + 1, out);
        open("tr", out);
        for (column, cell) in cells.iter().enumerate() {
            let name = if index == 0 { "th" } else { "td" };
            new_line(level + 2, out);
            out.push('<');
            out.push_str(name);
            match table.columns.get(column) {
                Some(Align::Left) => attribute("align", "left", out),
                Some(Align::Center) => attribute("align", "center", out),
                Some(Align::Right) => attribute("align", "right", out),
                Some(Align::None) | None => {}
            }
            out.push('>');
            inlines(cell, true, out);
            close(name, out);
        }
        new_line(level + 1, out);
        close("tr", out);
    }
    new_line(level, out);
    close("table", out);
}

/// Writes the pieces of a line. At its edges blanks are references where `edges` says so, because readers drop blanks
/// there.
pub(super) fn inlines(line: &[Inline], edges: bool, out: &mut String) {
    let last = line.len().saturating_sub(1);
    for (index, piece) in line.iter().enumerate() {
        match piece {
            Inline::Text(text) => push_prose(text, edges && (index == 0 || index == last), out),
            Inline::Span(span, inside) => element(span.element(), inside, false, out),
            Inline::Code(text) => {
                open("code", out);
                push_prose(text, false, out);
                close("code", out);
            }
            Inline::Link(target, inside) => {
                out.push_str("<a");
                self::target("href", target, out);
                out.push('>');
                inlines(inside, false, out);
                close("a", out);
            }
            Inline::Image(target, text) => {
                out.push_str("<img");
                attribute("alt", text, out);
                self::target("src", target, out);
                out.push_str("/>");
            }
            Inline::Insert(insert) => {
                out.push_str("<insert");
                attribute("type", &insert.kind, out);
                attribute("id-ref", &insert.id, out);
                out.push_str("/>");
            }
            Inline::Break => out.push_str("<br/>"),
        }
    }
}

fn target(name: &str, target: &Target, out: &mut String) {
    attribute(name, &target.href, out);
    if let Some(title) = &target.title {
        attribute("title", title, out);
    }
}
