use std::fmt::Write as _;

use super::Sources;
use crate::diagnostic::{Diagnostic, Severity};

/// A finding as a workflow command of GitHub Actions, which marks the line in
/// the view of a pull request.
pub fn github(diagnostic: &Diagnostic, sources: &Sources<'_>) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut line = format!("::{command} ");
    if let Some(primary) = &diagnostic.primary {
        let _ = write!(line, "file={},", property(&sources.display(&primary.location.file)));
        if let Some(region) = sources.region(&primary.location) {
            let (start, end) = (region.start, region.end);
            let _ = write!(line, "line={},endLine={},", start.line, end.line);
            // columns are refused where the place spans several lines
            if start.line == end.line {
                let _ = write!(line, "col={},endColumn={},", start.column, end.column);
            }
        }
    }
    let title = match &diagnostic.rule {
        Some(rule) => format!("{} {rule}", diagnostic.code.id),
        None => format!("{} {}", diagnostic.code.id, diagnostic.code.title),
    };
    let mut message = diagnostic.message.clone();
    for help in &diagnostic.helps {
        let _ = write!(message, "\nhelp: {help}");
    }
    let _ = write!(line, "title={}::{}", property(&title), data(&message));
    line
}

/// The message of a command: what would end the line is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command: what would end it or its name, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
