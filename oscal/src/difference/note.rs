//! What the walk notes: details at the place where it is, and what they are called.

use std::borrow::Cow;

use probity_diagnostics::Pointer;

use super::data::{About, Detail, DetailChange};
use super::names;
use super::walk::{Alone, Label, Token, Walk};
use super::words;

impl<'v> Walk<'v> {
    /// Where the walk is, on one side.
    pub(super) fn place(&self, side: Alone) -> Pointer {
        let mut pointer = if side == Alone::Before { self.base.0.clone() } else { self.base.1.clone() };
        for token in &self.tokens {
            match token {
                Token::Key(key) => pointer.push_key(key),
                Token::Index(before, after) => {
                    let at = if side == Alone::Before { before } else { after };
                    pointer.push_index(at.or(*before).or(*after).unwrap_or_default());
                }
            }
        }
        pointer
    }

    /// Prose that may have changed.
    pub(super) fn prose(&mut self, key: &str, before: &str, after: &str) {
        if let Some(words) = words::compare(before, after) {
            let detail = self.detail(Some(key), DetailChange::Changed);
            self.keep(Detail { words, ..detail });
        }
    }

    /// A value that changed.
    pub(super) fn changed(&mut self, key: &str, before: String, after: String) {
        let detail = self.detail(Some(key), DetailChange::Changed);
        self.keep(Detail { before: Some(before), after: Some(after), ..detail });
    }

    /// Something that stands on one side only; without a key it is the object that the walk is in.
    pub(super) fn one_sided(&mut self, key: Option<&str>, text: String, side: Alone) {
        let change = if side == Alone::Before { DetailChange::Removed } else { DetailChange::Added };
        let mut detail = self.detail(key, change);
        if side == Alone::Before {
            (detail.before, detail.after_at) = (Some(text), None);
        } else {
            (detail.after, detail.before_at) = (Some(text), None);
        }
        self.keep(detail);
    }

    pub(super) fn reordered(&mut self, key: &str) {
        let detail = self.detail(Some(key), DetailChange::Changed);
        self.keep(Detail { about: About::Order, ..detail });
    }

    /// Goes some steps deeper; gives back what [`Walk::leave`] needs.
    pub(super) fn enter(&mut self, tokens: &[Token<'v>]) -> usize {
        let depth = self.tokens.len();
        self.tokens.extend_from_slice(tokens);
        depth
    }

    /// Goes back to where it was entered.
    pub(super) fn leave(&mut self, depth: usize) {
        self.tokens.truncate(depth);
    }

    /// Changes the detail that was found last.
    pub(super) fn last_detail(&mut self, change: impl FnOnce(&mut Detail)) {
        if let Some(detail) = self.open.last_mut().and_then(|open| open.details.last_mut()) {
            change(detail);
        }
    }

    /// Adds a detail to the innermost open item.
    pub(super) fn keep(&mut self, detail: Detail) {
        if let Some(open) = self.open.last_mut() {
            open.details.push(detail);
        }
    }

    /// A detail at the place of the walk.
    fn detail(&self, key: Option<&str>, change: DetailChange) -> Detail {
        let from = self.open.last().map_or(0, |open| open.labels);
        let labels = self.labels.get(from..).unwrap_or_default();
        Detail {
            about: about(labels, key, self.open.last().map_or("", |open| open.kind)),
            name: self.name(labels, key),
            change,
            before: None,
            after: None,
            words: Vec::new(),
            before_at: Some(self.place(Alone::Before)),
            after_at: Some(self.place(Alone::After)),
        }
    }

    /// `statement a. 1.`, `parameter ac-1_prm_1, label`.
    fn name(&self, labels: &[Label<'v>], key: Option<&str>) -> String {
        let mut name = String::new();
        let mut in_part = false;
        for label in labels {
            let (word, part) = match label {
                Label::Key(key) => (Cow::Borrowed(*key), false),
                Label::Object(definition, object) => {
                    let part = matches!(definition.name, "part" | "assessment-part");
                    (Cow::Owned(names::label_of(definition, object, &self.titles)), part)
                }
            };
            append(&mut name, &word, in_part && part);
            in_part = part;
        }
        let inner = labels.last().and_then(|label| match label {
            Label::Object(definition, _) => Some(definition.name),
            Label::Key(_) => None,
        });
        let key =
            key.filter(|key| !matches!((inner, *key), (Some("property"), "value") | (Some(_), "prose")));
        if let Some(key) = key {
            append(&mut name, key, false);
        }
        name
    }
}

fn append(name: &mut String, word: &str, in_part: bool) {
    if !name.is_empty() {
        name.push_str(if in_part { " " } else { ", " });
    }
    name.push_str(word);
}

/// What a difference is about: the first of the objects that it stands in decides, else the member, else the item.
fn about(labels: &[Label<'_>], key: Option<&str>, item: &str) -> About {
    let of_label = |label: &Label<'_>| match label {
        Label::Object(definition, object) => names::about(definition, object),
        Label::Key(_) => None,
    };
    let by_object = labels.iter().find_map(of_label);
    by_object.unwrap_or(match key {
        Some("title" | "name") if labels.is_empty() => About::Title,
        Some("include-all") => About::Selection,
        _ if matches!(item, "parameter" | "set-parameter") => About::Parameter,
        Some("description" | "remarks" | "prose" | "purpose" | "caption" | "usage" | "statement") => {
            About::Text
        }
        _ => About::Value,
    })
}
