//! Checks: the observations of a result, joined with verdicts, inventory and Rego.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use probity_oscal::PROBITY_NS;
use probity_oscal::model::assessment::{Activity, Observation, SubjectReference};
use probity_oscal::model::implementation::InventoryItem;
use probity_oscal::model::metadata::Property;

use super::LoadOptions;
use super::carried::is_carried;
use super::markup;
use super::plan::Plan;
use super::props::{owned, prop, values};
use super::report::{Check, Evidence, Measurement, Resource, VerdictCounts};
use super::share::even_share;
use super::statements::is_attestation;
use super::units;
use super::verdicts::{CheckVerdicts, ResultLine, VerdictLine, VerdictTable};
use super::words::{Verdict, as_severity};

/// The checks of a result, and which observation belongs to which.
pub(super) struct Checks {
    /// The checks, worst first.
    pub(super) checks: Vec<Check>,
    /// Name of the check by uuid of the observation.
    pub(super) by_observation: BTreeMap<String, String>,
}

/// How many resources each check of a result may have.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// With their evidence line.
    details: usize,
    /// Besides, without it.
    listed: usize,
}

impl Limits {
    /// The shares of checks in what `options` allow, by the numbers of resources that observations state.
    pub(super) fn of(observations: &[Observation], options: &LoadOptions) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for observation in observations.iter().filter(|o| prop(&o.props, "verdict") != Some("pass")) {
            let stated = prop(&observation.props, "count").and_then(|text| text.parse::<usize>().ok());
            let check = prop(&observation.props, "check").unwrap_or(&observation.uuid);
            *counts.entry(check).or_default() += stated.unwrap_or_default();
        }
        let counts: Vec<usize> = counts.into_values().collect();
        let details = even_share(&counts, options.all_details).clamp(1, options.details.max(1));
        let rest: Vec<usize> = counts.iter().map(|count| count.saturating_sub(details)).collect();
        Self { details, listed: even_share(&rest, options.listed).min(options.listed) }
    }

    /// How many verdicts of a check and outcome have to be kept for that.
    pub(super) fn kept(&self) -> usize {
        self.details.saturating_add(self.listed)
    }
}

/// The inventory items of a result by uuid.
pub(super) type Inventory<'a> = BTreeMap<&'a str, &'a InventoryItem>;

/// Joins `observations` with `verdicts`, as many resources per check as `options` allow.
pub(super) fn join(
    observations: &[Observation],
    inventory: &Inventory<'_>,
    mut verdicts: VerdictTable,
    plan: &Plan,
    limits: &Limits,
    options: &LoadOptions,
) -> Checks {
    let mut grouped: IndexMap<String, Vec<&Observation>> = IndexMap::new();
    let mut by_observation = BTreeMap::new();
    for observation in observations.iter().filter(|o| !is_attestation(o) && !is_carried(o)) {
        let name = owned(&observation.props, "check").unwrap_or_else(|| observation.uuid.clone());
        by_observation.insert(observation.uuid.clone(), name.clone());
        grouped.entry(name).or_default().push(observation);
    }
    let seen: BTreeSet<String> = grouped.keys().cloned().collect();
    let mut checks: Vec<Check> = grouped
        .into_iter()
        .map(|(name, observations)| {
            let judged = verdicts.checks.remove(&name);
            check(name, &observations, inventory, judged, limits, options)
        })
        .collect();
    let planned = plan.checks.iter().filter(|(name, _)| !seen.contains(*name));
    checks.extend(planned.map(|(name, activity)| without_subject(name, activity)));
    checks.sort_by(|a, b| order(a).cmp(&order(b)));
    Checks { checks, by_observation }
}

/// Worst first: by verdict, severity, number of resources, name.
fn order(check: &Check) -> (u8, u8, Reverse<u64>, &str) {
    let worst = check.worst.map_or(u8::MAX, |verdict| verdict as u8);
    let severity = check.severity.map_or(u8::MAX, |severity| severity as u8);
    (worst, severity, Reverse(check.open), &check.name)
}

/// A check of the plan that no resource was there for.
fn without_subject(name: &str, activity: &Activity) -> Check {
    let as_observed = Observation {
        title: activity.title.clone(),
        description: activity.description.clone(),
        props: activity.props.clone(),
        methods: vec!["TEST".to_owned()],
        ..Observation::default()
    };
    let nothing = Some(CheckVerdicts::default());
    let (limits, options) = (Limits::default(), LoadOptions::default());
    let check = check(name.to_owned(), &[&as_observed], &Inventory::new(), nothing, &limits, &options);
    Check { no_subject: true, collected: None, ..check }
}

