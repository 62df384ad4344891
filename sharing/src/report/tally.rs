//! Counting incidents.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::fold::{Group, folded};
use super::period::{day, month};
use super::{Case, Options, Report, Row, Span, Table};
use crate::codes::NOT_ORIGINATOR;
use crate::incident::{Assessment, Discovery, Impact, Incident, Method, Severity, Vocabulary, Word};
use crate::lexicon::{Entry, Lexicon};
use crate::{Label, Refusal, Stop, rules};

/// What stands where an incident says nothing.
const UNSAID: &str = "not said";
/// What stands for words of one's own that the lexicon does not have: they may be names.
const OWN_WORD: &str = "own word";

/// What of an incident a table counts.
struct Dimension {
    name: &'static str,
    title: &'static str,
    note: &'static str,
    /// What an incident says.
    of: fn(&Case, &Lexicon) -> Vec<String>,
    /// Values that stand first, in this order, whether or not an incident says them.
    order: &'static [&'static str],
}

/// How long something may take, with the word for it.
const STEPS: [(i64, &str); 6] = [
    (1, "up to 1 hour"),
    (4, "1 to 4 hours"),
    (24, "4 to 24 hours"),
    (72, "1 to 3 days"),
    (7 * 24, "3 to 7 days"),
    (30 * 24, "7 to 30 days"),
];
/// What takes longer.
const LONGER: &str = "longer";
/// The order of those words.
const STEP_WORDS: &[&str] =
    &["up to 1 hour", "1 to 4 hours", "4 to 24 hours", "1 to 3 days", "3 to 7 days", "7 to 30 days", LONGER];

const ONCE: &str = "Each incident once.";
const OFTEN: &str = "An incident is counted for each that it names.";

const DIMENSIONS: [Dimension; 13] = [
    Dimension { name: "kind", title: "Kind", note: ONCE, of: kind, order: &[] },
    Dimension { name: "category", title: "Category", note: OFTEN, of: category, order: &[] },
    Dimension { name: "attack-type", title: "Attack type", note: OFTEN, of: attack_type, order: &[] },
    Dimension {
        name: "severity",
        title: "Severity",
        note: "Each incident once, by the highest severity of its impacts; what was only intended does not count.",
        of: severity,
        order: &["high", "medium", "low", "none", "unknown"],
    },
    Dimension {
        name: "system-impact",
        title: "Impact on systems",
        note: OFTEN,
        of: system_impact,
        order: &[],
    },
    Dimension {
        name: "business-impact",
        title: "Impact on the business",
        note: OFTEN,
        of: business_impact,
        order: &[],
    },
    Dimension {
        name: "occurrence",
        title: "Occurrence",
        note: "Each incident once: actual where one of its assessments says so.",
        of: occurrence,
        order: &["actual", "potential"],
    },
    Dimension {
        name: "status",
        title: "Status",
        note: ONCE,
        of: status,
        order: &["new", "in-progress", "forwarded", "resolved", "future"],
    },
    Dimension { name: "discovery", title: "Discovery", note: OFTEN, of: discovery, order: &[] },
    Dimension {
        name: "time-to-report",
        title: "From detection to report",
        note: ONCE,
        of: |case, _| vec![step(to_report(&case.incident))],
        order: STEP_WORDS,
    },
    Dimension {
        name: "time-to-resolution",
        title: "From detection to resolution",
        note: "Each incident once. Resolved is when everything was as before, else when it ended, of incidents with that status.",
        of: |case, _| vec![resolution(&case.incident)],
        order: STEP_WORDS,
    },
    Dimension {
        name: "dated-by",
        title: "What the month is taken from",
        note: "The first of these that an incident says.",
        of: |case, _| vec![dated(&case.incident).1.to_owned()],
        order: &["detected", "aware", "reported", "generated"],
    },
    Dimension {
        name: "colour",
        title: "Colours of the documents that were counted",
        note: ONCE,
        of: |case, _| vec![case.label.to_string()],
        order: &["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"],
    },
];

