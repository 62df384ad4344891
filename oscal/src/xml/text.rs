//! Characters in XML text: references both ways.

use crate::markup::expressible;

/// Whether a character is white space in XML (section 2.3).
pub(super) const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Whether a text is white space only.
pub(super) fn blank(text: &str) -> bool {
    text.bytes().all(|byte| is_blank(char::from(byte)))
}

/// The character that `name` in `&name;` stands for: one of the five of XML, or a character by its number.
pub(super) fn resolve(name: &str) -> Option<char> {
    let code = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let number = match code.strip_prefix('x') {
        Some(digits) => {
            digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16))
        }
        None => code.bytes().all(|b| b.is_ascii_digit()).then(|| code.parse()),
    };
    char::from_u32(number?.ok()?).filter(|c| expressible(*c))
}

/// Writes characters of prose. Runs of blanks, and blanks at an edge where `edges` says so, become references, as do
/// line ends and tabs.
pub(super) fn push_prose(text: &str, edges: bool, out: &mut String) {
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'\n' | b'\t' | b'\r');
    let blanks = text.contains("  ")
        || edges && (text.starts_with(' ') || text.ends_with(' '))
        || text.starts_with(' ') && out.ends_with(' ');
    if !blanks && !text.bytes().any(special) {
        return out.push_str(text);
    }
    for (at, c) in text.char_indices() {
        let outermost = at == 0 || at + 1 == text.len();
        match c {
            ' ' if out.ends_with(' ') || edges && outermost => out.push_str("&#32;"),
            c => push(c, out),
        }
    }
}

/// Writes characters whose blanks are all kept by readers, as in `pre`.
pub(super) fn push_verbatim(text: &str, out: &mut String) {
    for c in text.chars() {
        if c == '\n' || c == '\t' { out.push(c) } else { push(c, out) }
    }
}

/// Writes the value of an element or attribute; blanks around it, line ends and tabs become references.
pub(super) fn push_value(text: &str, out: &mut String) {
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\n' | b'\t' | b'\r');
    if !text.bytes().any(special) && !text.starts_with(' ') && !text.ends_with(' ') {
        return out.push_str(text);
    }
    let inner = text.trim_matches(' ');
    let start = text.len() - text.trim_start_matches(' ').len();
    for (at, c) in text.char_indices() {
        let around = at < start || at >= start + inner.len();
        match c {
            ' ' if around => out.push_str("&#32;"),
            '"' => out.push_str("&quot;"),
            c => push(c, out),
        }
    }
}

fn push(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\n' => out.push_str("&#10;"),
        '\t' => out.push_str("&#9;"),
        '\r' => out.push_str("&#13;"),
        c if expressible(c) => out.push(c),
        _ => out.push(char::REPLACEMENT_CHARACTER),
    }
}
