//! Differences of documents: every case in `cases/differences` changes one of the clean documents in `documents/ferry`, and
//! says what the difference is.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{Pointer, TreePath};
use probity_oscal::difference::{
    Change, Detail, DetailChange, Difference, Item, Named, NotComparable, Options, Outcome, Piece, Relation,
    difference,
};
use probity_oscal::schema::ROOTS;
use rstest::rstest;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::changes::clean;
use crate::patch::{self, Step};
use crate::reference::own;

/// Two documents and what differs between them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// Model of the document that is changed.
    of: String,
    /// What is changed on the side before as well.
    #[serde(default)]
    before: Vec<Step>,
    /// What is changed on the side after.
    change: Vec<Step>,
    /// Maps of a mapping collection that is at hand.
    #[serde(default)]
    maps: Vec<Value>,
    /// The difference, as [`told`] writes it.
    finds: String,
}

fn cases(theme: &str) -> Vec<Case> {
    let path = TreePath::parse(&format!("cases/differences/{theme}.yaml")).unwrap();
    let cases = document::read(&own(), &path, Format::Yaml).unwrap().value;
    serde_json::from_value(cases).unwrap_or_else(|error| panic!("{theme}: {error}"))
}

/// A difference in a few lines.
fn told(difference: &Difference) -> String {
    let mut out = format!("{}\n", serde_json::to_value(difference.outcome).unwrap().as_str().unwrap());
    for item in &difference.items {
        let changes: Vec<&str> = item.changes.iter().map(|change| change.word()).collect();
        let within: Vec<&str> = item.within.iter().map(Named::name).collect();
        let below = if within.is_empty() { String::new() } else { format!(" in {}", within.join(" > ")) };
        let _ = writeln!(out, "{} {}{below}: {}", item.kind, item.name(), changes.join(", "));
        for (sign, kin) in [("<", &item.predecessors), (">", &item.successors)] {
            for kin in kin {
                let part = kin.part.as_deref().unwrap_or_default();
                let _ = writeln!(out, "  {sign} {} {} {part}", relation(kin.relation), kin.id);
            }
        }
        for detail in &item.details {
            let _ = writeln!(out, "  {}", detail_line(detail));
        }
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn relation(relation: Relation) -> String {
    serde_json::to_value(relation).unwrap().as_str().unwrap().to_owned()
}

fn detail_line(detail: &Detail) -> String {
    let about = serde_json::to_value(detail.about).unwrap();
    let quoted = |text: &Option<String>| text.as_deref().unwrap_or_default().replace('\n', " / ");
    let what = match detail.change {
        DetailChange::Removed => format!("- {}", quoted(&detail.before)),
        DetailChange::Added => format!("+ {}", quoted(&detail.after)),
        DetailChange::Changed if !detail.words.is_empty() => words(&detail.words),
        DetailChange::Changed if detail.before.is_none() => "in another order".to_owned(),
        DetailChange::Changed => format!("{} -> {}", quoted(&detail.before), quoted(&detail.after)),
    };
    format!("{}: {}: {what}", about.as_str().unwrap(), detail.name)
}

fn words(words: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Equal(text) => text.clone(),
        Piece::Removed(text) => format!("[-{text}-]"),
        Piece::Added(text) => format!("{{+{text}+}}"),
    };
    words.iter().map(piece).collect::<String>().replace('\n', " / ")
}

/// Every place that a difference names is there, and what stands alone on one side names no other.
fn places_lead_somewhere(found: &Difference, before: &Value, after: &Value) {
    let leads = |document: &Value, place: Option<&Pointer>| {
        let missing = place.filter(|place| document.pointer(place.as_str()).is_none());
        assert!(missing.is_none(), "nothing stands at {}", missing.unwrap());
    };
    for item in &found.items {
        leads(before, item.before.as_ref());
        leads(after, item.after.as_ref());
        for detail in &item.details {
            leads(before, detail.before_at.as_ref());
            leads(after, detail.after_at.as_ref());
        }
    }
}

#[rstest]
#[case::catalog("catalog")]
#[case::profile("profile")]
#[case::others("others")]
#[case::nothing("nothing")]
fn documents_differ_as_said(#[case] theme: &str) {
    let mut surprises = String::new();
    for case in cases(theme) {
        let mut before = clean(&case.of);
        patch::apply(&mut before, &case.before);
        let mut after = before.clone();
        patch::apply(&mut after, &case.change);
        let collection = json!({ "mapping-collection": { "mappings": [{ "maps": case.maps }] } });
        let mappings = [&collection];
        let found = difference(Some(&before), Some(&after), Options { mappings: &mappings }).unwrap();
        places_lead_somewhere(&found, &before, &after);
        let told = told(&found);
        if told.trim() != case.finds.trim() {
            let _ = writeln!(surprises, "# {}\n{}", case.name, told.trim());
        }
    }
    assert!(surprises.is_empty(), "\n{surprises}");
}

/// What is the same has no difference, whichever side is missing all of it was added or removed, and both ways tell of as much.
#[test]
fn every_model_is_compared() {
    for root in ROOTS {
        let document = clean(root.key);
        let same = difference(Some(&document), Some(&document), Options::default()).unwrap();
        assert_eq!((same.outcome, same.items.len()), (Outcome::Same, 0), "{}", root.key);
        let added = difference(None, Some(&document), Options::default()).unwrap();
        let removed = difference(Some(&document), None, Options::default()).unwrap();
        assert_eq!((added.outcome, removed.outcome), (Outcome::Added, Outcome::Removed), "{}", root.key);
        assert!(!added.items.is_empty(), "{} holds something", root.key);
        assert!(added.items.iter().all(|item| item.is(Change::Added)), "{}", root.key);
        let ids = |items: &[Item]| items.iter().map(|item| item.id.clone()).collect::<BTreeSet<_>>();
        assert_eq!(ids(&added.items), ids(&removed.items), "{}", root.key);
    }
}

#[test]
fn only_documents_of_one_model_are_compared() {
    let compare =
        |before: Option<&Value>, after: Option<&Value>| difference(before, after, Options::default());
    let (catalog, profile) = (clean("catalog"), clean("profile"));
    assert_eq!(compare(None, None), Err(NotComparable::Nothing));
    assert_eq!(compare(Some(&json!({})), Some(&catalog)), Err(NotComparable::NoModel));
    assert_eq!(compare(Some(&catalog), Some(&profile)), Err(NotComparable::OtherModel("catalog", "profile")));
}

fn control(id: &str, members: &Value) -> Value {
    let mut control = json!({ "id": id, "title": "A control" });
    control.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    control
}

fn catalog(controls: &[Value]) -> Value {
    json!({ "catalog": { "uuid": "fe00000a-0000-4000-8000-000000000001", "metadata": {}, "controls": controls } })
}

fn compared(before: &Value, after: &Value) -> Difference {
    difference(Some(before), Some(after), Options::default()).unwrap()
}

/// Text of so many words out of a few; which ones depends on `seed`.
fn long_text(words: usize, seed: u64, distinct: u64) -> String {
    let mut state = seed;
    let mut text = String::new();
    for _ in 0..words {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let _ = write!(text, "w{} ", (state >> 33) % distinct);
    }
    text
}

/// What stands in the pieces of one side is the text of that side, whatever the way that the words were compared by.
#[rstest]
#[case::few_words(3_000, 40)]
#[case::many_of_few(150_000, 5)]
#[case::many_of_many(150_000, 1_000_000)]
fn long_texts_are_compared_within_bounds(#[case] length: usize, #[case] distinct: u64) {
    let (old, mut new) = (long_text(length, 1, distinct), long_text(length, 2, distinct));
    new.insert_str(0, old.split_at(old.len() / 3).0);
    let with = |prose: &str| {
        catalog(&[control("c-1", &json!({ "parts": [{ "name": "statement", "prose": prose }] }))])
    };
    let found = compared(&with(&old), &with(&new));
    let [item] = found.items.as_slice() else { panic!("one control differs") };
    let words = &item.details[0].words;
    let side = |skipped: fn(&Piece) -> bool| -> Vec<String> {
        let text: String = words.iter().filter(|piece| !skipped(piece)).map(Piece::text).collect();
        text.split_whitespace().map(str::to_owned).collect()
    };
    let split = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(side(|piece| matches!(piece, Piece::Added(_))), split(&old));
    assert_eq!(side(|piece| matches!(piece, Piece::Removed(_))), split(&new));
    let kept = words.iter().filter(|piece| matches!(piece, Piece::Equal(_)));
    assert!(kept.map(|piece| piece.text().len()).sum::<usize>() >= old.len() / 4, "a third is the same");
}

#[test]
fn long_lists_are_compared_within_bounds() {
    let many = 50_000;
    let prop = |at: usize| json!({ "name": format!("p{}", at % 7), "value": format!("v{at}") });
    let guideline = |at: usize| json!({ "prose": format!("guideline {at}") });
    let made = |shift: usize| {
        let props: Vec<Value> = (0..many).map(|at| prop(at + shift)).collect();
        let guidelines: Vec<Value> = (0..many).map(|at| guideline(at + shift)).collect();
        let values: Vec<String> = (0..many).map(|at| format!("value {}", at + shift)).collect();
        let params = json!([{ "id": "p-1", "guidelines": guidelines, "values": values }]);
        let same: Vec<Value> = (0..many).map(|_| control("twice", &json!({}))).collect();
        let mut controls = vec![control("c-1", &json!({ "props": props, "params": params }))];
        controls.extend((0..many).map(|at| control(&format!("c-{shift}-{at}"), &json!({}))));
        controls.extend(same);
        catalog(&controls)
    };
    let found = compared(&made(0), &made(10));
    let count = |change: Change| found.items.iter().filter(|item| item.is(change)).count();
    assert_eq!((count(Change::Added), count(Change::Removed), count(Change::Changed)), (many, many, 1));
}

#[test]
fn deep_documents_are_compared() {
    let nested = |word: &str| {
        let mut part = json!({ "name": "item", "prose": word });
        for _ in 0..50 {
            part = json!({ "name": "item", "parts": [part] });
        }
        let mut inner = control("c-0", &json!({ "parts": [part] }));
        for at in 1..50 {
            inner = control(&format!("c-{at}"), &json!({ "controls": [inner] }));
        }
        catalog(&[inner])
    };
    let found = compared(&nested("old"), &nested("new"));
    let [item] = found.items.as_slice() else { panic!("one control differs") };
    assert_eq!((item.id.as_str(), item.within.len()), ("c-0", 49));
}

/// The JSON form is what docs/diff.md says.
#[test]
fn the_json_form_stands() {
    let before = clean("catalog");
    let mut after = before.clone();
    let steps = json!([
        { "set": "/catalog/groups/0/controls/0/parts/1/prose", "to": "A card has a name." },
        { "set": "/catalog/groups/0/controls/0/params/0/values", "to": ["60"] },
        { "set": "/catalog/groups/0/controls/2", "to": {
            "id": "hb-3", "title": "Lost cards", "props": [{ "name": "status", "value": "withdrawn" }],
            "links": [{ "href": "#hb-1_smt.b", "rel": "incorporated-into" }] } },
    ]);
    patch::apply(&mut after, &serde_json::from_value::<Vec<Step>>(steps).unwrap());
    insta::assert_json_snapshot!("difference_of_catalogs", compared(&before, &after));
}
