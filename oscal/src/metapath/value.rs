//! What expressions evaluate to.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use super::decimal::Decimal;
use super::moment::{Duration, Moment};
use super::names::{Name, Typed};
use super::tree::{NodeId, NodeKind, Tree};

/// A node and the tree that it stands in.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    /// The tree.
    pub tree: &'t Tree<'t>,
    /// The node in it.
    pub id: NodeId,
}

impl<'t> Node<'t> {
    pub(super) fn of(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    /// The value as text, see [`Tree::text`].
    pub fn text(self) -> Option<Cow<'t, str>> {
        self.tree.text(self.id)
    }

    /// The name; empty for the document node.
    pub fn name(self) -> &'static str {
        self.tree.name(self.id).map(Name::text).unwrap_or_default()
    }

    /// A path that names this node alone, such as `/catalog/group[2]/control[1]/@id`.
    pub fn path(self) -> String {
        let mut steps = Vec::new();
        let mut next = Some(self.id);
        while let Some(id) = next {
            next = self.tree.parent(id);
            let name = self.of(id).name();
            match self.tree.kind(id) {
                NodeKind::Document => {}
                NodeKind::Flag => steps.push(format!("/@{name}")),
                _ if next == Some(NodeId::DOCUMENT) => steps.push(format!("/{name}")),
                _ => steps.push(format!("/{name}[{}]", self.tree.ordinal(id))),
            }
        }
        steps.reverse();
        if steps.is_empty() { "/".to_owned() } else { steps.concat() }
    }

    /// The order of nodes: that of the document, and of documents by their URI.
    fn key(self) -> (&'t str, usize, NodeId) {
        (self.tree.uri(), std::ptr::from_ref(self.tree).addr(), self.id)
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.tree, other.tree)
    }
}

impl Eq for Node<'_> {}

impl PartialOrd for Node<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if std::ptr::eq(self.tree, other.tree) {
            self.id.cmp(&other.id)
        } else {
            self.key().cmp(&other.key())
        }
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path())
    }
}

/// A single value.
#[derive(Clone, Debug)]
pub enum Atomic<'t> {
    /// The value of a node, with what its datatype makes of it.
    Untyped(Cow<'t, str>, Typed),
    /// Text.
    Text(Cow<'t, str>),
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A floating-point number.
    Double(f64),
    /// A date, or a date and time.
    Moment(Moment),
    /// A duration.
    Duration(Duration),
}

/// One item of a sequence.
#[derive(Clone, Debug)]
pub enum Item<'t> {
    /// A node of a document.
    Node(Node<'t>),
    /// A value.
    Atomic(Atomic<'t>),
    /// Entries in the order in which they came; keys differ.
    Map(Rc<Entries<'t>>),
    /// Members of an array.
    Array(Rc<Vec<Vec<Item<'t>>>>),
}

/// The entries of a map.
pub type Entries<'t> = Vec<(Atomic<'t>, Vec<Item<'t>>)>;

impl<'t> Item<'t> {
    pub(super) fn text(text: impl Into<Cow<'t, str>>) -> Self {
        Self::Atomic(Atomic::Text(text.into()))
    }

    pub(super) const fn boolean(value: bool) -> Self {
        Self::Atomic(Atomic::Boolean(value))
    }

    pub(super) const fn integer(value: i64) -> Self {
        Self::Atomic(Atomic::Integer(value))
    }
}

impl fmt::Display for Item<'_> {
    /// A node as its path, a value as its text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(node) => f.write_str(&node.path()),
            Self::Atomic(atomic) => write!(f, "{}", atomic.string()),
            Self::Map(entries) => write!(f, "map of {} entries", entries.len()),
            Self::Array(members) => write!(f, "array of {} members", members.len()),
        }
    }
}

impl<'t> Atomic<'t> {
    /// The value as text, as `xs:string` writes it.
    pub fn string(&self) -> Cow<'_, str> {
        match self {
            Self::Untyped(text, _) | Self::Text(text) => Cow::Borrowed(text),
            Self::Boolean(true) => Cow::Borrowed("true"),
            Self::Boolean(false) => Cow::Borrowed("false"),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Decimal(number) => Cow::Owned(number.to_string()),
            Self::Double(number) => Cow::Owned(double(*number)),
            Self::Moment(moment) => Cow::Owned(moment.to_string()),
            Self::Duration(duration) => Cow::Owned(duration.to_string()),
        }
    }

    /// The same as [`Atomic::string`], without copying text.
    pub fn into_string(self) -> Cow<'t, str> {
        match self {
            Self::Untyped(text, _) | Self::Text(text) => text,
            other => Cow::Owned(other.string().into_owned()),
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Untyped(..) => "the value of a node",
            Self::Text(_) => "text",
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) => "a whole number",
            Self::Decimal(_) => "a decimal number",
            Self::Double(_) => "a floating-point number",
            Self::Moment(moment) if moment.is_day() => "a date",
            Self::Moment(_) => "a date and time",
            Self::Duration(_) => "a duration",
        }
    }

    pub(super) const fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Decimal(_) | Self::Double(_))
    }

    /// What a value of a node is by its datatype; text where it does not fit.
    pub(super) fn resolved(self) -> Self {
        let Self::Untyped(text, typed) = self else { return self };
        let found = match typed {
            Typed::Number => number(&text),
            Typed::Boolean => boolean(&text).map(Self::Boolean),
            Typed::Date => Moment::date(&text).map(Self::Moment),
            Typed::DateTime => Moment::date_time(&text).map(Self::Moment),
            Typed::Nothing | Typed::Text => None,
        };
        found.unwrap_or(Self::Text(text))
    }
}

/// A number as written: whole, with a point, or with an exponent.
pub(super) fn number<'t>(text: &str) -> Option<Atomic<'t>> {
    let text = text.trim();
    if let Ok(whole) = text.parse() {
        return Some(Atomic::Integer(whole));
    }
    if let Some(decimal) = Decimal::parse(text) {
        return Some(Atomic::Decimal(decimal));
    }
    parse_double(text).map(Atomic::Double)
}

pub(super) fn parse_double(text: &str) -> Option<f64> {
    match text.trim() {
        "INF" | "+INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        digits if digits.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) => digits.parse().ok(),
        _ => None,
    }
}

pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// A floating-point number as XPath writes it.
fn double(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "INF" } else { "-INF" }.to_owned();
    }
    let size = number.abs();
    if number == 0.0 || (1e-6..1e6).contains(&size) {
        return format!("{number}");
    }
    let text = format!("{number:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}
