//! Words of findings: how nodes are called, and what constraints without a message mean.

use probity_diagnostics::nearest;

use super::rule::{Origin, Rule};
use crate::metapath::{NodeId, NodeKind, Tree};

/// A node in words: `name` of `prop`, `control`.
pub(super) fn noun(tree: &Tree<'_>, node: NodeId) -> String {
    let name = |node| tree.name(node).map_or("document", |name| name.text());
    match (tree.kind(node), tree.parent(node)) {
        (NodeKind::Flag, Some(holder)) => format!("`{}` of `{}`", name(node), name(holder)),
        _ => format!("`{}`", name(node)),
    }
}

/// The identifier that was probably meant. Identifiers count: `ac-2` is no slip of `ac-3`, and short ones say too little.
pub(super) fn slip<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if given.len() < 5 || given.contains("://") {
        return None;
    }
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let own = digits(given);
    let near = |other: &&str| other.len().abs_diff(given.len()) <= 2 && digits(other) == own;
    nearest(given, known.into_iter().filter(near))
}

/// Where the objects of an index stand, as the end of a sentence.
pub(super) fn whole_noun(rule: &Rule) -> String {
    match &rule.origin {
        Origin::Model(declaration) => format!(" to `{}`", declaration.name()),
        Origin::File(..) => String::new(),
    }
}

/// Message and help of constraints that the Metaschema gives no message.
pub(super) fn say(id: &str) -> Option<(&'static str, &'static str)> {
    Some(match id {
        "oscal-catalog-control-require-statement-when-not-withdrawn" => (
            "a control that is not withdrawn needs a part `statement`",
            "add the statement, or the prop `status` with the value `withdrawn`",
        ),
        "oscal-method-part-has-method-prop" => (
            "an assessment method needs a prop `method`",
            "add the prop with `EXAMINE`, `INTERVIEW` or `TEST`",
        ),
        "oscal-profile-req-merge-combine" => {
            ("the combination method `merge` is not defined", "use `use-first`, or `keep`")
        }
        "oscal-back-matter-resource-citation-title" => {
            ("a resource with a citation needs a title", "add a title to the resource")
        }
        "oscal-metadata-link-uri-reference-no-media-type" => (
            "a link into the document has no media type",
            "remove `media-type`: the resource that is linked has its own",
        ),
        "oscal-assesment-part-objective-cardinality" => {
            ("an objective needs a prop `method`", "add the prop with `EXAMINE`, `INTERVIEW` or `TEST`")
        }
        "oscal-assessment-objective-cardinality" => (
            "an entry of `objectives-and-methods` has one objective at the most",
            "write an entry for each objective",
        ),
        "oscal-assessment-method-cardinality" => (
            "the methods of an entry of `objectives-and-methods` have one prop `method` together",
            "write an entry for each method, with the prop `method`",
        ),
        "oscal-assessment-objects-cardinality" => (
            "the methods of an entry of `objectives-and-methods` have one part `assessment-objects` together",
            "write an entry for each method, with the part `assessment-objects`",
        ),
        "oscal-assessment-method-id-cardinality" => (
            "the objective of an entry of `objectives-and-methods` needs a prop `method-id`",
            "add the prop, which names the method",
        ),
        "oscal-activity-type-cardinality" => {
            ("an activity needs a prop `method`", "add the prop with `EXAMINE`, `INTERVIEW` or `TEST`")
        }
        "oscal-metadata-location-title-address-email-address-telephone-cardinality" => (
            "a location needs a title, an address, an email address or a telephone number",
            "add one of them",
        ),
        _ => return None,
    })
}
