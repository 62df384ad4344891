//! Comparisons.

use std::cmp::Ordering;

use super::{Context, DONE, MORE, Machine, Outcome, cast};
use crate::metapath::error::EvaluationError;
use crate::metapath::moment;
use crate::metapath::syntax::{Comparison, Expr, NodeOrder};
use crate::metapath::tree::NodeId;
use crate::metapath::value::{Atomic, Item, Node, boolean, number};

impl<'t> Machine<'_, 't> {
    /// Whether any value on the left stands in the relation to any value on the right.
    pub(super) fn general_comparison(
        &self,
        operator: Comparison,
        left: &'t Expr,
        right: &'t Expr,
        context: Context<'_, 't>,
    ) -> Outcome<bool> {
        let right = self.loose_atomics(right, context)?;
        if right.is_empty() {
            return Ok(false);
        }
        let mut found = false;
        let mut values = Vec::new();
        self.visit_loosely(left, context, &mut |item| {
            self.atomize_into(item, &mut values)?;
            for value in values.drain(..) {
                self.spend(right.len())?;
                for other in &right {
                    if compare(operator, &value, other)? {
                        found = true;
                        return Ok(DONE);
                    }
                }
            }
            Ok(MORE)
        })?;
        Ok(found)
    }

    fn loose_atomics(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<Vec<Atomic<'t>>> {
        let mut values = Vec::new();
        self.visit_loosely(e, context, &mut |item| {
            self.atomize_into(item, &mut values)?;
            Ok(MORE)
        })?;
        Ok(values)
    }

    /// The relation of two single values; none where one is missing.
    pub(super) fn single_comparison(
        &self,
        operator: Comparison,
        left: &'t Expr,
        right: &'t Expr,
        context: Context<'_, 't>,
    ) -> Outcome<Option<bool>> {
        let Some(left) = self.atomic(left, context)? else { return Ok(None) };
        let Some(right) = self.atomic(right, context)? else { return Ok(None) };
        compare(operator, &left, &right).map(Some)
    }

    /// The order of two single nodes; none where one is missing.
    pub(super) fn order(
        &self,
        operator: NodeOrder,
        left: &'t Expr,
        right: &'t Expr,
        context: Context<'_, 't>,
    ) -> Outcome<Option<bool>> {
        let (left, right) = (self.node(left, context)?, self.node(right, context)?);
        let (Some(left), Some(right)) = (left, right) else { return Ok(None) };
        Ok(Some(match operator {
            NodeOrder::Is => left == right,
            NodeOrder::Before => left < right,
            NodeOrder::After => left > right,
        }))
    }
}

/// Whether two values stand in a relation.
fn compare(operator: Comparison, left: &Atomic<'_>, right: &Atomic<'_>) -> Outcome<bool> {
    let order = order_atomics(left, right)?;
    Ok(match (operator, order) {
        (Comparison::NotEqual, order) => order != Some(Ordering::Equal),
        (_, None) => false,
        (Comparison::Equal, Some(order)) => order == Ordering::Equal,
        (Comparison::Less, Some(order)) => order == Ordering::Less,
        (Comparison::LessOrEqual, Some(order)) => order != Ordering::Greater,
        (Comparison::Greater, Some(order)) => order == Ordering::Greater,
        (Comparison::GreaterOrEqual, Some(order)) => order != Ordering::Less,
    })
}

/// The order of two values; none where there is none, as of `NaN`.
///
/// The value of a node is compared as text with text, and as what its datatype makes of it with a value of the same
/// kind. With anything else it is cast to that.
pub(in crate::metapath) fn order_atomics(left: &Atomic<'_>, right: &Atomic<'_>) -> Outcome<Option<Ordering>> {
    use Atomic::{Text, Untyped};
    match (left, right) {
        (Text(left) | Untyped(left, _), Text(right)) | (Text(left), Untyped(right, _)) => {
            Ok(Some(left.cmp(right)))
        }
        (Untyped(left_text, _), Untyped(right_text, _)) => {
            let (one, other) = (left.clone().resolved(), right.clone().resolved());
            match (&one, &other) {
                (Text(_), _) | (_, Text(_)) => Ok(Some(left_text.cmp(right_text))),
                _ => same(&one, &other).or_else(|_| Ok(Some(left_text.cmp(right_text)))),
            }
        }
        (Untyped(text, _), other) => same(&like(text, other)?, other),
        (other, Untyped(text, _)) => same(other, &like(text, other)?),
        _ => same(left, right),
    }
}

