//! What the reader found, in words.

use std::ops::Range;

use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, TreePath, nearest};

use crate::codes;
use crate::structure::LIMIT;

/// The longest name that is told, in characters.
const LONGEST: usize = 60;

/// A name in quotes, cut where it is long.
pub(super) fn quoted(name: &str) -> String {
    let mut shown: String = name.chars().take(LONGEST).collect();
    if shown.len() < name.len() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// The findings of one file so far.
pub(super) struct Report<'a> {
    file: &'a TreePath,
    findings: Diagnostics,
    unlisted: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a TreePath) -> Self {
        Self { file, findings: Diagnostics::new(), unlisted: 0 }
    }

    pub(super) fn finish(mut self) -> Diagnostics {
        if self.unlisted > 0 {
            let message = format!("{} more findings in this file are not listed", self.unlisted);
            let finding = Diagnostic::note(&codes::MORE_FINDINGS, message);
            self.findings.push(finding.at(Location::file(self.file)));
        }
        self.findings
    }

    fn add(&mut self, finding: Diagnostic, at: Range<usize>) -> &mut Self {
        if self.findings.len() < LIMIT {
            let label = finding.primary.as_ref().map(|label| label.text.clone()).unwrap_or_default();
            self.findings.push(finding.at(Location::span(self.file, at)).label(label));
        } else {
            self.unlisted += 1;
        }
        self
    }

    /// An error without more to say.
    pub(super) fn error(&mut self, code: &'static Code, at: Range<usize>, message: impl Into<String>) {
        self.add(Diagnostic::error(code, message), at);
    }

    /// An error with a hint what to do.
    pub(super) fn error_with_help(
        &mut self,
        code: &'static Code,
        at: Range<usize>,
        message: impl Into<String>,
        help: &str,
    ) {
        self.add(Diagnostic::error(code, message).help(help), at);
    }

    /// Something that is read, though it should not be so.
    pub(super) fn warning(&mut self, code: &'static Code, at: Range<usize>, message: &str, help: &str) {
        self.add(Diagnostic::warning(code, message).help(help), at);
    }

    /// A name that is not known at its place; `known` are the names that are.
    pub(super) fn unknown<'n>(
        &mut self,
        code: &'static Code,
        at: Range<usize>,
        message: String,
        (name, known): (&str, impl Iterator<Item = &'n str> + Clone),
    ) {
        if self.findings.len() >= LIMIT {
            self.unlisted += 1;
            return;
        }
        let finding = Diagnostic::error(code, message);
        let likely = Some(name)
            .filter(|name| (2..LONGEST).contains(&name.len()))
            .and_then(|name| nearest(name, known.clone()));
        let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
        let finding = match (likely, known.as_slice()) {
            (Some(meant), _) => finding.help(format!("did you mean `{meant}`?")),
            (None, []) => finding.help("nothing may stand here"),
            (None, known) => finding.help(format!("known here: {}", known.join(", "))),
        };
        self.add(finding, at);
    }
}
