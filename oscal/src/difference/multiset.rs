//! Values of a list of which each may stand several times.

use std::borrow::Cow;
use std::collections::HashMap;

/// The values and where they stand.
pub(super) struct Multiset<'v> {
    values: Vec<(Cow<'v, str>, bool)>,
    places: HashMap<String, Vec<usize>>,
}

impl<'v> Multiset<'v> {
    /// Takes up values.
    pub(super) fn of(values: impl Iterator<Item = Cow<'v, str>>) -> Self {
        let values: Vec<(Cow<'v, str>, bool)> = values.map(|value| (value, true)).collect();
        let mut places: HashMap<String, Vec<usize>> = HashMap::with_capacity(values.len());
        for (at, (value, _)) in values.iter().enumerate().rev() {
            places.entry(value.clone().into_owned()).or_default().push(at);
        }
        Self { values, places }
    }

    /// Takes one of a value out; says whether there was one.
    pub(super) fn take(&mut self, value: &str) -> bool {
        let place = self.places.get_mut(value).and_then(Vec::pop);
        let entry = place.and_then(|at| self.values.get_mut(at));
        entry.is_some_and(|entry| std::mem::replace(&mut entry.1, false))
    }

    /// What was not taken, in order.
    pub(super) fn left(self) -> Vec<(usize, Cow<'v, str>)> {
        let left = self.values.into_iter().enumerate().filter(|(_, (_, left))| *left);
        left.map(|(at, (value, _))| (at, value)).collect()
    }
}
