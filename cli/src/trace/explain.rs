//! The whole story of one control, from the catalog that defines it to its final form.

use std::fmt::Write as _;

use probity_diagnostics::{Location, TreePath};
use probity_oscal::resolve::trace::{ControlTrace, Event, Item, ParamTrace, Step};

use super::{Shown, words};

/// How many lines of a directive are shown.
const LINES: usize = 6;

/// What became of a control, document by document, and its parameters as they are in the end. `asked` is the id that was
/// asked for, which may be that of a parameter or part.
pub(crate) fn explain(control: &ControlTrace, asked: &str, shown: &Shown<'_>) -> String {
    let mut out = String::new();
    if asked != control.id {
        let kind = if control.params.iter().any(|param| param.id == asked) { "parameter" } else { "part" };
        let _ =
            writeln!(out, "{} is a {kind} of {}.\n", words::cut(asked, 120), words::cut(&control.id, 120));
    }
    head(control, shown, &mut out);
    let mut file = None;
    for step in &control.steps {
        if file != Some(&step.place.file) {
            document(&step.place.file, shown, &mut out);
            file = Some(&step.place.file);
        }
        self::step(step, shown, &mut out);
    }
    params(control, shown, &mut out);
    out
}

/// What the control is, and whether it is in or why it is out.
fn head(control: &ControlTrace, shown: &Shown<'_>, out: &mut String) {
    let id = shown.bold(&words::cut(&control.id, 120));
    let title = words::cut(&control.title, 120);
    let state = match control.loss() {
        None if control.copies > 1 => format!("in the result {} times", control.copies),
        None => format!("in the result{}", inside(control, shown)),
        Some(step) => {
            let sentence = words::step(step, shown.has_imports(&step.place.file));
            format!("out: {sentence}  {}", shown.dim(&shown.full_place(&step.place)))
        }
    };
    let _ = writeln!(out, "{id}  {title}\n{state}");
}

/// Where a control stands in the result.
fn inside(control: &ControlTrace, shown: &Shown<'_>) -> String {
    let Some(top) = shown.trace.profile() else { return String::new() };
    let of_top = control.steps.iter().filter(|step| step.place.file == top.file);
    let mut holders = of_top.filter_map(|step| match &step.event {
        Event::Defined { inside } | Event::Placed { inside, .. } => {
            Some(words::inside(inside).replacen(' ', ", ", 1))
        }
        _ => None,
    });
    holders.next_back().unwrap_or_default()
}

fn document(file: &TreePath, shown: &Shown<'_>, out: &mut String) {
    let Some(document) = shown.document(file) else { return };
    let name = shown.bold(&words::cut(&shown.sources.display(file), 200));
    let _ = writeln!(out, "\n{name}  {}", shown.kind(document));
}

/// A step with its place, and the directive itself.
fn step(step: &Step, shown: &Shown<'_>, out: &mut String) {
    let (head, lines) = words::lines(step, shown.has_imports(&step.place.file));
    let _ = writeln!(out, "  {head}  {}", shown.dim(&shown.full_place(&step.place)));
    for line in lines {
        let _ = writeln!(out, "    {line}");
    }
    if !matches!(step.event, Event::Defined { .. }) {
        excerpt(&step.place, shown, out);
    }
}

/// The first lines of a directive, numbered.
fn excerpt(place: &Location, shown: &Shown<'_>, out: &mut String) {
    let Some(excerpt) = shown.sources.excerpt(place, LINES) else { return };
    let gutter = (excerpt.first + excerpt.lines.len()).to_string().len();
    for (number, line) in (excerpt.first..).zip(&excerpt.lines) {
        let _ = writeln!(out, "{}", shown.dim(format!("    {number:gutter$} | {line}").trim_end()));
    }
    if excerpt.is_cut {
        let _ = writeln!(out, "{}", shown.dim(&format!("    {:gutter$} | …", "")));
    }
}

/// The parameters in their final form, each with what set it.
fn params(control: &ControlTrace, shown: &Shown<'_>, out: &mut String) {
    if control.params.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", shown.bold("parameters"));
    let width = control.params.iter().map(|param| param.id.chars().count()).max().unwrap_or(0);
    for param in &control.params {
        let (value, place) = (value(control, param), origin(control, param));
        let place = place.map(|place| shown.full_place(place)).unwrap_or_default();
        let id = words::cut(&param.id, 120);
        let _ = writeln!(out, "  {id:width$}  {value}  {}", shown.dim(&place));
    }
}

/// What stands for a parameter in the end.
fn value(control: &ControlTrace, param: &ParamTrace) -> String {
    let quoted = |list: &[String]| list.iter().map(|text| words::quoted(text)).collect::<Vec<_>>().join(", ");
    let label =
        param.label.as_deref().map(|label| format!(" ({})", words::cut(label, 60))).unwrap_or_default();
    match (param.values.as_slice(), param.choice.as_slice()) {
        _ if !control.is_in() => "out with its control".to_owned(),
        _ if !param.is_in => "removed".to_owned(),
        ([], []) => format!("no value{label}"),
        ([], choice) => format!("to be chosen from {}", quoted(choice)),
        (values, _) => format!("{}{label}", quoted(values)),
    }
}

/// What gave a parameter its value: what removed it, else what set it last, else what defines it.
fn origin<'c>(control: &'c ControlTrace, param: &'c ParamTrace) -> Option<&'c Location> {
    let is_it = |item: &Item| item.kind == "param" && item.id.as_ref() == Some(&param.id);
    let mut removals = control.steps.iter().filter(|step| match &step.event {
        Event::Removed { items } => items.iter().any(is_it),
        _ => false,
    });
    let removal = if param.is_in { None } else { removals.next_back().map(|step| &step.place) };
    removal.or(param.set.last()).or(param.defined.last())
}
