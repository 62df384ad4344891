//! Three versions of a sequence - the lines of a text - and what each side changed in it.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// Cells of the table that is made at the most to compare two stretches without a common unique element. Larger ones count as
/// different from beginning to end.
const CELLS: usize = 1 << 20;

/// A stretch of the merged sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// These elements of the base, which nobody changed.
    Base(Range<usize>),
    /// These elements of ours: changed by us alone, or by both alike.
    Ours(Range<usize>),
    /// These elements of theirs, which they alone changed.
    Theirs(Range<usize>),
    /// Elements that both changed, each differently.
    Conflict {
        /// What we made of them.
        ours: Range<usize>,
        /// What they made of them.
        theirs: Range<usize>,
    },
}

/// Merges what two sides made of a sequence. Changes that lie beside each other are not in each other's way.
pub(super) fn merge<T: Eq + Hash>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<Stretch> {
    let mut our_changes = changes(base, ours).into_iter().peekable();
    let mut their_changes = changes(base, theirs).into_iter().peekable();
    let mut merged = Vec::new();
    let mut at = 0;
    loop {
        let cluster = match (our_changes.peek(), their_changes.peek()) {
            (None, None) => break,
            (Some(a), Some(b)) if b.base.start < a.base.start || (b.base.start == a.base.start && b < a) => {
                Cluster::of(None, their_changes.next())
            }
            (Some(_), _) => Cluster::of(our_changes.next(), None),
            (None, Some(_)) => Cluster::of(None, their_changes.next()),
        };
        let Some(mut cluster) = cluster else { break };
        loop {
            if let Some(next) = our_changes.next_if(|next| cluster.meets(next)) {
                cluster.take_ours(next);
            } else if let Some(next) = their_changes.next_if(|next| cluster.meets(next)) {
                cluster.take_theirs(next);
            } else {
                break;
            }
        }
        if at < cluster.base.start {
            merged.push(Stretch::Base(at..cluster.base.start));
        }
        at = cluster.base.end;
        merged.push(cluster.stretch(ours, theirs));
    }
    if at < base.len() {
        merged.push(Stretch::Base(at..base.len()));
    }
    merged
}

/// Elements of the base and what a side made of them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    base: Range<usize>,
    side: Range<usize>,
}

impl PartialOrd for Change {
    /// Of changes at one place that which takes nothing away comes first.
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some((self.base.start, self.base.end).cmp(&(other.base.start, other.base.end)))
    }
}

/// Changes that are in each other's way.
struct Cluster {
    base: Range<usize>,
    ours: Option<Change>,
    theirs: Option<Change>,
}

impl Cluster {
    fn of(ours: Option<Change>, theirs: Option<Change>) -> Option<Self> {
        let base = ours.as_ref().or(theirs.as_ref())?.base.clone();
        Some(Self { base, ours, theirs })
    }

    /// Whether a change is about what this one is about: the same elements, or the same place between two.
    fn meets(&self, next: &Change) -> bool {
        let (a, b) = (&self.base, &next.base);
        if a.is_empty() && b.is_empty() {
            return a.start == b.start;
        }
        a.start < b.end && b.start < a.end
    }

    fn take_ours(&mut self, next: Change) {
        self.base.end = self.base.end.max(next.base.end);
        self.ours = Some(joined(self.ours.take(), next));
    }

    fn take_theirs(&mut self, next: Change) {
        self.base.end = self.base.end.max(next.base.end);
        self.theirs = Some(joined(self.theirs.take(), next));
    }

    fn stretch<T: Eq>(self, ours: &[T], theirs: &[T]) -> Stretch {
        let widened = |change: &Change| {
            let before = change.base.start - self.base.start;
            let after = self.base.end - change.base.end;
            change.side.start.saturating_sub(before)..change.side.end + after
        };
        match (&self.ours, &self.theirs) {
            (Some(ours), None) => Stretch::Ours(ours.side.clone()),
            (None, Some(theirs)) => Stretch::Theirs(theirs.side.clone()),
            (None, None) => Stretch::Base(self.base.clone()),
            (Some(our), Some(their)) => {
                let (our, their) = (widened(our), widened(their));
                if ours.get(our.clone()) == theirs.get(their.clone()) {
                    Stretch::Ours(our)
                } else {
                    Stretch::Conflict { ours: our, theirs: their }
                }
            }
        }
    }
}

/// Two changes of one side, and what lies between them.
fn joined(first: Option<Change>, next: Change) -> Change {
    match first {
        None => next,
        Some(first) => {
            Change { base: first.base.start..next.base.end, side: first.side.start..next.side.end }
        }
    }
}

