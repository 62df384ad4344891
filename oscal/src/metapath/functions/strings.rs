//! Functions of texts.

use std::borrow::Cow;

use regex::Regex;

use super::{Call, Function};
use crate::metapath::error::EvaluationError;
use crate::metapath::evaluate::{Context, Flow, MORE, Machine, Outcome, Sink, double, hand, operand};
use crate::metapath::pattern;
use crate::metapath::syntax::Expr;
use crate::metapath::value::{Atomic, Item};

pub(super) fn call<'t>(call: &Call<'_, '_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
    let text = |index| call.machine.string(call.argument(index)?, call.context);
    let item = match call.function {
        Function::StartsWith => Item::boolean(text(0)?.starts_with(&*text(1)?)),
        Function::EndsWith => Item::boolean(text(0)?.ends_with(&*text(1)?)),
        Function::Contains => Item::boolean(text(0)?.contains(&*text(1)?)),
        Function::String => Item::text(string(call)?),
        Function::StringLength => Item::integer(i64::try_from(text(0)?.chars().count()).unwrap_or(i64::MAX)),
        Function::UpperCase => Item::text(text(0)?.to_uppercase()),
        Function::LowerCase => Item::text(text(0)?.to_lowercase()),
        Function::NormalizeSpace => {
            Item::text(text(0)?.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
        }
        Function::SubstringBefore => {
            let (text, part) = (text(0)?, text(1)?);
            Item::text(text.split_once(&*part).map_or_else(String::new, |(before, _)| before.to_owned()))
        }
        Function::SubstringAfter => {
            let (text, part) = (text(0)?, text(1)?);
            Item::text(text.split_once(&*part).map_or_else(String::new, |(_, after)| after.to_owned()))
        }
        Function::Substring => Item::text(substring(call, &text(0)?)?),
        Function::Translate => Item::text(translate(&text(0)?, &text(1)?, &text(2)?)),
        Function::Concat => Item::text(concat(call)?),
        Function::StringJoin => Item::text(join(call)?),
        Function::ContainsToken => {
            let wanted = text(1)?;
            let inside =
                |value: &Atomic<'_>| value.string().split_ascii_whitespace().any(|t| t == wanted.trim());
            Item::boolean(call.machine.atomics(call.argument(0)?, call.context)?.iter().any(inside))
        }
        Function::Compare => return compare(call, sink),
        Function::CodepointsToString => Item::text(from_codepoints(call)?),
        Function::StringToCodepoints => {
            let codes: Vec<Item<'t>> = text(0)?.chars().map(|c| Item::integer(u32::from(c).into())).collect();
            return hand(&codes, sink);
        }
        _ => return by_pattern(call, sink),
    };
    sink(item)
}

/// `string`: an assembly or a map has none.
fn string<'t>(call: &Call<'_, '_, 't>) -> Outcome<Cow<'t, str>> {
    call.machine.string(call.argument(0)?, call.context)
}

fn concat(call: &Call<'_, '_, '_>) -> Outcome<String> {
    let mut text = String::new();
    for argument in call.arguments {
        text.push_str(&call.machine.string(argument, call.context)?);
        call.machine.long(text.len())?;
    }
    Ok(text)
}

fn join(call: &Call<'_, '_, '_>) -> Outcome<String> {
    let between = match call.arguments.get(1) {
        Some(between) => call.machine.string(between, call.context)?,
        None => Cow::Borrowed(""),
    };
    let mut text = String::new();
    let values = call.machine.atomics(call.argument(0)?, call.context)?;
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            text.push_str(&between);
        }
        text.push_str(&value.string());
        if text.len() > crate::metapath::evaluate::BYTES {
            call.machine.long(text.len())?;
        }
    }
    Ok(text)
}

/// Rounds a number as positions are rounded: halves upward.
pub(super) fn round_half_up(value: &Atomic<'_>) -> f64 {
    operand(value.clone()).map_or(f64::NAN, |value| (double(&value) + 0.5).floor())
}

fn substring(call: &Call<'_, '_, '_>, text: &str) -> Outcome<String> {
    let round = |index: usize| -> Outcome<Option<f64>> {
        let Some(argument) = call.arguments.get(index) else { return Ok(None) };
        let value = call.machine.atomic(argument, call.context)?;
        Ok(Some(value.map_or(f64::NAN, |value| round_half_up(&value))))
    };
    let start = round(1)?.unwrap_or(1.0);
    let end = round(2)?.map_or(f64::INFINITY, |length| start + length);
    let mut position = 0.0;
    let keeps = |_: &char| {
        position += 1.0;
        position >= start && position < end
    };
    Ok(text.chars().filter(keeps).collect())
}

fn translate(text: &str, from: &str, to: &str) -> String {
    let replaced = |c: char| match from.chars().position(|other| other == c) {
        Some(at) => to.chars().nth(at),
        None => Some(c),
    };
    text.chars().filter_map(replaced).collect()
}

