//! Findings of the Open Cybersecurity Schema Framework, as a JSON list, one object, or one object per line.
//!
//! Compliance findings (class 2003) say their outcome in `compliance`; detection findings (class 2004), as prowler writes them with
//! `-M json-ocsf`, in `status_code`. Other classes have no outcome of a rule.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Step};
use probity_evidence::foreign::{Found, Outcome, Rule, Run, Subject};
use serde_json::Value;

use super::json::{Node, Parsed, Reading, instant, parse};
use super::{Source, level, texts};
use crate::codes;

/// The class of compliance findings.
const COMPLIANCE: i64 = 2003;
/// The class of detection findings.
const DETECTION: i64 = 2004;

pub(super) fn read(source: Source<'_>, parsed: Option<Parsed>) -> Step<Vec<Run>> {
    let mut reading = Reading::new(source);
    let mut runs = BTreeMap::new();
    // what was read as one value has none on each line
    let lines = if parsed.is_none() { by_line(source)? } else { None };
    if let Some(lines) = lines {
        for (number, value) in &lines {
            reading.document_on(*number);
            finding(&Node::root(value), &mut runs, &mut reading);
        }
        return reading.finish(runs.into_values().collect(), Format::Json);
    }
    let parsed = parse(source, parsed)?;
    let root = Node::root(&parsed.value);
    reading.findings.extend(parsed.warnings);
    match &parsed.value {
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                finding(&Node { value, at: root.at.index(index) }, &mut runs, &mut reading);
            }
        }
        Value::Object(_) => finding(&root, &mut runs, &mut reading),
        _ => reading.malformed(&root.at, "OCSF is an object or a list of objects"),
    }
    reading.finish(runs.into_values().collect(), Format::Json)
}

