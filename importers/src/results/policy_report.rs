//! Policy reports of Kubernetes: `wgpolicyk8s.io/v1alpha2` and `v1beta1`, and the group `openreports.io`, as YAML or JSON, one or
//! several, alone or in a `List` as `kubectl get` writes them.
//!
//! `warn` means that the policy is not met but does not count there; it is unknown here, as `skip` is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::Step;
use probity_diagnostics::document::{self, Format, Limits};
use probity_evidence::foreign::{Found, Outcome, Run, Subject};

use super::json::{Node, Parsed, Reading, instant};
use super::{Source, level, texts};

/// The groups of policy reports.
const GROUPS: [&str; 2] = ["wgpolicyk8s.io/", "openreports.io/"];

/// Whether a document is a policy report, or a list of them.
pub(super) fn is_one(node: &Node<'_>) -> bool {
    let of_group =
        |node: &Node<'_>| node.text("apiVersion").is_some_and(|v| GROUPS.iter().any(|g| v.starts_with(g)));
    of_group(node) || node.items("items").next().is_some_and(|item| of_group(&item))
}

pub(super) fn read(source: Source<'_>, parsed: Option<Parsed>) -> Step<Vec<Run>> {
    let format = if source.text.trim_start().starts_with('{') { Format::Json } else { Format::Yaml };
    let parsed = match parsed {
        Some(parsed) => parsed,
        None => document::parse_all(source.text.as_bytes(), source.file, format, Limits::default())?,
    };
    let mut reading = Reading::new(source);
    reading.findings.extend(parsed.warnings);
    let mut runs = BTreeMap::new();
    let several = parsed.value.len() > 1;
    for document in parsed.value.iter().filter(|document| !document.value.is_null()) {
        if several {
            reading.document_on(document.line);
        }
        let root = Node::root(&document.value);
        if root.text("kind").is_some_and(|kind| kind.ends_with("List")) {
            root.items("items").for_each(|one| report(&one, &mut runs, &mut reading));
        } else {
            report(&root, &mut runs, &mut reading);
        }
    }
    reading.finish(runs.into_values().collect(), format)
}

fn report(node: &Node<'_>, runs: &mut BTreeMap<String, Run>, reading: &mut Reading<'_>) {
    if !is_one(node) {
        return reading.malformed(&node.at, "the document is no policy report");
    }
    let scope = node.get("scope").and_then(|scope| object(&scope));
    for result in reading.list(node, "results") {
        self::result(&result, scope.as_ref(), runs, reading);
    }
}

fn result(
    node: &Node<'_>,
    scope: Option<&Subject>,
    runs: &mut BTreeMap<String, Run>,
    reading: &mut Reading<'_>,
) {
    let Some(policy) = reading.need(node, "policy", "the result") else { return };
    // v1alpha1 said `status`
    let word = node.text("result").or_else(|| node.text("status")).unwrap_or("no result");
    let outcome = match word {
        "pass" => Outcome::Pass,
        "fail" => Outcome::Fail,
        "error" => Outcome::Error,
        "warn" | "skip" => Outcome::Unknown,
        other => {
            let message = format!("`{other}` is no result of a policy report");
            return reading.malformed(&node.at.key("result"), message);
        }
    };
    let rule = match node.line(&["rule"]) {
        Some(rule) => format!("{policy}/{rule}"),
        None => policy,
    };
    let tool = node.line(&["source"]).unwrap_or_else(|| "policy report".to_owned());
    let run = runs.entry(tool.clone()).or_insert_with(|| Run { tool, ..Run::default() });
    run.ended = run.ended.max(time(node));
    let known = run.rules.entry(rule.clone()).or_default();
    known.severity = level::worse(known.severity, node.text("severity").and_then(level::of_word));
    if known.title.is_none() {
        known.title = Some(rule.replace('/', ": "));
        known.description = node.line(&["category"]).map(|category| format!("Category: {category}."));
    }
    let said = node.line(&["message"]).or_else(|| node.line(&["description"]));
    let message = if outcome == Outcome::Unknown { Some(texts::because(word, said)) } else { said };
    let listed = node.items("resources").chain(node.items("subjects"));
    let mut subjects: Vec<Subject> = listed.filter_map(|resource| object(&resource)).collect();
    if subjects.is_empty() {
        subjects.push(scope.cloned().unwrap_or_else(|| Subject::of("the cluster", "cluster")));
    }
    for subject in subjects {
        let found = Found { rule: rule.clone(), subject, outcome, message: message.clone(), line: 0 };
        reading.found(run, found, &node.at);
    }
}

fn time(node: &Node<'_>) -> Option<Timestamp> {
    let stamp = node.get("timestamp")?;
    match stamp.number("seconds") {
        Some(seconds) => Timestamp::from_second(seconds).ok(),
        None => stamp.value.as_str().and_then(instant),
    }
}

/// An object of the cluster, by namespace, kind and name.
fn object(node: &Node<'_>) -> Option<Subject> {
    let name = node.line(&["name"])?;
    let kind = node.line(&["kind"]).unwrap_or_else(|| "object".to_owned());
    let parts = [node.line(&["namespace"]), Some(kind.clone()), Some(name.clone())];
    let id = parts.into_iter().flatten().collect::<Vec<_>>().join("/");
    Some(Subject { id, name, kind })
}
