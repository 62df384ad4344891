//! The formats of reports: each is a function of the same view.

use probity_diagnostics::Diagnostics;

use crate::view::Report;
use crate::{Style, csv, html, markdown, pdf, xlsx};

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One HTML file that works without a network.
    Html,
    /// GitHub-flavoured Markdown.
    Markdown,
    /// A PDF of print quality.
    Pdf,
    /// A workbook with filters.
    Xlsx,
    /// One row per requirement.
    Csv,
}

impl Format {
    /// The name, as settings and targets of the build write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// The name of the file that a report is written to.
    pub fn file(self) -> &'static str {
        match self {
            Self::Html => "report.html",
            Self::Markdown => "report.md",
            Self::Pdf => "report.pdf",
            Self::Xlsx => "report.xlsx",
            Self::Csv => "report.csv",
        }
    }

    /// Whether programs find the label in the file, where it bears one: other formats need a file beside them that says it.
    pub fn says_label(self) -> bool {
        matches!(self, Self::Html | Self::Markdown)
    }

    /// `report` in this format.
    ///
    /// # Errors
    /// A template is wrong: PB0809 where it is a project's, else PB0806.
    pub fn write(self, report: &Report, style: &Style<'_>) -> Result<Vec<u8>, Diagnostics> {
        match self {
            Self::Html => html(report, style).map(String::into_bytes),
            Self::Markdown => markdown(report, style).map(String::into_bytes),
            Self::Pdf => Ok(pdf(report, style)),
            Self::Xlsx => xlsx(report, style),
            Self::Csv => csv(report, style),
        }
    }
}
