//! Texts compared line by line, such as the Rego of a metric.

use std::collections::HashMap;

use serde::Serialize;

use super::lcs;

/// A line of one or both of two texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Line {
    /// Its number before, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<usize>,
    /// Its number after, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<usize>,
    /// What it says, without the line end.
    pub text: String,
}

/// The lines in which two texts differ, each with up to `context` lines before and after it that they share; none where they
/// are the same.
pub fn lines(before: &str, after: &str, context: usize) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut numbers = HashMap::new();
    let mut numbered = |lines: &[&str]| -> Vec<u32> {
        let number = |line: &&str| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry((*line).to_owned()).or_insert(next)
        };
        lines.iter().map(number).collect()
    };
    let pairs = lcs::common(&numbered(&old), &numbered(&new));
    let all = all(&pairs, &old, &new);
    let differs: Vec<usize> = all
        .iter()
        .enumerate()
        .filter(|(_, line)| line.before.is_none() || line.after.is_none())
        .map(|(at, _)| at)
        .collect();
    let near = |at: usize| {
        let next = differs.partition_point(|other| *other < at);
        let around =
            [next.checked_sub(1), Some(next)].into_iter().flatten().filter_map(|place| differs.get(place));
        around.into_iter().any(|other| other.abs_diff(at) <= context)
    };
    all.into_iter().enumerate().filter(|(at, _)| near(*at)).map(|(_, line)| line).collect()
}

fn all(pairs: &[(usize, usize)], old: &[&str], new: &[&str]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(old.len().max(new.len()));
    let (mut b, mut a) = (0, 0);
    let text = |lines: &[&str], at: usize| lines.get(at).copied().unwrap_or_default().to_owned();
    for &(b_to, a_to) in pairs.iter().chain([&(old.len(), new.len())]) {
        lines.extend((b..b_to).map(|at| Line { before: Some(at + 1), after: None, text: text(old, at) }));
        lines.extend((a..a_to).map(|at| Line { before: None, after: Some(at + 1), text: text(new, at) }));
        if b_to < old.len() && a_to < new.len() {
            lines.push(Line { before: Some(b_to + 1), after: Some(a_to + 1), text: text(new, a_to) });
        }
        (b, a) = (b_to + 1, a_to + 1);
    }
    lines
}
