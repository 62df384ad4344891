//! The order in which a reviewer cares about items, and their totals.

use std::collections::BTreeMap;

use super::data::{Change, Item};

/// Kinds of items, those that matter most first; others come before what documents are surrounded with.
const FIRST: [&str; 22] = [
    "control",
    "import",
    "import-component-definition",
    "set-parameter",
    "alter",
    "merge",
    "finding",
    "risk",
    "poam-item",
    "implemented-requirement",
    "defined-component",
    "system-component",
    "capability",
    "control-implementation",
    "map",
    "mapping",
    "activity",
    "task",
    "observation",
    "result",
    "group",
    "parameter",
];

/// Kinds of items that matter least.
const LAST: [&str; 5] = ["resource", "role", "party", "location", "metadata"];

fn rank(kind: &str) -> usize {
    let last = || LAST.iter().position(|last| *last == kind).map(|at| at + FIRST.len() + 1);
    FIRST.iter().position(|first| *first == kind).or_else(last).unwrap_or(FIRST.len())
}

/// Items by kind, then by what happened to them, then as they stand in the document.
pub(super) fn sorted(mut items: Vec<Item>) -> Vec<Item> {
    items.sort_by_key(|item| (rank(item.kind), item.changes.first().copied()));
    items
}

/// How many items of each kind underwent each change.
pub(super) fn totals(items: &[Item]) -> BTreeMap<&'static str, BTreeMap<Change, usize>> {
    let mut totals: BTreeMap<&'static str, BTreeMap<Change, usize>> = BTreeMap::new();
    for item in items {
        let of_kind = totals.entry(item.kind).or_default();
        for change in &item.changes {
            *of_kind.entry(*change).or_default() += 1;
        }
    }
    totals
}
