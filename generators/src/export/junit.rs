//! A `JUnit` report: a suite for each category of the catalog, a case for each control.
//!
//! A control that could not be judged is an error, one that was not evaluated or whose fails are accepted is skipped: nothing
//! passes but what is satisfied.

use probity_diagnostics::render::{Said, TestCase, TestOutcome, TestSuite, junit_suites, printable};
use probity_diagnostics::{Diagnostic, Diagnostics, codes};

use super::Export;
use crate::view::{Control, ControlState, NotEvaluated, Report};

/// Resources that a case names of each check.
const NAMED: usize = 20;

pub(super) fn write(report: &Report, found: &mut Diagnostics) -> Export {
    let suites: Vec<TestSuite> = report
        .categories
        .iter()
        .map(|category| {
            let judged = report.controls.iter().filter(|control| control.category == category.id);
            let judged = judged.map(|control| case(control, report));
            let others = report.not_evaluated.iter().filter(|control| control.category == category.id);
            TestSuite {
                name: printable(format!("{} {}", category.label, category.title).trim()).into_owned(),
                file: report.file.clone(),
                properties: properties(report),
                cases: judged.chain(others.map(not_evaluated)).collect(),
            }
        })
        .filter(|suite| !suite.cases.is_empty())
        .collect();
    match junit_suites(&suites) {
        Ok(text) => Export::of("junit.xml", text),
        Err(error) => {
            let message = format!("the report cannot be written: {error}");
            found.push(Diagnostic::error(&codes::WRITE_FAILED, message));
            Export::default()
        }
    }
}

fn properties(report: &Report) -> Vec<(String, String)> {
    let facts = [("assessment", &report.assessment), ("profile", &report.profile), ("as-of", &report.as_of)];
    facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))).collect()
}

fn case(control: &Control, report: &Report) -> TestCase {
    let outcome = match control.state {
        ControlState::Satisfied => TestOutcome::Pass,
        ControlState::Fail => TestOutcome::Failure,
        ControlState::Waived => TestOutcome::Skipped,
        ControlState::Error
        | ControlState::Unknown
        | ControlState::Expired
        | ControlState::Unattested
        | ControlState::NoSubject => TestOutcome::Error,
    };
    let told = outcome != TestOutcome::Pass;
    TestCase {
        name: printable(&format!("{} {}", control.label, control.title)).into_owned(),
        file: None,
        line: None,
        outcome,
        said: told.then(|| Said {
            message: Some(control.state.meaning().to_owned()),
            kind: control.state.word().to_owned(),
            text: text(control, report),
        }),
    }
}

/// The checks with the resources that do not pass.
fn text(control: &Control, report: &Report) -> String {
    let mut lines: Vec<String> = control.findings.iter().map(|finding| finding.summary.clone()).collect();
    for check in control.checks.iter().filter_map(|name| report.check(name)).filter(|check| check.open > 0) {
        lines.push(format!("{}: {} of {} do not pass", check.title, check.open, check.total));
        let open = check.resources.iter().filter_map(|resource| Some((resource, resource.verdict?)));
        let named =
            open.take(NAMED).map(|(resource, verdict)| format!("  {} {}", verdict.word(), resource.id));
        lines.extend(named);
        let more = check.resources.len().saturating_sub(NAMED);
        lines.extend((more > 0).then(|| format!("  and {more} more")));
    }
    // what resources are called may hold what XML has no characters for
    let lines: Vec<_> = lines.iter().flat_map(|text| text.lines()).map(printable).collect();
    lines.join("\n")
}

fn not_evaluated(control: &NotEvaluated) -> TestCase {
    TestCase {
        name: printable(&format!("{} {}", control.label, control.title)).into_owned(),
        file: None,
        line: None,
        outcome: TestOutcome::Skipped,
        said: Some(Said {
            message: Some("not evaluated".to_owned()),
            kind: "not-evaluated".to_owned(),
            text: "No metric measures the control and no procedure is asked for.".to_owned(),
        }),
    }
}
