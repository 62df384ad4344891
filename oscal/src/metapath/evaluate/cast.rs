//! Casts, and tests of types.

use super::{Context, Machine, Outcome};
use crate::metapath::decimal::Decimal;
use crate::metapath::error::EvaluationError;
use crate::metapath::moment::{Duration, Moment};
use crate::metapath::names::Typed;
use crate::metapath::syntax::{AtomicType, Expr, ItemType, SequenceType};
use crate::metapath::value::{Atomic, Item, boolean, number, parse_double};
use crate::schema::Datatype;

impl<'t> Machine<'_, 't> {
    pub(super) fn cast(
        &self,
        value: &'t Expr,
        target: AtomicType,
        optional: bool,
        context: Context<'_, 't>,
    ) -> Outcome<Option<Atomic<'t>>> {
        match self.atomic(value, context)? {
            Some(value) => to(value, target).map(Some),
            None if optional => Ok(None),
            None => Err(EvaluationError::of_type("nothing stands where a value is cast")),
        }
    }
}

/// A date, or a date and time, by its text.
pub(super) fn moment<'t>(text: &str, day: bool) -> Option<Atomic<'t>> {
    let text = text.trim();
    let found = if day { Moment::date(text) } else { Moment::date_time(text) };
    found.map(Atomic::Moment)
}

/// Casts a value to a type.
pub(in crate::metapath) fn to(value: Atomic<'_>, target: AtomicType) -> Outcome<Atomic<'_>> {
    let text = value.string().into_owned();
    cast(value, target)
        .ok_or_else(|| EvaluationError::new("FORG0001", format!("`{text}` is not {}", describe(target))))
}

fn cast(value: Atomic<'_>, target: AtomicType) -> Option<Atomic<'_>> {
    let value = match value {
        Atomic::Untyped(text, _) if target != AtomicType::Any => Atomic::Text(text),
        other => other,
    };
    match target {
        AtomicType::Any => Some(value),
        AtomicType::Text => Some(Atomic::Text(value.into_string())),
        AtomicType::Untyped => Some(Atomic::Untyped(value.into_string(), Typed::Text)),
        AtomicType::Boolean => truth(&value).map(Atomic::Boolean),
        AtomicType::Integer => whole(&value).map(Atomic::Integer),
        AtomicType::NonNegativeInteger => whole(&value).filter(|number| *number >= 0).map(Atomic::Integer),
        AtomicType::PositiveInteger => whole(&value).filter(|number| *number >= 1).map(Atomic::Integer),
        AtomicType::Decimal => match &value {
            Atomic::Text(text) => Decimal::parse(text.trim()),
            Atomic::Boolean(truth) => Some(Decimal::whole(i64::from(*truth))),
            other => super::arithmetic::decimal(other),
        }
        .map(Atomic::Decimal),
        AtomicType::Numeric => match &value {
            Atomic::Text(text) => number(text),
            other => other.is_number().then_some(value),
        },
        AtomicType::Double => match &value {
            Atomic::Text(text) => parse_double(text).map(Atomic::Double),
            Atomic::Boolean(truth) => Some(Atomic::Double(f64::from(u8::from(*truth)))),
            other => other.is_number().then(|| Atomic::Double(super::arithmetic::double(other))),
        },
        AtomicType::Date => match &value {
            Atomic::Text(text) => moment(text, true),
            Atomic::Moment(moment) => Some(Atomic::Moment(moment.to_day())),
            _ => None,
        },
        AtomicType::DateTime => match &value {
            Atomic::Text(text) => moment(text, false),
            Atomic::Moment(moment) => Some(Atomic::Moment(moment.to_date_time())),
            _ => None,
        },
        AtomicType::DateWithZone => zoned(value, AtomicType::Date),
        AtomicType::DateTimeWithZone => zoned(value, AtomicType::DateTime),
        AtomicType::Duration => duration(&value, |_| true),
        AtomicType::DayTimeDuration => duration(&value, |duration| duration.months == 0),
        AtomicType::YearMonthDuration => duration(&value, |duration| duration.millis == 0),
        AtomicType::Formed(datatype) => {
            let text = value.into_string();
            datatype.accepts(text.trim()).then(|| Atomic::Text(text.trim().to_owned().into()))
        }
    }
}

fn truth(value: &Atomic<'_>) -> Option<bool> {
    match value {
        Atomic::Text(text) => boolean(text),
        Atomic::Boolean(truth) => Some(*truth),
        Atomic::Integer(number) => Some(*number != 0),
        Atomic::Decimal(number) => Some(!number.is_zero()),
        Atomic::Double(number) => Some(*number != 0.0 && !number.is_nan()),
        _ => None,
    }
}

fn whole(value: &Atomic<'_>) -> Option<i64> {
    match value {
        Atomic::Text(text) => {
            let text = text.trim();
            text.strip_prefix('+').unwrap_or(text).parse().ok()
        }
        Atomic::Boolean(truth) => Some(i64::from(*truth)),
        other => super::arithmetic::decimal(other)?.quotient(Decimal::whole(1)),
    }
}

fn duration<'t>(value: &Atomic<'_>, fits: impl Fn(&Duration) -> bool) -> Option<Atomic<'t>> {
    let found = match value {
        Atomic::Text(text) => Duration::parse(text.trim()),
        Atomic::Duration(duration) => Some(*duration),
        _ => None,
    };
    found.filter(fits).map(Atomic::Duration)
}

