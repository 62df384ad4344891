//! Functions of sequences, truth and position.

use std::collections::BTreeSet;

use super::{Call, Function};
use crate::metapath::error::EvaluationError;
use crate::metapath::evaluate::{
    DONE, Flow, MORE, Outcome, Sink, atomize, deep_equal, equal_atomics, hand, order_atomics,
};
use crate::metapath::value::{Atomic, Item};

pub(super) fn call<'t>(call: &Call<'_, '_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
    let (machine, context) = (call.machine, call.context);
    match call.function {
        Function::True => sink(Item::boolean(true)),
        Function::False => sink(Item::boolean(false)),
        Function::Not => sink(Item::boolean(!machine.truth(call.argument(0)?, context)?)),
        Function::Boolean => sink(Item::boolean(machine.truth(call.argument(0)?, context)?)),
        Function::Exists => sink(Item::boolean(machine.exists(call.arguments, context)?)),
        Function::Empty => sink(Item::boolean(!machine.exists(call.arguments, context)?)),
        Function::Position => sink(number(context.position)),
        Function::Last => sink(number(context.size)),
        Function::Error => Err(raised(call)?),
        Function::Unordered => machine.visit(call.argument(0)?, context, sink),
        Function::Data => {
            let values = machine.atomics(call.argument(0)?, context)?;
            let items: Vec<Item<'t>> = values.into_iter().map(Item::Atomic).collect();
            hand(&items, sink)
        }
        Function::Head => {
            let mut flow = MORE;
            machine.visit(call.argument(0)?, context, &mut |item| {
                flow = sink(item)?;
                Ok(DONE)
            })?;
            Ok(flow)
        }
        _ => hand(&changed(call)?, sink),
    }
}

fn number<'t>(number: usize) -> Item<'t> {
    Item::integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// `error()`: the message is the last argument.
fn raised(call: &Call<'_, '_, '_>) -> Outcome<EvaluationError> {
    let message = match call.arguments.last() {
        Some(message) => call.machine.string(message, call.context)?,
        None => "the expression raised an error".into(),
    };
    Ok(EvaluationError::new("FOER0000", message))
}

/// Functions that make a new sequence of one.
fn changed<'t>(call: &Call<'_, '_, 't>) -> Outcome<Vec<Item<'t>>> {
    let (machine, context) = (call.machine, call.context);
    let mut items = machine.collect(call.argument(0)?, context)?;
    let count = items.len();
    let integer = |index| machine.integer(call.argument(index)?, context);
    match call.function {
        Function::Tail => items.drain(..count.min(1)).for_each(drop),
        Function::Reverse => items.reverse(),
        Function::Remove => {
            let at = integer(1)?.and_then(|at| usize::try_from(at).ok()?.checked_sub(1));
            if let Some(at) = at.filter(|at| *at < count) {
                items.remove(at);
            }
        }
        Function::InsertBefore => {
            let at = integer(1)?.unwrap_or(1).max(1) - 1;
            let at = usize::try_from(at).unwrap_or(count).min(count);
            let more = machine.collect(call.argument(2)?, context)?;
            items.splice(at..at, more);
        }
        Function::Subsequence => return part(call, items),
        Function::DistinctValues => return distinct(call, items),
        Function::IndexOf => return indices(call, items),
        Function::Sort => return ordered(items),
        Function::DeepEqual => {
            let other = machine.collect(call.argument(1)?, context)?;
            return Ok(vec![Item::boolean(deep_equal(machine, &items, &other)?)]);
        }
        function => counted(function, count)?,
    }
    Ok(items)
}

fn counted(function: Function, count: usize) -> Outcome<()> {
    let (fits, code, message) = match function {
        Function::ZeroOrOne => (count <= 1, "FORG0003", "at most one item is expected"),
        Function::OneOrMore => (count >= 1, "FORG0004", "one or more items are expected"),
        _ => (count == 1, "FORG0005", "exactly one item is expected"),
    };
    if fits { Ok(()) } else { Err(EvaluationError::new(code, format!("{message}, not {count}"))) }
}

fn part<'t>(call: &Call<'_, '_, 't>, items: Vec<Item<'t>>) -> Outcome<Vec<Item<'t>>> {
    let round = |index: usize| -> Outcome<Option<f64>> {
        let Some(argument) = call.arguments.get(index) else { return Ok(None) };
        let value = call.machine.atomic(argument, call.context)?;
        Ok(Some(value.map_or(f64::NAN, |value| super::strings::round_half_up(&value))))
    };
    let start = round(1)?.unwrap_or(1.0);
    let end = round(2)?.map_or(f64::INFINITY, |length| start + length);
    let mut position = 0.0;
    let keeps = |_: &Item<'t>| {
        position += 1.0;
        position >= start && position < end
    };
    Ok(items.into_iter().filter(keeps).collect())
}

fn values(items: Vec<Item<'_>>) -> impl Iterator<Item = Outcome<Atomic<'_>>> {
    items.into_iter().map(|item| match item {
        Item::Atomic(atomic) => Ok(atomic),
        Item::Node(node) => atomize(node),
        Item::Map(_) | Item::Array(_) => {
            Err(EvaluationError::new("FOTY0013", "a map or an array has no value"))
        }
    })
}

fn distinct<'t>(call: &Call<'_, '_, 't>, items: Vec<Item<'t>>) -> Outcome<Vec<Item<'t>>> {
    let mut texts = BTreeSet::new();
    let mut others: Vec<Atomic<'t>> = Vec::new();
    let mut kept = Vec::new();
    for value in values(items) {
        let value = value?.resolved();
        let new = if let Atomic::Text(text) = &value {
            texts.insert(text.to_string())
        } else {
            call.machine.spend(others.len())?;
            let known = others.iter().any(|other| equal_atomics(other, &value));
            if !known {
                others.push(value.clone());
            }
            !known
        };
        if new {
            kept.push(Item::Atomic(value));
        }
    }
    Ok(kept)
}

fn indices<'t>(call: &Call<'_, '_, 't>, items: Vec<Item<'t>>) -> Outcome<Vec<Item<'t>>> {
    let Some(wanted) = call.machine.atomic(call.argument(1)?, call.context)? else {
        return Err(EvaluationError::of_type("`index-of` looks for one value"));
    };
    let mut found = Vec::new();
    for (value, position) in values(items).zip(1..) {
        if equal_atomics(&value?, &wanted) {
            found.push(number(position));
        }
    }
    Ok(found)
}

fn ordered<'t>(items: Vec<Item<'t>>) -> Outcome<Vec<Item<'t>>> {
    let mut failed = None;
    let mut sorted: Vec<Atomic<'t>> = values(items).collect::<Outcome<_>>()?;
    sorted.sort_by(|left, right| match order_atomics(left, right) {
        Ok(order) => order.unwrap_or(std::cmp::Ordering::Equal),
        Err(error) => {
            failed.get_or_insert(error);
            std::cmp::Ordering::Equal
        }
    });
    failed.map_or_else(|| Ok(sorted.into_iter().map(Item::Atomic).collect()), Err)
}
