//! `resolve --trace` and `--explain` on a chain of profiles in all three formats, which holds every reason that there is.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use crate::ran::{Ran, folder, probity, read, repository, write};

fn place() -> TempDir {
    let place = folder();
    for file in ["catalog.yaml", "extra.json", "base.xml", "programme.json", "profile.yaml"] {
        write(place.path(), file, read(&repository("cli/tests/it/trace"), file));
    }
    place
}

fn run(args: &[&str]) -> Ran {
    probity(place().path(), &[&["resolve", "profile.yaml"], args].concat())
}

#[test]
fn for_people() {
    let ran = run(&["--trace"]).exits(0);
    assert!(ran.err.is_empty(), "{}", ran.err);
    insta::assert_snapshot!("trace", ran.out);
}

#[test]
fn the_whole_story_of_a_control() {
    let stories = ["ac-1", "cm-1.1", "cm-2", "ac-2.2"].map(|id| run(&["--explain", id]).exits(0).out);
    insta::assert_snapshot!("explained", stories.join("\n----------------------------------------\n"));
}

/// The shape that `docs/trace.md` promises.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trace {
    profile: String,
    documents: Vec<Document>,
    controls: Vec<Control>,
    parameters: Option<Vec<Object>>,
    resources: Option<Vec<Object>>,
    findings: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    file: String,
    #[serde(rename = "title")]
    _title: String,
    model: String,
    imports: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Control {
    id: String,
    #[serde(rename = "title")]
    _title: String,
    r#in: bool,
    copies: usize,
    steps: Vec<Step>,
    parameters: Vec<Parameter>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Parameter {
    id: String,
    r#in: bool,
    #[serde(rename = "label")]
    _label: Option<String>,
    values: Vec<String>,
    #[serde(rename = "choice")]
    _choice: Vec<String>,
    defined_at: Vec<At>,
    set_at: Vec<At>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    id: String,
    #[serde(rename = "title")]
    _title: Option<String>,
    r#in: bool,
    steps: Vec<Step>,
}

/// Where a directive stands; parameters and resources are kept or dropped by a document as a whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct At {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    pointer: Option<String>,
}

#[derive(Deserialize)]
struct Step {
    #[serde(flatten)]
    _event: Event,
    at: At,
}

