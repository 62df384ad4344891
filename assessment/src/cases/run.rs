//! Runs the cases of a metric, and evidence made from the ontology.

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location};
use probity_evidence::Ontology;

use super::read::{CaseVerdict, MetricCase, read_cases};
use super::reason::reason;
use super::sample::{Sample, Sampler};
use crate::codes;
use crate::compile::{Check, Compiled, LibraryModule, Metric, compile_metrics, rego_finding};
use crate::engine::{Input, Interpreter, RegoError, Source};
use crate::verdict::{Detail, Judge, Outcome, Session};

/// The fewest cases that show what a metric does: one for each verdict.
const FEWEST: usize = CaseVerdict::EXPECTED.len();

/// What metrics are tested with.
#[derive(Debug, Clone, Copy)]
pub struct Standards<'a> {
    /// The vocabulary of evidence.
    pub ontology: &'a Ontology,
    /// The operator library.
    pub library: &'a [LibraryModule],
    /// How many resources are made from the ontology for each metric.
    pub samples: usize,
}

/// What the test of a metric showed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MetricTest {
    /// The cases with their verdicts, in file order.
    pub cases: Vec<CaseResult>,
    /// The Rego lines that the cases reach.
    pub coverage: Coverage,
    /// How many resources made from the ontology were judged.
    pub samples: usize,
    /// Everything that is wrong.
    pub findings: Diagnostics,
}

impl MetricTest {
    /// How many cases have another verdict than they expect.
    pub fn failed(&self) -> usize {
        self.cases.iter().filter(|result| !result.holds()).count()
    }

    /// Whether the metric errors on a resource made from the ontology.
    pub fn has_sample_error(&self) -> bool {
        self.findings.iter().any(|finding| finding.code == &codes::SAMPLE_ERROR)
    }
}

/// A case with its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseResult {
    /// The case.
    pub case: MetricCase,
    /// The verdict.
    pub found: CaseVerdict,
    /// Why, in one sentence without a full stop.
    pub reason: Option<String>,
}

impl CaseResult {
    /// Whether the verdict is the one that is expected.
    pub fn holds(&self) -> bool {
        self.case.expected == self.found
    }

    /// What is wrong with the verdict, if anything.
    pub fn finding(&self) -> Option<Diagnostic> {
        if self.holds() {
            return None;
        }
        let case = &self.case;
        let message = format!("case `{}`: expected {}, found {}", case.name, case.expected, self.found);
        let because = self.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        let finding = Diagnostic::error(&codes::CASE_WRONG, message).at(case.place.clone());
        Some(finding.label(format!("found {}{because}", self.found)))
    }
}

/// Lines of a Rego file with something to evaluate, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Those that a case evaluated.
    pub evaluated: BTreeSet<u32>,
    /// The others.
    pub missed: BTreeSet<u32>,
}

impl Coverage {
    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.evaluated.len() + self.missed.len()
    }

    /// The share that was evaluated, from 0 to 100, rounded down.
    pub fn percent(&self) -> usize {
        (100 * self.evaluated.len()).checked_div(self.lines()).unwrap_or(0)
    }

    /// The lines that were missed, for people: `3, 7-9`.
    pub fn missed_in_words(&self) -> String {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for line in &self.missed {
            match ranges.last_mut() {
                Some((_, end)) if *end + 1 == *line => *end = *line,
                _ => ranges.push((*line, *line)),
            }
        }
        let written = |(start, end): &(u32, u32)| {
            if start == end { start.to_string() } else { format!("{start}-{end}") }
        };
        ranges.iter().map(written).collect::<Vec<_>>().join(", ")
    }
}

/// Tests a metric: its cases, and `samples` resources made from the ontology.
pub fn test_metric(tree: &dyn FileTree, metric: &Metric, standards: Standards<'_>) -> MetricTest {
    let (cases, mut findings) = read_cases(tree, metric, standards.ontology);
    let nothing = |findings| MetricTest { findings, ..MetricTest::default() };
    let compiled = compile_metrics(std::slice::from_ref(metric), standards.ontology, standards.library);
    let Some(compiled) = findings.absorb(compiled) else { return nothing(findings) };
    let judge = match Judge::new(&compiled, standards.ontology) {
        Ok(judge) => judge,
        Err(finding) => {
            findings.push(finding);
            return nothing(findings);
        }
    };
    let (Some(check), Some(tracer)) = (compiled.checks.first(), Tracer::new(metric, &compiled, standards))
    else {
        return nothing(findings);
    };
    let mut run = Run { metric, check, judge: &judge, session: judge.session(), tracer, findings };
    let cases: Vec<CaseResult> = cases.into_iter().map(|case| run.case(case)).collect();
    run.findings.extend(cases.iter().filter_map(CaseResult::finding));
    run.whether_all_is_shown(tree, &cases);
    let coverage = run.tracer.coverage();
    let samples = run.samples(standards);
    MetricTest { cases, coverage, samples, findings: run.findings }
}

struct Run<'a> {
    metric: &'a Metric,
    check: &'a Check,
    judge: &'a Judge<'a>,
    session: Session<'a>,
    tracer: Tracer<'a>,
    findings: Diagnostics,
}

