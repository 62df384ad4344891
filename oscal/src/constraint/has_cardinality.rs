//! `has-cardinality`: there are so many targets.

use super::codes;
use super::report::Report;
use super::site::Site;
use super::words::{noun, say};
use crate::metapath::Node;
use crate::schema::Range;

/// Looks at the targets that were found from a node.
pub(super) fn check<'t>(range: Range, site: &Site<'t>, targets: &[Node<'t>], report: &mut Report<'t>) {
    let count = u32::try_from(targets.len()).unwrap_or(u32::MAX);
    let surplus = range.max.filter(|max| count > *max);
    if count >= range.min && surplus.is_none() {
        return;
    }
    let (from, what) = (site.id(), &site.rule.target.text);
    let expected = match (range.min, range.max) {
        (min, None) => format!("at least {min}"),
        (0, Some(max)) => format!("at most {max}"),
        (min, Some(max)) if min == max => format!("exactly {min}"),
        (min, Some(max)) => format!("{min} to {max}"),
    };
    let first_surplus = surplus.and_then(|max| targets.get(max as usize)).map(|node| node.id);
    let at = first_surplus.unwrap_or(from);
    let words = say(&site.rule.id);
    let message = words.map_or_else(
        || format!("{} has {count} of `{what}`, expected {expected}", noun(report.tree(), from)),
        |(message, _)| format!("{message}, found {count}"),
    );
    let label = if first_surplus.is_some() { "one too many" } else { "too few stand here" };
    let finding = site.finding(&codes::HAS_CARDINALITY, message, report.place(at)).label(label);
    report.add(at, words.into_iter().fold(finding, |finding, (_, help)| finding.help(help)));
}
