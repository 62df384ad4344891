//! The trace for people: one line or a few per control, what is out by its reason.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use indexmap::IndexMap;
use probity_diagnostics::Location;
use probity_diagnostics::render::counted;
use probity_oscal::resolve::trace::{ControlTrace, Document, Event, Holder, ObjectTrace, Step, Structure};

use super::{Shown, words};

/// How wide titles may be, in characters.
const TITLE: usize = 44;

/// The whole trace.
pub(crate) fn human(shown: &Shown<'_>) -> String {
    let mut out = String::new();
    head(shown, &mut out);
    within(shown, &mut out);
    without(shown, &mut out);
    params(shown, &mut out);
    resources(shown, &mut out);
    out
}

/// What was resolved to what, and the documents by the names that places have.
fn head(shown: &Shown<'_>, out: &mut String) {
    let Some(profile) = shown.trace.profile() else { return };
    let (inside, all) = (held(shown).count(), shown.trace.controls.len());
    let _ = writeln!(out, "{}", shown.bold(&words::cut(&profile.title, shown.width)));
    let structure = structure(shown, profile).map(|text| format!("; {text}")).unwrap_or_default();
    let _ = writeln!(out, "{} in, {} out{structure}\n", counted(inside, "control"), all - inside);
    let names: Vec<String> =
        shown.trace.documents.iter().map(|document| shown.name(&document.file)).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    for (document, name) in shown.trace.documents.iter().zip(&names) {
        let path = shown.sources.display(&document.file);
        let path = if path == *name { String::new() } else { format!("  {}", words::cut(&path, 120)) };
        let _ = writeln!(out, "  {name:width$}  {}{}", shown.kind(document), shown.dim(&path));
    }
}

/// The structure that a profile asks for, where it is the same for all controls.
fn structure(shown: &Shown<'_>, profile: &Document) -> Option<String> {
    let steps = held(shown).flat_map(|control| &control.steps);
    let placed = steps.filter(|step| step.place.file == profile.file).find_map(|step| match &step.event {
        Event::Placed { structure, .. } => Some((structure, &step.place)),
        _ => None,
    });
    let (name, place) = match placed? {
        (Structure::Flat, place) => ("flat structure", place),
        (Structure::AsIs, place) => ("structure as it is", place),
        (Structure::Custom(_), _) => return None,
    };
    Some(format!("{name}  {}", shown.dim(&shown.place(place))))
}

fn held<'s>(shown: &'s Shown<'_>) -> impl Iterator<Item = &'s ControlTrace> {
    shown.trace.controls.iter().filter(|control| control.is_in())
}

/// The controls of the result, below the groups that they stand in.
fn within(shown: &Shown<'_>, out: &mut String) {
    let characters = |text: &str| text.chars().count();
    let ids = held(shown).map(|control| characters(&control.id)).max().unwrap_or(0);
    let titles = held(shown).map(|control| characters(&control.title).min(TITLE)).max().unwrap_or(0);
    if held(shown).next().is_some() {
        let _ = writeln!(out, "\n{}", shown.bold("In"));
    }
    let mut groups = BTreeMap::new();
    let mut group = None;
    for control in held(shown) {
        let own = group_of(control, &groups, shown);
        if own.is_some() && own != group {
            let _ = writeln!(out, "\n  {}", own.as_deref().unwrap_or_default());
            group.clone_from(&own);
        }
        groups.insert(control.id.as_str(), own);
        let id = shown.bold(&format!("{:ids$}", words::cut(&control.id, 80)));
        let title = format!("{:titles$}", words::cut(&control.title, titles));
        match selections(control, shown).as_slice() {
            [] => drop(writeln!(out, "{}", format!("  {id}  {title}").trim_end())),
            [only] => drop(writeln!(out, "  {id}  {title}  selected {only}")),
            many => {
                let _ = writeln!(out, "{}", format!("  {id}  {title}").trim_end());
                let _ = writeln!(out, "  {:ids$}    selected {}", "", many.join(", "));
            }
        }
        if control.copies > 1 {
            let _ = writeln!(out, "  {:ids$}    in the result {} times", "", control.copies);
        }
        for step in control.steps.iter().filter(|step| is_told(step)) {
            let (head, lines) = words::lines(step, shown.has_imports(&step.place.file));
            let _ = writeln!(out, "  {:ids$}    {head}  {}", "", shown.dim(&shown.place(&step.place)));
            for line in lines {
                let _ = writeln!(out, "  {:ids$}      {line}", "");
            }
        }
    }
}

