//! What became of the controls of the resolved catalog.

use probity_oscal::OscalDocument;
use probity_oscal::difference::{Item, Options, difference};
use serde_json::Value;

use crate::outcomes::Outcomes;

/// Controls that are added, moved, changed or dropped, in the order in which a reviewer cares about them.
pub(super) fn changes(base: Option<&Outcomes>, head: Option<&Outcomes>) -> Vec<Item> {
    let (Some(base), Some(head)) = (base, head) else { return Vec::new() };
    if base.resolved.catalog.groups == head.resolved.catalog.groups
        && base.resolved.catalog.controls == head.resolved.catalog.controls
    {
        return Vec::new();
    }
    let (before, after) = (value(base), value(head));
    let found = difference(Some(&before), Some(&after), Options::default());
    let items = found.map(|difference| difference.items).unwrap_or_default();
    items.into_iter().filter(|item| item.kind == "control").collect()
}

fn value(side: &Outcomes) -> Value {
    let document = OscalDocument::Catalog(Box::new(side.resolved.catalog.clone()));
    serde_json::to_value(&document).unwrap_or_default()
}
