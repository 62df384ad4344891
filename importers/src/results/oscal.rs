//! OSCAL assessment results of another tool.
//!
//! Tools agree on no rule in OSCAL. A rule is what an observation names by a prop `assessment-rule-id` (compliance-trestle and what
//! builds on it), `Rule_Id`, `rule-id`, `check` or `validation`, in any namespace, and its outcome what its subjects say by a prop
//! `result`, else the observation itself by `result` or `verdict`. A finding is a rule too, named by its target: `satisfied` passes,
//! and `not-satisfied` fails unless its reason is `other`.

use probity_diagnostics::{Pointer, Step, document};
use probity_evidence::foreign::{Found, Outcome, Rule, Run, Subject};
use probity_oscal::OscalDocument;
use probity_oscal::model::AssessmentResults;
use probity_oscal::model::assessment::{Finding, Observation, SubjectReference};
use probity_oscal::model::assessment_results::Result as OscalResult;
use probity_oscal::model::metadata::Property;

use super::json::{Reading, instant};
use super::{Source, level, texts};

/// Names of props that name the rule of an observation.
const RULE: [&str; 5] = ["assessment-rule-id", "Rule_Id", "rule-id", "check", "validation"];
/// Names of props that hold an outcome.
const OUTCOME: [&str; 2] = ["result", "verdict"];

pub(super) fn read(source: Source<'_>) -> Step<Vec<Run>> {
    let parsed = probity_oscal::parse(source.text.as_bytes(), source.file)?;
    let mut reading = Reading::new(source);
    reading.findings.extend(parsed.warnings);
    let OscalDocument::AssessmentResults(model) = parsed.value.document else {
        return Err(source.malformed("the document holds no assessment results").into());
    };
    let results = Pointer::from_text("/assessment-results/results");
    let runs = model.results.iter().enumerate();
    let runs = runs.map(|(index, result)| run(&model, result, &results.index(index), &mut reading)).collect();
    let format = match source.text.trim_start().chars().next() {
        Some('{') => document::Format::Json,
        Some('<') => document::Format::Xml,
        _ => document::Format::Yaml,
    };
    reading.finish(runs, format)
}

fn run(model: &AssessmentResults, result: &OscalResult, at: &Pointer, reading: &mut Reading<'_>) -> Run {
    let mut run = Run {
        tool: texts::line(&model.metadata.title).unwrap_or_else(|| "OSCAL".to_owned()),
        ended: result.end.as_deref().or(Some(&result.start)).and_then(instant),
        ..Run::default()
    };
    for (index, observation) in result.observations.iter().enumerate() {
        self::observation(observation, result, &at.key("observations").index(index), &mut run, reading);
    }
    for (index, finding) in result.findings.iter().enumerate() {
        self::finding(finding, &at.key("findings").index(index), &mut run, reading);
    }
    let collected = result.observations.iter().filter_map(|one| instant(&one.collected));
    run.ended = run.ended.max(collected.max().filter(|_| result.end.is_none()));
    run
}

fn value<'p>(props: &'p [Property], names: &[&str]) -> Option<&'p str> {
    let mut found = names.iter().filter_map(|name| props.iter().find(|prop| prop.name == *name));
    found.next().map(|prop| prop.value.as_str())
}

fn outcome(word: &str) -> Option<Outcome> {
    match word.to_ascii_lowercase().as_str() {
        "pass" | "passed" | "satisfied" | "compliant" => Some(Outcome::Pass),
        "fail" | "failed" | "failure" | "not-satisfied" | "non-compliant" => Some(Outcome::Fail),
        "error" => Some(Outcome::Error),
        "not-applicable" | "notapplicable" => Some(Outcome::NotApplicable),
        "unknown" | "warn" | "warning" | "skip" | "skipped" | "invalid" | "other" | "waived" => {
            Some(Outcome::Unknown)
        }
        _ => None,
    }
}

/// The results of an observation: one for each of its subjects. One that names no rule says nothing of its own.
fn observation(
    seen: &Observation,
    result: &OscalResult,
    at: &Pointer,
    run: &mut Run,
    reading: &mut Reading<'_>,
) {
    let Some(rule) = value(&seen.props, &RULE).and_then(texts::line) else { return };
    let own = value(&seen.props, &OUTCOME).and_then(outcome);
    let severity = value(&seen.props, &["severity"]).and_then(level::of_word);
    run.rules.entry(rule.clone()).or_insert_with(|| Rule {
        title: seen.title.as_deref().and_then(texts::line),
        description: texts::block(&seen.description),
        severity,
        ..Rule::default()
    });
    let mut take = |subject: Subject, outcome, message, at: &Pointer| {
        reading.found(run, Found { rule: rule.clone(), subject, outcome, message, line: 0 }, at);
    };
    for (index, subject) in seen.subjects.iter().enumerate() {
        let word = value(&subject.props, &OUTCOME).and_then(outcome).or(own).unwrap_or(Outcome::Unknown);
        let message = value(&subject.props, &["reason", "message"]).and_then(texts::line);
        take(self::subject(subject, result), word, message, &at.key("subjects").index(index));
    }
    if seen.subjects.is_empty() {
        let message = texts::line(&seen.description);
        take(Subject::of("the system", "system"), own.unwrap_or(Outcome::Unknown), message, at);
    }
}

fn subject(reference: &SubjectReference, result: &OscalResult) -> Subject {
    let definitions = result.local_definitions.iter();
    let item =
        definitions.flat_map(|all| &all.inventory_items).find(|item| item.uuid == reference.subject_uuid);
    let props = item.map(|item| item.props.as_slice()).unwrap_or_default();
    let of =
        |names: &[&str]| value(&reference.props, names).or_else(|| value(props, names)).and_then(texts::line);
    let id = of(&["resource-id", "asset-id"]).unwrap_or_else(|| reference.subject_uuid.clone());
    let title = reference.title.as_deref().or(item.map(|item| item.description.as_str()));
    Subject {
        name: title.and_then(texts::line).unwrap_or_else(|| id.clone()),
        kind: of(&["resource-type", "asset-type"]).unwrap_or_else(|| reference.r#type.clone()),
        id,
    }
}

fn finding(finding: &Finding, at: &Pointer, run: &mut Run, reading: &mut Reading<'_>) {
    let target = &finding.target;
    let status = &target.status;
    let outcome = match (status.state.as_str(), status.reason.as_deref()) {
        ("satisfied", None | Some("pass")) => Outcome::Pass,
        ("not-satisfied", None | Some("fail")) => Outcome::Fail,
        ("satisfied" | "not-satisfied", _) => Outcome::Unknown,
        (other, _) => {
            return reading.malformed(&at.key("target"), format!("`{other}` is no state of a finding"));
        }
    };
    let rule = target.target_id.clone();
    run.rules.entry(rule.clone()).or_insert_with(|| Rule {
        title: texts::line(&finding.title),
        description: texts::block(&finding.description),
        frameworks: std::iter::once(("target".to_owned(), std::iter::once(rule.clone()).collect())).collect(),
        ..Rule::default()
    });
    let message = status.remarks.as_deref().and_then(texts::line);
    let subject = Subject::of("the system", "system");
    reading.found(run, Found { rule, subject, outcome, message, line: 0 }, at);
}
