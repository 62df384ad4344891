//! The walk through two documents along the table of their model.

use std::borrow::Cow;

use probity_diagnostics::Pointer;
use serde_json::{Map, Value};

use super::data::{About, Change, Detail, Item, Kin, Named};
use super::keys::{Aliases, is_ordered};
use super::names::{self, Titles};
use super::pairs::pairs;
use crate::schema::{Datatype, Definition, Group, Property, Shape};

/// The members of an object.
pub(super) type Object = Map<String, Value>;

/// A step of the way to a value, on both sides.
#[derive(Clone, Copy)]
pub(super) enum Token<'v> {
    /// A member.
    Key(&'v str),
    /// An item of a list; its positions may differ.
    Index(Option<usize>, Option<usize>),
}

/// What a detail is named by: the objects between the item and the value.
#[derive(Clone, Copy)]
pub(super) enum Label<'v> {
    Object(&'static Definition, &'v Object),
    Key(&'v str),
}

/// An item whose inside is being looked at.
pub(super) struct Open<'v> {
    pub(super) definition: &'static Definition,
    /// The kind, where it is not that of the definition.
    pub(super) kind: &'static str,
    pub(super) sides: (Option<&'v Object>, Option<&'v Object>),
    pub(super) places: (Option<Pointer>, Option<Pointer>),
    pub(super) changes: Vec<Change>,
    pub(super) predecessors: Vec<Kin>,
    pub(super) successors: Vec<Kin>,
    /// What it stands in, where that is not what is open around it.
    pub(super) within: Option<Vec<Named>>,
    pub(super) details: Vec<Detail>,
    /// How many labels were open around it.
    pub(super) labels: usize,
}

/// A side of the comparison.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    Before,
    After,
}

/// The walk, and what it found so far.
#[derive(Default)]
pub(super) struct Walk<'v> {
    /// Pointers to where the walk began.
    pub(super) base: (Pointer, Pointer),
    pub(super) tokens: Vec<Token<'v>>,
    pub(super) labels: Vec<Label<'v>>,
    pub(super) open: Vec<Open<'v>>,
    pub(super) aliases: Aliases<'v>,
    pub(super) titles: Titles<'v>,
    /// Whether ids of what is in an item mean nothing, because the item itself goes by another.
    pub(super) ids_differ: bool,
    /// Whether something differs that means nothing by itself: the document's uuid, when it was last modified.
    pub(super) immaterial: bool,
    pub(super) items: Vec<Item>,
}

impl<'v> Walk<'v> {
    /// A walk that begins at a pointer on both sides.
    pub(super) fn from(base: Pointer) -> Self {
        Self { base: (base.clone(), base), ..Self::default() }
    }

    /// Compares the members of two objects but those to `skip`.
    pub(super) fn object(
        &mut self,
        of: &'static Definition,
        before: &'v Object,
        after: &'v Object,
        skip: &[&str],
    ) {
        for (key, value) in before.iter().filter(|(key, _)| !skip.contains(&key.as_str())) {
            match after.get(key) {
                Some(other) => self.both(of, key, value, other),
                None => self.alone(of, key, value, Alone::Before),
            }
        }
        for (key, value) in after.iter().filter(|(key, _)| !skip.contains(&key.as_str())) {
            if !before.contains_key(key) {
                self.alone(of, key, value, Alone::After);
            }
        }
    }

    /// Compares a member that both objects have.
    pub(super) fn both(
        &mut self,
        of: &'static Definition,
        key: &'v str,
        before: &'v Value,
        after: &'v Value,
    ) {
        self.tokens.push(Token::Key(key));
        match of.property(key) {
            Some((_, property)) => self.property(of, property, before, after),
            None if before != after => self.changed(key, names::scalar(before), names::scalar(after)),
            None => {}
        }
        self.tokens.pop();
    }

    fn property(
        &mut self,
        of: &'static Definition,
        property: &'static Property,
        before: &'v Value,
        after: &'v Value,
    ) {
        let key = property.json;
        match (property.shape, property.group) {
            (Shape::Scalar(datatype), Group::Single) => self.scalar(of, key, datatype, before, after),
            (Shape::Scalar(datatype), _) => self.values(key, datatype, items(before), items(after)),
            (Shape::Object(inside), Group::Single) => match (before.as_object(), after.as_object()) {
                (Some(before), Some(after)) => self.single(key, inside, before, after),
                _ if before != after => self.changed(key, names::scalar(before), names::scalar(after)),
                _ => {}
            },
            (Shape::Object(inside), _) if super::profile::is_selection(inside) => {
                self.selection(key, items(before), items(after));
            }
            (Shape::Object(inside), _) => self.list(key, inside, items(before), items(after)),
        }
    }

    fn single(
        &mut self,
        key: &'static str,
        inside: &'static Definition,
        before: &'v Object,
        after: &'v Object,
    ) {
        if names::is_single_item(inside) {
            self.open(inside, inside.name, (Some(before), Some(after)));
            self.object(inside, before, after, &[]);
            self.close();
        } else {
            self.labels.push(Label::Key(key));
            self.object(inside, before, after, &[]);
            self.labels.pop();
        }
    }

