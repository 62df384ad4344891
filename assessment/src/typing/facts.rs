//! What the statements of a body tell about values: guards narrow what comes after them.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{Abstract, Kind, Path};

/// What is known of places because a statement holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// What a place can still be.
    kinds: BTreeMap<Path, Vec<Kind>>,
    /// Places that are not null.
    present: BTreeSet<Path>,
    /// Lists that are not empty.
    filled: BTreeSet<Path>,
    /// Lists of which a statement asks what they are, so that an empty one is meant.
    weighed: BTreeSet<Path>,
}

impl Facts {
    /// A value with what is known of its place.
    pub(super) fn apply(&self, mut value: Abstract) -> Abstract {
        let Some(path) = &value.path else { return value };
        if let Some(kinds) = self.kinds.get(path) {
            value.kinds.clone_from(kinds);
        }
        if self.present.contains(path) {
            value.kinds.retain(|kind| *kind != Kind::Null);
            value.undefined = false;
        }
        if self.filled.contains(path) {
            for kind in &mut value.kinds {
                if let Kind::List(list) = kind {
                    list.filled = true;
                }
            }
        }
        value
    }

    /// The place of `value` can only be one of `kinds`.
    pub(super) fn narrow(&mut self, value: &Abstract, kinds: Vec<Kind>) {
        if let Some(path) = &value.path {
            self.kinds.insert(path.clone(), kinds);
        }
    }

    /// The value is there: so is everything on the way to it.
    pub(super) fn defined(&mut self, value: &Abstract) {
        let Some(path) = &value.path else { return };
        for length in 1..path.steps.len() {
            let steps = path.steps.iter().take(length).cloned().collect();
            self.present.insert(Path { base: path.base, steps });
        }
    }

    pub(super) fn present(&mut self, value: &Abstract) {
        self.defined(value);
        self.present.extend(value.path.clone());
    }

    pub(super) fn filled(&mut self, value: &Abstract) {
        self.present(value);
        self.filled.extend(value.path.clone());
    }

    /// The list has elements, if it is not null.
    pub(super) fn filled_unless_null(&mut self, value: &Abstract) {
        self.filled.extend(value.path.clone());
    }

    pub(super) fn weigh(&mut self, value: &Abstract) {
        self.weighed.extend(value.path.clone());
    }

    pub(super) fn is_weighed(&self, value: &Abstract) -> bool {
        value.path.as_ref().is_some_and(|path| self.weighed.contains(path))
    }
}
