//! The structure of the OSCAL models as data: which properties an object has, how often, and of which datatype.
//!
//! The tables are constant data written by `cargo xtask schema`; nothing is parsed or built at start-up.

mod conformance;
mod constraint;
pub mod table;
mod walk;

pub use constraint::{Check, Constraint, Declaration, Key, Level};
pub use table::{DECLARATIONS, Datatype, ROOTS};
pub(crate) use walk::{Visitor, walk};

/// A model that may stand at the root of a document.
#[derive(Debug)]
pub struct Root {
    /// Key at the root, such as `catalog`.
    pub key: &'static str,
    /// The object under that key.
    pub definition: &'static Definition,
}

impl Root {
    /// The model with this key at the root.
    pub fn of(key: &str) -> Option<&'static Self> {
        ROOTS.iter().find(|root| root.key == key)
    }

    /// The definitions that a document of this model can hold, each once, in the order of a walk through the model.
    pub fn declarations(&self) -> Vec<&'static Declaration> {
        let mut reached = vec![self.definition.declaration];
        let mut open = vec![self.definition];
        let mut entered: Vec<&Definition> = vec![self.definition];
        while let Some(definition) = open.pop() {
            for property in definition.properties {
                let (declaration, inside) = match property.shape {
                    Shape::Object(held) => (Some(held.declaration), Some(held)),
                    Shape::Scalar(_) => (property.declaration, None),
                };
                if let Some(declaration) = declaration
                    && !reached.iter().any(|other| std::ptr::eq(*other, declaration))
                {
                    reached.push(declaration);
                }
                if let Some(held) = inside
                    && !entered.iter().any(|other| std::ptr::eq(*other, held))
                {
                    entered.push(held);
                    open.push(held);
                }
            }
        }
        reached
    }
}

/// An object: an assembly, or a field with flags.
#[derive(Debug)]
pub struct Definition {
    /// Name in the Metaschema.
    pub name: &'static str,
    /// Properties in model order, at most 64.
    pub properties: &'static [Property],
    /// Exclusive alternatives among the properties.
    pub choices: &'static [Choice],
    /// Where it is defined, and its constraints.
    pub declaration: &'static Declaration,
}

impl Definition {
    /// The property with this JSON key, and its index.
    pub fn property(&self, key: &str) -> Option<(usize, &'static Property)> {
        let first = key.as_bytes().first(); // most others differ in it, which spares comparing them
        let mut properties = self.properties.iter().enumerate();
        properties.find(|(_, property)| property.json.as_bytes().first() == first && property.json == key)
    }
}

/// Alternatives of which at most one may stand.
#[derive(Debug)]
pub struct Choice {
    /// Whether one of them must stand.
    pub required: bool,
    /// Indices into the properties of the object.
    pub properties: &'static [usize],
}

/// One property of an object.
#[derive(Debug)]
pub struct Property {
    /// JSON key.
    pub json: &'static str,
    /// XML name of one item.
    pub xml: &'static str,
    /// Attribute, element or value in XML.
    pub role: Role,
    /// How often it stands.
    pub range: Range,
    /// How several items are grouped in JSON.
    pub group: Group,
    /// How the items stand in XML.
    pub layout: Layout,
    /// What one item is.
    pub shape: Shape,
    /// The only values of a scalar where its definition closes the set; empty where it is open.
    pub values: &'static [&'static str],
    /// Where a flag or a field that is a scalar is defined, and its constraints; none for one without constraints
    /// that is defined in place, and none for objects and values of fields, whose definition has them.
    pub declaration: Option<&'static Declaration>,
}

/// What a property is in the Metaschema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An attribute in XML.
    Flag,
    /// An element with a value.
    Field,
    /// An element with elements.
    Assembly,
    /// The text of an element that also has attributes.
    Value,
}

/// Least and greatest number of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Least number.
    pub min: u32,
    /// Greatest number; none is unbounded.
    pub max: Option<u32>,
}

/// None or one.
pub const OPTIONAL: Range = Range { min: 0, max: Some(1) };
/// Exactly one.
pub const REQUIRED: Range = Range { min: 1, max: Some(1) };
/// Any number.
pub const ANY: Range = Range { min: 0, max: None };
/// One or more.
pub const SOME: Range = Range { min: 1, max: None };

/// How items are grouped in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// One value, no group.
    Single,
    /// An array, even of one item.
    Array,
    /// The item itself where there is one, else an array.
    SingletonOrArray,
}

/// How items stand in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// An element for each item.
    Wrapped,
    /// Block elements of prose without an element around them.
    Unwrapped,
    /// An element for each item, and one around all of them.
    Grouped,
}

/// What one item of a property is.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A value of a datatype.
    Scalar(Datatype),
    /// An object.
    Object(&'static Definition),
}

/// JSON type of a datatype.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// `"text"`
    String,
    /// `true`, `false`
    Boolean,
    /// A number without fraction.
    Integer,
    /// A number.
    Number,
}

impl Property {
    const fn of(role: Role, json: &'static str, shape: Shape, range: Range) -> Self {
        Self {
            json,
            xml: json,
            role,
            range,
            group: Group::Single,
            layout: Layout::Wrapped,
            shape,
            values: &[],
            declaration: None,
        }
    }

    const fn scalar(role: Role, json: &'static str, datatype: Datatype, range: Range) -> Self {
        Self::of(role, json, Shape::Scalar(datatype), range)
    }

    const fn object(role: Role, json: &'static str, definition: &'static Definition, range: Range) -> Self {
        Self::of(role, json, Shape::Object(definition), range)
    }

    const fn named(mut self, xml: &'static str) -> Self {
        self.xml = xml;
        self
    }

    const fn array(mut self) -> Self {
        self.group = Group::Array;
        self
    }

    const fn singleton_or_array(mut self) -> Self {
        self.group = Group::SingletonOrArray;
        self
    }

    const fn unwrapped(mut self) -> Self {
        self.layout = Layout::Unwrapped;
        self
    }

    const fn grouped(mut self) -> Self {
        self.layout = Layout::Grouped;
        self
    }

    const fn declared(mut self, declaration: &'static Declaration) -> Self {
        self.declaration = Some(declaration);
        self
    }

    const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }
}
