//! Groups that several imports took from one catalog, which `as-is` makes one again (id-structure-as-is-list-1).
//!
//! Two groups are one where they have the same content of their own and either an id, or a catalog that holds the members
//! of both in one group. Where a catalog holds all members of the joined group, it gives their order.

use std::collections::BTreeMap;

use serde_json::json;

use crate::model::Catalog;
use crate::model::catalog::{Control, Group};

/// Groups of the same content in catalogs that are looked at, at the most.
const HOLDERS: usize = 16;

/// The groups of all selections, in the order of the imports.
pub(super) fn groups(mut selections: Vec<Vec<Group>>, catalogs: &[&Catalog]) -> Vec<Group> {
    if selections.len() < 2 {
        return selections.pop().unwrap_or_default();
    }
    let mut sources = Sources::default();
    catalogs.iter().for_each(|catalog| sources.add(&catalog.groups));
    let mut selections = selections.into_iter();
    let mut kept = selections.next().unwrap_or_default();
    selections.for_each(|later| sources.join(&mut kept, later));
    kept
}

/// The groups of all catalogs, by their own content.
#[derive(Default)]
struct Sources(BTreeMap<String, Vec<Members>>);

/// What a group of a catalog holds, with the places of it: controls at any depth by id, groups by their own content.
struct Members {
    controls: BTreeMap<String, usize>,
    groups: BTreeMap<String, usize>,
}

impl Sources {
    fn add(&mut self, groups: &[Group]) {
        for group in groups {
            let same = self.0.entry(own_content(group)).or_default();
            if same.len() < HOLDERS {
                same.push(Members::of(group));
            }
            self.add(&group.groups);
        }
    }

    /// Adds groups of one selection to those of earlier ones.
    fn join(&self, kept: &mut Vec<Group>, later: Vec<Group>) {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (at, group) in kept.iter().enumerate() {
            known.entry(own_content(group)).or_insert(at);
        }
        for group in later {
            let content = own_content(&group);
            let earlier = known.get(&content).and_then(|&at| kept.get_mut(at));
            match earlier.filter(|earlier| group.id.is_some() || self.holds_both(&content, earlier, &group)) {
                Some(earlier) => self.add_to(earlier, group, &content),
                None => kept.push(group),
            }
        }
    }

    fn holds_both(&self, content: &str, a: &Group, b: &Group) -> bool {
        let mut sources = self.0.get(content).into_iter().flatten();
        sources.any(|source| source.hold(a) && source.hold(b))
    }

    fn add_to(&self, earlier: &mut Group, group: Group, content: &str) {
        earlier.controls.extend(group.controls);
        self.join(&mut earlier.groups, group.groups);
        let mut sources = self.0.get(content).into_iter().flatten();
        if let Some(source) = sources.find(|source| source.hold(earlier)) {
            earlier.controls.sort_by_key(|control| source.controls.get(&control.id).copied());
            earlier.groups.sort_by_cached_key(|group| source.groups.get(&own_content(group)).copied());
        }
    }
}

impl Members {
    fn of(group: &Group) -> Self {
        let mut controls = BTreeMap::new();
        list(&group.controls, &mut controls);
        let groups = group.groups.iter().enumerate().rev();
        Self { controls, groups: groups.map(|(at, group)| (own_content(group), at)).collect() }
    }

    /// Whether all members of a group are among these.
    fn hold(&self, group: &Group) -> bool {
        group.controls.iter().all(|control| self.controls.contains_key(&control.id))
            && group.groups.iter().all(|group| self.groups.contains_key(&own_content(group)))
    }
}

fn list(controls: &[Control], places: &mut BTreeMap<String, usize>) {
    for control in controls {
        let next = places.len();
        places.entry(control.id.clone()).or_insert(next);
        list(&control.controls, places);
    }
}

/// All of a group but its members, as a text.
fn own_content(group: &Group) -> String {
    let Group { id, class, title, params, props, links, parts, groups: _, controls: _ } = group;
    json!([id, class, title, params, props, links, parts]).to_string()
}
