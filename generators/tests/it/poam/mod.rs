//! The plan of action and milestones over builds that follow each other.

pub(crate) mod system;

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{DiskTree, FileTree, TreePath};
use probity_generators::poam::{Input, Place, Results, Updated, update, whole};
use probity_oscal::constraint::{self, Rules};
use probity_oscal::model::PlanOfActionAndMilestones as Plan;
use probity_oscal::model::assessment::{Entry, Response, Risk};
use probity_oscal::model::metadata::Metadata;
use probity_oscal::model::poam::PoamItem;
use probity_oscal::{OscalDocument, uuid5};
use serde_json::Value;

use crate::fixture::codes;
use system::{Table, results, table};

fn after(results: &Results, record: Option<&Plan>, own: Option<&Plan>) -> Updated {
    let input = Input { system: "Demo", assessment: "demo", results, record, own };
    update(&input).unwrap().value
}

/// What people wrote: the waiver of the table.
fn own(table: &Table) -> Plan {
    let risk = Risk {
        uuid: table.waiver.clone(),
        title: "Logs are kept elsewhere".into(),
        description: "They are.".into(),
        statement: "Nobody could look.".into(),
        status: "deviation-approved".into(),
        deadline: Some(table.deadline.clone()),
        ..Risk::default()
    };
    let item = PoamItem {
        uuid: Some(uuid5(&["own item"])),
        title: "Logs are kept elsewhere".into(),
        description: "They move.".into(),
        ..PoamItem::default()
    };
    Plan {
        uuid: uuid5(&["own"]),
        metadata: Metadata { title: "By hand".into(), ..Metadata::default() },
        risks: vec![risk],
        poam_items: vec![item],
        ..Plan::default()
    }
}

/// The record after each of the builds.
fn records(table: &Table) -> Vec<(Updated, Plan)> {
    let own = own(table);
    let mut record: Option<Plan> = None;
    let mut all = Vec::new();
    for build in &table.builds {
        let updated = after(&results(build, &table.waiver), record.as_ref(), Some(&own));
        let next = updated.record.clone().unwrap();
        all.push((updated, next.clone()));
        record = Some(next);
    }
    all
}

fn log(plan: &Plan) -> BTreeMap<String, Vec<Entry>> {
    let entries = |risk: &Risk| risk.risk_log.iter().flat_map(|log| log.entries.clone()).collect();
    plan.risks.iter().map(|risk| (risk.uuid.clone(), entries(risk))).collect()
}

#[test]
fn each_build_logs_what_happened() {
    let table = table();
    for (build, (updated, _)) in table.builds.iter().zip(records(&table)) {
        let told = updated.changes.iter().map(|change| {
            let event = serde_json::to_value(change.event).unwrap();
            BTreeMap::from([(change.item.clone(), event.as_str().unwrap().to_owned())])
        });
        assert_eq!(told.collect::<Vec<_>>(), build.events, "{}", build.as_of);
    }
}

#[test]
fn uuids_and_logs_survive_ten_builds() {
    let table = table();
    let records = records(&table);
    assert_eq!(records.len(), 10);
    for ((_, before), (_, after)) in records.iter().zip(records.iter().skip(1)) {
        let ids = |plan: &Plan| -> Vec<(Option<String>, String)> {
            let risk = |item: &PoamItem| item.related_risks[0].risk_uuid.clone();
            plan.poam_items.iter().map(|item| (item.uuid.clone(), risk(item))).collect()
        };
        assert!(ids(after).starts_with(&ids(before)), "no item goes, and none is another");
        let (old, new) = (log(before), log(after));
        for (risk, entries) in old {
            assert!(new[&risk].starts_with(&entries), "the log of {risk} only grows");
        }
    }
    let last = &records[9].1;
    let uuids: Vec<&String> = last
        .risks
        .iter()
        .filter_map(|risk| risk.risk_log.as_ref())
        .flat_map(|log| &log.entries)
        .map(|entry| &entry.uuid)
        .collect();
    assert_eq!(uuids.iter().collect::<BTreeSet<_>>().len(), uuids.len());
    assert!(last.risks.iter().all(|risk| risk.status == "closed"), "with nothing open the closed items stay");
    insta::assert_snapshot!(
        "ten_builds",
        probity_oscal::to_yaml(&OscalDocument::from(last.clone())).unwrap()
    );
}

