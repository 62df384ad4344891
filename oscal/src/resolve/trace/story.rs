//! From the notes on each document to one story per control, parameter and resource.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use probity_diagnostics::{Location, TreePath};

use super::record::{Definition, Journal, Notes, ObjectNotes};
use super::{ControlTrace, Event, ObjectTrace, ParamTrace, Step, Trace};
use crate::model::Catalog;
use crate::model::catalog::{Control, Group};
use crate::model::control::Parameter;

impl Trace {
    /// Puts the notes together. The last document is the one that was asked for, and `catalog` what it came to.
    pub(in crate::resolve) fn of(journal: &Journal, catalog: &Catalog) -> Self {
        let library = Library::of(&journal.documents);
        let result = Outcome::of(catalog);
        let mut controls = Vec::new();
        let mut told = BTreeSet::new();
        let ids = result.order.iter().copied();
        let defined = library.order.iter().flat_map(|notes| &notes.definitions).map(|own| own.id.as_str());
        for id in ids.chain(defined) {
            if told.insert(id) {
                controls.push(library.control(id, &result));
            }
        }
        let mut parameters = library.objects(|notes| &notes.params, &result.params);
        // a parameter of a control may be set outside of it too, where another import leaves the control out
        parameters.retain(|param| {
            param.is_in || param.steps.iter().any(|step| !matches!(step.event, Event::Set { .. }))
        });
        let resources = library.objects(|notes| &notes.resources, &result.resources);
        let documents = journal.documents.iter().map(|notes| notes.document.clone()).collect();
        Self { documents, controls, parameters, resources }
    }
}

/// What the result holds.
struct Outcome<'a> {
    order: Vec<&'a str>,
    controls: BTreeMap<&'a str, Vec<&'a Control>>,
    /// Parameters outside of controls, with their labels.
    params: BTreeSet<&'a str>,
    resources: BTreeSet<&'a str>,
}

impl<'a> Outcome<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let params = catalog.params.iter().map(|param| param.id.as_str()).collect();
        let resources = catalog.back_matter.iter().flat_map(|back| &back.resources);
        let resources = resources.map(|resource| resource.uuid.as_str()).collect();
        let mut result = Self { order: Vec::new(), controls: BTreeMap::new(), params, resources };
        result.add_controls(&catalog.controls);
        result.add_groups(&catalog.groups);
        result
    }

    fn add_controls(&mut self, controls: &'a [Control]) {
        for control in controls {
            self.order.push(&control.id);
            self.controls.entry(&control.id).or_default().push(control);
            self.add_controls(&control.controls);
        }
    }

    fn add_groups(&mut self, groups: &'a [Group]) {
        for group in groups {
            self.params.extend(group.params.iter().map(|param| param.id.as_str()));
            self.add_controls(&group.controls);
            self.add_groups(&group.groups);
        }
    }
}

/// The notes, by document, each document after those it imports.
struct Library<'a> {
    order: Vec<&'a Notes>,
    definitions: BTreeMap<&'a str, Vec<&'a Definition>>,
}

impl<'a> Library<'a> {
    fn of(documents: &'a [Notes]) -> Self {
        let by_file: BTreeMap<&TreePath, &Notes> =
            documents.iter().map(|notes| (&notes.document.file, notes)).collect();
        let mut library = Self { order: Vec::new(), definitions: BTreeMap::new() };
        let mut seen = BTreeSet::new();
        if let Some(top) = documents.last() {
            library.walk(&top.document.file, &by_file, &mut seen);
        }
        for definition in library.order.iter().flat_map(|notes| &notes.definitions) {
            library.definitions.entry(&definition.id).or_default().push(definition);
        }
        library
    }

    /// Lists a document after those it imports. Imports are not circular, or there would be no result.
    fn walk(
        &mut self,
        file: &TreePath,
        by_file: &BTreeMap<&TreePath, &'a Notes>,
        seen: &mut BTreeSet<TreePath>,
    ) {
        if !seen.insert(file.clone()) {
            return;
        }
        let Some(notes) = by_file.get(file) else { return };
        for import in &notes.document.imports {
            self.walk(import, by_file, seen);
        }
        self.order.push(notes);
    }

