//! `{{ insert: param, id }}`, which CommonMark does not know.

use std::borrow::Cow;

use super::spans::APART;
use super::{Inline, Insert, push_text};

/// Characters without a meaning of their own that stand for inserts while Markdown is parsed.
const FIRST: u32 = 0xF_0000;
const LAST: u32 = 0xF_FFFD;

/// Inserts in the order of a text, each with the characters it was written as.
#[derive(Default)]
pub(super) struct Inserts<'t>(Vec<(Insert, &'t str)>);

/// Whether a character of a text under work is not one of the text.
fn is_inner(c: char) -> bool {
    is_placeholder(c) || c == APART
}

/// Takes the inserts out of a text and leaves a character for each. Where the text holds such a character already, no
/// insert is looked for.
pub(super) fn take(text: &str) -> (Cow<'_, str>, Inserts<'_>) {
    let mut inserts = Inserts::default();
    if !text.contains("{{") || text.chars().any(is_placeholder) {
        return (Cow::Borrowed(text), inserts);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let placeholder = placeholder(inserts.0.len()).filter(|_| !escaped(before));
        if let (Some((insert, length)), Some(placeholder)) = (scan(after), placeholder) {
            let written = rest.get(before.len()..before.len() + 2 + length).unwrap_or_default();
            out.push(placeholder);
            inserts.0.push((insert, written));
            rest = after.get(length..).unwrap_or_default();
        } else {
            out.push_str("{{");
            rest = after;
        }
    }
    out.push_str(rest);
    (Cow::Owned(out), inserts)
}

/// Whether a text ends in a backslash that is not one of a pair.
pub(super) fn escaped(before: &str) -> bool {
    before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

fn placeholder(index: usize) -> Option<char> {
    let code = FIRST.checked_add(u32::try_from(index).ok()?).filter(|code| *code <= LAST)?;
    char::from_u32(code)
}

fn is_placeholder(c: char) -> bool {
    (FIRST..=LAST).contains(&u32::from(c))
}

/// The longest insert, in bytes. Without it a text of many `{{` would be searched to its end from each of them.
const LONGEST: usize = 1000;

/// The insert after `{{`, and how long it is with its `}}`.
pub(super) fn scan(text: &str) -> Option<(Insert, usize)> {
    let near = text.as_bytes().get(..LONGEST).unwrap_or(text.as_bytes());
    let end = text.get(..near.windows(2).position(|pair| pair == b"}}")?)?;
    let (kind, id) = end.trim().strip_prefix("insert:")?.split_once(',')?;
    let (kind, id) = (kind.trim(), id.trim());
    let token =
        |text: &str| !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || "{},".contains(c));
    let insert = Insert { kind: kind.to_owned(), id: id.to_owned() };
    (token(kind) && token(id)).then_some((insert, end.len() + 2))
}

impl Inserts<'_> {
    fn of(&self, c: char) -> Option<&(Insert, &str)> {
        self.0.get(usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()?)
    }

    /// Adds a text, with inserts in their places.
    pub(super) fn push(&self, line: &mut Vec<Inline>, text: &str) {
        if !text.contains(is_inner) {
            return push_text(line, text);
        }
        let mut start = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| *c == APART || self.of(*c).is_some()) {
            push_text(line, text.get(start..at).unwrap_or_default());
            start = at + c.len_utf8();
            if let Some((insert, _)) = self.of(c) {
                line.push(Inline::Insert(insert.clone()));
            }
        }
        push_text(line, text.get(start..).unwrap_or_default());
    }

    /// A text with the inserts as they were written.
    pub(super) fn restore(&self, text: &str) -> String {
        if !text.contains(is_inner) {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match self.of(c).filter(|_| is_placeholder(c)) {
                Some((_, written)) => out.push_str(written),
                None if c == APART => {}
                None => out.push(c),
            }
        }
        out
    }
}
