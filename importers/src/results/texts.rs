//! Texts of other tools, put into a form that documents may have.

/// The longest text that is taken over, in characters.
const LONGEST: usize = 4_000;

/// A text on one line, without characters that documents cannot hold, cut where it is very long; none where nothing is left.
pub(super) fn line(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    kept(&words.join(" "))
}

/// A text of several lines, likewise.
pub(super) fn block(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    kept(lines.join("\n").trim())
}

/// What a tool says of something that it did not decide: the word for that, and its message where there is one.
pub(super) fn because(word: &str, message: Option<String>) -> String {
    message.map_or_else(|| word.to_owned(), |message| format!("{word}: {message}"))
}

fn kept(text: &str) -> Option<String> {
    let mut out: String = text.chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST).collect();
    if out.len() < text.len() && out.chars().count() == LONGEST {
        out.push('…');
    }
    (!out.trim().is_empty()).then_some(out)
}

/// The number of the line on which a byte of a text stands, from 1, for places that are asked for in rising order.
pub(super) struct LineCounter<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl<'t> LineCounter<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of byte `at`; places before the one that was asked for last have its line.
    pub(super) fn line(&mut self, at: usize) -> u32 {
        let passed = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        let feeds = passed.split(|byte| *byte == b'\n').count().saturating_sub(1);
        self.line = self.line.saturating_add(u32::try_from(feeds).unwrap_or(u32::MAX));
        self.at = self.at.max(at);
        self.line
    }
}
