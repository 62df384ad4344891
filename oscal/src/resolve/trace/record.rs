//! What is noted while a resolution runs, document by document.

use std::collections::BTreeMap;

use probity_diagnostics::{Location, Pointer, TreePath};

use super::change::Changes;
use super::{Because, Document, Event, Holder, Item, Position, Step, Structure};
use crate::model::catalog::{Control, Group};
use crate::model::control::{Parameter, Part};
use crate::model::metadata::{BackMatter, Resource};
use crate::model::{Catalog, Profile};
use crate::resolve::merge::Merged;
use crate::resolve::select::{Choice, Roster, Site};

/// The notes on one document; nothing is noted where nobody asked for a trace.
pub(in crate::resolve) struct Record(Option<Box<Notes>>);

/// What was noted about one document.
pub(super) struct Notes {
    pub(super) document: Document,
    /// The controls that the document itself defines, in order.
    pub(super) definitions: Vec<Definition>,
    /// What became of controls, by id.
    pub(super) controls: BTreeMap<String, Vec<Step>>,
    /// What became of parameters outside of controls, by id.
    pub(super) params: BTreeMap<String, ObjectNotes>,
    /// What became of resources, by uuid.
    pub(super) resources: BTreeMap<String, ObjectNotes>,
}

/// A control as its catalog defines it.
pub(super) struct Definition {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) params: Vec<(String, Location)>,
    pub(super) parts: Vec<String>,
}

/// What became of an object.
#[derive(Default)]
pub(super) struct ObjectNotes {
    pub(super) title: Option<String>,
    pub(super) steps: Vec<Step>,
}

/// The notes on all documents of a resolution.
#[derive(Default)]
pub(in crate::resolve) struct Journal {
    pub(super) documents: Vec<Notes>,
}

/// Where a parameter stands.
#[derive(Clone, Copy)]
pub(in crate::resolve) enum Owner<'a> {
    Control(&'a str),
    Other,
}

impl Journal {
    /// Closes the notes on a document.
    pub(in crate::resolve) fn add(&mut self, record: Record) {
        self.documents.extend(record.0.map(|notes| *notes));
    }

    /// Notes what a catalog defines.
    pub(in crate::resolve) fn add_catalog(&mut self, file: &TreePath, catalog: &Catalog) {
        let mut notes = Notes::on(file, &catalog.metadata.title, false);
        let root = Pointer::from_text("/catalog");
        notes.params(&catalog.params, &root);
        notes.define(&catalog.controls, &root.key("controls"), &Holder::Catalog);
        notes.groups(&catalog.groups, &root.key("groups"));
        notes.resources(catalog.back_matter.as_ref(), &root);
        self.documents.push(notes);
    }
}

impl Record {
    /// Notes on a profile, or none.
    pub(in crate::resolve) fn on(file: &TreePath, model: &Profile, wanted: bool) -> Self {
        Self(wanted.then(|| {
            let mut notes = Notes::on(file, &model.metadata.title, true);
            notes.resources(model.back_matter.as_ref(), &Pointer::from_text("/profile"));
            Box::new(notes)
        }))
    }

    /// Whether a trace is asked for.
    pub(in crate::resolve) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// The next import leads to this document.
    pub(in crate::resolve) fn import(&mut self, file: &TreePath) {
        if let Some(notes) = &mut self.0 {
            notes.document.imports.push(file.clone());
        }
    }

    /// What an import, counted from 0, takes over.
    pub(in crate::resolve) fn selection(
        &mut self,
        import: usize,
        site: &Site,
        roster: &Roster<'_>,
        choice: &Choice,
    ) {
        let Some(notes) = &mut self.0 else { return };
        let import = import + 1;
        for at in 0..roster.len() {
            let Some(id) = roster.id(at) else { continue };
            if choice.is_included(at) {
                for mark in choice.why_included(at) {
                    let event = Event::Selected { import, how: mark.how.clone() };
                    notes.step(id, mark.site.location(), event);
                }
                let above = roster.parent(at).filter(|parent| !choice.is_included(*parent));
                if let Some(above) = above.and_then(|parent| roster.id(parent)) {
                    notes.step(id, site.location(), Event::Raised { above: above.to_owned() });
                }
            } else if choice.is_excluded(at) {
                for mark in choice.why_excluded(at) {
                    let event = Event::Excluded { import, how: mark.how.clone() };
                    notes.step(id, mark.site.location(), event);
                }
            } else {
                notes.step(id, site.location(), Event::NotNamed { import });
            }
        }
    }

    /// The copy of a control of one import gives way to that of another, both counted from 0.
    pub(in crate::resolve) fn superseded(&mut self, id: &str, import: usize, by: usize, place: &Location) {
        if let Some(notes) = &mut self.0 {
            let event = Event::Superseded { import: import + 1, by: by + 1 };
            notes.step(id, place.clone(), event);
        }
    }

