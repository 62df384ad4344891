//! The order of the model, found while a document is written.

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::{Map, Value};

use crate::schema::{Definition, Root, Shape};
use crate::split;

/// A document whose properties are written in model order: `$schema`, then the model. What the model does not know follows what
/// it knows, in its own order; nothing is left out.
#[derive(Clone, Copy, Debug)]
pub struct Canonical<'a> {
    value: &'a Value,
    kind: Kind,
}

impl<'a> Canonical<'a> {
    /// The document `value`, an object with the key of its model.
    pub fn of(value: &'a Value) -> Self {
        Self { value, kind: Kind::Root }
    }
}

/// What an object of a document is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// The document: its keys are `$schema` and the models.
    Root,
    /// A file of a split folder: an order, and an object of the model.
    Piece(&'static Definition),
    /// An object of the model.
    Object(&'static Definition),
    /// Something that the model does not know, which keeps its order.
    Other,
}

/// A member of an object.
pub(super) struct Member<'a> {
    pub(super) key: &'a str,
    pub(super) value: &'a Value,
    pub(super) kind: Kind,
}

impl Kind {
    /// The members of an object of this kind in the order in which they are written.
    pub(super) fn members(self, object: &Map<String, Value>) -> Vec<Member<'_>> {
        let mut members: Vec<(usize, Member<'_>)> = object
            .iter()
            .map(|(key, value)| {
                let (rank, kind) = self.member(key);
                (rank, Member { key, value, kind })
            })
            .collect();
        members.sort_by_key(|(rank, _)| *rank);
        members.into_iter().map(|(_, member)| member).collect()
    }

    /// The place of the member `key` among its fellows, and what it is.
    fn member(self, key: &str) -> (usize, Self) {
        match self {
            Self::Root if key == "$schema" => (0, Self::Other),
            Self::Piece(definition) => match key {
                "$schema" | split::MARK | split::ORDER => (0, Self::Other),
                _ => (1, Self::Object(definition)),
            },
            Self::Root => (1, Root::of(key).map_or(Self::Other, |root| Self::Object(root.definition))),
            Self::Object(definition) => match definition.property(key) {
                Some((rank, property)) => match property.shape {
                    Shape::Object(inner) => (rank, Self::Object(inner)),
                    Shape::Scalar(_) => (rank, Self::Other),
                },
                None => (usize::MAX, Self::Other),
            },
            Self::Other => (0, Self::Other),
        }
    }
}

impl Serialize for Canonical<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.len()))?;
                for member in self.kind.members(object) {
                    map.serialize_entry(member.key, &Self { value: member.value, kind: member.kind })?;
                }
                map.end()
            }
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for value in items {
                    list.serialize_element(&Self { value, kind: self.kind })?;
                }
                list.end()
            }
            scalar => scalar.serialize(serializer),
        }
    }
}