/// A text as a value of the same kind as another.
fn like<'t>(text: &str, other: &Atomic<'_>) -> Outcome<Atomic<'t>> {
    let found = match other {
        Atomic::Boolean(_) => boolean(text).map(Atomic::Boolean),
        Atomic::Moment(moment) => cast::moment(text, moment.is_day()),
        Atomic::Duration(_) => moment::Duration::parse(text).map(Atomic::Duration),
        _ => number(text),
    };
    found.ok_or_else(|| {
        EvaluationError::new("FORG0001", format!("`{text}` is compared with {}, and is none", other.kind()))
    })
}

/// The order of two values of one kind.
fn same(left: &Atomic<'_>, right: &Atomic<'_>) -> Outcome<Option<Ordering>> {
    use Atomic::{Boolean, Decimal, Double, Duration, Integer, Moment};
    match (left, right) {
        (Boolean(left), Boolean(right)) => Ok(Some(left.cmp(right))),
        (Integer(left), Integer(right)) => Ok(Some(left.cmp(right))),
        (Integer(_) | Decimal(_), Integer(_) | Decimal(_)) => Ok(super::arithmetic::decimal(left)
            .zip(super::arithmetic::decimal(right))
            .map(|(l, r)| l.cmp(&r))),
        (Integer(_) | Decimal(_) | Double(_), Integer(_) | Decimal(_) | Double(_)) => {
            Ok(super::arithmetic::double(left).partial_cmp(&super::arithmetic::double(right)))
        }
        (Moment(left), Moment(right)) if left.is_day() == right.is_day() => Ok(Some(left.compare(*right))),
        (Duration(left), Duration(right)) => Ok(left.compare(*right)),
        (Atomic::Text(text), Moment(moment)) => match cast::moment(text, moment.is_day()) {
            Some(Moment(other)) => Ok(Some(other.compare(*moment))),
            _ => Err(different(left, right)),
        },
        (Moment(_), Atomic::Text(_)) => Ok(same(right, left)?.map(Ordering::reverse)),
        _ => Err(different(left, right)),
    }
}

fn different(left: &Atomic<'_>, right: &Atomic<'_>) -> EvaluationError {
    EvaluationError::of_type(format!("{} cannot be compared with {}", left.kind(), right.kind()))
}

/// Whether two values are equal; values of different kinds are not.
pub(in crate::metapath) fn equal_atomics(left: &Atomic<'_>, right: &Atomic<'_>) -> bool {
    matches!(order_atomics(left, right), Ok(Some(Ordering::Equal)))
}

/// Whether two sequences are equal, nodes by their names, attributes and content.
pub(in crate::metapath) fn deep_equal<'t>(
    machine: &Machine<'_, 't>,
    left: &[Item<'t>],
    right: &[Item<'t>],
) -> Outcome<bool> {
    if left.len() != right.len() {
        return Ok(false);
    }
    for (left, right) in left.iter().zip(right) {
        machine.step()?;
        let equal = match (left, right) {
            (Item::Atomic(left), Item::Atomic(right)) => both_nan(left, right) || equal_atomics(left, right),
            (Item::Node(left), Item::Node(right)) => {
                let (left_end, right_end) = (left.tree.end(left.id), right.tree.end(right.id));
                let size = left_end - left.id.0;
                machine.spend(size as usize)?;
                size == right_end - right.id.0
                    && (0..size).all(|at| {
                        same_node(left.of(at_offset(left.id, at)), right.of(at_offset(right.id, at)))
                    })
            }
            (Item::Array(left), Item::Array(right)) if left.len() == right.len() => {
                let mut all = true;
                for (left, right) in left.iter().zip(right.iter()) {
                    all = all && machine.deeper(|| deep_equal(machine, left, right))?;
                }
                all
            }
            (Item::Map(left), Item::Map(right)) if left.len() == right.len() => {
                let mut all = true;
                for (key, value) in left.iter() {
                    let other = right.iter().find(|(other, _)| equal_atomics(key, other));
                    all = all
                        && match other {
                            Some((_, other)) => machine.deeper(|| deep_equal(machine, value, other))?,
                            None => false,
                        };
                }
                all
            }
            _ => false,
        };
        if !equal {
            return Ok(false);
        }
    }
    Ok(true)
}

fn at_offset(id: NodeId, offset: u32) -> NodeId {
    NodeId(id.0 + offset)
}

/// Whether two nodes are alike, but for what stands in them: name, size and value.
fn same_node(left: Node<'_>, right: Node<'_>) -> bool {
    let size = |node: Node<'_>| node.tree.end(node.id) - node.id.0;
    left.tree.mark(left.id) == right.tree.mark(right.id)
        && size(left) == size(right)
        && left.text() == right.text()
}

fn both_nan(left: &Atomic<'_>, right: &Atomic<'_>) -> bool {
    matches!((left, right), (Atomic::Double(left), Atomic::Double(right)) if left.is_nan() && right.is_nan())
}