    /// The structure into which controls were put.
    pub(in crate::resolve) fn placed(&mut self, merged: &Merged, structure: &Structure, place: &Location) {
        let Some(notes) = &mut self.0 else { return };
        let mut note = |control: &Control, inside: &Holder| {
            let event = Event::Placed { structure: structure.clone(), inside: inside.clone() };
            let steps = notes.controls.entry(control.id.clone()).or_default();
            // it was not raised after all where nothing is nested, or where another import brought in what is above
            steps.retain(|step| match &step.event {
                Event::Raised { above } => {
                    *structure != Structure::Flat && *inside != Holder::Control(above.clone())
                }
                _ => true,
            });
            steps.push(Step { place: place.clone(), event });
        };
        each_control(&merged.controls, &Holder::Catalog, &mut note);
        each_in_groups(&merged.groups, &mut note);
    }

    /// What one `insert-controls` puts into a group or the catalog.
    pub(in crate::resolve) fn inserted(
        &mut self,
        site: &Site,
        controls: &[Control],
        inside: &Holder,
        (roster, choice): (&Roster<'_>, &Choice),
    ) {
        let Some(notes) = &mut self.0 else { return };
        let (mut hows, mut places) = (BTreeMap::new(), BTreeMap::new());
        for at in 0..roster.len() {
            let Some(id) = roster.id(at) else { continue };
            if choice.is_included(at) {
                let marks = choice.why_included(at);
                places.entry(id).or_insert(marks.first().map_or(site, |mark| &mark.site).location());
                hows.entry(id).or_insert(marks.iter().map(|mark| mark.how.clone()).collect::<Vec<_>>());
            }
            for mark in choice.why_excluded(at) {
                let event = Event::NotInserted { how: mark.how.clone() };
                notes.step(id, mark.site.location(), event);
            }
        }
        each_control(controls, inside, &mut |control, inside| {
            let id = control.id.as_str();
            let structure = Structure::Custom(hows.get(id).cloned().unwrap_or_default());
            let place = places.get(id).cloned().unwrap_or_else(|| site.location());
            notes.step(id, place, Event::Placed { structure, inside: inside.clone() });
        });
    }

    /// A group that the profile writes out brings parameters along.
    pub(in crate::resolve) fn custom_group(&mut self, params: &[Parameter], site: &Site) {
        if let Some(notes) = &mut self.0 {
            notes.params(params, &site.pointer);
        }
    }

    /// A control that no `insert-controls` means. Where one leaves it out by name, that is the reason.
    pub(in crate::resolve) fn not_placed(&mut self, id: &str, site: &Site) {
        let Some(notes) = &mut self.0 else { return };
        let last = notes.controls.get(id).and_then(|steps| steps.last());
        if !last.is_some_and(|step| matches!(step.event, Event::NotInserted { .. })) {
            notes.step(id, Location::key(&site.file, &site.pointer), Event::NotPlaced);
        }
    }

    /// A sheet for what a directive changes about a parameter.
    pub(in crate::resolve) fn changes(&self) -> Changes {
        Changes::new(self.is_on())
    }

    /// A parameter was set.
    pub(in crate::resolve) fn set(
        &mut self,
        owner: Owner<'_>,
        param: &Parameter,
        changes: Changes,
        site: impl FnOnce() -> Site,
    ) {
        let (Some(notes), Some(changes)) = (&mut self.0, changes.done()) else { return };
        let event = Event::Set { param: param.id.clone(), changes };
        let step = Step { place: site().location(), event };
        match owner {
            Owner::Control(id) => notes.controls.entry(id.to_owned()).or_default().push(step),
            Owner::Other => {
                notes.params.entry(param.id.clone()).or_default().add(param.label.as_ref(), step);
            }
        }
    }

    /// Something was added to a control.
    pub(in crate::resolve) fn added(
        &mut self,
        id: &str,
        to: Option<&str>,
        position: Position,
        items: impl FnOnce() -> Vec<Item>,
        site: &Site,
    ) {
        if let Some(notes) = &mut self.0 {
            let event = Event::Added { to: to.map(str::to_owned), position, items: items() };
            notes.step(id, site.location(), event);
        }
    }

    /// Something was removed from a control.
    pub(in crate::resolve) fn removed(&mut self, id: &str, items: Option<Vec<Item>>, site: &Site) {
        if let (Some(notes), Some(items)) = (&mut self.0, items.filter(|items| !items.is_empty())) {
            notes.step(id, site.location(), Event::Removed { items });
        }
    }

    /// Controls were removed from the one that was altered, with all that stands in them.
    pub(in crate::resolve) fn gone(&mut self, controls: &[Control], from: &str, site: &Site) {
        let Some(notes) = &mut self.0 else { return };
        each_control(controls, &Holder::Catalog, &mut |control, _| {
            notes.step(&control.id, site.location(), Event::Gone { from: from.to_owned() });
        });
    }

    /// What became of parameters that may stand in the catalog itself, each with whether it comes from a control that
    /// does not appear, and of resources. Where the parameters of such controls go is no news, unless they were set.
    pub(in crate::resolve) fn pruned(
        &mut self,
        params: &[(Parameter, bool)],
        param_stays: &[Option<Because>],
        resources: &[&Resource],
        resource_stays: &[Option<Because>],
    ) {
        let Some(notes) = &mut self.0 else { return };
        let place = Location::file(&notes.document.file);
        let step = |why: &Option<Because>| Step {
            place: place.clone(),
            event: why.clone().map_or(Event::Dropped, Event::Kept),
        };
        for ((param, is_stray), why) in params.iter().zip(param_stays) {
            let is_noted = notes.params.contains_key(&param.id);
            if why.is_some() || !is_stray || is_noted {
                notes.params.entry(param.id.clone()).or_default().add(param.label.as_ref(), step(why));
            }
        }
        for (resource, why) in resources.iter().zip(resource_stays) {
            notes.resources.entry(resource.uuid.clone()).or_default().add(resource.title.as_ref(), step(why));
        }
    }
}

impl ObjectNotes {
    fn add(&mut self, title: Option<&String>, step: Step) {
        self.title = title.cloned().or(self.title.take());
        self.steps.push(step);
    }
}

impl Notes {
    fn on(file: &TreePath, title: &str, is_profile: bool) -> Self {
        Self {
            document: Document {
                file: file.clone(),
                title: title.to_owned(),
                is_profile,
                imports: Vec::new(),
            },
            definitions: Vec::new(),
            controls: BTreeMap::new(),
            params: BTreeMap::new(),
            resources: BTreeMap::new(),
        }
    }

