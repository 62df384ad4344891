//! What lets a change pass.

use probity_generators::review::{Assessment, Gate, Kind, Reason, Rule, Status};
use probity_generators::view::Severity;

use crate::config::FailOn;
use crate::job::threshold;

/// The gate over assessments, each with the severity that closes it in the base.
pub(super) fn gate(rules: &[Rule], assessments: &[(Assessment, FailOn)]) -> Gate {
    let mut reasons = Vec::new();
    for (assessment, gate) in assessments {
        let reason = |rule, controls| Reason { rule, assessment: assessment.name.clone(), controls };
        if assessment.status == Status::Broken {
            reasons.push(reason(None, Vec::new()));
        }
        for rule in rules {
            if assessment.status == Status::Removed && *rule == Rule::LostCoverage {
                reasons.push(reason(Some(*rule), Vec::new()));
                continue;
            }
            let controls = closing(assessment, *rule, *gate);
            if !controls.is_empty() {
                reasons.push(reason(Some(*rule), controls));
            }
        }
    }
    let mut rules = rules.to_vec();
    rules.sort_unstable();
    rules.dedup();
    Gate { rules, open: reasons.is_empty(), reasons }
}

/// The controls whose findings close the gate by a rule.
fn closing(assessment: &Assessment, rule: Rule, gate: FailOn) -> Vec<String> {
    let Some(threshold) = threshold(gate) else { return Vec::new() };
    // what has no severity of its own is not passed over
    let counts = |severity: Option<Severity>| severity.is_none_or(|severity| severity <= threshold);
    let kind = match rule {
        Rule::Regression => Kind::Regression,
        Rule::NewUnknown => Kind::NewUnknown,
        Rule::LostCoverage => Kind::LostCoverage,
    };
    let hits = assessment.findings.iter().filter(|flip| {
        let flips = flip.kind == kind || flip.resources.iter().any(|(one, _)| *one == kind);
        flips && counts(flip.severity)
    });
    hits.map(|flip| flip.control.clone()).collect()
}
