//! The certificates that a report shows.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use probity_diagnostics::{Diagnostics, FileTree, Step, TreePath};
use probity_generators::view::{self, Control, ControlState, Report};
use probity_register::{Certificate, inherited_from};

use super::{Risk, risk};

/// The certificates among `files` that concern the results in `report`: those that are set against them, and those that controls of
/// them are inherited from. They stand as on the day that the results were judged as of; without it nobody can say, and none are
/// shown.
///
/// # Errors
/// A certificate cannot be read, or the results that it was issued on.
pub(crate) fn shown(
    tree: &dyn FileTree,
    files: &[TreePath],
    report: &Report,
) -> Step<Vec<view::Certificate>> {
    let mut findings = Diagnostics::new();
    let as_of = report.as_of.as_deref().and_then(|at| at.parse::<Timestamp>().ok());
    let Some(on) = as_of.map(|at| at.to_zoned(TimeZone::UTC).date()) else {
        return findings.unless_errors(Vec::new());
    };
    let fails = report.controls.iter().filter(|control| control.state == ControlState::Fail);
    let failing: BTreeSet<String> = fails.map(|control| control.id.clone()).collect();
    let mut all = Vec::new();
    for file in files {
        let Some(one) = findings.absorb(probity_register::load(tree, file)) else { continue };
        let is_set_against = one.assessment.is_some() && one.assessment == report.assessment;
        let asked = asked(report, &one);
        if !is_set_against && asked.is_empty() {
            continue;
        }
        let at_risk = if is_set_against && one.is_kept(on) {
            findings.absorb(risk(tree, &failing, &one))
        } else {
            None
        };
        all.push(entry(&one, on, at_risk, &asked));
    }
    findings.unless_errors(all)
}

/// The controls that are said to be inherited from a certificate.
fn asked<'r>(report: &'r Report, one: &Certificate) -> BTreeSet<&'r str> {
    let procedure = inherited_from(&one.name);
    let asks = |control: &&Control| control.procedures.iter().any(|asked| asked.id == procedure);
    report.controls.iter().filter(asks).map(|control| control.id.as_str()).collect()
}

fn entry(one: &Certificate, on: Date, at_risk: Option<Risk>, asked: &BTreeSet<&str>) -> view::Certificate {
    let standing = one.standing(on);
    let (covered, left) = one.controls();
    let of_report = |id: &str| asked.contains(id).then(|| id.to_owned());
    view::Certificate {
        name: one.name.clone(),
        title: one.title.clone(),
        scheme: one.scheme.clone(),
        kind: one.kind.words(),
        reference: one.reference.clone(),
        issuer: one.issuer.name.clone(),
        status: standing.status.to_string(),
        in_force: standing.status.is_in_force(),
        from: one.from.to_string(),
        until: one.last_day().to_string(),
        overdue: standing.overdue.map(|day| day.to_string()),
        at_risk: match at_risk {
            Some(Risk::Failing(controls)) => controls,
            Some(Risk::Unbuilt) | None => Vec::new(),
        },
        inherited: covered.into_iter().filter_map(of_report).collect(),
        not_covered: left.iter().filter_map(|inherited| of_report(&inherited.control)).collect(),
    }
}