    fn step(&mut self, id: &str, place: Location, event: Event) {
        let steps = self.controls.entry(id.to_owned()).or_default();
        let step = Step { place, event };
        // several copies of a control are told of once
        if steps.last() != Some(&step) {
            steps.push(step);
        }
    }

    fn at(&self, pointer: &Pointer) -> Location {
        Location::value(&self.document.file, pointer)
    }

    fn define(&mut self, controls: &[Control], pointer: &Pointer, inside: &Holder) {
        for (i, control) in controls.iter().enumerate() {
            let pointer = pointer.index(i);
            let place = self.at(&pointer);
            self.step(&control.id, place, Event::Defined { inside: inside.clone() });
            let list = pointer.key("params");
            let params = control.params.iter().enumerate();
            let params = params.map(|(i, param)| (param.id.clone(), self.at(&list.index(i)))).collect();
            let mut parts = Vec::new();
            part_ids(&control.parts, &mut parts);
            let (id, title) = (control.id.clone(), control.title.clone());
            self.definitions.push(Definition { id, title, params, parts });
            self.define(&control.controls, &pointer.key("controls"), &Holder::Control(control.id.clone()));
        }
    }

    fn groups(&mut self, groups: &[Group], pointer: &Pointer) {
        for (i, group) in groups.iter().enumerate() {
            let pointer = pointer.index(i);
            self.params(&group.params, &pointer);
            self.define(&group.controls, &pointer.key("controls"), &Holder::of(group));
            self.groups(&group.groups, &pointer.key("groups"));
        }
    }

    fn params(&mut self, params: &[Parameter], holder: &Pointer) {
        let pointer = holder.key("params");
        for (i, param) in params.iter().enumerate() {
            let place = self.at(&pointer.index(i));
            let step = Step { place, event: Event::Defined { inside: Holder::Catalog } };
            self.params.entry(param.id.clone()).or_default().add(param.label.as_ref(), step);
        }
    }

    fn resources(&mut self, back_matter: Option<&BackMatter>, root: &Pointer) {
        let pointer = root.key("back-matter").key("resources");
        for (i, resource) in back_matter.iter().flat_map(|back| &back.resources).enumerate() {
            let place = self.at(&pointer.index(i));
            let step = Step { place, event: Event::Defined { inside: Holder::Catalog } };
            self.resources.entry(resource.uuid.clone()).or_default().add(resource.title.as_ref(), step);
        }
    }
}

impl Holder {
    /// A group as a holder.
    pub(in crate::resolve) fn of(group: &Group) -> Self {
        Self::Group { id: group.id.clone(), title: group.title.clone() }
    }
}

fn part_ids(parts: &[Part], ids: &mut Vec<String>) {
    for part in parts {
        ids.extend(part.id.clone());
        part_ids(&part.parts, ids);
    }
}

fn each_control(controls: &[Control], inside: &Holder, act: &mut impl FnMut(&Control, &Holder)) {
    for control in controls {
        act(control, inside);
        if !control.controls.is_empty() {
            each_control(&control.controls, &Holder::Control(control.id.clone()), act);
        }
    }
}

fn each_in_groups(groups: &[Group], act: &mut impl FnMut(&Control, &Holder)) {
    for group in groups {
        each_control(&group.controls, &Holder::of(group), act);
        each_in_groups(&group.groups, act);
    }
}
