//! Messages of constraints: text with expressions in braces.

use std::fmt::Write as _;

use super::rule::Metapath;
use crate::metapath::{Node, Scope, SyntaxError};

/// What to say where a constraint does not hold.
#[derive(Debug)]
pub(super) struct Message {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Text(String),
    Value(Metapath),
}

impl Message {
    /// Reads a message. Blanks are collapsed; `{ … }` is an expression, evaluated for the target.
    ///
    /// # Errors
    /// An expression that cannot be read, or a brace without its other half; the offset counts from the start of the text.
    pub(super) fn parse(text: &str) -> Result<Self, SyntaxError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at(at);
            let offset = text.len() - after.len();
            let (source, later) = inside(after).ok_or_else(|| SyntaxError {
                offset,
                message: "a brace without its other half".to_owned(),
            })?;
            push_text(&mut parts, before);
            let lead = source.len() - source.trim_start().len();
            let value = Metapath::parse(source.trim().to_owned())
                .map_err(|error| SyntaxError { offset: offset + 1 + lead + error.offset, ..error })?;
            parts.push(Part::Value(value));
            rest = later;
        }
        push_text(&mut parts, rest);
        Ok(Self { parts })
    }

    /// The message for a node; an expression without a value shows as `?`.
    pub(super) fn text<'t>(&'t self, scope: &Scope<'t>, node: Node<'t>) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Value(path) => match path.expression.sequence_at(scope, node) {
                    Ok(items) => {
                        let items: Vec<String> = items.iter().map(|item| item_text(item)).collect();
                        text.push_str(&items.join(", "));
                    }
                    Err(_) => {
                        let _ = write!(text, "?");
                    }
                },
            }
        }
        let text = text.trim();
        text.strip_suffix('.').unwrap_or(text).to_owned()
    }

    /// The expressions of the message.
    pub(super) fn expressions(&self) -> impl Iterator<Item = &Metapath> {
        self.parts.iter().filter_map(|part| match part {
            Part::Value(path) => Some(path),
            Part::Text(_) => None,
        })
    }
}

/// The text of a value that stands in a message: of a node its value, and where it has none its path.
fn item_text(item: &crate::metapath::Item<'_>) -> String {
    match item {
        crate::metapath::Item::Node(node) => {
            node.text().map_or_else(|| node.path(), std::borrow::Cow::into_owned)
        }
        other => other.to_string(),
    }
}

/// What stands between the brace that `text` begins with and its other half, and what follows. Quotes keep braces.
fn inside(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_prefix('{')?;
    let mut quote = None;
    for (at, c) in body.char_indices() {
        match (quote, c) {
            (None, '}') => {
                let (source, after) = body.split_at(at);
                return Some((source, after.get(1..)?));
            }
            (None, '{') => return None,
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// Adds text with its blanks collapsed; one blank stays at either end.
fn push_text(parts: &mut Vec<Part>, text: &str) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut collapsed = words.join(" ");
    if text.starts_with(char::is_whitespace) {
        collapsed.insert(0, ' ');
    }
    if !words.is_empty() && text.ends_with(char::is_whitespace) {
        collapsed.push(' ');
    }
    if !collapsed.is_empty() {
        parts.push(Part::Text(collapsed));
    }
}
