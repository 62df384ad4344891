use std::fmt::Write as _;
use std::ops::Range;

use super::source::Text;
use super::{Sources, printable};
use crate::diagnostic::{Diagnostic, Label, Severity};

/// The widest source line that is shown whole, in characters.
const WIDEST: usize = 120;

/// Findings for people: message, place, the source line with the place
/// underlined, and what to do.
#[derive(Debug, Clone, Copy)]
pub struct Human {
    /// Whether to mark severities and places with ANSI colours.
    pub color: bool,
}

impl Human {
    /// The text of a finding, ending in a newline.
    pub fn render(self, diagnostic: &Diagnostic, sources: &Sources<'_>) -> String {
        let mut out = String::new();
        let severity = self.paint(severity_color(diagnostic.severity), &diagnostic.severity.to_string());
        let message = self.paint("1", &printable(&diagnostic.message));
        let _ = writeln!(out, "{severity}[{}]: {message}", diagnostic.code.id);
        if let Some(primary) = &diagnostic.primary {
            self.place(&mut out, primary, diagnostic.severity, '^', sources);
        }
        for label in &diagnostic.secondary {
            self.place(&mut out, label, Severity::Note, '-', sources);
        }
        if let Some(rule) = &diagnostic.rule {
            let _ = writeln!(out, "  {} rule: {}", self.paint("34", "="), printable(rule));
        }
        for help in &diagnostic.helps {
            let _ = writeln!(out, "  {} help: {}", self.paint("34", "="), printable(help));
        }
        out
    }

    fn place(self, out: &mut String, label: &Label, severity: Severity, mark: char, sources: &Sources<'_>) {
        let file = printable(&sources.display(&label.location.file)).into_owned();
        let arrow = self.paint("34", "-->");
        let text = sources.text(&label.location.file);
        let (Some(range), Some(text)) = (sources.range(&label.location), text) else {
            let at = sources.position(&label.location);
            let at = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
            let _ = writeln!(out, "  {arrow} {file}{at}");
            if !label.text.is_empty() {
                let _ = writeln!(out, "  {} {}", self.paint("34", "="), printable(&label.text));
            }
            return;
        };
        let at = text.position(range.start);
        let _ = writeln!(out, "  {arrow} {file}:{}:{}", at.line, at.column);
        let (line, columns) = excerpt(&text, range);
        let gutter = at.line.to_string();
        let bar = self.paint("34", "|");
        let blank = " ".repeat(gutter.len());
        let _ = writeln!(out, "{blank} {bar}");
        let _ = writeln!(out, "{} {bar} {line}", self.paint("34", &gutter));
        let marks = mark.to_string().repeat(columns.len().max(1));
        let marks = format!("{marks} {}", printable(&label.text));
        let marks = self.paint(severity_color(severity), marks.trim_end());
        let _ = writeln!(out, "{blank} {bar} {}{marks}", " ".repeat(columns.start));
    }

    fn paint(self, color: &str, text: &str) -> String {
        if self.color { format!("\x1b[{color}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

fn severity_color(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
    }
}

/// The line that holds the start of `range`, cut to a readable width, and the
/// columns (from 0, in characters) that `range` covers in it. Control
/// characters become spaces so that a file cannot speak to the terminal. Of a
/// long line only what is shown is looked at.
fn excerpt(text: &Text, range: Range<usize>) -> (String, Range<usize>) {
    let line = text.line_at(range.start);
    let get = |range: Range<usize>| text.content.get(range).unwrap_or_default();
    let count = |range: Range<usize>| get(range).chars().take(WIDEST).count();
    let mut start = line.start;
    if get(line.clone()).chars().nth(WIDEST).is_some() {
        let mut before = get(line.start..range.start).char_indices().rev();
        if let Some((at, _)) = before.nth(WIDEST / 3 - 1) {
            start += at;
        }
    }
    let from = count(start..range.start);
    let until = count(start..range.end.clamp(range.start, line.end.max(range.start)));
    let shown = get(start..line.end).chars().take(WIDEST).collect::<String>();
    let dots = |cut: bool| if cut { "…" } else { "" };
    let cut = start + shown.len() < line.end;
    let before = usize::from(start > line.start);
    let line = format!("{}{}{}", dots(before == 1), printable(&shown), dots(cut));
    (line, from + before..until + before)
}
