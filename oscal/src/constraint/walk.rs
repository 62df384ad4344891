//! The way through a document: every node against the constraints of its definition.

use std::ops::ControlFlow;
use std::rc::Rc;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath};

use super::allowed_values::Sets;
use super::codes;
use super::context::{Context, Entry, Target, nodes_of};
use super::has_cardinality;
use super::index::Indexes;
use super::index_has_key::{self, Reference};
use super::report::Report;
use super::rule::{Check, Origin, Rule};
use super::rules::{Model, Rules};
use super::site::Site;
use crate::metapath::{Documents, EvaluationError, Item, Node, NodeId, Scope, Tree};

/// What constraints may ask for besides the document.
#[derive(Clone, Copy, Default)]
pub struct Surroundings<'a> {
    /// The way to other documents; without it, a constraint that reads one is reported as not checked.
    pub documents: Option<&'a dyn Documents>,
    /// What `current-date()` is; without it, a constraint that asks for it is reported as not checked.
    pub now: Option<Timestamp>,
}

/// Checks a document.
pub(super) fn walk<'t>(
    tree: &'t Tree<'t>,
    file: &'t TreePath,
    (rules, model): (&'t Rules, &'t Model),
    around: Surroundings<'t>,
) -> Diagnostics {
    let mut walk = Walk {
        tree,
        file,
        around,
        report: Report::new(file, tree),
        sets: Sets::new(tree.len()),
        indexes: Indexes::default(),
        references: Vec::new(),
    };
    let scope = Rc::new(walk.scope(&[]));
    for node in tree.nodes().skip(1) {
        for rule in model.of(tree.number(node)) {
            walk.rule(rule, &scope, node);
        }
    }
    for context in rules.contexts() {
        walk.context(context, &[], NodeId::DOCUMENT);
    }
    walk.finish(|name| rules.index(model, name))
}

struct Walk<'t> {
    tree: &'t Tree<'t>,
    file: &'t TreePath,
    around: Surroundings<'t>,
    report: Report<'t>,
    sets: Sets<'t>,
    indexes: Indexes<'t>,
    references: Vec<Reference<'t>>,
}

/// Variables that are set, innermost last.
type Variables<'t> = [(&'t str, Vec<Item<'t>>)];

impl<'t> Walk<'t> {
    fn scope(&self, variables: &Variables<'t>) -> Scope<'t> {
        let mut scope = Scope::new(self.tree);
        if let Some(documents) = self.around.documents {
            scope = scope.with_documents(documents);
        }
        if let Some(now) = self.around.now {
            scope = scope.with_now(now);
        }
        for (name, value) in variables {
            scope.set(name, value.clone());
        }
        scope
    }

    fn finish(mut self, declared: impl Fn(&str) -> Option<&'t Rule>) -> Diagnostics {
        self.sets.finish(&mut self.report);
        index_has_key::finish(self.references, &self.indexes, declared, &mut self.report);
        self.report.finish()
    }

    /// Looks at the targets of a rule, from a node.
    fn rule(&mut self, rule: &'t Rule, scope: &Rc<Scope<'t>>, from: NodeId) {
        let site = Site { rule, scope: Rc::clone(scope), node: Node { tree: self.tree, id: from } };
        let outcome = match &rule.check {
            Check::AllowedValues(set) => {
                let (sets, report) = (&mut self.sets, &mut self.report);
                each(&site, |site| sets.reach(site, set, report))
            }
            Check::Matches(matches) => each(&site, |site| matches.check(site, &mut self.report)),
            Check::Expect(expect) => each(&site, |site| expect.check(site, &mut self.report)),
            Check::IndexHasKey(wanted) => {
                let (references, report) = (&mut self.references, &mut self.report);
                each(&site, |site| wanted.references(site, references, report))
            }
            Check::HasCardinality(range) => targets(&site)
                .map(|targets| has_cardinality::check(*range, &site, &targets, &mut self.report)),
            Check::IsUnique(unique) => {
                targets(&site).map(|targets| unique.check(&site, &targets, &mut self.report))
            }
            Check::Index(index) => match targets(&site) {
                Ok(targets) => {
                    self.indexes.collect(&site, index, &targets, &mut self.report);
                    Ok(())
                }
                Err(error) => {
                    self.indexes.give_up(index);
                    Err(error)
                }
            },
        };
        if let Err(error) = outcome {
            self.report.not_checked(rule, from, &error);
        }
    }

    /// Looks at the constraints of a file, from a node.
    fn context(&mut self, context: &'t Context, variables: &Variables<'t>, from: NodeId) {
        let mut nodes = Vec::new();
        for target in &context.targets {
            match self.nodes(target, variables, from) {
                Ok(found) => nodes.extend(found),
                Err((error, origin)) => self.failed("the context", &error, origin, from),
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        for node in nodes {
            let mut variables = variables.to_vec();
            let mut scope = Rc::new(self.scope(&variables));
            for entry in &context.entries {
                match entry {
                    Entry::Rule(rule) => self.rule(rule, &scope, node),
                    Entry::Let { name, value, origin } => match value.expression.sequence(&scope, node) {
                        Ok(items) => {
                            variables.push((name, items));
                            scope = Rc::new(self.scope(&variables));
                        }
                        Err(error) => self.failed(&format!("`${name}`"), &error, origin, node),
                    },
                }
            }
            for inner in &context.contexts {
                self.context(inner, &variables, node);
            }
        }
    }

    fn nodes(
        &self,
        target: &'t Target,
        variables: &Variables<'t>,
        from: NodeId,
    ) -> Result<Vec<NodeId>, (EvaluationError, &'t Origin)> {
        match target {
            Target::Definition { module, role, name } => Ok(nodes_of(self.tree, module, *role, name)),
            Target::Path(path, origin) => {
                let found = path.expression.nodes(&self.scope(variables), from);
                let own = |node: &Node<'t>| std::ptr::eq(node.tree, self.tree);
                let found = found.map_err(|error| (error, origin))?;
                Ok(found.into_iter().filter(own).map(|node| node.id).collect())
            }
        }
    }

    /// Says that something that constraints of a file need has no value.
    fn failed(&mut self, what: &str, error: &EvaluationError, origin: &Origin, node: NodeId) {
        let mut finding =
            Diagnostic::warning(&codes::NOT_CHECKED, format!("{what} has no value here: {error}"));
        finding = finding.at(self.report.place(node));
        if let Origin::File(at) = origin {
            finding = finding.also(at.clone(), "needed by the constraints here");
        }
        if node == NodeId::DOCUMENT {
            finding = finding.at(Location::file(self.file));
        }
        self.report.add(node, finding);
    }
}

/// Hands every target in the document to `check`.
fn each<'t>(site: &Site<'t>, mut check: impl FnMut(&Site<'t>)) -> Result<(), EvaluationError> {
    let tree = site.node.tree;
    site.rule.target.expression.each_node(&site.scope, site.id(), |node| {
        if std::ptr::eq(node.tree, tree) {
            check(&site.at(node));
        }
        ControlFlow::Continue(())
    })
}

/// The targets, those in other documents too.
fn targets<'t>(site: &Site<'t>) -> Result<Vec<Node<'t>>, EvaluationError> {
    site.rule.target.expression.nodes(&site.scope, site.id())
}
