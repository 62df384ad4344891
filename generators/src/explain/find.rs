//! Looking for what a name means.

use std::collections::BTreeSet;

use probity_diagnostics::nearest;

use super::{Candidate, CheckStory, ControlStory, Explanation, ResourceStory, ResourceVerdict};
use crate::view::{Carried, Check, Control, NotEvaluated, Report};

/// Names that are only like the one that was asked for.
const LIKE: usize = 8;

/// Something that a name can mean.
enum Match<'a> {
    Control(&'a Control),
    NotEvaluated(&'a NotEvaluated),
    Check(&'a Check),
    Resource { id: &'a str, name: &'a str },
}

pub(super) fn explain<'a>(report: &'a Report, subject: &str) -> Explanation<'a> {
    let mut matches = exact(report, subject);
    match (matches.pop(), matches.is_empty()) {
        (Some(only), true) => tell(report, &only),
        (Some(last), false) => {
            matches.push(last);
            Explanation::Ambiguous {
                subject: subject.to_owned(),
                candidates: matches.iter().map(candidate).collect(),
            }
        }
        (None, _) => Explanation::Unknown { subject: subject.to_owned(), candidates: like(report, subject) },
    }
}

/// Everything in the report, each once.
fn everything(report: &Report) -> Vec<Match<'_>> {
    let mut all: Vec<Match<'_>> = report.controls.iter().map(Match::Control).collect();
    all.extend(report.not_evaluated.iter().map(Match::NotEvaluated));
    all.extend(report.checks.iter().map(Match::Check));
    let resources: BTreeSet<(&str, &str)> = report
        .checks
        .iter()
        .flat_map(|check| &check.resources)
        .map(|resource| (resource.id.as_str(), resource.name.as_str()))
        .collect();
    all.extend(resources.into_iter().map(|(id, name)| Match::Resource { id, name }));
    all
}

/// What has exactly this name; where an id fits, names do not count.
fn exact<'a>(report: &'a Report, subject: &str) -> Vec<Match<'a>> {
    let all = everything(report);
    let by_id = all.iter().any(|item| is_id(item, subject));
    all.into_iter().filter(|item| is_id(item, subject) || (!by_id && is_name(item, subject))).collect()
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

fn is_id(item: &Match<'_>, subject: &str) -> bool {
    match item {
        Match::Control(control) => {
            same(&control.id, subject)
                || same(&control.label, subject)
                || control.findings.iter().any(|finding| same(&finding.uuid, subject))
        }
        Match::NotEvaluated(control) => same(&control.id, subject) || same(&control.label, subject),
        Match::Check(check) => same(&check.name, subject),
        Match::Resource { id, .. } => *id == subject,
    }
}

fn is_name(item: &Match<'_>, subject: &str) -> bool {
    match item {
        Match::Control(_) | Match::NotEvaluated(_) => false,
        Match::Check(check) => {
            let metric = check.metric.as_deref().is_some_and(|metric| same(metric, subject));
            metric || same(&check.name, &subject.replace('_', "-"))
        }
        Match::Resource { name, .. } => same(name, subject),
    }
}

fn candidate(item: &Match<'_>) -> Candidate {
    let (kind, id, title) = match item {
        Match::Control(control) => ("control", control.label.clone(), control.title.clone()),
        Match::NotEvaluated(control) => ("control", control.label.clone(), control.title.clone()),
        Match::Check(check) => ("check", check.name.clone(), check.title.clone()),
        Match::Resource { id, name } => ("resource", (*id).to_owned(), (*name).to_owned()),
    };
    Candidate { kind, id, title }
}

/// Names that hold what was asked for, else the one that is nearest to it.
fn like(report: &Report, subject: &str) -> Vec<Candidate> {
    let all: Vec<Candidate> = everything(report).iter().map(candidate).collect();
    let wanted = subject.to_lowercase();
    let holds = |text: &str| !wanted.is_empty() && text.to_lowercase().contains(&wanted);
    let holding: Vec<Candidate> =
        all.iter().filter(|c| holds(&c.id) || holds(&c.title)).take(LIKE).cloned().collect();
    if !holding.is_empty() {
        return holding;
    }
    let names = all.iter().flat_map(|candidate| [candidate.id.as_str(), candidate.title.as_str()]);
    let near = nearest(subject, names);
    all.iter()
        .find(|c| near.is_some_and(|near| c.id == near || c.title == near))
        .cloned()
        .into_iter()
        .collect()
}

fn tell<'a>(report: &'a Report, item: &Match<'a>) -> Explanation<'a> {
    match item {
        Match::Control(control) => Explanation::Control(of_control(report, control)),
        Match::NotEvaluated(control) => {
            Explanation::NotEvaluated { control, shown: carried(report, &control.shown) }
        }
        Match::Check(check) => Explanation::Check(CheckStory { check, controls: controls_of(report, check) }),
        Match::Resource { id, name } => Explanation::Resource(of_resource(report, id, name)),
    }
}

fn of_control<'a>(report: &'a Report, control: &'a Control) -> ControlStory<'a> {
    ControlStory {
        control,
        category: report.category(&control.category).map_or("", |category| category.title.as_str()),
        checks: control.checks.iter().filter_map(|name| report.check(name)).collect(),
        attestations: report.attestations.iter().filter(|a| control.attestations.contains(&a.uuid)).collect(),
        risks: report.risks.iter().filter(|risk| control.risks.contains(&risk.uuid)).collect(),
        carried: carried(report, &control.carried),
        shown: carried(report, &control.shown),
    }
}

fn carried<'a>(report: &'a Report, uuids: &[String]) -> Vec<&'a Carried> {
    report.carried.iter().filter(|one| uuids.contains(&one.uuid)).collect()
}

fn controls_of<'a>(report: &'a Report, check: &Check) -> Vec<&'a Control> {
    check.controls.iter().filter_map(|id| report.control(id)).collect()
}

fn of_resource<'a>(report: &'a Report, id: &'a str, name: &'a str) -> ResourceStory<'a> {
    let on = |check: &'a Check| {
        let resources = check.resources.iter().filter(|resource| resource.id == id);
        resources.map(move |resource| ResourceVerdict {
            check,
            resource,
            controls: controls_of(report, check).into_iter().map(|control| control.label.as_str()).collect(),
        })
    };
    let mut verdicts: Vec<ResourceVerdict<'_>> = report.checks.iter().flat_map(on).collect();
    verdicts.sort_by_key(|entry| (entry.resource.verdict, entry.check.severity));
    let r#type = verdicts.first().map_or("", |entry| entry.resource.r#type.as_str());
    ResourceStory { id, name, r#type, verdicts }
}