/// The report on the incidents of a period.
///
/// # Errors
/// A document of others that would be counted is not meant for those whom the report is for (rule TLP-005).
pub fn report(cases: &[Case], lexicon: &Lexicon, options: Options) -> Result<Report, Stop> {
    let Options { period, label, fewest, theirs } = options;
    let is_counted = |case: &&Case| (theirs || !case.is_theirs) && period.holds(dated(&case.incident).0);
    let counted: Vec<&Case> = cases.iter().filter(is_counted).collect();
    let refused: Vec<Refusal> = counted
        .iter()
        .filter(|case| case.is_theirs && case.label > label)
        .map(|case| refuse(case, label))
        .collect();
    if !refused.is_empty() {
        return Err(Stop::Refused(refused));
    }
    let count = counted.len() as u64;
    let is_told = count == 0 || count >= fewest;
    let months = period.months();
    let tables = DIMENSIONS.iter().map(|dimension| table(dimension, &counted, lexicon, &months, fewest));
    let by_month = by_month(&counted, &months, fewest);
    let tables = std::iter::once(by_month).chain(tables).filter(|table| !table.rows.is_empty());
    let spans = [
        (
            "time-to-report",
            "From detection to report",
            counted.iter().filter_map(|one| to_report(&one.incident)).collect(),
        ),
        (
            "time-to-resolution",
            "From detection to resolution",
            counted.iter().filter_map(|one| to_resolution(&one.incident)).collect::<Vec<SignedDuration>>(),
        ),
    ];
    Ok(Report {
        marking: label,
        title: format!("Incidents from {} to {}", period.from, period.until),
        from: period.from,
        until: period.until,
        received: theirs,
        fewest,
        incidents: is_told.then_some(count),
        tables: if is_told { tables.collect() } else { Vec::new() },
        months,
        durations: spans.map(|(name, title, all)| span((name, title), all, count, fewest)).into(),
    })
}

fn refuse(case: &Case, label: Label) -> Refusal {
    let message =
        format!("`{}` of others is {}, and a report that counts it would be {label}", case.file, case.label);
    let remedy = format!("make the report {}, or leave out what was received", case.label);
    Refusal::new(rules::ORIGINATOR, &NOT_ORIGINATOR, message, remedy).of(case.file.as_str(), Some(case.label))
}

/// When an incident is taken to have been, and from what that is known.
fn dated(incident: &Incident) -> (Timestamp, &'static str) {
    let times = &incident.times;
    let known = [(times.of.detected, "detected"), (times.aware, "aware"), (times.of.reported, "reported")];
    let first = known.into_iter().find_map(|(at, word)| Some((at?, word)));
    first.unwrap_or((times.generated, "generated"))
}

fn by_month(counted: &[&Case], months: &[String], fewest: u64) -> Table {
    let mut groups: Vec<Group> = months.iter().map(|month| (month.clone(), BTreeSet::new())).collect();
    for (index, case) in counted.iter().enumerate() {
        let of = month(day(dated(&case.incident).0));
        if let Some((_, members)) = groups.iter_mut().find(|(month, _)| *month == of) {
            members.insert(index);
        }
    }
    let row = |(value, members): Group| Row { value, incidents: members.len() as u64, months: Vec::new() };
    Table {
        name: "month",
        title: "Month",
        note: ONCE,
        rows: folded(groups, fewest).into_iter().map(row).collect(),
    }
}

fn table(
    dimension: &Dimension,
    counted: &[&Case],
    lexicon: &Lexicon,
    months: &[String],
    fewest: u64,
) -> Table {
    let mut said: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (index, case) in counted.iter().enumerate() {
        let values = (dimension.of)(case, lexicon);
        let values = if values.is_empty() { vec![UNSAID.to_owned()] } else { values };
        for value in values {
            said.entry(value).or_default().insert(index);
        }
    }
    let first = dimension.order.iter().filter_map(|value| said.remove_entry(*value)).collect::<Vec<Group>>();
    let last: Vec<Group> = [OWN_WORD, UNSAID].iter().filter_map(|value| said.remove_entry(*value)).collect();
    let groups = first.into_iter().chain(said).chain(last).collect();
    let of_month = |members: &BTreeSet<usize>, wanted: &String| {
        let is_of = |index: &&usize| {
            counted.get(**index).is_some_and(|case| month(day(dated(&case.incident).0)) == *wanted)
        };
        members.iter().filter(is_of).count() as u64
    };
    let row = |(value, members): Group| Row {
        value,
        incidents: members.len() as u64,
        months: if fewest > 1 {
            Vec::new()
        } else {
            months.iter().map(|month| of_month(&members, month)).collect()
        },
    };
    let Dimension { name, title, note, .. } = *dimension;
    Table { name, title, note, rows: folded(groups, fewest).into_iter().map(row).collect() }
}

/// The assessments of an incident and of its events.
fn assessments(incident: &Incident) -> impl Iterator<Item = &Assessment> {
    incident.assessments.iter().chain(incident.events.iter().filter_map(|event| event.assessment.as_ref()))
}

/// The impacts of an incident and of its events.
fn impacts(incident: &Incident) -> impl Iterator<Item = &Impact> {
    assessments(incident).flat_map(|assessment| &assessment.impacts)
}

/// A word of a list; one's own may be a name, and is not told.
fn public<V: Vocabulary>(word: &Word<V>) -> String {
    if word.own().is_some() { OWN_WORD.to_owned() } else { word.to_string() }
}

/// A word of the lexicon; another one may be a name, and is not told.
fn listed(word: &String, entries: &[Entry]) -> String {
    let is_listed = entries.iter().any(|entry| entry.id == *word);
    if is_listed { word.clone() } else { OWN_WORD.to_owned() }
}

