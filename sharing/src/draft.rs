//! Drafts of notifications: what is known of an incident, and what a person has to answer.

use std::fmt::Write as _;

use crate::Label;
use crate::clocks::{Clock, State};
use crate::incident::{Impact, Incident};

/// The draft of a notification in Markdown, with its colour before and after the text. What nobody wrote down stays a question.
pub fn draft(incident: &Incident, clock: &Clock<'_>, label: Label) -> String {
    let (regime, step) = (clock.regime, clock.step);
    let mut text = format!(
        "{label}\n\n# {}: {}\n\n",
        step.title,
        one_line(incident.title.as_ref().unwrap_or(&incident.id))
    );
    let _ = writeln!(text, "To {}, under {} ({}).", regime.to, regime.source, step.clause);
    let _ = writeln!(text, "{}\n", due(clock));
    text.push_str("## What is known\n\n");
    for (name, value) in facts(incident) {
        let _ = writeln!(text, "- {name}: {}", one_line(&value));
    }
    if let Some(description) = &incident.description {
        let _ = write!(text, "\n{}\n", description.trim_end());
    }
    text.push_str("\n## To be answered before it is sent\n\n");
    for question in &step.asks {
        let _ = writeln!(text, "- [ ] {question}");
    }
    let _ = write!(text, "\n{label}\n");
    text
}

fn due(clock: &Clock<'_>) -> String {
    match (clock.state, clock.due) {
        (State::Made(at), _) => format!("It was made at {at}."),
        (_, Some(due)) => format!("It is due at {due}."),
        (_, None) => "By when it is due is not known.".to_owned(),
    }
}

fn facts(incident: &Incident) -> Vec<(&'static str, String)> {
    let times = [
        ("Aware since", incident.times.aware),
        ("Began", incident.times.of.started),
        ("Detected", incident.times.of.detected),
        ("Ended", incident.times.of.ended),
        ("Recovered", incident.times.of.recovered),
    ];
    let mut facts = vec![("Number", format!("{} of {}", incident.id, incident.issuer))];
    facts.extend(incident.kind.iter().map(|kind| ("Kind", kind.to_string())));
    facts.extend(incident.status.iter().map(|status| ("Status", status.to_string())));
    facts.extend(times.into_iter().filter_map(|(name, at)| Some((name, at?.to_string()))));
    for assessment in &incident.assessments {
        facts.extend(assessment.categories.iter().map(|category| ("Category", category.clone())));
        facts.extend(assessment.impacts.iter().map(|impact| ("Impact", shown(impact))));
        facts.extend(assessment.causes.iter().map(|cause| ("Cause", cause.clone())));
    }
    let methods = incident.methods.iter().flat_map(|method| &method.attack_types);
    facts.extend(methods.map(|attack| ("Attack type", attack.clone())));
    facts.extend(incident.cves().map(|cve| ("Vulnerability", cve.to_owned())));
    if !incident.indicators.is_empty() {
        let names: Vec<&str> = incident.indicators.keys().map(String::as_str).collect();
        facts.push(("Indicators", names.join(", ")));
    }
    for item in &incident.history {
        let what = item.description.as_deref().unwrap_or_else(|| item.action.as_str());
        facts.push(("Measure", format!("{}: {what}", item.at)));
    }
    facts
}

fn shown(impact: &Impact) -> String {
    let with = |what: String, severity: Option<String>| match severity {
        Some(severity) => format!("{what}, severity {severity}"),
        None => what,
    };
    match impact {
        Impact::System { r#type, severity, .. } => {
            with(r#type.to_string(), severity.as_ref().map(ToString::to_string))
        }
        Impact::Business(impact) | Impact::Intended(impact) => {
            with(impact.r#type.to_string(), impact.severity.as_ref().map(ToString::to_string))
        }
        Impact::Time { value, metric, duration, .. } => {
            let unit = duration.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{metric}: {value} {unit}")
        }
        Impact::Monetary { value, currency, .. } => {
            format!("{value} {}", currency.as_deref().unwrap_or_default())
        }
    }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
