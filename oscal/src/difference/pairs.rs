//! Matching the items of two lists.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::keys::{Aliases, Key, Stage, stages};
use crate::schema::Definition;

/// Fewer comparisons than this are made one by one.
const FEW: usize = 32;

/// Where an item stands in the list before and in the list after.
pub(super) type Places = (Option<usize>, Option<usize>);

/// Which items of two lists are the same, by position.
pub(super) struct Pairs {
    /// The same items, in the order before.
    pub(super) matched: Vec<(usize, usize)>,
    /// Those that stand only before.
    pub(super) removed: Vec<usize>,
    /// Those that stand only after.
    pub(super) added: Vec<usize>,
}

impl Pairs {
    /// Whether items that stand on both sides come in another order.
    pub(super) fn is_reordered(&self) -> bool {
        !self.matched.is_sorted_by_key(|(_, after)| *after)
    }

    /// All items in the order of the list after; what is gone comes where it stood.
    pub(super) fn in_order(&self) -> Vec<Places> {
        let mut order: Vec<((usize, usize), Places)> = Vec::new();
        order.extend(self.matched.iter().map(|(b, a)| ((*a, 0), (Some(*b), Some(*a)))));
        order.extend(self.added.iter().map(|a| ((*a, 0), (None, Some(*a)))));
        for removed in &self.removed {
            let following = self.matched.partition_point(|(before, _)| before < removed);
            let anchor =
                following.checked_sub(1).and_then(|at| self.matched.get(at)).map_or(0, |pair| pair.1);
            order.push(((anchor, 1), (Some(*removed), None)));
        }
        order.sort_by_key(|(place, _)| *place);
        order.into_iter().map(|(_, pair)| pair).collect()
    }
}

/// Matches the items of two lists of `definition`.
pub(super) fn pairs<'v>(
    definition: &'static Definition,
    before: &'v [Value],
    after: &'v [Value],
    aliases: &Aliases<'v>,
) -> Pairs {
    let ways = stages(definition);
    let head = match ways.first() {
        Some(way) => head(definition, *way, before, after),
        None => 0,
    };
    let mut found = Pairs {
        matched: (0..head).map(|at| (at, at)).collect(),
        removed: (head..before.len()).collect(),
        added: (head..after.len()).collect(),
    };
    for way in ways {
        if found.removed.is_empty() || found.added.is_empty() {
            break;
        }
        let of_before =
            |at: &usize| key(definition, *way, before, *at).map(|key| key.map(|k| aliases.after(k)));
        let of_after = |at: &usize| key(definition, *way, after, *at);
        round(&mut found, of_before, of_after);
    }
    if is_anonymous(definition, before, after, &found) {
        in_turn(&mut found, before, after);
    }
    found.matched.sort_unstable();
    found
}

/// How many items at the beginning are the same in turn.
fn head(definition: &'static Definition, way: Stage, before: &[Value], after: &[Value]) -> usize {
    let same = |(b, a): &(&Value, &Value)| {
        let key = b.as_object().and_then(|b| way(definition, b));
        key.is_some() && key == a.as_object().and_then(|a| way(definition, a))
    };
    before.iter().zip(after).take_while(same).count()
}

fn key<'v>(definition: &'static Definition, way: Stage, items: &'v [Value], at: usize) -> Option<Key<'v>> {
    items.get(at).and_then(Value::as_object).and_then(|item| way(definition, item))
}

/// Matches what is left by one kind of key; items with the same key in their order.
fn round<'v>(
    found: &mut Pairs,
    of_before: impl Fn(&usize) -> Option<Key<'v>>,
    of_after: impl Fn(&usize) -> Option<Key<'v>>,
) {
    let mut by_key: HashMap<Key<'v>, Vec<usize>> = HashMap::with_capacity(found.added.len());
    for at in found.added.iter().rev() {
        if let Some(key) = of_after(at) {
            by_key.entry(key).or_default().push(*at);
        }
    }
    if by_key.is_empty() {
        return;
    }
    let mut taken = Vec::new();
    let matched = &mut found.matched;
    found.removed.retain(|before| {
        let there = of_before(before).and_then(|key| by_key.get_mut(&key)).and_then(Vec::pop);
        if let Some(after) = there {
            matched.push((*before, after));
            taken.push(after);
        }
        there.is_none()
    });
    taken.sort_unstable();
    found.added.retain(|at| taken.binary_search(at).is_err());
}

/// Whether items of what is left have nothing to be known by, so that their turn is all there is.
fn is_anonymous(definition: &'static Definition, before: &[Value], after: &[Value], found: &Pairs) -> bool {
    let has_name = |items: &[Value], at: Option<&usize>| {
        let item: Option<&Map<String, Value>> = at.and_then(|at| items.get(*at)).and_then(Value::as_object);
        item.is_some_and(|item| stages(definition).iter().any(|way| way(definition, item).is_some()))
    };
    !has_name(before, found.removed.first()) && !has_name(after, found.added.first())
}

/// Matches what has no name: first what is the same, then in turn.
fn in_turn(found: &mut Pairs, before: &[Value], after: &[Value]) {
    let (mut removed, mut added) = (std::mem::take(&mut found.removed), std::mem::take(&mut found.added));
    if removed.len() * added.len() <= FEW * FEW {
        removed.retain(|b| {
            let same = added.iter().position(|a| before.get(*b) == after.get(*a));
            same.is_none_or(|at| {
                found.matched.push((*b, added.remove(at)));
                false
            })
        });
    }
    let both = removed.len().min(added.len());
    found.matched.extend(removed.iter().copied().zip(added.iter().copied()).take(both));
    found.removed = removed.split_off(both);
    found.added = added.split_off(both);
}
