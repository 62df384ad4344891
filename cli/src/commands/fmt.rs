use std::fmt::Write as _;

use probity_diagnostics::document::Format;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath};
use probity_oscal::codes::NOT_FORMATTED;
use probity_oscal::split;
use rayon::prelude::*;

use crate::args::{ProjectArgs, RemoteArgs};
use crate::documents::{self, Source};
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Write OSCAL documents in one layout: the order of the model, two blanks
/// for each level.
///
/// Documents that say the same then have the same lines, and changes show as
/// the lines that changed. Files are rewritten in place, in their own format;
/// comments of YAML are kept. Without files, the documents of the project, or
/// of the compliance-trestle workspace, are formatted.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// OSCAL documents, folders of them, or `-` for standard input, which is
    /// written to standard output.
    #[arg(value_name = "FILE")]
    files: Vec<String>,

    /// Write nothing; list the files that would change (exit code 1).
    #[arg(long)]
    check: bool,

    /// Show what would change, line by line; with --check.
    #[arg(long, requires = "check")]
    diff: bool,

    #[command(flatten)]
    project: ProjectArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    format(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn format(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let shelves = || super::shelves(&args.project, surroundings);
    let named = if args.files.is_empty() { shelves() } else { Some(args.files.clone()) };
    let sources = match named {
        Some(named) => super::sources(&named, surroundings, ui)?,
        None => of_project(&args.project, surroundings, ui)?,
    };
    let sources = pieces(sources, ui)?;
    let outcomes: Vec<_> = sources.par_iter().map(formatted).collect();
    let mut status = Status::Done;
    let (mut changed, mut kept) = (0_usize, 0_usize);
    for (source, outcome) in sources.iter().zip(outcomes) {
        match outcome {
            Ok(None) => {}
            Ok(Some(formatted)) => {
                ui.findings(&formatted.warnings, source.tree.as_ref());
                if let Some(after) = formatted.after {
                    changed += 1;
                    status = status.and(put(args, source, &formatted.before, &after, surroundings, ui));
                } else {
                    kept += 1;
                    if source.disk.is_none() && !args.check {
                        status = status.and(ui.write(&formatted.before, &surroundings.folder, None));
                    }
                }
            }
            Err(findings) => status = status.and(super::refuse(&findings, source.tree.as_ref(), ui)),
        }
    }
    let verb = if args.check { "would change" } else { "formatted" };
    ui.note(&format!("{changed} {verb}, {kept} unchanged"));
    Ok(status)
}

/// The documents of the project.
fn of_project(args: &ProjectArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Vec<Source>, Status> {
    let workspace = super::workspace(args, &RemoteArgs::default(), surroundings, ui)?;
    let files = probity_project::check::documents(&workspace);
    let tree: std::sync::Arc<dyn probity_diagnostics::FileTree> = workspace.tree.clone();
    let is_document = |path: &TreePath| Format::of(path).is_some() || split::is_split(tree.as_ref(), path);
    let sources = files.iter().filter(|path| is_document(path)).cloned().map(|path| Source {
        disk: workspace.disk.inner().on_disk(&path).ok(),
        tree: tree.clone(),
        below: path.file_name().to_owned(),
        path,
        found: true,
    });
    Ok(sources.collect())
}

/// The files to format: of split folders each one.
fn pieces(sources: Vec<Source>, ui: &mut Ui) -> Result<Vec<Source>, Status> {
    let mut files = Vec::with_capacity(sources.len());
    for source in sources {
        let tree = source.tree.clone();
        files.extend(source.pieces().map_err(|findings| super::refuse(&findings, tree.as_ref(), ui))?);
    }
    Ok(files)
}

/// A document as it stands and as it would be written.
struct Formatted {
    before: Vec<u8>,
    /// None where nothing changes.
    after: Option<Vec<u8>>,
    warnings: Diagnostics,
}

fn formatted(source: &Source) -> Result<Option<Formatted>, Diagnostics> {
    let Some(document) = documents::read_or_piece(source)? else { return Ok(None) };
    let refuse = |why: &str, help: &str| -> Diagnostics {
        let finding = Diagnostic::error(&NOT_FORMATTED, format!("the file is left as it is: {why}"));
        finding.at(Location::file(&source.path)).help(help).into()
    };
    if document.comments.has_aliases {
        return Err(refuse(
            "anchors and aliases would be written out",
            "`probity convert` into another file writes them out",
        ));
    }
    if document.has_xml_comments {
        return Err(refuse(
            "comments and processing instructions of XML would be lost",
            "say in `remarks` what they say, or convert the document into another file",
        ));
    }
    let mut after = Vec::with_capacity(document.text.len());
    if let Err(error) = document.write(&mut after) {
        return Err(refuse(&error.to_string(), "`probity validate` says what is wrong with it"));
    }
    let after = (after != document.text).then_some(after);
    Ok(Some(Formatted { before: document.text, after, warnings: document.warnings }))
}

/// Brings a text back to its file, or tells that it would change.
fn put(
    args: &Args,
    source: &Source,
    before: &[u8],
    after: &[u8],
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Status {
    let shown = source.shown();
    if args.check {
        ui.result(&if args.diff { difference(&shown, before, after) } else { shown });
        return Status::Findings;
    }
    let Some(disk) = &source.disk else { return ui.write(after, &surroundings.folder, None) };
    match output::write(disk, after) {
        Ok(_) => {
            ui.note(&format!("formatted {shown}"));
            Status::Done
        }
        Err(finding) => super::refuse(&finding.into(), source.tree.as_ref(), ui),
    }
}

/// The difference between two texts as a unified diff.
fn difference(shown: &str, before: &[u8], after: &[u8]) -> String {
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    let changes = similar::TextDiff::from_lines(before.as_ref(), after.as_ref());
    let mut text = String::new();
    let _ = write!(text, "{}", changes.unified_diff().context_radius(3).header(shown, shown));
    text
}