#[test]
fn the_same_results_change_nothing_again() {
    let table = table();
    for (build, (_, record)) in table.builds.iter().zip(records(&table)) {
        let again = after(&results(build, &table.waiver), Some(&record), Some(&own(&table)));
        assert_eq!(again.changes, [], "{}", build.as_of);
        assert_eq!(again.record.as_ref(), Some(&record), "{}", build.as_of);
    }
}

#[test]
fn what_people_write_into_the_record_stays() {
    let table = table();
    let (first, later) = (results(&table.builds[0], &table.waiver), results(&table.builds[2], &table.waiver));
    let mut record = after(&first, None, None).record.unwrap();
    let plan = |uuid: &str| Response {
        uuid: uuid5(&[uuid]),
        lifecycle: "planned".into(),
        title: "Turn it off".into(),
        description: "In March.".into(),
        ..Response::default()
    };
    record.risks[0].status = "remediating".into();
    record.risks[0].deadline = Some("2026-04-01T00:00:00Z".into());
    record.risks[0].remediations = vec![plan("one")];
    record.poam_items[0].title = "Old protocols".into();
    record.poam_items[0].remarks = Some("Asked the supplier.".into());
    let after = after(&later, Some(&record), None).record.unwrap();
    let (was, is) = (&record.risks[0], &after.risks[0]);
    assert_eq!((&is.status, &is.deadline, &is.remediations), (&was.status, &was.deadline, &was.remediations));
    assert_eq!(after.poam_items[0].title, "Old protocols");
    assert_eq!(after.poam_items[0].remarks, record.poam_items[0].remarks);
    assert_ne!(is.statement, "");
}

#[test]
fn closing_by_hand_what_fails_opens_it_again() {
    let table = table();
    let first = results(&table.builds[0], &table.waiver);
    let mut record = after(&first, None, None).record.unwrap();
    record.risks[0].status = "closed".into();
    let next = results(&table.builds[1], &table.waiver);
    let updated = after(&next, Some(&record), None);
    assert_eq!(updated.changes.len(), 1);
    assert_eq!(updated.record.unwrap().risks[0].status, "open");
}

#[test]
fn without_anything_ever_found_there_is_none() {
    let table = table();
    let nothing = results(&table.builds[9], &table.waiver);
    assert_eq!(after(&nothing, None, None), Updated { record: None, changes: Vec::new() });
}

#[test]
fn results_of_before_are_refused() {
    let table = table();
    let late = after(&results(&table.builds[2], &table.waiver), None, None).record.unwrap();
    let early = results(&table.builds[1], &table.waiver);
    let input = Input { system: "Demo", assessment: "demo", results: &early, record: Some(&late), own: None };
    assert_eq!(codes(&update(&input).unwrap_err()), ["PB0821"]);
}

/// Our constraints and the published schema, of every record and of the plan for others.
#[test]
fn every_plan_is_valid() {
    let table = table();
    let own = own(&table);
    let place = Place { ssp: Some("ssp.json"), profile: "profile.json" };
    let schema = schema();
    for (_, record) in records(&table) {
        let joined = whole(Some(&record), Some(&own), &place).unwrap();
        assert_eq!(joined.poam_items.len(), record.poam_items.len() + 1);
        for item in &record.poam_items {
            assert_eq!((item.related_risks.len(), item.related_observations.len()), (1, 1));
            assert_eq!(item.related_findings.len(), 1, "an importer takes one finding for an item");
        }
        let value = serde_json::to_value(OscalDocument::from(record)).unwrap();
        let path = TreePath::parse("poam.json").unwrap();
        let found = constraint::validate(&value, &path, &Rules::oscal());
        let found: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(found, Vec::<&str>::new());
        if let Some(schema) = &schema {
            let faults: Vec<String> = schema
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()).chars().take(300).collect())
                .collect();
            assert_eq!(faults, Vec::<String>::new());
        }
    }
}

/// The published JSON schema of plans.
fn schema() -> Option<jsonschema::Validator> {
    let folder = crate::foreign::reference()?;
    let tree = DiskTree::new(folder, "").unwrap();
    let path = TreePath::parse("oscal-json-schema-1.2.1/oscal_poam_schema.json").unwrap();
    let schema: Value = serde_json::from_slice(&tree.read(&path, 16 << 20).unwrap()).unwrap();
    Some(jsonschema::validator_for(&schema).unwrap())
}
