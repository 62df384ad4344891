//! Versions of software: which is earlier, and whether one lies in a range.

use std::cmp::Ordering;

/// Which of two versions is earlier. None where nobody can tell: a word against a number, such as `1.0-rc1` against `1.0`.
pub(super) fn compare(one: &str, other: &str) -> Option<Ordering> {
    let parts = |text: &str| -> Vec<String> {
        let text = text.trim().trim_start_matches(['v', 'V']);
        text.split(['.', '-', '_', '+', '~', ':']).map(str::to_ascii_lowercase).collect()
    };
    let (one, other) = (parts(one), parts(other));
    for index in 0..one.len().max(other.len()) {
        let zero = "0".to_owned();
        let (a, b) = (one.get(index).unwrap_or(&zero), other.get(index).unwrap_or(&zero));
        let order = match (a.parse::<u64>(), b.parse::<u64>()) {
            (Ok(a), Ok(b)) => a.cmp(&b),
            _ if a == b => Ordering::Equal,
            _ => return None,
        };
        if order != Ordering::Equal {
            return Some(order);
        }
    }
    Some(Ordering::Equal)
}

/// A bound of a range: the comparator and the version.
type Bound<'r> = (&'r str, &'r str);

/// Whether a version lies in a range as `vers:npm/>=1.0|<2.0`, or bare as `>=1.0|<2.0` or `<2.0`. None where nobody can tell.
pub(super) fn contains(range: &str, version: &str) -> Option<bool> {
    let bare =
        range.strip_prefix("vers:").and_then(|rest| rest.split_once('/')).map_or(range, |(_, bounds)| bounds);
    if bare.trim() == "*" {
        return Some(true);
    }
    let bounds: Vec<Bound<'_>> =
        bare.split(['|', ',']).map(|text| bound(text.trim())).collect::<Option<_>>()?;
    let mut ordered = Vec::new();
    for (comparator, of) in bounds {
        let order = compare(version, of)?;
        match (comparator, order) {
            ("=" | "<=" | ">=", Ordering::Equal) => return Some(true),
            ("!=" | "<" | ">", Ordering::Equal) => return Some(false),
            ("=" | "!=", _) => {}
            _ => ordered.push((comparator, order)),
        }
    }
    Some(is_between(&ordered))
}

/// A bound; a bare word is none, since a range in sentences has such too.
fn bound(text: &str) -> Option<Bound<'_>> {
    let comparator = ["<=", ">=", "!=", "<", ">", "="].into_iter().find(|known| text.starts_with(known))?;
    let version = text.strip_prefix(comparator)?.trim();
    let is_version = version.starts_with(|c: char| c.is_ascii_digit() || c == 'v')
        && !version.contains(char::is_whitespace);
    is_version.then_some((comparator, version))
}

/// Whether a version that compares so with bounds in ascending order lies between two of them, before the first or after the last.
fn is_between(ordered: &[(&str, Ordering)]) -> bool {
    let is_below =
        |(comparator, order): &(&str, Ordering)| comparator.starts_with('<') && *order == Ordering::Less;
    let is_above =
        |(comparator, order): &(&str, Ordering)| comparator.starts_with('>') && *order == Ordering::Greater;
    let between =
        ordered.iter().zip(ordered.iter().skip(1)).any(|(low, high)| is_above(low) && is_below(high));
    between || ordered.first().is_some_and(is_below) || ordered.last().is_some_and(is_above)
}
