//! Reading component definitions, and looking at their props with places for findings.

use std::collections::BTreeMap;

use probity_diagnostics::{Code, Diagnostic, Diagnostics, FileTree, Location, Pointer, TreePath};
use probity_oscal::model::{ComponentDefinition, metadata::Property};
use probity_oscal::split;
use serde::Deserialize;

/// The root key of a component definition.
const ROOT: &str = "component-definition";

/// Reads the component definition in `path`.
pub(super) fn read(
    tree: &dyn FileTree,
    path: &TreePath,
    code: &'static Code,
) -> Result<ComponentDefinition, Diagnostics> {
    let path = &split::document(path);
    let bytes = split::read(tree, path)?;
    let (_, document) = probity_oscal::read(&bytes, path)?.value;
    let Some(model) = document.get(ROOT) else {
        let finding = Diagnostic::error(code, format!("the document is no `{ROOT}`"));
        return Err(finding.at(Location::file(path)).into());
    };
    ComponentDefinition::deserialize(model).map_err(|error| {
        Diagnostic::error(code, format!("the component definition has a wrong shape: {error}"))
            .at(Location::value(path, &Pointer::root().key(ROOT)))
            .help("`probity validate` tells the exact places")
            .into()
    })
}

/// A pointer below the component definition.
pub(super) fn pointer(parts: &[(&str, usize)]) -> Pointer {
    let root = Pointer::root().key(ROOT);
    parts.iter().fold(root, |pointer, (key, index)| pointer.key(key).index(*index))
}

/// Props with the place of their list.
#[derive(Clone)]
pub(super) struct Props<'a> {
    pub(super) list: &'a [Property],
    pub(super) at: Pointer,
}

impl<'a> Props<'a> {
    /// The props named `name` in namespace `ns`, with the pointers to their values.
    pub(super) fn all(
        &self,
        ns: &'a str,
        name: &'a str,
    ) -> impl Iterator<Item = (&'a Property, Pointer)> + use<'a> {
        let at = self.at.clone();
        let named = move |prop: &Property| prop.name == name && prop.ns.as_deref() == Some(ns);
        self.list
            .iter()
            .enumerate()
            .filter(move |(_, prop)| named(prop))
            .map(move |(index, prop)| (prop, at.index(index).key("value")))
    }

    /// Pointers to the values of all props in a namespace, by name.
    pub(super) fn places(&self, ns: &str) -> BTreeMap<String, Vec<Pointer>> {
        let mut places: BTreeMap<String, Vec<Pointer>> = BTreeMap::new();
        for (index, prop) in self.list.iter().enumerate().filter(|(_, prop)| prop.ns.as_deref() == Some(ns)) {
            places.entry(prop.name.clone()).or_default().push(self.at.index(index).key("value"));
        }
        places
    }

    /// The first of them.
    pub(super) fn first(&self, ns: &'a str, name: &'a str) -> Option<(&'a Property, Pointer)> {
        self.all(ns, name).next()
    }
}
