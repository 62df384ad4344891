//! Expressions in the form in which they are evaluated.

use regex::Regex;

use super::functions::Function;
use super::names::Name;
use super::value::Atomic;

/// An expression.
#[derive(Debug)]
pub(super) enum Expr {
    Literal(Atomic<'static>),
    /// Items one after the other; none is the empty sequence.
    Sequence(Vec<Expr>),
    /// A variable bound inside the expression: how many bindings further out.
    Local(usize),
    /// A variable of the scope.
    Global(Box<str>),
    /// `.`
    Here,
    Path(Path),
    Or(Vec<Expr>),
    And(Vec<Expr>),
    /// Existential comparison (`=`), or of single values (`eq`).
    Compare {
        operator: Comparison,
        single: bool,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `PATH = ('a', 'b')`
    TextIs {
        left: Box<Expr>,
        texts: Box<[Box<str>]>,
    },
    /// `@flag = ('a', 'b')`
    FlagIs {
        flag: Name,
        texts: Box<[Box<str>]>,
    },
    /// `is`, `<<`, `>>`
    Order {
        operator: NodeOrder,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Arithmetic {
        operator: Arithmetic,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Negate(Box<Expr>),
    /// `||`
    Concat(Vec<Expr>),
    /// `to`
    Range(Box<Expr>, Box<Expr>),
    Union(Vec<Expr>),
    Intersect(Box<Expr>, Box<Expr>),
    Except(Box<Expr>, Box<Expr>),
    If(Box<[Expr; 3]>),
    For {
        input: Box<Expr>,
        body: Box<Expr>,
    },
    Let {
        value: Box<Expr>,
        body: Box<Expr>,
    },
    Quantified {
        every: bool,
        input: Box<Expr>,
        body: Box<Expr>,
    },
    /// `!`
    Each {
        input: Box<Expr>,
        body: Box<Expr>,
        sized: bool,
    },
    Filter {
        base: Box<Expr>,
        predicates: Vec<Predicate>,
    },
    /// `?key`; no key stands for all.
    Lookup {
        base: Box<Expr>,
        key: Option<Box<Expr>>,
    },
    Map(Vec<(Expr, Expr)>),
    /// Members of `[a, b]`.
    Array(Vec<Expr>),
    Call {
        function: Function,
        arguments: Vec<Expr>,
    },
    /// `matches`, `replace` and `tokenize` with a pattern that is known beforehand.
    Pattern {
        function: Function,
        arguments: Vec<Expr>,
        pattern: Regex,
    },
    /// `has-oscal-namespace` with namespaces that are known beforehand.
    Namespace {
        node: Box<Expr>,
        uris: Box<[Box<str>]>,
    },
    /// `recurse-depth`
    Recurse {
        start: Box<Expr>,
        path: Box<Expr>,
    },
    InstanceOf {
        value: Box<Expr>,
        kind: SequenceType,
    },
    Cast {
        value: Box<Expr>,
        to: AtomicType,
        optional: bool,
    },
    Castable {
        value: Box<Expr>,
        to: AtomicType,
        optional: bool,
    },
    Treat {
        value: Box<Expr>,
        kind: SequenceType,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeOrder {
    Is,
    Before,
    After,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    IntegerDivide,
    Modulo,
}

/// Steps from a start.
#[derive(Debug)]
pub(super) struct Path {
    pub(super) start: Start,
    pub(super) steps: Vec<Step>,
    /// Whether the steps alone reach the nodes in document order and each of them once.
    pub(super) ordered: bool,
}

#[derive(Debug, Default)]
pub(super) enum Start {
    #[default]
    Here,
    Root,
    Each(Box<Expr>),
}

#[derive(Debug)]
pub(super) enum Step {
    Axis {
        axis: Axis,
        test: Test,
        predicates: Vec<Predicate>,
    },
    /// Any other expression, evaluated for each node; it does not look at its position.
    Each {
        body: Expr,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Child,
    Flag,
    Own,
    Parent,
    Descendant,
    DescendantOrSelf,
    Ancestor,
    AncestorOrSelf,
    FollowingSibling,
    PrecedingSibling,
    Following,
    Preceding,
}

/// Which nodes of an axis are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Test {
    /// All that the axis is for.
    Any,
    /// All, attributes and the document too.
    Node,
    Named(Name),
    /// One of a few names; where there are fewer than four, the first stands again.
    OneOf([Name; 4]),
    /// A name that no model has.
    Unknown,
    Kind(KindTest, Option<Name>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KindTest {
    Node,
    Element,
    Assembly,
    Field,
    Flag,
    Document,
}

#[derive(Debug)]
pub(super) enum Predicate {
    /// Holds or does not; the position is not looked at.
    Truth(Expr),
    /// A position.
    Position(usize),
    /// A position, or whether it holds.
    Either(Expr),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtomicType {
    Any,
    Text,
    Untyped,
    Boolean,
    Integer,
    NonNegativeInteger,
    PositiveInteger,
    Decimal,
    Numeric,
    Double,
    Date,
    DateTime,
    DateWithZone,
    DateTimeWithZone,
    Duration,
    DayTimeDuration,
    YearMonthDuration,
    /// Text of the form of a datatype of the models.
    Formed(crate::schema::Datatype),
}

/// A type with how many items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SequenceType {
    pub(super) item: ItemType,
    pub(super) least: usize,
    pub(super) most: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemType {
    Any,
    Atomic(AtomicType),
    Node(Test),
    Map,
    Array,
    /// No item at all.
    Empty,
}