/// What a side changed, in order.
fn changes<T: Eq + Hash>(base: &[T], side: &[T]) -> Vec<Change> {
    let mut changes = Vec::new();
    let (mut b, mut s) = (0, 0);
    let ends = std::iter::once((base.len(), side.len()));
    for (next_b, next_s) in pairs(base, side).into_iter().chain(ends) {
        if b < next_b || s < next_s {
            changes.push(Change { base: b..next_b, side: s..next_s });
        }
        (b, s) = (next_b + 1, next_s + 1);
    }
    changes
}

/// Equal elements of two sequences, in an order that both have. Elements that each has once are matched first: they tell
/// stretches apart that repeat.
pub(super) fn pairs<T: Eq + Hash>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    between(a, b, 0..a.len(), 0..b.len(), &mut found);
    found
}

fn between<T: Eq + Hash>(
    a: &[T],
    b: &[T],
    mut left: Range<usize>,
    mut right: Range<usize>,
    found: &mut Vec<(usize, usize)>,
) {
    while !left.is_empty() && !right.is_empty() && a.get(left.start) == b.get(right.start) {
        found.push((left.start, right.start));
        (left.start, right.start) = (left.start + 1, right.start + 1);
    }
    let mut tail = Vec::new();
    while !left.is_empty() && !right.is_empty() && a.get(left.end - 1) == b.get(right.end - 1) {
        (left.end, right.end) = (left.end - 1, right.end - 1);
        tail.push((left.end, right.end));
    }
    if !left.is_empty() && !right.is_empty() {
        let anchors = anchors(a, b, &left, &right);
        if anchors.is_empty() {
            longest(a, b, &left, &right, found);
        } else {
            let (mut l, mut r) = (left.start, right.start);
            for (i, j) in anchors {
                between(a, b, l..i, r..j, found);
                found.push((i, j));
                (l, r) = (i + 1, j + 1);
            }
            between(a, b, l..left.end, r..right.end, found);
        }
    }
    found.extend(tail.into_iter().rev());
}

/// The longest run in order of elements that each stretch has once.
fn anchors<T: Eq + Hash>(a: &[T], b: &[T], left: &Range<usize>, right: &Range<usize>) -> Vec<(usize, usize)> {
    let once = |sequence: &[T], range: &Range<usize>| -> Vec<usize> { once_in(sequence, range) };
    let theirs: HashMap<&T, usize> =
        once(b, right).into_iter().filter_map(|index| Some((b.get(index)?, index))).collect();
    let common = once(a, left).into_iter();
    let common: Vec<(usize, usize)> =
        common.filter_map(|index| Some((index, *theirs.get(a.get(index)?)?))).collect();
    rising(&common)
}

/// The places of the elements that stand once in a stretch, in order.
fn once_in<T: Eq + Hash>(sequence: &[T], range: &Range<usize>) -> Vec<usize> {
    let mut counts: HashMap<&T, usize> = HashMap::new();
    let elements = sequence.get(range.clone()).unwrap_or_default();
    for element in elements {
        *counts.entry(element).or_default() += 1;
    }
    let placed = range.clone().zip(elements);
    placed.filter(|(_, element)| counts.get(element) == Some(&1)).map(|(index, _)| index).collect()
}

/// The longest part of pairs, whose first numbers rise, in which the second ones rise as well.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // for each length, the pair that ends a rising run of it with the least number; and the pair before each
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |index: usize| pairs.get(index).map_or(usize::MAX, |pair| pair.1);
    for (index, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(*end) < pair.1);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(index) = next {
        run.extend(pairs.get(index).copied());
        next = before.get(index).copied().flatten();
    }
    run.reverse();
    run
}

/// The longest common subsequence of two stretches by the table of all their parts.
fn longest<T: Eq>(
    a: &[T],
    b: &[T],
    left: &Range<usize>,
    right: &Range<usize>,
    found: &mut Vec<(usize, usize)>,
) {
    let width = right.len() + 1;
    if (left.len() + 1).saturating_mul(width) > CELLS {
        return;
    }
    let mut table = vec![0_u32; (left.len() + 1) * width];
    let cell = |table: &[u32], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    let same = |i: usize, j: usize| a.get(left.start + i) == b.get(right.start + j);
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            let value = if same(i, j) {
                cell(&table, i + 1, j + 1) + 1
            } else {
                cell(&table, i + 1, j).max(cell(&table, i, j + 1))
            };
            if let Some(slot) = table.get_mut(i * width + j) {
                *slot = value;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if same(i, j) {
            found.push((left.start + i, right.start + j));
            (i, j) = (i + 1, j + 1);
        } else if cell(&table, i + 1, j) >= cell(&table, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
}
