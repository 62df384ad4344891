//! Observations: one for each check and verdict.

use jiff::{SignedDuration, Timestamp};
use probity_diagnostics::render::counted;
use probity_oscal::model::assessment::{Observation, Origin, RelevantEvidence};
use probity_oscal::model::metadata::Link;

use super::{AssembleInput, FileRole, file};
use crate::compile::Check;
use crate::identity::Tool;
use crate::plan::described;
use crate::props::{markup_line, ours};
use crate::verdict::{Outcome, VerdictView, Verdicts};

/// What an observation is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'a> {
    pub(super) check: &'a Check,
    pub(super) outcome: Outcome,
}

impl Key<'_> {
    /// The verdicts of the observation.
    pub(super) fn verdicts<'v>(&self, verdicts: &'v Verdicts) -> impl Iterator<Item = VerdictView<'v>> {
        let outcome = self.outcome;
        verdicts.of_check(&self.check.name).filter(move |verdict| verdict.outcome == outcome)
    }
}

/// An observation without its subjects.
pub(super) struct OfCheck<'a> {
    pub(super) key: Key<'a>,
    pub(super) count: u64,
    pub(super) observation: Observation,
}

/// The observations of all checks: by check, then by outcome.
pub(super) fn of_checks<'a>(input: &AssembleInput<'a>) -> Vec<OfCheck<'a>> {
    let pairs = input.compiled.checks.iter().flat_map(|check| {
        let counts = input.verdicts.counts(&check.name);
        Outcome::ALL.into_iter().map(move |outcome| (check, outcome, counts.of(outcome)))
    });
    pairs
        .filter(|(.., count)| *count > 0)
        .map(|(check, outcome, count)| of_check(input, check, outcome, count))
        .collect()
}

fn of_check<'a>(input: &AssembleInput<'a>, check: &'a Check, outcome: Outcome, count: u64) -> OfCheck<'a> {
    let key = Key { check, outcome };
    let collected = oldest(input.verdicts, key).unwrap_or(input.verdicts.as_of);
    let mut props = described(check);
    props.push(ours("verdict", outcome.as_str()));
    props.push(ours("count", &count.to_string()));
    let observation = Observation {
        uuid: uuid(input, key),
        title: Some(check.metric.title.clone()),
        description: check.metric.description.clone(),
        props,
        methods: vec!["TEST".to_owned()],
        types: vec!["control-objective".to_owned()],
        links: links(check),
        origins: vec![origin(input, check)],
        relevant_evidence: evidence(input, key, count),
        collected: collected.to_string(),
        expires: check.metric.max_age.and_then(|seconds| later(collected, seconds)).map(|at| at.to_string()),
        ..Observation::default()
    };
    OfCheck { key, count, observation }
}

/// Who observed by a check: ourselves, or the tool of which it is a rule.
pub(super) fn origin(input: &AssembleInput<'_>, check: &Check) -> Origin {
    check.tool().map_or_else(|| input.identity.origin(), Tool::origin)
}

/// Where a tool says that more is written about its rule.
fn links(check: &Check) -> Vec<Link> {
    let help = check.foreign.as_ref().and_then(|rule| rule.help.clone());
    let help = help.filter(|href| href.starts_with("https://") || href.starts_with("http://"));
    let link = |href| Link { href, rel: Some("reference".to_owned()), ..Link::default() };
    help.map(link).into_iter().collect()
}

/// The files that hold the results of a rule of another tool.
fn imported<'a>(
    input: &'a AssembleInput<'_>,
    check: &'a Check,
) -> impl Iterator<Item = RelevantEvidence> + use<'a> {
    let rule = check.foreign.as_deref();
    let files = rule.into_iter().flat_map(|rule| rule.files.iter().map(move |file| (rule, file)));
    files.filter_map(|(rule, file)| {
        let uuid = file::uuid_of_title(input, FileRole::Imported, file.as_str())?;
        Some(RelevantEvidence {
            href: Some(format!("#{uuid}")),
            description: format!("Results of {} in {}.", markup_line(&rule.tool), markup_line(file.as_str())),
            ..RelevantEvidence::default()
        })
    })
}

fn uuid(input: &AssembleInput<'_>, key: Key<'_>) -> String {
    input.identity.uuid(&["observation", key.check.name.as_str(), key.outcome.as_str()])
}

/// When the oldest evidence of the verdicts was collected.
fn oldest(verdicts: &Verdicts, key: Key<'_>) -> Option<Timestamp> {
    key.verdicts(verdicts).map(|verdict| verdict.subject.collected).min()
}

/// `at` and so many seconds more; none past the end of time.
pub(super) fn later(at: Timestamp, seconds: i64) -> Option<Timestamp> {
    at.checked_add(SignedDuration::from_secs(seconds)).ok()
}

fn evidence(input: &AssembleInput<'_>, key: Key<'_>, count: u64) -> Vec<RelevantEvidence> {
    let resources = counted(count, "resource");
    let link = |uuid| RelevantEvidence {
        href: Some(format!("#{uuid}")),
        description: format!(
            "The verdicts `{}` of check `{}` on {resources}; each names its evidence line.",
            key.outcome, key.check.name
        ),
        ..RelevantEvidence::default()
    };
    file::verdicts_uuid(input).map(link).into_iter().chain(imported(input, key.check)).collect()
}
