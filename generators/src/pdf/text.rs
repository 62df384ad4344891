//! Runs of text, broken into lines.

use super::fonts::{Face, Fonts};

/// A colour, red, green and blue from 0 to 1.
pub(super) type Colour = [f32; 3];

pub(super) const INK: Colour = [0.106, 0.122, 0.141];
pub(super) const SOFT: Colour = [0.349, 0.380, 0.420];
const LINK: Colour = [0.122, 0.310, 0.600];

/// A text in one face, size and colour.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) colour: Colour,
    pub(super) text: String,
    /// The name of the place that it leads to.
    pub(super) link: Option<String>,
}

impl Run {
    pub(super) fn text(size: f32, text: impl Into<String>) -> Self {
        Self { face: Face::Text, size, colour: INK, text: text.into(), link: None }
    }

    pub(super) fn bold(size: f32, text: impl Into<String>) -> Self {
        Self { face: Face::Bold, ..Self::text(size, text) }
    }

    pub(super) fn code(size: f32, text: impl Into<String>) -> Self {
        Self { face: Face::Code, ..Self::text(size * 0.82, text) }
    }

    pub(super) fn soft(size: f32, text: impl Into<String>) -> Self {
        Self { colour: SOFT, ..Self::text(size, text) }
    }

    pub(super) fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    pub(super) fn to(self, place: String) -> Self {
        Self { colour: LINK, link: Some(place), ..self }
    }
}

/// A part of a line, `x` points from its beginning.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) run: Run,
    pub(super) x: f32,
    pub(super) width: f32,
}

/// Lines of at most `width` points. Words break where they must: behind punctuation if they can.
pub(super) fn lines(fonts: &Fonts, runs: &[Run], width: f32) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut used = 0.0;
    for run in runs {
        for (at, paragraph) in run.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
                used = 0.0;
            }
            for word in words(paragraph) {
                for part in fitting(fonts, run, word, width) {
                    let bare = fonts.width(run.face, run.size, part.trim_end());
                    if used > 0.0 && used + bare > width {
                        lines.push(Vec::new());
                        used = 0.0;
                    }
                    let is_first = used == 0.0;
                    let shown = if is_first { part.trim_start() } else { part };
                    let taken = fonts.width(run.face, run.size, shown);
                    if let Some(line) = lines.last_mut() {
                        append(line, run, shown, used, taken);
                    }
                    used += taken;
                }
            }
        }
    }
    lines
}

/// Adds a part to a line, to its last piece where that is of the same run.
fn append(line: &mut Vec<Piece>, run: &Run, text: &str, x: f32, width: f32) {
    let alike = |piece: &&mut Piece| {
        let last = &piece.run;
        last.face == run.face
            && last.size.to_bits() == run.size.to_bits()
            && last.colour.map(f32::to_bits) == run.colour.map(f32::to_bits)
            && last.link == run.link
    };
    match line.last_mut().filter(alike) {
        Some(piece) => {
            piece.run.text.push_str(text);
            piece.width += width;
        }
        None => line.push(Piece { run: Run { text: text.to_owned(), ..run.clone() }, x, width }),
    }
}

/// Words with the blanks behind them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ')
}

/// The word as a whole where it fits into a line, else in parts that do.
fn fitting<'a>(fonts: &Fonts, run: &Run, word: &'a str, width: f32) -> Vec<&'a str> {
    if fonts.width(run.face, run.size, word.trim_end()) <= width {
        return vec![word];
    }
    let mut parts = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let mut used = 0.0;
        let mut fits = 0;
        let mut behind = 0;
        for (at, letter) in rest.char_indices() {
            used += fonts.width(run.face, run.size, letter.encode_utf8(&mut [0; 4]));
            if used > width && at > 0 {
                break;
            }
            fits = at + letter.len_utf8();
            if "/:._-@,".contains(letter) {
                behind = fits;
            }
        }
        let end = if fits == rest.len() || behind == 0 { fits } else { behind };
        let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        parts.push(part);
        rest = after;
    }
    parts
}
