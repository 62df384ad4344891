//! Which reports of an assessment are written, and how.

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, TreePath};
use probity_generators::{Format, Language};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Assessment, LoadedConfig};

/// The reports of an assessment. What an assessment does not say itself
/// is as the table `[reports]` of the project says.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reports {
    /// The formats that are written; HTML and Markdown if left out.
    pub formats: Option<Vec<ReportFormat>>,
    /// The language of labels; English if left out.
    pub language: Option<ReportLanguage>,
    /// A folder with templates that stand for those of Probity with the same
    /// names.
    pub templates: Option<String>,
}

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReportFormat {
    /// One HTML file that works without a network.
    Html,
    /// Markdown, for pull requests and wikis.
    Markdown,
    /// A PDF of print quality.
    Pdf,
    /// A workbook with filters.
    Xlsx,
    /// One row per requirement.
    Csv,
}

/// A language of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReportLanguage {
    /// English.
    En,
    /// German.
    De,
}

impl ReportFormat {
    /// The format as generators know it.
    fn format(self) -> Format {
        match self {
            Self::Html => Format::Html,
            Self::Markdown => Format::Markdown,
            Self::Pdf => Format::Pdf,
            Self::Xlsx => Format::Xlsx,
            Self::Csv => Format::Csv,
        }
    }
}

impl Reports {
    /// The formats that are written, each once.
    pub fn formats(&self) -> BTreeSet<Format> {
        match &self.formats {
            Some(formats) => formats.iter().map(|format| format.format()).collect(),
            None => [Format::Html, Format::Markdown].into(),
        }
    }

    /// The language of labels.
    pub fn language(&self) -> Language {
        match self.language {
            Some(ReportLanguage::De) => Language::German,
            Some(ReportLanguage::En) | None => Language::English,
        }
    }
}

impl LoadedConfig {
    /// The reports of an assessment, as it or the project says.
    pub fn reports(&self, assessment: &Assessment) -> Reports {
        let (own, all) = (&assessment.reports, &self.config.reports);
        Reports {
            formats: own.formats.clone().or_else(|| all.formats.clone()),
            language: own.language.or(all.language),
            templates: own.templates.clone().or_else(|| all.templates.clone()),
        }
    }

    /// The folder of the project's templates, if it has one.
    ///
    /// # Errors
    /// The path leaves the project.
    pub fn templates(&self, reports: &Reports) -> Result<Option<TreePath>, Diagnostic> {
        Ok(reports.templates.as_ref().map(|folder| self.file.parent().join(folder)).transpose()?)
    }
}
