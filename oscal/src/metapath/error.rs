//! What can be wrong with an expression.

use std::fmt;

/// An expression that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Byte of the expression where it is found.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at character {})", self.message, self.offset + 1)
    }
}

impl std::error::Error for SyntaxError {}

/// An expression that has no value for a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    code: &'static str,
    message: String,
}

impl EvaluationError {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { code, message: message.into() }))
    }

    pub(super) fn of_type(message: impl Into<String>) -> Self {
        Self::new("XPTY0004", message)
    }

    /// The code of XPath and its functions, such as `FORG0006`; `PBME…` for limits and what the caller has to offer.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for EvaluationError {}
