//! The text of a document in which conflicts are left.

use std::ops::Range;

use probity_diagnostics::document::Format;

use super::text::{Labels, Variant};
use super::{Conflict, Side, sequence};

/// The text that two variants share, with markers around what they do not: an element that is in conflict stands there as a
/// whole, once as each side has it.
pub(super) fn marked(ours: &Variant, theirs: &Variant, format: Format, labels: &Labels) -> String {
    let (a, b) = (pieces(ours, format), pieces(theirs, format));
    let mut text = String::with_capacity(ours.text.len() + 256);
    let (mut i, mut j) = (0, 0);
    let ends = std::iter::once((a.len(), b.len()));
    for (next_i, next_j) in sequence::pairs(&a, &b).into_iter().chain(ends) {
        if i < next_i || j < next_j {
            let side = |pieces: &[&str], range: Range<usize>| -> String {
                pieces.get(range).unwrap_or_default().concat()
            };
            conflict(&mut text, &side(&a, i..next_i), &side(&b, j..next_j), labels);
        }
        text.push_str(a.get(next_i).copied().unwrap_or_default());
        (i, j) = (next_i + 1, next_j + 1);
    }
    text
}

fn conflict(text: &mut String, ours: &str, theirs: &str, labels: &Labels) {
    let marker = |sign: &str, label: &str| -> String {
        let blank = if label.is_empty() { "" } else { " " };
        format!("{}{blank}{label}\n", sign.repeat(labels.size))
    };
    let ended = |side: &str| {
        if side.is_empty() || side.ends_with('\n') { side.to_owned() } else { format!("{side}\n") }
    };
    text.push_str(&marker("<", &labels.ours));
    text.push_str(&ended(ours));
    text.push_str(&marker("=", ""));
    text.push_str(&ended(theirs));
    text.push_str(&marker(">", &labels.theirs));
}

/// The lines of a variant; those of an element in conflict in one piece.
fn pieces(variant: &Variant, format: Format) -> Vec<&str> {
    let text = variant.text.as_str();
    let pointers: Vec<_> = variant.conflicts.iter().map(|conflict| &conflict.pointer).collect();
    let mut whole: Vec<Range<usize>> = Vec::new();
    for (found, conflict) in crate::locate_all(text, format, &pointers).into_iter().zip(&variant.conflicts) {
        let Some(found) = found.filter(|_| stands(variant, conflict)) else { continue };
        let start = found.key.map_or(found.value.start, |key| key.start.min(found.value.start));
        whole.push(lines_around(text, start..found.value.end));
    }
    whole.sort_by_key(|range| range.start);
    let mut pieces = Vec::new();
    let mut at = 0;
    for range in whole {
        if range.start < at {
            continue;
        }
        pieces.extend(text.get(at..range.start).unwrap_or_default().split_inclusive('\n'));
        pieces.extend(text.get(range.clone()));
        at = range.end;
    }
    pieces.extend(text.get(at..).unwrap_or_default().split_inclusive('\n'));
    pieces
}

/// Whether the side of a variant has what is in conflict.
fn stands(variant: &Variant, conflict: &Conflict) -> bool {
    match variant.side {
        Side::Ours => conflict.ours.is_some(),
        Side::Theirs => conflict.theirs.is_some(),
    }
}

/// The whole lines that hold a range, without blank space at its end.
fn lines_around(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = range.start + text.get(range).unwrap_or_default().trim_end().len();
    let end = text.get(end..).and_then(|after| after.find('\n')).map_or(text.len(), |at| end + at + 1);
    start..end
}
