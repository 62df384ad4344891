use jiff::Timestamp;
use probity_assessment::compile::seconds;
use probity_diagnostics::{Diagnostic, Diagnostics};

use super::{LoadedConfig, ResultsFormat, SilentRules, codes};

impl From<ResultsFormat> for probity_importers::results::Format {
    fn from(format: ResultsFormat) -> Self {
        match format {
            ResultsFormat::Sarif => Self::Sarif,
            ResultsFormat::Ocsf => Self::Ocsf,
            ResultsFormat::Xccdf => Self::Xccdf,
            ResultsFormat::Junit => Self::Junit,
            ResultsFormat::Trivy => Self::Trivy,
            ResultsFormat::PolicyReport => Self::PolicyReport,
            ResultsFormat::Csv => Self::Csv,
            ResultsFormat::Oscal => Self::Oscal,
        }
    }
}

impl From<SilentRules> for probity_assessment::compile::Silent {
    fn from(silent: SilentRules) -> Self {
        match silent {
            SilentRules::Unknown => Self::Unknown,
            SilentRules::Pass => Self::Pass,
        }
    }
}

/// Files are named, their rules can count for something, and instants and durations are such.
pub(super) fn check(loaded: &LoadedConfig) -> Diagnostics {
    let mut findings = Diagnostics::new();
    for (index, assessment) in loaded.config.assessments.iter().enumerate() {
        for (at, import) in assessment.imports.iter().enumerate() {
            let (index, at) = (index.to_string(), at.to_string());
            let place = |key| loaded.place(&["assessment", &index, "import", &at, key]);
            let wrong = |what: &str| Diagnostic::error(&codes::BAD_VALUE, what);
            if import.files.is_empty() {
                findings.push(wrong("no file of results is named").at(place("files")));
            }
            if import.mappings.is_empty() && import.framework.is_none() {
                let finding = wrong("the results count for nothing").at(place("files"));
                findings.push(finding.help(
                    "name `mappings` from controls to their rules, or the `framework` of which they give ids themselves",
                ));
            }
            if let Err(why) = seconds(&import.max_age) {
                findings.push(wrong(&why).at(place("max-age")));
            }
            if let Some(text) = &import.collected
                && text.parse::<Timestamp>().is_err()
            {
                let finding = wrong(&format!("`{text}` is no instant")).at(place("collected"));
                findings.push(finding.help("write it as in RFC 3339, for example 2026-11-01T12:00:00Z"));
            }
        }
    }
    findings
}
