//! Props in our namespace: how they are written and looked up.

pub(crate) use probity_oscal::own::{markup_line, one_line, ours, values};

/// `text` as prose of OSCAL's markup, its characters meant as they are and its paragraphs kept.
pub(crate) fn markup_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if matches!(c, '\\' | '`' | '*' | '~' | '^' | '<' | '[' | '{') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    if escaped.is_empty() { "-".to_owned() } else { escaped }
}