/// The group that the profile puts a control into: its own, or that of the control it stands in.
fn group_of(
    control: &ControlTrace,
    groups: &BTreeMap<&str, Option<String>>,
    shown: &Shown<'_>,
) -> Option<String> {
    let top = shown.trace.profile()?;
    let of_top = control.steps.iter().filter(|step| step.place.file == top.file);
    let mut holders = of_top.filter_map(|step| match &step.event {
        Event::Placed { inside, structure: Structure::AsIs | Structure::Custom(_) }
        | Event::Defined { inside } => Some(inside),
        _ => None,
    });
    match holders.next_back()? {
        Holder::Control(id) => groups.get(id.as_str()).cloned().flatten(),
        Holder::Catalog => Some("outside of groups".to_owned()),
        group @ Holder::Group { .. } => words::group(group),
    }
}

/// How each document on the way took a control over.
fn selections(control: &ControlTrace, shown: &Shown<'_>) -> Vec<String> {
    let selected = control.steps.iter().filter_map(|step| match &step.event {
        Event::Selected { how, .. } => Some((words::how(how), &step.place)),
        _ => None,
    });
    selected.map(|(how, place)| format!("{how}  {}", shown.dim(&shown.place(place)))).collect()
}

/// Whether a step is worth a line of its own: not what is true of all controls.
fn is_told(step: &Step) -> bool {
    match &step.event {
        Event::Defined { .. } | Event::Selected { .. } => false,
        Event::Placed { structure, .. } => matches!(structure, Structure::Custom(_)),
        _ => true,
    }
}

fn told(step: &Step, shown: &Shown<'_>) -> String {
    let place = shown.dim(&shown.place(&step.place));
    format!("{}  {place}", sentence(step, shown))
}

fn sentence(step: &Step, shown: &Shown<'_>) -> String {
    words::step(step, shown.has_imports(&step.place.file))
}

/// The controls that are out, by the reason.
fn without(shown: &Shown<'_>, out: &mut String) {
    let mut reasons: IndexMap<(String, String), Vec<(&ControlTrace, &Location)>> = IndexMap::new();
    for control in shown.trace.controls.iter().filter(|control| !control.is_in()) {
        if let Some(step) = control.loss() {
            let key = (sentence(step, shown), shown.name(&step.place.file));
            reasons.entry(key).or_default().push((control, &step.place));
        }
    }
    if !reasons.is_empty() {
        let _ = writeln!(out, "\n{}", shown.bold("Out"));
    }
    let homes = Homes::new(&shown.trace.controls);
    for ((sentence, _), lost) in &reasons {
        let count = counted(lost.len(), "control");
        let one_place = lost
            .first()
            .map(|(_, place)| place)
            .filter(|first| lost.iter().all(|(_, place)| place == *first));
        let place =
            one_place.map(|place| format!("  {}", shown.dim(&shown.place(place)))).unwrap_or_default();
        let _ = writeln!(out, "\n  {count} {sentence}{place}");
        if one_place.is_some() {
            for family in lost.chunk_by(|(one, _), (next, _)| homes.of(one) == homes.of(next)) {
                let ids = family.iter().map(|(control, _)| words::cut(&control.id, 80));
                wrap(&ids.collect::<Vec<_>>(), shown.width, out);
            }
        } else {
            let width = lost.iter().map(|(control, _)| control.id.chars().count()).max().unwrap_or(0);
            for (control, place) in lost {
                let (id, title) = (words::cut(&control.id, 80), words::cut(&control.title, TITLE));
                let _ = writeln!(out, "    {id:width$}  {title}  {}", shown.dim(&shown.place(place)));
            }
        }
    }
}