    /// Compares two lists of objects.
    pub(super) fn list(
        &mut self,
        key: &'v str,
        of: &'static Definition,
        before: &'v [Value],
        after: &'v [Value],
    ) {
        let pairs = pairs(of, before, after, &self.aliases);
        let object = |items: &'v [Value], at: Option<usize>| {
            at.and_then(|at| items.get(at)).and_then(Value::as_object)
        };
        for (b, a) in &pairs.matched {
            if let (Some(b), Some(a)) = (object(before, Some(*b)), object(after, Some(*a))) {
                self.aliases.note(b, a);
            }
        }
        if is_ordered(of) && pairs.is_reordered() {
            self.reordered(key);
        }
        for (b, a) in pairs.in_order() {
            self.tokens.push(Token::Index(b, a));
            match (object(before, b), object(after, a)) {
                (Some(before), Some(after)) => self.pair(of, before, after),
                (Some(gone), None) => self.lone(of, gone, Alone::Before),
                (None, Some(new)) => self.lone(of, new, Alone::After),
                (None, None) => {}
            }
            self.tokens.pop();
        }
    }

    fn pair(&mut self, of: &'static Definition, before: &'v Object, after: &'v Object) {
        if names::is_item(of, &self.outer()) {
            self.open(of, of.name, (Some(before), Some(after)));
            self.object(of, before, after, &[]);
            self.close();
        } else {
            self.labels.push(Label::Object(of, after));
            self.object(of, before, after, &[]);
            self.labels.pop();
        }
    }

    /// An object of a list that stands on one side only.
    pub(super) fn lone(&mut self, of: &'static Definition, object: &'v Object, side: Alone) {
        if names::is_item(of, &self.outer()) {
            self.lone_item(of, object, side);
            return;
        }
        self.labels.push(Label::Object(of, object));
        let text = names::summary(of, object, &self.titles);
        self.one_sided(None, text, side);
        self.labels.pop();
    }

    /// An item that stands on one side only.
    fn lone_item(&mut self, of: &'static Definition, object: &'v Object, side: Alone) {
        match side {
            Alone::Before => self.open(of, of.name, (Some(object), None)),
            Alone::After => self.open(of, of.name, (None, Some(object))),
        }
        self.close();
    }

    /// A member that only one object has.
    pub(super) fn alone(&mut self, of: &'static Definition, key: &'v str, value: &'v Value, side: Alone) {
        let Some((_, property)) = of.property(key) else {
            self.tokens.push(Token::Key(key));
            self.one_sided(Some(key), names::scalar(value), side);
            self.tokens.pop();
            return;
        };
        if is_immaterial(of, key) {
            self.immaterial = true;
            return;
        }
        self.tokens.push(Token::Key(key));
        let none: &[Value] = &[];
        let (before, after) = match side {
            Alone::Before => (items(value), none),
            Alone::After => (none, items(value)),
        };
        match (property.shape, property.group) {
            (Shape::Scalar(_), Group::Single) => self.one_sided(Some(key), self.shown(value), side),
            (Shape::Scalar(datatype), _) => self.values(key, datatype, before, after),
            (Shape::Object(inside), Group::Single) => self.alone_single(key, inside, value, side),
            (Shape::Object(inside), _) if super::profile::is_selection(inside) => {
                self.selection(key, before, after);
            }
            (Shape::Object(inside), _) => self.list(key, inside, before, after),
        }
        self.tokens.pop();
    }

    fn alone_single(&mut self, key: &'v str, of: &'static Definition, value: &'v Value, side: Alone) {
        let Some(object) = value.as_object() else { return };
        if names::is_single_item(of) {
            self.lone_item(of, object, side);
        } else if object.is_empty() {
            self.one_sided(Some(key), String::new(), side);
        } else {
            self.labels.push(Label::Key(key));
            for (key, value) in object {
                self.alone(of, key, value, side);
            }
            self.labels.pop();
        }
    }

    fn scalar(
        &mut self,
        of: &'static Definition,
        key: &'v str,
        datatype: Datatype,
        before: &'v Value,
        after: &'v Value,
    ) {
        if before == after || (self.ids_differ && key == "id") {
            return;
        }
        if is_immaterial(of, key) {
            self.immaterial = true;
            return;
        }
        let (Some(b), Some(a)) = (before.as_str(), after.as_str()) else {
            self.changed(key, names::scalar(before), names::scalar(after));
            return;
        };
        match datatype {
            Datatype::MarkupLine | Datatype::MarkupMultiline => self.prose(key, b, a),
            Datatype::String if b.contains(' ') || a.contains(' ') => self.prose(key, b, a),
            _ if self.aliases.same(b, a) => {}
            _ => self.changed(key, self.titles.of(b).to_owned(), self.titles.of(a).to_owned()),
        }
    }

    /// Compares two lists of scalars as sets, in which the same may stand several times.
    fn values(&mut self, key: &'v str, datatype: Datatype, before: &'v [Value], after: &'v [Value]) {
        if before == after {
            return;
        }
        let mut left: Vec<(usize, Cow<'v, str>)> = Vec::new();
        let mut taken = super::multiset::Multiset::of(after.iter().map(string));
        for (at, value) in before.iter().enumerate() {
            let value = string(value);
            let there = self.aliases.after(&value).to_owned();
            if !taken.take(&there) {
                left.push((at, value));
            }
        }
        let new = taken.left();
        let is_prose = matches!(datatype, Datatype::MarkupLine | Datatype::MarkupMultiline);
        if left.len() == new.len() && (is_prose || new.len() == 1) {
            for ((b, before), (a, after)) in left.iter().zip(&new) {
                self.tokens.push(Token::Index(Some(*b), Some(*a)));
                if is_prose {
                    self.prose(singular(key), before, after);
                } else {
                    let shown = |text: &str| self.titles.of(text).to_owned();
                    self.changed(singular(key), shown(before), shown(after));
                }
                self.tokens.pop();
            }
            return;
        }
        let indexed = left.into_iter().map(|(at, text)| (Token::Index(Some(at), None), text, Alone::Before));
        for (token, text, side) in indexed
            .chain(new.into_iter().map(|(at, text)| (Token::Index(None, Some(at)), text, Alone::After)))
        {
            self.tokens.push(token);
            let text = self.titles.of(&text).to_owned();
            self.one_sided(Some(singular(key)), text, side);
            self.tokens.pop();
        }
    }

    /// The value as readers see it.
    fn shown(&self, value: &Value) -> String {
        match value.as_str() {
            Some(text) => self.titles.of(text).to_owned(),
            None => names::scalar(value),
        }
    }

    /// The kinds of the items around the place of the walk.
    fn outer(&self) -> Vec<&'static str> {
        self.open.iter().map(|open| open.kind).collect()
    }

    /// Opens an item; differences up to [`Walk::close`] are its details.
    pub(super) fn open(
        &mut self,
        definition: &'static Definition,
        kind: &'static str,
        sides: (Option<&'v Object>, Option<&'v Object>),
    ) {
        let places = (sides.0.map(|_| self.place(Alone::Before)), sides.1.map(|_| self.place(Alone::After)));
        let changes = match sides {
            (None, _) => vec![Change::Added],
            (_, None) => vec![Change::Removed],
            _ => Vec::new(),
        };
        self.open.push(Open {
            definition,
            kind,
            sides,
            places,
            changes,
            predecessors: Vec::new(),
            successors: Vec::new(),
            within: None,
            details: Vec::new(),
            labels: self.labels.len(),
        });
    }

    /// The innermost open item.
    pub(super) fn current(&mut self) -> Option<&mut Open<'v>> {
        self.open.last_mut()
    }

    /// Closes the item that was opened last, and keeps it where something differs.
    pub(super) fn close(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        if open.details.is_empty() && open.changes.is_empty() {
            return;
        }
        if open.details.iter().any(|detail| detail.about == About::Title) && open.sides.0.is_some() {
            open.changes.push(Change::Retitled);
        }
        let is_new = open.changes.iter().any(|change| matches!(change, Change::Added | Change::Removed));
        let other = |detail: &Detail| !matches!(detail.about, About::Title | About::Place);
        let is_turned =
            open.changes.iter().any(|change| matches!(change, Change::Withdrawn | Change::Restored));
        if !is_new && !is_turned && (open.changes.is_empty() || open.details.iter().any(other)) {
            open.changes.push(Change::Changed);
        }
        open.changes.sort_unstable();
        open.changes.dedup();
        open.details.sort_by_key(|detail| detail.about);
        let Some(object) = open.sides.1.or(open.sides.0) else { return };
        let name = if open.kind == "document" {
            names::Name { id: open.definition.name.to_owned(), label: None, title: None }
        } else {
            names::name(open.definition, object)
        };
        let within = open.within.unwrap_or_else(|| self.within());
        self.items.push(Item {
            kind: open.kind,
            id: name.id,
            label: name.label,
            title: name.title,
            changes: open.changes,
            within,
            before: open.places.0,
            after: open.places.1,
            predecessors: open.predecessors,
            successors: open.successors,
            details: open.details,
        });
    }

    fn within(&self) -> Vec<Named> {
        let outer = self.open.iter().filter(|open| open.kind != "document");
        let named = outer.filter_map(|open| {
            let name = names::name(open.definition, open.sides.1.or(open.sides.0)?);
            Some(Named { kind: open.kind, id: name.id, title: name.title })
        });
        named.collect()
    }
}

/// Whether a member means nothing to a reviewer when it differs alone.
fn is_immaterial(of: &Definition, key: &str) -> bool {
    match key {
        "uuid" | "last-modified" => true,
        "start" | "end" => of.name == "result",
        "collected" | "expires" => of.name == "observation",
        _ => false,
    }
}

/// The items of a group: an array, or one that stands alone.
pub(super) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

fn string(value: &Value) -> Cow<'_, str> {
    match value.as_str() {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(value.to_string()),
    }
}

/// One of several.
fn singular(key: &str) -> &str {
    match key {
        "values" => "value",
        "categories" => "category",
        other => other.strip_suffix('s').unwrap_or(other),
    }
}