/// Who set a target value: the words for a prop `target-source`.
fn set_by(prop: &Property) -> Option<String> {
    let ours = prop.ns.as_deref() == Some(PROBITY_NS) && prop.name == "target-source";
    let who = match prop.class.as_deref().filter(|_| ours)? {
        "mapping" => "the mapping",
        "profile" => "the profile",
        "system-security-plan" => "the system security plan",
        _ => return None,
    };
    let parameter = prop.remarks.as_deref().map(|remarks| format!(", {}", remarks.replace('`', "")));
    let parameter = parameter.unwrap_or_default();
    let bound = if prop.class.as_deref() == Some("profile") { "bound in " } else { "" };
    Some(format!("{who}{parameter} ({bound}{})", prop.value))
}

fn check(
    name: String,
    observations: &[&Observation],
    inventory: &Inventory<'_>,
    judged: Option<CheckVerdicts>,
    limits: &Limits,
    options: &LoadOptions,
) -> Check {
    let all: Vec<Property> = observations.iter().flat_map(|o| o.props.iter().cloned()).collect();
    let first_props = observations.first().map(|o| o.props.as_slice()).unwrap_or_default();
    let expected: Vec<String> = values(first_props, "target-value").into_iter().map(str::to_owned).collect();
    let counts = judged.as_ref().map_or_else(|| counted(observations), |judged| full(&judged.counts));
    let comparison = Comparison {
        property: owned(&all, "property"),
        operator: owned(&all, "operator"),
        expected: &expected,
    };
    let mut resources = match judged {
        Some(judged) => from_verdicts(judged, &comparison),
        None => from_subjects(observations, inventory, &comparison),
    };
    resources.sort_by(|a, b| (a.verdict, &a.id).cmp(&(b.verdict, &b.id)));
    let total = counts.values().sum();
    let passed = counts.get(&Verdict::Pass).copied().unwrap_or_default();
    let waived = counts.get(&Verdict::Waived).copied().unwrap_or_default();
    let listed = if total == 0 { count(resources.len()) } else { total - passed };
    let in_focus = |r: &Resource| options.focus.as_ref().is_some_and(|f| *f == r.id || *f == r.name);
    let mut place = 0..;
    let (resources, mut rest): (Vec<Resource>, Vec<Resource>) =
        resources.into_iter().partition(|resource| place.next() < Some(limits.details) || in_focus(resource));
    rest.truncate(limits.listed);
    let shown = resources.iter().chain(&rest).filter(|r| r.verdict != Some(Verdict::Pass)).count();
    let texts = Texts::of(observations, &name);
    Check {
        title: texts.title,
        description: texts.description,
        remarks: texts.remarks,
        metric: owned(&all, "metric"),
        category: owned(&all, "category"),
        severity: prop(&all, "severity").and_then(as_severity),
        property: comparison.property,
        operator: comparison.operator,
        expected_from: first_props.iter().filter_map(set_by).collect(),
        methods: distinct(observations.iter().flat_map(|o| o.methods.iter().cloned())),
        worst: Verdict::ALL.into_iter().find(|v| counts.get(v).is_some_and(|n| *n > 0)),
        open: total - passed - waived,
        total,
        no_subject: false,
        counts,
        controls: Vec::new(),
        omitted: listed.saturating_sub(count(shown)),
        resources,
        rest,
        rego: None,
        collected: observations.iter().map(|o| o.collected.clone()).min(),
        expires: observations.iter().filter_map(|o| o.expires.clone()).min(),
        expected,
        name,
    }
}

/// What a check compares.
struct Comparison<'a> {
    property: Option<String>,
    operator: Option<String>,
    expected: &'a [String],
}

struct Texts {
    title: String,
    description: String,
    remarks: Vec<String>,
}

impl Texts {
    fn of(observations: &[&Observation], name: &str) -> Self {
        let title = observations.iter().find_map(|o| o.title.as_deref().map(markup::line));
        Self {
            title: title.unwrap_or_else(|| name.to_owned()),
            description: observations.first().map(|o| o.description.clone()).unwrap_or_default(),
            remarks: distinct(observations.iter().filter_map(|o| o.remarks.clone())),
        }
    }
}

fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    texts.collect::<indexmap::IndexSet<_>>().into_iter().collect()
}

/// Counts as the observations state them.
fn counted(observations: &[&Observation]) -> VerdictCounts {
    let mut counts = full(&VerdictCounts::new());
    for observation in observations {
        let verdict = prop(&observation.props, "verdict").and_then(Verdict::parse);
        let stated = prop(&observation.props, "count").and_then(|text| text.parse::<u64>().ok());
        if let Some(verdict) = verdict {
            *counts.entry(verdict).or_default() +=
                stated.unwrap_or_else(|| count(observation.subjects.len()));
        }
    }
    counts
}

/// The same counts with every outcome in them.
fn full(counts: &VerdictCounts) -> VerdictCounts {
    Verdict::ALL.into_iter().map(|v| (v, counts.get(&v).copied().unwrap_or_default())).collect()
}

