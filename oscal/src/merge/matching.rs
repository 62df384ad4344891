//! Which item of one version of a list is which of another.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use serde_json::Value;

use super::identity;
use super::sequence;
use super::walk::Kind;

/// An item of the merged list: where it stands in each version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) base: Option<usize>,
    pub(super) ours: Option<usize>,
    pub(super) theirs: Option<usize>,
}

/// The items of three versions of a list: those of ours in their order, then what else there is.
pub(super) fn items(base: &[Value], ours: &[Value], theirs: &[Value], kind: Kind) -> Vec<Item> {
    let ours_to_base = pair(ours, base, kind);
    let theirs_to_base = pair(theirs, base, kind);
    let mut items: Vec<Item> = ours_to_base
        .iter()
        .enumerate()
        .map(|(index, base)| Item { base: *base, ours: Some(index), theirs: None })
        .collect();
    let mut of_base: HashMap<usize, usize> =
        items.iter().enumerate().filter_map(|(at, item)| Some((item.base?, at))).collect();
    let mut added = Vec::new();
    for (index, found) in theirs_to_base.iter().enumerate() {
        match found {
            Some(base) => {
                let at = *of_base.entry(*base).or_insert_with(|| {
                    items.push(Item { base: Some(*base), ..Item::default() });
                    items.len() - 1
                });
                if let Some(item) = items.get_mut(at) {
                    item.theirs = Some(index);
                }
            }
            None => added.push(index),
        }
    }
    both_added(&mut items, ours, theirs, &added, kind);
    let known: HashSet<usize> = items.iter().filter_map(|item| item.base).collect();
    let gone = (0..base.len()).filter(|index| !known.contains(index));
    items.extend(
        gone.collect::<Vec<_>>().into_iter().map(|base| Item { base: Some(base), ..Item::default() }),
    );
    items
}

/// Puts together what both sides added under one name, and what else they added.
fn both_added(items: &mut Vec<Item>, ours: &[Value], theirs: &[Value], added: &[usize], kind: Kind) {
    let free: Vec<usize> =
        items.iter().enumerate().filter(|(_, item)| item.base.is_none()).map(|(at, _)| at).collect();
    let of_ours: Vec<Value> = free.iter().filter_map(|at| ours.get(items.get(*at)?.ours?)).cloned().collect();
    let of_theirs: Vec<Value> = added.iter().filter_map(|index| theirs.get(*index)).cloned().collect();
    let mut pairs = vec![None; of_theirs.len()];
    named(&of_theirs, &of_ours, kind, &mut pairs);
    for (index, found) in added.iter().zip(pairs) {
        let item = found.and_then(|at| free.get(at)).and_then(|at| items.get_mut(*at));
        match item {
            Some(item) => item.theirs = Some(*index),
            None => items.push(Item { theirs: Some(*index), ..Item::default() }),
        }
    }
}

/// For each item of `side` the one of `base` that it is.
fn pair(side: &[Value], base: &[Value], kind: Kind) -> Vec<Option<usize>> {
    let mut pairs = vec![None; side.len()];
    named(side, base, kind, &mut pairs);
    let by_place = match kind {
        Kind::Object(definition) => identity::is_nameless(definition),
        Kind::Other => side.iter().chain(base).any(|item| item.is_object() || item.is_array()),
        Kind::Root | Kind::Piece(_) | Kind::Scalar(_) | Kind::Orders | Kind::Names => false,
    };
    if by_place {
        placed(side.len(), base.len(), &mut pairs);
    }
    pairs
}

/// Pairs items by name. Of plain values, and of objects that nothing names, equal ones are the same.
fn named(side: &[Value], base: &[Value], kind: Kind, pairs: &mut [Option<usize>]) {
    let keys = match kind {
        Kind::Object(definition) => identity::keys(definition),
        _ => Vec::new(),
    };
    let own = matches!(kind, Kind::Object(definition) if identity::own(definition).is_some());
    for (rank, members) in keys.iter().enumerate() {
        let key = |item: &'_ Value| identity::key(item, members).map(|key| format!("{key:?}"));
        if rank == 0 && own {
            by_key(side, base, pairs, key, Repeats::InTurn);
        } else {
            if rank == usize::from(own) {
                equal(side, base, pairs);
            }
            by_key(side, base, pairs, key, Repeats::Unmatched);
        }
    }
    equal(side, base, pairs);
}

