use probity_diagnostics::{Diagnostic, Diagnostics};

use super::{LoadedConfig, codes, unknown_name};

/// Results come from another assessment of the project, by at least one
/// mapping collection.
pub(super) fn check(loaded: &LoadedConfig) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let assessments = &loaded.config.assessments;
    for (index, assessment) in assessments.iter().enumerate() {
        for (at, carry) in assessment.carry.iter().enumerate() {
            let (index, at) = (index.to_string(), at.to_string());
            let place = |key| loaded.place(&["assessment", &index, "carry", &at, key]);
            let wrong = |what: &str| Diagnostic::error(&codes::BAD_VALUE, what);
            if carry.from == assessment.name {
                let finding = wrong("results are carried from another assessment than their own");
                findings.push(finding.at(place("from")));
            } else if !assessments.iter().any(|other| other.name == carry.from) {
                let names =
                    assessments.iter().map(|a| a.name.as_str()).filter(|name| *name != assessment.name);
                findings.push(unknown_name("assessment", &carry.from, names).at(place("from")));
            }
            if carry.mappings.is_empty() {
                findings.push(wrong("no mapping collection is named").at(place("mappings")));
            }
        }
    }
    findings
}
