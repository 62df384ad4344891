use std::path::PathBuf;

use probity_diagnostics::{Diagnostic, Diagnostics, TreePath};
use probity_project::sharing::{Place, RECEIVED};
use probity_sharing::package::{DOCUMENTS, ENVELOPE, MANIFEST};
use probity_sharing::publish::LIST;
use probity_sharing::{Label, Refusal, Stop, marking};
use serde_json::json;

use super::super::opened::Opened;
use crate::args::{FormatArg, ProjectArgs};
use crate::commands::refuse;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Say what is wrong with the markings of a project.
///
/// Tells documents that contradict themselves, their sidecar or their name, texts
/// that should be labels and are none, also where letters only look alike,
/// sidecars without a document or that say nothing new, and documents wider than
/// TLP:AMBER that no commit of their originator vouches for. What was received,
/// built, packaged or published is left out: it follows from others. Exits with 1 where there is something.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share mark lint sharing")]
pub(crate) struct Args {
    /// Files and folders; left out, the whole project.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let place = opened.place(ui)?;
    let tree = opened.tree();
    let paths = paths(args, &opened, surroundings, ui)?;
    let mut found = Diagnostics::new();
    for path in &paths {
        let (marking, told) = marking::lint(tree, path);
        found.extend(told);
        if marking.is_some_and(|marking| marking.label < Label::UNMARKED) {
            found.extend(vouched(&place, path));
        }
    }
    ui.findings(&found, tree);
    if args.format.format == Format::Json {
        ui.outcome(json!({"files": paths.len()}), false);
    } else if found.is_empty() {
        ui.result(&format!("files: {}, and nothing is wrong with their markings", paths.len()));
    }
    Ok(if found.is_empty() { Status::Done } else { Status::Findings })
}

/// What keeps a wide document from being its originator's.
fn vouched(place: &Place<'_>, path: &TreePath) -> Vec<Diagnostic> {
    match place.candidate(path) {
        Ok(_) => Vec::new(),
        Err(Stop::Refused(refusals)) => refusals.iter().map(Refusal::objection).collect(),
        Err(Stop::Unreadable(findings)) => findings.iter().cloned().collect(),
    }
}

/// The files that somebody wrote: none that was received, built, packaged or published, which follow from others.
fn documents(files: Vec<TreePath>) -> Vec<TreePath> {
    let made = |file: &TreePath| match file.file_name() {
        LIST | ENVELOPE => true,
        MANIFEST => files.iter().any(|one| {
            let documents = one.parent();
            documents.file_name() == DOCUMENTS && documents.parent() == file.parent()
        }),
        _ => false,
    };
    let roots = files.iter().filter(|file| made(file)).map(|file| file.parent().to_string());
    let roots: Vec<String> = roots
        .chain([RECEIVED.to_owned(), "build".to_owned(), ".probity".to_owned()])
        .filter(|root| !root.is_empty())
        .map(|root| format!("{root}/"))
        .collect();
    files.into_iter().filter(|file| !roots.iter().any(|root| file.as_str().starts_with(root))).collect()
}

/// The files that were named or lie below a folder that was.
fn paths(
    args: &Args,
    opened: &Opened,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Vec<TreePath>, Status> {
    let tree = opened.tree();
    let named = if args.paths.is_empty() {
        vec![TreePath::root()]
    } else {
        args.paths.iter().map(|path| opened.path(path, surroundings, ui)).collect::<Result<_, _>>()?
    };
    let mut found = Vec::new();
    for path in named {
        if tree.is_folder(&path) {
            let below =
                tree.walk(&path).map_err(|error| refuse(&Diagnostic::from(error).into(), tree, ui))?;
            found.extend(documents(below));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}
