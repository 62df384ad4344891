//! A text as somebody reads it who undoes how it is written, and the way back to the bytes that were written.

use std::ops::Range;

/// A text that was made of another one piece by piece.
#[derive(Debug, Clone)]
pub(super) struct View {
    /// What it reads.
    pub(super) text: String,
    pieces: Vec<Piece>,
}

/// Bytes of the view, and the bytes of the source that they stand for.
#[derive(Debug, Clone)]
struct Piece {
    view: Range<usize>,
    source: Range<usize>,
    /// Byte for byte the same.
    same: bool,
}

impl View {
    /// Reads `source` from its beginning: wherever `reader` takes some bytes of what is left for another text, that one stands in
    /// the view; everything else is as it was. None where nothing was taken for anything else.
    pub(super) fn of(source: &str, reader: impl Fn(&str) -> Option<(usize, String)>) -> Option<Self> {
        let mut view = Self { text: String::with_capacity(source.len()), pieces: Vec::new() };
        let mut at = 0;
        let mut changed = false;
        while let Some(rest) = source.get(at..) {
            let Some(first) = rest.chars().next() else { break };
            if let Some((taken, reads)) = reader(rest).filter(|(taken, _)| *taken > 0) {
                changed = true;
                view.push(&reads, at..at + taken, false);
                at += taken;
            } else {
                let end = at + first.len_utf8();
                view.push(source.get(at..end).unwrap_or_default(), at..end, true);
                at = end;
            }
        }
        changed.then_some(view)
    }

    fn push(&mut self, reads: &str, source: Range<usize>, same: bool) {
        let start = self.text.len();
        self.text.push_str(reads);
        let view = start..self.text.len();
        match self.pieces.last_mut().filter(|last| last.same && same) {
            Some(last) => {
                last.view.end = view.end;
                last.source.end = source.end;
            }
            None => self.pieces.push(Piece { view, source, same }),
        }
    }

    /// The bytes of the source that a part of the view was read from.
    pub(super) fn source(&self, part: &Range<usize>) -> Range<usize> {
        let start = self.piece(part.start).map_or(0, |piece| {
            if piece.same { piece.source.start + (part.start - piece.view.start) } else { piece.source.start }
        });
        let end = part.end.checked_sub(1).and_then(|last| self.piece(last)).map_or(start, |piece| {
            if piece.same { piece.source.start + (part.end - piece.view.start) } else { piece.source.end }
        });
        start..end.max(start)
    }

    /// The piece that holds a byte of the view.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.view.end <= at);
        self.pieces.get(index)
    }
}

/// All readings of a text: as it stands, and after each step of undoing.
pub(super) struct Readings<'a> {
    source: &'a str,
    views: Vec<View>,
}

impl<'a> Readings<'a> {
    /// How often what was undone is undone again: `%2540` is `%40` is `@`.
    const STEPS: usize = 4;

    /// Reads a text.
    pub(super) fn of(source: &'a str, reader: impl Fn(&str) -> Option<(usize, String)>) -> Self {
        let mut views: Vec<View> = Vec::new();
        for _ in 0..Self::STEPS {
            let text = views.last().map_or(source, |view| view.text.as_str());
            match View::of(text, &reader) {
                Some(view) => views.push(view),
                None => break,
            }
        }
        Self { source, views }
    }

    /// Each reading with its number.
    pub(super) fn each(&self) -> impl Iterator<Item = (usize, &str)> {
        std::iter::once(self.source).chain(self.views.iter().map(|view| view.text.as_str())).enumerate()
    }

    /// The bytes of the source that a part of a reading stands for.
    pub(super) fn source(&self, reading: usize, part: Range<usize>) -> Range<usize> {
        self.views.iter().take(reading).rev().fold(part, |part, view| view.source(&part))
    }
}

#[cfg(test)]
mod tests {
    use super::Readings;

    #[test]
    fn parts_lead_back_through_all_steps() {
        let reader = |rest: &str| rest.starts_with("<<").then(|| (2, "<".to_owned()));
        let source = "a<<<<<b";
        let readings = Readings::of(source, reader);
        let texts: Vec<_> = readings.each().map(|(_, text)| text.to_owned()).collect();
        assert_eq!(texts, ["a<<<<<b", "a<<<b", "a<<b", "a<b"]);
        assert_eq!(readings.source(3, 1..2), 1..6);
        assert_eq!(readings.source(3, 0..1), 0..1);
        assert_eq!(readings.source(3, 2..3), 6..7);
    }
}
