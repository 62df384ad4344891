//! Names and kinds of nodes as small numbers.
//!
//! What a node is follows from the object that it stands in and its property there: its declaration. All declarations
//! that can be reached from the roots are numbered once, so that a tree keeps two bytes for each node.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::schema::{self, Datatype, Definition, Property, ROOTS, Role, Shape};

/// The name of an element or attribute in XML, as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(u16);

impl Name {
    /// The number of a name; none where no model has it.
    pub fn of(text: &str) -> Option<Self> {
        let at = GRAPH.names.binary_search(&text).ok()?;
        u16::try_from(at).ok().map(Self)
    }

    /// The name as text.
    pub fn text(self) -> &'static str {
        GRAPH.names.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// The mark of an element with this name in a tree.
    pub(super) const fn element(self) -> u16 {
        self.0
    }

    /// The mark of an attribute with this name in a tree.
    pub(super) const fn flag(self) -> u16 {
        self.0 | FLAG
    }

    pub(super) const fn unmarked(mark: u16) -> Self {
        Self(mark & !FLAG)
    }
}

/// Set in the marks of attributes.
pub(super) const FLAG: u16 = 1 << 15;
/// Mark of the node above the root.
pub(super) const DOCUMENT: u16 = FLAG - 1;

/// What a node with a value holds, as far as comparisons differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// No value: an assembly, or the document.
    Nothing,
    /// Text of any kind.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A date.
    Date,
    /// A date and time.
    DateTime,
}

/// What a node is.
#[derive(Debug)]
pub(super) struct Declaration {
    pub(super) name: Name,
    /// Its property; none for roots.
    pub(super) property: Option<&'static Property>,
    /// Its members; none for scalars.
    pub(super) definition: Option<&'static Definition>,
    /// The property that holds the value of a field with flags.
    pub(super) value: Option<&'static Property>,
    pub(super) typed: Typed,
    /// Number of the declaration of the first property; the others follow in order.
    pub(super) first: u16,
}

/// All names and declarations.
#[derive(Debug)]
pub(super) struct Graph {
    names: Vec<&'static str>,
    declarations: Vec<Declaration>,
    /// The attribute `ns`.
    pub(super) ns: Name,
}

pub(super) static GRAPH: LazyLock<Graph> = LazyLock::new(Graph::new);

impl Graph {
    fn new() -> Self {
        let definitions = definitions();
        let roots = ROOTS.iter().map(|root| root.key);
        let properties = definitions.iter().flat_map(|definition| definition.properties);
        let mut names: Vec<&'static str> = roots.chain(properties.map(|property| property.xml)).collect();
        names.sort_unstable();
        names.dedup();
        let mut graph = Self { names, declarations: Vec::new(), ns: Name(0) };
        graph.ns = graph.name("ns");
        graph.declare(&definitions);
        graph
    }

    fn name(&self, text: &str) -> Name {
        Name(self.names.binary_search(&text).ok().and_then(|at| u16::try_from(at).ok()).unwrap_or_default())
    }

    /// The roots first, then the properties of each object.
    fn declare(&mut self, definitions: &[&'static Definition]) {
        let mut first = BTreeMap::new();
        let mut next = ROOTS.len();
        for definition in definitions {
            first.insert(address(definition), u16::try_from(next).unwrap_or(u16::MAX));
            next += definition.properties.len();
        }
        let of =
            |definition: &'static Definition| first.get(&address(definition)).copied().unwrap_or_default();
        for root in ROOTS {
            let name = self.name(root.key);
            self.declarations.push(Declaration {
                name,
                property: None,
                definition: Some(root.definition),
                value: None,
                typed: Typed::Nothing,
                first: of(root.definition),
            });
        }
        for property in definitions.iter().flat_map(|definition| definition.properties) {
            let name = self.name(property.xml);
            self.declarations.push(declaration(name, property, of));
        }
    }

    /// What a node with this number is.
    pub(super) fn declaration(&self, number: u16) -> Option<&Declaration> {
        self.declarations.get(usize::from(number))
    }
}

/// The definition of each number that [`super::Tree::number`] gives, in order; none for a scalar without one of its own.
pub(crate) fn declarations() -> impl Iterator<Item = Option<&'static schema::Declaration>> {
    GRAPH.declarations.iter().map(Declaration::defined)
}

impl Declaration {
    /// Where it is defined.
    pub(super) fn defined(&self) -> Option<&'static schema::Declaration> {
        match self.definition {
            Some(definition) => Some(definition.declaration),
            None => self.property?.declaration,
        }
    }
}

fn address(definition: &'static Definition) -> usize {
    std::ptr::from_ref(definition).addr()
}

fn declaration(
    name: Name,
    property: &'static Property,
    first: impl Fn(&'static Definition) -> u16,
) -> Declaration {
    let (definition, value, datatype) = match property.shape {
        Shape::Scalar(datatype) => (None, None, Some(datatype)),
        Shape::Object(definition) => {
            let value = definition.properties.iter().find(|property| property.role == Role::Value);
            (Some(definition), value, value.and_then(datatype))
        }
    };
    Declaration {
        name,
        property: Some(property),
        definition,
        value,
        typed: datatype.map_or(Typed::Nothing, typed),
        first: definition.map(first).unwrap_or_default(),
    }
}

fn datatype(property: &Property) -> Option<Datatype> {
    match property.shape {
        Shape::Scalar(datatype) => Some(datatype),
        Shape::Object(_) => None,
    }
}

fn typed(datatype: Datatype) -> Typed {
    match datatype {
        Datatype::Boolean => Typed::Boolean,
        Datatype::Date => Typed::Date,
        Datatype::DateTimeWithTimezone => Typed::DateTime,
        Datatype::Decimal | Datatype::Integer | Datatype::NonNegativeInteger | Datatype::PositiveInteger => {
            Typed::Number
        }
        _ => Typed::Text,
    }
}

/// All objects that can be reached from the roots, each once.
fn definitions() -> Vec<&'static Definition> {
    let mut found: Vec<&'static Definition> = Vec::new();
    let mut open: Vec<&'static Definition> = ROOTS.iter().rev().map(|root| root.definition).collect();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(definition) = open.pop() {
        if seen.insert(address(definition)) {
            found.push(definition);
            open.extend(definition.properties.iter().rev().filter_map(|property| match property.shape {
                Shape::Object(held) => Some(held),
                Shape::Scalar(_) => None,
            }));
        }
    }
    found
}
