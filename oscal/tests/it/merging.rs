//! What three versions of a document become: `merge/*.yaml`, in all three formats.

use std::collections::BTreeMap;
use std::path::PathBuf;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{self, Comments, Format, Limits};
use probity_oscal::merge::{Labels, Side, Versions, merge, merge_texts};
use probity_oscal::{read, write};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default = "catalog")]
    model: String,
    base: Value,
    ours: Value,
    theirs: Value,
    merged: Value,
    #[serde(default)]
    conflicts: BTreeMap<String, String>,
}

fn catalog() -> String {
    "catalog".to_owned()
}

/// A bare document with a patch laid over it.
fn document(model: &str, patch: &Value) -> Value {
    let mut bare = json!({
        "uuid": "00000000-0000-4000-8000-000000000000",
        "metadata": {
            "title": "Title", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.2.2",
        },
    });
    lay(&mut bare, patch);
    json!({ model: bare })
}

/// RFC 7396.
fn lay(target: &mut Value, patch: &Value) {
    match (target, patch) {
        (Value::Object(target), Value::Object(patch)) => {
            for (key, value) in patch {
                if value.is_null() {
                    target.remove(key);
                } else {
                    lay(target.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (target, patch) => *target = patch.clone(),
    }
}

fn texts(value: &Value, format: Format) -> Vec<u8> {
    let mut text = Vec::new();
    write(value, format, &Comments::default(), &mut text).unwrap();
    text
}

/// The text of one side where conflicts are left.
fn side(text: &str, wanted: Side) -> String {
    let (mut inside, mut taken) = (None, String::new());
    for line in text.split_inclusive('\n') {
        match line.get(..7) {
            Some("<<<<<<<") => inside = Some(Side::Ours),
            Some("=======") => inside = Some(Side::Theirs),
            Some(">>>>>>>") => inside = None,
            _ if inside.is_none_or(|inside| inside == wanted) => taken.push_str(line),
            _ => {}
        }
    }
    taken
}

fn check(case: &Case) {
    let version = |patch: &Value| document(&case.model, patch);
    let (base, ours, theirs) = (version(&case.base), version(&case.ours), version(&case.theirs));
    let merged = merge(&base, &ours, &theirs, Side::Ours);
    assert_eq!(merged.value, version(&case.merged), "{}", case.name);
    let conflicts: BTreeMap<String, String> = merged
        .conflicts
        .iter()
        .map(|conflict| {
            let reason = conflict.reason.to_string();
            (conflict.pointer.to_string(), reason.split(',').next().unwrap().to_owned())
        })
        .collect();
    assert_eq!(conflicts, case.conflicts, "{}", case.name);
    let other = merge(&base, &ours, &theirs, Side::Theirs);
    assert_eq!(other.conflicts.len(), merged.conflicts.len(), "{}", case.name);
    for (format, file) in [(Format::Json, "x.json"), (Format::Yaml, "x.yaml"), (Format::Xml, "x.xml")] {
        let path = TreePath::parse(file).unwrap();
        let [base, ours, theirs] = [&base, &ours, &theirs].map(|value| texts(value, format));
        let versions = Versions { base: &base, ours: &ours, theirs: &theirs };
        let done = merge_texts(versions, &path, &Labels::default())
            .unwrap_or_else(|findings| panic!("{}: {file}: {findings:?}", case.name));
        assert_eq!(done.conflicts, merged.conflicts, "{}: {file}", case.name);
        let text = String::from_utf8(done.text).unwrap();
        for (wanted, expected) in [(Side::Ours, &merged.value), (Side::Theirs, &other.value)] {
            let read = read(side(&text, wanted).as_bytes(), &path);
            let value = read.unwrap_or_else(|f| panic!("{}: {file}: {f:?}\n{text}", case.name)).value.1;
            if merged.conflicts.is_empty() || wanted == Side::Ours {
                assert_eq!(value, merged.value, "{}: {file}\n{text}", case.name);
            } else {
                assert_eq!(&value, expected, "{}: {file}\n{text}", case.name);
            }
        }
        assert_eq!(
            text.contains("<<<<<<< ours\n"),
            !merged.conflicts.is_empty(),
            "{}: {file}\n{text}",
            case.name
        );
    }
}

#[rstest::rstest]
fn three_versions_become_one(#[files("tests/merge/*.yaml")] file: PathBuf) {
    let name = file.file_name().unwrap().to_str().unwrap();
    let path = TreePath::parse("merge").unwrap().join(name).unwrap();
    let cases = document::read(&crate::reference::own(), &path, Format::Yaml).unwrap().value;
    let cases: Vec<Case> = serde_json::from_value(cases).unwrap();
    cases.iter().for_each(check);
}

/// A catalog with a comment beside, in a layout of its own.
const COMMENTED: &str = "\
# Our catalog.
catalog:
  uuid: 00000000-0000-4000-8000-000000000000
  metadata:
    title: Title
    last-modified: 2026-01-01T00:00:00Z
    version: '1'
    oscal-version: '1.2.2'

  controls:
    # the first one
    - id: a-1
      title: One
    # the second one
    - id: a-2
      title: Two # to be discussed
      parts:
        - id: a-2_smt
          name: statement
          prose: Review logs every 30 days.
";

fn merged(base: &str, ours: &str, theirs: &str, file: &str) -> String {
    let versions = Versions { base: base.as_bytes(), ours: ours.as_bytes(), theirs: theirs.as_bytes() };
    let done = merge_texts(versions, &TreePath::parse(file).unwrap(), &Labels::default()).unwrap();
    String::from_utf8(done.text).unwrap()
}

#[test]
fn comments_and_layout_stay() {
    let ours = COMMENTED.replace("title: One", "title: First").replace("2026-01-01", "2026-02-01");
    let theirs = COMMENTED
        .replace(
            "    # the second one\n",
            "    # an old one\n    - id: a-1.5\n      title: Between\n    # number two\n",
        )
        .replace("2026-01-01", "2026-03-01");
    insta::assert_snapshot!("merged_comments", merged(COMMENTED, &ours, &theirs, "x.yaml"));
}

#[test]
fn a_conflict_is_left_in_exactly_its_place() {
    let change = |days: &str, title: &str, date: &str| {
        let text = COMMENTED.replace("30 days", days).replace("title: One", title);
        text.replace("2026-01-01", date)
    };
    let ours = change("10 days", "title: First", "2026-02-01");
    let theirs = change("60 days", "title: One", "2026-03-01");
    insta::assert_snapshot!("conflict_in_yaml", merged(COMMENTED, &ours, &theirs, "x.yaml"));
    let path = TreePath::parse("x.yaml").unwrap();
    let value =
        |text: &str| document::parse(text.as_bytes(), &path, Format::Yaml, Limits::default()).unwrap().value;
    for (name, file, format) in
        [("conflict_in_json", "x.json", Format::Json), ("conflict_in_xml", "x.xml", Format::Xml)]
    {
        let [base, ours, theirs] =
            [COMMENTED, &ours, &theirs].map(|text| String::from_utf8(texts(&value(text), format)).unwrap());
        insta::assert_snapshot!(name, merged(&base, &ours, &theirs, file));
    }
}

#[test]
fn what_would_be_lost_is_not_merged() {
    let path = TreePath::parse("x.yaml").unwrap();
    let refuse = |base: &str, ours: &str, theirs: &str| {
        let versions = Versions { base: base.as_bytes(), ours: ours.as_bytes(), theirs: theirs.as_bytes() };
        let findings = merge_texts(versions, &path, &Labels::default()).unwrap_err();
        findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>().join("; ")
    };
    let ours = COMMENTED.replace("title: One", "title: First").replace("2026-01-01", "2026-02-01");
    let aliased = COMMENTED.replace("title: Two", "title: &t Two").replace("2026-01-01", "2026-03-01");
    assert_eq!(
        refuse(COMMENTED, &ours, &aliased),
        "comments of XML, or anchors and aliases of YAML, would be lost"
    );
    assert_eq!(refuse(COMMENTED, &ours, "a: 1\n"), "a version of the file holds no OSCAL document");
    assert!(
        refuse(COMMENTED, &ours, "{\u{0}").contains("control character")
            || !refuse(COMMENTED, &ours, "{").is_empty()
    );
    let profile = COMMENTED.replace("catalog:", "profile:");
    assert_eq!(refuse(COMMENTED, &ours, &profile), "the versions hold documents of different models");
}
