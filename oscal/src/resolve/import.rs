//! The import phase: every import gives a selection of its own.

use std::sync::Arc;

use probity_diagnostics::{Diagnostics, Pointer};

use super::select::{Roster, Selector, Site};
use super::source::ProfileSource;
use super::trace::record::Record;
use super::{Run, keeps};
use crate::model::Catalog;
use crate::model::catalog::{Control, Group};
use crate::model::control::Parameter;
use crate::model::profile::Import;

/// What one import contributes: the selected controls in the groups and below the controls that they stand in.
pub(super) struct Selection {
    /// The catalog that was imported, or that an imported profile resolved to.
    pub(super) catalog: Arc<Catalog>,
    /// The import.
    pub(super) site: Site,
    /// Selected controls outside of groups.
    pub(super) controls: Vec<Control>,
    /// Groups that hold selected controls.
    pub(super) groups: Vec<Group>,
    /// Parameters of the catalog and of groups that are not taken over (req-loose-param).
    pub(super) loose: Vec<Parameter>,
    /// Parameters of controls that are not selected: selected ones may refer to them.
    pub(super) stray: Vec<Parameter>,
}

/// Runs all imports of a profile, in order. None where one of them fails; the others are still looked at.
pub(super) fn run(
    profile: &ProfileSource<'_>,
    run: &mut Run<'_>,
    record: &mut Record,
) -> Option<Vec<Selection>> {
    let imports = Site { file: profile.file.clone(), pointer: Pointer::from_text("/profile/imports") };
    let selections: Vec<Option<Selection>> = profile
        .model
        .imports
        .iter()
        .enumerate()
        .map(|(i, import)| {
            let site = imports.index(i);
            let catalog = run.import(profile, &import.href, &site.key("href"), record)?;
            Some(select(catalog, import, (i, site), record, &mut run.findings))
        })
        .collect();
    selections.into_iter().collect()
}

fn select(
    catalog: Arc<Catalog>,
    import: &Import,
    (index, site): (usize, Site),
    record: &mut Record,
    findings: &mut Diagnostics,
) -> Selection {
    let roster = Roster::of(&catalog.controls, &catalog.groups);
    let selector = Selector {
        all: match &import.include_all {
            Some(_) => Some(site.key("include-all")),
            None => import.include_controls.is_empty().then(|| site.clone()),
        },
        include: &import.include_controls,
        exclude: &import.exclude_controls,
        site,
        from: &format!("`{}`", catalog.metadata.title),
    };
    let mut choice = roster.choose(&selector, record, findings);
    roster.include_ancestors(&selector.site, &mut choice);
    record.selection(index, &selector.site, &roster, &choice);
    let (all, loose) = (selector.all.is_some(), catalog.params.clone());
    let mut pruner = Pruner { marks: choice.marks(), all, loose, stray: Vec::new() };
    let controls = pruner.controls(&catalog.controls);
    let groups = pruner.groups(&catalog.groups);
    let Pruner { loose, stray, .. } = pruner;
    Selection { site: selector.site, controls, groups, loose, stray, catalog }
}

/// Copies what is selected; `marks` runs through the controls in the order of the roster.
struct Pruner<M> {
    marks: M,
    all: bool,
    loose: Vec<Parameter>,
    stray: Vec<Parameter>,
}

impl<M: Iterator<Item = bool>> Pruner<M> {
    /// The selected controls. Children of a control that is not selected take its place.
    fn controls(&mut self, controls: &[Control]) -> Vec<Control> {
        let mut selected = Vec::new();
        for control in controls {
            if self.marks.next() == Some(true) {
                let copy = without_children(control);
                selected.push(Control { controls: self.controls(&control.controls), ..copy });
            } else {
                self.stray.extend_from_slice(&control.params);
                selected.extend(self.controls(&control.controls));
            }
        }
        selected
    }

    fn groups(&mut self, groups: &[Group]) -> Vec<Group> {
        groups.iter().filter_map(|group| self.group(group)).collect()
    }

    /// The group with all its content where it holds a selected control, is marked to be kept, or is imported as a
    /// whole and never held a control (id-structure-as-is-list-1, req-include-all).
    fn group(&mut self, group: &Group) -> Option<Group> {
        let controls = self.controls(&group.controls);
        let groups = self.groups(&group.groups);
        let stays = !controls.is_empty() || !groups.is_empty() || keeps(&group.props);
        if stays || (self.all && !holds_controls(group)) {
            return Some(Group { groups, controls, ..without_members(group) });
        }
        self.loose.extend_from_slice(&group.params);
        None
    }
}

fn holds_controls(group: &Group) -> bool {
    !group.controls.is_empty() || group.groups.iter().any(holds_controls)
}

/// A copy of a control without its child controls.
pub(super) fn without_children(control: &Control) -> Control {
    Control {
        id: control.id.clone(),
        class: control.class.clone(),
        title: control.title.clone(),
        params: control.params.clone(),
        props: control.props.clone(),
        links: control.links.clone(),
        parts: control.parts.clone(),
        controls: Vec::new(),
    }
}

/// A copy of a group without its groups and controls.
fn without_members(group: &Group) -> Group {
    Group {
        id: group.id.clone(),
        class: group.class.clone(),
        title: group.title.clone(),
        params: group.params.clone(),
        props: group.props.clone(),
        links: group.links.clone(),
        parts: group.parts.clone(),
        groups: Vec::new(),
        controls: Vec::new(),
    }
}
