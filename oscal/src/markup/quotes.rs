//! `"text"`, which is the element `q`.

use super::{Inline, Span, push_text};

/// Stands for a quotation mark that was not escaped, until it is known whether it opens or closes.
pub(super) const MARK: char = '\u{fdd0}';

/// Makes quotations of pairs of marks in a line; a mark without a partner is a character.
pub(super) fn pair(line: Vec<Inline>) -> Vec<Inline> {
    let marked = |piece: &Inline| matches!(piece, Inline::Text(text) if text.contains(MARK));
    if !line.iter().any(marked) {
        return line;
    }
    let pieces = split(line);
    let mut out = Vec::new();
    let mut quote: Option<Vec<Inline>> = None;
    for (index, piece) in pieces.iter().enumerate() {
        let is_mark = matches!(piece, Piece::Mark);
        match (is_mark, quote.take()) {
            (true, Some(inside)) if closes(&pieces, index) => out.push(Inline::Span(Span::Quote, inside)),
            (true, None) if opens(&pieces, index) => quote = Some(Vec::new()),
            (_, Some(mut inside)) => {
                piece.push_to(&mut inside);
                quote = Some(inside);
            }
            (_, None) => piece.push_to(&mut out),
        }
    }
    if let Some(inside) = quote {
        push_text(&mut out, "\"");
        for piece in inside {
            Piece::Other(piece).push_to(&mut out);
        }
    }
    out
}

enum Piece {
    Mark,
    Other(Inline),
}

impl Piece {
    fn push_to(&self, line: &mut Vec<Inline>) {
        match self {
            Self::Mark => push_text(line, "\""),
            Self::Other(Inline::Text(text)) => push_text(line, text),
            Self::Other(other) => line.push(other.clone()),
        }
    }
}

fn split(line: Vec<Inline>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for piece in line {
        let Inline::Text(text) = &piece else {
            pieces.push(Piece::Other(piece));
            continue;
        };
        for (index, part) in text.split(MARK).enumerate() {
            if index > 0 {
                pieces.push(Piece::Mark);
            }
            if !part.is_empty() {
                pieces.push(Piece::Other(Inline::Text(part.to_owned())));
            }
        }
    }
    pieces
}

/// A mark opens where text follows it at once, and none stands at once before it.
fn opens(pieces: &[Piece], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| pieces.get(before));
    let after_word =
        matches!(before, Some(Piece::Other(Inline::Text(text))) if text.ends_with(char::is_alphanumeric));
    let follows = match pieces.get(index + 1) {
        None | Some(Piece::Mark) => false,
        Some(Piece::Other(Inline::Text(text))) => !text.starts_with(char::is_whitespace),
        Some(Piece::Other(other)) => *other != Inline::Break,
    };
    follows && !after_word
}

/// A mark closes where text stands at once before it.
fn closes(pieces: &[Piece], index: usize) -> bool {
    match index.checked_sub(1).and_then(|before| pieces.get(before)) {
        None | Some(Piece::Mark) => false,
        Some(Piece::Other(Inline::Text(text))) => !text.ends_with(char::is_whitespace),
        Some(Piece::Other(other)) => *other != Inline::Break,
    }
}
