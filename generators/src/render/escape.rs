//! Escaping: what stands in evidence was written by others, and may be hostile.

use std::fmt::Write as _;

use super::Surface;

/// `text` without characters that steer terminals or turn the reading direction: each becomes U+FFFD.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|c| if is_harmless(c) { c } else { '\u{fffd}' }).collect()
}

fn is_harmless(c: char) -> bool {
    let steers = c.is_control() && c != '\n' && c != '\t';
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let invisible = matches!(c, '\u{feff}' | '\u{200b}' | '\u{2028}' | '\u{2029}');
    !(steers || turns || invisible)
}

/// `text` as `surface` shows it, letter by letter.
pub(crate) fn escaped(surface: Surface, text: &str) -> String {
    let text = clean(text);
    match surface {
        Surface::Terminal { .. } => text,
        Surface::Markdown => markdown(&text),
        Surface::Html => html(&text),
    }
}

fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Text inside a line or a table cell of GitHub-flavoured Markdown: nothing in it may become markup, a link, a mention
/// or a second line.
fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            '_' if previous.is_alphanumeric() => out.push('_'),
            '_' => out.push_str("\\_"),
            // A mention would notify somebody, and a bare address would become a link.
            '@' => out.push_str("@<!-- -->"),
            '#' => out.push_str("&#35;"),
            '/' if previous == ':' => out.push_str("&#47;"),
            '.' if out.ends_with("www") => out.push_str("&#46;"),
            other => out.push(other),
        }
        previous = c;
    }
    out
}

/// `text` as a name that is safe in an HTML `id` and in a URL fragment; different texts give different names.
pub(super) fn anchor(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') {
            out.push(c);
        } else {
            let _ = write!(out, "_{:x}_", u32::from(c));
        }
    }
    out
}
