//! SARIF 2.1.0 (OASIS Standard, 27 March 2020).
//!
//! A result is a fail unless its `kind` says otherwise (section 3.27.9): `open` and `review` are unknown, `informational` and
//! `notApplicable` decide nothing. What the tool suppressed still fails: a risk is accepted in the plan of action and
//! milestones. Results with baseline state `absent` are gone, and left out.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{Step, document};
use probity_evidence::Severity;
use probity_evidence::foreign::{Found, Outcome, Rule, Run, Subject};
use serde_json::Value;

use super::json::{Node, Parsed, Reading, instant, parse};
use super::{Source, level, texts};
use crate::codes;

pub(super) fn read(source: Source<'_>, parsed: Option<Parsed>) -> Step<Vec<Run>> {
    let parsed = parse(source, parsed)?;
    let root = Node::root(&parsed.value);
    let mut reading = Reading::new(source);
    reading.findings.extend(parsed.warnings);
    if !root.value.get("runs").is_some_and(Value::is_array) {
        reading.malformed(&root.at, "a SARIF file has a list `runs`");
    }
    if let Some(version) = root.text("version").filter(|version| *version != "2.1.0") {
        reading.malformed(&root.at.key("version"), format!("SARIF {version} is not read, only 2.1.0"));
    }
    let runs = root.items("runs").map(|node| run(&node, &mut reading)).collect();
    reading.finish(runs, document::Format::Json)
}

fn run(node: &Node<'_>, reading: &mut Reading<'_>) -> Run {
    let Some(driver) = node.path(&["tool", "driver"]) else {
        reading.malformed(&node.at, "the run names no tool: `tool.driver` is missing");
        return Run::default();
    };
    let mut run = Run {
        tool: reading.need(&driver, "name", "the tool").unwrap_or_default(),
        version: driver.line(&["semanticVersion"]).or_else(|| driver.line(&["version"])),
        ..Run::default()
    };
    let mut parts = Parts { run: node.clone(), components: vec![driver], rules: BTreeMap::new() };
    parts.components.extend(node.get("tool").into_iter().flat_map(|tool| tool.items("extensions")));
    for rule in parts.components.iter().flat_map(|component| component.items("rules")) {
        if let Some(id) = reading.need(&rule, "id", "the rule") {
            run.rules.entry(id.clone()).or_insert_with(|| self::rule(&rule));
            parts.rules.entry(id).or_insert(rule);
        }
    }
    invocations(node, &mut run, reading);
    if let Some(outside) = node.path(&["externalPropertyFileReferences", "results"]) {
        reading.malformed(&outside.at, "the results lie in other files, which are not read");
    }
    for result in reading.list(node, "results") {
        self::result(&result, &parts, &mut run, reading);
    }
    run
}

/// When the tool ended, and whether it ran without failure: all of its invocations have to say so.
fn invocations(node: &Node<'_>, run: &mut Run, reading: &mut Reading<'_>) {
    let invocations: Vec<Node<'_>> = node.items("invocations").collect();
    let says = |one: &Node<'_>, wanted: bool| {
        one.value.get("executionSuccessful").and_then(Value::as_bool) == Some(wanted)
    };
    run.completed = !invocations.is_empty() && invocations.iter().all(|one| says(one, true));
    let times = |key: &'static str| invocations.iter().filter_map(move |one| instant(one.text(key)?));
    run.ended = times("endTimeUtc").max().or_else(|| times("startTimeUtc").max());
    for failed in invocations.iter().filter(|one| says(one, false)) {
        reading.warning(&codes::TOOL_FAILED, &failed.at, format!("{} reports that it failed", run.tool));
    }
}

fn rule(node: &Node<'_>) -> Rule {
    let default = node.path(&["defaultConfiguration", "level"]);
    let default = default.and_then(|level| level::of_word(level.value.as_str()?));
    let mut frameworks = BTreeMap::new();
    for relation in node.items("relationships") {
        add_taxon(relation.get("target").as_ref(), &mut frameworks);
    }
    Rule {
        title: node.line(&["shortDescription", "text"]).or_else(|| node.line(&["name"])),
        description: node.block(&["fullDescription", "text"]).or_else(|| node.block(&["help", "text"])),
        help: node.line(&["helpUri"]),
        severity: score(node).or(default),
        frameworks,
    }
}

/// The score that code scanning services sort rules by.
fn score(rule: &Node<'_>) -> Option<Severity> {
    match rule.path(&["properties", "security-severity"])?.value {
        Value::String(text) => level::of_score(text),
        Value::Number(number) => level::of_score(&number.to_string()),
        _ => None,
    }
}

/// A reference to a taxon: its id, by the name of its taxonomy.
fn add_taxon(node: Option<&Node<'_>>, frameworks: &mut BTreeMap<String, BTreeSet<String>>) {
    let Some(node) = node else { return };
    if let (Some(id), Some(taxonomy)) = (node.line(&["id"]), node.line(&["toolComponent", "name"])) {
        frameworks.entry(taxonomy).or_default().insert(id);
    }
}

