//! A piece of a document as a file of its own.

use std::io;

use probity_diagnostics::document::Comments;
use serde_json::Value;

use super::{MARK, ORDER, lists};
use crate::schema::{Definition, Root};

/// What a file of a split folder holds.
#[derive(Clone, Copy, Debug)]
pub struct Part<'v> {
    /// The key at its root: `control`, `component` and so on; in the index that of the model.
    pub key: &'v str,
    /// What stands under that key.
    pub definition: &'static Definition,
}

/// What a file of a split folder holds; none for what is no such file, documents included.
pub fn part(value: &Value) -> Option<Part<'_>> {
    let members = value.as_object()?;
    if members.contains_key(MARK) {
        let mut models = members.keys().filter_map(|key| Some((key, Root::of(key)?)));
        return models.next().map(|(key, root)| Part { key, definition: root.definition });
    }
    let mut keys = members.iter().filter(|(key, _)| key.as_str() != ORDER);
    let (Some((key, item)), None) = (keys.next(), keys.next()) else { return None };
    if !item.is_object() || Root::of(key).is_some() {
        return None;
    }
    lists::definition(key, item).map(|definition| Part { key, definition })
}

/// Writes a file of a split folder as YAML, in the order of the model.
///
/// # Errors
/// The writer's own.
pub fn write_part(value: &Value, comments: &Comments, writer: &mut dyn io::Write) -> io::Result<()> {
    match part(value) {
        Some(part) => crate::write::write_piece(value, part.definition, comments, writer),
        None => crate::write_yaml(value, comments, writer),
    }
}
