//! Keys: what tells the objects of an index apart.

use std::borrow::Cow;

use super::rule::{Metapath, Pattern};
use crate::metapath::{EvaluationError, Item, Node, Scope, SyntaxError};

/// Keys that one object can have: key fields with several values give one key for each combination.
const MOST: usize = 1000;

/// A key field.
#[derive(Debug)]
pub(super) struct KeyPart {
    pub(super) path: Metapath,
    /// What of the value is used: the first group, or all of what fits.
    pub(super) pattern: Option<Pattern>,
}

impl KeyPart {
    pub(super) fn new(
        path: impl Into<Cow<'static, str>>,
        pattern: Option<Pattern>,
    ) -> Result<Self, SyntaxError> {
        Ok(Self { path: Metapath::parse(path)?, pattern })
    }
}

/// The values of the key fields; none where a field is absent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key<'t> {
    /// The value of the only key field.
    One(Cow<'t, str>),
    /// The values of several.
    Many(Vec<Option<Cow<'t, str>>>),
}

impl Key<'_> {
    /// The key in quotes, for messages.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::One(value) => format!("`{value}`"),
            Self::Many(values) => {
                let values = values.iter().flatten().map(|value| format!("`{value}`"));
                values.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// The value of the only key field.
    pub(super) fn only(&self) -> Option<&str> {
        match self {
            Self::One(value) => Some(value),
            Self::Many(_) => None,
        }
    }
}

/// A key, and the node that gave it where there is one such node.
#[derive(Debug)]
pub(super) struct Found<'t> {
    pub(super) key: Key<'t>,
    pub(super) at: Option<Node<'t>>,
}

/// Why an object has no key.
#[derive(Debug)]
pub(super) enum Unkeyed<'t> {
    /// A value does not fit the pattern of its key field.
    Pattern {
        /// The node of the value.
        at: Option<Node<'t>>,
        value: String,
        pattern: String,
    },
    /// A key field cannot be evaluated.
    Evaluation(EvaluationError),
}

impl From<EvaluationError> for Unkeyed<'_> {
    fn from(error: EvaluationError) -> Self {
        Self::Evaluation(error)
    }
}

/// One value of a key field, and the node that it stands in.
type Value<'t> = (Option<Cow<'t, str>>, Option<Node<'t>>);

/// The keys of an object. It has none where all key fields are absent; where one has several values, it has several.
pub(super) fn keys<'t>(
    parts: &'t [KeyPart],
    scope: &Scope<'t>,
    node: Node<'t>,
) -> Result<Vec<Found<'t>>, Unkeyed<'t>> {
    if let [part] = parts {
        let values = values(part, scope, node)?;
        let found = |(value, at): Value<'t>| Some(Found { key: Key::One(value?), at });
        return Ok(values.into_iter().filter_map(found).collect());
    }
    let mut rows: Vec<Vec<Option<Cow<'t, str>>>> = vec![Vec::with_capacity(parts.len())];
    for part in parts {
        let mut values = values(part, scope, node)?;
        if values.is_empty() {
            values.push((None, None));
        }
        let longer = |row: &Vec<Option<Cow<'t, str>>>| {
            let row = row.clone();
            values.iter().map(move |(value, _)| [row.as_slice(), std::slice::from_ref(value)].concat())
        };
        rows = rows.iter().flat_map(longer).take(MOST).collect();
    }
    let present = rows.into_iter().filter(|row| row.iter().any(Option::is_some));
    Ok(present.map(|row| Found { key: Key::Many(row), at: None }).collect())
}

fn values<'t>(part: &'t KeyPart, scope: &Scope<'t>, node: Node<'t>) -> Result<Vec<Value<'t>>, Unkeyed<'t>> {
    let mut values = Vec::new();
    for item in part.path.expression.sequence_at(scope, node)? {
        let (text, at) = match item {
            Item::Node(node) => (node.text(), Some(node)),
            Item::Atomic(atomic) => (Some(atomic.into_string()), None),
            Item::Map(_) | Item::Array(_) => (None, None),
        };
        if let Some(text) = text {
            values.push((Some(fitted(part, text, at)?), at));
        }
    }
    Ok(values)
}

/// What the pattern of the key field takes out of its value.
fn fitted<'t>(part: &KeyPart, text: Cow<'t, str>, at: Option<Node<'t>>) -> Result<Cow<'t, str>, Unkeyed<'t>> {
    let Some(pattern) = &part.pattern else { return Ok(text) };
    let found = pattern.regex().and_then(|regex| {
        let captures = regex.captures(&text)?;
        let taken = captures.get(1).or_else(|| captures.get(0))?;
        Some(taken.as_str().to_owned())
    });
    found.map(Cow::Owned).ok_or_else(|| Unkeyed::Pattern {
        at,
        value: text.into_owned(),
        pattern: pattern.text.clone().into_owned(),
    })
}