impl Run<'_> {
    fn case(&mut self, case: MetricCase) -> CaseResult {
        let mut verdicts = self.session.judge(&case.resource, &case.related, case.as_of);
        let verdict = verdicts.remove(&self.check.name);
        let (found, detail) = match verdict {
            Some((outcome, detail)) => (CaseVerdict::from(outcome), detail),
            None => (CaseVerdict::NotApplicable, Detail::default()),
        };
        let reason = reason(self.check, &case, found, &detail);
        if self.check.types.contains(case.resource.resource_type.as_str())
            && let Some(input) = self.judge.input(&case.resource, &case.related)
        {
            let _ = self.tracer.trace(&input);
        }
        CaseResult { case, found, reason }
    }

    /// Whether there are enough cases, of every verdict. A metric that never passes or never fails shows nothing.
    fn whether_all_is_shown(&mut self, tree: &dyn FileTree, cases: &[CaseResult]) {
        let file = self.metric.file.sibling("cases.yaml").ok().filter(|file| tree.is_file(file));
        let Some(file) = file else { return };
        let shown: BTreeSet<CaseVerdict> = cases.iter().map(|result| result.case.expected).collect();
        let lacking = |verdicts: &[CaseVerdict]| -> Vec<&'static str> {
            let missing = verdicts.iter().filter(|verdict| !shown.contains(verdict));
            missing.map(|verdict| verdict.as_str()).collect()
        };
        let grave = lacking(&[CaseVerdict::Pass, CaseVerdict::Fail]);
        let light = lacking(&[CaseVerdict::NotApplicable, CaseVerdict::Unknown]);
        let name = &self.metric.name;
        let at = Location::file(&file);
        if !grave.is_empty() {
            let message = format!("no case of `{name}` expects {}", grave.join(" or "));
            let help = "without both, nothing shows that the metric tells good from bad";
            self.findings.push(Diagnostic::error(&codes::CASES_LACK, message).at(at.clone()).help(help));
        }
        if !light.is_empty() {
            let message = format!("no case of `{name}` expects {}", light.join(" or "));
            self.findings.push(Diagnostic::warning(&codes::CASES_LACK, message).at(at.clone()));
        }
        if cases.len() < FEWEST && grave.is_empty() && light.is_empty() {
            let message = format!("`{name}` has {} cases, and {FEWEST} are the fewest", cases.len());
            self.findings.push(Diagnostic::warning(&codes::CASES_LACK, message).at(at));
        }
    }

    /// Judges resources made from the ontology; the first on which the metric errors is an error.
    fn samples(&mut self, standards: Standards<'_>) -> usize {
        let mut sampler = Sampler::new(standards.ontology, self.check);
        for number in 0..standards.samples {
            let Some(sample) = sampler.next_sample() else { return number };
            if self.error_on(&sample).is_some() {
                let finding = self.error_finding(sample);
                self.findings.push(finding);
                return number + 1;
            }
        }
        standards.samples
    }

    /// Why the metric errors on a resource, if it does.
    fn error_on(&mut self, sample: &Sample) -> Option<String> {
        let as_of = sample.resource.collected;
        let verdicts = self.session.judge(&sample.resource, &sample.related, as_of);
        match verdicts.get(&self.check.name) {
            Some((Outcome::Error, detail)) => Some(detail.reason.clone().unwrap_or_default()),
            _ => None,
        }
    }

    fn error_finding(&mut self, sample: Sample) -> Diagnostic {
        let sample = sample.smallest(&mut |smaller| self.error_on(smaller).is_some());
        let why = self.error_on(&sample).unwrap_or_default();
        let message =
            format!("`{}` errors on a well-typed {}", self.metric.name, sample.resource.resource_type);
        let input = self.judge.input(&sample.resource, &sample.related);
        let error = input.and_then(|input| self.tracer.trace(&input).err());
        let finding = match error {
            Some(error) => rego_finding(&self.metric.rego_file, &self.metric.rego, &error),
            None => Diagnostic::error(&codes::SAMPLE_ERROR, "").at(Location::file(&self.metric.rego_file)),
        };
        Diagnostic { code: &codes::SAMPLE_ERROR, message, ..finding }
            .label(why)
            .help(format!("a case that shows it: {}", sample.as_case()))
    }
}

/// The strict interpreter on the metric's Rego as it is written, which notes the lines that it evaluates.
struct Tracer<'a> {
    interpreter: Interpreter,
    metric: &'a Metric,
    check: &'a Check,
    filters: bool,
}

impl<'a> Tracer<'a> {
    fn new(metric: &'a Metric, compiled: &'a Compiled, standards: Standards<'_>) -> Option<Self> {
        let mut sources: Vec<Source<'_>> = vec![(metric.rego_file.as_str(), &metric.rego)];
        sources.extend(standards.library.iter().map(|module| (module.path.as_str(), &*module.text)));
        let mut interpreter = Interpreter::new(&sources, &compiled.data).ok()?;
        interpreter.note_lines();
        let filters = compiled.code.first()?.module.defines("applicable");
        Some(Self { interpreter, metric, check: compiled.checks.first()?, filters })
    }

    /// Evaluates what an assessment evaluates of a resource.
    ///
    /// # Errors
    /// The Rego failed.
    fn trace(&mut self, input: &Input) -> Result<(), RegoError> {
        if self.filters && !self.holds("applicable", input)? {
            return Ok(());
        }
        if !self.holds("compliant", input)? && self.check.has_results {
            self.interpreter.eval(&self.path("results"), input)?;
        }
        Ok(())
    }

    fn holds(&mut self, rule: &str, input: &Input) -> Result<bool, RegoError> {
        let value = self.interpreter.eval(&self.path(rule), input)?;
        Ok(value == Some(serde_json::Value::Bool(true)))
    }

    fn path(&self, rule: &str) -> String {
        format!("data.probity.metrics.{}.{rule}", self.metric.name.snake())
    }

    fn coverage(&self) -> Coverage {
        let (evaluated, missed) = self.interpreter.lines(self.metric.rego_file.as_str());
        Coverage { evaluated, missed }
    }
}
