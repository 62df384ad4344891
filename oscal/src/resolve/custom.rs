//! The structure that a profile writes out itself (specification, "custom").

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{Diagnostic, Diagnostics};

use super::codes;
use super::import::{Selection, without_children};
use super::merge::Merged;
use super::select::{Roster, Selector, Site};
use super::trace::Holder;
use super::trace::record::Record;
use crate::model::catalog::{Control, Group};
use crate::model::profile::{self, Custom, InsertControls};

/// Puts the selected controls where the profile inserts them. Controls that no directive selects do not appear.
pub(super) fn arrange(
    custom: &Custom,
    site: &Site,
    selections: Vec<Selection>,
    record: &mut Record,
    findings: &mut Diagnostics,
) -> Merged {
    let mut merged = Merged::new();
    let mut pool = Pool { controls: Vec::new(), groups: BTreeMap::new() };
    for selection in selections {
        merged.loose.extend(selection.loose);
        merged.stray.extend(selection.stray);
        pool.controls.extend(selection.controls);
        pool.take_groups(selection.groups, &mut merged);
        merged.add_source(selection.catalog, selection.site);
    }
    let roster = Roster::of(&pool.controls, &[]);
    let mut writer = Writer { roster, pool: &pool, inserted: BTreeSet::new(), record, findings };
    merged.controls = writer.insert_all(&custom.insert_controls, site, &Holder::Catalog);
    merged.groups = writer.groups(&custom.groups, site);
    let Writer { inserted, record, .. } = writer;
    drop_uninserted(&pool.controls, &inserted, &mut merged, &mut |id| record.not_placed(id, site));
    merged
}

/// What the imports brought in: controls in order, groups without their members by id.
struct Pool {
    controls: Vec<Control>,
    groups: BTreeMap<String, Group>,
}

impl Pool {
    fn take_groups(&mut self, groups: Vec<Group>, merged: &mut Merged) {
        for mut group in groups {
            self.controls.append(&mut group.controls);
            self.take_groups(std::mem::take(&mut group.groups), merged);
            merged.loose.extend_from_slice(&group.params);
            if let Some(id) = group.id.clone() {
                self.groups.entry(id).or_insert(group);
            }
        }
    }
}

/// Keeps the parameters of controls that do not appear: others may refer to them.
fn drop_uninserted(
    controls: &[Control],
    inserted: &BTreeSet<String>,
    merged: &mut Merged,
    note: &mut impl FnMut(&str),
) {
    for control in controls {
        if !inserted.contains(&control.id) {
            merged.stray.extend_from_slice(&control.params);
            note(&control.id);
        }
        drop_uninserted(&control.controls, inserted, merged, note);
    }
}

struct Writer<'a> {
    roster: Roster<'a>,
    pool: &'a Pool,
    inserted: BTreeSet<String>,
    record: &'a mut Record,
    findings: &'a mut Diagnostics,
}

impl Writer<'_> {
    fn groups(&mut self, groups: &[profile::Group], site: &Site) -> Vec<Group> {
        let site = site.key("groups");
        groups.iter().enumerate().map(|(i, group)| self.group(group, &site.index(i))).collect()
    }

    /// The group as it is written (req-custom-group). Where an imported group has the same id, its content comes first
    /// (req-custom-group-contents); title and class are those that the profile writes.
    fn group(&mut self, group: &profile::Group, site: &Site) -> Group {
        let imported = group.id.as_ref().and_then(|id| self.pool.groups.get(id)).cloned().unwrap_or_default();
        let mut params = imported.params;
        params.retain(|param| group.params.iter().all(|own| own.id != param.id));
        params.extend_from_slice(&group.params);
        self.record.custom_group(&group.params, site);
        let holder = Holder::Group { id: group.id.clone(), title: group.title.clone() };
        Group {
            id: group.id.clone(),
            class: group.class.clone().or(imported.class),
            title: group.title.clone(),
            params,
            props: both(imported.props, &group.props),
            links: both(imported.links, &group.links),
            parts: both(imported.parts, &group.parts),
            groups: self.groups(&group.groups, site),
            controls: self.insert_all(&group.insert_controls, site, &holder),
        }
    }

    fn insert_all(&mut self, inserts: &[InsertControls], site: &Site, holder: &Holder) -> Vec<Control> {
        let site = site.key("insert-controls");
        let inserts = inserts.iter().enumerate();
        inserts.flat_map(|(i, insert)| self.insert(insert, site.index(i), holder)).collect()
    }

    /// The controls that one directive selects (req-custom-select). A child stays below its parent where both are
    /// selected here.
    fn insert(&mut self, insert: &InsertControls, site: Site, holder: &Holder) -> Vec<Control> {
        let selector = Selector {
            all: insert.include_all.as_ref().map(|_| site.key("include-all")),
            include: &insert.include_controls,
            exclude: &insert.exclude_controls,
            site,
            from: "the imported selection",
        };
        let before = self.findings.len();
        let choice = self.roster.choose(&selector, self.record, self.findings);
        if choice.is_empty() && self.findings.len() == before {
            let finding = Diagnostic::warning(&codes::NOTHING_SELECTED, "no control is selected here");
            self.findings.push(finding.at(selector.site.location()));
        }
        let mut controls = chosen(&self.pool.controls, &mut choice.marks());
        sort(&mut controls, insert.order.as_deref());
        self.note(&controls, &selector.site);
        self.record.inserted(&selector.site, &controls, holder, (&self.roster, &choice));
        controls
    }

    /// Notes what was inserted, and warns of what was inserted before.
    fn note(&mut self, controls: &[Control], site: &Site) {
        for control in controls {
            if !self.inserted.insert(control.id.clone()) {
                let message = format!("the control `{}` is inserted a second time", control.id);
                self.findings
                    .push(Diagnostic::warning(&codes::DUPLICATE_CONTROL, message).at(site.location()));
            }
            self.note(&control.controls, site);
        }
    }
}

/// Sorts by id where the directive asks for it; else the order is that of the imports.
fn sort(controls: &mut [Control], order: Option<&str>) {
    match order {
        Some("ascending") => controls.sort_by(|a, b| a.id.cmp(&b.id)),
        Some("descending") => controls.sort_by(|a, b| b.id.cmp(&a.id)),
        _ => return,
    }
    for control in controls {
        sort(&mut control.controls, order);
    }
}

fn both<T: Clone + PartialEq>(mut first: Vec<T>, second: &[T]) -> Vec<T> {
    for item in second {
        if !first.contains(item) {
            first.push(item.clone());
        }
    }
    first
}

fn chosen(controls: &[Control], marks: &mut impl Iterator<Item = bool>) -> Vec<Control> {
    let mut selected = Vec::new();
    for control in controls {
        let is_chosen = marks.next() == Some(true);
        let children = chosen(&control.controls, marks);
        if is_chosen {
            selected.push(Control { controls: children, ..without_children(control) });
        } else {
            selected.extend(children);
        }
    }
    selected
}
