//! The findings of one document.

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Severity, TreePath};

use super::codes;
use super::key::Unkeyed;
use super::rule::{Origin, Rule};
use super::site::Site;
use super::words::noun;
use crate::codes::MORE_FINDINGS;
use crate::metapath::{EvaluationError, NodeId, NodeKind, Tree};
use crate::structure::LIMIT;

/// The findings so far.
#[derive(Debug)]
pub(super) struct Report<'t> {
    file: &'t TreePath,
    tree: &'t Tree<'t>,
    /// With the node that each is about, for the order.
    findings: Vec<(NodeId, Diagnostic)>,
    unlisted: usize,
    /// Rules that could not be checked and were reported.
    failed: Vec<String>,
}

impl<'t> Report<'t> {
    pub(super) fn new(file: &'t TreePath, tree: &'t Tree<'t>) -> Self {
        Self { file, tree, findings: Vec::new(), unlisted: 0, failed: Vec::new() }
    }

    pub(super) fn tree(&self) -> &'t Tree<'t> {
        self.tree
    }

    /// Adds a finding about a node.
    pub(super) fn add(&mut self, node: NodeId, finding: Diagnostic) {
        if self.findings.len() < LIMIT {
            self.findings.push((node, finding));
        } else {
            self.unlisted += 1;
        }
    }

    /// The findings in the order of the document.
    pub(super) fn finish(mut self) -> Diagnostics {
        self.findings.sort_by_key(|(node, _)| *node);
        let mut findings: Diagnostics = self.findings.into_iter().map(|(_, finding)| finding).collect();
        if self.unlisted > 0 {
            let message = format!("{} more findings in this file are not listed", self.unlisted);
            findings.push(Diagnostic::note(&MORE_FINDINGS, message).at(Location::file(self.file)));
        }
        findings
    }

    /// The value of a node.
    pub(super) fn value(&self, node: NodeId) -> Location {
        Location::value(self.file, &self.tree.value_pointer(node))
    }

    /// A node: its value where it has one, else its key.
    pub(super) fn place(&self, node: NodeId) -> Location {
        match self.tree.kind(node) {
            NodeKind::Flag | NodeKind::Field => self.value(node),
            NodeKind::Assembly => Location::key(self.file, &self.tree.pointer(node)),
            NodeKind::Document => Location::file(self.file),
        }
    }

    /// Says once that a rule could not be checked.
    pub(super) fn not_checked(&mut self, rule: &Rule, node: NodeId, error: &EvaluationError) {
        if self.failed.iter().any(|id| *id == rule.id) {
            return;
        }
        self.failed.push(rule.id.clone().into_owned());
        let message = format!("`{}` could not be checked: {error}", rule.id);
        let mut finding =
            Diagnostic::new(rule.severity().min(Severity::Warning), &codes::NOT_CHECKED, message)
                .rule(rule.id.clone())
                .at(self.place(node));
        if let Origin::File(at) = &rule.origin {
            finding = finding.also(at.clone(), "the constraint");
        }
        self.add(node, finding);
    }

    /// Says that an object has no key.
    pub(super) fn unkeyed(&mut self, site: &Site<'t>, why: Unkeyed<'_>) {
        match why {
            Unkeyed::Evaluation(error) => self.not_checked(site.rule, site.id(), &error),
            Unkeyed::Pattern { at, value, pattern } => {
                let node = at.map_or(site.id(), |node| node.id);
                let what = noun(self.tree, node);
                let message =
                    format!("`{value}` as {what} does not fit `{pattern}`, so that it names nothing");
                let finding = site.finding(&codes::INDEX_HAS_KEY, message, self.place(node));
                self.add(site.id(), finding.label("has another form"));
            }
        }
    }
}

/// Values in quotes, the first of many.
pub(super) fn list(values: &[&str]) -> String {
    const SHOWN: usize = 10;
    let mut shown: Vec<String> = values.iter().take(SHOWN).map(|value| format!("`{value}`")).collect();
    if values.len() > SHOWN {
        shown.push(format!("and {} more", values.len() - SHOWN));
    }
    shown.join(", ")
}
