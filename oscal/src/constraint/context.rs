//! Constraints of files: which nodes they are for, and what stands between them.

use std::borrow::Cow;

use super::rule::{Metapath, Origin, Rule};
use crate::metapath::{NodeId, Tree};
use crate::schema::Role;

/// Nodes, and what is checked at each of them.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) targets: Vec<Target>,
    pub(super) entries: Vec<Entry>,
    /// Contexts inside, whose targets count from each node of this one.
    pub(super) contexts: Vec<Context>,
}

/// Which nodes a context is for.
#[derive(Debug)]
pub(super) enum Target {
    /// Those that an expression selects.
    Path(Metapath, Origin),
    /// Those of a global definition.
    Definition { module: &'static str, role: Role, name: Cow<'static, str> },
}

/// What stands in a list of constraints.
#[derive(Debug)]
pub(super) enum Entry {
    /// A variable for the entries that follow.
    Let { name: String, value: Box<Metapath>, origin: Origin },
    /// A constraint.
    Rule(Box<Rule>),
}

impl Context {
    /// All constraints, those of inner contexts too.
    pub(super) fn rules(&self) -> Box<dyn Iterator<Item = &Rule> + '_> {
        let own = self.entries.iter().filter_map(|entry| match entry {
            Entry::Rule(rule) => Some(rule.as_ref()),
            Entry::Let { .. } => None,
        });
        Box::new(own.chain(self.contexts.iter().flat_map(Self::rules)))
    }
}

/// The nodes of a global definition.
pub(super) fn nodes_of(tree: &Tree<'_>, module: &str, role: Role, name: &str) -> Vec<NodeId> {
    let is = |node: &NodeId| {
        tree.declaration(*node).is_some_and(|declaration| {
            declaration.is_global()
                && declaration.module == module
                && declaration.role == role
                && declaration.name() == name
        })
    };
    tree.nodes().filter(is).collect()
}
