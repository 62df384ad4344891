//! Metrics that were tested, printed in the format that is wanted.

use std::fmt::Write as _;
use std::sync::Arc;

use probity_assessment::cases::{CaseResult, MetricTest};
use probity_diagnostics::render::{
    FileReport, Sources, TestCase, TestOutcome, TestSuite, counted, github, json, junit_suites, number,
    sarif, short,
};
use probity_diagnostics::{Diagnostic, FileTree, Severity, TreePath};
use serde_json::{Value, json};

use crate::status::Status;
use crate::ui::{FindingsFormat, Ui};

/// A metric with what its test showed.
pub(crate) struct TestedMetric {
    /// Its name.
    pub(crate) name: String,
    /// Its `metric.yaml`.
    pub(crate) file: TreePath,
    /// What its test showed.
    pub(crate) test: MetricTest,
}

/// All metrics that were tested.
pub(crate) struct Tested {
    /// Where they were read from.
    pub(crate) tree: Arc<dyn FileTree>,
    /// The metrics, sorted by name.
    pub(crate) metrics: Vec<TestedMetric>,
}

impl Tested {
    /// Prints the tests, and a line that sums them up. Where `only` names metrics by their files, people are told of
    /// those only.
    pub(crate) fn print(&self, format: FindingsFormat, only: Option<&[TreePath]>, ui: &mut Ui) -> Status {
        let sources = Sources::locating(self.tree.as_ref(), probity_oscal::locate_all);
        sources.look_up(self.metrics.iter().flat_map(|metric| &metric.test.findings));
        let news = |metric: &&TestedMetric| only.is_none_or(|files| files.contains(&metric.file));
        let shown: Vec<&TestedMetric> = self.metrics.iter().filter(news).collect();
        let findings = || shown.iter().flat_map(|metric| &metric.test.findings);
        match format {
            FindingsFormat::Human => {
                let width = self.metrics.iter().map(|metric| metric.name.len()).max().unwrap_or(0);
                let cases = self.metrics.iter().map(|metric| metric.cases().len()).max().unwrap_or(0);
                shown.iter().for_each(|metric| ui.result(&metric.line((width, cases), ui.color())));
                if findings().next().is_some() {
                    ui.result("");
                }
                findings().for_each(|finding| ui.finding(finding, &sources));
            }
            FindingsFormat::Short => findings().for_each(|finding| ui.result(&short(finding, &sources))),
            FindingsFormat::Github => findings().for_each(|finding| ui.result(&github(finding, &sources))),
            FindingsFormat::Json => ui.json(&self.json(&sources)),
            FindingsFormat::Sarif => ui.json(&sarif(&self.reports(&sources), true)),
            FindingsFormat::Junit => {
                let suites: Vec<TestSuite> = self.metrics.iter().map(|m| m.suite(&sources)).collect();
                match junit_suites(&suites) {
                    Ok(text) => ui.result(&text),
                    Err(error) => {
                        ui.message(&format!("error: the report cannot be written: {error}"));
                        return Status::Invalid;
                    }
                }
            }
        }
        ui.note(&self.summary());
        if self.metrics.iter().any(TestedMetric::has_errors) { Status::Findings } else { Status::Done }
    }

    fn reports<'a>(&'a self, sources: &'a Sources<'a>) -> Vec<FileReport<'a>> {
        let report = |metric: &'a TestedMetric| FileReport {
            name: sources.display(&metric.file),
            sources,
            findings: metric.test.findings.as_slice(),
            suppressed: &[],
        };
        self.metrics.iter().map(report).collect()
    }

    fn json(&self, sources: &Sources<'_>) -> Value {
        let totals = Totals::of(&self.metrics);
        json!({
            "metrics": self.metrics.iter().map(|metric| metric.json(sources)).collect::<Vec<_>>(),
            "cases": totals.cases,
            "failed-cases": totals.failed,
            "coverage": { "lines": totals.lines, "evaluated": totals.evaluated },
            "errors": totals.errors,
            "warnings": totals.warnings,
        })
    }

    fn summary(&self) -> String {
        let totals = Totals::of(&self.metrics);
        let percent = (100 * totals.evaluated).checked_div(totals.lines).unwrap_or(0);
        let mut text = format!(
            "{}: {}, {} failed; {percent}% of {} of Rego evaluated",
            counted(self.metrics.len(), "metric"),
            counted(totals.cases, "case"),
            totals.failed,
            counted(totals.lines, "line"),
        );
        if totals.errors + totals.warnings > 0 {
            let (errors, warnings) = (counted(totals.errors, "error"), counted(totals.warnings, "warning"));
            let _ = write!(text, "; {errors}, {warnings}");
        }
        text
    }
}

/// Sums over metrics.
#[derive(Default)]
struct Totals {
    cases: usize,
    failed: usize,
    lines: usize,
    evaluated: usize,
    errors: usize,
    warnings: usize,
}

