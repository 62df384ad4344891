//! Arithmetic.

use super::{Context, Flow, MORE, Machine, Outcome, Sink};
use crate::metapath::decimal::Decimal;
use crate::metapath::error::EvaluationError;
use crate::metapath::moment::Duration;
use crate::metapath::syntax::{Arithmetic, Expr};
use crate::metapath::value::{Atomic, Item, number};

impl<'t> Machine<'_, 't> {
    /// The result of an operator; none where an operand is missing.
    pub(super) fn arithmetic(
        &self,
        operator: Arithmetic,
        left: &'t Expr,
        right: &'t Expr,
        context: Context<'_, 't>,
    ) -> Outcome<Option<Atomic<'t>>> {
        let Some(left) = self.atomic(left, context)? else { return Ok(None) };
        let Some(right) = self.atomic(right, context)? else { return Ok(None) };
        calculate(operator, &operand(left)?, &operand(right)?).map(Some)
    }

    pub(super) fn negate(&self, value: &'t Expr, context: Context<'_, 't>) -> Outcome<Option<Atomic<'t>>> {
        let Some(value) = self.atomic(value, context)? else { return Ok(None) };
        calculate(Arithmetic::Subtract, &Atomic::Integer(0), &operand(value)?).map(Some)
    }

    /// A whole number; none where it is missing.
    pub(in crate::metapath) fn integer(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<Option<i64>> {
        let Some(value) = self.atomic(e, context)? else { return Ok(None) };
        let value = operand(value)?;
        match &value {
            Atomic::Integer(number) => Ok(Some(*number)),
            Atomic::Decimal(number) if number.integer().is_some() => Ok(number.integer()),
            other => Err(EvaluationError::of_type(format!("{} is no whole number", other.string()))),
        }
    }

    /// `first to last`
    pub(super) fn range(
        &self,
        first: &'t Expr,
        last: &'t Expr,
        context: Context<'_, 't>,
        sink: &mut Sink<'_, 't>,
    ) -> Flow {
        let (first, last) = (self.integer(first, context)?, self.integer(last, context)?);
        let (Some(first), Some(last)) = (first, last) else { return Ok(MORE) };
        for number in first..=last {
            self.step()?;
            if sink(Item::integer(number))? == super::DONE {
                return Ok(super::DONE);
            }
        }
        Ok(MORE)
    }
}

/// A value as arithmetic takes it: values of nodes become numbers, or what their datatype says.
pub(in crate::metapath) fn operand(value: Atomic<'_>) -> Outcome<Atomic<'_>> {
    let untyped = matches!(value, Atomic::Untyped(..));
    let value = value.resolved();
    match value {
        Atomic::Text(text) if untyped => number(&text).ok_or_else(|| {
            EvaluationError::new("FORG0001", format!("`{text}` is calculated with, and is no number"))
        }),
        Atomic::Text(_) | Atomic::Boolean(_) => {
            Err(EvaluationError::of_type(format!("{} cannot be calculated with", value.kind())))
        }
        other => Ok(other),
    }
}

pub(in crate::metapath) fn calculate<'t>(
    operator: Arithmetic,
    left: &Atomic<'_>,
    right: &Atomic<'_>,
) -> Outcome<Atomic<'t>> {
    use Atomic::{Decimal, Double, Integer};
    match (left, right) {
        (Integer(left), Integer(right)) => integers(operator, *left, *right),
        (Integer(_) | Decimal(_), Integer(_) | Decimal(_)) => {
            let pair = decimal(left).zip(decimal(right));
            pair.map_or_else(|| Err(too_large()), |(left, right)| decimals(operator, left, right))
        }
        (Integer(_) | Decimal(_) | Double(_), Integer(_) | Decimal(_) | Double(_)) => {
            doubles(operator, double(left), double(right))
        }
        _ => times(operator, left, right),
    }
}

fn too_large() -> EvaluationError {
    EvaluationError::new("FOAR0002", "a number gets too large")
}

fn by_zero() -> EvaluationError {
    EvaluationError::new("FOAR0001", "a number is divided by zero")
}

fn integers<'t>(operator: Arithmetic, left: i64, right: i64) -> Outcome<Atomic<'t>> {
    let result = match operator {
        Arithmetic::Add => left.checked_add(right),
        Arithmetic::Subtract => left.checked_sub(right),
        Arithmetic::Multiply => left.checked_mul(right),
        _ if right == 0 => return Err(by_zero()),
        Arithmetic::Divide => return decimals(operator, Decimal::whole(left), Decimal::whole(right)),
        Arithmetic::IntegerDivide => left.checked_div(right),
        Arithmetic::Modulo => left.checked_rem(right),
    };
    result.map(Atomic::Integer).ok_or_else(too_large)
}