fn count(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}

fn from_verdicts(judged: CheckVerdicts, comparison: &Comparison<'_>) -> Vec<Resource> {
    let lines =
        judged.kept.into_iter().flat_map(|(verdict, lines)| lines.into_iter().map(move |l| (verdict, l)));
    lines.map(|(verdict, line)| of_verdict(verdict, line, comparison)).collect()
}

fn of_verdict(verdict: Verdict, line: VerdictLine, comparison: &Comparison<'_>) -> Resource {
    let collected = line.collected;
    let evidence = line.evidence.map(|evidence| Evidence {
        source: evidence.source,
        line: evidence.line,
        digest: evidence.digest,
        collected,
        excerpt: Vec::new(),
        note: None,
    });
    Resource {
        name: if line.name.is_empty() { line.resource.clone() } else { line.name },
        id: line.resource,
        r#type: line.kind,
        scope: None,
        verdict: Some(verdict),
        results: line.results.into_iter().map(|result| measurement(result, comparison)).collect(),
        reason: line.reason,
        missing: line.missing,
        evidence,
        waiver: line.waiver,
    }
}

fn measurement(result: ResultLine, comparison: &Comparison<'_>) -> Measurement {
    let own = comparison.property.as_deref() == Some(result.property.as_str());
    let written = if own { comparison.expected } else { &[] };
    Measurement {
        operator: result.operator,
        expected: result.expected.map(|value| units::expected(&value, written)),
        found: units::found(result.found.as_ref(), written),
        success: result.success,
        message: result.message,
        property: result.property,
    }
}

fn from_subjects(
    observations: &[&Observation],
    inventory: &Inventory<'_>,
    comparison: &Comparison<'_>,
) -> Vec<Resource> {
    let of = |observation: &&Observation| {
        let verdict = prop(&observation.props, "verdict").and_then(Verdict::parse);
        let subjects = observation.subjects.iter();
        subjects.map(|s| of_subject(s, verdict, inventory, comparison)).collect::<Vec<_>>()
    };
    observations.iter().flat_map(of).collect()
}

fn of_subject(
    subject: &SubjectReference,
    verdict: Option<Verdict>,
    inventory: &Inventory<'_>,
    comparison: &Comparison<'_>,
) -> Resource {
    let item = inventory.get(subject.subject_uuid.as_str()).copied();
    let item_props = item.map(|item| item.props.as_slice()).unwrap_or_default();
    let id = owned(&subject.props, "resource-id").or_else(|| owned(item_props, "resource-id"));
    let id = id.unwrap_or_else(|| subject.subject_uuid.clone());
    let title = subject.title.as_deref().or(item.map(|item| item.description.as_str()));
    Resource {
        name: title.map_or_else(|| id.clone(), markup::line),
        id,
        r#type: owned(item_props, "resource-type").unwrap_or_else(|| subject.r#type.clone()),
        scope: owned(item_props, "scope"),
        verdict,
        results: of_props(&subject.props, verdict, comparison),
        reason: owned(&subject.props, "reason").or_else(|| subject.remarks.clone()),
        missing: values(&subject.props, "missing").into_iter().map(str::to_owned).collect(),
        evidence: of_item(item_props),
        waiver: owned(&subject.props, "waiver"),
    }
}

/// What was measured, by the class of the props: the property.
fn of_props(props: &[Property], verdict: Option<Verdict>, comparison: &Comparison<'_>) -> Vec<Measurement> {
    let mut measured: IndexMap<&str, Measurement> = IndexMap::new();
    for entry in props {
        if !matches!(entry.name.as_str(), "found" | "expected" | "message") {
            continue;
        }
        let own = comparison.property.as_deref().unwrap_or_default();
        let property = entry.class.as_deref().unwrap_or(own);
        let measurement = measured.entry(property).or_insert_with(|| Measurement {
            property: property.to_owned(),
            operator: comparison.operator.clone().filter(|_| property == own),
            expected: None,
            found: units::NOT_COLLECTED.to_owned(),
            success: verdict == Some(Verdict::Pass),
            message: None,
        });
        match entry.name.as_str() {
            "found" => measurement.found = units::reworded(&entry.value),
            "expected" => measurement.expected = Some(entry.value.clone()),
            _ => measurement.message = Some(entry.value.clone()),
        }
    }
    measured.into_values().collect()
}

fn of_item(props: &[Property]) -> Option<Evidence> {
    Some(Evidence {
        source: owned(props, "evidence-source")?,
        line: prop(props, "evidence-line").and_then(|text| text.parse().ok()),
        digest: owned(props, "evidence-digest").unwrap_or_default(),
        collected: owned(props, "collected"),
        excerpt: Vec::new(),
        note: None,
    })
}
