//! Results as of several instants, written down as what each check says of each resource.

use std::collections::BTreeMap;

use probity_diagnostics::{MemoryTree, Sha256Digest, TreePath, Warned};
use probity_generators::series::{Depth, Files, Series};
use serde_json::{Value, json};

use crate::fixture::path;

const NS: &str = "https://w3id.org/probity/oscal/1";

/// What checks say of resources: `fail`, or `fail@2026-01-01T00:00:00Z` where the evidence is older than an hour.
pub(crate) type Verdicts = BTreeMap<String, BTreeMap<String, String>>;

/// What checks say, by instant.
pub(crate) type Story = BTreeMap<String, Verdicts>;

/// The documents of a story, below `archive/`, and the results among them.
pub(crate) fn tree(story: &Story) -> (MemoryTree, Vec<TreePath>) {
    let mut tree = MemoryTree::new();
    let mut results = Vec::new();
    for (as_of, verdicts) in story {
        let folder = format!("archive/{}", as_of.replace(':', "-"));
        let lines = lines(as_of, verdicts);
        let file = path(&format!("{folder}/assessment-results.json"));
        let document = document(as_of, verdicts, &Sha256Digest::of(lines.as_bytes()));
        tree.insert(file.clone(), document.to_string());
        tree.insert(path(&format!("{folder}/verdicts.jsonl")), lines);
        results.push(file);
    }
    (tree, results)
}

/// The series of a story.
pub(crate) fn series(story: &Story) -> Series {
    let (tree, results) = tree(story);
    let read = Series::read(&tree, Files { stored: &results, current: None }, Depth::Resources);
    let Warned { value, warnings } = read.unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    value
}

fn lines(as_of: &str, verdicts: &Verdicts) -> String {
    let mut text = json!({"kind": "begin", "as-of": as_of}).to_string() + "\n";
    for (check, resources) in verdicts {
        for (line, (resource, said)) in resources.iter().enumerate() {
            let (verdict, collected) = said.split_once('@').unwrap_or((said, as_of));
            let line = json!({
                "kind": "verdict", "check": check, "resource": resource, "name": format!("Host {resource}"),
                "type": "VirtualMachine", "verdict": verdict, "collected": collected,
                "evidence": {"source": "evidence/all.jsonl", "line": line + 2, "digest": "ab"},
            });
            text += &(line.to_string() + "\n");
        }
    }
    text
}

fn prop(name: &str, value: &str) -> Value {
    json!({"name": name, "ns": NS, "value": value})
}

fn uuid(text: &str) -> String {
    let hex = Sha256Digest::of(text.as_bytes()).to_string();
    format!("{}-{}-5{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

/// Results whose control `c-CHECK` rests on the check, whose evidence is good for ten days.
fn document(as_of: &str, verdicts: &Verdicts, digest: &Sha256Digest) -> Value {
    let expires = as_of.parse::<jiff::Timestamp>().unwrap() + jiff::SignedDuration::from_hours(240);
    let observation = |check: &String| {
        json!({
            "uuid": uuid(&format!("{as_of} {check}")), "title": format!("Check {check}"), "description": "It looks.",
            "props": [prop("check", check), prop("severity", "high"), prop("verdict", "pass"), prop("count", "1")],
            "methods": ["TEST"], "collected": as_of, "expires": expires.to_string(),
        })
    };
    let finding = |(check, resources): (&String, &BTreeMap<String, String>)| {
        let state = state(resources);
        let status = if state == "satisfied" { "satisfied" } else { "not-satisfied" };
        json!({
            "uuid": uuid(&format!("finding {as_of} {check}")), "title": format!("C-{check}"), "description": "It says.",
            "props": [prop("control-id", &format!("c-{check}")), prop("state", state), prop("check", check)],
            "target": {"type": "objective-id", "target-id": format!("c-{check}_obj"), "status": {"state": status}},
        })
    };
    let mut result = json!({
        "uuid": uuid(as_of), "title": "Assessment results of Plant: demo", "description": "All.",
        "start": as_of, "end": as_of,
        "props": [prop("as-of", as_of), prop("assessment", "demo"), prop("profile", "p.yaml")],
        "reviewed-controls": {"control-selections": [{"include-all": {}}]},
    });
    if !verdicts.is_empty() {
        result["observations"] = verdicts.keys().map(observation).collect();
        result["findings"] = verdicts.iter().map(finding).collect();
    }
    json!({"assessment-results": {
        "uuid": uuid("document"),
        "metadata": {"title": "R", "last-modified": as_of, "version": "1", "oscal-version": "1.2.2"},
        "import-ap": {"href": "assessment-plan.json"},
        "results": [result],
        "back-matter": {"resources": [{
            "uuid": uuid("verdicts"), "title": "Verdicts", "props": [prop("kind", "verdicts")],
            "rlinks": [{"href": "verdicts.jsonl", "hashes": [{"algorithm": "SHA-256", "value": digest.to_string()}]}],
        }]},
    }})
}

/// What the verdicts come to for the control.
fn state(resources: &BTreeMap<String, String>) -> &'static str {
    let has = |word: &str| resources.values().any(|said| said.starts_with(word));
    match () {
        () if resources.is_empty() => "no-subject",
        () if has("fail") => "fail",
        () if has("error") => "error",
        () if has("unknown") => "unknown",
        () if has("waived") => "waived",
        () => "satisfied",
    }
}
