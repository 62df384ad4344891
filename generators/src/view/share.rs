//! How limits on a whole report are shared out among its checks.

/// The most that each of `counts` may have, if all together may have no more than `budget`: who needs less than an even
/// share leaves the rest to the others.
pub(super) fn even_share(counts: &[usize], budget: usize) -> usize {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let mut left = budget;
    for (at, count) in sorted.iter().enumerate() {
        let share = left / (sorted.len() - at);
        if *count > share {
            return share;
        }
        left -= count;
    }
    usize::MAX
}

#[cfg(test)]
mod tests {
    use super::even_share;

    #[test]
    fn what_small_checks_leave_goes_to_the_large_ones() {
        assert_eq!(even_share(&[1, 2, 3], 6), usize::MAX);
        assert_eq!(even_share(&[1, 100, 100], 101), 50);
        assert_eq!(even_share(&[10, 10], 5), 2);
        assert_eq!(even_share(&[], 5), usize::MAX);
    }
}
