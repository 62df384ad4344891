//! Documents grown from the table of the models: as little as is needed for a node to stand at a place.

use std::collections::BTreeSet;

use probity_oscal::schema::{Datatype, Definition, Group, JsonType, Property, Role, Root, Shape};
use probity_oscal::{OSCAL_NS, OSCAL_VERSION};
use serde_json::{Map, Value, json};

use super::syntax::{Condition, Path, Step, Test, Union};

/// A node of a document that grows.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) pointer: String,
    pub(super) shape: Shape,
}

/// A document that grows.
#[derive(Clone)]
pub(super) struct Document {
    pub(super) value: Value,
    root: Node,
    made: usize,
    /// Items that were asked for, so that a fresh one is another.
    taken: BTreeSet<String>,
}

impl Document {
    /// The smallest document of a model.
    pub(super) fn of(root: &'static Root) -> Self {
        let node = Node { pointer: format!("/{}", root.key), shape: Shape::Object(root.definition) };
        let mut document = Self { value: Value::Null, root: node, made: 0, taken: BTreeSet::new() };
        let mut model = document.object(root.definition);
        model["metadata"]["oscal-version"] = OSCAL_VERSION.into();
        document.value = json!({ root.key: model });
        document
    }

    pub(super) fn root(&self) -> Node {
        self.root.clone()
    }

    /// The smallest object of a definition.
    fn object(&mut self, definition: &'static Definition) -> Value {
        let mut members = Map::new();
        let chosen = definition.choices.iter().filter(|choice| choice.required);
        let chosen: Vec<usize> = chosen.map(|choice| choice.properties[0]).collect();
        for (index, property) in definition.properties.iter().enumerate() {
            if property.range.min > 0 || chosen.contains(&index) {
                let item = self.item(property);
                let array = property.group == Group::Array;
                members.insert(property.json.to_owned(), if array { json!([item]) } else { item });
            }
        }
        Value::Object(members)
    }

    /// The smallest item of a property.
    fn item(&mut self, property: &'static Property) -> Value {
        match property.shape {
            Shape::Object(definition) => self.object(definition),
            Shape::Scalar(_) if !property.values.is_empty() => property.values[0].into(),
            Shape::Scalar(datatype) => self.scalar(datatype),
        }
    }

    /// A value of a datatype, another one each time where values tell things apart.
    fn scalar(&mut self, datatype: Datatype) -> Value {
        self.made += 1;
        let text = match datatype {
            Datatype::Boolean => return true.into(),
            Datatype::Integer | Datatype::NonNegativeInteger | Datatype::PositiveInteger => return 1.into(),
            Datatype::Decimal => return 0.5.into(),
            Datatype::Base64 => "aGVsbG8=".to_owned(),
            Datatype::Date => "2026-03-01".to_owned(),
            Datatype::DateTimeWithTimezone => "2026-03-01T08:00:00Z".to_owned(),
            Datatype::EmailAddress => "mail@example.org".to_owned(),
            Datatype::MarkupLine | Datatype::MarkupMultiline | Datatype::String => {
                format!("Text {}", self.made)
            }
            Datatype::Token => format!("t-{}", self.made),
            Datatype::Uri => format!("https://example.org/{}", self.made),
            Datatype::UriReference => format!("https://example.org/{}.json", self.made),
            Datatype::Uuid => self.uuid(),
        };
        text.into()
    }

    /// A UUID that stands nowhere else.
    pub(super) fn uuid(&mut self) -> String {
        self.made += 1;
        format!("fe000000-0000-4000-8000-{:012x}", self.made)
    }

    pub(super) fn at(&self, pointer: &str) -> Option<&Value> {
        self.value.pointer(pointer)
    }

    fn members(&mut self, node: &Node) -> &mut Map<String, Value> {
        self.value.pointer_mut(&node.pointer).and_then(Value::as_object_mut).unwrap()
    }

