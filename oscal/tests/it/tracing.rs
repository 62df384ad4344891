//! The reasons for what a resolved catalog holds: what must be true of them for whatever profile.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use probity_diagnostics::render::Sources;
use probity_diagnostics::{DiskTree, FileTree, Location, MemoryTree, Place, TreePath};
use probity_oscal::model::Catalog;
use probity_oscal::model::catalog::{Control, Group};
use probity_oscal::model::control::{Parameter, Part};
use probity_oscal::resolve::trace::{ControlTrace, Event, How, Trace};
use probity_oscal::{ResolveOptions, locate_all, read, resolve, resolve_traced};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

use crate::reference::{files, reference};
use crate::resolving::{options, tree as cases};
use crate::resolving_again::Maker;

/// Every control of a catalog.
fn controls(catalog: &Catalog) -> Vec<&Control> {
    fn list<'a>(from: &'a [Control], all: &mut Vec<&'a Control>) {
        for control in from {
            all.push(control);
            list(&control.controls, all);
        }
    }
    fn groups<'a>(from: &'a [Group], all: &mut Vec<&'a Control>) {
        for group in from {
            list(&group.controls, all);
            groups(&group.groups, all);
        }
    }
    let mut all = Vec::new();
    list(&catalog.controls, &mut all);
    groups(&catalog.groups, &mut all);
    all
}

/// The documents behind a trace, as values.
struct Values<'t> {
    tree: &'t dyn FileTree,
    read: BTreeMap<TreePath, Value>,
}

impl Values<'_> {
    /// What stands at a place.
    fn at(&mut self, place: &Location) -> &Value {
        let document = self.read.entry(place.file.clone()).or_insert_with(|| {
            let bytes = self.tree.read(&place.file, 64 << 20).unwrap();
            read(&bytes, &place.file).unwrap().value.1
        });
        match &place.place {
            Place::Value(pointer) => document.pointer(pointer.as_str()).unwrap_or(&Value::Null),
            _ => &Value::Null,
        }
    }

    /// The values and the choice of a parameter where it is defined: by itself, or in what an addition brings.
    fn own(&mut self, place: &Location, id: &str) -> (Value, Value) {
        let value = self.at(place);
        let added = value.get("params").and_then(Value::as_array);
        let param = added.map_or(Some(value), |params| params.iter().rfind(|param| param["id"] == id));
        let member = |name| param.and_then(|param| param.get(name)).cloned().unwrap_or_default();
        (member("values"), member("select"))
    }
}

/// Resolves with and without a trace, and holds the trace to the catalog.
fn hold(tree: &dyn FileTree, path: &TreePath, options: &ResolveOptions) -> bool {
    let (Ok(plain), Ok(traced)) = (resolve(tree, path, options), resolve_traced(tree, path, options)) else {
        assert_eq!(
            resolve(tree, path, options),
            resolve_traced(tree, path, options).map(|_| panic!("{path}"))
        );
        return false;
    };
    assert_eq!(plain.warnings, traced.warnings, "{path}");
    assert_eq!(plain.value, traced.value.catalog, "{path}");
    let (catalog, trace) = (&traced.value.catalog, &traced.value.trace);
    let held: Vec<&str> = controls(catalog).iter().map(|control| control.id.as_str()).collect();
    let said = trace.controls.iter().filter(|control| control.is_in()).map(|control| control.id.as_str());
    let copies = trace.controls.iter().map(|control| control.copies).sum::<usize>();
    assert_eq!(copies, held.len(), "{path}");
    let mut seen = BTreeSet::new();
    let held: Vec<&str> = held.into_iter().filter(|id| seen.insert(*id)).collect();
    assert_eq!(said.collect::<Vec<_>>(), held, "{path}");
    for control in &trace.controls {
        reasons(trace, control, path);
    }
    places(tree, trace, path);
    let mut values = Values { tree, read: BTreeMap::new() };
    for control in controls(catalog) {
        let own = trace.control(&control.id).unwrap();
        for param in &control.params {
            explained(own, param, &mut values, path);
        }
        // of several controls with one id the trace tells one story
        if own.steps.iter().filter(|step| matches!(step.event, Event::Defined { .. })).count() == 1 {
            parts(own, control, path);
        }
    }
    objects(catalog, trace, path);
    true
}

