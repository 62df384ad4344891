//! Which reports of an assessment are written.

use std::collections::BTreeSet;

use probity_generators::Format;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Assessment;

/// The reports of an assessment. What an assessment does not say itself
/// is as the table `[reports]` of the project says.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reports {
    /// The formats that are written; HTML and Markdown if left out.
    pub formats: Option<Vec<ReportFormat>>,
}

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReportFormat {
    /// One HTML file that works without a network.
    Html,
    /// Markdown, for pull requests and wikis.
    Markdown,
}

impl ReportFormat {
    /// The format as generators know it.
    fn format(self) -> Format {
        match self {
            Self::Html => Format::Html,
            Self::Markdown => Format::Markdown,
        }
    }
}

impl Reports {
    /// The reports of `assessment`, where the project says `self`.
    pub(crate) fn of(&self, assessment: &Assessment) -> Self {
        Self { formats: assessment.reports.formats.clone().or_else(|| self.formats.clone()) }
    }

    /// The formats that are written, each once.
    pub fn formats(&self) -> BTreeSet<Format> {
        match &self.formats {
            Some(formats) => formats.iter().map(|format| format.format()).collect(),
            None => [Format::Html, Format::Markdown].into(),
        }
    }
}
