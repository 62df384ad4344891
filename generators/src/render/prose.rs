//! OSCAL's markup-multiline, as far as reports show it: paragraphs, lists, code and emphasis.

use super::Surface;
use super::escape::escaped;

/// A block of prose.
struct Block<'a> {
    is_item: bool,
    lines: Vec<&'a str>,
}

/// A run of characters in a line.
enum Span {
    Text(String),
    Code(String),
    Strong(String),
    Emphasis(String),
}

/// `prose` as `surface` writes it: HTML elements, or Markdown with everything else escaped.
pub(super) fn rendered(surface: Surface, prose: &str) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in blocks(prose) {
        let text: String = spans(&block.lines.join("\n")).iter().map(|span| written(surface, span)).collect();
        if surface == Surface::Html {
            let switch = match (in_list, block.is_item) {
                (false, true) => "<ul>\n",
                (true, false) => "</ul>\n",
                _ => "",
            };
            let (open, close) = if block.is_item { ("<li>", "</li>") } else { ("<p>", "</p>") };
            out.extend([switch, open, &text, close, "\n"]);
        } else {
            let lead = if block.is_item { "- " } else { "" };
            let gap = if in_list && block.is_item || out.is_empty() { "" } else { "\n" };
            out.extend([gap, lead, &text, "\n"]);
        }
        in_list = block.is_item;
    }
    if in_list && surface == Surface::Html {
        out.push_str("</ul>\n");
    }
    out
}

/// The texts of the blocks without any markup, each with whether it is an item of a list.
pub(crate) fn plain(prose: &str) -> Vec<(bool, String)> {
    let text = |block: &Block<'_>| -> String {
        let spans = spans(&block.lines.join(" "));
        let bare = spans.into_iter().map(|span| match span {
            Span::Text(text) | Span::Code(text) | Span::Strong(text) | Span::Emphasis(text) => text,
        });
        bare.collect()
    };
    blocks(prose).iter().map(|block| (block.is_item, text(block))).collect()
}

fn blocks(prose: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for line in prose.lines() {
        let trimmed = line.trim();
        let item = ["- ", "* ", "+ "].iter().find_map(|bullet| trimmed.strip_prefix(bullet));
        match (item, blocks.last_mut()) {
            _ if trimmed.is_empty() => open = false,
            (None, Some(block)) if open => block.lines.push(trimmed),
            _ => {
                let text = item.unwrap_or_else(|| trimmed.trim_start_matches('#').trim_start());
                blocks.push(Block { is_item: item.is_some(), lines: vec![text] });
                open = true;
            }
        }
    }
    blocks
}

fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let next = after.chars().next();
        if let (true, Some(escaped)) = (c == '\\', next.filter(char::is_ascii_punctuation)) {
            plain.push(escaped);
            rest = after.get(1..).unwrap_or_default();
        } else if let Some((span, tail)) = marked(rest) {
            spans.push(Span::Text(std::mem::take(&mut plain)));
            spans.push(span);
            rest = tail;
        } else {
            plain.push(c);
            rest = after;
        }
    }
    spans.push(Span::Text(plain));
    spans
}

/// The marked span that `text` begins with, and what follows it.
fn marked(text: &str) -> Option<(Span, &str)> {
    let inside = |mark: &str| {
        let (inner, tail) = text.strip_prefix(mark)?.split_once(mark)?;
        let tight = !inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ');
        tight.then(|| (inner.to_owned(), tail))
    };
    inside("`")
        .map(|(inner, tail)| (Span::Code(inner), tail))
        .or_else(|| inside("**").map(|(inner, tail)| (Span::Strong(inner), tail)))
        .or_else(|| inside("*").map(|(inner, tail)| (Span::Emphasis(inner), tail)))
}

fn written(surface: Surface, span: &Span) -> String {
    let (tag, text) = match span {
        Span::Text(text) => return escaped(surface, text),
        Span::Code(text) => ("code", text),
        Span::Strong(text) => ("strong", text),
        Span::Emphasis(text) => ("em", text),
    };
    format!("<{tag}>{}</{tag}>", escaped(surface, text))
}
