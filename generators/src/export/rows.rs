//! What findings lists of other tools are made of: resources that do not pass, and controls that rest on people.

use probity_diagnostics::Sha256Digest;

use crate::view::{Check, Control, Report, Resource, Verdict};

/// A resource that a check was applied to, with what came of it.
pub(super) struct Row<'a> {
    pub(super) check: &'a Check,
    pub(super) resource: &'a Resource,
    pub(super) verdict: Verdict,
}

/// The resources of all checks that are listed, in the order of the report.
pub(super) fn rows(report: &Report) -> impl Iterator<Item = Row<'_>> {
    report.checks.iter().flat_map(|check| {
        let judged = check.resources.iter();
        judged.filter_map(move |resource| Some(Row { check, resource, verdict: resource.verdict? }))
    })
}

/// The controls that need attention for another reason than what a check found of a resource.
pub(super) fn by_people(report: &Report) -> impl Iterator<Item = &Control> {
    let explained = |control: &&Control| {
        let checks = control.checks.iter().filter_map(|name| report.check(name));
        checks.into_iter().any(|check| check.open > 0)
    };
    report
        .controls
        .iter()
        .filter(|control| control.state.is_open())
        .filter(move |control| !explained(control))
}

impl Row<'_> {
    /// What was expected and found, in lines.
    pub(super) fn found(&self) -> Vec<String> {
        let results = self.resource.results.iter().filter(|result| !result.success);
        let mut lines: Vec<String> = results
            .map(|result| match (&result.message, &result.expected) {
                (Some(message), _) => message.clone(),
                (None, Some(expected)) => {
                    format!("{}: found {}, expected {expected}", result.property, result.found)
                }
                (None, None) => format!("{}: found {}", result.property, result.found),
            })
            .collect();
        lines.extend(self.resource.reason.clone());
        lines.extend(self.resource.missing.iter().map(|property| format!("not collected: {property}")));
        lines
    }

    /// The risk that accepts the fail: title, and until when.
    pub(super) fn waiver(&self, report: &Report) -> Option<String> {
        let uuid = self.resource.waiver.as_ref()?;
        let risk = report.risks.iter().find(|risk| risk.uuid == *uuid)?;
        let until = risk.deadline.as_ref().map(|deadline| format!(", until {deadline}")).unwrap_or_default();
        Some(format!("{}{until}", risk.title))
    }

    /// What stays the same of it from one assessment to the next.
    pub(super) fn fingerprint(&self) -> String {
        fingerprint(&self.check.name, &self.resource.id)
    }
}

/// A digest of a check and a resource, or of what stands for them.
pub(super) fn fingerprint(check: &str, resource: &str) -> String {
    Sha256Digest::of([check, resource].join("\0").as_bytes()).to_string()
}
