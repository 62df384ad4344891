//! The trace as JSON: `docs/trace.md` says what each member means.

use probity_diagnostics::Location;
use probity_diagnostics::render::place;
use probity_oscal::resolve::trace::{
    Because, ControlTrace, Event, Holder, How, Item, ObjectTrace, ParamTrace, Position, Referrer, Step,
    Structure,
};
use serde_json::{Map, Value, json};

use super::Shown;

/// The whole trace, or what it says of some controls.
pub(crate) fn json(shown: &Shown<'_>, only: Option<&[&ControlTrace]>) -> Value {
    let trace = shown.trace;
    let file = |file| shown.sources.display(file);
    let documents = trace.documents.iter().map(|document| {
        json!({
            "file": file(&document.file),
            "title": document.title,
            "model": if document.is_profile { "profile" } else { "catalog" },
            "imports": document.imports.iter().map(file).collect::<Vec<_>>(),
        })
    });
    let mut out = Map::new();
    out.insert("profile".into(), json!(trace.profile().map(|document| file(&document.file))));
    out.insert("documents".into(), documents.collect());
    let all: Vec<&ControlTrace> = trace.controls.iter().collect();
    let controls = only.unwrap_or(&all);
    out.insert("controls".into(), controls.iter().map(|control| self::control(control, shown)).collect());
    if only.is_none() {
        let objects = |list: &[ObjectTrace]| list.iter().map(|one| object(one, shown)).collect::<Value>();
        out.insert("parameters".into(), objects(&trace.parameters));
        out.insert("resources".into(), objects(&trace.resources));
    }
    Value::Object(out)
}

fn at(location: &Location, shown: &Shown<'_>) -> Value {
    Value::Object(place(&shown.where_is(location), &shown.sources))
}

fn control(control: &ControlTrace, shown: &Shown<'_>) -> Value {
    json!({
        "id": control.id,
        "title": control.title,
        "in": control.is_in(),
        "copies": control.copies,
        "steps": control.steps.iter().map(|one| step(one, shown)).collect::<Vec<_>>(),
        "parameters": control.params.iter().map(|one| param(one, shown)).collect::<Vec<_>>(),
    })
}

fn param(param: &ParamTrace, shown: &Shown<'_>) -> Value {
    let places = |list: &[Location]| list.iter().map(|one| at(one, shown)).collect::<Vec<_>>();
    json!({
        "id": param.id,
        "in": param.is_in,
        "label": param.label,
        "values": param.values,
        "choice": param.choice,
        "defined-at": places(&param.defined),
        "set-at": places(&param.set),
    })
}

fn object(object: &ObjectTrace, shown: &Shown<'_>) -> Value {
    json!({
        "id": object.id,
        "title": object.title,
        "in": object.is_in,
        "steps": object.steps.iter().map(|one| step(one, shown)).collect::<Vec<_>>(),
    })
}

fn step(step: &Step, shown: &Shown<'_>) -> Value {
    let (name, members) = event(&step.event);
    let mut out = Map::new();
    out.insert("event".into(), json!(name));
    if let Value::Object(members) = members {
        out.extend(members);
    }
    out.insert("at".into(), at(&step.place, shown));
    Value::Object(out)
}

fn event(event: &Event) -> (&'static str, Value) {
    match event {
        Event::Defined { inside } => ("defined", json!({"inside": holder(inside)})),
        Event::Selected { import, how } => ("selected", json!({"import": import, "by": self::how(how)})),
        Event::NotNamed { import } => ("not-named", json!({"import": import})),
        Event::Excluded { import, how } => ("excluded", json!({"import": import, "by": self::how(how)})),
        Event::Raised { above } => ("raised", json!({"above": above})),
        Event::Superseded { import, by } => ("superseded", json!({"import": import, "by-import": by})),
        Event::Placed { structure, inside } => {
            let (name, hows) = match structure {
                Structure::Flat => ("flat", None),
                Structure::AsIs => ("as-is", None),
                Structure::Custom(hows) => ("custom", Some(hows.iter().map(how).collect::<Vec<_>>())),
            };
            ("placed", json!({"structure": name, "by": hows, "inside": holder(inside)}))
        }
        Event::NotInserted { how } => ("not-inserted", json!({"by": self::how(how)})),
        Event::NotPlaced => ("not-placed", Value::Null),
        Event::Set { param, changes } => {
            let changes: Vec<Value> = changes
                .iter()
                .map(|change| json!({"field": change.field, "old": change.old, "new": change.new}))
                .collect();
            ("set", json!({"param": param, "changes": changes}))
        }
        Event::Added { to, position, items } => {
            let items: Vec<Value> = items.iter().map(item).collect();
            ("added", json!({"to": to, "position": self::position(*position), "items": items}))
        }
        Event::Removed { items } => ("removed", json!({"items": items.iter().map(item).collect::<Vec<_>>()})),
        Event::Gone { from } => ("gone", json!({"from": from})),
        Event::Kept(why) => ("kept", because(why)),
        Event::Dropped => ("dropped", Value::Null),
    }
}

fn how(how: &How) -> Value {
    match how {
        How::All => json!({"how": "all"}),
        How::Id => json!({"how": "id"}),
        How::Pattern(pattern) => json!({"how": "pattern", "pattern": pattern}),
        How::ChildOf(id) => json!({"how": "child", "of": id}),
        How::AncestorOf(id) => json!({"how": "ancestor", "of": id}),
    }
}

fn holder(holder: &Holder) -> Value {
    match holder {
        Holder::Catalog => Value::Null,
        Holder::Group { id, title } => json!({"group": id, "title": title}),
        Holder::Control(id) => json!({"control": id}),
    }
}

fn position(position: Position) -> &'static str {
    match position {
        Position::Starting => "starting",
        Position::Ending => "ending",
        Position::Before => "before",
        Position::After => "after",
    }
}

fn item(item: &Item) -> Value {
    let mut out = Map::new();
    out.insert("kind".into(), json!(item.kind));
    let members = [
        ("id", &item.id),
        ("name", &item.name),
        ("ns", &item.ns),
        ("text", &item.text),
        ("inside", &item.inside),
    ];
    for (name, value) in members {
        if let Some(value) = value {
            out.insert(name.into(), json!(value));
        }
    }
    Value::Object(out)
}

fn because(why: &Because) -> Value {
    match why {
        Because::Marked => json!({"because": "marked"}),
        Because::Set => json!({"because": "set"}),
        Because::Referred(by) => {
            let (kind, id) = match by {
                Referrer::Metadata => ("metadata", None),
                Referrer::Group(id) => ("group", Some(id)),
                Referrer::Control(id) => ("control", Some(id)),
                Referrer::Param(id) => ("parameter", Some(id)),
                Referrer::Resource(id) => ("resource", Some(id)),
            };
            json!({"because": "referred", "by": {"kind": kind, "id": id}})
        }
    }
}
