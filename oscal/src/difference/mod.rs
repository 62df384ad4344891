//! What differs between two documents of one model, as data.
//!
//! Documents are compared along the table of their model: items of lists are matched by what the model knows them by (ids,
//! uuids, what they refer to, titles), and the order of a list counts only where it means something. Groups and controls
//! are matched over the whole catalog, so that one that moved is not one removed and one added; what became of a withdrawn
//! control is told by its links, by mapping collections, or by its words. Prose is compared word by word.
//!
//! What means nothing is left out: the amount of blank space in prose, uuids of what is otherwise the same and references to
//! them, when a document was last modified, when evidence was collected.

mod catalog;
mod data;
mod keys;
mod kin;
mod lcs;
mod lines;
mod multiset;
mod names;
mod note;
mod order;
mod pairs;
mod profile;
pub mod results;
mod walk;
mod words;

use std::fmt;

use probity_diagnostics::Pointer;
use serde_json::Value;

pub use data::{
    About, Change, Detail, DetailChange, Difference, Item, Kin, Named, Outcome, Piece, Relation, Side,
};

pub use lines::{Line, lines};

use crate::schema::{Definition, Root};
use walk::{Object, Walk};

/// What helps to compare.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'v> {
    /// Mapping collections, with the key of the model: controls that they call equal or equivalent are the same under
    /// two ids.
    pub mappings: &'v [&'v Value],
}

/// Why two values cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotComparable {
    /// There is no document on either side.
    Nothing,
    /// A value is no OSCAL document.
    NoModel,
    /// The documents are of two models, by their keys.
    OtherModel(&'static str, &'static str),
}

impl fmt::Display for NotComparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("there is no document to compare"),
            Self::NoModel => f.write_str("this is no OSCAL document"),
            Self::OtherModel(before, after) => {
                write!(f, "a document of model `{before}` and one of model `{after}` have nothing to compare")
            }
        }
    }
}

impl std::error::Error for NotComparable {}

/// What differs between two documents, each a value with the key of its model at the root, as [`crate::Loaded`] has it. Where
/// one side is missing, the document as a whole was added or removed.
///
/// Values need not be valid: what the model does not know is compared as it is.
///
/// # Errors
/// The values are no documents, or documents of two models.
pub fn difference(
    before: Option<&Value>,
    after: Option<&Value>,
    options: Options<'_>,
) -> Result<Difference, NotComparable> {
    let old = before.map(|value| model(value).ok_or(NotComparable::NoModel)).transpose()?;
    let new = after.map(|value| model(value).ok_or(NotComparable::NoModel)).transpose()?;
    let root = match (&old, &new) {
        (None, None) => return Err(NotComparable::Nothing),
        (Some((old, _)), Some((new, _))) if old.key != new.key => {
            return Err(NotComparable::OtherModel(old.key, new.key));
        }
        (Some((root, _)), _) | (None, Some((root, _))) => *root,
    };
    let (old, new) = (old.map(|old| old.1), new.map(|new| new.1));
    let mut walk = Walk::from(Pointer::root().key(root.key));
    walk.document(root.definition, old, new, options.mappings);
    let outcome = outcome(before, after, &walk);
    let items = order::sorted(walk.items);
    Ok(Difference {
        model: root.key,
        outcome,
        before: before.and_then(|value| value.get(root.key)).map(names::side),
        after: after.and_then(|value| value.get(root.key)).map(names::side),
        totals: order::totals(&items),
        items,
    })
}

/// The model that a value holds, and its members.
fn model(value: &Value) -> Option<(&'static Root, &Object)> {
    let mut members = value.as_object()?.iter();
    members.find_map(|(key, model)| Some((Root::of(key)?, model.as_object()?)))
}

fn outcome(before: Option<&Value>, after: Option<&Value>, walk: &Walk<'_>) -> Outcome {
    match (before, after) {
        (None, _) => Outcome::Added,
        (_, None) => Outcome::Removed,
        _ if walk.items.iter().any(|item| item.kind != "metadata") => Outcome::Changed,
        _ if walk.immaterial || !walk.items.is_empty() => Outcome::Metadata,
        _ => Outcome::Same,
    }
}

impl<'v> Walk<'v> {
    /// Compares two documents, or tells what one holds.
    fn document(
        &mut self,
        of: &'static Definition,
        before: Option<&'v Object>,
        after: Option<&'v Object>,
        mappings: &[&'v Value],
    ) {
        for side in [before, after].into_iter().flatten() {
            self.note_titles(side);
        }
        if let (Some(before), Some(after)) = (before, after) {
            // what others refer to comes first, so that references to it are known to be the same
            let first = ["metadata", "back-matter"];
            self.open(of, "document", (Some(before), Some(after)));
            for key in first {
                self.member(of, key, before, after);
            }
            self.object(of, before, after, if of.name == "catalog" { &SKIPPED } else { &first });
            self.close();
        }
        if of.name == "catalog" {
            self.catalogs(of, before, after, mappings);
        } else if let (None, Some(only)) = (before, after) {
            self.contents(of, only, walk::Alone::After);
        } else if let (Some(only), None) = (before, after) {
            self.contents(of, only, walk::Alone::Before);
        }
    }

    fn member(&mut self, of: &'static Definition, key: &'static str, before: &'v Object, after: &'v Object) {
        match (before.get(key), after.get(key)) {
            (Some(before), Some(after)) => self.both(of, key, before, after),
            (Some(gone), None) => self.alone(of, key, gone, walk::Alone::Before),
            (None, Some(new)) => self.alone(of, key, new, walk::Alone::After),
            (None, None) => {}
        }
    }

    /// The items of a document that stands on one side only.
    fn contents(&mut self, of: &'static Definition, model: &'v Object, side: walk::Alone) {
        for (key, value) in
            model.iter().filter(|(key, _)| !["metadata", "back-matter"].contains(&key.as_str()))
        {
            self.alone(of, key, value, side);
        }
    }

    fn note_titles(&mut self, model: &'v Object) {
        let inside = |outer: &str, key: &str| model.get(outer).and_then(|outer| outer.get(key));
        self.titles.note(inside("metadata", "parties"));
        self.titles.note(inside("metadata", "locations"));
        self.titles.note(inside("back-matter", "resources"));
        self.titles.note(model.get("components"));
        for outer in ["system-implementation", "local-definitions"] {
            for key in ["components", "users", "inventory-items", "activities"] {
                self.titles.note(inside(outer, key));
            }
        }
    }
}

/// What a catalog's own members are compared without.
const SKIPPED: [&str; 4] = ["metadata", "back-matter", "groups", "controls"];
