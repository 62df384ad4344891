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
        let margin = margin(diagnostic, sources);
        if let Some(primary) = &diagnostic.primary {
            self.place(&mut out, primary, (diagnostic.severity, '^'), margin, sources);
        }
        for label in &diagnostic.secondary {
            self.place(&mut out, label, (Severity::Note, '-'), margin, sources);
        }
        let rule = diagnostic.rule.iter().map(|rule| ("rule", rule));
        for (what, text) in rule.chain(diagnostic.helps.iter().map(|help| ("help", help))) {
            let sign = self.paint("34", "=");
            let _ = writeln!(out, "{:margin$} {sign} {what}: {}", "", printable(text));
        }
        out
    }

    /// A place with its line of the text and what is to be said of it, beside
    /// a margin that holds the number of the line.
    fn place(
        self,
        out: &mut String,
        label: &Label,
        (severity, mark): (Severity, char),
        margin: usize,
        sources: &Sources<'_>,
    ) {
        let file = printable(&sources.display(&label.location.file)).into_owned();
        let at = sources.position(&label.location);
        let place = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
        let _ = writeln!(out, "{:margin$}{} {file}{place}", "", self.paint("34", "-->"));
        let text = sources.text(&label.location.file);
        let (Some(range), Some(text), Some(at)) = (sources.range(&label.location), text, at) else {
            if !label.text.is_empty() {
                let sign = self.paint("34", "=");
                let _ = writeln!(out, "{:margin$} {sign} {}", "", printable(&label.text));
            }
            return;
        };
        let (line, columns) = excerpt(&text, range);
        let bar = self.paint("34", "|");
        let number = self.paint("34", &format!("{:margin$}", at.line));
        let _ = writeln!(out, "{:margin$} {bar}\n{number} {bar} {line}", "");
        let marks = mark.to_string().repeat(columns.len().max(1));
        let marks = format!("{marks} {}", printable(&label.text));
        let marks = self.paint(severity_color(severity), marks.trim_end());
        let _ = writeln!(out, "{:margin$} {bar} {}{marks}", "", " ".repeat(columns.start));
    }

    fn paint(self, color: &str, text: &str) -> String {
        if self.color { format!("\x1b[{color}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// The width of the longest number of a line that is shown.
fn margin(diagnostic: &Diagnostic, sources: &Sources<'_>) -> usize {
    let labels = diagnostic.primary.iter().chain(&diagnostic.secondary);
    let lines = labels.filter_map(|label| sources.position(&label.location)).map(|at| at.line);
    lines.max().unwrap_or(1).to_string().len()
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
pub(super) fn excerpt(text: &Text, range: Range<usize>) -> (String, Range<usize>) {
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
