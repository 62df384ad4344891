use std::fmt;

use crate::codes::Code;
use crate::location::Location;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something to know; nothing is wrong.
    Note,
    /// Suspicious, but the step could go on.
    Warning,
    /// Wrong: the step has no result that can be relied on.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A place with a text that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub location: Location,
    /// What is to be said about it; may be empty.
    pub text: String,
}

/// One finding, as data. Renderers in [`crate::render`] turn it into text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: &'static Code,
    /// The rule that was broken, where the kind of finding has many: the id of a constraint.
    pub rule: Option<String>,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The main place; none for findings about no file.
    pub primary: Option<Label>,
    /// Other places that explain the finding.
    pub secondary: Vec<Label>,
    /// What to do about it.
    pub helps: Vec<String>,
}

impl Diagnostic {
    /// A finding of the given severity, without a place yet.
    pub fn new(severity: Severity, code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            rule: None,
            severity,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            helps: Vec::new(),
        }
    }

    /// An error.
    pub fn error(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning.
    pub fn warning(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note.
    pub fn note(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// The same finding as a warning, for a step that goes on without what it is about.
    #[must_use]
    pub fn into_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The id of what was broken: the rule, or the code where it has no rules.
    pub fn rule_id(&self) -> &str {
        self.rule.as_deref().unwrap_or(self.code.id)
    }

    /// The same finding of the rule with this id.
    #[must_use]
    pub fn rule(mut self, id: impl Into<String>) -> Self {
        self.rule = Some(id.into());
        self
    }

    /// The same finding at `location`.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.primary = Some(Label { location, text: String::new() });
        self
    }

    /// The same finding with a text under the marked place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.text = text.into();
        }
        self
    }

    /// The same finding with a further place.
    #[must_use]
    pub fn also(mut self, location: Location, text: impl Into<String>) -> Self {
        self.secondary.push(Label { location, text: text.into() });
        self
    }

    /// The same finding with a hint what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.helps.push(text.into());
        self
    }
}

/// Findings in the order in which they were made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// No findings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds the findings of another list.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(other);
    }

    /// Whether one of the findings is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the first error says, else the first finding; nothing where there is none.
    pub fn first_message(&self) -> String {
        let error = self.0.iter().find(|d| d.severity == Severity::Error);
        error.or(self.0.first()).map(|d| d.message.clone()).unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Puts the findings in the order of a key; those of equal keys stay in
    /// theirs.
    pub fn sort_by_key<K: Ord>(&mut self, key: impl FnMut(&Diagnostic) -> K) {
        self.0.sort_by_cached_key(key);
    }

    /// The findings, in their order.
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.0
    }

    /// The findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// `value` with these findings as warnings, or the findings where one of
    /// them is an error.
    ///
    /// # Errors
    /// The findings themselves, if one is an error.
    pub fn unless_errors<T>(self, value: T) -> Step<T> {
        if self.has_errors() { Err(self) } else { Ok(Warned { value, warnings: self }) }
    }

    /// Takes the value out of a step and its findings into this list.
    pub fn absorb<T>(&mut self, step: Step<T>) -> Option<T> {
        match step {
            Ok(warned) => {
                self.extend(warned.warnings);
                Some(warned.value)
            }
            Err(errors) => {
                self.extend(errors);
                None
            }
        }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// A value together with findings that did not prevent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// Warnings and notes; never errors.
    pub warnings: Diagnostics,
}

impl<T> Warned<T> {
    /// A value without findings.
    pub fn clean(value: T) -> Self {
        Self { value, warnings: Diagnostics::new() }
    }

    /// The value of `f` for this value, with the same findings.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Warned<U> {
        Warned { value: f(self.value), warnings: self.warnings }
    }
}

/// What a step of the pipeline returns: a value with warnings, or every error
/// it found.
pub type Step<T> = Result<Warned<T>, Diagnostics>;
