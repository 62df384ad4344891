//! Three-way merge of OSCAL documents: what two sides made of one document, put together.
//!
//! Items of lists are known by what the model says of them - `uuid`, `id`, what they are about (`control-id`, `param-id`), name and
//! namespace - and are merged one by one, wherever they stand. A value is in conflict only where both sides changed it, each
//! differently, or where one side removed what the other changed. Prose is merged line by line, lists of plain values as sets
//! that keep their order. [docs/git.md](https://w3id.org/probity/docs/git) has the rules.

mod comments;
pub(crate) mod identity;
mod markers;
mod matching;
mod moves;
mod order;
mod origin;
mod sequence;
mod settle;
mod text;
mod walk;

use std::fmt;

use probity_diagnostics::Pointer;
use serde_json::Value;

use origin::Origins;
use walk::{Kind, Three, Walk};

pub use text::{Labels, MergedText, Versions, merge_texts};

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The side that is merged into.
    Ours,
    /// The side that is merged.
    Theirs,
}

/// Why two versions cannot be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Both sides changed or added it, each differently.
    ChangedByBoth,
    /// We removed what they changed.
    RemovedByUs,
    /// They removed what we changed.
    RemovedByThem,
    /// Both sides moved it, each to another place.
    MovedByBoth,
    /// Each side left something of a list that must not be empty, and nothing is left of both.
    NothingLeft,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ChangedByBoth => "both sides changed it, each differently",
            Self::RemovedByUs => "we removed what they changed",
            Self::RemovedByThem => "they removed what we changed",
            Self::MovedByBoth => "both sides moved it, each to another place",
            Self::NothingLeft => "nothing is left of what each side kept",
        })
    }
}

/// A place at which two versions cannot be put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Why.
    pub reason: Reason,
    /// The place in the merged document.
    pub pointer: Pointer,
    /// The `id` or `uuid` of the innermost item that holds it, or that it is.
    pub item: Option<String>,
    /// What stood there; none where nothing did.
    pub base: Option<Value>,
    /// What we made of it; none where we removed it.
    pub ours: Option<Value>,
    /// What they made of it; none where they removed it.
    pub theirs: Option<Value>,
}

/// A merged document.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The document, with one side's value wherever there is a conflict.
    pub value: Value,
    /// The conflicts, in the order of a walk through the document.
    pub conflicts: Vec<Conflict>,
}

/// Merges two versions of a document, objects with the key of their model. `base` is what both came from; `Value::Null` where
/// they have no common origin. Conflicts are settled for now in `favour` of one side.
pub fn merge(base: &Value, ours: &Value, theirs: &Value, favour: Side) -> Merged {
    let (value, walk) = walked([base, ours, theirs], Kind::Root, favour, Origins::default());
    Merged { value, conflicts: walk.conflicts }
}

fn walked(
    [base, ours, theirs]: [&Value; 3],
    kind: Kind,
    favour: Side,
    origins: Origins,
) -> (Value, Walk<'_>) {
    let base = Some(base).filter(|base| !base.is_null());
    let three = Three { base, ours: Some(ours), theirs: Some(theirs) };
    let moved = moves::moved(three, kind);
    let mut walk =
        Walk { favour, moved, conflicts: Vec::new(), origins, pointer: Pointer::root(), inside: Vec::new() };
    let value = walk.value(three, kind).unwrap_or(Value::Null);
    (value, walk)
}
