//! Which colour a document has: a table of documents with what stands beside them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use probity_diagnostics::{MemoryTree, TreePath};
use probity_sharing::marking::{Sidecar, look_up};
use probity_sharing::{Label, Stop};
use serde_json::Value;

use crate::table;

/// What came of a case, in one line: the marking, or the rules that refuse it, or the codes of what cannot be read.
fn outcome(case: &Value) -> String {
    let path = TreePath::parse(case["file"].as_str().unwrap()).unwrap();
    let mut tree = MemoryTree::new();
    let text = case["text"].as_str().unwrap();
    tree.insert(path.clone(), with_base64(text));
    if let Some(sidecar) = case["sidecar"].as_str() {
        tree.insert(TreePath::parse(&format!("{path}.marking.yaml")).unwrap(), sidecar);
    }
    match look_up(&tree, &path) {
        Ok(marking) => {
            let by = marking.originator.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
            format!("{marking}{by}")
        }
        Err(Stop::Refused(refusals)) => {
            assert!(
                refusals.iter().all(|one| one.document.starts_with(path.as_str()) && !one.remedy.is_empty())
            );
            let rules: Vec<String> = refusals
                .iter()
                .map(|one| format!("{} {}", one.rule, one.location.as_ref().map_or("", |_| "at a place")))
                .collect();
            let mut rules: Vec<&str> = rules.iter().map(|rule| rule.trim_end()).collect();
            rules.dedup();
            format!("refused {}", rules.join(", "))
        }
        Err(Stop::Unreadable(findings)) => {
            let codes: Vec<&str> = findings.iter().map(|finding| finding.code.id).collect();
            format!("unreadable {}", codes.join(", "))
        }
    }
}

/// The text with `BASE64(…)` replaced by what stands in the parentheses, encoded.
fn with_base64(text: &str) -> String {
    let Some((before, rest)) = text.split_once("BASE64(") else { return text.to_owned() };
    let (inner, after) = rest.split_once(")BASE64").unwrap();
    format!("{before}{}{after}", STANDARD.encode(inner))
}

#[test]
fn documents_have_the_colour_that_they_say() {
    let cases = table::read(include_str!("marking.yaml"));
    let wrong: Vec<String> = cases
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|case| {
            let (found, expected) = (outcome(case), case["is"].as_str().unwrap());
            (found != expected).then(|| format!("{}: {found}, not {expected}", case["name"]))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_in_the_table_are_told_apart() {
    let cases = table::read(include_str!("marking.yaml"));
    let names: std::collections::BTreeSet<&str> =
        cases.as_array().unwrap().iter().map(|case| case["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), cases.as_array().unwrap().len());
}

#[test]
fn a_sidecar_is_written_as_it_is_read() {
    let path = TreePath::parse("a.pdf.marking.yaml").unwrap();
    for label in Label::ALL {
        for originator in [None, Some("alpha".to_owned())] {
            let sidecar = Sidecar { label, originator };
            assert_eq!(Sidecar::read(sidecar.text().as_bytes(), &path).unwrap(), sidecar);
        }
    }
}
