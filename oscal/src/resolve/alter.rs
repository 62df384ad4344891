//! The modify phase, second part: controls (specification, "Altering controls").

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, Diagnostics};

use super::codes;
use super::merge::Merged;
use super::select::Site;
use super::similar::similar;
use super::trace::record::Record;
use super::trace::{Item, Position};
use crate::OSCAL_NS;
use crate::model::catalog::Control;
use crate::model::control::{Parameter, Part};
use crate::model::metadata::{Link, Property};
use crate::model::profile::{Add, Alter, Remove};

/// Applies all alterations in their sequence; in each, removals come before additions.
pub(super) fn alter(
    alters: &[Alter],
    site: &Site,
    merged: &mut Merged,
    record: &mut Record,
    findings: &mut Diagnostics,
) {
    let mut absent = Vec::new();
    for (i, alter) in alters.iter().enumerate() {
        let site = site.index(i);
        let mut is_found = false;
        merged.each_control(&mut |control| {
            if control.id == alter.control_id {
                is_found = true;
                alter_control(control, alter, &site, record, findings);
            }
        });
        if !is_found {
            absent.push((alter, site));
        }
    }
    if absent.is_empty() {
        return;
    }
    let mut known = BTreeSet::new();
    merged.each_control(&mut |control| {
        known.insert(control.id.clone());
    });
    for (alter, site) in absent {
        let message =
            format!("the control `{}` is not selected, its alteration has no effect", alter.control_id);
        let finding =
            Diagnostic::warning(&codes::ALTER_WITHOUT_CONTROL, message).at(site.key("control-id").location());
        findings.push(match similar(&alter.control_id, known.iter().map(String::as_str)) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        });
    }
}

fn alter_control(
    control: &mut Control,
    alter: &Alter,
    site: &Site,
    record: &mut Record,
    findings: &mut Diagnostics,
) {
    for (i, remove) in alter.removes.iter().enumerate() {
        let site = site.key("removes").index(i);
        if (Criteria { remove, site: &site }).apply(control, record) == 0 {
            let message = format!("nothing in `{}` meets the criteria of this removal", control.id);
            let finding = Diagnostic::warning(&codes::NOTHING_REMOVED, message);
            findings.push(finding.at(site.location()));
        }
    }
    for (i, add) in alter.adds.iter().enumerate() {
        let site = site.key("adds").index(i);
        let place = Position::of(add);
        let outcome = match add.by_id.as_deref() {
            Some(id) if id != control.id => within_control(control, id, place, add),
            _ => Some(into_control(control, place.is_start(), add).map(|()| control.id.clone())),
        };
        match outcome {
            Some(Ok(id)) => {
                let to = add.by_id.as_deref().filter(|by_id| *by_id != id);
                record.added(&id, to, place, || Item::all_of(add), &site);
            }
            Some(Err(misfit)) => {
                let message = format!("{misfit}, so this addition to `{}` has no place", control.id);
                findings.push(Diagnostic::error(&codes::ADD_MISFIT, message).at(site.location()));
            }
            None => {
                let id = add.by_id.as_deref().unwrap_or_default();
                let message = format!("nothing in `{}` has the id `{id}`", control.id);
                let finding = Diagnostic::warning(&codes::ADD_WITHOUT_TARGET, message);
                findings.push(finding.at(site.key("by-id").location()));
            }
        }
    }
}

/// The criteria of a removal, joined by "and" (req-modify-alter-remove-match).
struct Criteria<'a> {
    remove: &'a Remove,
    site: &'a Site,
}

/// What was removed from a control.
struct Removed {
    count: usize,
    /// What it was, where a trace is asked for.
    items: Option<Vec<Item>>,
}

impl Removed {
    /// Keeps what `keep` accepts; the rest is noted as `item` describes it.
    fn retain<T>(&mut self, all: &mut Vec<T>, keep: impl Fn(&T) -> bool, item: impl Fn(&T) -> Item) {
        all.retain(|one| {
            let stays = keep(one);
            if !stays {
                self.count += 1;
                self.items.iter_mut().for_each(|items| items.push(item(one)));
            }
            stays
        });
    }
}

/// The flags of an object that criteria look at.
#[derive(Default)]
struct Flags<'a> {
    item: &'a str,
    id: Option<&'a str>,
    name: Option<&'a str>,
    class: Option<&'a str>,
    ns: Option<&'a str>,
}

