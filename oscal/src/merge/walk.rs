//! The walk through three versions of a document.

use std::collections::BTreeMap;

use probity_diagnostics::Pointer;
use serde_json::{Map, Value};

use super::identity;
use super::matching::{self, Item};
use super::moves::{Moved, Name, Place};
use super::order;
use super::origin::Origins;
use super::settle;
use super::{Conflict, Reason, Side};
use crate::schema::{Datatype, Definition, Group, Property, Root, Shape};
use crate::split::{MARK, ORDER};

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// The document: its keys are `$schema` and the models.
    Root,
    /// A file of a split folder: an order, and an object of the model.
    Piece(&'static Definition),
    /// An object of the model.
    Object(&'static Definition),
    /// A plain value.
    Scalar(Datatype),
    /// The orders of the lists of a split folder.
    Orders,
    /// One of them: names of files.
    Names,
    /// Something that the model does not know.
    Other,
}

impl Kind {
    /// What the member `key`, or each of its items, is.
    pub(super) fn member(self, key: &str) -> Self {
        match self {
            Self::Root => Root::of(key).map_or(Self::Other, |root| Self::Object(root.definition)),
            Self::Object(_) => self.property(key).map_or(Self::Other, |property| match property.shape {
                Shape::Object(inner) => Self::Object(inner),
                Shape::Scalar(datatype) => Self::Scalar(datatype),
            }),
            Self::Piece(_) if key == ORDER => Self::Orders,
            Self::Piece(definition) if key != MARK => Self::Object(definition),
            Self::Orders => Self::Names,
            Self::Piece(_) | Self::Names | Self::Scalar(_) | Self::Other => Self::Other,
        }
    }

    fn property(self, key: &str) -> Option<&'static Property> {
        match self {
            Self::Object(definition) => definition.property(key).map(|(_, property)| property),
            _ => None,
        }
    }
}

/// What three versions have at one place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Three<'v> {
    pub(super) base: Option<&'v Value>,
    pub(super) ours: Option<&'v Value>,
    pub(super) theirs: Option<&'v Value>,
}

impl<'v> Three<'v> {
    /// The same of what each version has inside.
    pub(super) fn map(self, inside: impl Fn(&'v Value) -> Option<&'v Value>) -> Self {
        Self {
            base: self.base.and_then(&inside),
            ours: self.ours.and_then(&inside),
            theirs: self.theirs.and_then(&inside),
        }
    }

    fn all(self, holds: impl Fn(&Value) -> bool) -> bool {
        [self.base, self.ours, self.theirs].into_iter().flatten().all(holds)
    }
}

/// What a version has at one place; none where it has nothing there.
struct Version<'v>(Option<&'v Value>);

/// Merges, and settles each conflict in favour of one side.
pub(super) struct Walk<'v> {
    pub(super) favour: Side,
    pub(super) moved: BTreeMap<Name, Moved<'v>>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) origins: Origins,
    pub(super) pointer: Pointer,
    /// The names of the items that the walk is in, innermost last.
    pub(super) inside: Vec<String>,
}

impl<'v> Walk<'v> {
    /// What becomes of a value; none where it goes.
    pub(super) fn value(&mut self, three: Three<'v>, kind: Kind) -> Option<Value> {
        let Three { base, ours, theirs } = three;
        if ours == theirs {
            return ours.cloned();
        }
        match (base, ours, theirs) {
            (Some(base), Some(ours), None) => self.gone(three, base, ours, kind, Side::Theirs),
            (Some(base), None, Some(theirs)) => self.gone(three, base, theirs, kind, Side::Ours),
            _ => self.both(three, kind),
        }
    }

    /// What one side removed.
    fn gone(&mut self, three: Three<'v>, base: &Value, left: &Value, kind: Kind, by: Side) -> Option<Value> {
        let same = base == left
            || (!self.moved.is_empty() && self.without_moved(base, kind) == self.without_moved(left, kind));
        if same {
            return None;
        }
        let reason = if by == Side::Ours { Reason::RemovedByUs } else { Reason::RemovedByThem };
        self.conflict(three, reason)
    }

    fn both(&mut self, three: Three<'v>, kind: Kind) -> Option<Value> {
        let Three { base, ours, theirs } = three;
        let is_list = three.all(Value::is_array) && matches!((ours, theirs), (Some(_), _) | (_, Some(_)));
        if !(self.descends() && (is_list || three.all(Value::is_object))) {
            if ours == base || ours.is_none() {
                return theirs.cloned();
            }
            if theirs == base || theirs.is_none() {
                return ours.cloned();
            }
        }
        if three.all(Value::is_object) {
            return Some(Value::Object(self.object(three, kind)));
        }
        if is_list {
            return self.list(three, kind, 0).map(Value::Array);
        }
        match (ours?, theirs?) {
            (Value::String(ours), Value::String(theirs)) => {
                let base = base.and_then(Value::as_str);
                match settle::text(base, ours, theirs, kind) {
                    Some(text) => Some(Value::String(text)),
                    None => self.conflict(three, Reason::ChangedByBoth),
                }
            }
            _ => self.conflict(three, Reason::ChangedByBoth),
        }
    }

