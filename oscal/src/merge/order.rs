//! The order of a merged list.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::identity;
use super::matching::Item;
use super::walk::Kind;
use crate::natural;

/// The items in an order that keeps the insertions of both sides: what a side inserted follows what it follows there. Where both
/// inserted at one place, ours come first; in a list that both keep in the order of its names, all do as their names say.
pub(super) fn ordered(items: &[Item], ours: &[Value], theirs: &[Value], kind: Kind) -> Vec<Item> {
    let first = sequence(items, |item| item.ours);
    let second = sequence(items, |item| item.theirs);
    let shared: Vec<usize> = sequence(items, |item| item.base);
    let (leader, follower) =
        if keeps(&first, &shared) && !keeps(&second, &shared) { (second, first) } else { (first, second) };
    let mut merged = joined(&leader, &follower);
    let rest: HashSet<usize> = merged.iter().copied().collect();
    merged.extend(shared.into_iter().filter(|at| !rest.contains(at)));
    let mut merged: Vec<Item> = merged.into_iter().filter_map(|at| items.get(at)).copied().collect();
    if let Kind::Object(definition) = kind
        && let Some(own) = identity::own(definition).filter(|own| *own == "id")
        && rises(ours, own)
        && rises(theirs, own)
    {
        let name = |item: &Item| {
            let ours = item.ours.and_then(|index| ours.get(index));
            let item = ours.or_else(|| theirs.get(item.theirs?));
            item.and_then(|item| item.get(own)).and_then(Value::as_str).unwrap_or_default()
        };
        merged.sort_by(|a, b| natural::compare(name(a), name(b)));
    }
    merged
}

/// The numbers of the items that a version has, in its order.
fn sequence(items: &[Item], place: impl Fn(&Item) -> Option<usize>) -> Vec<usize> {
    let mut placed: Vec<(usize, usize)> =
        items.iter().enumerate().filter_map(|(at, item)| Some((place(item)?, at))).collect();
    placed.sort_unstable();
    placed.into_iter().map(|(_, at)| at).collect()
}

/// Whether a sequence has what it shares with another in the other's order.
fn keeps(sequence: &[usize], shared: &[usize]) -> bool {
    let places: HashMap<usize, usize> = shared.iter().enumerate().map(|(place, at)| (*at, place)).collect();
    let mine: Vec<usize> = sequence.iter().filter_map(|at| places.get(at)).copied().collect();
    mine.is_sorted()
}

/// A sequence with what only another one has, each after what it follows there.
fn joined(leader: &[usize], follower: &[usize]) -> Vec<usize> {
    let common: HashSet<usize> = follower.iter().copied().collect();
    let known: HashSet<usize> = leader.iter().copied().collect();
    let mut after: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    let mut anchor = None;
    for at in follower {
        if known.contains(at) {
            anchor = Some(*at);
        } else {
            after.entry(anchor).or_default().push(*at);
        }
    }
    let mut merged = Vec::with_capacity(leader.len() + follower.len());
    let mut waiting = after.remove(&None).unwrap_or_default();
    for at in leader {
        if common.contains(at) {
            // what the leader inserted here has passed
            merged.append(&mut waiting);
            waiting = after.remove(&Some(*at)).unwrap_or_default();
        }
        merged.push(*at);
    }
    merged.append(&mut waiting);
    merged
}

/// Whether every item has a name and the names rise.
fn rises(list: &[Value], name: &str) -> bool {
    let names: Vec<Option<&str>> = list.iter().map(|item| item.get(name).and_then(Value::as_str)).collect();
    let risen = |pair: &[Option<&str>]| matches!(pair, [Some(a), Some(b)] if natural::compare(a, b).is_lt());
    names.iter().all(Option::is_some) && names.windows(2).all(risen)
}