fn zoned(value: Atomic<'_>, plain: AtomicType) -> Option<Atomic<'_>> {
    let found = cast(value, plain)?;
    matches!(&found, Atomic::Moment(moment) if moment.has_zone()).then_some(found)
}

fn describe(target: AtomicType) -> &'static str {
    match target {
        AtomicType::Any | AtomicType::Text | AtomicType::Untyped => "text",
        AtomicType::Boolean => "`true` or `false`",
        AtomicType::Integer => "a whole number",
        AtomicType::NonNegativeInteger => "a whole number, 0 or greater",
        AtomicType::PositiveInteger => "a whole number, 1 or greater",
        AtomicType::Decimal | AtomicType::Numeric | AtomicType::Double => "a number",
        AtomicType::Date => "a date",
        AtomicType::DateTime => "a date and time",
        AtomicType::DateWithZone => "a date with a zone",
        AtomicType::DateTimeWithZone => Datatype::DateTimeWithTimezone.expectation(),
        AtomicType::Duration => "a duration such as `P1Y2M3DT4H`",
        AtomicType::DayTimeDuration => "a duration of days and times such as `P3DT4H`",
        AtomicType::YearMonthDuration => "a duration of years and months such as `P1Y2M`",
        AtomicType::Formed(datatype) => datatype.expectation(),
    }
}

/// Whether items are of a type.
pub(super) fn instance(items: &[Item<'_>], kind: SequenceType) -> bool {
    (kind.least..=kind.most).contains(&items.len()) && items.iter().all(|item| is_of(item, kind.item))
}

fn is_of(item: &Item<'_>, kind: ItemType) -> bool {
    match (kind, item) {
        (ItemType::Any, _) | (ItemType::Map, Item::Map(_)) | (ItemType::Array, Item::Array(_)) => true,
        (ItemType::Node(test), Item::Node(node)) => super::path::passes(test, *node),
        (ItemType::Atomic(kind), Item::Atomic(atomic)) => is_atomic(atomic, kind),
        _ => false,
    }
}

fn is_atomic(atomic: &Atomic<'_>, kind: AtomicType) -> bool {
    match (kind, atomic) {
        (AtomicType::Any, _)
        | (AtomicType::Text, Atomic::Text(_))
        | (AtomicType::Untyped, Atomic::Untyped(..))
        | (AtomicType::Boolean, Atomic::Boolean(_))
        | (AtomicType::Integer, Atomic::Integer(_))
        | (AtomicType::Decimal, Atomic::Integer(_) | Atomic::Decimal(_))
        | (AtomicType::Double, Atomic::Double(_))
        | (AtomicType::Duration, Atomic::Duration(_)) => true,
        (AtomicType::NonNegativeInteger, Atomic::Integer(number)) => *number >= 0,
        (AtomicType::PositiveInteger, Atomic::Integer(number)) => *number >= 1,
        (AtomicType::Numeric, atomic) => atomic.is_number(),
        (AtomicType::Date, Atomic::Moment(moment)) => moment.is_day(),
        (AtomicType::DateTime, Atomic::Moment(moment)) => !moment.is_day(),
        (AtomicType::DateWithZone, Atomic::Moment(moment)) => moment.is_day() && moment.has_zone(),
        (AtomicType::DateTimeWithZone, Atomic::Moment(moment)) => !moment.is_day() && moment.has_zone(),
        (AtomicType::DayTimeDuration, Atomic::Duration(duration)) => duration.months == 0,
        (AtomicType::YearMonthDuration, Atomic::Duration(duration)) => duration.millis == 0,
        _ => false,
    }
}
