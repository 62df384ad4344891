use std::path::{Path, PathBuf};

use clap::ValueEnum;
use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, TreePath, codes};
use probity_generators::difference::{Comparison, TextOptions, html, json, markdown, text};
use probity_project::Workspace;
use probity_project::difference::{FilePair, State, Task, between, changed, compare, range};
use serde_json::Value;

use crate::args::RemoteArgs;
use crate::place::{self, Named};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Tell what differs between two commits, files or folders.
///
/// Documents are compared as OSCAL: controls that are added, withdrawn, moved,
/// retitled or reworded, parameters, requirements, components, whatever the
/// order and the uuids. Of metrics it says what they ask for and whether their
/// cases come out otherwise; of assessments, which controls are judged by
/// other metrics; of assessment results, what newly fails and what is fixed.
///
/// SIDES are `A..B` (from A to B), `A...B` (from what both have in common),
/// `A` (from A to the files on disk), two revisions, two files or two folders.
/// Left out, HEAD is compared with the files on disk. What follows are paths
/// to look at.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 compared, 1 with --exit-code where something differs, 2 could not run.\n\n\
For example:\n  \
probity diff HEAD~3..HEAD catalogs\n  \
probity diff old.json new.json --format html -o changes.html\n  \
probity diff main --exit-code --stat"
)]
pub(crate) struct Args {
    /// What to compare, and paths to look at.
    #[arg(value_name = "SIDES|PATH")]
    sides: Vec<String>,

    /// How to write it.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: DiffFormat,

    /// Where to write it; standard output if left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Exit with 1 where something differs.
    #[arg(long)]
    exit_code: bool,

    /// Name what differs, without saying how.
    #[arg(long)]
    stat: bool,

    /// A mapping collection: controls that it calls equal or equivalent are
    /// the same under two ids. May be repeated.
    #[arg(long, value_name = "FILE")]
    mapping: Vec<String>,

    /// The project folder; left out, the nearest with a `probity.toml`, else
    /// the repository.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<PathBuf>,

    #[command(flatten)]
    pub(super) remote: RemoteArgs,
}

