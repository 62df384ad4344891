//! What an incident says, for people who read it.

use jiff::Timestamp;
use probity_generators::publication::Section;
use probity_sharing::incident::{Assessment, Impact, Incident, Word};

/// What stands at the beginning.
pub(super) fn facts(incident: &Incident) -> Vec<(String, String)> {
    let word = |text: &str| text.replace('-', " ");
    let instant = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let times = &incident.times.of;
    let categories: Vec<String> =
        incident.assessments.iter().flat_map(|one| &one.categories).map(|text| word(text)).collect();
    let all = [
        ("Number", Some(format!("{} ({})", incident.id, incident.issuer))),
        ("Kind", incident.kind.as_ref().map(|kind| word(kind.as_str()))),
        ("Status", incident.status.as_ref().map(|status| word(status.as_str()))),
        ("Category", (!categories.is_empty()).then(|| categories.join(", "))),
        ("Began", times.started.map(instant)),
        ("Seen first", times.detected.map(instant)),
        ("Ended", times.ended.map(instant)),
        ("As before since", times.recovered.map(instant)),
    ];
    all.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?))).collect()
}

/// What it tells.
pub(super) fn sections(incident: &Incident) -> Vec<Section> {
    let told = incident.description.as_ref().map(|text| Section::prose("What happened", text));
    let parts = [
        told,
        table("What it did", &["What", "How bad", "In words"], impacts(incident), None),
        table("How it was done", &["What", "Where it is described", "In words"], methods(incident), None),
        table("How to recognise it", &["What", "Value", "In words"], indicators(incident), Some(1)),
        table("What to do", &["What", "In words"], expectations(incident), None),
        table("What was done", &["When", "What", "In words"], history(incident), None),
    ];
    parts.into_iter().flatten().collect()
}

fn table(title: &str, columns: &[&str], rows: Vec<Vec<String>>, code: Option<usize>) -> Option<Section> {
    (!rows.is_empty()).then(|| Section::table(title, columns, rows, code))
}

fn word(text: &str) -> String {
    text.replace('-', " ")
}

fn said(text: Option<&String>) -> String {
    text.cloned().unwrap_or_else(|| "–".to_owned())
}

fn impacts(incident: &Incident) -> Vec<Vec<String>> {
    let of_events = incident.events.iter().filter_map(|event| event.assessment.as_ref());
    let all = incident.assessments.iter().chain(of_events);
    all.flat_map(|assessment: &Assessment| &assessment.impacts).map(impact).filter(says_something).collect()
}

/// Whether a row says more than that nobody knows.
#[expect(clippy::ptr_arg, reason = "a filter is given what it may keep")]
fn says_something(row: &Vec<String>) -> bool {
    row.iter().any(|cell| cell != "unknown" && cell != "–")
}

fn impact(impact: &Impact) -> Vec<String> {
    let bad = |severity: Option<&str>| severity.map_or_else(|| "–".to_owned(), word);
    match impact {
        Impact::System { r#type, severity, description, .. } => {
            let severity = severity.as_ref().map(Word::as_str);
            vec![word(r#type.as_str()), bad(severity), said(description.as_ref())]
        }
        Impact::Business(one) | Impact::Intended(one) => {
            let severity = one.severity.as_ref().map(Word::as_str);
            vec![word(one.r#type.as_str()), bad(severity), said(one.description.as_ref())]
        }
        Impact::Time { value, metric, duration, severity } => {
            let unit = duration.as_ref().map_or("hour", |duration| duration.as_str());
            let severity = severity.as_ref().map(Word::as_str);
            vec![word(metric.as_str()), bad(severity), format!("{value} ({unit})")]
        }
        Impact::Monetary { value, currency, severity } => {
            let severity = severity.as_ref().map(Word::as_str);
            let money = format!("{value} {}", currency.as_deref().unwrap_or_default());
            vec!["money".to_owned(), bad(severity), money.trim_end().to_owned()]
        }
    }
}

fn methods(incident: &Incident) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let of_events = incident.events.iter().flat_map(|event| &event.methods);
    for method in incident.methods.iter().chain(of_events) {
        let types: Vec<String> = method.attack_types.iter().map(|text| word(text)).collect();
        if !types.is_empty() || method.description.is_some() {
            let types = if types.is_empty() { "–".to_owned() } else { types.join(", ") };
            rows.push(vec![types, "–".to_owned(), said(method.description.as_ref())]);
        }
        rows.extend(method.references.iter().map(|reference| {
            let urls = if reference.urls.is_empty() { "–".to_owned() } else { reference.urls.join(" ") };
            vec![said(reference.name.as_ref()), urls, said(reference.description.as_ref())]
        }));
    }
    rows
}

fn indicators(incident: &Incident) -> Vec<Vec<String>> {
    let row = |indicator: &probity_sharing::incident::Indicator| {
        let seen = &indicator.observable;
        let kind = match (&seen.algorithm, &seen.language) {
            (Some(algorithm), _) => algorithm.as_str().to_owned(),
            (_, Some(language)) => format!("rule for {}", language.as_str()),
            _ => word(seen.r#type.as_str()),
        };
        vec![kind, seen.value.clone(), said(indicator.description.as_ref())]
    };
    incident.indicators.values().map(row).collect()
}

fn expectations(incident: &Incident) -> Vec<Vec<String>> {
    let all = incident.events.iter().flat_map(|event| &event.expectations);
    all.map(|one| vec![word(one.action.as_str()), said(one.description.as_ref())]).collect()
}

fn history(incident: &Incident) -> Vec<Vec<String>> {
    let day = |at: Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let row = |item: &probity_sharing::incident::HistoryItem| {
        vec![day(item.at), word(item.action.as_str()), said(item.description.as_ref())]
    };
    incident.history.iter().map(row).collect()
}
