use std::collections::BTreeSet;

use probity_diagnostics::TreePath;
use probity_generators::clip;
use probity_project::history::{Blamed, Past, Subject, blame, files_of};
use serde_json::{Value, json};

use crate::args::{FormatArg, ProjectArgs};
use crate::history::{Place, commit_json, day, refuse, subject};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Show the last commit that changed each thing that is said of a control.
///
/// As `git blame` does for lines, this does for items: the title of a
/// control, each statement, each parameter and its value, each check with its
/// Rego and target value. A file shows all that stands in it; a control, what
/// all files of the project say of it. Files are followed where they moved.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity blame ac-2")]
pub(crate) struct Args {
    /// A file of the project, or a control (id or label), metric or resource.
    subject: String,

    /// The commit to look from; left out, the one that is checked out.
    revision: Option<String>,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    show(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn show(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let place = Place::open(&args.project, args.revision.as_deref(), surroundings, ui)?;
    let mut past = place.past();
    let (files, wanted) = match file(&place, &args.subject, surroundings) {
        Some(file) => (vec![file], None),
        None => about(&mut past, &place, &args.subject, ui)?,
    };
    let is_wanted = |subject: &Subject, item: &str| match &wanted {
        None => true,
        Some((meant, all)) => all.contains(subject) && (subject == meant || !of_another(item)),
    };
    let found = blame(&mut past, &place.head, &files, &is_wanted).map_err(|finding| refuse(&finding, ui))?;
    if args.format.format == Format::Json {
        ui.outcome(json!({"items": found.iter().map(as_json).collect::<Vec<_>>()}), false);
    } else {
        for line in lines(&found, ui.width()) {
            ui.result(&line);
        }
        if found.is_empty() {
            ui.note("nothing is said there of controls, metrics or resources");
        }
    }
    place.tell_gaps(&past, ui);
    Ok(Status::Done)
}

/// The file of the commit that is meant, seen from the working folder, else from the project.
fn file(place: &Place, name: &str, surroundings: &Surroundings) -> Option<TreePath> {
    let is_there = |path: &TreePath| {
        let full = place.below.join(path.as_str()).ok()?;
        place.repository.entry(&place.head, &full).ok().flatten()
    };
    let from_here = crate::place::relative(&place.root, &surroundings.folder.join(name));
    let candidates = [from_here.as_str(), name].into_iter().filter_map(|text| TreePath::parse(text).ok());
    candidates.filter(|path| path.extension().is_some()).find(|path| is_there(path).is_some())
}

/// The files that speak of a subject, and of whom they are asked.
type Asked = (Vec<TreePath>, Option<(Subject, BTreeSet<Subject>)>);

/// Whether an item of a metric speaks of other controls as well as of the one that it measures.
fn of_another(item: &str) -> bool {
    item.starts_with("measures ") || item.starts_with("target for ")
}

fn about(past: &mut Past<'_>, place: &Place, name: &str, ui: &mut Ui) -> Result<Asked, Status> {
    let subject = subject(past, &place.head, name, ui)?;
    let (files, wanted) = files_of(past, &place.head, &subject).map_err(|finding| refuse(&finding, ui))?;
    Ok((files, Some((subject, wanted))))
}

/// A heading for each file and each control in it, and below it a line for each item.
fn lines(found: &[Blamed], width: usize) -> Vec<String> {
    let author = found.iter().map(|one| one.commit.author.chars().count()).max().unwrap_or(0);
    let mut lines = Vec::new();
    let mut above: Option<(&TreePath, &Subject)> = None;
    for one in found {
        if above.is_none_or(|(file, _)| *file != one.file) {
            lines.push(one.file.to_string());
        }
        if above != Some((&one.file, &one.subject)) {
            lines.push(format!("  {}", one.subject));
        }
        above = Some((&one.file, &one.subject));
        let head =
            format!("    {}  {}  {:author$}  ", one.commit.id.short(), day(&one.commit), one.commit.author);
        let text = if matches!(one.item.as_str(), "Rego" | "cases") {
            one.item.clone()
        } else {
            format!("{}: {}", one.item, one.text)
        };
        let room = width.saturating_sub(head.chars().count());
        lines.push(format!("{head}{}", clip(&text, room.max(20))));
    }
    lines
}

fn as_json(one: &Blamed) -> Value {
    json!({
        "file": one.file.as_str(),
        "kind": one.subject.kind(),
        "subject": one.subject.name(),
        "item": one.item,
        "text": one.text,
        "commit": commit_json(&one.commit),
    })
}
