//! The references of a document to files, so that it can be moved.

use probity_diagnostics::{Pointer, TreePath};
use serde_json::Value;

use crate::schema::{Datatype, Definition, Root, Shape};
use crate::split;

/// Visits every reference (datatype `uri-reference`) of a document, in its order, with its place; what `rewrite` gives back
/// stands there afterwards.
///
/// Fragments (`#…`) are references inside the document and are not visited.
pub fn rewrite(document: &mut Value, rewrite: &mut dyn FnMut(&Pointer, &str) -> Option<String>) {
    let Some(members) = document.as_object_mut() else { return };
    for (key, model) in members {
        if let Some(root) = Root::of(key) {
            let mut walk = Walk { rewrite, pointer: Pointer::root().key(key) };
            walk.value(model, root.definition);
        }
    }
}

/// The file of the tree that a reference of the document `path` leads to; none where it stays in the document or leads to a
/// remote location, out of the tree or by another scheme.
pub fn local(path: &TreePath, text: &str) -> Option<TreePath> {
    let scheme = text.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    if text.is_empty() || text.starts_with(['#', '/']) {
        return None;
    }
    let target = path.sibling(text).ok()?;
    let is_local = !target.is_remote() && (!scheme || target.bundled().is_some());
    is_local.then(|| split::document(&target))
}

struct Walk<'a> {
    rewrite: &'a mut dyn FnMut(&Pointer, &str) -> Option<String>,
    pointer: Pointer,
}

impl Walk<'_> {
    fn value(&mut self, value: &mut Value, definition: &'static Definition) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.pointer.push_index(index);
                    self.value(item, definition);
                    self.pointer.pop();
                }
            }
            Value::Object(members) => {
                for (key, value) in members {
                    self.pointer.push_key(key);
                    match definition.property(key).map(|(_, property)| property.shape) {
                        Some(Shape::Object(inner)) => self.value(value, inner),
                        Some(Shape::Scalar(Datatype::UriReference)) => self.reference(value),
                        _ => {}
                    }
                    self.pointer.pop();
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, value: &mut Value) {
        let text = value.as_str().filter(|text| !text.starts_with('#'));
        if let Some(new) = text.and_then(|text| (self.rewrite)(&self.pointer, text)) {
            *value = Value::String(new);
        }
    }
}
