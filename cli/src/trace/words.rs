//! What was decided, in words.

use std::borrow::Cow;

use probity_diagnostics::render::printable;
use probity_oscal::resolve::trace::{
    Because, Change, Event, Holder, How, Item, Position, Referrer, Step, Structure,
};
use serde_json::Value;

/// How long a text may be that is quoted, in characters.
const QUOTED: usize = 60;

/// How many things one line tells of.
const MANY: usize = 2;

/// What a step did, in lines: a directive that did much has one for each of its doings.
pub(super) fn lines(step: &Step, numbered: bool) -> (String, Vec<String>) {
    match &step.event {
        Event::Set { param, changes } if changes.len() > MANY => {
            (format!("set {}", printable(param)), changes.iter().map(change).collect())
        }
        Event::Added { to, position, items } if items.len() > MANY => {
            (format!("added{}", place(to.as_deref(), *position)), items.iter().map(item).collect())
        }
        Event::Removed { items } if items.len() > MANY => {
            ("removed".to_owned(), items.iter().map(item).collect())
        }
        _ => (self::step(step, numbered), Vec::new()),
    }
}

/// What a step did, as a sentence without a subject; `numbered` where imports need their numbers.
pub(super) fn step(step: &Step, numbered: bool) -> String {
    let import = |import: &usize| if numbered { format!(" in import {import}") } else { String::new() };
    match &step.event {
        Event::Defined { inside } => format!("defined{}", self::inside(inside)),
        Event::Selected { import: number, how } => format!("selected {}{}", self::how(how), import(number)),
        Event::NotNamed { import: number } => format!("not named{}", import(number)),
        Event::Excluded { import: number, how } => format!("excluded {}{}", self::how(how), import(number)),
        Event::Raised { above } => format!("raised to the place of {above}, which is left out"),
        Event::Superseded { import, by } => {
            format!("the one of import {import} gives way to that of import {by} (use-first)")
        }
        Event::Placed { structure, inside } => placed(structure, inside),
        Event::NotInserted { how } => format!("kept out of an insertion {}", self::how(how)),
        Event::NotPlaced => "inserted nowhere in the custom structure".to_owned(),
        Event::Set { param, changes } => format!("set {}: {}", printable(param), self::changes(changes)),
        Event::Added { to, position, items } => added(to.as_deref(), *position, items),
        Event::Removed { items } => format!("removed {}", list(items)),
        Event::Gone { from } => format!("removed from {}", printable(from)),
        Event::Kept(why) => format!("kept: {}", because(why)),
        Event::Dropped => "dropped: nothing refers to it".to_owned(),
    }
}

/// How a directive means a control.
pub(super) fn how(how: &How) -> String {
    match how {
        How::All => "with all controls".to_owned(),
        How::Id => "by id".to_owned(),
        How::Pattern(pattern) => format!("by the pattern {}", printable(pattern)),
        How::ChildOf(id) => format!("as a child of {}", printable(id)),
        How::AncestorOf(id) => format!("to hold {}", printable(id)),
    }
}

/// Where an object stands; nothing where that is the catalog.
pub(super) fn inside(holder: &Holder) -> String {
    match holder {
        Holder::Catalog => String::new(),
        Holder::Group { .. } => format!(" in group {}", group(holder).unwrap_or_default()),
        Holder::Control(id) => format!(" below {}", printable(id)),
    }
}

/// A group by its id and title.
pub(super) fn group(holder: &Holder) -> Option<String> {
    match holder {
        Holder::Group { id: Some(id), title } => Some(format!("{} ({})", printable(id), printable(title))),
        Holder::Group { id: None, title } => Some(format!("\"{}\"", printable(title))),
        Holder::Catalog | Holder::Control(_) => None,
    }
}

fn placed(structure: &Structure, holder: &Holder) -> String {
    match structure {
        Structure::Flat => "placed in a flat list".to_owned(),
        Structure::AsIs => format!("placed as it is{}", inside(holder)),
        Structure::Custom(hows) => {
            let hows: Vec<String> = hows.iter().map(how).collect();
            let inside =
                if *holder == Holder::Catalog { " outside of groups".to_owned() } else { inside(holder) };
            format!("inserted {}{inside}", hows.join(" and "))
        }
    }
}

