//! Rows of what changes judge and are judged: results, metrics, coverage.

use probity_oscal::difference::results::{ControlFlip, Flip, ResourceFlip, ResourceRef, ResultsDifference};

use super::data::{
    CasesChange, ControlMetrics, Coverage, CoverageChange, MetricChange, Presence, ResultsChange,
};
use super::rows::{Body, Group, Row, Section, Shown, Sign, counted, details, sign};

/// Resources that a row names; the JSON form has all of them.
const RESOURCES: usize = 200;

/// The words for what became of something.
fn words(flip: Flip) -> (&'static str, Sign) {
    match flip {
        Flip::NewlyFailing => ("newly failing", Sign::Gone),
        Flip::NewlyUnknown => ("newly unknown", Sign::Gone),
        Flip::Vanished => ("vanished", Sign::Gone),
        Flip::Appeared => ("appeared", Sign::New),
        Flip::NewlyFixed => ("newly fixed", Sign::New),
        Flip::StillFailing => ("still failing", Sign::Other),
        Flip::Otherwise => ("changed otherwise", Sign::Other),
    }
}

/// The section of results; none where nothing differs.
pub(super) fn results(change: &ResultsChange) -> Option<Section<'_>> {
    let found = &change.difference;
    if !found.differs() {
        return None;
    }
    let mut facts = vec!["assessment results".to_owned(), tally(found)];
    if found.is_partial {
        facts.push(
            "resources that pass are not all named, so that one that newly fails may be new".to_owned(),
        );
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    for flip in found.control_totals.keys() {
        let controls = found.controls.iter().filter(|control| control.flip == *flip);
        let rows = controls.map(|control| control_row(control)).collect();
        groups.push(group(&format!("controls {}", words(*flip).0), rows));
    }
    let rows: Vec<Row<'_>> = found.checks.iter().map(check_row).collect();
    if !rows.is_empty() {
        groups.push(group("resources, by check", rows));
    }
    for (title, sign, resources) in [
        ("resources appeared", Sign::New, &found.appeared),
        ("resources vanished", Sign::Gone, &found.vanished),
    ] {
        if !resources.is_empty() {
            let rows =
                resources.iter().take(RESOURCES).map(|resource| resource_row(resource, sign)).collect();
            groups.push(Group { count: resources.len(), ..group(title, rows) });
        }
    }
    Some(Section { title: change.paths.shown().to_owned(), facts, groups })
}

fn group<'c>(title: &str, rows: Vec<Row<'c>>) -> Group<'c> {
    Group { title: title.to_owned(), count: rows.len(), rows }
}

fn tally(found: &ResultsDifference) -> String {
    let of = |what: &str, totals: &std::collections::BTreeMap<Flip, usize>| {
        let parts: Vec<String> =
            totals.iter().map(|(flip, count)| format!("{count} {}", words(*flip).0)).collect();
        format!("{what}: {}", if parts.is_empty() { "no change".to_owned() } else { parts.join(", ") })
    };
    format!(
        "{}; {}",
        of("controls", &found.control_totals),
        of("verdicts on resources", &found.resource_totals)
    )
}

fn control_row(control: &ControlFlip) -> Row<'_> {
    let (_, sign) = words(control.flip);
    let mut notes = vec![states(control.before.as_deref(), control.after.as_deref())];
    if !control.checks.is_empty() && control.flip != Flip::StillFailing {
        notes.push(format!("by {}", control.checks.join(", ")));
    }
    let title = if control.title == control.id { String::new() } else { control.title.clone() };
    Row { sign, name: control.id.clone(), title, notes, details: Vec::new() }
}

fn states(before: Option<&str>, after: Option<&str>) -> String {
    match (before, after) {
        (Some(before), Some(after)) if before == after => before.to_owned(),
        (before, after) => format!("{} → {}", before.unwrap_or("not judged"), after.unwrap_or("not judged")),
    }
}

fn check_row(check: &probity_oscal::difference::results::CheckFlips) -> Row<'_> {
    let worst = check.resources.first().map_or(Sign::Other, |resource| words(resource.flip).1);
    let mut notes = Vec::new();
    if !check.controls.is_empty() {
        notes.push(format!("for {}", check.controls.join(", ")));
    }
    if check.still_failing > 0 {
        notes.push(format!("{} still failing", check.still_failing));
    }
    let mut shown: Vec<Shown<'_>> = check.resources.iter().take(RESOURCES).map(resource_shown).collect();
    if check.resources.len() > RESOURCES {
        let more = check.resources.len() - RESOURCES;
        shown.push(Shown {
            name: String::new(),
            body: Body::Note(format!("and {}", counted(more, "more resource"))),
        });
    }
    let title = if check.title == check.check { String::new() } else { check.title.clone() };
    Row { sign: worst, name: check.check.clone(), title, notes, details: shown }
}

fn resource_shown(flip: &ResourceFlip) -> Shown<'_> {
    let note = format!("{}: {}", words(flip.flip).0, states(flip.before.as_deref(), flip.after.as_deref()));
    Shown { name: called(&flip.resource), body: Body::Note(note) }
}

