//! The tables as a whole.

use std::collections::BTreeSet;

use probity_oscal::OscalDocument;
use probity_oscal::schema::{Check, DECLARATIONS, Declaration, Definition, Level, ROOTS, Root, Shape};

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

/// The kinds of constraints in the order of the counts.
const KINDS: [&str; 7] =
    ["allowed-values", "matches", "expect", "index", "index-has-key", "is-unique", "has-cardinality"];

fn counts<'d>(declarations: impl Iterator<Item = &'d Declaration>) -> [usize; 7] {
    let mut counts = [0; 7];
    for constraint in declarations.flat_map(|declaration| declaration.constraints) {
        counts[KINDS.iter().position(|kind| *kind == constraint.check.kind()).unwrap()] += 1;
    }
    counts
}

#[test]
fn all_constraints_are_in_the_tables() {
    let all = || DECLARATIONS.iter().copied();
    assert_eq!(counts(all()), [200, 25, 12, 20, 24, 48, 11]);
    let constraints = || all().flat_map(|declaration| declaration.constraints);
    let sets = constraints().filter_map(|constraint| match constraint.check {
        Check::AllowedValues { open, values, deprecated } => Some((open, values.len(), deprecated.len())),
        _ => None,
    });
    let sets: Vec<_> = sets.collect();
    assert_eq!(sets.iter().map(|set| set.1).sum::<usize>(), 888, "values");
    assert_eq!(sets.iter().filter(|set| set.0).count(), 59, "open sets");
    assert_eq!(sets.iter().map(|set| set.2).sum::<usize>(), 18, "deprecated values");
    assert_eq!(constraints().filter(|constraint| constraint.level == Level::Warning).count(), 11);
    assert_eq!(constraints().filter(|constraint| constraint.message.is_some()).count(), 7);
    assert_eq!(constraints().filter(|constraint| constraint.id.is_none()).count(), 11);
}

/// The constraints that each model reaches, kinds in order and definitions counted once.
#[test]
fn every_model_has_its_constraints() {
    let expected = [
        ("catalog", [38, 10, 5, 13, 8, 7, 3]),
        ("profile", [30, 10, 4, 7, 7, 8, 3]),
        ("mapping-collection", [32, 10, 2, 7, 7, 7, 3]),
        ("component-definition", [32, 12, 6, 8, 8, 15, 3]),
        ("system-security-plan", [76, 22, 7, 13, 22, 27, 5]),
        ("assessment-plan", [65, 16, 6, 7, 11, 17, 9]),
        ("assessment-results", [131, 17, 6, 7, 11, 19, 9]),
        ("plan-of-action-and-milestones", [121, 17, 7, 7, 10, 15, 3]),
    ];
    for (key, expected) in expected {
        let root = Root::of(key).unwrap();
        assert_eq!(counts(root.declarations().into_iter()), expected, "{key}");
    }
}

#[test]
fn declarations_are_told_apart_by_module_and_path() {
    let names: BTreeSet<_> = DECLARATIONS
        .iter()
        .map(|declaration| (declaration.module, declaration.role_name(), declaration.path))
        .collect();
    assert_eq!(names.len(), DECLARATIONS.len());
    let type_flag =
        DECLARATIONS.iter().find(|declaration| declaration.path == "metadata/party/@type").unwrap();
    assert_eq!((type_flag.name(), type_flag.is_global()), ("type", false));
}
