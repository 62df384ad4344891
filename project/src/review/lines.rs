//! The lines that a change touches.

use std::ops::RangeInclusive;

use git2::Patch;

/// The lines of `after` that are new or other ones, from 1. Text that is only removed touches the line where it was.
pub(super) fn touched(before: &[u8], after: &[u8]) -> Vec<RangeInclusive<u32>> {
    let mut options = git2::DiffOptions::new();
    options.context_lines(0).force_text(true);
    let patch = Patch::from_buffers(before, None, after, None, Some(&mut options));
    let Ok(patch) = patch else { return vec![1..=u32::MAX] };
    let hunks = (0..patch.num_hunks()).filter_map(|index| patch.hunk(index).ok());
    hunks
        .map(|(hunk, _)| {
            let first = hunk.new_start().max(1);
            first..=first + hunk.new_lines().saturating_sub(1)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::touched;

    type Lines = &'static [(u32, u32)];

    #[test]
    fn lines_of_the_new_text() {
        let table: [(&str, &str, Lines); 6] = [
            ("a\nb\nc\n", "a\nb\nc\n", &[]),
            ("a\nb\nc\n", "a\nx\nc\n", &[(2, 2)]),
            ("a\nb\nc\n", "a\nb\nx\ny\nc\n", &[(3, 4)]),
            ("a\nb\nc\n", "a\nc\n", &[(1, 1)]),
            ("", "a\nb\n", &[(1, 2)]),
            ("a\nb\nc\nd\n", "x\nb\nc\ny\n", &[(1, 1), (4, 4)]),
        ];
        for (before, after, lines) in table {
            let found: Vec<(u32, u32)> = touched(before.as_bytes(), after.as_bytes())
                .into_iter()
                .map(|r| (*r.start(), *r.end()))
                .collect();
            assert_eq!(found, lines, "{before:?} to {after:?}");
        }
    }
}
