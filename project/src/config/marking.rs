//! The colour of what is made of a project.

use probity_diagnostics::{Diagnostic, Diagnostics};
use probity_sharing::Label;

use super::{Assessment, LoadedConfig};
use crate::codes;

impl LoadedConfig {
    /// The label that the documents of an assessment bear, as it or the system says; none where neither does.
    pub fn marking(&self, assessment: &Assessment) -> Option<Label> {
        let said = assessment.marking.as_ref().or(self.config.system.marking.as_ref());
        said.and_then(|text| text.parse().ok())
    }
}

/// Labels are labels.
pub(super) fn check(loaded: &LoadedConfig) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let mut one = |text: Option<&String>, keys: &[&str]| {
        if let Some(Err(why)) = text.map(|text| text.parse::<Label>()) {
            let message = format!("\"{}\" is no label of the Traffic Light Protocol", why.written);
            let finding = Diagnostic::error(&codes::BAD_VALUE, message);
            findings.push(finding.at(loaded.place(keys)).help(why.help));
        }
    };
    one(loaded.config.system.marking.as_ref(), &["system", "marking"]);
    for (index, assessment) in loaded.config.assessments.iter().enumerate() {
        one(assessment.marking.as_ref(), &["assessment", &index.to_string(), "marking"]);
    }
    findings
}
