//! What two sequences have in common: the longest common subsequence, bit by bit, within bounds.

use std::collections::HashMap;

/// Words of bits that a table of one comparison may have: 8 MiB.
const TABLE: usize = 1 << 20;
/// The same for a stretch between two anchors, of which there may be many.
const STRETCH: usize = 1 << 16;

/// The pairs of positions at which `before` and `after` hold the same, in order.
///
/// It is a longest common subsequence up to some ten thousand symbols; longer ones are first divided by the symbols that
/// stand once on either side, and stretches without such are given up.
pub(super) fn common(before: &[u32], after: &[u32]) -> Vec<(usize, usize)> {
    let head = before.iter().zip(after).take_while(|(b, a)| b == a).count();
    let (before_rest, after_rest) = (rest(before, head), rest(after, head));
    let tail = before_rest.iter().rev().zip(after_rest.iter().rev()).take_while(|(b, a)| b == a).count();
    let before_middle = before_rest.get(..before_rest.len() - tail).unwrap_or_default();
    let after_middle = after_rest.get(..after_rest.len() - tail).unwrap_or_default();

    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if fits(before_middle, after_middle, TABLE) {
        pairs.extend(subsequence(before_middle, after_middle).into_iter().map(|(b, a)| (b + head, a + head)));
    } else {
        between_anchors(before_middle, after_middle, head, &mut pairs);
    }
    let tails = (before.len() - tail..before.len()).zip(after.len() - tail..after.len());
    pairs.extend(tails);
    pairs
}

fn rest(symbols: &[u32], from: usize) -> &[u32] {
    symbols.get(from..).unwrap_or_default()
}

fn fits(before: &[u32], after: &[u32], table: usize) -> bool {
    before.len().div_ceil(64).saturating_mul(after.len()) <= table
}

/// Divides two long sequences by what stands once in either, and compares the stretches between.
fn between_anchors(before: &[u32], after: &[u32], offset: usize, pairs: &mut Vec<(usize, usize)>) {
    let (mut b_from, mut a_from) = (0, 0);
    let ends = [(before.len(), after.len())];
    for (b_to, a_to) in anchors(before, after).into_iter().chain(ends) {
        let stretch_before = before.get(b_from..b_to).unwrap_or_default();
        let stretch_after = after.get(a_from..a_to).unwrap_or_default();
        if fits(stretch_before, stretch_after, STRETCH) {
            let found = subsequence(stretch_before, stretch_after);
            pairs.extend(found.into_iter().map(|(b, a)| (b + b_from + offset, a + a_from + offset)));
        }
        if b_to < before.len() && a_to < after.len() {
            pairs.push((b_to + offset, a_to + offset));
        }
        (b_from, a_from) = (b_to + 1, a_to + 1);
    }
}

/// The symbols that stand once in either sequence and keep their order, as many as possible (patience).
fn anchors(before: &[u32], after: &[u32]) -> Vec<(usize, usize)> {
    let (once_before, once_after) = (once(before), once(after));
    let place = |(at, symbol): (usize, &u32)| {
        once_before.get(symbol)?.as_ref()?;
        let there = (*once_after.get(symbol)?)?;
        Some((at, there))
    };
    rising(&before.iter().enumerate().filter_map(place).collect::<Vec<_>>())
}

/// Where each symbol stands; none where it stands more than once.
fn once(symbols: &[u32]) -> HashMap<u32, Option<usize>> {
    let mut places = HashMap::with_capacity(symbols.len());
    for (at, symbol) in symbols.iter().enumerate() {
        places.entry(*symbol).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

/// A longest run of pairs, ordered by their first, whose second rises too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new(); // the pair that ends the best run of each length
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(*end) < pair.1);
        previous.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(here) = at {
        run.extend(pairs.get(here).copied());
        at = previous.get(here).copied().flatten();
    }
    run.reverse();
    run
}

/// The longest common subsequence by rows of bits (Hyyrö 2004). A bit of a row is unset where the subsequence of
/// `after` up to that row and `before` up to that bit is longer than without it.
fn subsequence(before: &[u32], after: &[u32]) -> Vec<(usize, usize)> {
    if before.is_empty() || after.is_empty() {
        return Vec::new();
    }
    let width = before.len().div_ceil(64);
    let masks = masks(before, width);
    let mut rows: Vec<u64> = Vec::with_capacity(width * after.len());
    let mut row = vec![u64::MAX; width];
    for symbol in after {
        if let Some(mask) = masks.get(symbol) {
            step(&mut row, mask);
        }
        rows.extend_from_slice(&row);
    }
    let is_set = |at_after: usize, bit: usize| {
        rows.get(at_after * width + bit / 64).is_none_or(|w| w >> (bit % 64) & 1 == 1)
    };
    walk_back(before.len(), after.len(), is_set)
}

/// Which bits a symbol stands at.
fn masks(symbols: &[u32], width: usize) -> HashMap<u32, Vec<u64>> {
    let mut masks: HashMap<u32, Vec<u64>> = HashMap::with_capacity(symbols.len());
    for (at, symbol) in symbols.iter().enumerate() {
        let mask = masks.entry(*symbol).or_insert_with(|| vec![0; width]);
        if let Some(word) = mask.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }
    masks
}

/// `row = (row + (row & mask)) | (row - (row & mask))`, with the carry from word to word.
fn step(row: &mut [u64], mask: &[u64]) {
    let mut carry = false;
    for (word, mask) in row.iter_mut().zip(mask) {
        let both = *word & mask;
        let (sum, over) = word.overflowing_add(both);
        let (sum, over_carry) = sum.overflowing_add(u64::from(carry));
        carry = over || over_carry;
        *word = sum | (*word & !mask);
    }
}

fn walk_back(before: usize, after: usize, is_set: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut bit, mut row) = (before, after);
    while bit > 0 && row > 0 {
        if is_set(row - 1, bit - 1) {
            bit -= 1;
        } else {
            row -= 1;
            if row == 0 || is_set(row - 1, bit - 1) {
                bit -= 1;
                pairs.push((bit, row));
            }
        }
    }
    pairs.reverse();
    pairs
}
