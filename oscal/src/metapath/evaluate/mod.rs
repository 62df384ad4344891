//! Evaluation: items are handed on one by one, so that nothing is kept that need not be.

mod arithmetic;
mod cast;
mod compare;
mod path;
mod truth;

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use super::error::EvaluationError;
use super::functions;
use super::scope::Scope;
use super::syntax::{Expr, Predicate};
use super::tree::NodeKind;
use super::value::{Atomic, Item, Node};

pub(super) use arithmetic::{calculate, decimal, double, operand};
pub(super) use cast::to;
pub(super) use compare::{deep_equal, equal_atomics, order_atomics};
pub(super) use truth::has_namespace;

pub(super) type Outcome<T> = Result<T, EvaluationError>;
/// Whether more items are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    More,
    Done,
}

pub(super) type Flow = Outcome<Turn>;
/// What takes the items.
pub(super) type Sink<'s, 't> = dyn FnMut(Item<'t>) -> Flow + 's;

pub(super) const MORE: Turn = Turn::More;
pub(super) const DONE: Turn = Turn::Done;

/// Evaluations inside of each other.
const DEPTH: u32 = 400;
/// Items of one sequence that is kept.
const ITEMS: usize = 5_000_000;
/// Bytes of one text that is made.
pub(super) const BYTES: usize = 16 << 20;

/// One evaluation.
pub(super) struct Machine<'m, 't> {
    pub(super) scope: &'m Scope<'t>,
    steps: Cell<u64>,
    depth: Cell<u32>,
}

/// What surrounds an expression.
#[derive(Clone, Copy)]
pub(super) struct Context<'a, 't> {
    here: Here<'a, 't>,
    pub(super) position: usize,
    pub(super) size: usize,
    locals: Option<&'a Local<'a, 't>>,
}

/// The context item.
#[derive(Clone, Copy)]
enum Here<'a, 't> {
    Node(Node<'t>),
    Item(&'a Item<'t>),
}

/// A variable that is bound.
struct Local<'a, 't> {
    value: &'a [Item<'t>],
    outer: Option<&'a Local<'a, 't>>,
}

impl<'a, 't> Context<'a, 't> {
    pub(super) fn of(node: Node<'t>) -> Self {
        Self { here: Here::Node(node), position: 1, size: 1, locals: None }
    }

    fn at_node(self, node: Node<'t>) -> Self {
        Self { here: Here::Node(node), position: 1, size: 1, ..self }
    }

    fn at_item<'b>(self, item: &'b Item<'t>, position: usize, size: usize) -> Context<'b, 't>
    where
        'a: 'b,
    {
        let here = match item {
            Item::Node(node) => Here::Node(*node),
            other => Here::Item(other),
        };
        Context { here, position, size, locals: self.locals }
    }
}

impl<'m, 't> Machine<'m, 't> {
    pub(super) fn new(scope: &'m Scope<'t>) -> Self {
        Self { scope, steps: Cell::new(scope.steps), depth: Cell::new(0) }
    }

    /// Counts one step.
    pub(super) fn step(&self) -> Outcome<()> {
        self.spend(1)
    }

    pub(super) fn spend(&self, steps: usize) -> Outcome<()> {
        match self.steps.get().checked_sub(steps as u64) {
            Some(left) => {
                self.steps.set(left);
                Ok(())
            }
            None => Err(EvaluationError::new("PBME0001", "the evaluation takes too many steps")),
        }
    }

    /// Evaluates one level deeper.
    fn deeper<T>(&self, evaluate: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let depth = self.depth.get();
        if depth >= DEPTH {
            return Err(EvaluationError::new("PBME0002", "the evaluation is nested too deeply"));
        }
        self.depth.set(depth + 1);
        let result = evaluate();
        self.depth.set(depth);
        result
    }

    /// Hands the items of an expression on, in order.
    pub(super) fn visit(&self, e: &'t Expr, context: Context<'_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
        self.step()?;
        match e {
            Expr::Path(path) => self.path(path, context, sink),
            Expr::Here => here(context, sink),
            Expr::Literal(atomic) => sink(Item::Atomic(atomic.clone())),
            Expr::Sequence(items) => each_of(items, |item| self.visit(item, context, sink)),
            Expr::Local(outward) => {
                let mut local = context.locals;
                for _ in 0..*outward {
                    local = local.and_then(|local| local.outer);
                }
                let value = local.map(|local| local.value).unwrap_or_default();
                self.spend(value.len() / 4)?;
                hand(value, sink)
            }
            Expr::Global(name) => match self.scope.variable(name) {
                Some(value) => {
                    self.spend(value.len() / 4)?;
                    hand(value, sink)
                }
                None => Err(EvaluationError::new("XPST0008", format!("the variable `${name}` has no value"))),
            },
            _ => self.deeper(|| self.visit_deep(e, context, sink)),
        }
    }

    fn visit_deep(&self, e: &'t Expr, context: Context<'_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
        match e {
            Expr::Or(_)
            | Expr::And(_)
            | Expr::Compare { single: false, .. }
            | Expr::TextIs { .. }
            | Expr::FlagIs { .. }
            | Expr::Quantified { .. }
            | Expr::Namespace { .. }
            | Expr::InstanceOf { .. }
            | Expr::Castable { .. } => sink(Item::boolean(self.truth(e, context)?)),
            Expr::Compare { operator, left, right, .. } => {
                match self.single_comparison(*operator, left, right, context)? {
                    Some(result) => sink(Item::boolean(result)),
                    None => Ok(MORE),
                }
            }
            Expr::Order { operator, left, right } => match self.order(*operator, left, right, context)? {
                Some(result) => sink(Item::boolean(result)),
                None => Ok(MORE),
            },
            Expr::Arithmetic { operator, left, right } => {
                hand_one(self.arithmetic(*operator, left, right, context)?, sink)
            }
            Expr::Negate(value) => hand_one(self.negate(value, context)?, sink),
            Expr::Cast { value, to, optional } => hand_one(self.cast(value, *to, *optional, context)?, sink),
            Expr::Concat(parts) => {
                let mut text = String::new();
                for part in parts {
                    text.push_str(&self.string(part, context)?);
                    self.long(text.len())?;
                }
                sink(Item::text(text))
            }
            Expr::Range(first, last) => self.range(first, last, context, sink),
            Expr::Union(_) | Expr::Intersect(..) | Expr::Except(..) => {
                hand(&self.node_set(e, context)?, sink)
            }
            Expr::If(parts) => {
                let [test, yes, no] = &**parts;
                self.visit(if self.truth(test, context)? { yes } else { no }, context, sink)
            }
            Expr::For { input, body } => self.visit(input, context, &mut |item| {
                let value = [item];
                let locals = Local { value: &value, outer: context.locals };
                self.visit(body, Context { locals: Some(&locals), ..context }, sink)
            }),
            Expr::Let { value, body } => {
                let value = self.collect(value, context)?;
                let locals = Local { value: &value, outer: context.locals };
                self.visit(body, Context { locals: Some(&locals), ..context }, sink)
            }
            Expr::Each { input, body, sized } => self.each(input, body, *sized, context, sink),
            Expr::Filter { base, predicates } => self.filter(base, predicates, context, sink),
            Expr::Treat { value, kind } => {
                let items = self.collect(value, context)?;
                if !cast::instance(&items, *kind) {
                    let message = "the value of `treat as` is not of that type";
                    return Err(EvaluationError::new("XPDY0050", message));
                }
                hand(&items, sink)
            }
            Expr::Lookup { base, key } => self.lookup(base, key.as_deref(), context, sink),
            Expr::Map(entries) => sink(self.map(entries, context)?),
            Expr::Array(members) => {
                let members: Outcome<Vec<_>> =
                    members.iter().map(|member| self.collect(member, context)).collect();
                sink(Item::Array(Rc::new(members?)))
            }
            Expr::Pattern { function, arguments, pattern } => {
                hand(&functions::strings::with_pattern(self, *function, arguments, pattern, context)?, sink)
            }
            Expr::Call { function, arguments } => self.call(*function, arguments, context, sink),
            Expr::Recurse { start, path } => self.recurse(start, path, context, sink),
            _ => Ok(MORE),
        }
    }

    /// All items of an expression.
    pub(super) fn collect(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<Vec<Item<'t>>> {
        let mut items = Vec::new();
        self.visit(e, context, &mut |item| {
            items.push(item);
            if items.len() > ITEMS {
                return Err(EvaluationError::new("PBME0001", "a sequence gets too long"));
            }
            Ok(MORE)
        })?;
        Ok(items)
    }

    /// The only item, or none.
    pub(super) fn at_most_one(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<Option<Item<'t>>> {
        if let (Expr::Here, Here::Node(node)) = (e, context.here) {
            return Ok(Some(Item::Node(node)));
        }
        let mut found = None;
        self.visit(e, context, &mut |item| {
            if found.replace(item).is_some() {
                return Err(EvaluationError::of_type("several items stand where one at most is expected"));
            }
            Ok(MORE)
        })?;
        Ok(found)
    }

    /// The only value, or none.
    pub(super) fn atomic(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<Option<Atomic<'t>>> {
        match self.at_most_one(e, context)? {
            Some(Item::Atomic(atomic)) => Ok(Some(atomic)),
            Some(Item::Node(node)) => atomize(node).map(Some),
            Some(other) => {
                let mut values = Vec::new();
                self.atomize_into(other, &mut values)?;
                if values.len() > 1 {
                    return Err(EvaluationError::of_type(
                        "several values stand where one at most is expected",
                    ));
                }
                Ok(values.pop())
            }
            None => Ok(None),
        }
    }

    /// The values of all items.
    pub(super) fn atomics(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<Vec<Atomic<'t>>> {
        let mut values = Vec::new();
        self.visit(e, context, &mut |item| {
            self.atomize_into(item, &mut values)?;
            if values.len() > ITEMS {
                return Err(EvaluationError::new("PBME0001", "a sequence gets too long"));
            }
            Ok(MORE)
        })?;
        Ok(values)
    }

    pub(super) fn atomize_into(&self, item: Item<'t>, values: &mut Vec<Atomic<'t>>) -> Outcome<()> {
        match item {
            Item::Atomic(atomic) => values.push(atomic),
            Item::Node(node) => values.push(atomize(node)?),
            Item::Array(members) => {
                for item in members.iter().flatten() {
                    self.step()?;
                    self.deeper(|| self.atomize_into(item.clone(), values))?;
                }
            }
            Item::Map(_) => return Err(EvaluationError::new("FOTY0013", "a map has no value")),
        }
        Ok(())
    }

    /// The text of the only value; empty where there is none.
    pub(super) fn string(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<Cow<'t, str>> {
        if let Expr::Literal(Atomic::Text(text)) = e {
            return Ok(Cow::Borrowed(text));
        }
        Ok(self.atomic(e, context)?.map_or(Cow::Borrowed(""), Atomic::into_string))
    }

    /// The only item, which is a node, or none.
    pub(super) fn node(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<Option<Node<'t>>> {
        match self.at_most_one(e, context)? {
            Some(Item::Node(node)) => Ok(Some(node)),
            Some(_) => Err(EvaluationError::of_type("a value stands where a node is expected")),
            None => Ok(None),
        }
    }

    /// Fails where a text gets too long.
    pub(super) fn long(&self, length: usize) -> Outcome<()> {
        if length > BYTES {
            return Err(EvaluationError::new("PBME0001", "a text gets too long"));
        }
        self.spend(length / 64)
    }

    fn each(
        &self,
        input: &'t Expr,
        body: &'t Expr,
        sized: bool,
        context: Context<'_, 't>,
        sink: &mut Sink<'_, 't>,
    ) -> Flow {
        if sized {
            let items = self.collect(input, context)?;
            for (item, position) in items.iter().zip(1..) {
                if self.visit(body, context.at_item(item, position, items.len()), sink)? == DONE {
                    return Ok(DONE);
                }
            }
            return Ok(MORE);
        }
        let mut position = 0;
        self.visit(input, context, &mut |item| {
            position += 1;
            self.visit(body, context.at_item(&item, position, 1), sink)
        })
    }

    fn filter(
        &self,
        base: &'t Expr,
        predicates: &'t [Predicate],
        context: Context<'_, 't>,
        sink: &mut Sink<'_, 't>,
    ) -> Flow {
        if let [Predicate::Position(wanted)] = predicates {
            let mut position = 0;
            let mut flow = MORE;
            self.visit(base, context, &mut |item| {
                position += 1;
                if position == *wanted {
                    flow = sink(item)?;
                    return Ok(DONE);
                }
                Ok(MORE)
            })?;
            return Ok(flow);
        }
        if let [Predicate::Truth(test)] = predicates {
            return self.visit(base, context, &mut |item| {
                if self.truth(test, context.at_item(&item, 1, 1))? { sink(item) } else { Ok(MORE) }
            });
        }
        let mut items = self.collect(base, context)?;
        for predicate in predicates {
            items = self.kept(items, predicate, context)?;
        }
        hand(&items, sink)
    }

    /// The items that a predicate holds for.
    fn kept(
        &self,
        items: Vec<Item<'t>>,
        predicate: &'t Predicate,
        context: Context<'_, 't>,
    ) -> Outcome<Vec<Item<'t>>> {
        let size = items.len();
        let mut kept = Vec::new();
        for (item, position) in items.into_iter().zip(1..) {
            self.step()?;
            let holds = match predicate {
                Predicate::Position(wanted) => position == *wanted,
                Predicate::Truth(test) => self.truth(test, context.at_item(&item, position, size))?,
                Predicate::Either(test) => {
                    self.selects(test, context.at_item(&item, position, size), position)?
                }
            };
            if holds {
                kept.push(item);
            }
        }
        Ok(kept)
    }

    fn recurse(
        &self,
        start: &'t Expr,
        path: &'t Expr,
        context: Context<'_, 't>,
        sink: &mut Sink<'_, 't>,
    ) -> Flow {
        let mut found: Vec<Node<'t>> = Vec::new();
        let mut open = self.collect(start, context)?;
        open.reverse();
        while let Some(item) = open.pop() {
            self.step()?;
            let Item::Node(node) = item else {
                return Err(EvaluationError::of_type("`recurse-depth` begins with nodes"));
            };
            if found.contains(&node) {
                continue;
            }
            found.push(node);
            let mut next = self.collect(path, Context::of(node))?;
            next.reverse();
            open.append(&mut next);
        }
        for node in found {
            if sink(Item::Node(node))? == DONE {
                return Ok(DONE);
            }
        }
        Ok(MORE)
    }
}

