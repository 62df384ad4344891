//! A comparison for a terminal.

use std::fmt::Write as _;

use probity_oscal::difference::{Line, Piece};

use super::data::Comparison;
use super::rows::{Body, Row, Section, Shown, Sign, sections};
use crate::render::clean;

/// How a comparison is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextOptions {
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Whether to leave out what differs in each item.
    pub brief: bool,
}

/// `comparison` as text with line ends; a sentence where nothing differs.
///
/// Words that are gone stand in `[-…-]`, new ones in `{+…+}`, as `git diff --word-diff` writes them.
pub fn text(comparison: &Comparison, options: TextOptions) -> String {
    let mut out = Out { text: String::new(), options };
    let sections = sections(comparison);
    if sections.is_empty() {
        let _ = writeln!(
            out.text,
            "nothing differs between {} and {}",
            clean(&comparison.before),
            clean(&comparison.after)
        );
    }
    for (at, section) in sections.iter().enumerate() {
        if at > 0 {
            out.text.push('\n');
        }
        out.section(section);
    }
    out.text
}

/// Colours by what is painted.
#[derive(Clone, Copy)]
enum Paint {
    Strong,
    Dim,
    Gone,
    New,
    Other,
}

impl Paint {
    const fn code(self) -> &'static str {
        match self {
            Self::Strong => "1",
            Self::Dim => "2",
            Self::Gone => "31",
            Self::New => "32",
            Self::Other => "33",
        }
    }

    const fn of(sign: Sign) -> Self {
        match sign {
            Sign::Gone => Self::Gone,
            Sign::New => Self::New,
            Sign::Other => Self::Other,
        }
    }
}

struct Out {
    text: String,
    options: TextOptions,
}

impl Out {
    fn paint(&mut self, paint: Paint, text: &str) {
        let text = clean(text);
        if self.options.color && !text.is_empty() {
            let _ = write!(self.text, "\u{1b}[{}m{text}\u{1b}[0m", paint.code());
        } else {
            self.text.push_str(&text);
        }
    }

    fn section(&mut self, section: &Section<'_>) {
        self.paint(Paint::Strong, &section.title);
        self.text.push('\n');
        for fact in section.facts.iter().filter(|fact| !fact.is_empty()) {
            let _ = writeln!(self.text, "  {}", clean(fact));
        }
        for group in &section.groups {
            self.text.push_str("\n  ");
            self.paint(Paint::Strong, &group.title);
            let _ = writeln!(self.text, " ({})", group.count);
            group.rows.iter().for_each(|row| self.row(row));
            let left = group.count.saturating_sub(group.rows.len());
            if left > 0 {
                let _ = writeln!(self.text, "    … and {left} more");
            }
        }
    }

    fn row(&mut self, row: &Row<'_>) {
        self.text.push_str("    ");
        self.paint(Paint::of(row.sign), &format!("{} {}", row.sign.letter(), one_line(&row.name)));
        if !row.title.is_empty() {
            let _ = write!(self.text, "  {}", clean(&one_line(&row.title)));
        }
        if !row.notes.is_empty() {
            self.paint(Paint::Dim, &format!("  ({})", one_line(&row.notes.join("; "))));
        }
        self.text.push('\n');
        if !self.options.brief {
            row.details.iter().for_each(|detail| self.detail(detail));
        }
    }

    fn detail(&mut self, detail: &Shown<'_>) {
        self.text.push_str("        ");
        let name = one_line(&detail.name);
        if !name.is_empty() {
            self.paint(Paint::Dim, &format!("{name}: "));
        }
        match &detail.body {
            Body::Words(words) => self.words(words),
            Body::Pair(before, after) => {
                self.paint(Paint::Gone, &one_line(before));
                self.text.push_str(" → ");
                self.paint(Paint::New, &one_line(after));
            }
            Body::Gone(texts) => self.block(Paint::Gone, '-', texts),
            Body::New(texts) => self.block(Paint::New, '+', texts),
            Body::Note(note) => self.text.push_str(&clean(note)),
            Body::Lines(lines) => self.lines(lines),
        }
        self.text.push('\n');
    }

    /// Values on one line, prose on lines of its own.
    fn block(&mut self, paint: Paint, sign: char, texts: &[&str]) {
        let joined = texts.join(", ");
        let mut lines = joined.lines().map(str::trim_end).filter(|line| !line.is_empty());
        self.paint(paint, &format!("{sign} {}", lines.next().unwrap_or_default().trim_start()));
        for line in lines {
            self.text.push_str("\n          ");
            self.paint(paint, line);
        }
    }

    fn words(&mut self, words: &[Piece]) {
        let last = words.len().saturating_sub(1);
        for (at, piece) in words.iter().enumerate() {
            let text = one_line(piece.text());
            match piece {
                Piece::Equal(_) => self.text.push_str(&clean(&shortened(&text, at == 0, at == last))),
                Piece::Removed(_) => self.paint(Paint::Gone, &format!("[-{text}-]")),
                Piece::Added(_) => self.paint(Paint::New, &format!("{{+{text}+}}")),
            }
        }
    }

    fn lines(&mut self, lines: &[Line]) {
        let mut next = None;
        for line in lines {
            if next.is_none_or(|next| line.before.or(line.after) != Some(next))
                && line.before.is_some()
                && line.after.is_some()
            {
                self.text.push_str("\n          ");
                self.paint(Paint::Dim, &format!("@@ line {} @@", line.after.unwrap_or_default()));
            }
            self.text.push_str("\n          ");
            match (line.before, line.after) {
                (Some(_), None) => self.paint(Paint::Gone, &format!("-{}", line.text)),
                (None, _) => self.paint(Paint::New, &format!("+{}", line.text)),
                _ => self.text.push_str(&clean(&format!(" {}", line.text))),
            }
            next = line.before.map_or(next, |before| Some(before + 1));
        }
    }
}

/// Text whose line ends are blanks.
fn one_line(text: &str) -> String {
    if text.contains(['\n', '\r']) { text.replace(['\n', '\r'], " ") } else { text.to_owned() }
}

/// Letters that are kept of what did not change, on each side of a change.
const KEPT: usize = 40;

/// What did not change, without its middle.
pub(super) fn shortened(text: &str, is_first: bool, is_last: bool) -> String {
    let letters = text.chars().count();
    let sides = usize::from(!is_first) + usize::from(!is_last);
    if letters <= KEPT * sides + 10 {
        return text.to_owned();
    }
    let head: String = text.chars().take(KEPT).collect();
    let tail: String = text.chars().skip(letters - KEPT).collect();
    match (is_first, is_last) {
        (true, true) => text.to_owned(),
        (true, false) => format!("…{tail}"),
        (false, true) => format!("{head}…"),
        (false, false) => format!("{head} … {tail}"),
    }
}