/// The format of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For a terminal.
    Text,
    /// GitHub-flavoured Markdown.
    Markdown,
    /// One HTML file that needs nothing else.
    Html,
    /// One JSON document (docs/diff.md).
    Json,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    if args.format == DiffFormat::Json && args.output.is_none() {
        ui.tell_as(Format::Json);
    }
    diff(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn diff(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let mappings = mappings(args, surroundings, ui)?;
    let asked = Asked::of(&args.sides, &surroundings.folder);
    let refuse = |finding: Diagnostic, ui: &mut Ui| super::refuse(&finding.into(), &place::bundled(), ui);
    let comparison = match asked {
        Asked::Named(before, after) => {
            let open = |name: &str| place::named(name, &surroundings.folder, None);
            let opened = open(before).and_then(|before| Ok((before, open(after)?)));
            let (old, new) = opened.map_err(|finding| refuse(finding, ui))?;
            named((before, &old), (after, &new), &mappings, ui)?
        }
        Asked::Range(text, paths) => {
            let root = root(args, &surroundings.folder);
            let range = range(&root, text).map_err(|finding| refuse(finding, ui))?;
            let sides = Revisions::open(args, (&range.0, Some(&range.1)), paths, surroundings);
            sides.map_err(|finding| refuse(finding, ui))?.compare(&mappings, ui)
        }
        Asked::Revisions(base, head, paths) => {
            let sides = Revisions::open(args, (base, head), paths, surroundings);
            sides.map_err(|finding| refuse(finding, ui))?.compare(&mappings, ui)
        }
    };
    write(&comparison, args, surroundings, ui)
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
enum Asked<'a> {
    /// Two files or folders.
    Named(&'a str, &'a str),
    /// A range of revisions, and what to look at.
    Range(&'a str, &'a [String]),
    /// A revision, another one or the files on disk, and what to look at.
    Revisions(&'a str, Option<&'a str>, &'a [String]),
}

impl<'a> Asked<'a> {
    fn of(sides: &'a [String], folder: &Path) -> Self {
        let is_there = |name: &str| name.starts_with("content:") || folder.join(name).exists();
        match sides {
            [] => Self::Revisions("HEAD", None, sides),
            [before, after] if is_there(before) && is_there(after) => Self::Named(before, after),
            [first, ..] if is_there(first) => Self::Revisions("HEAD", None, sides),
            [range, paths @ ..] if is_range(range) => Self::Range(range, paths),
            [base, head, paths @ ..] if !is_there(head) => Self::Revisions(base, Some(head), paths),
            [base, paths @ ..] => Self::Revisions(base, None, paths),
        }
    }
}

/// Whether `A..B` or `A...B` was meant, and not a path that leads upwards.
fn is_range(side: &str) -> bool {
    let sides = side.split_once("..");
    sides.is_some_and(|(base, head)| !base.ends_with('/') && !head.starts_with('/') && side != "..")
}

/// Compares two files or two folders.
fn named(
    (before, old): (&str, &Named),
    (after, new): (&str, &Named),
    mappings: &[Value],
    ui: &mut Ui,
) -> Result<Comparison, Status> {
    let is_folder = |named: &Named| named.tree.is_folder(&named.path);
    let files = match (is_folder(old), is_folder(new)) {
        (true, true) => between((&old.tree, &old.path), (&new.tree, &new.path))
            .map_err(|error| super::refuse(&Diagnostic::from(error).into(), &old.tree, ui))?,
        (false, false) => {
            vec![FilePair { before: Some(old.path.clone()), after: Some(new.path.clone()) }]
        }
        _ => {
            ui.message(&format!("error: `{before}` and `{after}` are a file and a folder"));
            return Err(Status::Invalid);
        }
    };
    let task = Task {
        before: State { name: before, tree: &old.tree, project: is_folder(old).then_some(&old.path) },
        after: State { name: after, tree: &new.tree, project: is_folder(new).then_some(&new.path) },
        files: &files,
        has_moves: false,
        mappings,
    };
    let compared = compare(task);
    ui.findings(&compared.warnings, &new.tree);
    let problem = compared.value.files.iter().find_map(|file| file.problem.as_ref());
    match problem.filter(|_| !is_folder(new)) {
        Some(problem) => {
            ui.message(&format!("error: `{before}` and `{after}` cannot be compared: {problem}"));
            Err(Status::Invalid)
        }
        None => Ok(compared.value),
    }
}

/// Two states of a repository.
struct Revisions {
    before: (String, Workspace),
    after: (String, Workspace),
    files: Vec<FilePair>,
}

impl Revisions {
    fn open(
        args: &Args,
        (base, head): (&str, Option<&str>),
        paths: &[String],
        surroundings: &Surroundings,
    ) -> Result<Self, Diagnostic> {
        let folder = &surroundings.folder;
        let root = root(args, folder);
        let access = args.remote.access(folder)?;
        let open = |rev: Option<&str>| {
            Workspace::open(root.clone(), place::tree(&root, folder)?, rev, place::bundled(), &access)
        };
        let files = changed(&root, base, head)?;
        let (before, after) = (open(Some(base))?, open(head)?);
        let limits = limits(paths, &root, folder)?;
        let wanted = |path: &TreePath| limits.is_empty() || limits.iter().any(|limit| is_below(path, limit));
        let files =
            files.into_iter().filter(|pair| pair.before.iter().chain(&pair.after).any(wanted)).collect();
        let name = |rev: Option<&str>| rev.map_or("the files on disk", shown).to_owned();
        Ok(Self { before: (name(Some(base)), before), after: (name(head), after), files })
    }

    fn compare(&self, mappings: &[Value], ui: &mut Ui) -> Comparison {
        let root = TreePath::root();
        let state = |(name, workspace): &'_ (String, Workspace)| (name.clone(), workspace.tree.clone());
        let ((before, old), (after, new)) = (state(&self.before), state(&self.after));
        let compared = compare(Task {
            before: State { name: &before, tree: old.as_ref(), project: Some(&root) },
            after: State { name: &after, tree: new.as_ref(), project: Some(&root) },
            files: &self.files,
            has_moves: true,
            mappings,
        });
        ui.findings(&compared.warnings, new.as_ref());
        compared.value
    }
}

/// The folder that is compared: the project's, else that of the repository.
fn root(args: &Args, folder: &Path) -> PathBuf {
    match (place::project(folder, args.project.as_deref()), &args.project) {
        (Ok(project), _) => project,
        (Err(_), Some(given)) => folder.join(given),
        (Err(_), None) => place::root_of(folder),
    }
}

/// A revision as it is shown: the first ten digits of a commit's id.
fn shown(rev: &str) -> &str {
    let is_id = rev.len() == 40 && rev.bytes().all(|byte| byte.is_ascii_hexdigit());
    rev.get(..10).filter(|_| is_id).unwrap_or(rev)
}

/// The paths to look at, from the root of the comparison.
fn limits(paths: &[String], root: &Path, folder: &Path) -> Result<Vec<String>, Diagnostic> {
    let root_text = place::relative(folder, root);
    let inside = |path: &String| {
        let full = folder.join(path);
        let up = place::relative(root, &full);
        let is_outside = up.starts_with("../") || up == "..";
        let message =
            format!("`{path}` lies outside of `{}`", if root_text.is_empty() { "." } else { &root_text });
        if is_outside { Err(Diagnostic::error(&codes::PATH_OUTSIDE, message)) } else { Ok(up) }
    };
    paths.iter().map(inside).collect()
}

fn is_below(path: &TreePath, limit: &str) -> bool {
    let rest = path.as_str().strip_prefix(limit.trim_end_matches('/'));
    limit.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The mapping collections that were named.
fn mappings(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Vec<Value>, Status> {
    let read = |name: &String| -> Result<Value, Diagnostics> {
        let named = place::named(name, &surroundings.folder, None)?;
        let bytes = named.tree.read(&named.path, Limits::default().bytes).map_err(Diagnostic::from)?;
        Ok(probity_oscal::read(&bytes, &named.path)?.value.1)
    };
    let all: Result<Vec<Value>, Diagnostics> = args.mapping.iter().map(read).collect();
    all.map_err(|findings| super::refuse(&findings, &place::bundled(), ui))
}

fn write(
    comparison: &Comparison,
    args: &Args,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let to_file = args.output.is_some();
    let text = match args.format {
        DiffFormat::Json if !to_file => {
            ui.outcome(json(comparison), false);
            return Ok(outcome(comparison, args));
        }
        DiffFormat::Json => serde_json::to_string_pretty(&json(comparison)).unwrap_or_default() + "\n",
        DiffFormat::Text => text(comparison, TextOptions { color: ui.color() && !to_file, brief: args.stat }),
        DiffFormat::Markdown => markdown(comparison),
        DiffFormat::Html => match html(comparison) {
            Ok(text) => text,
            Err(findings) => return Err(super::refuse(&findings, &place::bundled(), ui)),
        },
    };
    let written = ui.write(text.as_bytes(), &surroundings.folder, args.output.as_deref());
    Ok(written.and(outcome(comparison, args)))
}

fn outcome(comparison: &Comparison, args: &Args) -> Status {
    if args.exit_code && comparison.differs() { Status::Findings } else { Status::Done }
}
