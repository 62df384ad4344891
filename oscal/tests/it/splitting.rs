//! Documents in pieces: taken apart and put together they are the same, file by file and value by value.

use std::collections::BTreeMap;

use probity_diagnostics::document::{self, Comments, Format, Limits};
use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{Diagnostics, FileTree, MemoryTree, TreePath};
use probity_oscal::constraint::Rules;
use probity_oscal::reference::Library;
use probity_oscal::split::{self, assemble, relocated, split};
use probity_oscal::{load, locate_all, read, validate_file};
use proptest::prelude::*;
use serde_json::Value;

use crate::random;
use crate::reference::{bytes, files, own, reference};

fn folder() -> TreePath {
    TreePath::parse("doc").unwrap()
}

/// A tree with the files of a document in the folder `doc`.
fn tree(files: &BTreeMap<String, Vec<u8>>) -> MemoryTree {
    MemoryTree::of(files.iter().map(|(path, text)| (format!("doc/{path}"), text.clone()))).unwrap()
}

fn apart(document: &Value) -> BTreeMap<String, Vec<u8>> {
    split(document, &Comments::default()).unwrap()
}

fn together(tree: &MemoryTree) -> Value {
    match assemble(tree, &folder()) {
        Ok(assembled) => assembled.value,
        Err(findings) => panic!("{}", told(tree, &findings)),
    }
}

fn told(tree: &dyn FileTree, findings: &Diagnostics) -> String {
    let sources = Sources::locating(tree, locate_all);
    findings.iter().map(|finding| short(finding, &sources)).collect::<Vec<_>>().join("\n")
}

/// How many files a document has, which is the same after every round.
fn survives(document: &Value, name: &str) -> usize {
    let files = apart(document);
    let folded: std::collections::BTreeSet<String> = files.keys().map(|path| path.to_lowercase()).collect();
    assert_eq!(folded.len(), files.len(), "{name}: names differ in case alone");
    let again = together(&tree(&files));
    assert!(again == *document, "{name} is not the same after it was taken apart and put together");
    assert!(apart(&again) == files, "{name} gives other files the second time");
    files.len()
}

#[test]
fn published_documents_survive() {
    let Some(tree) = reference() else { return };
    let mut most = 0;
    for path in files(&tree, "oscal-content", &["json", "xml", "yaml"]) {
        let Ok(read) = read(&bytes(&tree, &path), &path) else { continue };
        most = most.max(survives(&read.value.1, path.as_str()));
    }
    assert!(most > 1100, "no document has more than {most} files");
}

