//! Reports of test runs, as `JUnit` and those after it write them: a `testsuite`, or `testsuites`.
//!
//! A test case is a rule, named by its class and name; its suite is the subject. Where the name begins as checkov writes it,
//! `[SEVERITY][CKV_AWS_20] title`, the rule is the id in brackets, and the class is the subject.

use jiff::Timestamp;
use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Step};
use probity_evidence::foreign::{Found, Outcome, Rule, Run, Subject};
use probity_oscal::xml::Element;

use super::json::instant;
use super::texts::{LineCounter, because, block, line};
use super::{Source, level};
use crate::codes;

pub(super) fn read(source: Source<'_>) -> Step<Vec<Run>> {
    let root = Element::read(source.text, source.file, Limits::default())?;
    if !matches!(root.name.as_str(), "testsuites" | "testsuite") {
        return Err(source.malformed("a JUnit report is a `testsuites` or `testsuite`").into());
    }
    let mut findings = Diagnostics::new();
    let mut lines = LineCounter::new(source.text);
    let mut run = Run { tool: "JUnit".to_owned(), ..Run::default() };
    for suite in root.below().filter(|element| element.name == "testsuite") {
        run.ended = run.ended.max(suite.attribute("timestamp").and_then(instant));
        let name = suite.attribute("name").and_then(line).unwrap_or_else(|| "tests".to_owned());
        for case in suite.all("testcase") {
            let number = lines.line(case.at);
            if let Some(title) = case.attribute("name").and_then(line) {
                take(case, &title, (&name, number), &mut run);
            } else {
                let finding = Diagnostic::error(&codes::MALFORMED, "the test case has no `name`");
                findings.push(finding.at(Location::line(source.file, number)));
            }
        }
    }
    let stated: Option<Timestamp> = root.attribute("timestamp").and_then(instant);
    run.ended = run.ended.max(stated);
    findings.unless_errors(vec![run])
}

fn take(case: &Element, title: &str, (suite, number): (&str, u32), run: &mut Run) {
    let class = case.attribute("classname").and_then(line);
    let (id, subject, rule) = if let Some((severity, id, title)) = checkov(title) {
        "checkov".clone_into(&mut run.tool);
        let file = case.attribute("file").and_then(line);
        let subject = class.or(file).unwrap_or_else(|| suite.to_owned());
        let rule = Rule { title: line(title), severity: level::of_word(severity), ..Rule::default() };
        (id.to_owned(), Subject::of(&subject, "resource"), rule)
    } else {
        let id = class.map_or_else(|| title.to_owned(), |class| format!("{class}.{title}"));
        (id, Subject::of(suite, "test-suite"), Rule { title: line(title), ..Rule::default() })
    };
    let decided = case.children.iter().find_map(|child| match child.name.as_str() {
        "failure" => Some((child, Outcome::Fail)),
        "error" => Some((child, Outcome::Error)),
        "skipped" => Some((child, Outcome::Unknown)),
        _ => None,
    });
    let outcome = decided.map_or(Outcome::Pass, |(_, outcome)| outcome);
    let message = decided.and_then(|(child, _)| {
        let stated = child.attribute("message").and_then(line);
        stated.or_else(|| block(&child.text()).and_then(|text| line(text.lines().next()?)))
    });
    let message = match outcome {
        Outcome::Unknown => Some(because("skipped", message)),
        _ => message,
    };
    run.rules.entry(id.clone()).or_insert(rule);
    run.results.push(Found { rule: id, subject, outcome, message, line: number });
}

/// Severity, rule and title of a test case of checkov.
fn checkov(name: &str) -> Option<(&str, &str, &str)> {
    let (severity, rest) = name.strip_prefix('[')?.split_once("][")?;
    let (id, title) = rest.split_once(']')?;
    let is_word =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_word(severity) && is_word(id)).then_some((severity, id, title))
}