fn decimals<'t>(operator: Arithmetic, left: Decimal, right: Decimal) -> Outcome<Atomic<'t>> {
    let result = match operator {
        Arithmetic::Add => left.add(right),
        Arithmetic::Subtract => left.subtract(right),
        Arithmetic::Multiply => left.multiply(right),
        _ if right.is_zero() => return Err(by_zero()),
        Arithmetic::Divide => left.divide(right),
        Arithmetic::IntegerDivide => {
            return left.quotient(right).map(Atomic::Integer).ok_or_else(too_large);
        }
        Arithmetic::Modulo => left.remainder(right),
    };
    result.map(Atomic::Decimal).ok_or_else(too_large)
}

fn doubles<'t>(operator: Arithmetic, left: f64, right: f64) -> Outcome<Atomic<'t>> {
    Ok(Atomic::Double(match operator {
        Arithmetic::Add => left + right,
        Arithmetic::Subtract => left - right,
        Arithmetic::Multiply => left * right,
        Arithmetic::Divide => left / right,
        Arithmetic::Modulo => left % right,
        Arithmetic::IntegerDivide => {
            if right == 0.0 {
                return Err(by_zero());
            }
            let quotient = Decimal::of((left / right).trunc()).and_then(Decimal::integer);
            return quotient.map(Atomic::Integer).ok_or_else(too_large);
        }
    }))
}

/// Dates and durations.
fn times<'t>(operator: Arithmetic, left: &Atomic<'_>, right: &Atomic<'_>) -> Outcome<Atomic<'t>> {
    let result = match (operator, left, right) {
        (Arithmetic::Add, Atomic::Moment(moment), Atomic::Duration(duration))
        | (Arithmetic::Add, Atomic::Duration(duration), Atomic::Moment(moment)) => {
            moment.plus(*duration).map(Atomic::Moment)
        }
        (Arithmetic::Subtract, Atomic::Moment(moment), Atomic::Duration(duration)) => {
            moment.plus(duration.negate()).map(Atomic::Moment)
        }
        (Arithmetic::Subtract, Atomic::Moment(left), Atomic::Moment(right))
            if left.is_day() == right.is_day() =>
        {
            Some(Atomic::Duration(left.since(*right)))
        }
        (Arithmetic::Add, Atomic::Duration(left), Atomic::Duration(right)) => {
            left.plus(*right).map(Atomic::Duration)
        }
        (Arithmetic::Subtract, Atomic::Duration(left), Atomic::Duration(right)) => {
            left.plus(right.negate()).map(Atomic::Duration)
        }
        (Arithmetic::Subtract, Atomic::Integer(0), Atomic::Duration(right)) => {
            Some(Atomic::Duration(right.negate()))
        }
        (Arithmetic::Multiply, Atomic::Duration(duration), factor)
        | (Arithmetic::Multiply, factor, Atomic::Duration(duration))
            if factor.is_number() =>
        {
            scaled(*duration, factor).map(Atomic::Duration)
        }
        _ => {
            let message =
                format!("{} and {} cannot be calculated with each other", left.kind(), right.kind());
            return Err(EvaluationError::of_type(message));
        }
    };
    result.ok_or_else(|| EvaluationError::new("FODT0001", "a date or duration is out of range"))
}

fn scaled(duration: Duration, factor: &Atomic<'_>) -> Option<Duration> {
    let factor = decimal(factor)?;
    let scale = |amount: i64| Decimal::whole(amount).multiply(factor)?.round(0).integer();
    Some(Duration { months: scale(duration.months)?, millis: scale(duration.millis)? })
}

/// A whole or decimal number as a decimal.
pub(in crate::metapath) fn decimal(value: &Atomic<'_>) -> Option<Decimal> {
    match value {
        Atomic::Integer(number) => Some(Decimal::whole(*number)),
        Atomic::Decimal(number) => Some(*number),
        Atomic::Double(number) => Decimal::of(*number),
        _ => None,
    }
}

/// Any number as a floating-point number.
pub(in crate::metapath) fn double(value: &Atomic<'_>) -> f64 {
    match value {
        Atomic::Integer(number) => Decimal::whole(*number).double(),
        Atomic::Decimal(number) => number.double(),
        Atomic::Double(number) => *number,
        _ => f64::NAN,
    }
}
