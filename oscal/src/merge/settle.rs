//! Values that have a rule of their own.

use std::collections::HashSet;
use std::ops::Range;

use jiff::Timestamp;
use serde_json::Value;

use super::sequence::{self, Stretch};
use super::walk::{Kind, Three};
use crate::schema::Datatype;

/// A member that both sides changed, each differently, and that is no conflict for all that: the later `last-modified`, and our
/// `uuid` of the document, which stands for nothing but that it changed.
pub(super) fn member(three: Three<'_>, kind: Kind, key: &str) -> Option<Value> {
    let Three { base, ours: Some(ours), theirs: Some(theirs) } = three else { return None };
    if ours == theirs || base == Some(ours) || base == Some(theirs) {
        return None;
    }
    let Kind::Object(definition) = kind else { return None };
    match (definition.name, key) {
        ("metadata", "last-modified") => {
            let time = |value: &Value| value.as_str()?.parse::<Timestamp>().ok();
            let (mine, other) = (time(ours)?, time(theirs)?);
            Some(if other > mine { theirs } else { ours }.clone())
        }
        (name, "uuid") if crate::schema::Root::of(name).is_some() => Some(ours.clone()),
        _ => None,
    }
}

/// A text that both sides changed: prose, line by line. None where they changed the same line, and for text that is no prose.
pub(super) fn text(base: Option<&str>, ours: &str, theirs: &str, kind: Kind) -> Option<String> {
    let Kind::Scalar(Datatype::MarkupMultiline) = kind else { return None };
    lines(base?, ours, theirs)
}

/// Merges texts line by line; none where both changed the same lines.
pub(super) fn lines(base: &str, ours: &str, theirs: &str) -> Option<String> {
    by_line(base, ours, theirs, |_| None)
}

/// Makes of a text what was made of another one that says the same in another layout. Where both differ from `old`, the new
/// lines stand.
pub(super) fn patched(old: &str, text: &str, new: &str) -> String {
    by_line(old, text, new, Some).unwrap_or_else(|| new.to_owned())
}

/// Merges texts line by line; `settle` says which lines of theirs stand where both changed them, if any do.
fn by_line(
    base: &str,
    ours: &str,
    theirs: &str,
    settle: impl Fn(Range<usize>) -> Option<Range<usize>>,
) -> Option<String> {
    let split = |text: &'_ str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
    let ended = |text: &str| if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
    // whether the last line ends in a line feed is a change of its own, not one of the line
    let (b, o, t) = (split(&ended(base)), split(&ended(ours)), split(&ended(theirs)));
    let mut merged = String::with_capacity(ours.len().max(theirs.len()));
    for stretch in sequence::merge(&b, &o, &t) {
        let lines = match stretch {
            Stretch::Base(range) => b.get(range),
            Stretch::Ours(range) => o.get(range),
            Stretch::Theirs(range) => t.get(range),
            Stretch::Conflict { theirs, .. } => t.get(settle(theirs)?),
        };
        lines.unwrap_or_default().iter().for_each(|line| merged.push_str(line));
    }
    let ends = |text: &str| text.ends_with('\n');
    let wanted = if ends(ours) == ends(base) { ends(theirs) } else { ends(ours) };
    if !wanted {
        merged.pop();
    }
    Some(merged)
}

/// Whether both sides took the same value out of a list and put another one there, each another: what a parameter is set to, or
/// a choice in words. Of ids no two are the same thing.
pub(super) fn replaced_by_both(datatype: Datatype, base: &[Value], ours: &[Value], theirs: &[Value]) -> bool {
    let in_words = matches!(
        datatype,
        Datatype::String
            | Datatype::MarkupLine
            | Datatype::MarkupMultiline
            | Datatype::Integer
            | Datatype::NonNegativeInteger
            | Datatype::PositiveInteger
            | Datatype::Decimal
            | Datatype::Date
            | Datatype::DateTimeWithTimezone
    );
    let text = |list: &[Value]| -> HashSet<String> { list.iter().map(Value::to_string).collect() };
    let (base, ours, theirs) = (text(base), text(ours), text(theirs));
    in_words
        && base.iter().any(|value| !ours.contains(value) && !theirs.contains(value))
        && ours.iter().any(|value| !base.contains(value) && !theirs.contains(value))
        && theirs.iter().any(|value| !base.contains(value) && !ours.contains(value))
}