/// What is done with items of one key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeats {
    /// The first is the first of the other version, and so on.
    InTurn,
    /// Nothing is known of them.
    Unmatched,
}

fn by_key<'v, K: Hash + Eq>(
    side: &'v [Value],
    base: &'v [Value],
    pairs: &mut [Option<usize>],
    key: impl Fn(&'v Value) -> Option<K>,
    repeats: Repeats,
) {
    let taken: HashSet<usize> = pairs.iter().flatten().copied().collect();
    let mut there: HashMap<K, Vec<usize>> = HashMap::new();
    for (index, item) in base.iter().enumerate().rev() {
        if !taken.contains(&index)
            && let Some(key) = key(item)
        {
            there.entry(key).or_default().push(index);
        }
    }
    let mut here: HashMap<K, usize> = HashMap::new();
    for (item, _) in side.iter().zip(pairs.iter()).filter(|(_, pair)| pair.is_none()) {
        if let Some(key) = key(item) {
            *here.entry(key).or_default() += 1;
        }
    }
    for (item, pair) in side.iter().zip(pairs.iter_mut()).filter(|(_, pair)| pair.is_none()) {
        let Some(key) = key(item) else { continue };
        let Some(found) = there.get_mut(&key) else { continue };
        if repeats == Repeats::InTurn || (found.len() == 1 && here.get(&key) == Some(&1)) {
            *pair = found.pop();
        }
    }
}

/// Pairs items that are equal, in an order that both lists have where there are several.
fn equal(side: &[Value], base: &[Value], pairs: &mut [Option<usize>]) {
    let open: Vec<usize> = (0..side.len()).filter(|index| pairs.get(*index) == Some(&None)).collect();
    if open.is_empty() {
        return;
    }
    let taken: HashSet<usize> = pairs.iter().flatten().copied().collect();
    let free: Vec<usize> = (0..base.len()).filter(|index| !taken.contains(index)).collect();
    let texts = |list: &[Value], at: &[usize]| -> Vec<String> {
        at.iter().filter_map(|index| list.get(*index)).map(Value::to_string).collect()
    };
    let (here, there) = (texts(side, &open), texts(base, &free));
    let mut found = sequence::pairs(&here, &there);
    let (placed, used): (HashSet<usize>, HashSet<usize>) = found.iter().copied().unzip();
    // what is equal and stands elsewhere
    let mut elsewhere: HashMap<&str, Vec<usize>> = HashMap::new();
    for (j, text) in there.iter().enumerate().rev().filter(|(j, _)| !used.contains(j)) {
        elsewhere.entry(text).or_default().push(j);
    }
    for (i, text) in here.iter().enumerate().filter(|(i, _)| !placed.contains(i)) {
        found.extend(elsewhere.get_mut(text.as_str()).and_then(Vec::pop).map(|j| (i, j)));
    }
    for (i, j) in found {
        let (Some(at), Some(index)) = (open.get(i), free.get(j)) else { continue };
        if let Some(pair) = pairs.get_mut(*at) {
            *pair = Some(*index);
        }
    }
}

/// Pairs what is left by place: between two neighbours that are known, where both versions have as many items.
fn placed(side: usize, base: usize, pairs: &mut [Option<usize>]) {
    let taken: HashSet<usize> = pairs.iter().flatten().copied().collect();
    let mut start = 0;
    let mut expected = 0;
    for at in 0..=side {
        let known = if at == side { Some(base) } else { pairs.get(at).copied().flatten() };
        let Some(known) = known else { continue };
        let free = || (expected..known).all(|index| !taken.contains(&index));
        if known >= expected && known - expected == at - start && free() {
            for (slot, index) in pairs.iter_mut().skip(start).take(at - start).zip(expected..) {
                *slot = Some(index);
            }
        }
        (start, expected) = (at + 1, known + 1);
    }
}
