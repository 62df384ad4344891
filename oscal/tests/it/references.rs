//! References inside documents and between them: `cases/references.yaml` changes documents of `references/`, and says
//! what is found and where.

use std::fmt::Write as _;

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, MemoryTree, Place, TreePath};
use probity_oscal::constraint::{self, Rules, codes as constraints};
use probity_oscal::reference::{self, Library, check};
use probity_oscal::{load, locate_all};
use serde::Deserialize;

use crate::reference::{bytes, files, own, reference};

/// References of published documents that lead nowhere.
const DEBT: &str = include_str!("../cases/dangling.txt");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// Document to check.
    of: String,
    changes: Vec<Change>,
    /// The findings: `severity code place message (help) [other document]`.
    finds: Vec<String>,
    /// Constraints of the standard that find the mistake.
    #[serde(default)]
    rules: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Document to change; the one that is checked where it is not said.
    r#in: Option<String>,
    /// Text that stands once in it.
    replace: String,
    /// What is put there.
    with: String,
}

/// The text with `<7>` in place of uuids that end in 7.
fn short_uuids(text: &str) -> String {
    let mut parts = text.split("00000000-0000-4000-8000-");
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at(12);
        match digits.parse::<u32>() {
            Ok(number) => write!(short, "<{number}>{rest}").unwrap(),
            Err(_) => write!(short, "00000000-0000-4000-8000-{part}").unwrap(),
        }
    }
    short
}

/// The text with uuids in place of `<7>`.
fn long_uuids(text: &str) -> String {
    let mut parts = text.split('<');
    let mut long = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('>').map(|(digits, rest)| (digits.parse::<u32>(), rest)) {
            Some((Ok(number), rest)) => write!(long, "00000000-0000-4000-8000-{number:012}{rest}").unwrap(),
            _ => write!(long, "<{part}").unwrap(),
        }
    }
    long
}

/// The documents, in memory.
fn documents() -> MemoryTree {
    let tree = own();
    let name = |path: &TreePath| path.as_str().trim_start_matches("references/").to_owned();
    let documents = files(&tree, "references", &["yaml"]).into_iter();
    MemoryTree::of(documents.map(|path| (name(&path), bytes(&tree, &path)))).unwrap()
}

