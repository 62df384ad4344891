//! A rule at a node: what a check is asked about.

use std::rc::Rc;

use probity_diagnostics::{Code, Diagnostic, Location};

use super::rule::Rule;
use crate::metapath::{Node, NodeId, Scope};

/// A rule, the node that it is looked at, and what its expressions see.
#[derive(Clone)]
pub(super) struct Site<'t> {
    pub(super) rule: &'t Rule,
    pub(super) scope: Rc<Scope<'t>>,
    pub(super) node: Node<'t>,
}

impl<'t> Site<'t> {
    pub(super) fn id(&self) -> NodeId {
        self.node.id
    }

    /// The same rule at another node.
    pub(super) fn at(&self, node: Node<'t>) -> Self {
        Self { node, ..self.clone() }
    }

    /// A finding of the rule here: with its own message where it has one, else with `message`.
    pub(super) fn finding(&self, code: &'static Code, message: String, at: Location) -> Diagnostic {
        let rule = self.rule;
        let own = rule.message.as_ref().map(|message| message.text(&self.scope, self.node));
        let finding =
            Diagnostic::new(rule.severity(), code, own.unwrap_or(message)).rule(rule.id.clone()).at(at);
        match &rule.help_url {
            Some(url) => finding.help(format!("see {url}")),
            None => finding,
        }
    }
}

impl std::fmt::Debug for Site<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {:?}", self.rule.id, self.node)
    }
}
