//! Mappings: they name controls and metrics that exist, and say why.

use std::collections::BTreeSet;

use probity_diagnostics::{FileTree, TreePath};
use probity_oscal::{PROBITY_NS, TRESTLE_NS};
use serde_json::Value;

use crate::read::{metric_folders, oscal, props, reference};

/// Catalogs of the content.
const CATALOGS: [&str; 3] = ["bsi-c5-2025", "csa-ccm-4.0.12", "eucs"];

/// What the mapping of the catalog that users bring speaks of.
const NIST: (&str, &str) = (
    "nist-sp-800-53-rev5",
    "https://raw.githubusercontent.com/usnistgov/oscal-content/main/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json",
);

fn mapped() -> impl Iterator<Item = &'static str> {
    CATALOGS.into_iter().chain([NIST.0])
}

fn requirements(catalog: &str) -> Vec<Value> {
    let document = oscal(&format!("mappings/{catalog}.yaml"));
    let [component] = document["component-definition"]["components"].as_array().unwrap().as_slice() else {
        panic!("{catalog}: one component")
    };
    let implementation = &component["control-implementations"][0];
    let ours = format!("content:catalogs/{catalog}.yaml");
    assert_eq!(implementation["source"], if catalog == NIST.0 { NIST.1.to_owned() } else { ours });
    implementation["implemented-requirements"].as_array().unwrap().clone()
}

/// The controls of a catalog; None for one that is not at hand.
fn known(catalog: &str) -> Option<BTreeSet<String>> {
    let mut known = BTreeSet::new();
    if catalog == NIST.0 {
        let (_, file) = NIST.1.split_once("/main/").unwrap();
        let file = TreePath::parse(&format!("oscal-content/{file}")).unwrap();
        let text = reference()?.read(&file, 64 << 20).unwrap();
        control_ids(&serde_json::from_slice::<Value>(&text).unwrap()["catalog"], &mut known);
    } else {
        control_ids(&oscal(&format!("catalogs/{catalog}.yaml"))["catalog"], &mut known);
    }
    Some(known)
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
    for catalog in mapped() {
        let known = known(catalog);
        let mut seen = BTreeSet::new();
        for requirement in requirements(catalog) {
            let control = requirement["control-id"].as_str().unwrap().to_owned();
            assert!(known.as_ref().is_none_or(|known| known.contains(&control)), "{catalog}: {control}");
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
    for requirement in mapped().flat_map(requirements) {
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
    for catalog in mapped() {
        let entries = requirements(catalog);
        let automated = entries.iter().filter(|entry| !props(entry, "Rule_Id").is_empty());
        assert!(automated.count() >= 30, "{catalog}: few requirements are automated");
        let named: BTreeSet<&str> = entries.iter().flat_map(|entry| props(entry, "Rule_Id")).collect();
        let idle: Vec<_> = metric_folders().into_keys().filter(|metric| !named.contains(metric)).collect();
        assert_eq!(idle, Vec::<&str>::new(), "{catalog}");
    }
}

/// Between catalogs that come with Probity: both sides exist, every pair has its reason, and none claims more than titles say.
#[test]
fn mapping_collections_pair_controls_that_exist() {
    let document = oscal("mapping-collections/eucs-bsi-c5-2025.yaml");
    let collection = &document["mapping-collection"];
    assert_eq!(collection["provenance"]["status"], "draft", "nobody compared the texts");
    let mapping = &collection["mappings"][0];
    let sides = [("source", "eucs"), ("target", "bsi-c5-2025")];
    for (side, catalog) in sides {
        let href = format!("content:catalogs/{catalog}.yaml");
        assert_eq!(mapping[format!("{side}-resource")]["href"], href);
    }
    let maps = mapping["maps"].as_array().unwrap();
    assert!(maps.len() >= 40, "{} maps", maps.len());
    let mut pairs = BTreeSet::new();
    for map in maps {
        let ids = sides.map(|(side, catalog)| {
            let [item] = map[format!("{side}s")].as_array().unwrap().as_slice() else { panic!("one to one") };
            let id = item["id-ref"].as_str().unwrap().to_owned();
            assert!(known(catalog).unwrap().contains(&id), "{catalog} has no {id}");
            id
        });
        assert_eq!(map["relationship"], "intersects-with", "{ids:?}");
        assert!(map["remarks"].as_str().is_some_and(|why| why.len() > 20), "{ids:?} has no reason");
        assert!(pairs.insert(ids.clone()), "{ids:?} stands twice");
    }
}
