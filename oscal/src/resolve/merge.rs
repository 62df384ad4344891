//! The merge phase: what several imports bring in is combined, then structured.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer};

use super::import::Selection;
use super::select::{Roster, Site};
use super::source::ProfileSource;
use super::trace;
use super::trace::record::Record;
use super::{codes, custom, joined, keeps};
use crate::model::Catalog;
use crate::model::catalog::{Control, Group};
use crate::model::control::Parameter;
use crate::model::profile::Custom;

/// What `merge` asks for.
pub(super) struct Plan<'p> {
    /// The method `use-first`, where it is asked for.
    use_first: Option<Location>,
    structure: Structure<'p>,
    /// What asks for the structure.
    place: Location,
}

enum Structure<'p> {
    Flat,
    AsIs,
    Custom(&'p Custom, Site),
}

/// The controls of the resolved catalog in their structure.
pub(super) struct Merged {
    /// Controls outside of groups.
    pub(super) controls: Vec<Control>,
    /// Groups.
    pub(super) groups: Vec<Group>,
    /// Parameters outside of controls and groups, still with those that nothing refers to.
    pub(super) loose: Vec<Parameter>,
    /// Parameters of controls that do not appear.
    pub(super) stray: Vec<Parameter>,
    /// Where everything came from, in the order of the imports.
    pub(super) sources: Vec<Source>,
}

/// An imported catalog and the import that named it.
pub(super) struct Source {
    pub(super) catalog: Arc<Catalog>,
    pub(super) site: Site,
}

/// Reads `merge`: `keep` and `flat` where it does not say otherwise (req-merge-none, req-structure-none). That there is
/// one structuring directive at most (req-stucture) was seen to when the profile was read.
pub(super) fn plan<'p>(profile: &ProfileSource<'p>, findings: &mut Diagnostics) -> Option<Plan<'p>> {
    let Some(merge) = &profile.model.merge else {
        let place = Location::file(&profile.file);
        return Some(Plan { use_first: None, structure: Structure::Flat, place });
    };
    let site = Site { file: profile.file.clone(), pointer: Pointer::from_text("/profile/merge") };
    let (structure, place) = match &merge.custom {
        Some(custom) => (Structure::Custom(custom, site.key("custom")), site.key("custom")),
        None if merge.as_is == Some(true) => (Structure::AsIs, site.key("as-is")),
        None if merge.flat.is_some() => (Structure::Flat, site.key("flat")),
        None => (Structure::Flat, site.clone()),
    };
    let method = site.key("combine").key("method").location();
    let use_first = match merge.combine.as_ref().and_then(|combine| combine.method.as_deref()) {
        None | Some("keep") => None,
        Some("use-first") => Some(method),
        Some(other) => {
            let message = format!("controls cannot be combined by `{other}`");
            let finding = Diagnostic::error(&codes::COMBINE_METHOD, message)
                .at(method)
                .help("use `use-first` or `keep`");
            findings.push(finding);
            return None;
        }
    };
    Some(Plan { use_first, structure, place: place.location() })
}

/// Combines the selections and gives them the structure of the plan (req-merge-order).
pub(super) fn merge(
    plan: &Plan<'_>,
    selections: Vec<Selection>,
    record: &mut Record,
    findings: &mut Diagnostics,
) -> Merged {
    let selections = if let Some(place) = &plan.use_first {
        first_only(selections, place, record)
    } else {
        report_duplicates(&selections, findings);
        selections
    };
    match &plan.structure {
        Structure::Flat => {
            let merged = flat(selections);
            record.placed(&merged, &trace::Structure::Flat, &plan.place);
            merged
        }
        Structure::AsIs => {
            let merged = as_is(selections);
            record.placed(&merged, &trace::Structure::AsIs, &plan.place);
            merged
        }
        Structure::Custom(custom, site) => custom::arrange(custom, site, selections, record, findings),
    }
}