/// A control that is in was selected by every profile on its way; one that is out was lost somewhere.
fn reasons(trace: &Trace, control: &ControlTrace, path: &TreePath) {
    let any = |is: fn(&Event) -> bool| control.steps.iter().any(|step| is(&step.event));
    assert!(any(|event| matches!(event, Event::Defined { .. })), "{path}: {control:#?}");
    assert_eq!(control.loss().is_some(), !control.is_in(), "{path}: {control:#?}");
    let top = trace.profile().unwrap();
    if control.is_in() && top.is_profile {
        let by_top = |event: fn(&Event) -> bool| {
            control.steps.iter().any(|step| step.place.file == top.file && event(&step.event))
        };
        assert!(by_top(|event| matches!(event, Event::Selected { .. })), "{path}: {control:#?}");
        assert!(by_top(|event| matches!(event, Event::Placed { .. })), "{path}: {control:#?}");
    }
}

/// Every directive is found in its file, and what names a control by its id is that id.
fn places(tree: &dyn FileTree, trace: &Trace, path: &TreePath) {
    let sources = Sources::locating(tree, locate_all);
    let objects = trace.parameters.iter().chain(&trace.resources);
    let steps = trace.controls.iter().flat_map(|control| &control.steps);
    let steps: Vec<_> = steps.chain(objects.flat_map(|object| &object.steps)).collect();
    sources.look_up_places(steps.iter().map(|step| &step.place));
    let mut texts: BTreeMap<TreePath, String> = BTreeMap::new();
    for control in &trace.controls {
        for step in &control.steps {
            let file = &step.place.file;
            if file.as_str().contains('#') || step.place.place == Place::File {
                continue; // embedded content has no text of its own
            }
            let range = sources.range(&step.place);
            let range = range.unwrap_or_else(|| panic!("{path}: {step:#?} is nowhere"));
            let text = texts
                .entry(file.clone())
                .or_insert_with(|| String::from_utf8(tree.read(file, 64 << 20).unwrap()).unwrap());
            if let Event::Selected { how: How::Id, .. } | Event::Excluded { how: How::Id, .. } = &step.event {
                let named = text.get(range).unwrap();
                assert!(named.contains(&control.id), "{path}: {step:#?}");
            }
        }
    }
}

/// The values of a parameter are those that were set last, or those of its definition.
fn explained(control: &ControlTrace, param: &Parameter, values: &mut Values<'_>, path: &TreePath) {
    let trace = control.params.iter().find(|trace| trace.id == param.id && trace.is_in).unwrap();
    let has = |list: &[String]| serde_json::to_value(list).unwrap();
    let json = |value: Value| if value.is_null() { Value::Array(Vec::new()) } else { value };
    let select = serde_json::to_value(&param.select).unwrap();
    let sets = control.steps.iter().filter_map(|step| match &step.event {
        Event::Set { param: id, changes } if *id == param.id => Some((&step.place, changes)),
        _ => None,
    });
    let set =
        |field: &str| sets.clone().flat_map(|(_, changes)| changes).rfind(|change| change.field == field);
    let own = trace.defined.last().map(|place| values.own(place, &param.id)).unwrap_or_default();
    let expected = set("values").map_or(own.0, |change| change.new.clone());
    assert_eq!(has(&param.values), json(expected), "{path}: {param:#?} {control:#?}");
    let expected = set("select").map_or(own.1, |change| change.new.clone());
    assert_eq!(select, expected, "{path}: {param:#?} {control:#?}");
    let last =
        sets.clone().rfind(|(_, changes)| changes.iter().any(|c| c.field == "values" || c.field == "select"));
    assert_eq!(trace.set.last(), last.map(|(place, _)| place), "{path}: {param:#?}");
}

