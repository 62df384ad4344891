//! The documents of a small system, whole.

use std::collections::{BTreeMap, BTreeSet};

use probity_assessment::assemble::{AssembleInput, SubjectMode, assemble};
use probity_assessment::plan::{plan, stub_ssp};
use probity_assessment::rollup::State;
use probity_oscal::model::AssessmentResults;
use serde_json::Value;

use super::{demo, document, files, input, plan_input, stub_input};
use crate::system::lines;

fn text(assembled: &probity_assessment::assemble::Assembled<'_>) -> String {
    let mut bytes = Vec::new();
    assembled.write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn assessment_plan() {
    let system = demo();
    let written =
        probity_oscal::to_json(&probity_oscal::OscalDocument::from(plan(&plan_input(&system)))).unwrap();
    insta::assert_snapshot!("assessment-plan", written);
}

#[test]
fn stub_of_a_system_security_plan() {
    let system = demo();
    let written =
        probity_oscal::to_json(&probity_oscal::OscalDocument::from(stub_ssp(&stub_input(&system)))).unwrap();
    insta::assert_snapshot!("stub-ssp", written);
}

#[test]
fn assessment_results() {
    let (system, files, at) = (demo(), files(), document());
    let verdicts = system.verdicts();
    let assembled = assemble(&input(&system, &verdicts, &files, &at));
    assert_eq!(lines(&assembled.warnings), Vec::<String>::new());
    insta::assert_snapshot!("assessment-results", text(&assembled.value));
}

#[test]
fn every_state_is_in_the_demo() {
    let (system, files, at) = (demo(), files(), document());
    let verdicts = system.verdicts();
    let rollup = assemble(&input(&system, &verdicts, &files, &at)).value.rollup;
    let states: BTreeSet<State> = rollup.controls.iter().map(|control| control.state).collect();
    // One control with errors and unknowns shows as error; the states table covers unknown alone.
    let missing: Vec<&State> = State::ALL.iter().filter(|state| !states.contains(state)).collect();
    assert_eq!(missing, [&State::Unknown]);
}

#[test]
fn the_typed_document_is_what_is_written() {
    let (system, files, at) = (demo(), files(), document());
    let verdicts = system.verdicts();
    let assembled = assemble(&input(&system, &verdicts, &files, &at)).value;
    let document: AssessmentResults = assembled.document();
    let typed = probity_oscal::to_json(&probity_oscal::OscalDocument::from(document)).unwrap();
    assert_eq!(typed, text(&assembled));
}

#[test]
fn references_resolve() {
    let (system, files, at) = (demo(), files(), document());
    let verdicts = system.verdicts();
    for subjects in [SubjectMode::NotPassing, SubjectMode::All] {
        let assembled = assemble(&AssembleInput { subjects, ..input(&system, &verdicts, &files, &at) }).value;
        let results: Value = serde_json::from_str(&text(&assembled)).unwrap();
        let plan = serde_json::to_value(plan(&plan_input(&system))).unwrap();
        let mut defined = BTreeMap::new();
        define(&plan, &mut BTreeMap::new());
        define(&results, &mut defined);
        let again: Vec<&String> = defined.iter().filter(|(_, n)| **n > 1).map(|(uuid, _)| uuid).collect();
        assert!(again.is_empty(), "uuids are defined once: {again:?}");
        define(&plan, &mut defined);
        let mut used = BTreeSet::new();
        refer(&results, &mut used);
        refer(&plan, &mut used);
        let dangling: Vec<&String> = used.iter().filter(|uuid| !defined.contains_key(*uuid)).collect();
        assert!(dangling.is_empty(), "every reference leads somewhere: {dangling:?}");
    }
}

fn define(value: &Value, into: &mut BTreeMap<String, usize>) {
    each(value, &mut |key, value| {
        if key == "uuid" {
            *into.entry(value.to_owned()).or_default() += 1;
        }
    });
}

fn refer(value: &Value, into: &mut BTreeSet<String>) {
    each(value, &mut |key, value| {
        if key.ends_with("-uuid") || key.ends_with("-uuids") || key == "member-of-organizations" {
            into.insert(value.to_owned());
        }
        if key == "href" {
            into.extend(value.strip_prefix('#').map(str::to_owned));
        }
    });
}

/// Calls `visit` with every text of a document and the key that it stands under.
fn each(value: &Value, visit: &mut impl FnMut(&str, &str)) {
    let mut stack = vec![("", value)];
    while let Some((key, value)) = stack.pop() {
        match value {
            Value::String(text) => visit(key, text),
            Value::Array(items) => stack.extend(items.iter().map(|item| (key, item))),
            Value::Object(map) => stack.extend(map.iter().map(|(key, item)| (key.as_str(), item))),
            _ => {}
        }
    }
}

#[test]
fn all_subjects_on_request() {
    let (system, files, at) = (demo(), files(), document());
    let verdicts = system.verdicts();
    let count = |subjects| {
        let assembled = assemble(&AssembleInput { subjects, ..input(&system, &verdicts, &files, &at) }).value;
        let document = assembled.document();
        let result = &document.results[0];
        let items = result.local_definitions.as_ref().map_or(0, |local| local.inventory_items.len());
        (result.observations.iter().map(|observation| observation.subjects.len()).sum::<usize>(), items)
    };
    assert_eq!(count(SubjectMode::NotPassing), (6, 5));
    assert_eq!(count(SubjectMode::All), (8, 6));
}

#[test]
fn the_next_deadline_is_the_first_change_to_come() {
    let (system, files, at) = (demo(), files(), document());
    let verdicts = system.verdicts();
    let next = assemble(&input(&system, &verdicts, &files, &at)).value.next_deadline;
    assert_eq!(next.unwrap().to_string(), "2026-11-21T12:30:00Z", "the TLS evidence is good for an hour");
}

#[test]
fn nothing_at_all() {
    let system = crate::system::System::read("as-of: \"2026-11-21T12:00:00Z\"");
    let (verdicts, at) = (system.verdicts(), document());
    let assembled = assemble(&input(&system, &verdicts, &[], &at)).value;
    assert_eq!(assembled.next_deadline, None);
    insta::assert_snapshot!("assessment-results-of-nothing", text(&assembled));
}