impl Merged {
    pub(super) fn new() -> Self {
        Self {
            controls: Vec::new(),
            groups: Vec::new(),
            loose: Vec::new(),
            stray: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Remembers where a selection came from.
    pub(super) fn add_source(&mut self, catalog: Arc<Catalog>, site: Site) {
        self.sources.push(Source { catalog, site });
    }

    /// Every control, children included.
    pub(super) fn each_control(&mut self, act: &mut impl FnMut(&mut Control)) {
        each_control(&mut self.controls, act);
        each_in_groups(&mut self.groups, act);
    }
}

fn each_control(controls: &mut [Control], act: &mut impl FnMut(&mut Control)) {
    for control in controls {
        act(control);
        each_control(&mut control.controls, act);
    }
}

fn each_in_groups(groups: &mut [Group], act: &mut impl FnMut(&mut Control)) {
    for group in groups {
        each_control(&mut group.controls, act);
        each_in_groups(&mut group.groups, act);
    }
}

/// Warns of controls that several selections hold (req-merge-keep-warning), once per import.
fn report_duplicates(selections: &[Selection], findings: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, selection) in selections.iter().enumerate() {
        let roster = Roster::of(&selection.controls, &selection.groups);
        let again: Vec<(&str, usize)> =
            roster.ids().filter_map(|id| seen.get(id).map(|&first| (id, first))).collect();
        if let Some(&(id, first)) = again.first() {
            let message = match again.len() - 1 {
                0 => format!("the control `{id}` is selected a second time"),
                1 => format!("the control `{id}` and another one are selected a second time"),
                more => format!("the control `{id}` and {more} others are selected a second time"),
            };
            let finding = Diagnostic::warning(&codes::DUPLICATE_CONTROL, message)
                .at(selection.site.location())
                .help("say `combine: {method: use-first}` in `merge`, or select each control once");
            findings.push(match selections.get(first) {
                Some(first) => finding.also(first.site.location(), "selected here first"),
                None => finding,
            });
        }
        roster.ids().for_each(|id| {
            seen.entry(id).or_insert(i);
        });
    }
}

/// Drops every control whose id an earlier one has (req-merge-use-first); its children take its place.
fn first_only(mut selections: Vec<Selection>, place: &Location, record: &mut Record) -> Vec<Selection> {
    let mut first = First { seen: BTreeMap::new(), import: 0, place, record };
    for (import, selection) in selections.iter_mut().enumerate() {
        first.import = import;
        selection.controls = first.controls(std::mem::take(&mut selection.controls));
        selection.groups = first.groups(std::mem::take(&mut selection.groups));
    }
    selections
}

/// What was seen first.
struct First<'r> {
    /// The ids of controls, and the import that brought each in.
    seen: BTreeMap<String, usize>,
    /// The import at work.
    import: usize,
    place: &'r Location,
    record: &'r mut Record,
}

impl First<'_> {
    fn controls(&mut self, controls: Vec<Control>) -> Vec<Control> {
        let mut kept = Vec::with_capacity(controls.len());
        for mut control in controls {
            let (by, is_first) = match self.seen.entry(control.id.clone()) {
                Entry::Occupied(seen) => (*seen.get(), false),
                Entry::Vacant(new) => (*new.insert(self.import), true),
            };
            let children = self.controls(std::mem::take(&mut control.controls));
            if is_first {
                control.controls = children;
                kept.push(control);
            } else {
                self.record.superseded(&control.id, self.import, by, self.place);
                kept.extend(children);
            }
        }
        kept
    }

    /// The groups without repeated controls, and without the groups that are empty for that reason.
    fn groups(&mut self, groups: Vec<Group>) -> Vec<Group> {
        let mut kept = Vec::with_capacity(groups.len());
        for mut group in groups {
            let was_empty = group.controls.is_empty() && group.groups.is_empty();
            group.controls = self.controls(std::mem::take(&mut group.controls));
            group.groups = self.groups(std::mem::take(&mut group.groups));
            let is_empty = group.controls.is_empty() && group.groups.is_empty();
            if was_empty || !is_empty || keeps(&group.props) {
                kept.push(group);
            }
        }
        kept
    }
}

/// No groups and no nesting (req-merge-flat-list); parameters of groups become loose.
fn flat(selections: Vec<Selection>) -> Merged {
    let mut merged = Merged::new();
    for selection in selections {
        merged.loose.extend(selection.loose);
        merged.stray.extend(selection.stray);
        flatten_controls(selection.controls, &mut merged.controls);
        flatten_groups(selection.groups, &mut merged);
        merged.add_source(selection.catalog, selection.site);
    }
    merged
}

fn flatten_controls(controls: Vec<Control>, into: &mut Vec<Control>) {
    for mut control in controls {
        let children = std::mem::take(&mut control.controls);
        into.push(control);
        flatten_controls(children, into);
    }
}

fn flatten_groups(groups: Vec<Group>, into: &mut Merged) {
    for group in groups {
        into.loose.extend(group.params);
        flatten_controls(group.controls, &mut into.controls);
        flatten_groups(group.groups, into);
    }
}

/// The structure of the imported catalogs (id-structure-as-is-list).
fn as_is(selections: Vec<Selection>) -> Merged {
    let mut merged = Merged::new();
    let mut members = Vec::new();
    for selection in selections {
        merged.loose.extend(selection.loose);
        merged.stray.extend(selection.stray);
        members.push((selection.controls, selection.groups));
        merged.add_source(selection.catalog, selection.site);
    }
    let catalogs: Vec<&Catalog> = merged.sources.iter().map(|source| source.catalog.as_ref()).collect();
    (merged.controls, merged.groups) = joined::members(members, &catalogs);
    merged
}
