//! One mistake at a time: `cases/mutations.yaml` changes one of the documents, and says what is found and where.

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::render::Sources;
use probity_diagnostics::{Diagnostic, Diagnostics, MemoryTree, Place, TreePath};
use probity_oscal::{load, locate_all};
use serde::Deserialize;

use crate::reference::{bytes, own};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// Document to change.
    of: String,
    /// Text that stands once in it.
    replace: String,
    /// What is put there.
    with: String,
    /// The findings: `severity code place line:column message (help)`.
    finds: Vec<String>,
}

fn cases() -> Vec<Case> {
    let tree = own();
    let path = TreePath::parse("cases/mutations.yaml").unwrap();
    let cases = document::read(&tree, &path, Format::Yaml).unwrap().value;
    serde_json::from_value(cases).unwrap()
}

/// Loads a document with one change and writes down what is found.
fn outcome(case: &Case) -> Vec<String> {
    let path = TreePath::parse(&case.of).unwrap();
    let original =
        String::from_utf8(bytes(&own(), &TreePath::parse(&format!("documents/{path}")).unwrap())).unwrap();
    assert_eq!(
        original.matches(&case.replace).count(),
        1,
        "{}: `{}` must stand once",
        case.name,
        case.replace
    );
    let changed = original.replace(&case.replace, &case.with);
    let tree = MemoryTree::of([(path.as_str(), changed)]).unwrap();
    let findings: Diagnostics = match load(&tree, &path) {
        Ok(loaded) => loaded.warnings,
        Err(findings) => findings,
    };
    let sources = Sources::locating(&tree, locate_all);
    findings.iter().map(|finding| describe(finding, &sources)).collect()
}

pub(crate) fn describe(finding: &Diagnostic, sources: &Sources<'_>) -> String {
    let location = finding.primary.as_ref().map(|label| &label.location);
    let place = match location.map(|location| &location.place) {
        Some(Place::Value(pointer)) => format!("value {pointer}"),
        Some(Place::Key(pointer)) => format!("key {pointer}"),
        Some(Place::Span(_) | Place::Line(_)) => "text".to_owned(),
        Some(Place::File) | None => "file".to_owned(),
    };
    let at = location.and_then(|location| sources.position(location));
    let at = at.map(|at| format!(" {}:{}", at.line, at.column)).unwrap_or_default();
    let help = finding.helps.iter().map(|help| format!(" ({help})")).collect::<Vec<_>>().concat();
    format!("{} {} {place}{at} {}{help}", finding.severity, finding.code.id, finding.message)
}

#[test]
fn every_mistake_is_found_where_it_stands() {
    let mut surprises = Vec::new();
    for case in cases() {
        let found = outcome(&case);
        if found != case.finds {
            surprises.push(format!("{}:\n  expected {:#?}\n  found {found:#?}", case.name, case.finds));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}
