use std::collections::BTreeMap;

use super::Found;
use crate::location::Pointer;

/// Pointers that are looked for in one pass, as a tree of their tokens.
#[derive(Default)]
pub(super) struct Wanted {
    /// The numbers of the pointers that end here.
    ends: Vec<usize>,
    below: BTreeMap<String, Wanted>,
}

impl Wanted {
    pub(super) fn of(pointers: &[&Pointer]) -> Self {
        let mut root = Self::default();
        for (number, pointer) in pointers.iter().enumerate() {
            let end = pointer.tokens().fold(&mut root, |node, token| node.below.entry(token).or_default());
            end.ends.push(number);
        }
        root
    }

    /// Whether something ends at this value, so that its own extent is needed.
    pub(super) fn is_end(&self) -> bool {
        !self.ends.is_empty()
    }

    /// Whether something lies inside this value.
    pub(super) fn leads_on(&self) -> bool {
        !self.below.is_empty()
    }

    /// What lies inside an object, by name.
    pub(super) fn members(&self) -> BTreeMap<&str, &Self> {
        self.below.iter().map(|(name, wanted)| (name.as_str(), wanted)).collect()
    }

    /// What lies inside a list, by number; and what cannot lie in any.
    pub(super) fn elements(&self) -> (BTreeMap<usize, &Self>, Vec<&Self>) {
        let (mut numbered, mut others) = (BTreeMap::new(), Vec::new());
        for (token, wanted) in &self.below {
            match token.parse::<usize>() {
                Ok(number) if number.to_string() == *token => drop(numbered.insert(number, wanted)),
                _ => others.push(wanted),
            }
        }
        (numbered, others)
    }

    /// Everything inside.
    pub(super) fn all(&self) -> Vec<&Self> {
        self.below.values().collect()
    }

    /// Notes where what ends at this value stands.
    pub(super) fn note(&self, found: &Found, out: &mut [Option<Found>]) {
        for number in &self.ends {
            if let Some(slot) = out.get_mut(*number) {
                *slot = Some(found.clone());
            }
        }
    }

    /// Notes the innermost value that there is for all that was wanted further in.
    pub(super) fn note_all(&self, found: &Found, out: &mut [Option<Found>]) {
        self.note(found, out);
        self.below.values().for_each(|wanted| wanted.note_all(found, out));
    }
}
