//! Mappings: they name controls and metrics that exist, and say why.

use std::collections::BTreeSet;

use probity_oscal::{PROBITY_NS, TRESTLE_NS};
use serde_json::Value;

use crate::read::{metric_folders, oscal};

const CATALOGS: [&str; 2] = ["bsi-c5-2025", "eucs"];

fn requirements(catalog: &str) -> Vec<Value> {
    let document = oscal(&format!("mappings/{catalog}.yaml"));
    let [component] = document["component-definition"]["components"].as_array().unwrap().as_slice() else {
        panic!("{catalog}: one component")
    };
    let implementation = &component["control-implementations"][0];
    assert_eq!(implementation["source"], format!("content:catalogs/{catalog}.yaml"));
    implementation["implemented-requirements"].as_array().unwrap().clone()
}

fn control_ids(holder: &Value, ids: &mut BTreeSet<String>) {
    for inner in ["groups", "controls"] {
        for member in holder[inner].as_array().into_iter().flatten() {
            if inner == "controls" {
                ids.insert(member["id"].as_str().unwrap().to_owned());
            }
            control_ids(member, ids);
        }
    }
}

#[test]
fn entries_name_what_exists_once() {
    let metrics = metric_folders();
    for catalog in CATALOGS {
        let mut known = BTreeSet::new();
        control_ids(&oscal(&format!("catalogs/{catalog}.yaml"))["catalog"], &mut known);
        let mut seen = BTreeSet::new();
        for requirement in requirements(catalog) {
            let control = requirement["control-id"].as_str().unwrap().to_owned();
            assert!(known.contains(&control), "{catalog}: {control}");
            assert!(seen.insert(control.clone()), "{catalog}: {control} twice");
            for prop in requirement["props"].as_array().unwrap() {
                let value = prop["value"].as_str().unwrap();
                assert!(
                    prop["remarks"].as_str().is_some_and(|why| why.ends_with('.')),
                    "{control}: {value} says nothing"
                );
                match (prop["ns"].as_str().unwrap(), prop["name"].as_str().unwrap()) {
                    (TRESTLE_NS, "Rule_Id") => assert!(metrics.contains_key(value), "{control}: {value}"),
                    (PROBITY_NS, "procedure") => {
                        assert!(["EXAMINE", "INTERVIEW"].contains(&value), "{control}: {value}");
                    }
                    other => panic!("{control}: {other:?}"),
                }
            }
        }
    }
}

#[test]
fn targets_belong_to_metrics_of_the_entry() {
    for requirement in CATALOGS.into_iter().flat_map(requirements) {
        let named: Vec<&Value> =
            requirement["props"].as_array().unwrap().iter().map(|prop| &prop["value"]).collect();
        for set in requirement["set-parameters"].as_array().into_iter().flatten() {
            let metric = set["param-id"].as_str().unwrap().strip_suffix("_target").unwrap();
            assert!(named.contains(&&Value::from(metric)), "{}: {metric}", requirement["control-id"]);
        }
    }
}

#[test]
fn every_metric_is_evidence_for_a_control_of_each_catalog() {
    for catalog in CATALOGS {
        let entries = requirements(catalog);
        let named: BTreeSet<&str> =
            entries.iter().flat_map(|entry| crate::read::props(entry, "Rule_Id")).collect();
        let idle: Vec<_> = metric_folders().into_keys().filter(|metric| !named.contains(metric)).collect();
        assert_eq!(idle, Vec::<&str>::new(), "{catalog}");
    }
}
