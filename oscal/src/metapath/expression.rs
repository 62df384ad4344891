//! Expressions that have been read.

use std::fmt;
use std::ops::ControlFlow;

use super::error::{EvaluationError, SyntaxError};
use super::evaluate::{Context, DONE, MORE, Machine};
use super::parser;
use super::scope::Scope;
use super::syntax::Expr;
use super::tree::NodeId;
use super::value::{Item, Node};

/// An expression. It can be evaluated by several threads at once.
pub struct Expression {
    source: Box<str>,
    root: Expr,
    unknown: Vec<String>,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// What is no expression; a function, axis, type or prefix that is not known; a wrong number of arguments; a regular
    /// expression in quotes that cannot be used; what is too long or nested too deeply.
    pub fn parse(source: &str) -> Result<Self, SyntaxError> {
        let mut unknown = Vec::new();
        let root = parser::parse(source, &mut unknown)?;
        Ok(Self { source: source.into(), root, unknown })
    }

    /// The text that was read.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Names in the expression that no OSCAL model has: they select nothing.
    pub fn unknown_names(&self) -> &[String] {
        &self.unknown
    }

    /// The nodes that the expression selects, in document order.
    ///
    /// # Errors
    /// As [`Expression::sequence`], and where it gives a value that is no node.
    pub fn nodes<'t>(&'t self, scope: &Scope<'t>, node: NodeId) -> Result<Vec<Node<'t>>, EvaluationError> {
        let mut nodes = Vec::new();
        self.each_node(scope, node, |node| {
            nodes.push(node);
            ControlFlow::Continue(())
        })?;
        Ok(nodes)
    }

    /// Hands the nodes that the expression selects to `take`, in document order, until it breaks off.
    ///
    /// # Errors
    /// As [`Expression::nodes`].
    pub fn each_node<'t>(
        &'t self,
        scope: &Scope<'t>,
        node: NodeId,
        mut take: impl FnMut(Node<'t>) -> ControlFlow<()>,
    ) -> Result<(), EvaluationError> {
        let machine = Machine::new(scope);
        let context = Context::of(Node { tree: scope.tree(), id: node });
        let flow = machine.visit(&self.root, context, &mut |item| match item {
            Item::Node(node) => Ok(if take(node).is_break() { DONE } else { MORE }),
            other => {
                Err(EvaluationError::of_type(format!("the expression gives `{other}`, which is no node")))
            }
        });
        flow.map(drop)
    }

    /// The items that the expression gives for a node of the scope's document.
    ///
    /// # Errors
    /// The value of something that has none, values that cannot be compared or calculated with, a variable that is not
    /// set, a document that cannot be had, and more steps or levels than are allowed.
    pub fn sequence<'t>(&'t self, scope: &Scope<'t>, node: NodeId) -> Result<Vec<Item<'t>>, EvaluationError> {
        self.sequence_at(scope, Node { tree: scope.tree(), id: node })
    }

    /// The items that the expression gives for a node of any document.
    ///
    /// # Errors
    /// As [`Expression::sequence`].
    pub fn sequence_at<'t>(
        &'t self,
        scope: &Scope<'t>,
        node: Node<'t>,
    ) -> Result<Vec<Item<'t>>, EvaluationError> {
        Machine::new(scope).collect(&self.root, Context::of(node))
    }

    /// Whether the expression holds for a node of the scope's document: its effective boolean value.
    ///
    /// # Errors
    /// As [`Expression::sequence`], and where it gives what cannot be taken for true or false.
    pub fn holds<'t>(&'t self, scope: &Scope<'t>, node: NodeId) -> Result<bool, EvaluationError> {
        self.holds_at(scope, Node { tree: scope.tree(), id: node })
    }

    /// Whether the expression holds for a node of any document.
    ///
    /// # Errors
    /// As [`Expression::holds`].
    pub fn holds_at<'t>(&'t self, scope: &Scope<'t>, node: Node<'t>) -> Result<bool, EvaluationError> {
        Machine::new(scope).truth(&self.root, Context::of(node))
    }

    /// The text of the items that the expression gives, with blanks between them.
    ///
    /// # Errors
    /// As [`Expression::sequence`], and where an item has no value.
    pub fn text_at<'t>(&'t self, scope: &Scope<'t>, node: Node<'t>) -> Result<String, EvaluationError> {
        let values = Machine::new(scope).atomics(&self.root, Context::of(node))?;
        Ok(values.iter().map(super::value::Atomic::string).collect::<Vec<_>>().join(" "))
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expression").field(&self.source).finish()
    }
}
