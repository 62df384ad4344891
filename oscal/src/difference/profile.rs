//! Which controls a profile takes: lists of ids and patterns, however they are divided.

use std::borrow::Cow;

use serde_json::Value;

use super::data::{About, Detail};
use super::keys::text;
use super::multiset::Multiset;
use super::walk::{Alone, Token, Walk};
use crate::schema::Definition;

/// Whether a list of such objects chooses controls.
pub(super) fn is_selection(definition: &Definition) -> bool {
    definition.name == "select-control-by-id"
}

/// One choice, and where it stands.
struct Choice<'v> {
    text: String,
    tokens: Vec<Token<'v>>,
}

impl<'v> Walk<'v> {
    /// Compares two lists of choices by what they choose.
    pub(super) fn selection(&mut self, key: &'v str, before: &'v [Value], after: &'v [Value]) {
        if before == after {
            return;
        }
        let (gone, new) = (choices(before, Alone::Before), choices(after, Alone::After));
        let mut there = Multiset::of(new.iter().map(|choice| Cow::Borrowed(choice.text.as_str())));
        let gone: Vec<&Choice<'v>> = gone.iter().filter(|choice| !there.take(&choice.text)).collect();
        let left: Vec<usize> = there.left().into_iter().map(|(at, _)| at).collect();
        for choice in gone {
            self.choice(key, choice, Alone::Before);
        }
        for choice in left.into_iter().filter_map(|at| new.get(at)) {
            self.choice(key, choice, Alone::After);
        }
    }

    fn choice(&mut self, key: &str, choice: &Choice<'v>, side: Alone) {
        let depth = self.enter(&choice.tokens);
        self.one_sided(Some(key), choice.text.clone(), side);
        self.leave(depth);
        self.last_detail(|detail: &mut Detail| detail.about = About::Selection);
    }
}

fn choices(entries: &[Value], side: Alone) -> Vec<Choice<'_>> {
    let mut found = Vec::new();
    let place = |at: usize| match side {
        Alone::Before => Token::Index(Some(at), None),
        Alone::After => Token::Index(None, Some(at)),
    };
    for (at, entry) in entries.iter().enumerate() {
        let Some(object) = entry.as_object() else { continue };
        let with_children = match text(object, "with-child-controls") {
            "yes" => " with child controls",
            _ => "",
        };
        let list = |key: &str| object.get(key).and_then(Value::as_array).into_iter().flatten().enumerate();
        for (index, id) in list("with-ids") {
            let id = id.as_str().unwrap_or_default();
            let tokens = vec![place(at), Token::Key("with-ids"), place(index)];
            found.push(Choice { text: format!("{id}{with_children}"), tokens });
        }
        for (index, pattern) in list("matching") {
            let pattern = pattern.get("pattern").and_then(Value::as_str).unwrap_or_default();
            let tokens = vec![place(at), Token::Key("matching"), place(index)];
            found.push(Choice { text: format!("{pattern} (pattern){with_children}"), tokens });
        }
    }
    found
}
