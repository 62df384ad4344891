//! Metrics that are wrong on purpose: each is told with its place, and clean once it is mended.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use probity_assessment::compile::{lint_metrics, load_metrics};
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::render::{Position, Sources, short};
use probity_diagnostics::{Diagnostic, Diagnostics, MemoryTree, Sha256Digest, TreePath};
use rstest::rstest;
use serde::Deserialize;

use crate::engine::content::{CONTENT, path};

/// A wrong metric.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrong {
    name: String,
    /// Its resource types.
    #[serde(default = "machines")]
    types: Vec<String>,
    property: Option<String>,
    operator: Option<String>,
    #[serde(default)]
    target: Vec<String>,
    rego: String,
    /// Verdicts of its cases; none: there is no file.
    cases: Option<Vec<String>>,
    /// What is found, in the order of the text: as `--format short` prints it.
    findings: Vec<String>,
    /// The texts to replace in it, with what mends them.
    mend: BTreeMap<String, String>,
}

fn machines() -> Vec<String> {
    vec!["VirtualMachine".to_owned()]
}

impl Wrong {
    fn definition(&self, rego: &str) -> String {
        let ours = "https://w3id.org/probity/oscal/1";
        let mut text = String::from(
            "component-definition:\n  uuid: 7f1a2ad0-0000-4000-8000-000000000001\n  metadata: {title: subject, \
             last-modified: 2026-11-21T00:00:00Z, version: '1', oscal-version: 1.2.2}\n  components:\n    - uuid: \
             7f1a2ad0-0000-4000-8000-000000000002\n      type: rule\n      title: subject\n      description: subject\n      \
             props:\n        - {value: subject, name: Rule_Id, ns: 'https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd'}\n",
        );
        let mut prop = |name: &str, value: &str| {
            let value = serde_json::to_string(value).unwrap();
            writeln!(text, "        - {{value: {value}, name: {name}, ns: '{ours}'}}").unwrap();
        };
        prop("category", "test");
        prop("severity", "low");
        self.types.iter().for_each(|name| prop("resource-type", name));
        self.property.iter().for_each(|name| prop("property", name));
        self.operator.iter().for_each(|name| prop("operator", name));
        self.target.iter().for_each(|name| prop("target-value", name));
        let digest = Sha256Digest::of(rego.as_bytes());
        text + &format!(
            "  back-matter:\n    resources:\n      - uuid: 7f1a2ad0-0000-4000-8000-000000000003\n        rlinks:\n          - \
             {{href: check.rego, hashes: [{{algorithm: SHA-256, value: {digest}}}]}}\n"
        )
    }

    fn tree(&self) -> MemoryTree {
        let rego = format!("package probity.metrics.subject\n\n{}", self.rego);
        let mut tree = MemoryTree::new();
        tree.insert(path("metric.yaml"), self.definition(&rego).into_bytes());
        tree.insert(path("check.rego"), rego.into_bytes());
        let shown = ["pass".to_owned(), "fail".to_owned()];
        let verdicts = self.cases.as_deref().unwrap_or(&shown);
        if !verdicts.is_empty() {
            let cases: Vec<_> =
                verdicts.iter().map(|verdict| serde_json::json!({ "verdict": verdict })).collect();
            tree.insert(path("cases.yaml"), serde_json::to_vec(&cases).unwrap());
        }
        tree
    }

    /// Everything that is found, in the order of the text.
    fn found(&self) -> Vec<String> {
        let tree = self.tree();
        let mut findings = Diagnostics::new();
        let metrics = findings.absorb(load_metrics(&tree, &TreePath::root())).unwrap_or_default();
        findings.extend(lint_metrics(&tree, &metrics, &CONTENT.ontology, &CONTENT.library));
        let sources = Sources::locating(&tree, probity_oscal::locate_all);
        sources.look_up(findings.iter());
        let mut found: Vec<_> = findings.iter().map(|found| told(found, &sources)).collect();
        found.sort();
        found.into_iter().map(|(_, text)| text).collect()
    }

    /// The metric as it should be.
    fn mended(&self) -> Self {
        let mut mended = self.clone();
        for (old, new) in &self.mend {
            let mut times = 0;
            let mut replace = |text: &mut String| {
                times += text.matches(old.as_str()).count();
                *text = text.replace(old.as_str(), new);
            };
            replace(&mut mended.rego);
            let fields = [&mut mended.property, &mut mended.operator].into_iter().flatten();
            fields.chain(&mut mended.types).chain(&mut mended.target).for_each(&mut replace);
            mended.cases.iter_mut().flatten().for_each(&mut replace);
            assert!(times > 0, "{}: `{old}` is not there to be mended", self.name);
        }
        mended
    }
}

/// A finding as it is told, after its place.
fn told(finding: &Diagnostic, sources: &Sources<'_>) -> (Option<Position>, String) {
    let position = finding.primary.as_ref().and_then(|label| sources.position(&label.location));
    (position, short(finding, sources))
}

#[rstest]
fn wrong_metrics_are_told_and_mended_ones_are_clean(
    #[files("tests/it/lint/*.yaml")] file: std::path::PathBuf,
) {
    let bytes = std::fs::read(&file).unwrap();
    let cases = document::parse(&bytes, &path("cases.yaml"), Format::Yaml, Limits::default()).unwrap().value;
    let cases: Vec<Wrong> = serde_json::from_value(cases).unwrap();
    let mut differences = Vec::new();
    for case in &cases {
        let found = case.found();
        let expected: Vec<&str> = case.findings.iter().map(|text| text.trim_end()).collect();
        if found != expected {
            let lines: Vec<String> = found.iter().map(|text| format!("    - {text:?}")).collect();
            differences.push(format!("- name: {}\n  findings:\n{}", case.name, lines.join("\n")));
        }
        let left = case.mended().found();
        if !left.is_empty() {
            differences.push(format!("- mended: {}\n{}", case.name, left.join("\n")));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn bundled_metrics_are_clean() {
    let findings = lint_metrics(&CONTENT.tree, &CONTENT.metrics, &CONTENT.ontology, &CONTENT.library);
    let sources = Sources::locating(&CONTENT.tree, probity_oscal::locate_all);
    sources.look_up(findings.iter());
    let told: Vec<String> = findings.iter().map(|found| short(found, &sources)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn a_metric_that_costs_too_much_is_let_be() {
    let mut rego = String::from("f0(x) if x.enabeld == true\n");
    for level in 1..22 {
        let call = format!("f{}(x)", level - 1);
        writeln!(rego, "f{level}(x) if {{ {call}; {call}; {call} }}").unwrap();
    }
    rego.push_str("compliant if f21(input.secureBoot)\n");
    let subject = serde_json::json!({ "name": "wide", "rego": rego, "findings": [], "mend": {} });
    let subject: Wrong = serde_json::from_value(subject).unwrap();
    assert!(subject.found().len() <= 1, "{:#?}", subject.found());
}
