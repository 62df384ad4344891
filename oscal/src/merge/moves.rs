//! Items that stand at different places in different versions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::identity;
use super::walk::{Kind, Three};
use crate::schema::Definition;

/// Kind and name of an item that has its name to itself in the document.
pub(super) type Name = (&'static str, String);

/// An item that was moved, with all that the versions know of it.
pub(super) struct Moved<'v> {
    /// The item in each version.
    pub(super) item: Three<'v>,
    base: Option<String>,
    ours: Option<String>,
    theirs: Option<String>,
}

/// Whose place an item of the merged document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The one it has in our version.
    Ours,
    /// The one it has in theirs.
    Theirs,
    /// Both sides chose one, each another.
    Disputed,
}

impl Moved<'_> {
    /// Whose place counts. Where one side removed the item, the other one's.
    pub(super) fn place(&self) -> Place {
        match (&self.ours, &self.theirs) {
            (Some(ours), Some(theirs)) if ours == theirs => Place::Ours,
            (Some(ours), Some(_)) if self.base.as_ref() == Some(ours) => Place::Theirs,
            (Some(_), Some(theirs)) if self.base.as_ref() == Some(theirs) => Place::Ours,
            (Some(_), Some(_)) => Place::Disputed,
            (None, Some(_)) => Place::Theirs,
            _ => Place::Ours,
        }
    }
}

/// The items that do not stand at one place in all versions that have them.
pub(super) fn moved(document: Three<'_>, kind: Kind) -> BTreeMap<Name, Moved<'_>> {
    let index = |value| Index::of(value, kind);
    let (base, ours, theirs) = (index(document.base), index(document.ours), index(document.theirs));
    let names: BTreeSet<&Name> = base.keys().chain(ours.keys()).chain(theirs.keys()).collect();
    let mut moved = BTreeMap::new();
    for name in names {
        let found = [&base, &ours, &theirs].map(|index| index.get(name).cloned());
        if found.contains(&Some(None)) {
            continue; // it stands twice: nobody knows which is which
        }
        let [base, ours, theirs] = found.map(Option::flatten);
        let places: BTreeSet<&str> =
            [&base, &ours, &theirs].into_iter().flatten().map(|(place, _)| place.as_str()).collect();
        if places.len() > 1 {
            let (base, base_item) = base.unzip();
            let (ours, our_item) = ours.unzip();
            let (theirs, their_item) = theirs.unzip();
            let item = Three { base: base_item, ours: our_item, theirs: their_item };
            moved.insert(name.clone(), Moved { item, base, ours, theirs });
        }
    }
    moved
}

/// The items of one version by name, with the place where each stands: the name of the item that holds it, and the list. None
/// for a name that stands twice.
#[derive(Default)]
struct Index<'v> {
    found: Placed<'v>,
}

type Placed<'v> = BTreeMap<Name, Option<(String, &'v Value)>>;

impl<'v> Index<'v> {
    fn of(value: Option<&'v Value>, kind: Kind) -> Placed<'v> {
        let mut index = Self::default();
        value.into_iter().for_each(|value| index.object(value, kind, ""));
        index.found
    }

    fn object(&mut self, value: &'v Value, kind: Kind, place: &str) {
        for (key, member) in value.as_object().into_iter().flatten() {
            let kind = kind.member(key);
            let Kind::Object(definition) = kind else { continue };
            let place = format!("{place}/{key}");
            match member {
                Value::Array(items) => {
                    items.iter().for_each(|item| self.item(item, definition, &place));
                }
                member => self.object(member, kind, &place),
            }
        }
    }

    fn item(&mut self, item: &'v Value, definition: &'static Definition, place: &str) {
        let kind = Kind::Object(definition);
        let Some(name) = identity::own_name(definition, item) else { return self.object(item, kind, place) };
        let name = (definition.name, name.to_owned());
        let inside = format!("{}:{}", name.0, name.1);
        let entry = self.found.entry(name);
        entry.and_modify(|found| *found = None).or_insert(Some((place.to_owned(), item)));
        self.object(item, kind, &inside);
    }
}
