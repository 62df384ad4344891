//! The published revisions of SP 800-53, compared, against a script that knows ids and text only.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use probity_diagnostics::{FileTree, TreePath};
use probity_oscal::difference::{About, Change, Difference, Item, Options, difference};
use probity_oscal::read;
use serde_json::Value;

use crate::reference::{bytes, reference, variable};

const FOLDER: &str = "oscal-content/nist.gov/SP800-53";
const REV4: &str = "rev4/json/NIST_SP-800-53_rev4_catalog-min.json";
const REV4_MODERATE: &str = "rev4/json/NIST_SP-800-53_rev4_MODERATE-baseline-resolved-profile_catalog.json";
const REV5: &str = "rev5/json/NIST_SP-800-53_rev5_catalog.json";
/// Made of catalog 5.1.1, where [`REV5`] is 5.2.0.
const REV5_MODERATE: &str = "rev5/json/NIST_SP-800-53_rev5_MODERATE-baseline-resolved-profile_catalog.json";

fn document(tree: &dyn FileTree, file: &str) -> Value {
    let path = TreePath::parse(&format!("{FOLDER}/{file}")).unwrap();
    read(&bytes(tree, &path), &path).unwrap().value.1
}

/// The ids of controls that are wanted, in order.
fn ids(found: &Difference, wanted: impl Fn(&Item) -> bool) -> Vec<String> {
    let controls = found.items.iter().filter(|item| item.kind == "control" && wanted(item));
    let mut ids: Vec<String> = controls.map(|item| item.id.clone()).collect();
    ids.sort();
    ids
}

fn says_something_else(item: &Item) -> bool {
    let text = [About::Title, About::Statement, About::Guidance, About::Part, About::Parameter];
    let differs = item.details.iter().any(|detail| text.contains(&detail.about) || detail.name == "parts");
    differs && !item.is(Change::Added) && !item.is(Change::Removed)
}

/// What the script says of two files; none, with a printed reason, where there is no Python and it is not required.
fn oracle(before: &str, after: &str) -> Option<BTreeMap<String, Vec<String>>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/controls.py");
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference");
    let folder = variable("PROBITY_REFERENCE").map_or(beside, Into::into).join(FOLDER);
    let files = [before, after].map(|file| folder.join(file));
    let mut python = Command::new("python3");
    let Ok(output) = python.arg(script).args(files).stderr(Stdio::inherit()).output() else {
        assert!(variable("PROBITY_REQUIRE_ORACLE").is_none(), "python3 is absent");
        println!("skipped the comparison with the script: python3 is absent");
        return None;
    };
    assert!(output.status.success(), "the script failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn revisions_differ_in_the_controls_that_ids_and_text_say() {
    let Some(tree) = reference() else { return };
    for (before, after) in [(REV4, REV5), (REV5, REV4), (REV4, REV4_MODERATE), (REV5_MODERATE, REV5)] {
        let Some(expected) = oracle(before, after) else { return };
        let (old, new) = (document(&tree, before), document(&tree, after));
        let found = difference(Some(&old), Some(&new), Options::default()).unwrap();
        let sets = [
            ("added", ids(&found, |item| item.is(Change::Added))),
            ("removed", ids(&found, |item| item.is(Change::Removed))),
            ("withdrawn", ids(&found, |item| item.is(Change::Withdrawn))),
            ("reworded", ids(&found, says_something_else)),
        ];
        for (name, ids) in sets {
            let wanted = &expected[name];
            let missing: Vec<&String> = wanted.iter().filter(|id| !ids.contains(id)).collect();
            let surplus: Vec<&String> = ids.iter().filter(|id| !wanted.contains(id)).collect();
            assert!(missing.is_empty(), "{before} to {after}: {name}, but not told: {missing:?}");
            assert!(surplus.is_empty(), "{before} to {after}: not {name}, but told: {surplus:?}");
        }
        println!("{before} to {after}: {:?}", found.totals);
    }
}
