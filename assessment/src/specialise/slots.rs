//! Where a program finds what it reads of a resource.
//!
//! `input.automaticUpdates.enabled` becomes `input[0]`: the values that the checks of a type read are looked up once, and
//! handed over as a list. What was looked up in vain is undefined there, as it is in the resource.

use std::collections::BTreeMap;

use crate::engine::{Form, Places};
use crate::rego::RegoModule;
use crate::rego::edit::Edit;

/// The paths that a program reads below `input`, with the number of each.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots(BTreeMap<(Vec<String>, Form), usize>);

impl Slots {
    /// The values to hand over.
    pub(super) fn places(&self) -> Places {
        Places::new(&self.0)
    }

    /// The number under which the value at `path` is handed over.
    pub(super) fn number(&mut self, path: &[String], form: Form) -> usize {
        let next = self.0.len();
        *self.0.entry((path.to_vec(), form)).or_insert(next)
    }

    /// The edits that put numbers in place of the paths of a module.
    pub(super) fn edits(&mut self, module: &RegoModule) -> Vec<Edit> {
        let mut edits: Vec<Edit> = Vec::new();
        for rule in &module.ast.rules {
            rule.visit(&mut |expr| {
                let span = expr.span();
                let within =
                    edits.last().is_some_and(|last| last.start <= span.start && span.end <= last.end);
                if within {
                    return;
                }
                let path = module.resolve(expr).unwrap_or_default();
                if let Some(("input", path)) = path.split_first().map(|(root, path)| (root.as_str(), path)) {
                    let number = self.number(path, Form::AsIs);
                    edits.push(Edit { start: span.start, end: span.end, text: format!("input[{number}]") });
                }
            });
        }
        edits
    }
}

/// Whether a text reads `input` by numbers only; where the word stands in a text or a name it may say no without need.
pub(super) fn is_numbered(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.lines().filter(|line| !line.trim_start().starts_with('#')).all(|line| {
        line.match_indices("input").all(|(at, word)| {
            let before = line.get(..at).unwrap_or_default();
            let after = line.get(at + word.len()..).unwrap_or_default();
            let in_a_word = before.ends_with(is_part) || after.starts_with(is_part);
            let number = after.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            in_a_word || number.is_some_and(|(digits, _)| digits.parse::<usize>().is_ok())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::is_numbered;

    #[test]
    fn a_read_that_has_no_number_is_seen() {
        for text in ["input[0] == input[12]", "some_input[x]", "# input.x\nx := input[3].y", "inputs.y"] {
            assert!(is_numbered(text), "{text}");
        }
        for text in ["input.x", "input", "x in input", "input[x]", "input[0] == input", "import input.x as y"]
        {
            assert!(!is_numbered(text), "{text}");
        }
    }
}