impl Criteria<'_> {
    /// Removes what meets the criteria inside a control, and says how much that was.
    fn apply(&self, control: &mut Control, record: &mut Record) -> usize {
        let Remove { by_name, by_class, by_id, by_item_name, by_ns, .. } = self.remove;
        if [by_name, by_class, by_id, by_item_name, by_ns].iter().all(|criterion| criterion.is_none()) {
            return 0;
        }
        self.control(control, record)
    }

    fn control(&self, control: &mut Control, record: &mut Record) -> usize {
        let mut removed = Removed { count: 0, items: record.is_on().then(Vec::new) };
        self.params(&mut control.params, &mut removed);
        self.props(&mut control.props, None, &mut removed);
        self.links(&mut control.links, None, &mut removed);
        self.parts(&mut control.parts, None, &mut removed);
        record.removed(&control.id, removed.items.take(), self.site);
        let (stay, gone): (Vec<_>, Vec<_>) =
            std::mem::take(&mut control.controls).into_iter().partition(|child| {
                let (id, class) = (Some(child.id.as_str()), child.class.as_deref());
                !self.meets(&Flags { item: "control", id, class, ..Flags::default() })
            });
        record.gone(&gone, &control.id, self.site);
        control.controls = stay;
        let inside = control.controls.iter_mut().map(|child| self.control(child, record)).sum::<usize>();
        removed.count + gone.len() + inside
    }

    fn params(&self, params: &mut Vec<Parameter>, removed: &mut Removed) {
        let keep = |param: &Parameter| {
            let (id, class) = (Some(param.id.as_str()), param.class.as_deref());
            !self.meets(&Flags { item: "param", id, class, ..Flags::default() })
        };
        removed.retain(params, keep, Item::param);
        for param in params {
            self.props(&mut param.props, Some(&param.id), removed);
            self.links(&mut param.links, Some(&param.id), removed);
        }
    }

    fn parts(&self, parts: &mut Vec<Part>, inside: Option<&str>, removed: &mut Removed) {
        let keep = |part: &Part| {
            !self.meets(&Flags {
                item: "part",
                id: part.id.as_deref(),
                name: Some(&part.name),
                class: part.class.as_deref(),
                ns: Some(part.ns.as_deref().unwrap_or(OSCAL_NS)),
            })
        };
        removed.retain(parts, keep, |part| Item::part(part).inside(inside));
        for part in parts {
            let id = part.id.as_deref().or(inside);
            self.props(&mut part.props, id, removed);
            self.links(&mut part.links, id, removed);
            self.parts(&mut part.parts, id, removed);
        }
    }

    fn props(&self, props: &mut Vec<Property>, inside: Option<&str>, removed: &mut Removed) {
        let keep = |prop: &Property| {
            !self.meets(&Flags {
                item: "prop",
                id: None,
                name: Some(&prop.name),
                class: prop.class.as_deref(),
                ns: Some(prop.ns.as_deref().unwrap_or(OSCAL_NS)),
            })
        };
        removed.retain(props, keep, |prop| Item::prop(prop).inside(inside));
    }

    fn links(&self, links: &mut Vec<Link>, inside: Option<&str>, removed: &mut Removed) {
        let keep = |_: &Link| !self.meets(&Flags { item: "link", ..Flags::default() });
        removed.retain(links, keep, |link| Item::link(link).inside(inside));
    }

    fn meets(&self, flags: &Flags<'_>) -> bool {
        let meets = |criterion: &Option<String>, flag: Option<&str>| {
            criterion.as_deref().is_none_or(|wanted| flag == Some(wanted))
        };
        meets(&self.remove.by_name, flags.name)
            && meets(&self.remove.by_class, flags.class)
            && meets(&self.remove.by_id, flags.id)
            && meets(&self.remove.by_item_name, Some(flags.item))
            && meets(&self.remove.by_ns, flags.ns)
    }
}

/// What an addition came to: done, or why its content does not fit.
type Fit = Result<(), &'static str>;

/// Adds to a control as a whole (req-modify-alter-add-implicit): each kind of content in its own list.
#[expect(clippy::unnecessary_wraps, reason = "the sibling functions can fail")]
fn into_control(control: &mut Control, at_start: bool, add: &Add) -> Fit {
    if add.title.is_some() {
        control.title = add.title.clone().unwrap_or_default();
    }
    insert(&mut control.params, at_start, &add.params);
    insert(&mut control.props, at_start, &add.props);
    insert(&mut control.links, at_start, &add.links);
    insert(&mut control.parts, at_start, &add.parts);
    Ok(())
}