fn kind(case: &Case, _: &Lexicon) -> Vec<String> {
    case.incident.kind.iter().map(public).collect()
}

fn category(case: &Case, lexicon: &Lexicon) -> Vec<String> {
    let words = assessments(&case.incident).flat_map(|one| &one.categories);
    words.map(|word| listed(word, &lexicon.categories)).collect()
}

fn attack_type(case: &Case, lexicon: &Lexicon) -> Vec<String> {
    let of_events = case.incident.events.iter().flat_map(|event| &event.methods);
    let words =
        case.incident.methods.iter().chain(of_events).flat_map(|method: &Method| &method.attack_types);
    words.map(|word| listed(word, &lexicon.attack_types)).collect()
}

fn severity(case: &Case, _: &Lexicon) -> Vec<String> {
    let of_system = |word: &Option<Word<Severity>>| word.as_ref().map(public);
    let said: BTreeSet<String> = impacts(&case.incident)
        .filter_map(|impact| match impact {
            Impact::System { severity, .. }
            | Impact::Time { severity, .. }
            | Impact::Monetary { severity, .. } => of_system(severity),
            Impact::Business(impact) => impact.severity.as_ref().map(public),
            Impact::Intended(_) => None,
        })
        .collect();
    let highest =
        ["high", "medium", "low", "none", "unknown", OWN_WORD].iter().find(|word| said.contains(**word));
    highest.map(|word| (*word).to_owned()).into_iter().collect()
}

fn system_impact(case: &Case, _: &Lexicon) -> Vec<String> {
    let of = |impact: &Impact| match impact {
        Impact::System { r#type, .. } => Some(public(r#type)),
        _ => None,
    };
    impacts(&case.incident).filter_map(of).collect()
}

fn business_impact(case: &Case, _: &Lexicon) -> Vec<String> {
    let of = |impact: &Impact| match impact {
        Impact::Business(impact) => Some(public(&impact.r#type)),
        _ => None,
    };
    impacts(&case.incident).filter_map(of).collect()
}

fn occurrence(case: &Case, _: &Lexicon) -> Vec<String> {
    let said: BTreeSet<String> =
        assessments(&case.incident).filter_map(|one| one.occurrence.as_ref().map(public)).collect();
    said.into_iter().next().into_iter().collect()
}

fn status(case: &Case, _: &Lexicon) -> Vec<String> {
    case.incident.status.iter().map(public).collect()
}

fn discovery(case: &Case, _: &Lexicon) -> Vec<String> {
    let of_events = case.incident.events.iter().flat_map(|event| &event.discoveries);
    let all = case.incident.discoveries.iter().chain(of_events);
    all.map(|one: &Discovery| public(&one.source)).collect()
}

/// How long it took until it was reported.
fn to_report(incident: &Incident) -> Option<SignedDuration> {
    let of = &incident.times.of;
    between(of.detected, of.reported)
}

/// How long it took until it was resolved: everything was as before, or else it had ended.
fn to_resolution(incident: &Incident) -> Option<SignedDuration> {
    let of = &incident.times.of;
    between(of.detected, of.recovered.or(of.ended)).filter(|_| is_resolved(incident))
}

fn is_resolved(incident: &Incident) -> bool {
    incident.status.as_ref().is_some_and(|status| status.as_str() == "resolved")
}

/// The time between two instants; none where the later is before the earlier: what ended before it was seen was not resolved then.
fn between(earlier: Option<Timestamp>, later: Option<Timestamp>) -> Option<SignedDuration> {
    let (earlier, later) = earlier.zip(later)?;
    Some(later.duration_since(earlier)).filter(|took| !took.is_negative())
}

fn resolution(incident: &Incident) -> String {
    if is_resolved(incident) { step(to_resolution(incident)) } else { "not resolved".to_owned() }
}

/// The word for how long something took.
fn step(took: Option<SignedDuration>) -> String {
    let Some(took) = took else { return "not known".to_owned() };
    let word = STEPS.iter().find(|(hours, _)| took <= SignedDuration::from_hours(*hours));
    word.map_or(LONGER, |(_, word)| word).to_owned()
}

/// The median of what is known; of few it would be that of one, and what is not known may not be few either.
fn span(
    (name, title): (&'static str, &'static str),
    mut all: Vec<SignedDuration>,
    of: u64,
    fewest: u64,
) -> Span {
    all.sort_unstable();
    let known = all.len() as u64;
    let is_told = |count: u64| count == 0 || count >= fewest;
    let is_told = is_told(known) && is_told(of - known);
    let middle = all.get(all.len().saturating_sub(1) / 2).filter(|_| is_told);
    let hours = |took: &SignedDuration| (took.as_secs().unsigned_abs()).div_ceil(3600);
    Span { name, title, known: is_told.then_some(known), median_hours: middle.map(hours) }
}