impl Totals {
    fn of(metrics: &[TestedMetric]) -> Self {
        let mut totals = Self::default();
        for TestedMetric { test, .. } in metrics {
            totals.cases += test.cases.len();
            totals.failed += test.failed();
            totals.lines += test.coverage.lines();
            totals.evaluated += test.coverage.evaluated.len();
            totals.errors += found(test, Severity::Error);
            totals.warnings += found(test, Severity::Warning);
        }
        totals
    }
}

fn found(test: &MetricTest, severity: Severity) -> usize {
    test.findings.iter().filter(|finding| finding.severity == severity).count()
}

impl TestedMetric {
    fn has_errors(&self) -> bool {
        self.test.findings.has_errors()
    }

    /// The line for people.
    fn line(&self, (width, cases): (usize, usize), color: bool) -> String {
        let test = &self.test;
        let (word, paint) = match (self.has_errors(), found(test, Severity::Warning)) {
            (true, _) => ("FAILED", "1;31"),
            (false, 0) => ("ok", "32"),
            (false, _) => ("warned", "1;33"),
        };
        let word = format!("{word:6}");
        let word = if color { format!("\x1b[{paint}m{word}\x1b[0m") } else { word };
        let mut line = format!("{word}  {:width$}  {:cases$}  {}", self.name, self.cases(), self.coverage());
        if !test.coverage.missed.is_empty() {
            let _ = write!(line, "  not evaluated: {}", test.coverage.missed_in_words());
        }
        line
    }

    fn cases(&self) -> String {
        let cases = counted(self.test.cases.len(), "case");
        match self.test.failed() {
            0 => cases,
            failed => format!("{cases}, {failed} failed"),
        }
    }

    fn coverage(&self) -> String {
        let coverage = &self.test.coverage;
        match coverage.lines() {
            0 => "no line evaluated".to_owned(),
            lines => format!("{:3}% of {:>8}", coverage.percent(), counted(lines, "line")),
        }
    }

    fn json(&self, sources: &Sources<'_>) -> Value {
        let test = &self.test;
        let case = |result: &CaseResult| {
            let mut members = probity_diagnostics::render::place(&result.case.place, sources);
            members.remove("pointer");
            json!({
                "name": result.case.name,
                "expected": result.case.expected.as_str(),
                "found": result.found.as_str(),
                "reason": result.reason,
                "location": members,
            })
        };
        json!({
            "name": self.name,
            "file": sources.display(&self.file),
            "cases": test.cases.iter().map(case).collect::<Vec<_>>(),
            "coverage": {
                "lines": test.coverage.lines(),
                "evaluated": test.coverage.evaluated.len(),
                "percent": test.coverage.percent(),
                "not-evaluated": test.coverage.missed,
            },
            "samples": test.samples,
            "findings": test.findings.iter().map(|finding| json(finding, sources)).collect::<Vec<_>>(),
        })
    }

    /// The suite of the metric: its cases, then what else was found, and where nothing was that the samples are fine.
    fn suite(&self, sources: &Sources<'_>) -> TestSuite {
        let test = &self.test;
        let mut cases: Vec<TestCase> = test.cases.iter().map(|result| case(result, sources)).collect();
        let wrong: Vec<Diagnostic> = test.cases.iter().filter_map(CaseResult::finding).collect();
        let others = test.findings.iter().filter(|finding| !wrong.contains(finding));
        cases.extend(others.map(|finding| {
            let place = finding.primary.as_ref().map(|label| &label.location.file);
            let file = place.map(|file| sources.display(file));
            TestCase { file, ..TestCase::of(finding, None, sources) }
        }));
        if test.samples > 0 && !test.has_sample_error() {
            let name = format!("{} made from the ontology", counted(test.samples, "resource"));
            cases.push(TestCase { name, file: None, line: None, outcome: TestOutcome::Pass, said: None });
        }
        number(&mut cases);
        let file = test.cases.first().map_or(&self.file, |result| &result.case.place.file);
        let coverage = &test.coverage;
        let facts = [
            ("coverage", coverage.percent().to_string()),
            ("lines", coverage.lines().to_string()),
            ("lines-not-evaluated", coverage.missed_in_words()),
        ];
        let properties = facts.map(|(name, value)| (name.to_owned(), value)).into();
        TestSuite { name: self.name.clone(), file: sources.display(file), properties, cases }
    }
}

/// A case as a test case.
fn case(result: &CaseResult, sources: &Sources<'_>) -> TestCase {
    let finding = result.finding();
    let outcome = if finding.is_some() { TestOutcome::Failure } else { TestOutcome::Pass };
    let name = probity_diagnostics::render::printable(&result.case.name).into_owned();
    let line = sources.position(&result.case.place).map(|at| at.line);
    let mut case = TestCase { name, file: None, line, outcome, said: None };
    if let Some(finding) = finding {
        case.say(&finding, sources);
    }
    case
}
