//! Operators, loosest first.

use super::{Kind, Parsed, Parser};
use crate::metapath::syntax::{Arithmetic, Comparison, Expr, NodeOrder, Path, Start, Step};
use crate::metapath::value::Atomic;

/// Operators of one level that may follow each other.
const CHAIN: usize = 200;

#[derive(Clone, Copy)]
enum Operator {
    Or,
    And,
    Compare(Comparison, bool),
    Order(NodeOrder),
    Concat,
    Range,
    Arithmetic(Arithmetic),
    Union,
    Intersect,
    Except,
}

impl Operator {
    const fn level(self) -> u8 {
        match self {
            Self::Or => 0,
            Self::And => 1,
            Self::Compare(..) | Self::Order(_) => 2,
            Self::Concat => 3,
            Self::Range => 4,
            Self::Arithmetic(Arithmetic::Add | Arithmetic::Subtract) => 5,
            Self::Arithmetic(_) => 6,
            Self::Union => 7,
            Self::Intersect | Self::Except => 8,
        }
    }

    /// Operands of one level that stand in one list.
    const fn is_list(self) -> bool {
        matches!(self, Self::Or | Self::And | Self::Concat | Self::Union)
    }
}

fn operator(kind: &Kind<'_>) -> Option<Operator> {
    use Arithmetic::{Add, Divide, IntegerDivide, Modulo, Multiply, Subtract};
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    Some(match kind {
        Kind::Symbol(symbol) => match *symbol {
            "=" => Operator::Compare(Equal, false),
            "!=" => Operator::Compare(NotEqual, false),
            "<" => Operator::Compare(Less, false),
            "<=" => Operator::Compare(LessOrEqual, false),
            ">" => Operator::Compare(Greater, false),
            ">=" => Operator::Compare(GreaterOrEqual, false),
            "<<" => Operator::Order(NodeOrder::Before),
            ">>" => Operator::Order(NodeOrder::After),
            "||" => Operator::Concat,
            "+" => Operator::Arithmetic(Add),
            "-" => Operator::Arithmetic(Subtract),
            "*" => Operator::Arithmetic(Multiply),
            "|" => Operator::Union,
            _ => return None,
        },
        Kind::Name(name) if name.prefix.is_empty() => match name.local {
            "or" => Operator::Or,
            "and" => Operator::And,
            "eq" => Operator::Compare(Equal, true),
            "ne" => Operator::Compare(NotEqual, true),
            "lt" => Operator::Compare(Less, true),
            "le" => Operator::Compare(LessOrEqual, true),
            "gt" => Operator::Compare(Greater, true),
            "ge" => Operator::Compare(GreaterOrEqual, true),
            "is" => Operator::Order(NodeOrder::Is),
            "to" => Operator::Range,
            "div" => Operator::Arithmetic(Divide),
            "idiv" => Operator::Arithmetic(IntegerDivide),
            "mod" => Operator::Arithmetic(Modulo),
            "union" => Operator::Union,
            "intersect" => Operator::Intersect,
            "except" => Operator::Except,
            _ => return None,
        },
        _ => return None,
    })
}

impl Parser<'_, '_> {
    /// Reads operands with operators of this level and tighter ones between them.
    pub(super) fn operation(&mut self, level: u8) -> Parsed<Expr> {
        let mut left = self.typed()?;
        let mut chain = 0;
        while let Some(found) = operator(self.peek()).filter(|found| found.level() >= level) {
            chain += 1;
            if chain > CHAIN {
                return self.error("too many operators follow each other");
            }
            self.advance();
            let right = self.deeper(|parser| parser.operation(found.level() + 1))?;
            left = if found.is_list() {
                self.list(found, left, right)?
            } else {
                if chain > super::DEPTH {
                    return self.error("too many operators follow each other");
                }
                join(found, left, right)
            };
            let single = matches!(found, Operator::Compare(..) | Operator::Order(_) | Operator::Range);
            if single && operator(self.peek()).is_some_and(|next| next.level() == found.level()) {
                return self.error("comparisons and ranges cannot follow each other; use brackets");
            }
        }
        Ok(left)
    }

