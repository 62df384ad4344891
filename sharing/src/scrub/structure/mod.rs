//! What formats say of their texts: who is named, and what an attacker is known by.
//!
//! One table serves all formats: a place is known by the names of the last levels that lead to it, and names of one format
//! mean nothing in another. What a table says of an object or element holds for all in it that it says nothing else of.

mod places;
mod words;

use super::rule::Rule;

pub(super) use words::{labelled, named};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Anything: values are looked for in it.
    Prose,
    /// The name, number or address of somebody who is protected: nothing of it stays.
    Named(Rule),
    /// The same, unless an indicator names it.
    Unless(Rule),
    /// What is known of an attacker: it stays where it is not a secret and not ours.
    Indicator,
    /// A file in Base64: looked into where it is text, dropped where not.
    Embedded,
    /// What is of no use to readers, and is dropped.
    Dropped(Rule),
}

/// A level of the way to a text: a member, an item (named `*`), an element, an attribute (`@name`), a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    pub(super) name: String,
    /// Texts beside the text: scalar members of the object, or attributes of the element.
    pub(super) facts: Vec<(String, String)>,
}

/// What is known of places, made ready.
pub(super) struct Table(Vec<(Way, Role)>);

/// The last levels of a way.
struct Way {
    /// Whether they are all.
    whole: bool,
    steps: Vec<Step>,
}

/// A level as the table writes it: `name`, or `*` for any, and a fact: `*?type=identity`.
struct Step {
    name: Option<&'static str>,
    fact: Option<(&'static str, &'static str)>,
}

impl Table {
    pub(super) fn new() -> Self {
        Self(places::PLACES.iter().map(|(way, role)| (Way::read(way), *role)).collect())
    }

    /// What the object or element at the end of `levels` holds; `outside` is what it is in.
    pub(super) fn listed(&self, levels: &[Level], outside: Role) -> Role {
        self.0.iter().find(|(way, _)| way.fits(levels)).map_or(outside, |(_, role)| *role)
    }

    /// What the text at the end of `levels` is: by the table, else by its name.
    pub(super) fn role(&self, levels: &[Level], outside: Role) -> Role {
        let by_name =
            || levels.iter().rev().find(|level| level.name != "*").and_then(|level| named(&level.name));
        match self.listed(levels, outside) {
            Role::Prose => by_name().map_or(Role::Prose, Role::Named),
            role => role,
        }
    }
}

impl Way {
    fn read(text: &'static str) -> Self {
        let steps = text.strip_prefix('/').unwrap_or(text).split('/').map(Step::read).collect();
        Self { whole: text.starts_with('/'), steps }
    }

    fn fits(&self, levels: &[Level]) -> bool {
        let enough =
            if self.whole { levels.len() == self.steps.len() } else { levels.len() >= self.steps.len() };
        enough && self.steps.iter().rev().zip(levels.iter().rev()).all(|(step, level)| step.fits(level))
    }
}

impl Step {
    fn read(text: &'static str) -> Self {
        let (name, fact) =
            text.split_once('?').map_or((text, None), |(name, fact)| (name, fact.split_once('=')));
        Self { name: Some(name).filter(|name| *name != "*"), fact }
    }

    fn fits(&self, level: &Level) -> bool {
        self.name.is_none_or(|name| name == level.name)
            && self.fact.is_none_or(|(name, value)| level.facts.iter().any(|(n, v)| n == name && v == value))
    }
}
