//! The tables as a whole.

use std::collections::BTreeSet;

use probity_oscal::OscalDocument;
use probity_oscal::schema::{Definition, ROOTS, Shape};

fn reach(
    definition: &'static Definition,
    reached: &mut BTreeSet<*const Definition>,
    all: &mut Vec<&'static Definition>,
) {
    if reached.insert(std::ptr::from_ref(definition)) {
        all.push(definition);
        for property in definition.properties {
            if let Shape::Object(held) = property.shape {
                reach(held, reached, all);
            }
        }
    }
}

fn definitions() -> Vec<&'static Definition> {
    let (mut reached, mut all) = (BTreeSet::new(), Vec::new());
    for root in ROOTS {
        reach(root.definition, &mut reached, &mut all);
    }
    all
}

#[test]
fn the_roots_are_the_eight_models() {
    let keys: BTreeSet<&str> = ROOTS.iter().map(|root| root.key).collect();
    assert_eq!(keys, OscalDocument::ROOTS.iter().copied().collect());
    assert_eq!(keys.len(), 8);
}

#[test]
fn no_object_has_more_properties_than_the_validator_can_count() {
    for definition in definitions() {
        assert!(definition.properties.len() <= 64, "{}", definition.name);
    }
}

#[test]
fn what_the_published_json_schema_lost_is_in_the_tables() {
    let all = definitions();
    let combine = all.iter().find(|definition| definition.name == "combine").unwrap();
    assert_eq!(combine.properties[0].json, "method");
}

#[test]
fn all_constraints_are_in_the_tables() {
    let tables = [
        include_str!("../../schema/assessment-common.table"),
        include_str!("../../schema/assessment-plan.table"),
        include_str!("../../schema/assessment-results.table"),
        include_str!("../../schema/catalog.table"),
        include_str!("../../schema/component.table"),
        include_str!("../../schema/control-common.table"),
        include_str!("../../schema/implementation-common.table"),
        include_str!("../../schema/mapping-common.table"),
        include_str!("../../schema/mapping.table"),
        include_str!("../../schema/metadata.table"),
        include_str!("../../schema/poam.table"),
        include_str!("../../schema/profile.table"),
        include_str!("../../schema/ssp.table"),
    ];
    let count = |kind: &str| {
        let lines = tables.iter().flat_map(|table| table.lines());
        lines.filter(|line| line.trim_start().split(' ').next() == Some(kind)).count()
    };
    let kinds = [
        ("allowed-values", 200),
        ("matches", 25),
        ("expect", 12),
        ("index", 20),
        ("index-has-key", 24),
        ("is-unique", 48),
        ("has-cardinality", 11),
        ("value", 888),
    ];
    for (kind, expected) in kinds {
        assert_eq!(count(kind), expected, "{kind}");
    }
}