/// What results refer to.
struct Parts<'v> {
    run: Node<'v>,
    /// The driver, then the extensions.
    components: Vec<Node<'v>>,
    rules: BTreeMap<String, Node<'v>>,
}

fn result(node: &Node<'_>, parts: &Parts<'_>, run: &mut Run, reading: &mut Reading<'_>) {
    let Some(id) = rule_id(node, parts) else {
        return reading
            .malformed(&node.at, "the result names no rule: neither `ruleId` nor `rule` leads to one");
    };
    if node.text("baselineState") == Some("absent") {
        return;
    }
    let outcome = match node.text("kind").unwrap_or("fail") {
        "pass" => Outcome::Pass,
        "fail" => Outcome::Fail,
        "open" | "review" => Outcome::Unknown,
        "informational" | "notApplicable" => Outcome::NotApplicable,
        other => {
            return reading.malformed(&node.at.key("kind"), format!("SARIF has no kind of result `{other}`"));
        }
    };
    let rule = run.rules.entry(id.clone()).or_default();
    if let Some(own) = node.text("level").and_then(level::of_word)
        && parts.rules.get(&id).and_then(score).is_none()
    {
        rule.severity = Some(rule.severity.map_or(own, |known| known.min(own)));
    }
    for taxon in node.items("taxa") {
        add_taxon(Some(&taxon), &mut rule.frameworks);
    }
    let suppressed = node.items("suppressions").next().is_some();
    let line = node
        .items("locations")
        .find_map(|place| place.path(&["physicalLocation", "region"])?.number("startLine"));
    let said = message(node, &id, parts);
    let said = match (said, suppressed) {
        (Some(said), true) => Some(format!("{said} (suppressed by the tool)")),
        (None, true) => Some("suppressed by the tool".to_owned()),
        (said, false) => said,
    };
    let message: Vec<String> = line.map(|line| format!("line {line}")).into_iter().chain(said).collect();
    let found = Found {
        rule: id,
        subject: subject(node, parts),
        outcome,
        message: (!message.is_empty()).then(|| message.join(": ")),
        line: 0,
    };
    reading.found(run, found, &node.at);
}

/// The rule of a result: by id, else by its place in the list of its component (sections 3.27.5 to 3.27.7).
fn rule_id(node: &Node<'_>, parts: &Parts<'_>) -> Option<String> {
    if let Some(id) = node.line(&["ruleId"]).or_else(|| node.line(&["rule", "id"])) {
        return Some(id);
    }
    let reference = node.get("rule");
    let index = node.number("ruleIndex").or_else(|| reference.as_ref()?.number("index"))?;
    let component =
        reference.and_then(|rule| rule.get("toolComponent")).and_then(|tool| tool.number("index"));
    let component = match component {
        Some(extension) => parts.components.get(usize::try_from(extension).ok()?.checked_add(1)?)?,
        None => parts.components.first()?,
    };
    component.item("rules", index)?.line(&["id"])
}

/// What a result says: its own text, or the message of its rule with the arguments put in (section 3.11).
fn message(node: &Node<'_>, id: &str, parts: &Parts<'_>) -> Option<String> {
    if let Some(text) = node.line(&["message", "text"]) {
        return Some(text);
    }
    let name = node.path(&["message", "id"])?.value.as_str()?.to_owned();
    let mut text = parts.rules.get(id)?.line(&["messageStrings", &name, "text"])?;
    let arguments = node.path(&["message", "arguments"])?;
    for (index, argument) in arguments.value.as_array()?.iter().enumerate() {
        // cut each time: arguments may hold places for further ones
        let argument = argument.as_str().and_then(texts::line).unwrap_or_default();
        text = texts::line(&text.replace(&format!("{{{index}}}"), &argument))?;
    }
    Some(text)
}

/// What a result is about: the file, else the logical location, else what was analysed as a whole.
fn subject(node: &Node<'_>, parts: &Parts<'_>) -> Subject {
    for place in node.items("locations") {
        let artifact = place.path(&["physicalLocation", "artifactLocation"]);
        let uri = artifact.and_then(|artifact| {
            let listed =
                || parts.run.item("artifacts", artifact.number("index")?)?.line(&["location", "uri"]);
            artifact.line(&["uri"]).or_else(listed)
        });
        if let Some(uri) = uri {
            return Subject::of(uri.strip_prefix("file://").unwrap_or(&uri), "file");
        }
        if let Some(name) = place.items("logicalLocations").find_map(|one| one.line(&["fullyQualifiedName"]))
        {
            return Subject::of(&name, "logical-location");
        }
    }
    Subject::of("what was analysed", "target")
}
