//! A corpus of mistakes: every case in `cases/changes` changes one of the clean documents in `documents/ferry`, and
//! says what is found, where, and nothing else.

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{Diagnostic, MemoryTree, Place, Pointer, TreePath};
use probity_oscal::constraint::{self, Rules};
use probity_oscal::reference::{self, Library};
use probity_oscal::schema::ROOTS;
use probity_oscal::{locate_all, read, to_json, to_xml, to_yaml};
use rstest::rstest;
use serde::Deserialize;
use serde_json::Value;

use crate::patch::{self, Step};
use crate::reference::{files, own};

/// Changes to one document.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// Model of the document that is changed.
    of: String,
    change: Vec<Step>,
    /// Format that the changed document is written in; JSON where it is not said.
    #[serde(default)]
    format: Written,
    /// The findings: `severity code [rule] key|value pointer [@line]`.
    finds: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Written {
    #[default]
    Json,
    Yaml,
    Xml,
}

/// The clean document of a model.
pub(crate) fn clean(model: &str) -> Value {
    let path = TreePath::parse(&format!("documents/ferry/{model}.yaml")).unwrap();
    document::read(&own(), &path, Format::Yaml).unwrap().value
}

fn cases(theme: &TreePath) -> Vec<Case> {
    let cases = document::read(&own(), theme, Format::Yaml).unwrap().value;
    serde_json::from_value(cases).unwrap_or_else(|error| panic!("{theme}: {error}"))
}

/// A document in a file, and where its findings point to.
struct File {
    value: Value,
    path: TreePath,
    tree: MemoryTree,
}

impl File {
    /// Writes a document, and reads it again.
    fn of(value: &Value, written: Written) -> Self {
        let (path, text) = match written {
            Written::Json => ("x.json", to_json(value).unwrap()),
            Written::Yaml => ("x.yaml", to_yaml(value).unwrap()),
            Written::Xml => ("x.xml", to_xml(value).unwrap()),
        };
        let tree = MemoryTree::of([(path, text.clone())]).unwrap();
        let path = TreePath::parse(path).unwrap();
        let (_, value) = read(text.as_bytes(), &path).unwrap().value;
        Self { value, path, tree }
    }

    /// What is found, each in one line.
    fn found(&self, rules: &Rules) -> Vec<String> {
        let sources = Sources::locating(&self.tree, locate_all);
        let findings = constraint::validate(&self.value, &self.path, rules);
        findings.iter().map(|finding| self.describe(finding, &sources)).collect()
    }

    fn describe(&self, finding: &Diagnostic, sources: &Sources<'_>) -> String {
        let location = &finding.primary.as_ref().unwrap().location;
        let (kind, pointer) = match &location.place {
            Place::Value(pointer) => ("value", pointer),
            Place::Key(pointer) => ("key", pointer),
            other => panic!("{} points to {other:?}", finding.message),
        };
        let line = sources.position(location).unwrap().line;
        if self.path.extension() == Some("json") {
            assert_eq!(Some(line), line_of(&self.value, pointer), "line of {pointer}");
        }
        let rule = finding.rule.as_ref().map(|rule| format!(" {rule}")).unwrap_or_default();
        format!("{} {}{rule} {kind} {pointer} @{line}", finding.severity, finding.code.id)
    }
}

/// The line of a place in a document that is written with one member or item a line.
fn line_of(document: &Value, pointer: &Pointer) -> Option<usize> {
    let (mut value, mut line) = (document, 1);
    for token in pointer.tokens() {
        match value {
            Value::Object(members) => {
                let before = members.iter().take_while(|(key, _)| **key != token);
                line += 1 + before.map(|(_, member)| lines(member)).sum::<usize>();
                value = members.get(&token)?;
            }
            Value::Array(items) => {
                let index: usize = token.parse().ok()?;
                line += 1 + items.iter().take(index).map(lines).sum::<usize>();
                value = items.get(index)?;
            }
            _ => return None,
        }
    }
    Some(line)
}

