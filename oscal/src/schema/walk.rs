//! A document walked together with the table, and changed on the way.

use probity_diagnostics::Pointer;
use serde_json::{Map, Value};

use super::{Datatype, Definition, Shape};

/// What is done with the values of a document. Those that the table does not know are passed over.
pub(crate) trait Visitor {
    /// An object, before what is in it.
    fn object(&mut self, _: &mut Map<String, Value>, _: &'static Definition, _: &Pointer) {}

    /// A value of a datatype, or each of a list of them.
    fn scalar(&mut self, _: &mut Value, _: Datatype, _: &Pointer) {}
}

/// Walks a value of `definition`, or a list of them, which stands at `pointer`; everything in the order of the document.
pub(crate) fn walk(
    value: &mut Value,
    definition: &'static Definition,
    pointer: &mut Pointer,
    visitor: &mut impl Visitor,
) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                pointer.push_index(index);
                walk(item, definition, pointer, visitor);
                pointer.pop();
            }
        }
        Value::Object(members) => {
            visitor.object(members, definition, pointer);
            for (key, value) in members {
                pointer.push_key(key);
                match definition.property(key).map(|(_, property)| property.shape) {
                    Some(Shape::Object(inner)) => walk(value, inner, pointer, visitor),
                    Some(Shape::Scalar(datatype)) => visitor.scalar(value, datatype, pointer),
                    None => {}
                }
                pointer.pop();
            }
        }
        _ => {}
    }
}
