//! What the fuzz targets do with bytes. The tests replay what fuzzing found.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "every target uses a part of it; a panic is what is looked for"
)]

use probity_diagnostics::render::{Human, Sources};
use probity_diagnostics::{Diagnostics, MemoryTree, TreePath};
use probity_oscal::constraint::{Rules, check};
use probity_oscal::metapath::{Expression, Scope, Tree};
use probity_oscal::{locate_all, read, to_json, to_xml, to_yaml, validate};
use serde_json::Value;

/// Reads bytes as JSON.
pub(crate) fn json(bytes: &[u8]) {
    reads(bytes, "json");
}

/// Reads bytes as YAML.
pub(crate) fn yaml(bytes: &[u8]) {
    reads(bytes, "yaml");
}

/// Reads bytes as XML.
pub(crate) fn xml(bytes: &[u8]) {
    reads(bytes, "xml");
}

/// Checks the constraints of a JSON document.
pub(crate) fn constraints(bytes: &[u8]) {
    let path = TreePath::parse("document.json").unwrap();
    if let Ok(warned) = read(bytes, &path) {
        shown(&check(&warned.value.1, &path, &Rules::oscal()), bytes, &path);
    }
}

/// Reads bytes as a file of constraints, and checks a document by them.
pub(crate) fn rules(bytes: &[u8]) {
    let path = TreePath::parse("rules.xml").unwrap();
    let tree = MemoryTree::of([("rules.xml", bytes.to_vec())]).unwrap();
    let mut rules = Rules::oscal();
    match rules.add(&tree, &path) {
        Ok(_) => {
            let (value, path) = small();
            shown(&check(&value, &path, &rules), SMALL.as_bytes(), &path);
        }
        Err(findings) => shown(&findings, bytes, &path),
    }
}

/// Evaluates bytes as a Metapath expression, from every node of a small document.
pub(crate) fn metapath(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(expression) = Expression::parse(text) else { return };
    let (value, _) = small();
    let tree = Tree::new(&value);
    let scope = Scope::new(&tree).with_steps(20_000);
    for node in tree.nodes() {
        let _ = expression.sequence(&scope, node);
        let _ = expression.holds(&scope, node);
    }
}

const SMALL: &str = include_str!("../documents/ferry/catalog.yaml");

fn small() -> (Value, TreePath) {
    let path = TreePath::parse("catalog.yaml").unwrap();
    (read(SMALL.as_bytes(), &path).unwrap().value.1, path)
}

/// What can be read is judged; what is right is written in every format, and read again as the same document.
fn reads(bytes: &[u8], extension: &str) {
    let path = TreePath::parse(&format!("document.{extension}")).unwrap();
    let value = match read(bytes, &path) {
        Ok(warned) => warned.value.1,
        Err(findings) => return shown(&findings, bytes, &path),
    };
    let findings = validate(&value, &path);
    shown(&findings, bytes, &path);
    if !findings.has_errors() {
        written(value);
    }
}

/// Prints findings, for which their places are looked up.
fn shown(findings: &Diagnostics, bytes: &[u8], path: &TreePath) {
    let tree = MemoryTree::of([(path.to_string(), bytes.to_vec())]).unwrap();
    let sources = Sources::locating(&tree, locate_all);
    let human = Human { color: false };
    assert!(findings.iter().all(|finding| !human.render(finding, &sources).is_empty()));
}

fn written(mut value: Value) {
    let texts = [
        ("json", to_json(&value).unwrap()),
        ("yaml", to_yaml(&value).unwrap()),
        ("xml", to_xml(&value).unwrap()),
    ];
    for (extension, text) in texts {
        if extension == "xml" {
            value.as_object_mut().unwrap().shift_remove("$schema");
        }
        let path = TreePath::parse(&format!("written.{extension}")).unwrap();
        let (_, again) = read(text.as_bytes(), &path).unwrap().value;
        assert_eq!(again, value, "written as {extension}");
    }
}