    fn control(&self, id: &str, result: &Outcome<'_>) -> ControlTrace {
        let copies = result.controls.get(id).map(Vec::as_slice).unwrap_or_default();
        let own = copies.first();
        let definitions = self.definitions.get(id).map(Vec::as_slice).unwrap_or_default();
        let steps = self.order.iter().filter_map(|notes| notes.controls.get(id)).flatten();
        // one import does not name what another one brings in: that is no event in the story of a control that is in
        let steps = steps.filter(|step| own.is_none() || !matches!(step.event, Event::NotNamed { .. }));
        let steps = each_once(steps);
        let title = own.map(|control| &control.title).or(definitions.last().map(|own| &own.title));
        ControlTrace {
            id: id.to_owned(),
            title: title.cloned().unwrap_or_default(),
            copies: copies.len(),
            params: params(definitions, own.map_or(&[], |control| &control.params), &steps),
            parts: definitions.iter().flat_map(|own| own.parts.iter().cloned()).collect(),
            steps,
        }
    }

    fn objects(
        &self,
        of: impl Fn(&Notes) -> &BTreeMap<String, ObjectNotes>,
        held: &BTreeSet<&str>,
    ) -> Vec<ObjectTrace> {
        let mut traces: BTreeMap<String, ObjectTrace> = BTreeMap::new();
        for (id, notes) in self.order.iter().flat_map(|notes| of(notes)) {
            let trace = traces.entry(id.clone()).or_insert_with(|| ObjectTrace {
                id: id.clone(),
                title: None,
                is_in: held.contains(id.as_str()),
                steps: Vec::new(),
            });
            trace.title = notes.title.clone().or(trace.title.take());
            trace.steps.extend_from_slice(&notes.steps);
        }
        traces.into_values().collect()
    }
}

/// The steps, each of which several copies of a control may have taken, once.
fn each_once<'s>(steps: impl Iterator<Item = &'s Step>) -> Vec<Step> {
    let mut seen: BTreeMap<&Location, Vec<&Event>> = BTreeMap::new();
    let mut once = Vec::new();
    for step in steps {
        let same_place = seen.entry(&step.place).or_default();
        if !same_place.contains(&&step.event) {
            same_place.push(&step.event);
            once.push(step.clone());
        }
    }
    once
}

/// The parameters of a control: those of the result in its order, then those that it lost.
fn params(definitions: &[&Definition], held: &[Parameter], steps: &[Step]) -> Vec<ParamTrace> {
    let mut params = Params::default();
    for param in held {
        let trace = params.get(&param.id);
        trace.is_in = true;
        trace.values.clone_from(&param.values);
        trace.choice = param.select.as_ref().map(|select| select.choice.clone()).unwrap_or_default();
        trace.label.clone_from(&param.label);
    }
    for (id, place) in definitions.iter().flat_map(|own| &own.params) {
        params.get(id).defined.push(place.clone());
    }
    for step in steps {
        match &step.event {
            Event::Added { items, .. } => {
                let added = items.iter().filter(|item| item.kind == "param");
                for id in added.filter_map(|item| item.id.as_deref()) {
                    params.get(id).defined.push(step.place.clone());
                }
            }
            Event::Set { param, changes } if changes.iter().any(|change| is_value(&change.field)) => {
                params.get(param).set.push(step.place.clone());
            }
            _ => {}
        }
    }
    params.0.into_values().collect()
}

/// Whether a member of a parameter says what stands for it.
fn is_value(field: &str) -> bool {
    matches!(field, "values" | "select")
}

/// Parameters by id, in the order in which they were named first.
#[derive(Default)]
struct Params(IndexMap<String, ParamTrace>);

impl Params {
    fn get(&mut self, id: &str) -> &mut ParamTrace {
        self.0.entry(id.to_owned()).or_insert_with(|| ParamTrace {
            id: id.to_owned(),
            defined: Vec::new(),
            set: Vec::new(),
            is_in: false,
            values: Vec::new(),
            choice: Vec::new(),
            label: None,
        })
    }
}
