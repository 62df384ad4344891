//! What Trivy writes with `--format json`, schema version 2: a report on one artifact, or on the resources of a cluster.
//!
//! Vulnerabilities come and go by the day, so no mapping could name them one by one. They are results of four rules, one for each
//! severity: `vulnerability-critical` to `vulnerability-low`. The file does not say which severities were left out of it, so a target
//! without vulnerabilities has no result of these rules. Misconfigurations are results of the rule that they break, and secrets of the rule `secret`; the secret itself is never
//! taken over.

use probity_diagnostics::{Step, document};
use probity_evidence::Severity;
use probity_evidence::foreign::{Found, Outcome, Rule, Run, Subject};

use super::json::{Node, Parsed, Reading, instant, parse};
use super::{Source, level};
use crate::codes;

pub(super) fn read(source: Source<'_>, parsed: Option<Parsed>) -> Step<Vec<Run>> {
    let parsed = parse(source, parsed)?;
    let root = Node::root(&parsed.value);
    let mut reading = Reading::new(source);
    reading.findings.extend(parsed.warnings);
    let mut run = Run {
        tool: "Trivy".to_owned(),
        version: root.line(&["Trivy", "Version"]),
        ended: root.text("CreatedAt").and_then(instant),
        // it writes the file when it is done
        completed: true,
        ..Run::default()
    };
    match (root.number("SchemaVersion"), root.get("ClusterName")) {
        (Some(2), _) | (None, Some(_)) => {}
        (version, _) => {
            let version = version.map_or_else(|| "without version".to_owned(), |version| version.to_string());
            reading
                .malformed(&root.at, format!("reports of schema {version} are not read, only of schema 2"));
        }
    }
    targets(&root, &root.line(&["ArtifactName"]).unwrap_or_default(), &mut run, &mut reading);
    for resource in root.items("Resources").chain(root.items("Vulnerabilities")) {
        let parts = ["Namespace", "Kind", "Name"].iter().filter_map(|key| resource.line(&[key]));
        let name = parts.collect::<Vec<_>>().join("/");
        targets(&resource, &name, &mut run, &mut reading);
    }
    reading.finish(vec![run], document::Format::Json)
}

/// The results of one artifact.
fn targets(node: &Node<'_>, artifact: &str, run: &mut Run, reading: &mut Reading<'_>) {
    for target in reading.list(node, "Results") {
        let Some(name) = reading.need(&target, "Target", "the result") else { continue };
        let kind = target.line(&["Type"]).or_else(|| target.line(&["Class"]));
        let subject = Subject {
            id: if artifact.is_empty() || name.starts_with(artifact) {
                name.clone()
            } else {
                format!("{artifact}: {name}")
            },
            name,
            kind: kind.unwrap_or_else(|| "target".to_owned()),
        };
        let class = target.text("Class").unwrap_or_default();
        if matches!(class, "os-pkgs" | "lang-pkgs") || target.get("Vulnerabilities").is_some() {
            vulnerabilities(&target, &subject, run, reading);
        }
        for found in reading.list(&target, "Misconfigurations") {
            misconfiguration(&found, &subject, run, reading);
        }
        for found in reading.list(&target, "Secrets") {
            secret(&found, &subject, run, reading);
        }
        if let Some(licenses) = target.get("Licenses") {
            reading.warning(&codes::LEFT_OUT, &licenses.at, "licences are not imported");
        }
    }
}

/// The severity of something; what is not rated counts as moderate.
fn severity(node: &Node<'_>) -> Severity {
    node.text("Severity").and_then(level::of_word).unwrap_or(Severity::Moderate)
}

fn vulnerability_rule(severity: Severity) -> String {
    format!("vulnerability-{}", severity.as_str())
}

/// What the rules of vulnerabilities ask for.
const VULNERABILITY: &str =
    "The packages of the target have no vulnerability of this severity that Trivy knows.";

fn vulnerabilities(target: &Node<'_>, subject: &Subject, run: &mut Run, reading: &mut Reading<'_>) {
    for severity in Severity::ALL {
        run.rules.entry(vulnerability_rule(severity)).or_insert_with(|| Rule {
            title: Some(format!("No known vulnerability of severity {}", severity.as_str())),
            description: Some(VULNERABILITY.to_owned()),
            severity: Some(severity),
            ..Rule::default()
        });
    }
    for node in reading.list(target, "Vulnerabilities") {
        let Some(id) = reading.need(&node, "VulnerabilityID", "the vulnerability") else { continue };
        let severity = severity(&node);
        let said = |key: &str| node.line(&[key]).unwrap_or_default();
        let mended = node
            .line(&["FixedVersion"])
            .map_or_else(|| "no version mends it".to_owned(), |version| format!("mended in {version}"));
        let title = node.line(&["Title"]).map(|title| format!(": {title}")).unwrap_or_default();
        let package = format!("{} {}", said("PkgName"), said("InstalledVersion"));
        let message = format!("{id} in {} ({mended}){title}", package.trim());
        let found = Found {
            rule: vulnerability_rule(severity),
            subject: subject.clone(),
            outcome: Outcome::Fail,
            message: Some(message),
            line: 0,
        };
        reading.found(run, found, &node.at);
    }
}

fn misconfiguration(node: &Node<'_>, subject: &Subject, run: &mut Run, reading: &mut Reading<'_>) {
    let Some(id) = node.line(&["ID"]).or_else(|| node.line(&["AVDID"])) else {
        return reading.malformed(&node.at, "the misconfiguration has no `ID`");
    };
    let outcome = match node.text("Status") {
        Some("FAIL") => Outcome::Fail,
        Some("PASS") => Outcome::Pass,
        // accepted in Trivy, which is no accepted risk here
        Some("EXCEPTION") => Outcome::Unknown,
        other => {
            let other = other.unwrap_or("no status");
            return reading.malformed(&node.at, format!("`{other}` is no status of a misconfiguration"));
        }
    };
    run.rules.entry(id.clone()).or_insert_with(|| Rule {
        title: node.line(&["Title"]),
        description: node.block(&["Description"]),
        help: node.line(&["PrimaryURL"]),
        severity: Some(severity(node)),
        ..Rule::default()
    });
    let resource = node.line(&["CauseMetadata", "Resource"]);
    let line = node.get("CauseMetadata").and_then(|cause| cause.number("StartLine"));
    let place = [resource, line.map(|line| format!("line {line}"))].into_iter().flatten();
    let said: Vec<String> = place.chain(node.line(&["Message"])).collect();
    let message = (!said.is_empty()).then(|| said.join(": "));
    let found = Found { rule: id, subject: subject.clone(), outcome, message, line: 0 };
    reading.found(run, found, &node.at);
}

fn secret(node: &Node<'_>, subject: &Subject, run: &mut Run, reading: &mut Reading<'_>) {
    let rule = "secret".to_owned();
    let severity = severity(node);
    let known = run.rules.entry(rule.clone()).or_insert_with(|| Rule {
        title: Some("No secret in files".to_owned()),
        description: Some("The target holds no key, token or password that Trivy recognises.".to_owned()),
        ..Rule::default()
    });
    known.severity = level::worse(known.severity, Some(severity));
    let said = [
        node.number("StartLine").map(|line| format!("line {line}")),
        node.line(&["RuleID"]),
        node.line(&["Title"]),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let found = Found {
        rule,
        subject: subject.clone(),
        outcome: Outcome::Fail,
        message: (!said.is_empty()).then(|| said.join(": ")),
        line: 0,
    };
    reading.found(run, found, &node.at);
}