/// What became another value.
fn changes(changes: &[Change]) -> String {
    changes.iter().map(change).collect::<Vec<_>>().join(", ")
}

fn change(change: &Change) -> String {
    let (field, old, new) = (&change.field, value(&change.old), value(&change.new));
    match (&change.old, &change.new) {
        (Value::Null, Value::Null) => format!("{field} as before"),
        (old_value, new_value) if old_value == new_value => format!("{field} {new} as before"),
        (Value::Null, Value::Array(_)) if field != "values" => format!("{field} with {new}"),
        (Value::Null, _) => format!("{field} {new}"),
        (_, Value::Null) => format!("{field} {old} → none"),
        _ => format!("{field} {old} → {new}"),
    }
}

/// A value, in short.
fn value(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => quoted(text),
        Value::Array(items) => items.iter().map(self::value).collect::<Vec<_>>().join(", "),
        Value::Object(members) => {
            let text = |name: &str| members.get(name).and_then(Value::as_str);
            if let Some(choice) = members.get("choice") {
                let how_many = text("how-many").unwrap_or("one");
                return format!("{how_many} of {}", self::value(choice));
            }
            if let (Some(name), Some(value)) = (text("name"), text("value")) {
                return format!("{} = {}", printable(name), quoted(value));
            }
            quoted(["description", "prose", "href"].into_iter().find_map(text).unwrap_or_default())
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A text in quotation marks, without line breaks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", cut(text, QUOTED))
}

/// A text of at most `width` characters in one line.
pub(super) fn cut(text: &str, width: usize) -> String {
    let text: Cow<'_, str> = printable(text);
    if text.chars().count() <= width {
        return text.into_owned();
    }
    let start: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}

fn added(to: Option<&str>, position: Position, items: &[Item]) -> String {
    format!("added {}{}", list(items), place(to, position))
}

/// Where an addition goes; nothing where that is the end of the control.
fn place(to: Option<&str>, position: Position) -> String {
    let to = to.map(|id| printable(id).into_owned());
    match (position, to) {
        (Position::Starting | Position::Before, None) => " at the start".to_owned(),
        (Position::Ending | Position::After, None) => String::new(),
        (Position::Starting, Some(to)) => format!(" at the start of {to}"),
        (Position::Ending, Some(to)) => format!(" to {to}"),
        (Position::Before, Some(to)) => format!(" before {to}"),
        (Position::After, Some(to)) => format!(" after {to}"),
    }
}

fn list(items: &[Item]) -> String {
    items.iter().map(item).collect::<Vec<_>>().join(", ")
}

/// An item: what it is, what it is called, and where it stood.
fn item(item: &Item) -> String {
    let mut words = vec![item.kind.to_owned()];
    words.extend(item.id.as_deref().map(|id| printable(id).into_owned()));
    match (item.kind, item.name.as_deref(), item.text.as_deref()) {
        ("prop", Some(name), Some(value)) => words.push(format!("{} = {}", printable(name), quoted(value))),
        ("part", Some(name), text) => {
            words.push(format!("({})", printable(name)));
            words.extend(text.filter(|_| item.id.is_none()).map(quoted));
        }
        ("link", name, href) => {
            words.extend(name.map(|rel| format!("({})", printable(rel))));
            words.extend(href.map(quoted));
        }
        (_, _, text) => words.extend(text.map(quoted)),
    }
    words.extend(item.inside.as_deref().map(|id| format!("of {}", printable(id))));
    words.join(" ")
}

/// Why an object stays.
pub(super) fn because(why: &Because) -> String {
    match why {
        Because::Marked => "its prop `keep` asks for it".to_owned(),
        Because::Set => "the profile sets it".to_owned(),
        Because::Referred(by) => format!("{} refers to it", referrer(by)),
    }
}

fn referrer(referrer: &Referrer) -> String {
    match referrer {
        Referrer::Metadata => "the metadata".to_owned(),
        Referrer::Group(id) => format!("group {}", printable(id)),
        Referrer::Control(id) => printable(id).into_owned(),
        Referrer::Param(id) => format!("parameter {}", printable(id)),
        Referrer::Resource(id) => format!("resource {}", printable(id)),
    }
}