    /// Whether what only one side touched is walked through all the same.
    fn descends(&self) -> bool {
        !self.moved.is_empty() || self.origins.are_kept()
    }

    fn object(&mut self, three: Three<'v>, kind: Kind) -> Map<String, Value> {
        let mut keys: Vec<&str> = Vec::new();
        for version in [three.ours, three.theirs, three.base].into_iter().flatten() {
            let new = version.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
            let known: std::collections::HashSet<&str> = keys.iter().copied().collect();
            keys.extend(new.filter(|key| !known.contains(key)));
        }
        let mut merged = Map::new();
        for key in keys {
            self.pointer.push_key(key);
            let member = three.map(|version| version.get(key));
            if let Some(value) = self.member(member, kind, key) {
                merged.insert(key.to_owned(), value);
            }
            self.pointer.pop();
        }
        if let Kind::Object(definition) = kind {
            self.choose(three, definition, &mut merged);
        }
        merged
    }

    fn member(&mut self, three: Three<'v>, kind: Kind, key: &str) -> Option<Value> {
        let inside = kind.member(key);
        if let Some(settled) = settle::member(three, kind, key) {
            return Some(settled);
        }
        let property = kind.property(key);
        if property.is_some_and(|property| property.group == Group::SingletonOrArray)
            && !three.all(Value::is_array)
            && !three.all(|value| !value.is_array())
        {
            return self.one_or_many(three, inside);
        }
        if three.all(Value::is_array) {
            // a list that is not there is one without items
            let min = property.map_or(0, |property| property.range.min);
            return match self.settled(three) {
                Some(Version(value)) => value.cloned(),
                None => self.list(three, inside, min).map(Value::Array),
            };
        }
        self.value(three, inside)
    }