#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(dead_code, reason = "what is read says what has to be there")]
enum Event {
    Defined { inside: Option<Inside> },
    Selected { import: usize, by: By },
    NotNamed { import: usize },
    Excluded { import: usize, by: By },
    Raised { above: String },
    Superseded { import: usize, by_import: usize },
    Placed { structure: String, by: Option<Vec<By>>, inside: Option<Inside> },
    NotInserted { by: By },
    NotPlaced,
    Set { param: String, changes: Vec<Change> },
    Added { to: Option<String>, position: String, items: Vec<Item> },
    Removed { items: Vec<Item> },
    Gone { from: String },
    Kept { because: String, by: Option<Referrer> },
    Dropped,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
#[expect(dead_code, reason = "what is read says what has to be there")]
enum Inside {
    Group { group: Option<String>, title: String },
    Control { control: String },
}

#[derive(Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
#[expect(dead_code, reason = "what is read says what has to be there")]
enum By {
    All,
    Id,
    Pattern { pattern: String },
    Child { of: String },
    Ancestor { of: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what is read says what has to be there")]
struct Change {
    field: String,
    old: Value,
    new: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what is read says what has to be there")]
struct Item {
    kind: String,
    id: Option<String>,
    name: Option<String>,
    ns: Option<String>,
    text: Option<String>,
    inside: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what is read says what has to be there")]
struct Referrer {
    kind: String,
    id: Option<String>,
}

/// The values of a member wherever it stands in a document.
fn members(value: &Value, name: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get(name).and_then(Value::as_str).map(str::to_owned));
            object.values().for_each(|inner| members(inner, name, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| members(inner, name, found)),
        _ => {}
    }
}

#[test]
fn for_programs() {
    let value = run(&["--trace=json"]).exits(0).json();
    let trace: Trace = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(trace.profile, "profile.yaml");
    let files: Vec<&str> = trace.documents.iter().map(|document| document.file.as_str()).collect();
    assert_eq!(files, ["catalog.yaml", "extra.json", "base.xml", "programme.json", "profile.yaml"]);
    let programme = &trace.documents[3];
    assert_eq!((programme.model.as_str(), programme.imports.len()), ("profile", 2));
    let inside: Vec<&str> = trace.controls.iter().filter(|c| c.r#in).map(|c| c.id.as_str()).collect();
    assert!(trace.controls.iter().all(|control| control.copies == usize::from(control.r#in)));
    assert_eq!(inside, ["ac-1", "ac-2", "ac-3", "ac-3.1", "ex-1", "cm-1.1"]);
    let steps = trace.controls.iter().flat_map(|control| &control.steps);
    let params = trace.controls.iter().flat_map(|control| &control.parameters);
    let params = params.flat_map(|param| param.defined_at.iter().chain(&param.set_at));
    for at in steps.map(|step| &step.at).chain(params) {
        let places = [at.line, at.column, at.end_line, at.end_column];
        assert!(places.iter().all(Option::is_some) && at.pointer.is_some(), "{} {:?}", at.file, at.pointer);
    }
    let period = trace.controls[0].parameters.iter().find(|param| param.id == "ac-1_p").unwrap();
    assert_eq!((period.r#in, period.values.as_slice()), (true, ["P1M".to_owned()].as_slice()));
    let set: Vec<_> = period.set_at.iter().map(|at| (at.file.as_str(), at.line.unwrap())).collect();
    assert_eq!(set, [("base.xml", 35), ("programme.json", 30), ("profile.yaml", 24)]);
    let kept = |list: Option<Vec<Object>>| {
        let list = list.unwrap().into_iter().filter(|object| object.r#in && !object.steps.is_empty());
        list.map(|object| object.id).collect::<Vec<_>>()
    };
    assert_eq!(kept(trace.parameters), ["organisation", "review", "scope"]);
    assert_eq!(kept(trace.resources).len(), 1);
    assert!(trace.findings.is_empty());
    every_reason_is_there(&value);
}

/// The example holds every event, and every way in which a directive means something.
fn every_reason_is_there(value: &Value) {
    let found = |name| {
        let mut found = BTreeSet::new();
        members(value, name, &mut found);
        found.into_iter().collect::<Vec<_>>()
    };
    let events = [
        "added",
        "defined",
        "dropped",
        "excluded",
        "gone",
        "kept",
        "not-inserted",
        "not-named",
        "not-placed",
        "placed",
        "raised",
        "removed",
        "selected",
        "set",
        "superseded",
    ];
    assert_eq!(found("event"), events);
    let page = read(&repository("docs"), "trace.md");
    let table = page.lines().skip_while(|line| !line.starts_with("| event |")).skip(2);
    let rows = table.take_while(|line| line.starts_with('|'));
    let told: BTreeSet<&str> = rows.filter_map(|row| row.split('`').nth(1)).collect();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), events, "docs/trace.md");
    assert_eq!(found("how"), ["all", "ancestor", "child", "id", "pattern"]);
    assert_eq!(found("structure"), ["as-is", "custom", "flat"]);
    assert_eq!(found("because"), ["marked", "referred", "set"]);
    assert_eq!(found("position"), ["after", "before", "ending", "starting"]);
    assert_eq!(
        found("kind"),
        ["control", "link", "param", "part", "prop", "title"],
        "controls refer to parameters, and all else is added or removed"
    );
}

#[test]
fn one_control_for_programs() {
    let value = run(&["--explain", "ac-1_smt.b", "--trace=json"]).exits(0).json();
    let trace: Trace = serde_json::from_value(value).unwrap();
    assert_eq!(trace.controls.len(), 1);
    assert_eq!(trace.controls[0].id, "ac-1");
    assert!(trace.parameters.is_none() && trace.resources.is_none());
}

#[test]
fn the_catalog_goes_to_a_file() {
    let place = place();
    let plain = probity(place.path(), &["resolve", "profile.yaml"]).exits(0).out;
    for more in [&["--trace"][..], &["--trace=json"], &["--explain", "ac-1"]] {
        let args = [&["resolve", "profile.yaml", "-o", "catalog.json"], more].concat();
        let ran = probity(place.path(), &args).exits(0);
        assert!(!ran.out.contains("source-profile") && ran.out.contains("ac-1"), "{}", ran.out);
        assert_eq!(read(place.path(), "catalog.json"), plain);
        std::fs::remove_file(place.path().join("catalog.json")).unwrap();
    }
}