    /// One item of a property of an object: the first that stands there, or a fresh one.
    pub(super) fn child(&mut self, node: &Node, property: &'static Property, fresh: bool) -> Node {
        let Shape::Object(definition) = node.shape else { panic!("{node:?} has no properties") };
        let index = definition.properties.iter().position(|other| std::ptr::eq(other, property)).unwrap();
        for choice in definition.choices.iter().filter(|choice| choice.properties.contains(&index)) {
            for other in choice.properties.iter().filter(|other| **other != index) {
                self.members(node).shift_remove(definition.properties[*other].json);
            }
        }
        let item = self.item(property);
        let place = format!("{}/{}", node.pointer, property.json);
        let fresh = fresh && self.taken.contains(&format!("{place}/0"));
        let members = self.members(node);
        let pointer = if property.group == Group::Single {
            members.entry(property.json).or_insert(item);
            place
        } else {
            let items = members.entry(property.json).or_insert_with(|| json!([]));
            if items.is_object() {
                *items = json!([items.take()]);
            }
            let items = items.as_array_mut().unwrap();
            if fresh || items.is_empty() {
                items.push(item);
            }
            format!("{place}/{}", if fresh { items.len() - 1 } else { 0 })
        };
        self.taken.insert(pointer.clone());
        Node { pointer, shape: property.shape }
    }

    /// Gives a node a value; of a field with flags its value.
    pub(super) fn set(&mut self, node: &Node, text: &str) {
        let (pointer, datatype) = place_of_value(node);
        let value = match (datatype.json(), text.parse::<i64>()) {
            (JsonType::Integer | JsonType::Number, Ok(number)) => number.into(),
            _ => Value::from(text),
        };
        let Some((above, key)) = pointer.rsplit_once('/') else { return };
        match self.value.pointer_mut(above).unwrap() {
            Value::Object(members) => drop(members.insert(key.to_owned(), value)),
            other => other[key.parse::<usize>().unwrap()] = value,
        }
    }

    /// Puts a copy of an item of a group after the last one.
    pub(super) fn copy(&mut self, node: &Node) -> Option<Node> {
        let (above, _) = node.pointer.rsplit_once('/')?;
        let item = self.at(&node.pointer)?.clone();
        let items = self.value.pointer_mut(above)?.as_array_mut()?;
        items.push(item);
        Some(Node { pointer: format!("{above}/{}", items.len() - 1), shape: node.shape })
    }

    /// Takes a node away, and its group where it was the only one.
    pub(super) fn remove(&mut self, node: &Node) -> Option<()> {
        let (above, last) = node.pointer.rsplit_once('/')?;
        let Value::Array(items) = self.value.pointer_mut(above)? else {
            self.value.pointer_mut(above)?.as_object_mut()?.shift_remove(last)?;
            return Some(());
        };
        items.remove(last.parse().ok()?);
        if items.is_empty() {
            let (holder, group) = above.rsplit_once('/')?;
            self.value.pointer_mut(holder)?.as_object_mut()?.shift_remove(group)?;
        }
        Some(())
    }

    /// Makes a path lead somewhere; none where the model has no such place.
    pub(super) fn grow(&mut self, node: &Node, union: &Union) -> Option<Node> {
        let grown = union.0.iter().find_map(|path| {
            let mut tried = self.clone();
            tried.path(node, path).map(|found| (tried, found))
        });
        let (document, found) = grown?;
        *self = document;
        Some(found)
    }

    fn path(&mut self, node: &Node, path: &Path) -> Option<Node> {
        let start = if path.from_root { self.root() } else { node.clone() };
        path.steps.iter().try_fold(start, |node, step| self.step(&node, step))
    }

    fn step(&mut self, node: &Node, step: &Step) -> Option<Node> {
        let fresh = !step.conditions.is_empty();
        let found = match &step.test {
            Test::Here => node.clone(),
            Test::Call => return None,
            Test::Flag(name) => self.child(node, property(node, name, true)?, false),
            Test::Element(name) if step.deep => self.below(node, name, fresh)?,
            Test::Element(name) => self.child(node, property(node, name, false)?, fresh),
            Test::Either(union) if step.deep => {
                let names = union.0.iter().filter_map(|path| match &path.steps[0].test {
                    Test::Element(name) => Some(name.clone()),
                    _ => None,
                });
                names.collect::<Vec<_>>().iter().find_map(|name| self.below(node, name, fresh))?
            }
            Test::Either(union) => self.grow(node, union)?,
        };
        step.conditions.iter().all(|condition| self.make(&found, condition, true)).then_some(found)
    }

