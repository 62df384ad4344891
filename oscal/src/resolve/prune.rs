//! What stays because something refers to it (specification, "Pruning and Ordering").

use std::collections::BTreeMap;

use serde::Serialize;

use super::trace::Because;

/// Objects that stay only where something refers to them.
pub(super) struct Prunable<'a> {
    /// Ids, and the place of each object in `texts`.
    ids: BTreeMap<&'a str, Vec<usize>>,
    /// The objects as JSON.
    texts: Vec<String>,
    kept: Vec<Option<Because>>,
    open: Vec<usize>,
}

impl<'a> Prunable<'a> {
    pub(super) fn new() -> Self {
        Self { ids: BTreeMap::new(), texts: Vec::new(), kept: Vec::new(), open: Vec::new() }
    }

    /// Adds an object, and why it is kept in any case.
    pub(super) fn add(&mut self, id: &'a str, object: &impl Serialize, why: Option<Because>) {
        let at = self.texts.len();
        self.ids.entry(id).or_default().push(at);
        self.texts.push(text(object));
        self.kept.push(None);
        if let Some(why) = why {
            self.keep(at, why);
        }
    }

    /// Keeps what `object` refers to.
    pub(super) fn follow(&mut self, object: &impl Serialize) {
        self.follow_text(&text(object));
    }

    /// For each object, in the order in which they were added, why it stays: objects that stay keep those that they refer
    /// to (req-prune-ref).
    pub(super) fn finish(mut self) -> Vec<Option<Because>> {
        while let Some(at) = self.open.pop() {
            let text = self.texts.get_mut(at).map(std::mem::take).unwrap_or_default();
            self.follow_text(&text);
        }
        self.kept
    }

    fn follow_text(&mut self, text: &str) {
        for id in references(text) {
            let found = self.ids.get(id).or_else(|| self.ids.get(id.trim_end_matches('.')));
            for at in found.cloned().unwrap_or_default() {
                self.keep(at, Because::Referred);
            }
        }
    }

    fn keep(&mut self, at: usize, why: Because) {
        if let Some(kept @ None) = self.kept.get_mut(at) {
            *kept = Some(why);
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