fn changed(case: &Case) -> MemoryTree {
    let mut tree = documents();
    for change in &case.changes {
        let path = TreePath::parse(change.r#in.as_ref().unwrap_or(&case.of)).unwrap();
        let text = String::from_utf8(bytes(&tree, &path)).unwrap();
        let (replace, with) = (long_uuids(&change.replace), long_uuids(&change.with));
        assert_eq!(text.matches(&replace).count(), 1, "{}: `{}` must stand once", case.name, change.replace);
        tree.insert(path, text.replace(&replace, &with));
    }
    tree
}

fn outcome(case: &Case) -> Vec<String> {
    let (tree, path) = (&changed(case), &TreePath::parse(&case.of).unwrap());
    let loaded = load(tree, path).unwrap_or_else(|errors| panic!("{}: {errors:#?}", case.name)).value;
    let findings: Diagnostics = check(tree, &loaded.value, path, &Library::new());
    findings.iter().map(|finding| short_uuids(&describe(finding, path))).collect()
}

fn describe(finding: &Diagnostic, path: &TreePath) -> String {
    let location = &finding.primary.as_ref().unwrap().location;
    let place = match &location.place {
        Place::Value(pointer) | Place::Key(pointer) => pointer.to_string(),
        _ => "file".to_owned(),
    };
    let file = if location.file == *path { String::new() } else { location.file.to_string() };
    let help = finding.helps.iter().map(|help| format!(" ({help})")).collect::<Vec<_>>().concat();
    let also = finding.secondary.iter().map(|label| match &label.location.place {
        Place::Value(pointer) => format!(" [{} {pointer}: {}]", label.location.file, label.text),
        _ => format!(" [{}: {}]", label.location.file, label.text),
    });
    let also: String = also.collect();
    format!("{} {} {file}{place} {}{help}{also}", finding.severity, finding.code.id, finding.message)
}

fn cases() -> Vec<Case> {
    let cases = document::read(&own(), &TreePath::parse("cases/references.yaml").unwrap(), Format::Yaml);
    serde_json::from_value(cases.unwrap().value).unwrap()
}

#[test]
fn every_wrong_reference_is_found_where_it_stands() {
    let mut surprises = Vec::new();
    for case in cases() {
        let found = outcome(&case);
        if found != case.finds {
            surprises.push(format!("{}:\n  expected {:#?}\n  found {found:#?}", case.name, case.finds));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

/// The object that a finding is about.
fn object(finding: &Diagnostic) -> String {
    let Some(Place::Value(pointer) | Place::Key(pointer)) =
        finding.primary.as_ref().map(|label| &label.location.place)
    else {
        return String::new();
    };
    let pointer = pointer.as_str();
    let is_key = |token: &str| !token.chars().all(|c| c.is_ascii_digit());
    pointer.rsplit_once('/').filter(|(_, last)| is_key(last)).map_or(pointer, |(object, _)| object).to_owned()
}

#[test]
fn what_constraints_find_is_left_to_them() {
    let rules = Rules::oscal();
    let kinds = [&constraints::INDEX, &constraints::INDEX_HAS_KEY, &constraints::IS_UNIQUE];
    let mut surprises = Vec::new();
    for case in cases() {
        let (tree, path) = (changed(&case), TreePath::parse(&case.of).unwrap());
        let value = load(&tree, &path).unwrap().value.value;
        let theirs = constraint::check(&value, &path, &rules);
        let theirs: Vec<_> = theirs.iter().filter(|finding| kinds.contains(&finding.code)).collect();
        let found: Vec<&str> = theirs.iter().map(|finding| finding.rule_id()).collect();
        if found != case.rules {
            surprises.push(format!("{}: expected {:?}, found {found:?}", case.name, case.rules));
        }
        for ours in &check(&tree, &value, &path, &Library::new()) {
            let twice = theirs.iter().find(|finding| object(finding) == object(ours));
            surprises.extend(twice.map(|theirs| format!("{}: {ours:#?} {theirs:#?}", case.name)));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

#[test]
fn documents_that_fit_together_are_without_findings() {
    let tree = documents();
    let library = Library::new();
    let mut count = 0;
    for path in tree.walk(&TreePath::root()).unwrap() {
        let loaded = load(&tree, &path).unwrap().value;
        let found = check(&tree, &loaded.value, &path, &library);
        assert!(found.is_empty(), "{path}: {found:#?}");
        count += 1;
    }
    assert_eq!(count, 10);
}

#[test]
fn references_of_published_documents() {
    let Some(tree) = reference() else { return };
    let sources = Sources::locating(&tree, locate_all);
    let library = Library::new();
    let mut found = Vec::new();
    for path in files(&tree, "oscal-content", &["json", "yaml", "xml"]) {
        let Ok(loaded) = load(&tree, &path) else { continue };
        let findings = check(&tree, &loaded.value.value, &path, &library);
        found.extend(findings.iter().map(|finding| short(finding, &sources)));
    }
    let known: Vec<&str> = DEBT.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let new: Vec<&String> = found.iter().filter(|finding| !known.contains(&finding.as_str())).collect();
    let gone: Vec<&&str> = known.iter().filter(|known| !found.iter().any(|found| found == *known)).collect();
    assert!(new.is_empty() && gone.is_empty(), "not listed: {new:#?}\nno longer found: {gone:#?}");
}

#[test]
fn codes_are_unique_and_in_their_range() {
    let codes: Vec<&str> = reference::codes::CODES.iter().map(|code| code.id).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    assert!(codes.iter().all(|id| id.starts_with("PB016")), "{codes:?}");
}
