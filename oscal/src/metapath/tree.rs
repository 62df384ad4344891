//! A document as a tree of nodes.

use std::borrow::Cow;

use probity_diagnostics::Pointer;
use serde_json::{Map, Value};

use super::names::{DOCUMENT, Declaration, FLAG, GRAPH, Name, Typed};
use crate::schema::{self, Definition, Group, Property, ROOTS, Role};

/// Nesting of objects that is followed; what lies deeper is not in the tree.
const DEPTH: usize = 200;
/// A node that is not an item of an array.
const NO_INDEX: u32 = u32::MAX;
/// Declaration of the node above the root.
const NO_DECLARATION: u16 = u16::MAX;

/// The number of a node in its tree. Numbers follow document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The node above the root.
    pub const DOCUMENT: Self = Self(0);

    /// The position of the node in the tree.
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The nodes of one document in document order: the element, its attributes, its children.
///
/// Order is that of the model, names are those of the XML form. A group has no node of its own. Properties that the model
/// does not know, or of the wrong JSON type, have no node.
#[derive(Debug)]
pub struct Tree<'v> {
    /// Name, and whether it is an attribute.
    marks: Vec<u16>,
    declarations: Vec<u16>,
    parents: Vec<u32>,
    /// One past the last node below.
    ends: Vec<u32>,
    /// Position in the JSON array.
    indices: Vec<u32>,
    /// The value as text, or the object.
    values: Vec<&'v Value>,
    uri: Box<str>,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// The node above the root.
    Document,
    /// An element with elements.
    Assembly,
    /// An element with a value.
    Field,
    /// An attribute.
    Flag,
}

impl<'v> Tree<'v> {
    /// The tree of a document: an object with the key of its model.
    ///
    /// A value that is no OSCAL document makes a tree of the document node alone.
    pub fn new(value: &'v Value) -> Self {
        let mut tree = Self {
            marks: Vec::new(),
            declarations: Vec::new(),
            parents: Vec::new(),
            ends: Vec::new(),
            indices: Vec::new(),
            values: Vec::new(),
            uri: Box::default(),
        };
        tree.push(DOCUMENT, NO_DECLARATION, 0, NO_INDEX, value);
        let members = value.as_object().into_iter().flatten();
        let root = members.clone().find_map(|(key, model)| {
            let at = ROOTS.iter().position(|root| root.key == key)?;
            Some((u16::try_from(at).ok()?, model))
        });
        if let Some((number, model)) = root
            && let Some(declaration) = GRAPH.declaration(number)
        {
            tree.node(number, declaration, 0, NO_INDEX, model, DEPTH);
        }
        tree.close(0);
        tree
    }

    /// The same tree with the URI of its document, which relative references are resolved against. A relative path is
    /// taken to begin at the root: `ssp/ssp.json` is `/ssp/ssp.json`.
    #[must_use]
    pub fn at(mut self, uri: &str) -> Self {
        let rooted = uri.is_empty() || uri.starts_with('/') || uri.contains(':');
        self.uri = if rooted { uri.into() } else { format!("/{uri}").into() };
        self
    }

