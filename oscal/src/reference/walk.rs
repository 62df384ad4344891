//! The way through a document along the tables of its model.

use probity_diagnostics::Pointer;
use probity_diagnostics::document::Limits;
use serde_json::{Map, Value};

use crate::schema::{Definition, Property, Root, Shape};

/// An object on the way from the root to the present place.
#[derive(Clone, Copy)]
pub(super) struct Node<'v> {
    /// Its definition.
    pub(super) definition: &'static Definition,
    /// Its members.
    pub(super) members: &'v Map<String, Value>,
    /// The key it stands under; the key of the model for the root.
    pub(super) property: &'static str,
    /// Its number in the order of the walk.
    pub(super) serial: usize,
}

impl<'v> Node<'v> {
    /// The text of a member.
    pub(super) fn text(&self, key: &str) -> Option<&'v str> {
        self.members.get(key)?.as_str()
    }
}

#[derive(Clone, Copy)]
enum Step {
    Key(&'static str),
    Index(usize),
}

/// The present place of a walk.
#[derive(Default)]
pub(super) struct At<'v> {
    nodes: Vec<Node<'v>>,
    steps: Vec<Step>,
    serial: usize,
}

impl<'v> At<'v> {
    /// The object at hand.
    pub(super) fn node(&self) -> Option<&Node<'v>> {
        self.nodes.last()
    }

    /// The object around the one at hand.
    pub(super) fn parent(&self) -> Option<&Node<'v>> {
        self.nodes.iter().rev().nth(1)
    }

    /// The innermost object of a definition among those around the place.
    pub(super) fn around(&self, definition: &str) -> Option<&Node<'v>> {
        self.nodes.iter().rev().find(|node| node.definition.name == definition)
    }

    /// The key of the model.
    pub(super) fn root(&self) -> &'static str {
        self.nodes.first().map_or("", |node| node.property)
    }

    /// The pointer to the place.
    pub(super) fn pointer(&self) -> Pointer {
        let mut pointer = Pointer::root();
        for step in &self.steps {
            match step {
                Step::Key(key) => pointer.push_key(key),
                Step::Index(index) => pointer.push_index(*index),
            }
        }
        pointer
    }
}

/// What looks at the texts of a document.
pub(super) trait Visitor<'v> {
    /// Looks at the text of `property` in the object at hand.
    fn text(&mut self, at: &At<'v>, property: &'static Property, text: &'v str);
}

/// Shows every text of a document to a visitor, in the order of the document. What the model does not know is passed
/// over.
pub(super) fn walk<'v>(document: &'v Value, visitor: &mut impl Visitor<'v>) {
    let Some((root, model)) = root_of(document) else { return };
    let mut at = At { steps: vec![Step::Key(root.key)], ..At::default() };
    object(&mut at, root.definition, root.key, model, visitor);
}

/// The model of a document and its content.
pub(super) fn root_of(document: &Value) -> Option<(&'static Root, &Value)> {
    document.as_object()?.iter().find_map(|(key, model)| Some((Root::of(key)?, model)))
}

fn object<'v>(
    at: &mut At<'v>,
    definition: &'static Definition,
    property: &'static str,
    value: &'v Value,
    visitor: &mut impl Visitor<'v>,
) {
    let Value::Object(members) = value else { return };
    if at.steps.len() > Limits::default().depth {
        return;
    }
    at.serial += 1;
    at.nodes.push(Node { definition, members, property, serial: at.serial });
    for (key, value) in members {
        if let Some((_, property)) = definition.property(key) {
            at.steps.push(Step::Key(property.json));
            items(at, property, value, visitor);
            at.steps.pop();
        }
    }
    at.nodes.pop();
}

fn items<'v>(at: &mut At<'v>, property: &'static Property, value: &'v Value, visitor: &mut impl Visitor<'v>) {
    match value {
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                at.steps.push(Step::Index(index));
                item(at, property, value, visitor);
                at.steps.pop();
            }
        }
        single => item(at, property, single, visitor),
    }
}

fn item<'v>(at: &mut At<'v>, property: &'static Property, value: &'v Value, visitor: &mut impl Visitor<'v>) {
    match (property.shape, value) {
        (Shape::Object(definition), _) => object(at, definition, property.json, value, visitor),
        (Shape::Scalar(_), Value::String(text)) => visitor.text(at, property, text),
        _ => {}
    }
}
