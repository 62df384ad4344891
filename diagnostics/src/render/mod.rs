//! Findings turned into text: one file per format.
//!
//! [`Human`], [`short`], [`json`] and [`github`] print one finding after the
//! other; [`sarif`] and [`junit`] make one document of all of them.

mod github;
mod human;
mod json;
mod junit;
mod sarif;
mod short;
mod source;

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::Diagnostic;

pub use github::github;
pub use human::Human;
pub use json::{json, place};
pub use junit::{Said, TestCase, TestOutcome, TestSuite, junit, junit_suites, number};
pub use sarif::{sarif, sarif_file, sarif_log};
pub use short::short;
pub use source::{Excerpt, Locate, Position, Region, Sources};

/// A file that was checked, with what was found in it.
pub struct FileReport<'a> {
    /// The name of the file, as it is shown.
    pub name: String,
    /// Where its places are found.
    pub sources: &'a Sources<'a>,
    /// What counts.
    pub findings: &'a [Diagnostic],
    /// What was suppressed, each with the reason.
    pub suppressed: &'a [Suppressed],
}

/// A finding that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Diagnostic,
    /// Why it does not count.
    pub reason: String,
}

/// A number of things in words: `1 control`, `2 controls`.
pub fn counted<N: fmt::Display + Copy + PartialEq + From<u8>>(number: N, what: &str) -> String {
    let ending = if number == N::from(1) { "" } else { "s" };
    format!("{number} {what}{ending}")
}

/// The same text with spaces for characters that could speak to a terminal
/// or turn the direction of what follows.
pub fn printable(text: &str) -> Cow<'_, str> {
    let speaks = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(speaks) { Cow::Owned(text.replace(speaks, " ")) } else { Cow::Borrowed(text) }
}