    /// The version that stands for a value that one side or none changed, or both alike.
    fn settled(&self, three: Three<'v>) -> Option<Version<'v>> {
        let Three { base, ours, theirs } = three;
        if ours == theirs || (theirs == base && !self.descends()) {
            return Some(Version(ours));
        }
        (ours == base && !self.descends()).then_some(Version(theirs))
    }

    /// A property that holds one item or a list of them, where the versions differ in that.
    fn one_or_many(&mut self, three: Three<'v>, kind: Kind) -> Option<Value> {
        let Three { base, ours, theirs } = three;
        if ours == base {
            return theirs.cloned();
        }
        if theirs == base {
            return ours.cloned();
        }
        let items = |version: Option<&'v Value>| match version {
            Some(Value::Array(items)) => items.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        self.items(items(base), items(ours), items(theirs), kind).map(Value::Array)
    }

    /// A list; none where nothing is left of it. `min` is how many items it must have.
    fn list(&mut self, three: Three<'v>, kind: Kind, min: u32) -> Option<Vec<Value>> {
        let items =
            |version: Option<&'v Value>| version.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let (base, ours, theirs) = (items(three.base), items(three.ours), items(three.theirs));
        if let Kind::Scalar(datatype) = kind
            && settle::replaced_by_both(datatype, base, ours, theirs)
        {
            return self.conflict(three, Reason::ChangedByBoth).and_then(as_list);
        }
        let merged = self.items(base, ours, theirs, kind);
        let emptied = merged.is_none() && !ours.is_empty() && !theirs.is_empty();
        if emptied && min > 0 {
            return self.conflict(three, Reason::NothingLeft).and_then(as_list);
        }
        if merged.is_none() && (three.ours.is_some_and(is_empty) || three.theirs.is_some_and(is_empty)) {
            return Some(Vec::new());
        }
        merged
    }

    fn items(
        &mut self,
        base: &'v [Value],
        ours: &'v [Value],
        theirs: &'v [Value],
        kind: Kind,
    ) -> Option<Vec<Value>> {
        let items = matching::items(base, ours, theirs, kind);
        let mut merged = Vec::with_capacity(items.len());
        for Item { base: b, ours: o, theirs: t } in order::ordered(&items, ours, theirs, kind) {
            let three = Three {
                base: b.and_then(|index| base.get(index)),
                ours: o.and_then(|index| ours.get(index)),
                theirs: t.and_then(|index| theirs.get(index)),
            };
            self.pointer.push_index(merged.len());
            let name = own_name(three, kind).map(str::to_owned);
            let is_named = name.is_some();
            self.inside.extend(name);
            let value = self.item(three, kind);
            if is_named {
                self.inside.pop();
            }
            if value.is_some() {
                self.origins.note(&self.pointer, three);
            }
            self.pointer.pop();
            merged.extend(value);
        }
        (!merged.is_empty()).then_some(merged)
    }

    /// An item of a list. One that was moved is merged at the place that counts, from wherever the versions have it.
    fn item(&mut self, three: Three<'v>, kind: Kind) -> Option<Value> {
        let moved = self.moved_name(three, kind).and_then(|name| self.moved.get(&name));
        let Some(moved) = moved else { return self.value(three, kind) };
        let (item, place) = (moved.item, moved.place());
        match place {
            Place::Ours => three.ours?,
            Place::Theirs => three.theirs?,
            Place::Disputed => {
                // each side's place is a conflict of its own, so that both are seen
                self.disputed(three);
                match self.favour {
                    Side::Ours => three.ours?,
                    Side::Theirs => three.theirs?,
                }
            }
        };
        if item.base.is_some() && (item.ours.is_none() || item.theirs.is_none()) {
            let reason = if item.ours.is_none() { Reason::RemovedByUs } else { Reason::RemovedByThem };
            return self.conflict(item, reason);
        }
        self.origins.note(&self.pointer, item);
        self.value(item, kind)
    }

    /// Notes that both sides moved an item, each to another place: once, where it stands for the side in favour.
    fn disputed(&mut self, here: Three<'v>) {
        let stands = match self.favour {
            Side::Ours => here.ours.is_some(),
            Side::Theirs => here.theirs.is_some(),
        };
        if stands {
            self.note(here, Reason::MovedByBoth);
        }
    }

    fn moved_name(&self, three: Three<'_>, kind: Kind) -> Option<Name> {
        let Kind::Object(definition) = kind else { return None };
        if self.moved.is_empty() {
            return None;
        }
        Some((definition.name, own_name(three, kind)?.to_owned()))
    }

    /// A value without the items in it that were moved: what is left when they are gone.
    fn without_moved(&self, value: &Value, kind: Kind) -> Value {
        match value {
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, member)| (key.clone(), self.without_moved(member, kind.member(key))));
                Value::Object(members.filter(|(_, member)| !is_empty(member)).collect())
            }
            Value::Array(items) => {
                let stays = |item: &&Value| {
                    let here = Three { base: Some(item), ..Three::default() };
                    self.moved_name(here, kind).is_none_or(|name| !self.moved.contains_key(&name))
                };
                items.iter().filter(stays).map(|item| self.without_moved(item, kind)).collect()
            }
            scalar => scalar.clone(),
        }
    }

    /// Alternatives of which one side took one and the other side another: one of them goes.
    fn choose(&mut self, three: Three<'v>, definition: &Definition, merged: &mut Map<String, Value>) {
        for choice in definition.choices {
            let names: Vec<&str> = choice
                .properties
                .iter()
                .filter_map(|at| Some(definition.properties.get(*at)?.json))
                .collect();
            let of = |version: Option<&Value>| -> Vec<&str> {
                names.iter().copied().filter(|name| version.is_some_and(|v| v.get(*name).is_some())).collect()
            };
            let (ours, theirs) = (of(three.ours), of(three.theirs));
            let both: Vec<&str> = names.iter().copied().filter(|name| merged.contains_key(*name)).collect();
            if both.len() < 2 || ours.len() > 1 || theirs.len() > 1 {
                continue;
            }
            let kept = if self.favour == Side::Ours { &ours } else { &theirs };
            merged.retain(|key, _| !both.contains(&key.as_str()) || kept.contains(&key.as_str()));
            if let Some(key) = kept.first() {
                self.pointer.push_key(key);
                self.note(
                    three.map(|version| names.iter().find_map(|name| version.get(*name))),
                    Reason::ChangedByBoth,
                );
                self.pointer.pop();
            }
        }
    }

    /// Notes a conflict, and settles it in favour of one side.
    fn conflict(&mut self, three: Three<'v>, reason: Reason) -> Option<Value> {
        self.note(three, reason);
        match self.favour {
            Side::Ours => three.ours.cloned(),
            Side::Theirs => three.theirs.cloned(),
        }
    }

    fn note(&mut self, three: Three<'v>, reason: Reason) {
        self.conflicts.push(Conflict {
            reason,
            pointer: self.pointer.clone(),
            item: self.inside.last().cloned(),
            base: three.base.cloned(),
            ours: three.ours.cloned(),
            theirs: three.theirs.cloned(),
        });
    }
}

/// The name that an item has to itself in the document.
fn own_name(three: Three<'_>, kind: Kind) -> Option<&str> {
    let Kind::Object(definition) = kind else { return None };
    identity::own_name(definition, three.ours.or(three.theirs).or(three.base)?)
}

fn as_list(value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}
