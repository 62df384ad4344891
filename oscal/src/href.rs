//! The references of a document to files, so that it can be moved.

use probity_diagnostics::{Pointer, TreePath};
use serde_json::Value;

use crate::schema::{Datatype, Root, Visitor, walk};
use crate::split;

/// Visits every reference (datatype `uri-reference`) of a document, in its order, with its place; what `rewrite` gives back
/// stands there afterwards.
///
/// Fragments (`#…`) are references inside the document and are not visited.
pub fn rewrite(document: &mut Value, rewrite: &mut dyn FnMut(&Pointer, &str) -> Option<String>) {
    let Some(members) = document.as_object_mut() else { return };
    for (key, model) in members {
        if let Some(root) = Root::of(key) {
            walk(model, root.definition, &mut Pointer::root().key(key), &mut References { rewrite });
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

struct References<'a> {
    rewrite: &'a mut dyn FnMut(&Pointer, &str) -> Option<String>,
}

impl Visitor for References<'_> {
    fn scalar(&mut self, value: &mut Value, datatype: Datatype, at: &Pointer) {
        let text = value.as_str().filter(|text| datatype == Datatype::UriReference && !text.starts_with('#'));
        if let Some(new) = text.and_then(|text| (self.rewrite)(at, text)) {
            *value = Value::String(new);
        }
    }
}