/// The objects of a text that has one on each line, with their lines; none where the text is one JSON value.
fn by_line(source: Source<'_>) -> Result<Option<Vec<(u32, Value)>>, Diagnostics> {
    let mut filled = (1_u32..).zip(source.text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let is_object = |line: &str| line.trim_start().starts_with('{') && line.trim_end().ends_with('}');
    let (first, second) = (filled.next(), filled.next());
    if !(first.is_some_and(|(_, line)| is_object(line)) && second.is_some_and(|(_, line)| is_object(line))) {
        return Ok(None);
    }
    let mut values = Vec::new();
    for (number, line) in first.into_iter().chain(second).chain(filled) {
        let parsed = document::parse(line.as_bytes(), source.file, Format::Json, Limits::default());
        if let Ok(parsed) = parsed {
            values.push((number, parsed.value));
        } else {
            let finding = Diagnostic::error(&codes::MALFORMED, "the line is not a JSON object");
            return Err(finding.at(Location::line(source.file, number)).into());
        }
    }
    Ok(Some(values))
}

/// Takes a finding into the run of its tool.
fn finding(node: &Node<'_>, runs: &mut BTreeMap<(String, String), Run>, reading: &mut Reading<'_>) {
    let class = node.number("class_uid");
    if !matches!(class, Some(COMPLIANCE | DETECTION)) {
        let message = "only compliance findings (`class_uid` 2003) and detection findings (2004) are read";
        return reading.malformed(&node.at, message);
    }
    let Some(outcome) = outcome(node, reading) else { return };
    let Some(rule) = rule_id(node) else {
        return reading.malformed(&node.at, "the finding names no rule: `metadata.event_code` is missing");
    };
    let tool = node.line(&["metadata", "product", "name"]).unwrap_or_else(|| "OCSF".to_owned());
    let version = node.line(&["metadata", "product", "version"]);
    let run = runs.entry((tool.clone(), version.clone().unwrap_or_default())).or_insert_with(|| Run {
        tool,
        version,
        ..Run::default()
    });
    run.ended = run.ended.max(time(node));
    let known = run.rules.entry(rule.clone()).or_insert_with(|| self::rule(node));
    known.severity = level::worse(known.severity, node.text("severity").and_then(level::of_word));
    let message = node.line(&["status_detail"]).or_else(|| node.line(&["message"]));
    let resources: Vec<Node<'_>> = node.items("resources").chain(node.get("resource")).collect();
    let subjects = match resources.as_slice() {
        [] => vec![Subject::of(
            &node.line(&["cloud", "account", "uid"]).unwrap_or_else(|| "what was analysed".to_owned()),
            "account",
        )],
        many => many.iter().map(subject).collect(),
    };
    for subject in subjects {
        let found = Found { rule: rule.clone(), subject, outcome, message: message.clone(), line: 0 };
        reading.found(run, found, &node.at);
    }
}

/// The id of the rule: prowler's check, else the check or control of the compliance, else what analysed.
fn rule_id(node: &Node<'_>) -> Option<String> {
    let paths: [&[&str]; 4] = [
        &["metadata", "event_code"],
        &["finding_info", "analytic", "uid"],
        &["compliance", "control"],
        &["finding_info", "title"],
    ];
    let checks = || node.get("compliance")?.items("checks").find_map(|check| check.line(&["uid"]));
    node.line(paths[0]).or_else(checks).or_else(|| paths.iter().find_map(|path| node.line(path)))
}

fn outcome(node: &Node<'_>, reading: &mut Reading<'_>) -> Option<Outcome> {
    let status = node.get("compliance").and_then(|compliance| compliance.number("status_id"));
    match status {
        Some(1) => return Some(Outcome::Pass),
        Some(3) => return Some(Outcome::Fail),
        Some(0 | 2 | 99) => return Some(Outcome::Unknown),
        Some(other) => {
            let at = node.at.key("compliance").key("status_id");
            reading.malformed(&at, format!("OCSF has no compliance status {other}"));
            return None;
        }
        None => {}
    }
    let word = node.line(&["compliance", "status"]).or_else(|| node.line(&["status_code"]));
    let Some(word) = word else {
        reading
            .malformed(&node.at, "the finding has no outcome: neither `status_code` nor `compliance.status`");
        return None;
    };
    match word.to_ascii_lowercase().as_str() {
        "pass" | "passed" => Some(Outcome::Pass),
        "fail" | "failed" => Some(Outcome::Fail),
        "manual" | "warning" | "unknown" | "muted" | "skipped" | "other" => Some(Outcome::Unknown),
        "error" => Some(Outcome::Error),
        "not_applicable" | "not applicable" | "not-applicable" => Some(Outcome::NotApplicable),
        _ => {
            reading.malformed(&node.at.key("status_code"), format!("`{word}` is no outcome of a finding"));
            None
        }
    }
}

/// When the finding was made: `time_dt`, else `time`, which is in milliseconds; prowler has seconds there.
fn time(node: &Node<'_>) -> Option<Timestamp> {
    /// Beyond this, seconds would lie after the year 2286.
    const MOST_SECONDS: i64 = 10_000_000_000;
    if let Some(at) = node.text("time_dt").and_then(instant) {
        return Some(at);
    }
    match node.number("time")? {
        seconds if seconds < MOST_SECONDS => Timestamp::from_second(seconds).ok(),
        milliseconds => Timestamp::from_millisecond(milliseconds).ok(),
    }
}

fn rule(node: &Node<'_>) -> Rule {
    let description = [&["finding_info", "desc"][..], &["risk_details"], &["remediation", "desc"]];
    let description: Vec<String> = description.iter().filter_map(|path| node.block(path)).collect();
    Rule {
        title: node.line(&["finding_info", "title"]),
        description: (!description.is_empty()).then(|| description.join("\n\n")),
        help: node.line(&["unmapped", "related_url"]),
        severity: None,
        frameworks: frameworks(node),
    }
}

/// Requirements by framework: `unmapped.compliance` of prowler, and the standards of a compliance finding.
fn frameworks(node: &Node<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let named = node.path(&["unmapped", "compliance"]);
    for (name, ids) in named.and_then(|named| named.value.as_object()).into_iter().flatten() {
        let ids = ids.as_array().into_iter().flatten().filter_map(Value::as_str).filter_map(texts::line);
        found.entry(name.clone()).or_default().extend(ids);
    }
    if let Some(compliance) = node.get("compliance") {
        for standard in compliance.items("standards").filter_map(|item| texts::line(item.value.as_str()?)) {
            let ids = compliance.items("requirements").filter_map(|item| texts::line(item.value.as_str()?));
            found.entry(standard).or_default().extend(ids);
        }
    }
    found
}

fn subject(node: &Node<'_>) -> Subject {
    let name = node.line(&["name"]);
    let id = node.line(&["uid"]).or_else(|| name.clone()).unwrap_or_else(|| "unnamed resource".to_owned());
    let kind = node.line(&["type"]).unwrap_or_else(|| "resource".to_owned());
    Subject { name: name.unwrap_or_else(|| id.clone()), id, kind }
}
