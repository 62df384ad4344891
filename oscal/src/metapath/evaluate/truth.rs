//! Effective boolean values.

use super::{Context, DONE, Here, Local, MORE, Machine, Outcome, cast};
use crate::metapath::error::EvaluationError;
use crate::metapath::functions::Function;
use crate::metapath::names::GRAPH;
use crate::metapath::syntax::Expr;
use crate::metapath::value::{Atomic, Item, Node};

/// The namespace of props and parts that name none.
const OSCAL: &str = crate::OSCAL_NS;

impl<'t> Machine<'_, 't> {
    /// Whether an expression holds: its effective boolean value.
    pub(in crate::metapath) fn truth(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<bool> {
        match e {
            Expr::FlagIs { flag, texts } => match context.here {
                Here::Node(node) => {
                    self.step()?;
                    Ok(node.tree.flag(node.id, *flag).is_some_and(|flag| is_one(node.of(flag), texts)))
                }
                Here::Item(_) => Err(EvaluationError::new(
                    "XPTY0019",
                    "an attribute is asked of a value, which is no node",
                )),
            },
            Expr::Namespace { node, uris } => {
                let Some(node) = self.node(node, context)? else { return Ok(false) };
                self.step()?;
                Ok(has_namespace(node, |wanted| uris.iter().any(|uri| **uri == *wanted)))
            }
            _ => self.deeper(|| self.truth_deep(e, context)),
        }
    }

    fn truth_deep(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<bool> {
        match e {
            Expr::And(parts) => {
                for part in parts {
                    if !self.truth(part, context)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Expr::Or(parts) => {
                for part in parts {
                    if self.truth(part, context)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Expr::TextIs { left, texts } => {
                let mut found = false;
                self.visit_loosely(left, context, &mut |item| {
                    if let Item::Node(node) = item {
                        let Atomic::Untyped(value, _) = super::atomize(node)? else { return Ok(MORE) };
                        found = texts.iter().any(|text| **text == *value);
                    }
                    Ok(if found { DONE } else { MORE })
                })?;
                Ok(found)
            }
            Expr::Compare { operator, single: false, left, right } => {
                self.general_comparison(*operator, left, right, context)
            }
            Expr::Quantified { every, input, body } => {
                let mut result = *every;
                self.visit(input, context, &mut |item| {
                    let value = [item];
                    let locals = Local { value: &value, outer: context.locals };
                    let holds = self.truth(body, Context { locals: Some(&locals), ..context })?;
                    if holds != *every {
                        result = holds;
                        return Ok(DONE);
                    }
                    Ok(MORE)
                })?;
                Ok(result)
            }
            Expr::Call { function: Function::Not, arguments } => match arguments.as_slice() {
                [test] => Ok(!self.truth(test, context)?),
                _ => Ok(false),
            },
            Expr::Call { function: Function::Boolean, arguments } => match arguments.as_slice() {
                [test] => self.truth(test, context),
                _ => Ok(false),
            },
            Expr::Call { function: Function::Exists, arguments } => self.exists(arguments, context),
            Expr::Call { function: Function::Empty, arguments } => Ok(!self.exists(arguments, context)?),
            Expr::If(parts) => {
                let [test, yes, no] = &**parts;
                self.truth(if self.truth(test, context)? { yes } else { no }, context)
            }
            Expr::Castable { value, to, optional } => {
                let Ok(value) = self.atomics(value, context) else { return Ok(false) };
                Ok(match value.as_slice() {
                    [] => *optional,
                    [one] => cast::to(one.clone(), *to).is_ok(),
                    _ => false,
                })
            }
            Expr::InstanceOf { value, kind } => Ok(cast::instance(&self.collect(value, context)?, *kind)),
            _ => self.effective(e, context),
        }
    }

    /// Whether any argument gives an item.
    pub(in crate::metapath) fn exists(
        &self,
        arguments: &'t [Expr],
        context: Context<'_, 't>,
    ) -> Outcome<bool> {
        let mut found = false;
        for argument in arguments {
            self.visit_loosely(argument, context, &mut |_| {
                found = true;
                Ok(DONE)
            })?;
        }
        Ok(found)
    }

    /// The effective boolean value by looking at the items.
    fn effective(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<bool> {
        let mut first: Option<Item<'t>> = None;
        self.visit_loosely(e, context, &mut |item| {
            if first.is_some() {
                return Err(no_truth("several values"));
            }
            let node = matches!(item, Item::Node(_));
            first = Some(item);
            Ok(if node { DONE } else { MORE })
        })?;
        first.as_ref().map_or(Ok(false), truth_of)
    }

    /// Whether a predicate keeps the item at `position`: a number is a position.
    pub(in crate::metapath) fn selects(
        &self,
        test: &'t Expr,
        context: Context<'_, 't>,
        position: usize,
    ) -> Outcome<bool> {
        let mut first: Option<Item<'t>> = None;
        self.visit(test, context, &mut |item| {
            if first.is_some() {
                return Err(no_truth("several values"));
            }
            let node = matches!(item, Item::Node(_));
            first = Some(item);
            Ok(if node { DONE } else { MORE })
        })?;
        match &first {
            None => Ok(false),
            Some(Item::Atomic(number)) if number.is_number() => {
                let position = Atomic::Integer(i64::try_from(position).unwrap_or(i64::MAX));
                Ok(super::equal_atomics(number, &position))
            }
            Some(item) => truth_of(item),
        }
    }
}

fn no_truth(what: &str) -> EvaluationError {
    EvaluationError::new("FORG0006", format!("{what} cannot be taken for true or false"))
}

fn truth_of(item: &Item<'_>) -> Outcome<bool> {
    match item {
        Item::Node(_) => Ok(true),
        Item::Atomic(Atomic::Boolean(value)) => Ok(*value),
        Item::Atomic(Atomic::Text(text) | Atomic::Untyped(text, _)) => Ok(!text.is_empty()),
        Item::Atomic(Atomic::Integer(number)) => Ok(*number != 0),
        Item::Atomic(Atomic::Decimal(number)) => Ok(!number.is_zero()),
        Item::Atomic(Atomic::Double(number)) => Ok(*number != 0.0 && !number.is_nan()),
        Item::Atomic(other) => Err(no_truth(other.kind())),
        Item::Map(_) | Item::Array(_) => Err(no_truth("a map or an array")),
    }
}

/// Whether the value of a node is one of the texts.
fn is_one(node: Node<'_>, texts: &[Box<str>]) -> bool {
    node.text().is_some_and(|value| texts.iter().any(|text| **text == *value))
}

/// Whether the namespace of a node, that of OSCAL where it names none, is a wanted one.
pub(in crate::metapath) fn has_namespace(node: Node<'_>, wanted: impl Fn(&str) -> bool) -> bool {
    match node.tree.flag(node.id, GRAPH.ns).and_then(|flag| node.of(flag).text()) {
        Some(ns) => wanted(&ns),
        None => wanted(OSCAL),
    }
}
