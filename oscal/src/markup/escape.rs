//! Backslashes before characters that Markdown would otherwise read as marks.

use super::insert::scan;

/// How many characters are escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escapes {
    /// `*`, `` ` ``, `~`, `^`, `"`, and a few others where they mean something: what the publishers escape.
    Lean,
    /// All that may mean something anywhere.
    Full,
}

/// Writes text so that it is read as nothing else.
pub(super) fn text(text: &str, escapes: Escapes, out: &mut String) {
    if !text.bytes().any(|byte| b"*`~^\"\\_[]<&{!".contains(&byte)) {
        return out.push_str(text);
    }
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c.is_ascii() && marks(c, escapes, rest.as_str()) {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Whether a character of a text may be read as a mark before `after`.
fn marks(c: char, escapes: Escapes, after: &str) -> bool {
    let next = after.chars().next();
    match c {
        '*' | '`' | '~' | '^' | '"' => true,
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation() || next == '\n'),
        '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(next)),
        '&' => entity(after),
        '{' => after.strip_prefix('{').is_some_and(|after| scan(after).is_some()),
        '_' | '[' | ']' | '!' => escapes == Escapes::Full,
        _ => false,
    }
}

/// Whether the lean escapes of a text may not be enough.
pub(super) fn risky(text: &str) -> bool {
    text.contains(['_', '[', ']'])
}

/// Whether `&` before this text begins a character reference.
fn entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let length = name.bytes().take(33).take_while(u8::is_ascii_alphanumeric).count();
    length > 0 && name.get(length..).is_some_and(|rest| rest.starts_with(';'))
}

/// Writes a line of a paragraph so that its beginning is not read as the mark of a block.
pub(super) fn line_start(line: &str, out: &mut String) {
    let content = line.trim_start_matches([' ', '\t']);
    let (blanks, _) = line.split_at(line.len() - content.len());
    if blanks.len() > 3 || blanks.contains('\t') {
        out.extend(blanks.chars().map(|c| if c == '\t' { "&#9;" } else { "&#32;" }));
    } else {
        out.push_str(blanks);
    }
    match mark(content) {
        Some(at) => {
            let (number, rest) = content.split_at(at);
            out.push_str(number);
            out.push('\\');
            out.push_str(rest);
        }
        None => out.push_str(content),
    }
}

/// Where a backslash keeps a line from being a heading, list, quotation, rule, table or fence.
pub(super) fn mark(line: &str) -> Option<usize> {
    let blank = |text: &str| text.is_empty() || text.starts_with([' ', '\t', '\n']);
    let run = |of: &str| line.trim_end().chars().all(|c| of.contains(c));
    let hashes = line.trim_start_matches('#');
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = line.len() - digits.len();
    let first = line.chars().next()?;
    let marked = match first {
        '#' => line.len() - hashes.len() <= 6 && blank(hashes),
        '>' => true,
        '-' | '+' => blank(line.get(1..).unwrap_or_default()) || run("-: |"),
        '=' => run("="),
        '|' | ':' => run("-: |"),
        '_' => run("_ "),
        '[' => line.split_once(']').is_some_and(|(_, rest)| rest.starts_with(':')),
        _ => false,
    };
    let listed = (1..10).contains(&number)
        && digits.starts_with(['.', ')'])
        && blank(digits.get(1..).unwrap_or_default());
    if listed { Some(number) } else { marked.then_some(0) }
}
