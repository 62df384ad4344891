//! The formats of reports: each is a function of the same view.

use probity_diagnostics::Diagnostics;

use crate::view::Report;
use crate::{html, markdown};

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One HTML file that works without a network.
    Html,
    /// GitHub-flavoured Markdown.
    Markdown,
}

impl Format {
    /// The name, as settings and targets of the build write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
        }
    }

    /// The name of the file that a report is written to.
    pub fn file(self) -> &'static str {
        match self {
            Self::Html => "report.html",
            Self::Markdown => "report.md",
        }
    }

    /// `report` in this format.
    ///
    /// # Errors
    /// A template is wrong (PB0806).
    pub fn write(self, report: &Report) -> Result<Vec<u8>, Diagnostics> {
        match self {
            Self::Html => html(report).map(String::into_bytes),
            Self::Markdown => markdown(report).map(String::into_bytes),
        }
    }
}
