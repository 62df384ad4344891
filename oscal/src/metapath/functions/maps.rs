//! Maps and arrays.

use std::rc::Rc;

use super::{Call, Function};
use crate::metapath::error::EvaluationError;
use crate::metapath::evaluate::{Context, Flow, MORE, Machine, Outcome, Sink, equal_atomics, hand};
use crate::metapath::syntax::Expr;
use crate::metapath::value::{Atomic, Entries, Item};

pub(super) fn call<'t>(call: &Call<'_, '_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
    let machine = call.machine;
    let key = || {
        let key = machine.atomic(call.argument(1)?, call.context)?;
        key.ok_or_else(|| EvaluationError::of_type("a key is missing"))
    };
    match call.function {
        Function::MapMerge => return sink(Item::Map(Rc::new(merge(call)?))),
        Function::MapEntry => {
            let Some(key) = machine.atomic(call.argument(0)?, call.context)? else {
                return Err(EvaluationError::of_type("a key is missing"));
            };
            let value = machine.collect(call.argument(1)?, call.context)?;
            return sink(Item::Map(Rc::new(vec![(key, value)])));
        }
        Function::ArrayFlatten => {
            let mut items = Vec::new();
            for item in machine.collect(call.argument(0)?, call.context)? {
                flatten(machine, item, &mut items, 0)?;
            }
            return hand(&items, sink);
        }
        _ => {}
    }
    match (call.function, machine.at_most_one(call.argument(0)?, call.context)?) {
        (Function::ArraySize, Some(Item::Array(members))) => sink(size(members.len())),
        (Function::ArrayGet, Some(array @ Item::Array(_))) => hand(&looked_up(&array, &key()?)?, sink),
        (Function::MapSize, Some(Item::Map(entries))) => sink(size(entries.len())),
        (Function::MapGet, Some(map @ Item::Map(_))) => hand(&looked_up(&map, &key()?)?, sink),
        (Function::MapKeys, Some(Item::Map(entries))) => {
            let keys: Vec<Item<'t>> = entries.iter().map(|(key, _)| Item::Atomic(key.clone())).collect();
            hand(&keys, sink)
        }
        (Function::MapContains, Some(Item::Map(entries))) => {
            let key = key()?;
            sink(Item::boolean(entries.iter().any(|(other, _)| equal_atomics(other, &key))))
        }
        (Function::MapPut, Some(Item::Map(entries))) => {
            let (key, value) = (key()?, machine.collect(call.argument(2)?, call.context)?);
            let mut changed = without(&entries, &key);
            changed.push((key, value));
            sink(Item::Map(Rc::new(changed)))
        }
        (Function::MapRemove, Some(Item::Map(entries))) => {
            sink(Item::Map(Rc::new(without(&entries, &key()?))))
        }
        _ => Err(EvaluationError::of_type("a map or an array is expected")),
    }
}

fn size<'t>(length: usize) -> Item<'t> {
    Item::integer(i64::try_from(length).unwrap_or(i64::MAX))
}

fn without<'t>(entries: &Entries<'t>, key: &Atomic<'t>) -> Entries<'t> {
    entries.iter().filter(|(other, _)| !equal_atomics(other, key)).cloned().collect()
}

/// One map of several: of equal keys the first is kept.
fn merge<'t>(call: &Call<'_, '_, 't>) -> Outcome<Entries<'t>> {
    let mut merged: Entries<'t> = Vec::new();
    let mut texts = std::collections::BTreeSet::new();
    for item in call.machine.collect(call.argument(0)?, call.context)? {
        let Item::Map(entries) = item else {
            return Err(EvaluationError::of_type("`map:merge` joins maps"));
        };
        for (key, value) in entries.iter() {
            call.machine.step()?;
            let new = match key {
                Atomic::Text(text) | Atomic::Untyped(text, _) => texts.insert(text.to_string()),
                other => !merged.iter().any(|(known, _)| equal_atomics(known, other)),
            };
            if new {
                merged.push((key.clone(), value.clone()));
            }
        }
    }
    Ok(merged)
}

fn flatten<'t>(
    machine: &Machine<'_, 't>,
    item: Item<'t>,
    items: &mut Vec<Item<'t>>,
    depth: usize,
) -> Outcome<()> {
    machine.step()?;
    match item {
        Item::Array(members) if depth < 100 => {
            members.iter().flatten().try_for_each(|item| flatten(machine, item.clone(), items, depth + 1))
        }
        other => {
            items.push(other);
            Ok(())
        }
    }
}

/// What a map or array holds under a key.
fn looked_up<'t>(base: &Item<'t>, key: &Atomic<'t>) -> Outcome<Vec<Item<'t>>> {
    match base {
        Item::Map(entries) => {
            let found = entries.iter().find(|(other, _)| equal_atomics(other, key));
            Ok(found.map(|(_, value)| value.clone()).unwrap_or_default())
        }
        Item::Array(members) => {
            let Atomic::Integer(position) = key else {
                return Err(EvaluationError::of_type("the members of an array have numbers"));
            };
            let at = usize::try_from(*position).ok().and_then(|position| position.checked_sub(1));
            at.and_then(|at| members.get(at)).cloned().ok_or_else(|| {
                EvaluationError::new("FOAY0001", format!("the array has no member {position}"))
            })
        }
        _ => Err(EvaluationError::of_type("`?` asks maps and arrays")),
    }
}

impl<'t> Machine<'_, 't> {
    /// `base?key`
    pub(in crate::metapath) fn lookup(
        &self,
        base: &'t Expr,
        key: Option<&'t Expr>,
        context: Context<'_, 't>,
        sink: &mut Sink<'_, 't>,
    ) -> Flow {
        let mut found = Vec::new();
        for item in self.collect(base, context)? {
            self.step()?;
            match (key, &item) {
                (Some(key), base) => {
                    for key in self.atomics(key, context)? {
                        found.extend(looked_up(base, &key)?);
                    }
                }
                (None, Item::Map(entries)) => {
                    found.extend(entries.iter().flat_map(|(_, value)| value).cloned());
                }
                (None, Item::Array(members)) => found.extend(members.iter().flatten().cloned()),
                _ => return Err(EvaluationError::of_type("`?` asks maps and arrays")),
            }
        }
        if found.is_empty() { Ok(MORE) } else { hand(&found, sink) }
    }

    /// `map { key: value }`
    pub(in crate::metapath) fn map(
        &self,
        entries: &'t [(Expr, Expr)],
        context: Context<'_, 't>,
    ) -> Outcome<Item<'t>> {
        let mut made: Entries<'t> = Vec::new();
        for (key, value) in entries {
            let Some(key) = self.atomic(key, context)? else {
                return Err(EvaluationError::of_type("a key is missing"));
            };
            if made.iter().any(|(other, _)| equal_atomics(other, &key)) {
                return Err(EvaluationError::new("XQDY0137", "a map has one key twice"));
            }
            made.push((key, self.collect(value, context)?));
        }
        Ok(Item::Map(Rc::new(made)))
    }
}