fn compare<'t>(call: &Call<'_, '_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
    let Some(left) = call.machine.atomic(call.argument(0)?, call.context)? else { return Ok(MORE) };
    let Some(right) = call.machine.atomic(call.argument(1)?, call.context)? else { return Ok(MORE) };
    sink(Item::integer(left.string().cmp(&right.string()) as i64))
}

fn from_codepoints(call: &Call<'_, '_, '_>) -> Outcome<String> {
    let mut text = String::new();
    for value in call.machine.atomics(call.argument(0)?, call.context)? {
        let code = match operand(value)? {
            Atomic::Integer(code) => u32::try_from(code).ok().and_then(char::from_u32),
            _ => None,
        };
        text.push(code.ok_or_else(|| EvaluationError::new("FOCH0001", "a number is no character"))?);
    }
    Ok(text)
}

/// `matches`, `replace` and `tokenize` with a pattern that is known only now.
fn by_pattern<'t>(call: &Call<'_, '_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
    let (machine, context) = (call.machine, call.context);
    let text = machine.string(call.argument(0)?, context)?;
    let Some(source) = call.arguments.get(1) else {
        let words: Vec<Item<'t>> =
            text.split_ascii_whitespace().map(|word| Item::text(word.to_owned())).collect();
        return hand(&words, sink);
    };
    let source = machine.string(source, context)?;
    let (replacement, flags) = match call.function {
        Function::Replace => (call.arguments.get(2), call.arguments.get(3)),
        _ => (None, call.arguments.get(2)),
    };
    let flags = flags.map_or(Ok(Cow::Borrowed("")), |flags| machine.string(flags, context))?;
    machine.spend(1000)?;
    let pattern =
        pattern::compile(&source, &flags).map_err(|message| EvaluationError::new("FORX0002", message))?;
    let replacement = replacement.map(|replacement| machine.string(replacement, context)).transpose()?;
    hand(&applied(machine, call.function, &text, &pattern, replacement.as_deref())?, sink)
}

/// The same with a pattern that was compiled when the expression was read.
pub(in crate::metapath) fn with_pattern<'t>(
    machine: &Machine<'_, 't>,
    function: Function,
    arguments: &'t [Expr],
    pattern: &Regex,
    context: Context<'_, 't>,
) -> Outcome<Vec<Item<'t>>> {
    let text = match arguments.first() {
        Some(text) => machine.string(text, context)?,
        None => Cow::Borrowed(""),
    };
    let replacement = arguments.get(1).map(|replacement| machine.string(replacement, context)).transpose()?;
    applied(machine, function, &text, pattern, replacement.as_deref())
}

fn applied<'t>(
    machine: &Machine<'_, 't>,
    function: Function,
    text: &str,
    pattern: &Regex,
    replacement: Option<&str>,
) -> Outcome<Vec<Item<'t>>> {
    machine.spend(text.len() / 16)?;
    if function == Function::Matches {
        return Ok(vec![Item::boolean(pattern.is_match(text))]);
    }
    if pattern.is_match("") {
        return Err(EvaluationError::new("FORX0003", "the pattern matches the empty text"));
    }
    if function == Function::Tokenize {
        let words = pattern.split(text).filter(|_| !text.is_empty());
        return Ok(words.map(|word| Item::text(word.to_owned())).collect());
    }
    let replacement = template(replacement.unwrap_or_default(), pattern.captures_len() - 1)?;
    let mut out = String::new();
    let mut done = 0;
    for found in pattern.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        out.push_str(text.get(done..whole.start()).unwrap_or_default());
        done = whole.end();
        for piece in &replacement {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Group(group) => out.push_str(found.get(*group).map_or("", |group| group.as_str())),
            }
        }
        machine.long(out.len().saturating_sub(crate::metapath::evaluate::BYTES / 2))?;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Ok(vec![Item::text(out)])
}

/// A part of a replacement.
enum Piece {
    Text(String),
    Group(usize),
}

/// Takes `$1`, `\$` and `\\` apart.
fn template(text: &str, groups: usize) -> Outcome<Vec<Piece>> {
    let wrong = || {
        EvaluationError::new(
            "FORX0004",
            "in a replacement `$` stands before a digit, `\\` before `$` or `\\`",
        )
    };
    let mut pieces = vec![Piece::Text(String::new())];
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let plain = match c {
            '\\' => rest.next().filter(|c| matches!(c, '\\' | '$')).ok_or_else(wrong)?,
            '$' => {
                let mut group = rest.next().and_then(|c| c.to_digit(10)).ok_or_else(wrong)? as usize;
                while let Some(digit) = rest.peek().and_then(|c| c.to_digit(10)) {
                    let longer = group * 10 + digit as usize;
                    if longer > groups {
                        break;
                    }
                    group = longer;
                    rest.next();
                }
                pieces.push(Piece::Group(group));
                continue;
            }
            other => other,
        };
        match pieces.last_mut() {
            Some(Piece::Text(text)) => text.push(plain),
            _ => pieces.push(Piece::Text(plain.to_string())),
        }
    }
    Ok(pieces)
}
