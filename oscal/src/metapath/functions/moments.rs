//! Functions of dates and durations.

use super::{Call, Function};
use crate::metapath::decimal::Decimal;
use crate::metapath::error::EvaluationError;
use crate::metapath::evaluate::{Flow, MORE, Outcome, Sink, to};
use crate::metapath::moment::{Duration, Moment};
use crate::metapath::syntax::AtomicType;
use crate::metapath::value::{Atomic, Item};

pub(super) fn call<'t>(call: &Call<'_, '_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
    match call.function {
        Function::CurrentDate => sink(Item::Atomic(Atomic::Moment(now(call)?.to_day()))),
        Function::CurrentDateTime => sink(Item::Atomic(Atomic::Moment(now(call)?))),
        function => {
            let Some(value) = call.machine.atomic(call.argument(0)?, call.context)? else { return Ok(MORE) };
            sink(Item::Atomic(part(function, value)?))
        }
    }
}

fn now(call: &Call<'_, '_, '_>) -> Outcome<Moment> {
    let now = call.machine.scope.now.map(Moment::instant);
    now.ok_or_else(|| EvaluationError::new("PBME0004", "the present is not known here"))
}

/// A part of a date or duration.
fn part<'t>(function: Function, value: Atomic<'_>) -> Outcome<Atomic<'t>> {
    let whole = |number: i64| Ok(Atomic::Integer(number));
    match function {
        Function::Year => whole(moment(value)?.civil().year().into()),
        Function::Month => whole(moment(value)?.civil().month().into()),
        Function::Day => whole(moment(value)?.civil().day().into()),
        Function::Hours => whole(moment(value)?.civil().hour().into()),
        Function::Minutes => whole(moment(value)?.civil().minute().into()),
        Function::Seconds => {
            let civil = moment(value)?.civil();
            let text = format!("{}.{:09}", civil.second(), civil.subsec_nanosecond());
            Ok(Decimal::parse(&text).map_or(Atomic::Integer(civil.second().into()), Atomic::Decimal))
        }
        Function::DurationYears => whole(duration(value)?.months / 12),
        Function::DurationMonths => whole(duration(value)?.months % 12),
        Function::DurationDays => whole(duration(value)?.millis / 86_400_000),
        Function::DurationHours => whole(duration(value)?.millis / 3_600_000 % 24),
        _ => whole(duration(value)?.millis / 60_000 % 60),
    }
}

fn moment(value: Atomic<'_>) -> Outcome<Moment> {
    let value = match value.resolved() {
        Atomic::Text(text) if text.contains('T') => to(Atomic::Text(text), AtomicType::DateTime)?,
        Atomic::Text(text) => to(Atomic::Text(text), AtomicType::Date)?,
        other => other,
    };
    match value {
        Atomic::Moment(moment) => Ok(moment),
        other => Err(EvaluationError::of_type(format!("{} is no date", other.kind()))),
    }
}

fn duration(value: Atomic<'_>) -> Outcome<Duration> {
    match to(value, AtomicType::Duration)? {
        Atomic::Duration(duration) => Ok(duration),
        other => Err(EvaluationError::of_type(format!("{} is no duration", other.kind()))),
    }
}
