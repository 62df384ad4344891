//! Controls whose parents another import brought in.

use std::collections::{BTreeMap, BTreeSet};

use super::Members;
use crate::model::Catalog;
use crate::model::catalog::{Control, Group};

/// What is known of the controls of a catalog: the parent of each, and its place.
type Known<'c> = BTreeMap<&'c str, (Option<&'c str>, usize)>;

/// Puts every control below the nearest of its ancestors in its catalog that any of the selections has.
pub(super) fn ancestors(selections: &mut [Members], catalogs: &[&Catalog]) {
    let known: Vec<Known<'_>> = catalogs.iter().map(|catalog| known(catalog)).collect();
    let mut included = BTreeSet::new();
    for (controls, groups) in selections.iter() {
        note(controls, &mut included);
        each_list(groups, &mut |controls| note(controls, &mut included));
    }
    let mut moved = BTreeMap::new();
    for ((controls, groups), known) in selections.iter_mut().zip(&known) {
        let mut mover = Mover { known, included: &included, moved: &mut moved };
        mover.take_out(controls, None);
        each_list_mut(groups, &mut |controls| mover.take_out(controls, None));
    }
    if moved.is_empty() {
        return;
    }
    for ((controls, groups), known) in selections.iter_mut().zip(&known) {
        put_in(controls, &mut moved, known);
        each_list_mut(groups, &mut |controls| put_in(controls, &mut moved, known));
    }
    // catalogs that contradict each other may leave controls below one another
    while let Some((_, mut rest)) = moved.pop_first() {
        put_in(&mut rest, &mut moved, &Known::new());
        if let Some((controls, _)) = selections.first_mut() {
            controls.extend(rest);
        }
    }
}

fn known(catalog: &Catalog) -> Known<'_> {
    fn add<'c>(controls: &'c [Control], parent: Option<&'c str>, known: &mut Known<'c>) {
        for control in controls {
            let place = known.len();
            known.entry(&control.id).or_insert((parent, place));
            add(&control.controls, Some(&control.id), known);
        }
    }
    let mut known = Known::new();
    add(&catalog.controls, None, &mut known);
    each_list(&catalog.groups, &mut |controls| add(controls, None, &mut known));
    known
}

fn each_list<'c>(groups: &'c [Group], act: &mut impl FnMut(&'c [Control])) {
    for group in groups {
        act(&group.controls);
        each_list(&group.groups, act);
    }
}

fn each_list_mut(groups: &mut [Group], act: &mut impl FnMut(&mut Vec<Control>)) {
    for group in groups {
        act(&mut group.controls);
        each_list_mut(&mut group.groups, act);
    }
}

fn note(controls: &[Control], included: &mut BTreeSet<String>) {
    for control in controls {
        included.insert(control.id.clone());
        note(&control.controls, included);
    }
}

struct Mover<'a> {
    known: &'a Known<'a>,
    included: &'a BTreeSet<String>,
    /// Controls that were taken out, by the one that they belong below.
    moved: &'a mut BTreeMap<String, Vec<Control>>,
}

impl Mover<'_> {
    /// Takes out what does not stand below its nearest ancestor.
    fn take_out(&mut self, controls: &mut Vec<Control>, above: Option<&str>) {
        for mut control in std::mem::take(controls) {
            let id = control.id.clone();
            self.take_out(&mut control.controls, Some(&id));
            match self.nearest(&id) {
                Some(ancestor) if Some(ancestor) != above => {
                    self.moved.entry(ancestor.to_owned()).or_default().push(control);
                }
                _ => controls.push(control),
            }
        }
    }

    fn nearest(&self, id: &str) -> Option<&str> {
        let mut at = self.known.get(id)?.0?;
        while !self.included.contains(at) {
            at = self.known.get(at)?.0?;
        }
        Some(at)
    }
}

/// Puts back what belongs below these controls, in the order of the catalog.
fn put_in(controls: &mut [Control], moved: &mut BTreeMap<String, Vec<Control>>, known: &Known<'_>) {
    for control in controls {
        if let Some(children) = moved.remove(&control.id) {
            control.controls.extend(children);
            control.controls.sort_by_key(|child| known.get(child.id.as_str()).map(|(_, place)| *place));
        }
        put_in(&mut control.controls, moved, known);
    }
}
