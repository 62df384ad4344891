//! What a rule of sharing does not allow, as data.

use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location};
use serde_json::{Value, json};

use crate::rules::Rule;
use crate::tlp::Label;

/// Something that a rule does not allow. Nothing is written where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The rule.
    pub rule: Rule,
    /// The kind of finding, which `probity explain` knows.
    pub code: &'static Code,
    /// The document, as a path; empty where it is about no document.
    pub document: String,
    /// The colour of the document, where it has one.
    pub colour: Option<Label>,
    /// The audience, where there is one.
    pub audience: Option<String>,
    /// Why it is refused, in one sentence without a full stop. It never quotes what a document holds.
    pub message: String,
    /// What would make it allowed.
    pub remedy: String,
    /// Where it stands.
    pub location: Option<Location>,
}

impl Refusal {
    /// A refusal that is about no document, colour or audience yet.
    pub fn new(
        rule: Rule,
        code: &'static Code,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            code,
            document: String::new(),
            colour: None,
            audience: None,
            message: message.into(),
            remedy: remedy.into(),
            location: None,
        }
    }

    /// The same refusal of a document.
    #[must_use]
    pub fn of(mut self, document: impl Into<String>, colour: Option<Label>) -> Self {
        self.document = document.into();
        self.colour = colour;
        self
    }

    /// The same refusal for an audience.
    #[must_use]
    pub fn to(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// The same refusal with the place that it is about.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// The refusal for programs.
    pub fn json(&self) -> Value {
        json!({
            "code": self.code.id,
            "rule": self.rule.id,
            "document": self.document,
            "colour": self.colour.map(Label::as_str),
            "audience": self.audience,
            "message": self.message,
            "remedy": self.remedy,
        })
    }

    /// The refusal as a finding for people.
    pub fn finding(&self) -> Diagnostic {
        self.told(format!("refused: {}", self.message))
    }

    /// The same as a finding of a lint, where nothing was asked for.
    pub fn objection(&self) -> Diagnostic {
        self.told(self.message.clone())
    }

    fn told(&self, message: String) -> Diagnostic {
        let finding = Diagnostic::error(self.code, message).rule(self.rule.id).help(&self.remedy);
        match &self.location {
            Some(location) => finding.at(location.clone()),
            None => finding,
        }
    }
}

/// Why a step of sharing came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// Rules do not allow it.
    Refused(Vec<Refusal>),
    /// What is needed cannot be read or is malformed.
    Unreadable(Diagnostics),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<Diagnostics> for Stop {
    fn from(findings: Diagnostics) -> Self {
        Self::Unreadable(findings)
    }
}

impl From<Diagnostic> for Stop {
    fn from(finding: Diagnostic) -> Self {
        Self::Unreadable(finding.into())
    }
}
