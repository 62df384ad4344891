//! What was found, in words.

use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, Pointer, Severity, TreePath, nearest};

use super::index::is_uuid;
use crate::codes::MORE_FINDINGS;
use crate::resolve::similar;
use crate::structure::LIMIT;

/// Identifiers that are compared at the most to find what was meant.
const COMPARISONS: usize = 100_000;

/// The findings so far.
pub(super) struct Report<'a> {
    file: &'a TreePath,
    findings: Diagnostics,
    unlisted: usize,
    comparisons: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a TreePath) -> Self {
        Self { file, findings: Diagnostics::new(), unlisted: 0, comparisons: COMPARISONS }
    }

    /// Adds what was found elsewhere.
    pub(super) fn extend(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        findings.into_iter().for_each(|finding| self.add(finding));
    }

    /// Whether there is an error at a place.
    pub(super) fn has_error_at(&self, place: &Location) -> bool {
        let is_there = |finding: &Diagnostic| {
            finding.severity == Severity::Error
                && finding.primary.as_ref().is_some_and(|label| label.location == *place)
        };
        self.findings.iter().any(is_there)
    }

    pub(super) fn add(&mut self, finding: Diagnostic) {
        if self.findings.len() < LIMIT {
            self.findings.push(finding);
        } else {
            self.unlisted += 1;
        }
    }

    /// A finding about the value at a place.
    pub(super) fn value(
        &self,
        severity: Severity,
        code: &'static Code,
        pointer: &Pointer,
        message: String,
    ) -> Diagnostic {
        Diagnostic::new(severity, code, message).at(Location::value(self.file, pointer))
    }

    /// A hint at the identifier among `known` that is probably meant.
    pub(super) fn hint<'k>(
        &mut self,
        finding: Diagnostic,
        given: &str,
        known: impl Iterator<Item = &'k str>,
    ) -> Diagnostic {
        let known: Vec<&str> = known.take(self.comparisons).collect();
        self.comparisons -= known.len();
        let meant = if is_uuid(given) { nearest(given, known) } else { meant(given, &known) };
        match meant {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding,
        }
    }

    pub(super) fn finish(mut self) -> Diagnostics {
        if self.unlisted > 0 {
            let message = format!("{} more findings about references are not listed", self.unlisted);
            self.findings.push(Diagnostic::note(&MORE_FINDINGS, message).at(Location::file(self.file)));
        }
        self.findings
    }
}

/// The id that is meant. Where ids begin as the given one does, only these are: `ac-2` is no misspelt `au-2`.
fn meant<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    let family = family(given);
    let kin: Vec<&str> = known.iter().copied().filter(|id| self::family(id) == family).collect();
    let known = if kin.is_empty() { known } else { kin.as_slice() };
    let has_number = given.contains(|c: char| c.is_ascii_digit());
    similar(given, known.iter().copied())
        .or_else(|| if has_number { None } else { nearest(given, known.iter().copied()) })
}

/// The letters that an id begins with.
fn family(id: &str) -> String {
    id.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}