    /// Reads the further operands of the same operator.
    fn list(&mut self, found: Operator, left: Expr, right: Expr) -> Parsed<Expr> {
        let mut items = vec![left, right];
        while operator(self.peek()).is_some_and(|next| next.level() == found.level()) {
            self.advance();
            items.push(self.deeper(|parser| parser.operation(found.level() + 1))?);
        }
        Ok(match found {
            Operator::Or => Expr::Or(items),
            Operator::And => Expr::And(items),
            Operator::Concat => Expr::Concat(items),
            _ => Expr::Union(items),
        })
    }
}

fn join(operator: Operator, left: Expr, right: Expr) -> Expr {
    match operator {
        Operator::Compare(operator, single) => comparison(operator, single, left, right),
        Operator::Order(operator) => Expr::Order { operator, left: Box::new(left), right: Box::new(right) },
        Operator::Range => Expr::Range(Box::new(left), Box::new(right)),
        Operator::Arithmetic(operator) => {
            Expr::Arithmetic { operator, left: Box::new(left), right: Box::new(right) }
        }
        Operator::Intersect => Expr::Intersect(Box::new(left), Box::new(right)),
        Operator::Except => Expr::Except(Box::new(left), Box::new(right)),
        Operator::Or | Operator::And | Operator::Concat | Operator::Union => {
            Expr::Sequence(vec![left, right])
        }
    }
}

/// A comparison; those of nodes with known texts have forms of their own.
fn comparison(operator: Comparison, single: bool, left: Expr, right: Expr) -> Expr {
    if operator == Comparison::Equal {
        match (texts(&left), texts(&right)) {
            (None, Some(texts)) if only_nodes(&left) => return text_is(left, texts, single),
            (Some(texts), None) if only_nodes(&right) => return text_is(right, texts, single),
            _ => {}
        }
    }
    Expr::Compare { operator, single, left: Box::new(left), right: Box::new(right) }
}

fn text_is(left: Expr, texts: Box<[Box<str>]>, single: bool) -> Expr {
    use crate::metapath::syntax::{Axis, Test};
    if let Expr::Path(Path { start: Start::Here, steps, .. }) = &left
        && let [Step::Axis { axis: Axis::Flag, test: Test::Named(flag), predicates }] = steps.as_slice()
        && predicates.is_empty()
        && (!single || texts.len() == 1)
    {
        return Expr::FlagIs { flag: *flag, texts };
    }
    if single {
        let mut items: Vec<Expr> =
            texts.into_iter().map(|text| Expr::Literal(Atomic::Text(String::from(text).into()))).collect();
        let right = if items.len() == 1 { items.pop() } else { None };
        let right = Box::new(right.unwrap_or(Expr::Sequence(items)));
        return Expr::Compare { operator: Comparison::Equal, single, left: Box::new(left), right };
    }
    Expr::TextIs { left: Box::new(left), texts }
}

/// The texts of one or several literals.
pub(super) fn texts(expression: &Expr) -> Option<Box<[Box<str>]>> {
    let text = |expression: &Expr| match expression {
        Expr::Literal(Atomic::Text(text)) => Some(Box::from(&**text)),
        _ => None,
    };
    match expression {
        Expr::Sequence(items) if !items.is_empty() => items.iter().map(text).collect(),
        other => Some(Box::new([text(other)?])),
    }
}

/// Whether the expression gives nodes and nothing else.
fn only_nodes(expression: &Expr) -> bool {
    match expression {
        Expr::Path(path) => match path.steps.last() {
            Some(Step::Axis { .. }) => true,
            Some(Step::Each { body }) => only_nodes(body),
            None => matches!(path.start, Start::Root),
        },
        Expr::Union(_) | Expr::Intersect(..) | Expr::Except(..) => true,
        Expr::Filter { base, .. } => only_nodes(base),
        _ => false,
    }
}