#[test]
fn own_documents_survive() {
    let own = own();
    for path in own.walk(&TreePath::parse("documents").unwrap()).unwrap() {
        survives(&load(&own, &path).unwrap().value.value, path.as_str());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_documents_survive(seed in any::<u64>()) {
        survives(&random::document(seed), "random");
    }
}

const CATALOG: &str = "\
# A catalog of ours.
catalog:
  uuid: 00000000-0000-4000-8000-000000000000
  metadata:
    title: Title
    last-modified: \"2026-01-01T00:00:00Z\"
    version: \"1\"
    oscal-version: 1.2.2
  groups:
    # what is allowed
    - id: ac
      title: Access
      controls:
        # the policy
        - id: ac-1
          title: Policy # reviewed
          params:
            - id: ac-1_p
              label: period
          controls:
            - id: ac-1.1
              title: Enhancement
        - id: ac-10
          title: Ten
        - id: ac-2
          title: Two
    - id: ../au
      title: Audit
";

fn catalog() -> (Value, Comments) {
    let path = TreePath::parse("x.yaml").unwrap();
    let value = document::parse(CATALOG.as_bytes(), &path, Format::Yaml, Limits::default()).unwrap().value;
    (value, Comments::of(CATALOG))
}

fn shown(files: &BTreeMap<String, Vec<u8>>) -> String {
    let texts = files.iter().map(|(path, text)| format!("== {path}\n{}", String::from_utf8_lossy(text)));
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn files_are_as_people_would_write_them() {
    let (value, comments) = catalog();
    insta::assert_snapshot!("split_catalog", shown(&split(&value, &comments).unwrap()));
}

fn edited(edit: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> MemoryTree {
    let mut files = apart(&catalog().0);
    edit(&mut files);
    tree(&files)
}

#[test]
fn new_files_find_their_place() {
    let tree = edited(|files| {
        files.insert("groups/ac/controls/ac-3.yml".into(), b"control: {id: ac-3, title: Three}".to_vec());
        files.insert(
            "groups/ac/controls/ac-1/controls/ac-1.2.json".into(),
            br#"{"control":{"id":"ac-1.2","title":"x"}}"#.to_vec(),
        );
        files.insert("groups/ac/controls/aa-1.yaml".into(), b"control: {id: aa-1, title: First}".to_vec());
        files.insert("README.md".into(), b"what this is".to_vec());
        files.remove("groups/ac/controls/ac-2.yaml");
    });
    let value = together(&tree);
    let ids = |pointer: &str| -> Vec<&str> {
        value
            .pointer(pointer)
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["id"].as_str().unwrap())
            .collect()
    };
    // ac-10 stood before ac-2 on purpose: the new one stands behind what it follows by name
    assert_eq!(ids("/catalog/groups/0/controls"), ["aa-1", "ac-1", "ac-3", "ac-10"]);
    assert_eq!(ids("/catalog/groups/0/controls/1/controls"), ["ac-1.1", "ac-1.2"]);
}

#[test]
fn folders_that_are_not_whole_are_refused() {
    type Edit = fn(&mut BTreeMap<String, Vec<u8>>);
    let cases: &[(&str, Edit)] = &[
        ("a stray file", |files| {
            files.insert("groups/ac/control/ac-7.yaml".into(), b"control: {id: ac-7}".to_vec());
        }),
        ("the file of a group is gone", |files| {
            files.remove("groups/ac.yaml");
        }),
        ("another kind", |files| {
            files.insert("groups/ac/controls/ac-2.yaml".into(), b"group: {id: ac-2}".to_vec());
        }),
        ("a whole document", |files| {
            files.insert("groups/ac/controls/ac-2.yaml".into(), CATALOG.as_bytes().to_vec());
        }),
        ("twice", |files| {
            files.insert("groups/ac/controls/ac-2.json".into(), b"{}".to_vec());
        }),
        ("a list in both places", |files| {
            files.insert(
                "groups/ac.yaml".into(),
                b"group: {id: ac, title: A, controls: [{id: x, title: X}]}".to_vec(),
            );
        }),
        ("no mark", |files| {
            files.insert("split.yaml".into(), b"catalog: {}".to_vec());
        }),
        ("a later form", |files| {
            files.insert("split.yaml".into(), b"probity-split: 2\ncatalog: {}".to_vec());
        }),
        ("no model", |files| {
            files.insert("split.yaml".into(), b"probity-split: 1".to_vec());
        }),
        ("no YAML", |files| {
            files.insert("groups/ac/controls/ac-2.yaml".into(), b"control: [".to_vec());
        }),
        ("an order of something else", |files| {
            files
                .insert("groups/ac.yaml".into(), b"order: {controls: 1}\ngroup: {id: ac, title: A}".to_vec());
        }),
    ];
    let told = cases.iter().map(|(name, edit)| {
        let tree = edited(edit);
        format!("== {name}\n{}", told(&tree, &assemble(&tree, &folder()).unwrap_err()))
    });
    insta::assert_snapshot!("split_refused", told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn findings_stand_in_the_small_files() {
    let tree = edited(|files| {
        let text = b"control: {id: ac-2, titel: Two, parts: [{name: statement, prose: Do., id: 'a b'}]}";
        files.insert("groups/ac/controls/ac-2.yaml".into(), text.to_vec());
    });
    for path in ["doc", "doc/split.yaml"] {
        let path = TreePath::parse(path).unwrap();
        let findings = validate_file(&tree, &path, &Rules::oscal(), &Library::new());
        let findings: Diagnostics = relocated(&tree, &findings).into_iter().collect();
        insta::assert_snapshot!("split_findings", told(&tree, &findings));
        assert!(load(&tree, &path).is_err());
    }
}

#[test]
fn pieces_are_no_documents() {
    let paths = ["a.yaml", "d/groups/ac.yaml", "d/split.yaml", "d/x/split.yaml", "e/b.yaml"];
    let paths = paths.map(|path| TreePath::parse(path).unwrap()).to_vec();
    let documents: Vec<String> = split::documents(paths).iter().map(TreePath::to_string).collect();
    assert_eq!(documents, ["a.yaml", "d", "e/b.yaml"]);
}

#[test]
fn a_piece_can_stand_in_a_document_of_its_own() {
    let value = |text: &str| {
        let path = TreePath::parse("x.yaml").unwrap();
        document::parse(text.as_bytes(), &path, Format::Yaml, Limits::default()).unwrap().value
    };
    let cases = [
        ("control: {id: a-1, title: A}", "/catalog/controls/0/id"),
        ("order: {controls: [b, a]}\ngroup: {id: a, title: A}", "/catalog/groups/0/id"),
        ("probity-split: 1\norder: {groups: [b, a]}\ncatalog: {uuid: u}", "/catalog/uuid"),
        ("alter: {control-id: a-1, adds: []}", "/profile/modify/alters/0/control-id"),
        (
            "implemented-requirement: {uuid: u, control-id: a, description: d}",
            "/component-definition/components/0/control-implementations/0/implemented-requirements/0/uuid",
        ),
        (
            "implemented-requirement: {uuid: u, control-id: a, by-components: []}",
            "/system-security-plan/control-implementation/implemented-requirements/0/uuid",
        ),
        ("poam-item: {title: T, description: D}", "/plan-of-action-and-milestones/poam-items/0/title"),
        ("map: {uuid: u, relationship: equal-to}", "/mapping-collection/mappings/0/maps/0/uuid"),
    ];
    for (text, pointer) in cases {
        let document = split::enclosed(&value(text)).unwrap_or_else(|| panic!("{text} is no piece"));
        assert!(document.pointer(pointer).is_some(), "{text}: {document}");
    }
    for text in ["catalog: {}", "kind: Pod", "control: 1", "control: {}\ngroup: {}", "- 1"] {
        assert_eq!(split::enclosed(&value(text)), None, "{text}");
    }
}