/// How many lines a value takes.
fn lines(value: &Value) -> usize {
    match value {
        Value::Object(members) if !members.is_empty() => 2 + members.values().map(lines).sum::<usize>(),
        Value::Array(items) if !items.is_empty() => 2 + items.iter().map(lines).sum::<usize>(),
        _ => 1,
    }
}

/// Whether what was found is what was expected; an expectation need not say the line.
fn agrees(expected: &str, found: &str) -> bool {
    if expected.contains(" @") { expected == found } else { found.starts_with(&format!("{expected} @")) }
}

#[test]
fn clean_documents_have_no_findings() {
    let rules = Rules::oscal();
    for root in ROOTS {
        for written in [Written::Json, Written::Yaml, Written::Xml] {
            let found = File::of(&clean(root.key), written).found(&rules);
            assert!(found.is_empty(), "{}: {found:#?}", root.key);
        }
    }
}

#[test]
fn clean_documents_refer_to_what_is_there() {
    let (tree, library) = (own(), Library::new());
    let sources = Sources::locating(&tree, locate_all);
    for root in ROOTS {
        let path = TreePath::parse(&format!("documents/ferry/{}.yaml", root.key)).unwrap();
        let findings = reference::check(&tree, &clean(root.key), &path, &library);
        let findings: Vec<String> = findings.iter().map(|finding| short(finding, &sources)).collect();
        assert!(findings.is_empty(), "{findings:#?}");
    }
}

#[test]
fn clean_documents_are_the_same_in_every_format() {
    for root in ROOTS {
        let value = clean(root.key);
        for written in [Written::Json, Written::Yaml, Written::Xml] {
            assert_eq!(File::of(&value, written).value, value, "{} in {written:?}", root.key);
        }
    }
}

fn themes() -> Vec<TreePath> {
    files(&own(), "cases/changes", &["yaml"])
}

/// Rules with the names of the cases in which they find something.
pub(crate) fn found_by_rules() -> Vec<(String, String)> {
    let rule = |finding: &String| Some(finding.split(' ').nth(2)?.to_owned());
    let of = |case: Case| case.finds.iter().filter_map(rule).map(|rule| (rule, case.name.clone())).collect();
    let mut found: Vec<(String, String)> =
        themes().iter().flat_map(cases).flat_map::<Vec<_>, _>(of).collect();
    found.dedup();
    found
}

#[test]
fn every_change_is_found_where_it_was_made_and_nothing_else() {
    let rules = Rules::oscal();
    let mut surprises = Vec::new();
    for theme in themes() {
        for case in cases(&theme) {
            let mut value = clean(&case.of);
            patch::apply(&mut value, &case.change);
            let found = File::of(&value, case.format).found(&rules);
            let same = found.len() == case.finds.len()
                && case.finds.iter().zip(&found).all(|(expected, found)| agrees(expected, found));
            if !same {
                surprises.push(format!(
                    "{theme}: {}\n  expected {:#?}\n  found {found:#?}",
                    case.name, case.finds
                ));
            }
        }
    }
    assert!(surprises.is_empty(), "{} surprises\n{}", surprises.len(), surprises.join("\n"));
}

#[rstest]
#[case::all(|_: &Case| true, 240)]
#[case::with_a_line(|case: &Case| case.finds.iter().any(|finding| finding.contains(" @")), 30)]
#[case::in_yaml(|case: &Case| case.format == Written::Yaml, 6)]
#[case::in_xml(|case: &Case| case.format == Written::Xml, 6)]
fn there_are_enough_cases(#[case] counts: fn(&Case) -> bool, #[case] at_least: usize) {
    let count = themes().iter().flat_map(cases).filter(counts).count();
    assert!(count >= at_least, "{count} cases, not {at_least}");
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let mut names: Vec<String> = themes().iter().flat_map(cases).map(|case| case.name).collect();
    names.sort_unstable();
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}
