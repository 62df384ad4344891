//! The definitions of the modules with their constraints: where each stands, once, and what is checked there.

use std::collections::BTreeMap;

use super::node::Node;

/// The lines that are constraints.
const KINDS: [&str; 7] =
    ["allowed-values", "matches", "expect", "index", "index-has-key", "is-unique", "has-cardinality"];

/// A definition that constraints can hang on.
#[derive(Debug)]
pub(crate) struct Declared {
    /// Rust module: the Metaschema module without `-common`.
    pub(crate) module: String,
    /// Short name of the Metaschema module.
    pub(crate) short: String,
    /// `assembly`, `field` or `flag`.
    pub(crate) kind: String,
    /// Names from the global definition inwards, flags with `@`.
    pub(crate) path: String,
    /// Its constraints in order.
    pub(crate) constraints: Vec<Node>,
}

impl Declared {
    /// Name of the constant.
    pub(crate) fn constant(&self) -> String {
        let name = self.path.replace(['/', '-'], "_").replace('@', "").to_ascii_uppercase();
        if self.kind == "flag" { format!("{name}_FLAG") } else { name }
    }
}

/// Where a definition stands: module index, then child indices.
type Path = Vec<usize>;

/// All definitions by their place: those that are global or objects, and all that have constraints.
///
/// # Errors
/// Two definitions whose constants would have one name.
pub(crate) fn collect(modules: &[Node]) -> Result<BTreeMap<Path, Declared>, String> {
    let mut found = BTreeMap::new();
    for (index, module) in modules.iter().enumerate() {
        let about =
            About { module: rust_module(&module.name), short: module.get("short").unwrap_or_default() };
        for (child, node) in module.children.iter().enumerate() {
            about.definition(node, "", vec![index, child], &mut found);
        }
    }
    let mut names = BTreeMap::new();
    for declared in found.values() {
        let key = (declared.module.clone(), declared.constant());
        if let Some(other) = names.insert(key, &declared.path) {
            return Err(format!("{other} and {} would have one name", declared.path));
        }
    }
    Ok(found)
}

/// `control-common` to `control`.
pub(crate) fn rust_module(name: &str) -> String {
    name.trim_end_matches("-common").replace('-', "_")
}

/// The module that is being read.
struct About<'a> {
    module: String,
    short: &'a str,
}

impl About<'_> {
    fn definition(&self, node: &Node, above: &str, at: Path, found: &mut BTreeMap<Path, Declared>) {
        let inside = match node.kind.as_str() {
            "choice" => above.to_owned(),
            "assembly" | "field" | "flag" if !node.name.starts_with('@') => joined(above, node),
            _ => return,
        };
        for (index, child) in node.children.iter().enumerate() {
            let mut place = at.clone();
            place.push(index);
            self.definition(child, &inside, place, found);
        }
        let constraints: Vec<Node> =
            node.children.iter().filter(|child| KINDS.contains(&child.kind.as_str())).cloned().collect();
        let object = node.kind == "assembly" || node.kind == "field" && node.of("flag").next().is_some();
        if node.kind != "choice" && (above.is_empty() || object || !constraints.is_empty()) {
            let declared = Declared {
                module: self.module.clone(),
                short: self.short.to_owned(),
                kind: node.kind.clone(),
                path: inside,
                constraints,
            };
            found.insert(at, declared);
        }
    }
}

fn joined(above: &str, node: &Node) -> String {
    let mark = if node.kind == "flag" { "@" } else { "" };
    if above.is_empty() { format!("{mark}{}", node.name) } else { format!("{above}/{mark}{}", node.name) }
}
