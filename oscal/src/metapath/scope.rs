//! What expressions see beside the node that they are evaluated for.

use jiff::Timestamp;

use super::tree::Tree;
use super::value::Item;

/// Steps that one evaluation may take: some seconds at the most.
const STEPS: u64 = 200_000_000;

/// Gives expressions other documents. Whoever implements it decides which may be read.
pub trait Documents {
    /// The document at `uri`, which was resolved against the URI of the scope's document: a path from the root, such as
    /// `/ssp/ssp.json`, or a URI with a scheme.
    ///
    /// # Errors
    /// In words, why it cannot be had.
    fn document(&self, uri: &str) -> Result<&Tree<'_>, String>;

    /// The catalog that the profile `tree` resolves to; a catalog resolves to itself.
    ///
    /// # Errors
    /// In words, why it cannot be resolved.
    fn resolved<'a>(&'a self, tree: &'a Tree<'a>) -> Result<&'a Tree<'a>, String>;
}

/// A document, variables, the present and a way to other documents.
pub struct Scope<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) variables: Vec<(Box<str>, Vec<Item<'t>>)>,
    pub(super) now: Option<Timestamp>,
    pub(super) documents: Option<&'t dyn Documents>,
    pub(super) steps: u64,
}

impl<'t> Scope<'t> {
    /// A document, and nothing else.
    pub fn new(tree: &'t Tree<'t>) -> Self {
        Self { tree, variables: Vec::new(), now: None, documents: None, steps: STEPS }
    }

    /// Gives `current-date()` and `current-dateTime()` their instant. Without it they are errors.
    #[must_use]
    pub fn with_now(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Gives `doc()`, `doc-available()` and `resolve-profile()` their documents. Without it they are errors.
    #[must_use]
    pub fn with_documents(mut self, documents: &'t dyn Documents) -> Self {
        self.documents = Some(documents);
        self
    }

    /// Bounds the steps of one evaluation; a step is a node looked at or an expression evaluated.
    #[must_use]
    pub fn with_steps(mut self, steps: u64) -> Self {
        self.steps = steps;
        self
    }

    /// The document.
    pub fn tree(&self) -> &'t Tree<'t> {
        self.tree
    }

    /// Sets a variable; a name that is set already gets the new value.
    pub fn set(&mut self, name: &str, value: Vec<Item<'t>>) {
        match self.variables.iter_mut().find(|(set, _)| &**set == name) {
            Some((_, old)) => *old = value,
            None => self.variables.push((name.into(), value)),
        }
    }

    /// The value of a variable.
    pub fn variable(&self, name: &str) -> Option<&[Item<'t>]> {
        self.variables.iter().find(|(set, _)| &**set == name).map(|(_, value)| value.as_slice())
    }
}
