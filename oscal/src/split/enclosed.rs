//! A piece in a document of its own.

use serde_json::{Map, Value, json};

use super::{MARK, part};
use crate::schema::{Definition, Group, ROOTS, Shape};

/// Levels of the model that are looked through for the place of a piece.
const DEEPEST: usize = 6;

/// A file of a split folder as a document that holds nothing else, for what is said of documents only; none for other values. It
/// is not valid: what only other files say is not there.
pub fn enclosed(value: &Value) -> Option<Value> {
    let piece = part(value)?;
    let item = value.get(piece.key)?;
    if value.get(MARK).is_some() {
        return Some(json!({ piece.key: item }));
    }
    // the shortest way: a control stands in the catalog itself
    (1..DEEPEST).find_map(|depth| {
        ROOTS.iter().find_map(|root| {
            let model = around(root.definition, piece.definition, piece.key, item, depth)?;
            Some(json!({ root.key: model }))
        })
    })
}

/// The object of `definition` that holds the item at some depth, and nothing else.
fn around(
    definition: &Definition,
    wanted: &Definition,
    key: &str,
    item: &Value,
    depth: usize,
) -> Option<Value> {
    let inside = depth.checked_sub(1)?;
    definition.properties.iter().find_map(|property| {
        let Shape::Object(held) = property.shape else { return None };
        let value = if std::ptr::eq(held, wanted) && property.xml == key && inside == 0 {
            item.clone()
        } else {
            around(held, wanted, key, item, inside)?
        };
        let value = if property.group == Group::Single { value } else { json!([value]) };
        Some(Value::Object(Map::from_iter([(property.json.to_owned(), value)])))
    })
}