/// Adds inside or beside the object with the given id (req-modify-alter-add-explicit); none where there is no such
/// object. Says which control that is in.
fn within_control(
    control: &mut Control,
    id: &str,
    place: Position,
    add: &Add,
) -> Option<Result<String, &'static str>> {
    if let Some(fit) = within_own(control, id, place, add) {
        return Some(fit.map(|()| control.id.clone()));
    }
    if let Some(child) = control.controls.iter_mut().find(|child| child.id == id) {
        let target = if place.is_inside() { child } else { control };
        return Some(into_control(target, place.is_start(), add).map(|()| target.id.clone()));
    }
    control.controls.iter_mut().find_map(|child| within_control(child, id, place, add))
}

/// Adds inside or beside a parameter or part of a control itself.
fn within_own(control: &mut Control, id: &str, place: Position, add: &Add) -> Option<Fit> {
    if let Some(at) = control.params.iter().position(|param| param.id == id) {
        if place.is_inside() {
            return control.params.get_mut(at).map(|param| into_param(param, place.is_start(), add));
        }
        return Some(beside_param(control, at, place.is_start(), add));
    }
    if let Some(at) = control.parts.iter().position(|part| part.id.as_deref() == Some(id)) {
        if place.is_inside() {
            return control.parts.get_mut(at).map(|part| into_part(part, place.is_start(), add));
        }
        return Some(beside_part(control, at, place.is_start(), add));
    }
    control.parts.iter_mut().find_map(|part| within_part(part, id, place, add))
}

fn within_part(part: &mut Part, id: &str, place: Position, add: &Add) -> Option<Fit> {
    let Some(at) = part.parts.iter().position(|child| child.id.as_deref() == Some(id)) else {
        return part.parts.iter_mut().find_map(|child| within_part(child, id, place, add));
    };
    if place.is_inside() {
        return part.parts.get_mut(at).map(|child| into_part(child, place.is_start(), add));
    }
    if !add.params.is_empty() {
        return Some(Err("a part cannot hold parameters"));
    }
    if add.title.is_some() {
        return Some(Err("a title cannot stand beside a part"));
    }
    insert(&mut part.props, place.is_start(), &add.props);
    insert(&mut part.links, place.is_start(), &add.links);
    insert_at(&mut part.parts, at, place.is_start(), &add.parts);
    Some(Ok(()))
}

fn into_part(part: &mut Part, at_start: bool, add: &Add) -> Fit {
    if !add.params.is_empty() {
        return Err("a part cannot hold parameters");
    }
    if add.title.is_some() {
        part.title.clone_from(&add.title);
    }
    insert(&mut part.props, at_start, &add.props);
    insert(&mut part.links, at_start, &add.links);
    insert(&mut part.parts, at_start, &add.parts);
    Ok(())
}

fn into_param(param: &mut Parameter, at_start: bool, add: &Add) -> Fit {
    if !add.params.is_empty() || !add.parts.is_empty() || add.title.is_some() {
        return Err("a parameter can only hold props and links");
    }
    insert(&mut param.props, at_start, &add.props);
    insert(&mut param.links, at_start, &add.links);
    Ok(())
}

fn beside_param(control: &mut Control, at: usize, before: bool, add: &Add) -> Fit {
    if add.title.is_some() {
        return Err("a title cannot stand beside a parameter");
    }
    insert_at(&mut control.params, at, before, &add.params);
    insert(&mut control.props, before, &add.props);
    insert(&mut control.links, before, &add.links);
    insert(&mut control.parts, before, &add.parts);
    Ok(())
}

fn beside_part(control: &mut Control, at: usize, before: bool, add: &Add) -> Fit {
    if add.title.is_some() {
        return Err("a title cannot stand beside a part");
    }
    insert(&mut control.params, before, &add.params);
    insert(&mut control.props, before, &add.props);
    insert(&mut control.links, before, &add.links);
    insert_at(&mut control.parts, at, before, &add.parts);
    Ok(())
}

/// Adds to the front or the back of a list.
fn insert<T: Clone>(list: &mut Vec<T>, at_start: bool, added: &[T]) {
    let at = if at_start { 0 } else { list.len() };
    list.splice(at..at, added.iter().cloned());
}

/// Adds before or after the item at `at`.
fn insert_at<T: Clone>(list: &mut Vec<T>, at: usize, before: bool, added: &[T]) {
    let at = if before { at } else { (at + 1).min(list.len()) };
    list.splice(at..at, added.iter().cloned());
}
