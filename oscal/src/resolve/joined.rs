//! The structure of catalogs that several imports took from (id-structure-as-is-list-1): which import brought in what does
//! not show in it.
//!
//! - A control stands below the nearest of its ancestors that any import included.
//! - Two groups are one where they have the same content of their own and either an id, or a catalog that holds the
//!   members of both in one group.
//! - Members are in the order of the catalog that holds them.

mod below;

use std::collections::BTreeMap;

use serde_json::json;

use crate::model::Catalog;
use crate::model::catalog::{Control, Group};

/// Groups of the same content in catalogs that are looked at, at the most.
const HOLDERS: usize = 16;

/// What one import took of a catalog: controls outside of groups, and groups.
pub(super) type Members = (Vec<Control>, Vec<Group>);

/// The members of all selections, each of the catalog at its place in `catalogs`.
pub(super) fn members(mut selections: Vec<Members>, catalogs: &[&Catalog]) -> Members {
    if selections.len() < 2 {
        return selections.pop().unwrap_or_default();
    }
    below::ancestors(&mut selections, catalogs);
    let mut sources = Sources::default();
    catalogs.iter().for_each(|catalog| sources.add(&catalog.groups));
    let mut all = Members::default();
    for (controls, groups) in selections {
        all.0.extend(controls);
        sources.join(&mut all.1, groups);
    }
    in_order(&mut all, catalogs);
    all
}

/// Puts the members in the order of the first catalog that has them.
fn in_order((controls, groups): &mut Members, catalogs: &[&Catalog]) {
    let roots: Vec<Places<'_>> =
        catalogs.iter().map(|catalog| Places::of(&catalog.controls, &catalog.groups)).collect();
    let first = |place: &dyn Fn(&Places<'_>) -> Option<usize>| {
        let mut places = roots.iter().enumerate();
        places.find_map(|(at, root)| place(root).map(|place| (at, place))).unwrap_or((roots.len(), 0))
    };
    controls.sort_by_cached_key(|control| first(&|root| root.controls.get(control.id.as_str()).copied()));
    groups.sort_by_cached_key(|group| {
        let content = own_content(group);
        first(&|root| root.groups.get(&content).copied())
    });
}

/// The groups of all catalogs, by their own content.
#[derive(Default)]
struct Sources<'c>(BTreeMap<String, Vec<Places<'c>>>);

/// What a catalog or a group of it holds, with the places: controls at any depth by id, groups by their own content.
struct Places<'c> {
    controls: BTreeMap<&'c str, usize>,
    groups: BTreeMap<String, usize>,
}

impl<'c> Sources<'c> {
    fn add(&mut self, groups: &'c [Group]) {
        for group in groups {
            let same = self.0.entry(own_content(group)).or_default();
            if same.len() < HOLDERS {
                same.push(Places::of(&group.controls, &group.groups));
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
            earlier.controls.sort_by_key(|control| source.controls.get(control.id.as_str()).copied());
            earlier.groups.sort_by_cached_key(|group| source.groups.get(&own_content(group)).copied());
        }
    }
}

impl<'c> Places<'c> {
    fn of(controls: &'c [Control], groups: &'c [Group]) -> Self {
        let mut places = BTreeMap::new();
        list(controls, &mut places);
        let groups = groups.iter().enumerate().rev();
        Self { controls: places, groups: groups.map(|(at, group)| (own_content(group), at)).collect() }
    }

    /// Whether all members of a group are among these.
    fn hold(&self, group: &Group) -> bool {
        group.controls.iter().all(|control| self.controls.contains_key(control.id.as_str()))
            && group.groups.iter().all(|group| self.groups.contains_key(&own_content(group)))
    }
}

fn list<'c>(controls: &'c [Control], places: &mut BTreeMap<&'c str, usize>) {
    for control in controls {
        let next = places.len();
        places.entry(&control.id).or_insert(next);
        list(&control.controls, places);
    }
}

/// All of a group but its members, as a text.
fn own_content(group: &Group) -> String {
    let Group { id, class, title, params, props, links, parts, groups: _, controls: _ } = group;
    json!([id, class, title, params, props, links, parts]).to_string()
}
