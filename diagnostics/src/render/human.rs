use std::fmt::Write as _;
use std::ops::Range;

use super::Sources;
use super::source::position;
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
        let message = self.paint("1", &diagnostic.message);
        let _ = writeln!(out, "{severity}[{}]: {message}", diagnostic.code.id);
        if let Some(primary) = &diagnostic.primary {
            self.place(&mut out, primary, diagnostic.severity, '^', sources);
        }
        for label in &diagnostic.secondary {
            self.place(&mut out, label, Severity::Note, '-', sources);
        }
        for help in &diagnostic.helps {
            let _ = writeln!(out, "  {} help: {help}", self.paint("34", "="));
        }
        out
    }

    fn place(self, out: &mut String, label: &Label, severity: Severity, mark: char, sources: &Sources<'_>) {
        let file = sources.display(&label.location.file);
        let arrow = self.paint("34", "-->");
        let text = sources.text(&label.location.file);
        let (Some(range), Some(text)) = (sources.range(&label.location), text) else {
            let at = sources.position(&label.location);
            let at = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
            let _ = writeln!(out, "  {arrow} {file}{at}");
            if !label.text.is_empty() {
                let _ = writeln!(out, "  {} {}", self.paint("34", "="), label.text);
            }
            return;
        };
        let at = position(&text, range.start);
        let _ = writeln!(out, "  {arrow} {file}:{}:{}", at.line, at.column);
        let (line, columns) = excerpt(&text, range);
        let gutter = at.line.to_string();
        let bar = self.paint("34", "|");
        let blank = " ".repeat(gutter.len());
        let _ = writeln!(out, "{blank} {bar}");
        let _ = writeln!(out, "{} {bar} {line}", self.paint("34", &gutter));
        let marks = mark.to_string().repeat(columns.len().max(1));
        let marks = format!("{marks} {}", label.text);
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
/// characters become spaces so that a file cannot speak to the terminal.
fn excerpt(text: &str, range: Range<usize>) -> (String, Range<usize>) {
    let start = text.get(..range.start).and_then(|b| b.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let from = text.get(start..range.start).unwrap_or_default().chars().count();
    let until = text.get(start..range.end.min(start + line.len())).unwrap_or(line).chars().count();
    let skip = if line.chars().count() > WIDEST { from.saturating_sub(WIDEST / 3) } else { 0 };
    let shown: String =
        line.chars().skip(skip).take(WIDEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let end = until.max(from).saturating_sub(skip).min(shown.chars().count());
    (shown, from - skip..end.max(from - skip))
}
