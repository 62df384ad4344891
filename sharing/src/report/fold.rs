//! Counting together what is too rare to be told by itself.

use std::collections::BTreeSet;

/// What the row is called that holds what is rare.
pub(super) const RARE: &str = "others";

/// The incidents that say a value, by their places in a list.
pub(super) type Group = (String, BTreeSet<usize>);

/// The groups so that each has `fewest` members or more, or none: the rarest are put together until they are enough. Whoever knows how
/// many there are in all can then not tell how many are in one that was folded. Empty where not two are left.
pub(super) fn folded(groups: Vec<Group>, fewest: u64) -> Vec<Group> {
    let is_few = |members: &BTreeSet<usize>| !members.is_empty() && (members.len() as u64) < fewest;
    let (few, mut kept): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(|(_, one)| is_few(one));
    if few.is_empty() {
        return kept;
    }
    let mut rare: BTreeSet<usize> = few.into_iter().flat_map(|(_, members)| members).collect();
    while is_few(&rare) {
        let counts = kept.iter().enumerate().filter(|(_, (_, members))| !members.is_empty());
        let Some((smallest, _)) = counts.min_by_key(|(_, (_, members))| members.len()) else { break };
        rare.extend(kept.remove(smallest).1);
    }
    if kept.iter().all(|(_, members)| members.is_empty()) {
        return Vec::new();
    }
    kept.push((RARE.to_owned(), rare));
    kept
}