    /// The nearest element of this name below a node.
    fn below(&mut self, node: &Node, name: &str, fresh: bool) -> Option<Node> {
        let Shape::Object(definition) = node.shape else { return None };
        let mut open: Vec<(&'static Definition, Vec<&'static Property>)> = vec![(definition, Vec::new())];
        let mut seen = vec![std::ptr::from_ref(definition)];
        let mut next = 0;
        while next < open.len() {
            let (definition, chain) = open[next].clone();
            next += 1;
            for property in definition.properties {
                let mut chain = chain.clone();
                chain.push(property);
                if property.xml == name && matches!(property.role, Role::Field | Role::Assembly) {
                    let (last, above) = chain.split_last().unwrap();
                    let parent =
                        above.iter().fold(node.clone(), |node, property| self.child(&node, property, false));
                    return Some(self.child(&parent, last, fresh));
                }
                if let Shape::Object(held) = property.shape
                    && !seen.contains(&std::ptr::from_ref(held))
                {
                    seen.push(held);
                    open.push((held, chain));
                }
            }
        }
        None
    }

    /// Makes a condition hold or not hold at a node; false where that cannot be.
    pub(super) fn make(&mut self, node: &Node, condition: &Condition, holds: bool) -> bool {
        match (condition, holds) {
            (Condition::Not(inner), _) => self.make(node, inner, !holds),
            (Condition::All(terms), true) | (Condition::Any(terms), false) => {
                terms.iter().all(|term| self.make(node, term, holds))
            }
            (Condition::All(terms) | Condition::Any(terms), _) => {
                let last = terms.last().unwrap();
                self.make(node, last, holds)
            }
            (Condition::Exists(path), true) => self.path(node, path).is_some(),
            (Condition::Exists(path) | Condition::Equals(path, _), false) => self.without(node, path),
            (Condition::Namespace(uris), true) => self.namespace(node, uris),
            (Condition::Namespace(_), false) => false,
            (Condition::StartsWith(path, start), true) => {
                let uuid = self.uuid();
                self.give(node, path, &format!("{start}{uuid}"))
            }
            (Condition::StartsWith(path, _), false) => self.give(node, path, "https://example.org/other"),
            (Condition::Equals(path, values), true) => self.give(node, path, &values[0]),
            (Condition::Greater(left, right), _) => {
                let (greater, less) = if holds { (left, right) } else { (right, left) };
                self.give(node, greater, "2") && self.give(node, less, "1")
            }
        }
    }

    fn give(&mut self, node: &Node, path: &Path, text: &str) -> bool {
        let Some(found) = self.path(node, path) else { return false };
        self.set(&found, text);
        true
    }

    /// Takes away what a path of one step leads to.
    fn without(&mut self, node: &Node, path: &Path) -> bool {
        let named = match &path.steps[0].test {
            Test::Flag(name) => property(node, name, true),
            Test::Element(name) => property(node, name, false),
            _ => None,
        };
        let Some(property) = named else { return false };
        self.members(node).shift_remove(property.json);
        property.range.min == 0
    }

    fn namespace(&mut self, node: &Node, uris: &[String]) -> bool {
        if !uris.iter().any(|uri| uri == OSCAL_NS) {
            let Some(ns) = property(node, "ns", true) else { return false };
            let ns = self.child(node, ns, false);
            self.set(&ns, &uris[0]);
        }
        true
    }
}

/// The property of an element or flag of this name.
fn property(node: &Node, name: &str, flag: bool) -> Option<&'static Property> {
    let Shape::Object(definition) = node.shape else { return None };
    let fits = |property: &&Property| {
        property.xml == name && property.role != Role::Value && (property.role == Role::Flag) == flag
    };
    definition.properties.iter().find(fits)
}

/// Where a finding about a node points to: its text where it has one.
pub(super) fn place_of(node: &Node) -> String {
    match node.shape {
        Shape::Object(definition)
            if definition.properties.iter().all(|property| property.role != Role::Value) =>
        {
            node.pointer.clone()
        }
        _ => place_of_value(node).0,
    }
}

/// Where the text of a node stands, and its datatype.
pub(super) fn place_of_value(node: &Node) -> (String, Datatype) {
    let definition = match node.shape {
        Shape::Scalar(datatype) => return (node.pointer.clone(), datatype),
        Shape::Object(definition) => definition,
    };
    let value = definition.properties.iter().find(|property| property.role == Role::Value);
    let value = value.unwrap_or_else(|| panic!("{} has no value", definition.name));
    let Shape::Scalar(datatype) = value.shape else { panic!("the value of {} is no text", definition.name) };
    (format!("{}/{}", node.pointer, value.json), datatype)
}
