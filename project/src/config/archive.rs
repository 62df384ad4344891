//! Archives and periods of assessments.

use probity_diagnostics::{Diagnostic, Diagnostics};
use probity_generators::series::{PeriodOptions, Span, interval};

use super::{AuditPeriod, LoadedConfig};
use crate::codes;

/// What is wrong with the archives of a project file, beyond its form.
pub(super) fn check(loaded: &LoadedConfig) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let mut seen: Vec<&str> = Vec::new();
    for (index, assessment) in loaded.config.assessments.iter().enumerate() {
        let at = index.to_string();
        let mut refuse = |key: &str, message: String, help: &str| {
            let place = loaded.place(&["assessment", &at, key]);
            findings.push(Diagnostic::error(&codes::BAD_VALUE, message).at(place).help(help));
        };
        if let Some(archive) = assessment.archive.as_deref() {
            let is_below = |folder: &str| archive == folder || archive.starts_with(&format!("{folder}/"));
            let path = loaded.file.parent().join(archive);
            let outside = path.as_ref().map_or(true, |path| path.is_remote() || path.bundled().is_some());
            if outside || archive.trim_matches(['.', '/']).is_empty() {
                let help = "name a folder of the project, such as `archive/eucs`";
                refuse("archive", format!("`{archive}` cannot be an archive"), help);
            } else if ["build", ".probity"].into_iter().any(is_below) {
                let help = "builds write there; name another folder";
                refuse("archive", format!("`{archive}` cannot be an archive"), help);
            } else if seen.contains(&archive) {
                let help = "give each assessment a folder of its own";
                refuse("archive", format!("two assessments keep their results in `{archive}`"), help);
            }
            seen.push(archive);
        }
        let Some(period) = &assessment.period else { continue };
        let mut refuse = |keys: &[&str], message: String, help: &str| {
            let place = loaded.place(&[&["assessment", &at, "period"], keys].concat());
            findings.push(Diagnostic::error(&codes::BAD_VALUE, message).at(place).help(help));
        };
        if let Err(message) = Span::parse(&period.days) {
            refuse(&["days"], message, "days are those of UTC, and both are included");
        }
        if let Some(Err(message)) = period.interval.as_deref().map(interval) {
            refuse(&["interval"], message, "left out, the `max-age` of each check counts");
        }
        if assessment.archive.is_none() {
            let help = "add `archive`, the folder that `probity archive` keeps results in";
            refuse(&[], "a period is judged by an archive".to_owned(), help);
        }
    }
    findings
}

impl AuditPeriod {
    /// What is judged; none where it cannot be read.
    pub(crate) fn options(&self) -> Option<PeriodOptions> {
        let interval = self.interval.as_deref().and_then(|text| interval(text).ok());
        Some(PeriodOptions { span: Span::parse(&self.days).ok()?, interval })
    }
}
