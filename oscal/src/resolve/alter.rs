//! The modify phase, second part: controls (specification, "Altering controls").

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, Diagnostics};

use super::codes;
use super::merge::Merged;
use super::select::Site;
use super::similar::similar;
use crate::OSCAL_NS;
use crate::model::catalog::Control;
use crate::model::control::{Parameter, Part};
use crate::model::metadata::{Link, Property};
use crate::model::profile::{Add, Alter, Remove};

/// Applies all alterations in their sequence; in each, removals come before additions.
pub(super) fn alter(alters: &[Alter], site: &Site, merged: &mut Merged, findings: &mut Diagnostics) {
    let mut absent = Vec::new();
    for (i, alter) in alters.iter().enumerate() {
        let site = site.index(i);
        let mut is_found = false;
        merged.each_control(&mut |control| {
            if control.id == alter.control_id {
                is_found = true;
                alter_control(control, alter, &site, findings);
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

fn alter_control(control: &mut Control, alter: &Alter, site: &Site, findings: &mut Diagnostics) {
    for (i, remove) in alter.removes.iter().enumerate() {
        if Criteria(remove).apply(control) == 0 {
            let message = format!("nothing in `{}` meets the criteria of this removal", control.id);
            let finding = Diagnostic::warning(&codes::NOTHING_REMOVED, message);
            findings.push(finding.at(site.key("removes").index(i).location()));
        }
    }
    for (i, add) in alter.adds.iter().enumerate() {
        let site = site.key("adds").index(i);
        let place = Position::of(add);
        let outcome = match add.by_id.as_deref() {
            Some(id) if id != control.id => within_control(control, id, place, add),
            _ => Some(into_control(control, place.is_start(), add)),
        };
        match outcome {
            Some(Ok(())) => {}
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
struct Criteria<'a>(&'a Remove);

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
    fn apply(&self, control: &mut Control) -> usize {
        let Remove { by_name, by_class, by_id, by_item_name, by_ns, .. } = self.0;
        if [by_name, by_class, by_id, by_item_name, by_ns].iter().all(|criterion| criterion.is_none()) {
            return 0;
        }
        self.control(control)
    }

    fn control(&self, control: &mut Control) -> usize {
        let mut removed = self.params(&mut control.params)
            + self.props(&mut control.props)
            + self.links(&mut control.links)
            + self.parts(&mut control.parts);
        removed += retain(&mut control.controls, |child| {
            let (id, class) = (Some(child.id.as_str()), child.class.as_deref());
            !self.meets(&Flags { item: "control", id, class, ..Flags::default() })
        });
        removed + control.controls.iter_mut().map(|child| self.control(child)).sum::<usize>()
    }

    fn params(&self, params: &mut Vec<Parameter>) -> usize {
        let removed = retain(params, |param| {
            let (id, class) = (Some(param.id.as_str()), param.class.as_deref());
            !self.meets(&Flags { item: "param", id, class, ..Flags::default() })
        });
        let inside = params.iter_mut().map(|p| self.props(&mut p.props) + self.links(&mut p.links));
        removed + inside.sum::<usize>()
    }

    fn parts(&self, parts: &mut Vec<Part>) -> usize {
        let removed = retain(parts, |part| {
            !self.meets(&Flags {
                item: "part",
                id: part.id.as_deref(),
                name: Some(&part.name),
                class: part.class.as_deref(),
                ns: Some(part.ns.as_deref().unwrap_or(OSCAL_NS)),
            })
        });
        let inside = parts.iter_mut().map(|part| {
            self.props(&mut part.props) + self.links(&mut part.links) + self.parts(&mut part.parts)
        });
        removed + inside.sum::<usize>()
    }

    fn props(&self, props: &mut Vec<Property>) -> usize {
        retain(props, |prop| {
            !self.meets(&Flags {
                item: "prop",
                id: None,
                name: Some(&prop.name),
                class: prop.class.as_deref(),
                ns: Some(prop.ns.as_deref().unwrap_or(OSCAL_NS)),
            })
        })
    }

    fn links(&self, links: &mut Vec<Link>) -> usize {
        retain(links, |_| !self.meets(&Flags { item: "link", ..Flags::default() }))
    }

    fn meets(&self, flags: &Flags<'_>) -> bool {
        let meets = |criterion: &Option<String>, flag: Option<&str>| {
            criterion.as_deref().is_none_or(|wanted| flag == Some(wanted))
        };
        meets(&self.0.by_name, flags.name)
            && meets(&self.0.by_class, flags.class)
            && meets(&self.0.by_id, flags.id)
            && meets(&self.0.by_item_name, Some(flags.item))
            && meets(&self.0.by_ns, flags.ns)
    }
}

/// Keeps what `keep` accepts and says how much went.
fn retain<T>(items: &mut Vec<T>, keep: impl Fn(&T) -> bool) -> usize {
    let before = items.len();
    items.retain(keep);
    before - items.len()
}

/// Where content is added.
#[derive(Clone, Copy)]
enum Position {
    Starting,
    Ending,
    Before,
    After,
}

impl Position {
    /// The position of an addition; `ending` where it does not say.
    fn of(add: &Add) -> Self {
        match add.position.as_deref() {
            Some("starting") => Self::Starting,
            Some("before") => Self::Before,
            Some("after") => Self::After,
            _ => Self::Ending,
        }
    }

    /// Whether content goes to the front of the lists it is added to.
    fn is_start(self) -> bool {
        matches!(self, Self::Starting | Self::Before)
    }

    /// Whether content goes inside the target of an explicit binding.
    fn is_inside(self) -> bool {
        matches!(self, Self::Starting | Self::Ending)
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
/// object.
fn within_control(control: &mut Control, id: &str, place: Position, add: &Add) -> Option<Fit> {
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
    if let Some(fit) = control.parts.iter_mut().find_map(|part| within_part(part, id, place, add)) {
        return Some(fit);
    }
    if let Some(child) = control.controls.iter_mut().find(|child| child.id == id) {
        let target = if place.is_inside() { child } else { control };
        return Some(into_control(target, place.is_start(), add));
    }
    control.controls.iter_mut().find_map(|child| within_control(child, id, place, add))
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
