//! `"text"`, `~text~` and `^text^`, which are the elements `q`, `sub` and `sup` and no CommonMark.

use super::{Inline, Span, push_text};

/// The marks, each with the character that stands for one that was not escaped until it is known what it does.
const MARKS: [(char, char, Span); 3] = [
    ('"', '\u{fdd0}', Span::Quote),
    ('~', '\u{fdd1}', Span::Subscript),
    ('^', '\u{fdd2}', Span::Superscript),
];

/// Stands between `]` and `:`, which would otherwise define a reference. OSCAL has none, and CommonMark drops their text.
pub(super) const APART: char = '\u{fdd3}';

/// Whether a character has a meaning of its own in this module.
pub(super) fn is_reserved(c: char) -> bool {
    c == APART || MARKS.iter().any(|(_, reserved, _)| *reserved == c)
}

/// Whether a text holds a mark.
pub(super) fn has_mark(text: &str) -> bool {
    text.contains(['"', '~', '^'])
}

/// A text without escapes, with its marks as reserved characters.
pub(super) fn reserve(text: &str) -> String {
    let reserve =
        |c: char| MARKS.iter().find(|(mark, ..)| *mark == c).map_or(c, |(_, reserved, _)| *reserved);
    text.chars().map(reserve).collect()
}

/// Makes spans of pairs of marks in a line; a mark without a partner is a character.
pub(super) fn pair(line: Vec<Inline>) -> Vec<Inline> {
    let marked = |piece: &Inline| matches!(piece, Inline::Text(text) if text.contains(is_reserved));
    if !line.iter().any(marked) {
        return line;
    }
    let pieces = split(line);
    let mut open = Open::default();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Other(Inline::Text(text)) => push_text(open.line(), text),
            Piece::Other(other) => open.line().push(other.clone()),
            Piece::Mark(span) if open.has(*span) && closes(&pieces, index) => open.close(*span),
            Piece::Mark(span) if !open.has(*span) && opens(&pieces, index) => {
                open.spans.push((*span, Vec::new()));
            }
            Piece::Mark(span) => push_text(open.line(), span.mark()),
        }
    }
    while !open.spans.is_empty() {
        open.abandon();
    }
    open.whole
}

/// The line, and the spans in it that are open, outermost first.
#[derive(Default)]
struct Open {
    whole: Vec<Inline>,
    spans: Vec<(Span, Vec<Inline>)>,
}

impl Open {
    fn line(&mut self) -> &mut Vec<Inline> {
        self.spans.last_mut().map_or(&mut self.whole, |(_, line)| line)
    }

    fn has(&self, span: Span) -> bool {
        self.spans.iter().any(|(open, _)| *open == span)
    }

    /// Closes a span that is open, and makes characters of marks that were opened within it.
    fn close(&mut self, span: Span) {
        while self.spans.last().is_some_and(|(open, _)| *open != span) {
            self.abandon();
        }
        if let Some((span, inside)) = self.spans.pop() {
            self.line().push(Inline::Span(span, inside));
        }
    }

    /// Makes a character of the mark that was opened last.
    fn abandon(&mut self) {
        let Some((span, inside)) = self.spans.pop() else { return };
        let line = self.line();
        push_text(line, span.mark());
        for piece in inside {
            match piece {
                Inline::Text(text) => push_text(line, &text),
                other => line.push(other),
            }
        }
    }
}

enum Piece {
    Mark(Span),
    Other(Inline),
}

fn split(line: Vec<Inline>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for piece in line {
        let Inline::Text(text) = &piece else {
            pieces.push(Piece::Other(piece));
            continue;
        };
        for part in text.split_inclusive(is_reserved) {
            let mark = MARKS.iter().find(|(_, reserved, _)| part.ends_with(*reserved));
            let before = mark.and_then(|(_, reserved, _)| part.strip_suffix(*reserved)).unwrap_or(part);
            if !before.is_empty() {
                pieces.push(Piece::Other(Inline::Text(before.to_owned())));
            }
            pieces.extend(mark.map(|(.., span)| Piece::Mark(*span)));
        }
    }
    pieces
}

/// A mark opens where text follows it at once; a quotation does not begin at the end of a word.
fn opens(pieces: &[Piece], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| pieces.get(before));
    let (quote, twice) = match (before, pieces.get(index)) {
        (Some(Piece::Mark(before)), Some(Piece::Mark(span))) => (*span == Span::Quote, before == span),
        (_, Some(Piece::Mark(span))) => (*span == Span::Quote, false),
        _ => return false,
    };
    let after_word =
        matches!(before, Some(Piece::Other(Inline::Text(text))) if text.ends_with(char::is_alphanumeric));
    let follows = match (pieces.get(index), pieces.get(index + 1)) {
        (_, None) => false,
        (Some(Piece::Mark(span)), Some(Piece::Mark(next))) => span != next,
        (_, Some(Piece::Other(Inline::Text(text)))) => !text.starts_with(char::is_whitespace),
        (_, Some(Piece::Other(other))) => *other != Inline::Break,
        _ => true,
    };
    follows && !twice && !(quote && after_word)
}

/// A mark closes where text stands at once before it.
fn closes(pieces: &[Piece], index: usize) -> bool {
    if let (Some(Piece::Mark(span)), Some(Piece::Mark(next))) = (pieces.get(index), pieces.get(index + 1))
        && span == next
    {
        return false;
    }
    match (index.checked_sub(1).and_then(|before| pieces.get(before)), pieces.get(index)) {
        (None, _) => false,
        (Some(Piece::Mark(before)), Some(Piece::Mark(span))) => before != span,
        (Some(Piece::Other(Inline::Text(text))), _) => !text.ends_with(char::is_whitespace),
        (Some(Piece::Other(other)), _) => *other != Inline::Break,
        _ => true,
    }
}