fn called(resource: &ResourceRef) -> String {
    let name = &resource.name.name;
    if name.is_empty() || *name == resource.id {
        resource.id.clone()
    } else {
        format!("{name} ({})", resource.id)
    }
}

fn resource_row(resource: &ResourceRef, sign: Sign) -> Row<'_> {
    let notes = Some(resource.name.kind.clone()).filter(|kind| !kind.is_empty());
    let title = resource.name.name.clone();
    Row { sign, name: resource.id.clone(), title, notes: notes.into_iter().collect(), details: Vec::new() }
}

/// The section of metrics.
pub(super) fn metrics(changes: &[MetricChange]) -> Option<Section<'_>> {
    let of = |presence: Presence, title: &str| {
        let rows: Vec<Row<'_>> =
            changes.iter().filter(|change| change.presence == presence).map(metric).collect();
        (!rows.is_empty()).then(|| group(title, rows))
    };
    let groups = [
        of(Presence::Removed, "metrics removed"),
        of(Presence::Added, "metrics added"),
        of(Presence::Changed, "metrics changed"),
    ];
    let groups: Vec<Group<'_>> = groups.into_iter().flatten().collect();
    (!groups.is_empty()).then(|| Section { title: "Metrics".to_owned(), facts: Vec::new(), groups })
}

fn metric(change: &MetricChange) -> Row<'_> {
    let mut notes = Vec::new();
    if let Some(from) = change.paths.moved_from() {
        notes.push(format!("was {from}"));
    }
    let mut shown = Vec::new();
    if let Some((before, after)) = &change.target {
        shown.push(Shown { name: "asks for".to_owned(), body: Body::Pair(before, after) });
    }
    if change.presence == Presence::Changed {
        shown.push(Shown { name: "cases".to_owned(), body: Body::Note(judged(&change.cases)) });
    }
    for flip in &change.cases.flips {
        shown.push(Shown {
            name: format!("case “{}”", flip.case),
            body: Body::Pair(&flip.before, &flip.after),
        });
    }
    for (name, cases) in [("cases added", &change.cases.added), ("cases changed", &change.cases.changed)] {
        if !cases.is_empty() {
            shown.push(Shown {
                name: name.to_owned(),
                body: Body::New(cases.iter().map(String::as_str).collect()),
            });
        }
    }
    if !change.cases.removed.is_empty() {
        let removed = change.cases.removed.iter().map(String::as_str).collect();
        shown.push(Shown { name: "cases removed".to_owned(), body: Body::Gone(removed) });
    }
    let items = change.difference.iter().flat_map(|difference| &difference.items);
    shown.extend(items.flat_map(|item| details(&item.details)));
    if !change.rego.is_empty() {
        shown.push(Shown { name: "Rego".to_owned(), body: Body::Lines(&change.rego) });
    }
    Row {
        sign: sign(change.presence),
        name: change.name.clone(),
        title: change.title.clone(),
        notes,
        details: shown,
    }
}

fn judged(cases: &CasesChange) -> String {
    match &cases.unjudged {
        Some(why) => format!("not judged: {why}"),
        None if cases.judged == 0 => "there are none".to_owned(),
        None if cases.flips.is_empty() => {
            format!("both metrics judge {} alike", counted(cases.judged, "case"))
        }
        None => format!("{} of {} judged differently", cases.flips.len(), counted(cases.judged, "case")),
    }
}

/// The section of an assessment's coverage.
pub(super) fn coverage(change: &CoverageChange) -> Section<'_> {
    let mut facts = vec!["what the assessment judges".to_owned()];
    facts.push(match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{} → {}", share(*before), share(*after)),
        (None, Some(after)) => format!("new: {}", share(*after)),
        (Some(before), None) => format!("was {}", share(*before)),
        (None, None) => "neither side can be compiled".to_owned(),
    });
    facts.extend(change.problems.iter().cloned());
    let rows: Vec<Row<'_>> = change.controls.iter().map(control).collect();
    let groups =
        if rows.is_empty() { Vec::new() } else { vec![group("controls judged by other metrics", rows)] };
    Section { title: format!("Coverage of {}", change.assessment), facts, groups }
}

fn share(coverage: Coverage) -> String {
    format!("{} of {} automated", coverage.automated, counted(coverage.controls, "control"))
}

fn control(change: &ControlMetrics) -> Row<'_> {
    let mut shown = Vec::new();
    if !change.lost.is_empty() {
        let lost = change.lost.iter().map(String::as_str).collect();
        shown.push(Shown { name: "metrics".to_owned(), body: Body::Gone(lost) });
    }
    if !change.gained.is_empty() {
        let gained = change.gained.iter().map(String::as_str).collect();
        shown.push(Shown { name: "metrics".to_owned(), body: Body::New(gained) });
    }
    let is_lost = !change.is_automated;
    let sign = if is_lost {
        Sign::Gone
    } else if change.lost.is_empty() {
        Sign::New
    } else {
        Sign::Other
    };
    let notes = is_lost.then(|| "no metric judges it any more".to_owned());
    Row {
        sign,
        name: change.control.clone(),
        title: change.title.clone(),
        notes: notes.into_iter().collect(),
        details: shown,
    }
}
