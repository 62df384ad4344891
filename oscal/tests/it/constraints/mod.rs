//! Constraints: cases of each kind, files of constraints, and what they find in published documents.

mod external;
mod published;

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::render::Sources;
use probity_diagnostics::{Diagnostic, MemoryTree, TreePath};
use probity_oscal::constraint::{DEFECTS, Remedy, Rules, check, constraints, rule_id};
use rstest::rstest;
use serde::Deserialize;

use crate::reference::{files, own};

/// A document, and what its constraints find.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    document: String,
    /// Whether constraints that are wrong upstream are checked as they were published.
    #[serde(default)]
    published: bool,
    /// A file of constraints, beside those of OSCAL.
    #[serde(default)]
    constraints: String,
    /// The findings, see [`describe`].
    finds: Vec<String>,
}

pub(super) fn cases<T: serde::de::DeserializeOwned>(file: &str) -> Vec<T> {
    let path = TreePath::parse(&format!("constraints/{file}.yaml")).unwrap();
    let cases = document::read(&own(), &path, Format::Yaml).unwrap().value;
    serde_json::from_value(cases).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// `severity code rule line:column message (also line:column) (help)`; the rule only where there is one.
pub(super) fn describe(finding: &Diagnostic, sources: &Sources<'_>) -> String {
    let at = |label: &probity_diagnostics::Label| {
        let at = sources.position(&label.location);
        at.map_or_else(|| "file".to_owned(), |at| format!("{}:{}", at.line, at.column))
    };
    let place = finding.primary.as_ref().map(at).unwrap_or_default();
    let rule = finding.rule.as_ref().map(|rule| format!(" {rule}")).unwrap_or_default();
    let head = format!("{} {}{rule} {place} {}", finding.severity, finding.code.id, finding.message);
    let also = finding.secondary.iter().map(|label| format!(" (also {})", at(label)));
    let help = finding.helps.iter().map(|help| format!(" ({help})"));
    std::iter::once(head).chain(also).chain(help).collect::<Vec<_>>().concat()
}

/// What is found in the case's document.
fn found(case: &Case) -> Vec<String> {
    let files = [("x.yaml", case.document.clone()), ("rules.xml", case.constraints.clone())];
    let tree = MemoryTree::of(files).unwrap();
    let path = TreePath::parse("x.yaml").unwrap();
    let value =
        document::read(&tree, &path, Format::Yaml).unwrap_or_else(|why| panic!("{}: {why:?}", case.name));
    let mut rules = if case.published { Rules::with_upstream_defects() } else { Rules::oscal() };
    let sources = Sources::new(&tree);
    let mut lines = Vec::new();
    if !case.constraints.is_empty() {
        let file = TreePath::parse("rules.xml").unwrap();
        let added = rules.add(&tree, &file).map_or_else(|errors| errors, |added| added.warnings);
        lines.extend(added.iter().map(|finding| describe(finding, &sources)));
    }
    lines.extend(check(&value.value, &path, &rules).iter().map(|finding| describe(finding, &sources)));
    lines
}

#[rstest]
fn constraints_find_what_they_are_about(
    #[values(
        "allowed-values",
        "matches",
        "expect",
        "index",
        "index-has-key",
        "is-unique",
        "has-cardinality",
        "upstream",
        "files"
    )]
    kind: &str,
) {
    let mut surprises = Vec::new();
    let cases = cases::<Case>(kind);
    assert!(!cases.is_empty());
    for case in cases {
        let found = found(&case);
        if found != case.finds {
            surprises.push(format!("{}:\n  expected {:#?}\n  found {found:#?}", case.name, case.finds));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

#[test]
fn every_defect_is_one_of_the_constraints() {
    for defect in DEFECTS {
        let found = constraints().filter(|(declaration, constraint)| {
            rule_id(declaration, constraint) == defect.id
                && constraint.check.kind() == defect.kind
                && format!("{}/{}", declaration.module, declaration.path) == defect.definition
        });
        assert_eq!(found.count(), 1, "{} {}", defect.definition, defect.id);
    }
    let changed = DEFECTS.iter().filter(|defect| !matches!(defect.remedy, Remedy::Nothing));
    assert_eq!(changed.count(), 8);
}

/// A constraint without an id of its own is called by its definition, and no two of these have one name.
#[test]
fn constraints_without_an_id_have_different_names() {
    let unnamed = constraints().filter(|(_, constraint)| constraint.id.is_none());
    let mut names: Vec<String> =
        unnamed.map(|(declaration, constraint)| rule_id(declaration, constraint)).collect();
    assert_eq!(names.len(), 11);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 11);
}

/// What the constraints find in the documents of the other tests, kept by hand.
#[test]
fn documents_of_the_tests_break_the_constraints_that_are_listed() {
    let tree = own();
    let rules = Rules::oscal();
    let mut findings = Vec::new();
    let sources = Sources::new(&tree);
    for path in files(&tree, "documents", &["json", "yaml"]) {
        let format = Format::of(&path).unwrap();
        let value = document::read(&tree, &path, format).unwrap().value;
        let found = check(&value, &path, &rules);
        findings.extend(found.iter().map(|finding| format!("{path} {}", describe(finding, &sources))));
    }
    let listed: Vec<String> = cases("own");
    assert_eq!(findings, listed);
}