/// Hands the context item on.
fn here<'t>(context: Context<'_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
    match context.here {
        Here::Node(node) => sink(Item::Node(node)),
        Here::Item(item) => sink(item.clone()),
    }
}

/// Visits several expressions one after the other.
fn each_of<'t>(items: &'t [Expr], mut visit: impl FnMut(&'t Expr) -> Flow) -> Flow {
    for item in items {
        if visit(item)? == DONE {
            return Ok(DONE);
        }
    }
    Ok(MORE)
}

fn hand_one<'t>(value: Option<Atomic<'t>>, sink: &mut Sink<'_, 't>) -> Flow {
    value.map_or(Ok(MORE), |value| sink(Item::Atomic(value)))
}

/// Hands items on.
pub(super) fn hand<'t>(items: &[Item<'t>], sink: &mut Sink<'_, 't>) -> Flow {
    for item in items {
        if sink(item.clone())? == DONE {
            return Ok(DONE);
        }
    }
    Ok(MORE)
}

/// The value of a node.
pub(super) fn atomize(node: Node<'_>) -> Outcome<Atomic<'_>> {
    match node.text() {
        Some(text) => Ok(Atomic::Untyped(text, node.tree.typed(node.id))),
        None if node.tree.kind(node.id) == NodeKind::Field => {
            Ok(Atomic::Untyped(Cow::Borrowed(""), node.tree.typed(node.id)))
        }
        None => {
            let message = format!("`{}` has no value: it holds other elements", node.name());
            Err(EvaluationError::new("FOTY0012", message))
        }
    }
}
