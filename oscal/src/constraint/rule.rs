//! A constraint in the form in which it is checked.

use std::borrow::Cow;
use std::sync::OnceLock;

use probity_diagnostics::{Location, Severity};
use regex::Regex;

use super::allowed_values::AllowedValues;
use super::datatype::TextType;
use super::expect::Expect;
use super::index::Index;
use super::index_has_key::IndexHasKey;
use super::key::KeyPart;
use super::matches::Matches;
use super::message::Message;
use super::unique::IsUnique;
use super::upstream::Mend;
use crate::metapath::{self, Expression, SyntaxError};
use crate::schema::{self, Declaration, Level, Range};

/// A Metapath with its text.
#[derive(Debug)]
pub(super) struct Metapath {
    pub(super) text: Cow<'static, str>,
    pub(super) expression: Expression,
}

impl Metapath {
    pub(super) fn parse(text: impl Into<Cow<'static, str>>) -> Result<Self, SyntaxError> {
        let text = text.into();
        Ok(Self { expression: Expression::parse(&text)?, text })
    }
}

/// A regular expression of the whole value, compiled when it is first needed.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) text: Cow<'static, str>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(super) fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), compiled: OnceLock::new() }
    }

    /// The compiled expression; none where it is no regular expression.
    pub(super) fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| self.compile().ok()).as_ref()
    }

    /// Compiles the expression.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn compile(&self) -> Result<Regex, String> {
        metapath::pattern(&self.text)?;
        metapath::pattern(&format!("^(?:{})$", self.text))
    }
}

/// Where a constraint comes from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// A definition of the Metaschema.
    Model(&'static Declaration),
    /// A place in a file.
    File(Location),
}

/// A constraint that is checked.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) id: Cow<'static, str>,
    pub(super) level: Level,
    pub(super) target: Metapath,
    pub(super) message: Option<Message>,
    /// Where more is said about it.
    pub(super) help_url: Option<String>,
    pub(super) check: Check,
    pub(super) origin: Origin,
}

/// What is checked.
#[derive(Debug)]
pub(super) enum Check {
    AllowedValues(AllowedValues),
    Matches(Matches),
    Expect(Expect),
    Index(Index),
    IndexHasKey(IndexHasKey),
    IsUnique(IsUnique),
    HasCardinality(Range),
}

impl Rule {
    /// How grave a finding of it is.
    pub(super) fn severity(&self) -> Severity {
        match self.level {
            Level::Critical | Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Informational | Level::Debug => Severity::Note,
        }
    }

    /// A constraint of the Metaschema, mended where that is asked for.
    ///
    /// # Errors
    /// An expression that cannot be read, which a test rules out.
    pub(super) fn of(
        declaration: &'static Declaration,
        constraint: &'static schema::Constraint,
        mend: Option<&Mend>,
    ) -> Result<Self, SyntaxError> {
        let target = mend.and_then(|mend| mend.target).unwrap_or(constraint.target);
        let pattern = mend.and_then(|mend| mend.pattern);
        Ok(Self {
            id: rule_id(declaration, constraint),
            level: constraint.level,
            target: Metapath::parse(target)?,
            message: constraint.message.map(Message::parse).transpose()?,
            help_url: None,
            check: check(&constraint.check, pattern)?,
            origin: Origin::Model(declaration),
        })
    }
}

/// The id of a constraint of the Metaschema; one without gets its definition as id: `oscal-mapping-common/map/relationship`.
pub(super) fn rule_id(declaration: &Declaration, constraint: &schema::Constraint) -> Cow<'static, str> {
    match constraint.id {
        Some(id) => Cow::Borrowed(id),
        None => Cow::Owned(format!("{}/{}", declaration.module, declaration.path)),
    }
}

fn check(check: &'static schema::Check, pattern: Option<&'static str>) -> Result<Check, SyntaxError> {
    let parts = |keys: &'static [schema::Key]| -> Result<Vec<KeyPart>, SyntaxError> {
        let part =
            |key: &'static schema::Key| KeyPart::new(key.target, key.pattern.or(pattern).map(Pattern::new));
        keys.iter().map(part).collect()
    };
    Ok(match *check {
        schema::Check::AllowedValues { open, values, deprecated } => {
            Check::AllowedValues(AllowedValues::of_model(open, values, deprecated))
        }
        schema::Check::Matches { regex, datatype } => Check::Matches(Matches {
            regex: regex.map(Pattern::new),
            datatype: datatype.and_then(TextType::of),
        }),
        schema::Check::Expect { test } => Check::Expect(Expect { test: Metapath::parse(test)? }),
        schema::Check::Index { name, keys } => {
            Check::Index(Index { name: Cow::Borrowed(name), parts: parts(keys)? })
        }
        schema::Check::IndexHasKey { name, keys } => {
            Check::IndexHasKey(IndexHasKey { name: Cow::Borrowed(name), parts: parts(keys)? })
        }
        schema::Check::IsUnique { keys } => Check::IsUnique(IsUnique { parts: parts(keys)? }),
        schema::Check::HasCardinality { range } => Check::HasCardinality(range),
    })
}