/// What catalogs define controls in, by their ids.
struct Homes<'t>(BTreeMap<&'t str, &'t Holder>);

/// How deep controls are looked for in others.
const DEEP: usize = 16;

impl<'t> Homes<'t> {
    fn new(controls: &'t [ControlTrace]) -> Self {
        let homes = controls.iter().filter_map(|control| Some((control.id.as_str(), home(control)?)));
        Self(homes.collect())
    }

    /// The group that holds a control, or the control that holds it.
    fn of(&self, control: &'t ControlTrace) -> Option<&'t Holder> {
        let mut holder = home(control)?;
        for _ in 0..DEEP {
            let Holder::Control(id) = holder else { break };
            holder = self.0.get(id.as_str())?;
        }
        Some(holder)
    }
}

fn home(control: &ControlTrace) -> Option<&Holder> {
    control.steps.iter().find_map(|step| match &step.event {
        Event::Defined { inside } => Some(inside),
        _ => None,
    })
}

/// Words in lines of at most `width` characters, indented.
fn wrap(words: &[String], width: usize, out: &mut String) {
    let mut line = String::from("   ");
    for word in words {
        if line.chars().count() + 1 + word.chars().count() > width && line.trim() != "" {
            let _ = writeln!(out, "{line}");
            line = String::from("   ");
        }
        line.push(' ');
        line.push_str(word);
    }
    let _ = writeln!(out, "{line}");
}

/// Parameters outside of controls.
fn params(shown: &Shown<'_>, out: &mut String) {
    let params: Vec<&ObjectTrace> =
        shown.trace.parameters.iter().filter(|param| fate(param).is_some()).collect();
    if params.is_empty() {
        return;
    }
    let kept = params.iter().filter(|param| param.is_in).count();
    let title = shown.bold("Parameters outside of controls");
    let _ = writeln!(out, "\n{title}: {kept} kept, {} dropped", params.len() - kept);
    for param in params {
        let set = param.steps.iter().filter(|step| matches!(step.event, Event::Set { .. }));
        let fate = fate(param).filter(|step| !matches!(step.event, Event::Set { .. }));
        for step in set.chain(fate) {
            let _ = writeln!(out, "  {}  {}", words::cut(&param.id, 80), told(step, shown));
        }
    }
}

/// What became of an object in the end; none where nothing was decided about it.
fn fate(object: &ObjectTrace) -> Option<&Step> {
    object.steps.iter().rev().find(|step| !matches!(step.event, Event::Defined { .. }))
}

/// Resources of the back matter: those that are dropped by name.
fn resources(shown: &Shown<'_>, out: &mut String) {
    let resources = &shown.trace.resources;
    let kept = resources.iter().filter(|resource| resource.is_in).count();
    if resources.is_empty() || shown.trace.profile().is_none_or(|document| !document.is_profile) {
        return;
    }
    let title = shown.bold("Back matter");
    let (kept, dropped) = (counted(kept, "resource"), resources.len() - kept);
    let _ = writeln!(out, "\n{title}: {kept} kept, {dropped} dropped");
    let mut reasons: IndexMap<String, Vec<&ObjectTrace>> = IndexMap::new();
    for resource in resources.iter().filter(|resource| !resource.is_in) {
        if let Some(step) = fate(resource) {
            reasons.entry(told(step, shown)).or_default().push(resource);
        }
    }
    for (reason, resources) in reasons {
        let _ = writeln!(out, "  {reason}");
        for resource in resources {
            let title = resource.title.as_deref().map(words::quoted).unwrap_or_default();
            let _ = writeln!(out, "{}", format!("    {}  {title}", words::cut(&resource.id, 80)).trim_end());
        }
    }
}