/// A part of the result is the catalog's own or was added; one of the catalog that is not there was removed.
fn parts(trace: &ControlTrace, control: &Control, path: &TreePath) {
    fn ids<'p>(parts: &'p [Part], all: &mut BTreeSet<&'p str>) {
        for part in parts {
            all.extend(part.id.as_deref());
            ids(&part.parts, all);
        }
    }
    let mut held = BTreeSet::new();
    ids(&control.parts, &mut held);
    let items = |removed: bool| {
        let steps = trace.steps.iter().filter_map(move |step| match &step.event {
            Event::Added { items, .. } if !removed => Some(items),
            Event::Removed { items } if removed => Some(items),
            _ => None,
        });
        steps.flatten().filter_map(|item| item.id.as_deref()).collect::<BTreeSet<_>>()
    };
    let (added, removed) = (items(false), items(true));
    for id in &held {
        assert!(trace.parts.iter().any(|part| part == id) || added.contains(id), "{path}: {id}");
    }
    for part in trace.parts.iter().filter(|part| !held.contains(part.as_str())) {
        let gone = removed.iter().any(|id| part.starts_with(*id)) || removed.contains(part.as_str());
        assert!(gone, "{path}: what became of {part}? {trace:#?}");
    }
}

/// What is said to be kept of loose parameters and resources is kept.
fn objects(catalog: &Catalog, trace: &Trace, path: &TreePath) {
    let kept = |list: &[probity_oscal::resolve::trace::ObjectTrace]| {
        list.iter().filter(|object| object.is_in).map(|object| object.id.clone()).collect::<BTreeSet<_>>()
    };
    let resources: BTreeSet<String> =
        catalog.back_matter.iter().flat_map(|back| &back.resources).map(|r| r.uuid.clone()).collect();
    assert_eq!(kept(&trace.resources), resources, "{path}");
    let said = kept(&trace.parameters);
    assert!(catalog.params.iter().all(|param| said.contains(&param.id)), "{path}");
    let dropped = |object: &&probity_oscal::resolve::trace::ObjectTrace| {
        !object.is_in && trace.profile().unwrap().is_profile
    };
    for object in trace.resources.iter().filter(dropped) {
        let is_dropped = object.steps.iter().any(|step| step.event == Event::Dropped);
        assert!(is_dropped, "{path}: {object:#?}");
    }
}

#[rstest]
fn cases_of_resolution_are_explained(#[files("tests/resolve/*/profile.yaml")] file: PathBuf) {
    let name = file.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
    hold(&cases(&name), &TreePath::parse(&format!("{name}/profile.yaml")).unwrap(), &options());
}

#[test]
fn published_examples_are_explained() {
    let Some(tree) = reference() else { return };
    let mut count = 0;
    for folder in ["profile-resolution-examples", "requirement-tests"] {
        for path in files(&tree, &format!("profile-resolution/{folder}"), &["xml"]) {
            count += usize::from(path.parent().file_name() == folder && hold(&tree, &path, &options()));
        }
    }
    assert!(count > 30, "only {count} resolve");
}

#[rstest]
#[case("LOW", "json")]
#[case("MODERATE", "json")]
#[case("PRIVACY", "json")]
#[case("MODERATE", "xml")]
#[case("MODERATE", "yaml")]
fn published_baselines_are_explained(#[case] name: &str, #[case] format: &str) {
    let Some(tree) = reference() else { return };
    let folder = format!("oscal-content/nist.gov/SP800-53/rev5/{format}");
    let path = format!("{folder}/NIST_SP-800-53_rev5_{name}-baseline_profile.{format}");
    assert!(hold(&tree, &TreePath::parse(&path).unwrap(), &options()));
}

#[test]
fn bundled_profiles_are_explained() {
    let tree = DiskTree::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../content"), "").unwrap();
    for path in files(&tree, "profiles", &["yaml"]) {
        assert!(hold(&tree, &path, &options()), "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    /// A profile over a profile over a catalog.
    #[test]
    fn random_profiles_are_explained(seed in any::<u64>()) {
        let mut maker = Maker::new(seed);
        let catalog = maker.catalog();
        let inner = maker.profile().to_string().replace("catalog.json", "source.json");
        let outer = maker.profile().to_string();
        let files = [("source.json", catalog.to_string()), ("catalog.json", inner), ("profile.json", outer)];
        let tree = MemoryTree::of(files).unwrap();
        prop_assert!(hold(&tree, &TreePath::parse("profile.json").unwrap(), &options()));
    }
}
