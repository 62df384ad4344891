//! OSCAL's markup-line as plain text.

/// The text that a markup line stands for: backslash escapes are resolved, everything else stays.
pub(crate) fn line(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut rest = markup.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => text.extend(rest.next()),
            _ => text.push(c),
        }
    }
    text
}