    /// The URI of the document: with a scheme, or a path from the root; empty where it is not known.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    fn push(&mut self, mark: u16, declaration: u16, parent: u32, index: u32, value: &'v Value) -> u32 {
        let id = u32::try_from(self.marks.len()).unwrap_or(u32::MAX);
        self.marks.push(mark);
        self.declarations.push(declaration);
        self.parents.push(parent);
        self.ends.push(id + 1);
        self.indices.push(index);
        self.values.push(value);
        id
    }

    fn close(&mut self, id: u32) {
        let end = u32::try_from(self.marks.len()).unwrap_or(u32::MAX);
        if let Some(slot) = self.ends.get_mut(id as usize) {
            *slot = end;
        }
    }

    /// Adds a node and what stands below it.
    fn node(
        &mut self,
        number: u16,
        declaration: &'static Declaration,
        parent: u32,
        index: u32,
        value: &'v Value,
        depth: usize,
    ) {
        let mark = declaration.name.element();
        match (declaration.definition, value) {
            (Some(definition), Value::Object(members)) => {
                let text = declaration.value.and_then(|property| members.get(property.json));
                let id = self.push(mark, number, parent, index, text.unwrap_or(value));
                if depth > 0 {
                    self.members(id, definition, declaration.first, members, depth - 1);
                }
                self.close(id);
            }
            (None, Value::String(_) | Value::Number(_) | Value::Bool(_)) => {
                self.push(mark, number, parent, index, value);
            }
            _ => {}
        }
    }

    /// Adds the members of an object: attributes first, then the rest in model order.
    fn members(
        &mut self,
        parent: u32,
        definition: &'static Definition,
        first: u16,
        members: &'v Map<String, Value>,
        depth: usize,
    ) {
        let mut slots: [Option<&'v Value>; 64] = [None; 64];
        for (key, value) in members {
            if let Some((at, _)) = definition.property(key)
                && let Some(slot) = slots.get_mut(at)
            {
                *slot = Some(value);
            }
        }
        let present = || {
            let pairs = definition.properties.iter().zip(slots).zip(first..);
            pairs.filter_map(|((property, value), number)| Some((property, value?, number)))
        };
        for (_, value, number) in present().filter(|(property, ..)| property.role == Role::Flag) {
            if let Some(declaration) = GRAPH.declaration(number)
                && !matches!(value, Value::Null | Value::Array(_) | Value::Object(_))
            {
                self.push(declaration.name.flag(), number, parent, NO_INDEX, value);
            }
        }
        for (property, value, number) in present() {
            if matches!(property.role, Role::Field | Role::Assembly) {
                self.items(parent, property, number, value, depth);
            }
        }
    }

    fn items(
        &mut self,
        parent: u32,
        property: &'static Property,
        number: u16,
        value: &'v Value,
        depth: usize,
    ) {
        let Some(declaration) = GRAPH.declaration(number) else { return };
        match value {
            Value::Array(items) if property.group != Group::Single => {
                for (item, index) in items.iter().zip(0..) {
                    self.node(number, declaration, parent, index, item, depth);
                }
            }
            _ => self.node(number, declaration, parent, NO_INDEX, value, depth),
        }
    }

    /// Number of nodes, the document node among them.
    pub fn len(&self) -> usize {
        self.marks.len()
    }

    /// Whether the document has no root.
    pub fn is_empty(&self) -> bool {
        self.len() < 2
    }

    /// The root element; none where the document is not OSCAL.
    pub fn root(&self) -> Option<NodeId> {
        (!self.is_empty()).then_some(NodeId(1))
    }

    /// All nodes in document order, the document node first.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = NodeId> + ExactSizeIterator + use<> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    pub(super) fn mark(&self, node: NodeId) -> u16 {
        self.marks.get(node.0 as usize).copied().unwrap_or(DOCUMENT)
    }

    pub(super) fn end(&self, node: NodeId) -> u32 {
        self.ends.get(node.0 as usize).copied().unwrap_or(node.0 + 1)
    }

    /// The marks of the nodes from `first` on, up to and without `end`.
    pub(super) fn marks(&self, first: u32, end: u32) -> &[u16] {
        self.marks.get(first as usize..end as usize).unwrap_or_default()
    }

    fn declared(&self, node: NodeId) -> Option<&'static Declaration> {
        GRAPH.declaration(*self.declarations.get(node.0 as usize)?)
    }

    /// The number of what the node is, an index into [`super::declarations`].
    pub(crate) fn number(&self, node: NodeId) -> u16 {
        self.declarations.get(node.0 as usize).copied().unwrap_or(NO_DECLARATION)
    }

    /// Where the node is defined, with its constraints; none for the document node and scalars without a definition of
    /// their own.
    pub fn declaration(&self, node: NodeId) -> Option<&'static schema::Declaration> {
        self.declared(node)?.defined()
    }

    /// Name of the element or attribute; none for the document node.
    pub fn name(&self, node: NodeId) -> Option<Name> {
        let mark = self.mark(node);
        (mark != DOCUMENT).then_some(Name::unmarked(mark))
    }

    /// What the node is.
    pub fn kind(&self, node: NodeId) -> NodeKind {
        match self.declared(node) {
            _ if self.mark(node) & FLAG != 0 => NodeKind::Flag,
            Some(declaration) if declaration.typed != Typed::Nothing => NodeKind::Field,
            Some(declaration) => match declaration.property {
                Some(property) if property.role == Role::Field => NodeKind::Field,
                _ => NodeKind::Assembly,
            },
            None => NodeKind::Document,
        }
    }

    /// The object that describes the node's members; none for scalars and the document node.
    pub fn definition(&self, node: NodeId) -> Option<&'static Definition> {
        self.declared(node)?.definition
    }

    /// The property of the node in the object that it stands in; none for the root and the document node.
    pub fn property(&self, node: NodeId) -> Option<&'static Property> {
        self.declared(node)?.property
    }

    /// What comparisons take the value for.
    pub fn typed(&self, node: NodeId) -> Typed {
        self.declared(node).map_or(Typed::Nothing, |declaration| declaration.typed)
    }

    /// The value of a field or flag as it stands in the document: text as it is, numbers and booleans in their lexical
    /// form. Markup is Markdown. None for assemblies and the document node.
    pub fn text(&self, node: NodeId) -> Option<Cow<'v, str>> {
        match self.values.get(node.0 as usize)? {
            Value::String(text) => Some(Cow::Borrowed(text)),
            Value::Bool(true) => Some(Cow::Borrowed("true")),
            Value::Bool(false) => Some(Cow::Borrowed("false")),
            Value::Number(number) => Some(Cow::Owned(number.to_string())),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The JSON value: of a scalar and of a field with flags the value itself, of an assembly the object.
    pub fn value(&self, node: NodeId) -> Option<&'v Value> {
        self.values.get(node.0 as usize).copied()
    }

    /// The node that this one stands in; none for the document node.
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        if node == NodeId::DOCUMENT {
            return None;
        }
        self.parents.get(node.0 as usize).copied().map(NodeId)
    }

    /// Where the node stands in the JSON form. For a field with flags it is the object, see [`Tree::value_pointer`].
    pub fn pointer(&self, node: NodeId) -> Pointer {
        let mut way = Vec::new();
        let mut next = Some(node);
        while let Some(at) = next {
            way.push(at);
            next = self.parent(at);
        }
        let mut pointer = Pointer::root();
        for at in way.into_iter().rev() {
            self.point(&mut pointer, at);
        }
        pointer
    }

    /// Where the value of the node stands in the JSON form: for a field with flags below its value key, else as
    /// [`Tree::pointer`].
    pub fn value_pointer(&self, node: NodeId) -> Pointer {
        let mut pointer = self.pointer(node);
        let key = self.declared(node).and_then(|declaration| declaration.value);
        if let Some(property) = key
            && self.text(node).is_some()
        {
            pointer.push_key(property.json);
        }
        pointer
    }

    fn point(&self, pointer: &mut Pointer, node: NodeId) {
        let Some(declaration) = self.declared(node) else { return };
        pointer.push_key(declaration.property.map_or(declaration.name.text(), |property| property.json));
        let index = self.indices.get(node.0 as usize).copied().filter(|index| *index != NO_INDEX);
        if let Some(index) = index {
            pointer.push_index(index as usize);
        }
    }
}
