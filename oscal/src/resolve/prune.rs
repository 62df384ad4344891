//! What stays because something refers to it (specification, "Pruning and Ordering").

use std::collections::BTreeMap;

use serde::Serialize;

use super::trace::{Because, Referrer};
use crate::model::catalog::{Control, Group};

/// Objects that stay only where something refers to them.
pub(super) struct Prunable<'a> {
    /// Ids, and the place of each object in `texts`.
    ids: BTreeMap<&'a str, Vec<usize>>,
    /// The objects as JSON, and what each is.
    texts: Vec<(Referrer, String)>,
    kept: Vec<Option<Because>>,
    open: Vec<usize>,
}

impl<'a> Prunable<'a> {
    pub(super) fn new() -> Self {
        Self { ids: BTreeMap::new(), texts: Vec::new(), kept: Vec::new(), open: Vec::new() }
    }

    /// Adds an object, and why it is kept in any case.
    pub(super) fn add(
        &mut self,
        (id, what): (&'a str, Referrer),
        object: &impl Serialize,
        why: Option<Because>,
    ) {
        let at = self.texts.len();
        self.ids.entry(id).or_default().push(at);
        self.texts.push((what, text(object)));
        self.kept.push(None);
        if let Some(why) = why {
            self.keep(at, || why);
        }
    }

    /// Keeps what `object` refers to.
    pub(super) fn follow(&mut self, what: &Referrer, object: &impl Serialize) {
        self.follow_text(what, &text(object));
    }

    /// Keeps what controls and all in them refer to.
    pub(super) fn follow_controls(&mut self, controls: &[Control]) {
        for Control { id, class, title, params, props, links, parts, controls } in controls {
            self.follow(&Referrer::Control(id.clone()), &(id, class, title, params, props, links, parts));
            self.follow_controls(controls);
        }
    }

    /// Keeps what groups and all in them refer to.
    pub(super) fn follow_groups(&mut self, groups: &[Group]) {
        for Group { id, class, title, params, props, links, parts, groups, controls } in groups {
            let what = Referrer::Group(id.as_ref().unwrap_or(title).clone());
            self.follow(&what, &(id, class, title, params, props, links, parts));
            self.follow_groups(groups);
            self.follow_controls(controls);
        }
    }

    /// For each object, in the order in which they were added, why it stays: objects that stay keep those that they refer
    /// to (req-prune-ref).
    pub(super) fn finish(mut self) -> Vec<Option<Because>> {
        while let Some(at) = self.open.pop() {
            let entry = self.texts.get_mut(at);
            let Some((what, text)) = entry.map(|(what, text)| (what.clone(), std::mem::take(text))) else {
                continue;
            };
            self.follow_text(&what, &text);
        }
        self.kept
    }

    fn follow_text(&mut self, what: &Referrer, text: &str) {
        for id in references(text) {
            let found = self.ids.get(id).or_else(|| self.ids.get(id.trim_end_matches('.')));
            for at in found.cloned().unwrap_or_default() {
                self.keep(at, || Because::Referred(what.clone()));
            }
        }
    }

    fn keep(&mut self, at: usize, why: impl FnOnce() -> Because) {
        if let Some(kept @ None) = self.kept.get_mut(at) {
            *kept = Some(why());
            self.open.push(at);
        }
    }
}

fn text(object: &impl Serialize) -> String {
    serde_json::to_string(object).unwrap_or_default()
}

/// The ids that a text refers to: `#id`, and `{{ insert: param, id }}` with its older form `{{ id }}`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    let anchors = text.split('#').skip(1).map(token);
    let inserts = text.split("{{").skip(1).filter_map(|rest| rest.split("}}").next()).map(|inside| {
        let id = inside.rsplit([',', ':']).next().unwrap_or(inside);
        id.trim()
    });
    anchors.chain(inserts).filter(|id| !id.is_empty())
}

/// The token that a text begins with.
fn token(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "._-".contains(c))).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn forms_of_references() {
        let text = "see [x](#a-1) and #b_2. or {{ insert: param, c.3 }}, {{d}}; # none";
        assert_eq!(references(text).collect::<Vec<_>>(), ["a-1", "b_2.", "c.3", "d"]);
    }
}
