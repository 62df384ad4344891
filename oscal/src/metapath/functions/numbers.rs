//! Functions of numbers, and over sequences of them.

use std::cmp::Ordering;

use super::{Call, Function};
use crate::metapath::error::EvaluationError;
use crate::metapath::evaluate::{
    Flow, MORE, Outcome, Sink, calculate, decimal, double, operand, order_atomics,
};
use crate::metapath::syntax::Arithmetic;
use crate::metapath::value::{Atomic, Item, number};

pub(super) fn call<'t>(call: &Call<'_, '_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
    let value = match call.function {
        Function::Count => Some(count(call)?),
        Function::Number => Some(as_number(call)?),
        Function::Sum => sum(call)?,
        Function::Avg => average(call)?,
        Function::Min => extreme(call, Ordering::Less)?,
        Function::Max => extreme(call, Ordering::Greater)?,
        _ => rounded(call)?,
    };
    value.map_or(Ok(MORE), |value| sink(Item::Atomic(value)))
}

fn count<'t>(call: &Call<'_, '_, 't>) -> Outcome<Atomic<'t>> {
    let mut count = 0;
    call.machine.visit(call.argument(0)?, call.context, &mut |_| {
        count += 1;
        Ok(MORE)
    })?;
    Ok(Atomic::Integer(count))
}

/// `number`: what is no number is `NaN`.
fn as_number<'t>(call: &Call<'_, '_, 't>) -> Outcome<Atomic<'t>> {
    let value = call.machine.atomic(call.argument(0)?, call.context)?;
    Ok(Atomic::Double(match &value {
        Some(Atomic::Text(text) | Atomic::Untyped(text, _)) => {
            number(text).map_or(f64::NAN, |number| double(&number))
        }
        Some(Atomic::Boolean(truth)) => f64::from(u8::from(*truth)),
        Some(other) => double(other),
        None => f64::NAN,
    }))
}

fn operands<'t>(call: &Call<'_, '_, 't>) -> Outcome<Vec<Atomic<'t>>> {
    call.machine.atomics(call.argument(0)?, call.context)?.into_iter().map(operand).collect()
}

fn added<'t>(values: &[Atomic<'t>]) -> Outcome<Option<Atomic<'t>>> {
    let Some((first, rest)) = values.split_first() else { return Ok(None) };
    let mut sum = first.clone();
    for value in rest {
        sum = calculate(Arithmetic::Add, &sum, value)?;
    }
    Ok(Some(sum))
}

fn sum<'t>(call: &Call<'_, '_, 't>) -> Outcome<Option<Atomic<'t>>> {
    match added(&operands(call)?)? {
        Some(sum) => Ok(Some(sum)),
        None => match call.arguments.get(1) {
            Some(zero) => call.machine.atomic(zero, call.context),
            None => Ok(Some(Atomic::Integer(0))),
        },
    }
}

fn average<'t>(call: &Call<'_, '_, 't>) -> Outcome<Option<Atomic<'t>>> {
    let values = operands(call)?;
    let Some(sum) = added(&values)? else { return Ok(None) };
    let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
    calculate(Arithmetic::Divide, &sum, &Atomic::Integer(count)).map(Some)
}

/// The least or greatest value. Values of nodes are numbers where they can be, as in XPath, or what their datatype
/// says.
fn extreme<'t>(call: &Call<'_, '_, 't>, wanted: Ordering) -> Outcome<Option<Atomic<'t>>> {
    let mut best: Option<Atomic<'t>> = None;
    for value in call.machine.atomics(call.argument(0)?, call.context)? {
        let value = match value {
            value @ Atomic::Untyped(..) => operand(value)?,
            other => other,
        };
        let better = match &best {
            None => true,
            Some(Atomic::Double(best)) if best.is_nan() => false,
            Some(best) => {
                matches!(&value, Atomic::Double(value) if value.is_nan())
                    || order_atomics(&value, best)? == Some(wanted)
            }
        };
        if better {
            best = Some(value);
        }
    }
    Ok(best)
}

fn rounded<'t>(call: &Call<'_, '_, 't>) -> Outcome<Option<Atomic<'t>>> {
    let Some(value) = call.machine.atomic(call.argument(0)?, call.context)? else { return Ok(None) };
    let digits = match call.arguments.get(1) {
        Some(digits) => call.machine.integer(digits, call.context)?.unwrap_or(0),
        None => 0,
    };
    let value = operand(value)?;
    Ok(Some(match (call.function, value) {
        (Function::Abs, Atomic::Integer(number)) => Atomic::Integer(number.saturating_abs()),
        (Function::Round, Atomic::Integer(number)) if digits >= 0 => Atomic::Integer(number),
        (Function::Round, value @ Atomic::Integer(_)) => {
            let whole = decimal(&value).and_then(|number| number.round(digits).integer());
            whole.map(Atomic::Integer).unwrap_or(value)
        }
        (_, Atomic::Integer(number)) => Atomic::Integer(number),
        (Function::Abs, Atomic::Decimal(number)) => Atomic::Decimal(number.abs()),
        (Function::Round, Atomic::Decimal(number)) => Atomic::Decimal(number.round(digits)),
        (Function::Floor, Atomic::Decimal(number)) => Atomic::Decimal(number.floor()),
        (_, Atomic::Decimal(number)) => Atomic::Decimal(number.ceiling()),
        (Function::Abs, Atomic::Double(number)) => Atomic::Double(number.abs()),
        (Function::Round, Atomic::Double(number)) => {
            let near = decimal(&Atomic::Double(number)).map(|near| near.round(digits).double());
            Atomic::Double(near.unwrap_or(number))
        }
        (Function::Floor, Atomic::Double(number)) => Atomic::Double(number.floor()),
        (_, Atomic::Double(number)) => Atomic::Double(number.ceil()),
        (_, other) => {
            return Err(EvaluationError::of_type(format!("{} cannot be rounded", other.kind())));
        }
    }))
}
