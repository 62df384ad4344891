//! The first walk through a document: what it declares, what it imports, and what it declares twice.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use probity_diagnostics::Pointer;
use serde_json::Value;

use super::index::{Index, folded};
use super::kind::{Kinds, Space};
use super::library::{Import, Purpose};
use super::walk::{At, Node, Visitor, walk};
use crate::identity::TRESTLE_NS;
use crate::schema::{Property, Role};

/// What the first walk gathers.
#[derive(Default)]
pub(super) struct Survey<'v> {
    pub(super) index: Index<'v>,
    pub(super) imports: Vec<Import>,
    pub(super) duplicates: Vec<Duplicate<'v>>,
    /// The first object with an identifier.
    first: HashMap<(Space, Cow<'v, str>), Seen>,
    /// The first object with an identifier in a later result of assessment results.
    in_result: HashMap<(Space, Cow<'v, str>, usize), Seen>,
}

/// An object with an identifier.
#[derive(Clone, Copy)]
struct Seen {
    definition: &'static str,
    /// The number of the object.
    serial: usize,
    /// The number of the object around it.
    container: usize,
    /// The number of the result it stands in, or 0.
    result: usize,
    in_metadata: bool,
}

/// An identifier that stands a second time.
pub(super) struct Duplicate<'v> {
    pub(super) id: &'v str,
    /// The second place.
    pub(super) pointer: Pointer,
    /// The kind of the first object.
    pub(super) kind: Kinds,
    /// The number of the first object.
    first: usize,
    key: &'static str,
}

/// Walks through a document for the first time.
pub(super) fn survey(document: &Value) -> Survey<'_> {
    let mut survey = Survey::default();
    walk(document, &mut survey);
    survey
}

impl<'v> Visitor<'v> for Survey<'v> {
    fn text(&mut self, at: &At<'v>, property: &'static Property, text: &'v str) {
        if property.role == Role::Flag && matches!(property.json, "uuid" | "id") {
            self.declare(at, property.json, text);
        } else if property.json == "value" && is_rule_parameter(at) {
            self.index.add(text.into(), Kinds::PARAM);
        } else if matches!(property.json, "href" | "source") {
            let purpose = Purpose::of(at, property.json);
            self.imports.extend(purpose.map(|purpose| Import {
                purpose,
                href: text.to_owned(),
                pointer: at.pointer(),
            }));
        }
    }
}

impl<'v> Survey<'v> {
    fn declare(&mut self, at: &At<'v>, key: &'static str, id: &'v str) {
        let Some(node) = at.node() else { return };
        let kind = Kinds::of(node.definition.name);
        self.index.add(folded(id), kind);
        let seen = Seen {
            definition: node.definition.name,
            serial: node.serial,
            container: at.parent().map_or(0, |parent| parent.serial),
            result: at.around("result").map_or(0, |result| result.serial),
            in_metadata: at.around("metadata").is_some(),
        };
        let Some(first) = self.earlier(Space::of(kind, key), id, seen) else { return };
        if !constraint_sees(first, seen, at.root()) {
            let kind = Kinds::of(first.definition);
            self.duplicates.push(Duplicate { id, pointer: at.pointer(), kind, first: first.serial, key });
        }
    }

    /// The object that had the identifier before and may not share it; remembers this one where there is none.
    fn earlier(&mut self, space: Space, id: &'v str, seen: Seen) -> Option<Seen> {
        let first = *self.first.entry((space, folded(id))).or_insert(seen);
        if first.serial == seen.serial {
            return None;
        }
        if first.result == seen.result || first.result == 0 || seen.result == 0 {
            return Some(first);
        }
        let key = (space, folded(id), seen.result);
        let first = *self.in_result.entry(key).or_insert(seen);
        (first.serial != seen.serial).then_some(first)
    }
}

/// Whether the property at hand names the parameter of a rule, as component definitions for compliance as code do.
fn is_rule_parameter(at: &At<'_>) -> bool {
    let named = |node: &Node<'_>| {
        node.definition.name == "property"
            && node.text("name").is_some_and(|name| name.starts_with("Parameter_Id"))
            && node.text("ns") == Some(TRESTLE_NS)
    };
    at.node().is_some_and(named)
}

/// Whether one of the standard's constraints (`index`, `is-unique`) reports that two objects share an identifier.
fn constraint_sees(first: Seen, second: Seen, root: &str) -> bool {
    const IN_ONE_PLACE: [&str; 7] = [
        "role",
        "location",
        "party",
        "resource",
        "defined-component",
        "capability",
        "leveraged-authorization",
    ];
    const IN_CATALOGS: [&str; 3] = ["control", "group", "part"];
    let both = |names: &[&str]| names.contains(&first.definition) && names.contains(&second.definition);
    if root == "catalog" && both(&IN_CATALOGS) {
        return true;
    }
    first.definition == second.definition
        && match first.definition {
            "parameter" => root == "catalog",
            "property" => root == "catalog" || (first.in_metadata && second.in_metadata),
            "system-component" | "system-user" | "diagram" => first.container == second.container,
            "provided" => true,
            name => IN_ONE_PLACE.contains(&name),
        }
}

/// Where the first objects of duplicates stand, in the order of the duplicates.
pub(super) fn firsts(document: &Value, duplicates: &[Duplicate<'_>]) -> Vec<Option<Pointer>> {
    let places = duplicates.iter().map(|duplicate| ((duplicate.first, duplicate.key), None)).collect();
    let mut firsts = Firsts(places);
    walk(document, &mut firsts);
    let of = |duplicate: &Duplicate<'_>| firsts.0.get(&(duplicate.first, duplicate.key)).cloned().flatten();
    duplicates.iter().map(of).collect()
}

/// Places of objects, by their number and the key of the identifier.
struct Firsts(BTreeMap<(usize, &'static str), Option<Pointer>>);

impl<'v> Visitor<'v> for Firsts {
    fn text(&mut self, at: &At<'v>, property: &'static Property, _: &'v str) {
        let Some(node) = at.node() else { return };
        if let Some(place) = self.0.get_mut(&(node.serial, property.json)) {
            *place = Some(at.pointer());
        }
    }
}
