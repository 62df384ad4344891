use std::fmt::Write as _;

use super::{Sources, printable};
use crate::diagnostic::Diagnostic;

/// One line per finding: `file:line:column: severity[code rule]: message`.
pub fn short(diagnostic: &Diagnostic, sources: &Sources<'_>) -> String {
    let mut line = String::new();
    if let Some(primary) = &diagnostic.primary {
        line.push_str(&sources.display(&primary.location.file));
        if let Some(at) = sources.position(&primary.location) {
            let _ = write!(line, ":{}:{}", at.line, at.column);
        }
        line.push_str(": ");
    }
    let _ = write!(line, "{}[{}", diagnostic.severity, diagnostic.code.id);
    if let Some(rule) = &diagnostic.rule {
        let _ = write!(line, " {rule}");
    }
    let _ = write!(line, "]: {}", diagnostic.message);
    for help in &diagnostic.helps {
        let _ = write!(line, " (help: {help})");
    }
    printable(&line).into_owned()
}
