//! What the type checker has seen, over all resource types of a metric and all calls of a function.

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::{Code, Severity};
use probity_evidence::TypeName;

use crate::rego::ast::Span;

/// A finding in the Rego of a metric.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Problem {
    pub(crate) code: &'static Code,
    pub(crate) severity: Severity,
    pub(crate) span: Span,
    pub(crate) message: String,
    /// What is said at the place.
    pub(crate) label: Option<String>,
    pub(crate) help: Option<String>,
}

impl Problem {
    pub(super) fn error(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    pub(super) fn warning(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }

    fn new(severity: Severity, code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity, span, message: message.into(), label: None, help: None }
    }

    #[must_use]
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    #[must_use]
    pub(super) fn label(mut self, text: impl Into<String>) -> Self {
        self.label = Some(text.into());
        self
    }
}

/// A property that is read and does not exist.
#[derive(Debug, Clone)]
pub(super) struct Missing {
    /// The first place that reads it.
    pub(super) span: Span,
    /// The judged types that read it.
    pub(super) types: BTreeSet<TypeName>,
}

/// A statement, over all runs.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    held: bool,
    explained: bool,
}

/// Everything that was seen.
#[derive(Debug, Default)]
pub(super) struct Notes {
    problems: BTreeMap<(Span, &'static str), Problem>,
    /// By the type that lacks it where that is a related one, and by the path from there.
    pub(super) missing: BTreeMap<(Option<TypeName>, String), Missing>,
    statements: BTreeMap<Span, Seen>,
    /// Places of the resource that were read.
    pub(super) read: BTreeSet<String>,
    /// Whether the target value was read.
    pub(super) target_read: bool,
    /// How often something wrong was seen, repetitions included.
    pub(super) count: usize,
    /// How often a statement could not hold and nothing told why.
    pub(super) dead: usize,
}

impl Notes {
    pub(super) fn push(&mut self, problem: Problem) {
        self.count += 1;
        self.problems.entry((problem.span, problem.code.id)).or_insert(problem);
    }

    pub(super) fn missing(&mut self, judged: &TypeName, owner: Option<TypeName>, path: String, span: Span) {
        self.count += 1;
        let missing = self.missing.entry((owner, path));
        let missing = missing.or_insert_with(|| Missing { span, types: BTreeSet::new() });
        missing.span = missing.span.min(span);
        missing.types.insert(judged.clone());
    }

    /// Notes whether a statement could hold; `explained` says that a finding tells why it could not.
    pub(super) fn statement(&mut self, span: Span, held: bool, explained: bool) {
        let seen = self.statements.entry(span).or_default();
        seen.held |= held;
        seen.explained |= explained;
        self.dead += usize::from(!held && !explained);
    }

    /// Statements that never could hold, and nothing told why.
    pub(super) fn never_held(&self) -> Vec<Span> {
        let never = self.statements.iter().filter(|(_, seen)| !seen.held && !seen.explained);
        never.map(|(span, _)| *span).collect()
    }

    /// The problems, in the order of the text.
    pub(super) fn problems(self) -> Vec<Problem> {
        self.problems.into_values().collect()
    }
}
