//! The constraints that are checked: those of OSCAL, and those of files.

use std::collections::HashMap;
use std::sync::OnceLock;

use probity_diagnostics::{FileTree, Step, TreePath, Warned};

use super::context::Context;
use super::external;
use super::rule::{Check, Rule};
use super::upstream::{Remedy, defect};
use crate::metapath;
use crate::schema::{ROOTS, Root};

/// The constraints that documents are checked against.
///
/// Nothing is read of the constraints of a model until a document of it is checked, and then once.
#[derive(Debug)]
pub struct Rules {
    /// Whether the constraints of OSCAL stand as they were published.
    as_published: bool,
    models: Vec<OnceLock<Model>>,
    contexts: Vec<Context>,
}

/// The constraints that a document of one model can meet.
#[derive(Debug, Default)]
pub(super) struct Model {
    rules: Vec<Rule>,
    /// First rule and the one past the last, by number of a node's kind.
    ranges: Vec<(u32, u32)>,
}

impl Rules {
    /// The constraints of OSCAL, but for those that are wrong as published: see [`super::DEFECTS`].
    pub fn oscal() -> Self {
        Self::new(false)
    }

    /// The constraints of OSCAL as they were published.
    pub fn with_upstream_defects() -> Self {
        Self::new(true)
    }

    fn new(as_published: bool) -> Self {
        let models = ROOTS.iter().map(|_| OnceLock::new()).collect();
        Self { as_published, models, contexts: Vec::new() }
    }

    /// Adds the constraints of a file, and of the files that it imports.
    ///
    /// # Errors
    /// A file that cannot be read, is not XML, or holds what is not known: elements, attributes, functions, variables.
    /// All problems are reported at once; then nothing of the file is added.
    pub fn add(&mut self, tree: &dyn FileTree, path: &TreePath) -> Step<()> {
        let Warned { value, warnings } = external::read(tree, path)?;
        self.contexts.extend(value);
        Ok(Warned { value: (), warnings })
    }

    /// The ids of the constraints of files, in their order.
    pub fn added(&self) -> impl Iterator<Item = &str> {
        self.contexts.iter().flat_map(Context::rules).map(|rule| rule.id.as_ref())
    }

    pub(super) fn contexts(&self) -> &[Context] {
        &self.contexts
    }

    /// The constraints of a model.
    pub(super) fn model(&self, root: &'static Root) -> Option<&Model> {
        let at = ROOTS.iter().position(|other| std::ptr::eq(other, root))?;
        Some(self.models.get(at)?.get_or_init(|| Model::new(root, self.as_published)))
    }

    /// The constraint for this model that collects an index of this name.
    pub(super) fn index<'t>(&'t self, model: &'t Model, name: &str) -> Option<&'t Rule> {
        let is = |rule: &&Rule| matches!(&rule.check, Check::Index(index) if index.name == name);
        let added = || self.contexts.iter().flat_map(Context::rules).find(is);
        model.rules.iter().find(is).or_else(added)
    }
}

impl Model {
    fn new(root: &'static Root, as_published: bool) -> Self {
        let mut rules = Vec::new();
        let mut ranges = HashMap::new();
        for declaration in root.declarations() {
            let first = rules.len();
            for constraint in declaration.constraints {
                let remedy = defect(declaration, constraint).filter(|_| !as_published).map(|d| &d.remedy);
                let mend = match remedy {
                    Some(Remedy::Leave) => continue,
                    Some(Remedy::Mend(mend)) => Some(mend),
                    Some(Remedy::Nothing) | None => None,
                };
                rules.extend(Rule::of(declaration, constraint, mend).ok());
            }
            ranges.insert(std::ptr::from_ref(declaration).addr(), (number(first), number(rules.len())));
        }
        let range = |declaration: Option<&'static crate::schema::Declaration>| {
            let at = std::ptr::from_ref(declaration?).addr();
            ranges.get(&at).copied()
        };
        let ranges = metapath::declarations().map(|declaration| range(declaration).unwrap_or_default());
        Self { ranges: ranges.collect(), rules }
    }

    /// The constraints of a kind of node.
    pub(super) fn of(&self, number: u16) -> &[Rule] {
        let (first, end) = self.ranges.get(usize::from(number)).copied().unwrap_or_default();
        self.rules.get(first as usize..end as usize).unwrap_or_default()
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
